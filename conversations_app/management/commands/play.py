import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conversations_app.management.commands._sessions import as_json
from scenario_runner.console import Console
from scenario_runner.emulator_client import EmulatorClient, EmulatorUnavailable
from scenario_runner.product_state import ProductState
from scenario_runner.runner import Result, Runner
from scenario_runner.scenario import Scenario, ScenarioError, load_scenario


class Command(BaseCommand):
    help = (
        "Plays a scenario file on the emulator's phones and checks what it expects; exits 0 only if all of it held."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("scenario", type=Path, help="the file, such as scenarios/demo.yaml")
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout; the play goes to stderr")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            scenario = load_scenario(options["scenario"])
            result = self.play(scenario, options["scenario"].parent, quiet=options["json"])
        except (ScenarioError, EmulatorUnavailable) as why:
            raise CommandError(str(why), returncode=2) from None
        if options["json"]:
            self.stdout.write(_as_json(result))
        else:
            self.stdout.write(_in_words(result))
        if not result.ok:
            raise SystemExit(1)

    def play(self, scenario: Scenario, folder: Path, *, quiet: bool) -> Result:
        """`quiet`: nothing on stdout."""
        out = self.stderr if quiet else self.stdout
        out.style_func = None  # no red for all that goes to stderr
        with EmulatorClient() as phones:
            product = ProductState([person.address for person in scenario.people.values()])
            console = Console(scenario, product, out, colour=out.isatty() and "NO_COLOR" not in os.environ)
            console.note(scenario.title)
            return Runner(scenario, phones, product, console, folder).play()


def _as_json(result: Result) -> str:
    return as_json(
        {
            "title": result.title,
            "code": result.code or None,
            "ok": result.ok,
            "failures": result.failures,
            "seconds": result.seconds,
            "messages": result.messages,
        }
    )


def _in_words(result: Result) -> str:
    about = f"session {result.code}, {result.messages} messages, {result.seconds} s" if result.code else "no session"
    if result.ok:
        return f"\nAll expectations held ({about})."
    listed = "\n".join(f"  ✗ {failure}" for failure in result.failures)
    return f"\nThis did not hold ({about}):\n{listed}"
