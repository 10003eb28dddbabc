"""`manage.py play` and `manage.py demo`, and what they say where their packages are not installed."""

import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command

from conversations_app.management.commands._development import import_development_module

REPOSITORY = Path(django_settings.BASE_DIR)
SCENARIO = str(REPOSITORY / "scenarios" / "demo.yaml")


@pytest.fixture
def without_scenario_runner(monkeypatch):
    """As in the production image, where the folder does not exist."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "scenario_runner"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "path", [path for path in sys.path if Path(path).resolve() != REPOSITORY])


def test_it_refuses_to_play_against_the_real_twilio(settings):
    settings.TWILIO_BASE_URL = ""

    with pytest.raises(CommandError, match="TWILIO_BASE_URL is not set") as refusal:
        call_command("play", SCENARIO)

    assert refusal.value.returncode == 2


def test_it_says_when_the_emulator_does_not_answer(settings, db):
    settings.TWILIO_BASE_URL = "http://127.0.0.1:9"

    with pytest.raises(CommandError, match="does not answer"):
        call_command("play", SCENARIO, stderr=StringIO(), stdout=StringIO())


def test_it_says_when_the_scenario_runner_is_not_installed(without_scenario_runner):
    with pytest.raises(CommandError, match=r"^scenario_runner is not installed here: ") as refusal:
        call_command("play", SCENARIO)

    assert refusal.value.returncode == 2
    assert "\n" not in str(refusal.value)


def test_it_evaluates_only_with_both_prices():
    with pytest.raises(CommandError, match="--price-out") as refusal:
        call_command("evaluate", SCENARIO, price_in=0.4)

    assert refusal.value.returncode == 2


def test_it_compares_only_with_what_evaluate_wrote(tmp_path):
    earlier = tmp_path / "earlier.json"
    earlier.write_text('{"ok": true}')

    with pytest.raises(CommandError, match="not what `evaluate --json` writes") as refusal:
        call_command("evaluate", SCENARIO, compare=earlier)

    assert refusal.value.returncode == 2


@pytest.mark.parametrize("command", ["play", "evaluate"])
def test_it_names_a_scenario_that_is_not_there(command, settings):
    settings.TWILIO_BASE_URL = "http://127.0.0.1:9"

    with pytest.raises(CommandError, match="cannot be read: No such file") as refusal:
        call_command(command, "nowhere.yaml")

    assert refusal.value.returncode == 2


def test_it_evaluates_nothing_in_an_empty_folder(tmp_path):
    with pytest.raises(CommandError, match="There is no scenario in"):
        call_command("evaluate", str(tmp_path))


def test_it_does_not_hide_what_an_installed_package_lacks(tmp_path, monkeypatch):
    (tmp_path / "half_installed.py").write_text("import a_missing_dependency")
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(ModuleNotFoundError, match="a_missing_dependency"):
        import_development_module("half_installed")


def test_it_says_when_the_local_stack_is_not_installed(tmp_path):
    shutil.copy(REPOSITORY / "manage.py", tmp_path)

    demo = subprocess.run(
        [sys.executable, "manage.py", "demo"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert demo.returncode == 1
    assert demo.stderr.startswith("devstack is not installed here: ")
    assert demo.stderr.count("\n") == 1


def test_it_keeps_development_packages_out_of_the_production_image():
    copied = [line.split()[1] for line in (REPOSITORY / "Dockerfile").read_text().splitlines() if line[:5] == "COPY "]
    allowed = (REPOSITORY / ".dockerignore").read_text().splitlines()

    for package in ("scenario_runner", "scenarios", "emulator", "devstack"):
        assert (REPOSITORY / package).is_dir()
        assert package not in copied
        assert f"!{package}" not in allowed
    assert "*" in allowed  # else everything that is not named would be in the build context
