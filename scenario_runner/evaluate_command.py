"""What `manage.py evaluate` does."""

import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from pydantic import ValidationError

from scenario_runner.console import Console
from scenario_runner.emulator_client import EmulatorClient, EmulatorUnavailable
from scenario_runner.evaluation.evening import Evening
from scenario_runner.evaluation.measure import measure
from scenario_runner.evaluation.observation import observe
from scenario_runner.evaluation.report import comparison, report
from scenario_runner.evaluation.score import Evaluation, Score
from scenario_runner.product_state import ProductState
from scenario_runner.runner import Runner
from scenario_runner.scenario import Scenario, ScenarioError, load_scenario


@dataclass(frozen=True)
class Wanted:
    """`is_scripted`: the emulator's model reads as the scenarios say; a model of one's own never does."""

    paths: Sequence[Path]
    as_json: bool = False
    compare: Path | None = None
    price_in: float | None = None
    price_out: float | None = None
    is_scripted: bool = True
    is_quiet: bool = False


def evaluate(command: BaseCommand, wanted: Wanted) -> bool:
    """Play them all and print what was measured; whether all could be played. Raises CommandError (exit code 2)."""
    if (wanted.price_in is None) != (wanted.price_out is None):
        raise CommandError("Give --price-in and --price-out together: a model has both prices.", returncode=2)
    try:
        earlier = _read(wanted.compare) if wanted.compare else None
        scenarios = {path: load_scenario(path) for path in _files(wanted.paths)}
        run = _play_all(scenarios, wanted, command.stderr)
    except (ScenarioError, EmulatorUnavailable) as error:
        raise CommandError(str(error), returncode=2) from None
    # With --json, stdout holds that one object and nothing else.
    out = command.stderr if wanted.as_json else command.stdout
    out.style_func = None
    out.write(f"\n{report(run)}")
    if earlier:
        out.write(f"\n{comparison(earlier, run)}")
    if wanted.as_json:
        command.stdout.write(run.model_dump_json(indent=1))
    return not any(score.stopped for score in run.scenarios)


def _files(paths: Sequence[Path]) -> list[Path]:
    """A folder stands for the scenarios in it."""
    files = [file for path in paths for file in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])]
    if not files:
        raise ScenarioError(f"There is no scenario in {', '.join(map(str, paths))}.")
    return list(dict.fromkeys(files))


def _read(path: Path) -> Evaluation:
    try:
        return Evaluation.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        why = getattr(error, "strerror", None) or "it is not what `evaluate --json` writes"
        raise CommandError(f"{path} cannot be compared with: {why}.", returncode=2) from None


def _play_all(scenarios: dict[Path, Scenario], wanted: Wanted, out: OutputWrapper) -> Evaluation:
    out.style_func = None  # Django paints everything on stderr red
    scores = []
    with EmulatorClient() as emulator:
        for number, (path, scenario) in enumerate(scenarios.items(), 1):
            out.write(f"{number}/{len(scenarios)}  {path}  {scenario.title}")
            out.flush()
            scores.append(_play(path, scenario, emulator, wanted, out))
    return Evaluation(
        model=f"{settings.OPENAI_MODEL} at {settings.OPENAI_BASE_URL}",
        price_in=wanted.price_in,
        price_out=wanted.price_out,
        scenarios=scores,
    )


def _play(path: Path, scenario: Scenario, emulator: EmulatorClient, wanted: Wanted, out: OutputWrapper) -> Score:
    product = ProductState([person.address for person in scenario.people.values()])
    shown = io.StringIO() if wanted.is_quiet else out
    console = Console(scenario, product, shown, colour=out.isatty() and "NO_COLOR" not in os.environ)
    runner = Runner(
        scenario, emulator, product, console, path.parent, attends_marks=True, is_scripted=wanted.is_scripted
    )
    result = runner.play()
    evening = (
        observe(scenario, product.session, runner.answered)
        if product.session
        else Evening(scenario.expect, scenario.language)
    )
    return measure(evening, file=path.name, result=result)
