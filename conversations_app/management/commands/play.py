from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from conversations_app.management.commands._development import import_development_module


class Command(BaseCommand):
    help = (
        "Plays a scenario file on the emulator's phones and checks what it expects; exits 0 only if all of it held."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("scenario", type=Path, help="the file, such as scenarios/demo.yaml")
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout; the play goes to stderr")

    def handle(self, *args: Any, **options: Any) -> None:
        scenario_runner = import_development_module("scenario_runner.command")
        if not scenario_runner.play(self, options["scenario"], as_json=options["json"]):
            raise SystemExit(1)
