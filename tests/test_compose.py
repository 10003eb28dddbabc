"""docker-compose.yml is what it claims to be, as far as can be seen without Docker."""

import re
import shlex
import subprocess
import sys
from typing import Any

import pytest
import yaml
from django.conf import settings

from devstack.environment import for_process
from devstack.folder import REPOSITORY
from matchmaker.environment import Environment

COMPOSE = REPOSITORY / "docker-compose.yml"
COMPOSE_ONLY = {"POSTGRES_PASSWORD", "HTTP_PORT"}
SERVICES = {"web", "worker", "model-worker", "beat", "postgres", "redis", "proxy"}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(COMPOSE.read_text())
    return read


def test_it_is_valid_by_the_compose_schema() -> None:
    check = ("-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(COMPOSE))

    done = subprocess.run([sys.executable, *check], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_it_checks_the_health_of_each_service(name: str, compose: dict[str, Any]) -> None:
    assert compose["services"][name]["healthcheck"]["test"]


ROLES = {"web": "web", "worker": "worker", "model-worker": "worker", "beat": "beat"}


@pytest.mark.parametrize("name", sorted(ROLES))
def test_it_tells_each_process_its_role(name: str, compose: dict[str, Any]) -> None:
    assert compose["services"][name]["environment"]["PROCESS_ROLE"] == ROLES[name]


def test_it_serves_each_queue_by_a_process_of_its_own(compose: dict[str, Any]) -> None:
    commands = {name: service["command"] for name, service in compose["services"].items() if "worker" in name}

    served = {name: command[command.index("-Q") + 1] for name, command in commands.items()}

    assert served == {"worker": settings.SHORT_WORK_QUEUE, "model-worker": settings.MODEL_QUEUE}


def test_it_never_lets_redis_evict(compose: dict[str, Any]) -> None:
    command = " ".join(compose["services"]["redis"]["command"])

    assert "--maxmemory-policy noeviction --appendonly yes --appendfsync everysec" in command


def test_it_puts_nothing_of_the_local_stack_into_the_image() -> None:
    copied = [
        line.split()[1] for line in (REPOSITORY / "Dockerfile").read_text().splitlines() if line.startswith("COPY ")
    ]

    assert {"matchmaker", "sessions_app", "conversations_app", "templates"} <= set(copied)
    assert not {"emulator", "devstack", "tests", "."} & set(copied)


def test_it_fills_in_every_variable_of_the_proxys_configuration(compose: dict[str, Any]) -> None:
    template = (REPOSITORY / "deploy" / "nginx.conf.template").read_text()
    given = compose["services"]["proxy"]["environment"]

    assert set(re.findall(r"\$\{(\w+)\}", template)) == set(given)


def test_it_explains_every_setting_and_no_other() -> None:
    lines = (REPOSITORY / ".env.example").read_text().splitlines()
    explained = {line.split("=")[0] for line in lines if line and not line.startswith("#")}

    assert explained - COMPOSE_ONLY == set(Environment.model_fields) - {"PROCESS_ROLE"}


def test_it_collects_static_files_with_the_images_own_settings() -> None:
    recipe = (REPOSITORY / "Dockerfile").read_text().replace("\\\n", " ")
    step = next(line for line in recipe.splitlines() if line.startswith("RUN SECRET_KEY"))
    words = shlex.split(step.removeprefix("RUN "))
    settings = dict(word.split("=", 1) for word in words[: words.index("python")])
    command = [sys.executable, *words[words.index("python") + 1 :], "--dry-run"]

    done = subprocess.run(
        command,
        cwd=REPOSITORY,
        env={**for_process({}, "command"), **settings},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
