from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from conversations_app.management.commands._development import import_development_module


class Command(BaseCommand):
    help = (
        "Plays scenarios on the emulator's phones with the configured model, and measures how well it played: what it read, "
        "when it spoke, what it repeated, what it cost. -v 0 hides the chats. Exits 1 if one could not be played to its end."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "scenario", nargs="+", type=Path, help="a file, or a folder of them such as scenarios/evaluation"
        )
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout; the rest goes to stderr")
        parser.add_argument(
            "--compare", type=Path, metavar="FILE", help="show differences from an earlier --json run"
        )
        parser.add_argument(
            "--price-in", type=float, metavar="DOLLARS", help="for a million tokens that the model reads"
        )
        parser.add_argument(
            "--price-out", type=float, metavar="DOLLARS", help="for a million tokens that the model writes"
        )
        parser.add_argument(
            "--unscripted",
            action="store_true",
            help="leave out the scenarios' model steps, which only the emulator's model follows: "
            "measures the offline interviewer",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        scenario_runner = import_development_module("scenario_runner.evaluate_command")
        wanted = scenario_runner.Wanted(
            paths=options["scenario"],
            as_json=options["json"],
            compare=options["compare"],
            price_in=options["price_in"],
            price_out=options["price_out"],
            is_scripted=not options["unscripted"],
            is_quiet=options["verbosity"] == 0,
        )
        if not scenario_runner.evaluate(self, wanted):
            raise SystemExit(1)
