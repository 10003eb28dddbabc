"""All checks that need no test: each runs, and the end says which failed."""

import sys
from collections.abc import Sequence

from devstack.testrun import ThrowawayServers, throwaway_servers

CHECKS: dict[str, Sequence[str]] = {
    "ruff check": ("-m", "ruff", "check", "."),
    "ruff format": ("-m", "ruff", "format", "--check", "."),
    "mypy": ("-m", "mypy", "."),
    "import directions": ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
    "docker-compose.yml": ("-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"),
    "migrations": ("manage.py", "makemigrations", "--check", "--dry-run"),
    "django": ("manage.py", "check"),
}


def lint() -> int:
    """1 when any check failed. The servers are for those that load Django's settings."""
    with throwaway_servers() as servers:
        failed = [name for name, command in CHECKS.items() if not passes(name, command, servers)]
    print(f"Failed: {', '.join(failed)}." if failed else "All checks passed.")
    return 1 if failed else 0


def passes(name: str, command: Sequence[str], servers: ThrowawayServers) -> bool:
    print(f"== {name}", flush=True)
    return servers.run([sys.executable, *command]) == 0
