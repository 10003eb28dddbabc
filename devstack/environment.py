"""The settings of every process of the local stack, made in this one place."""

import json
import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from devstack.folder import RUN_ROOT, is_held

DEMO = "demo"
FILE_NAME = "environment.json"
# Two of each, so that a friend can be in two groups.
SENDERS = "whatsapp:+15005550006,whatsapp:+15005550008,+15005550007,+15005550009"
PASSED_ON = (
    *("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "TERM", "NO_COLOR", "CI"),
    *("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTEST_ADDOPTS", "PLAYWRIGHT_BROWSERS_PATH"),
)


@dataclass(frozen=True)
class Ports:
    web: int
    emulator: int


def make_account() -> dict[str, str]:
    """A new Twilio account, with a service of each kind."""
    return {
        "TWILIO_ACCOUNT_SID": "AC" + secrets.token_hex(16),
        "TWILIO_AUTH_TOKEN": secrets.token_hex(16),
        "TWILIO_CONVERSATIONS_SERVICE_SID": "IS" + secrets.token_hex(16),
        "TWILIO_MESSAGING_SERVICE_SID": "MG" + secrets.token_hex(16),
    }


def make_environment(
    *, ports: Ports, database_url: str, redis_url: str, photos: Path, turn_pace: str, secret_key: str = ""
) -> dict[str, str]:
    """Everything but PROCESS_ROLE, which differs from process to process. Secrets not given are new ones."""
    emulator = f"http://127.0.0.1:{ports.emulator}"
    return {
        "SECRET_KEY": secret_key or secrets.token_urlsafe(48),
        "DEBUG": "true",
        "ALLOWED_HOSTS": "127.0.0.1,localhost,testserver",
        "PUBLIC_BASE_URL": f"http://127.0.0.1:{ports.web}",
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "PHOTO_STORAGE": str(photos),
        **make_account(),
        "TWILIO_SENDERS": SENDERS,
        "TWILIO_BASE_URL": emulator,
        "CLOCK_URL": f"{emulator}/emulator/clock",
        "OPENAI_BASE_URL": f"{emulator}/openai/v1",
        "OPENAI_API_KEY": "offline",
        "OPENAI_MODEL": "scripted-interviewer",
        "USE_CONVERSATIONS_API": "true",
        "CHANNELS_ENABLED": "whatsapp,sms,chat",
        "TURN_PACE": turn_pace,
    }


def for_process(environment: Mapping[str, str], role: str) -> dict[str, str]:
    """Our settings, and of the caller's only what any program needs: a proxy, or a key to a service, would be in the way."""
    passed = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {
        **passed,
        "DJANGO_SETTINGS_MODULE": "matchmaker.settings",
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser",
        # Kept here even where the caller wants none beside the sources: compiling everything anew takes each process
        # two seconds more.
        "PYTHONPYCACHEPREFIX": str(RUN_ROOT / "pycache"),
        **environment,
        "PROCESS_ROLE": role,
    }


def write_environment(path: Path, environment: Mapping[str, str]) -> None:
    """It holds secrets: readable by its owner alone."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(dict(environment), file, indent=1)


def reach_running_demo(env_file: Path, root: Path = RUN_ROOT) -> None:
    """Point this process at the demo's servers, when a demo is up and nothing else was chosen."""
    if "DATABASE_URL" in os.environ or names_database(env_file) or not is_held(root / DEMO):
        return
    try:
        found = json.loads((root / DEMO / FILE_NAME).read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        print("The demo is still starting: its settings are not there yet.", file=sys.stderr)
        return
    for name, value in found.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("PROCESS_ROLE", "command")


def names_database(env_file: Path) -> bool:
    try:
        lines = env_file.read_text().splitlines()
    except OSError:
        return False
    return any(line.removeprefix("export ").lstrip().startswith("DATABASE_URL=") for line in lines)
