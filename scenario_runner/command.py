"""What `manage.py play` does."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, OutputWrapper

from scenario_runner.console import Console
from scenario_runner.emulator_client import EmulatorClient, EmulatorUnavailable
from scenario_runner.product_state import ProductState
from scenario_runner.profile_text import profile_as_text
from scenario_runner.runner import Result, Runner
from scenario_runner.scenario import Scenario, ScenarioError, load_scenario


def play(command: BaseCommand, path: Path, *, as_json: bool) -> bool:
    """Play the file and print the result; whether every expectation held. Raises CommandError (exit code 2)."""
    try:
        scenario = load_scenario(path)
        # With --json, stdout holds that one object and nothing else.
        result = _play(scenario, path.parent, command.stderr if as_json else command.stdout)
    except (ScenarioError, EmulatorUnavailable) as error:
        raise CommandError(str(error), returncode=2) from None
    command.stdout.write(_as_json(result) if as_json else _in_words(result))
    return result.ok


def _play(scenario: Scenario, folder: Path, out: OutputWrapper) -> Result:
    out.style_func = None  # Django paints everything on stderr red
    with EmulatorClient() as emulator:
        product = ProductState([person.address for person in scenario.people.values()])
        console = Console(scenario, product, out, colour=out.isatty() and "NO_COLOR" not in os.environ)
        console.note(scenario.title)
        return Runner(scenario, emulator, product, console, folder).play()


def _as_json(result: Result) -> str:
    fields = {
        "title": result.title,
        "code": result.code or None,
        "ok": result.ok,
        "failures": result.failures,
        "seconds": result.seconds,
        "messages": result.messages,
        "profile": profile_as_text(result.profile) if result.profile else None,
        "share_address": result.share_address or None,
    }
    return json.dumps(fields, ensure_ascii=False, indent=2)


def _in_words(result: Result) -> str:
    about = f"session {result.code}, {result.messages} messages, {result.seconds} s" if result.code else "no session"
    told = "".join(f"\n{part}\n" for part in _what_came_of_it(result))
    if result.ok:
        return f"{told}\nAll expectations held ({about})."
    listed = "\n".join(f"  ✗ {failure}" for failure in result.failures)
    return f"{told}\nThis did not hold ({about}):\n{listed}"


def _what_came_of_it(result: Result) -> Iterator[str]:
    if result.profile:
        yield profile_as_text(result.profile)
        yield f"To share  {result.share_address}\nCard      {result.share_address}/card.png"
