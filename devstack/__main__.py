"""`python -m devstack`: see `--help`."""

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from devstack.errors import LaunchError, Terminated

if TYPE_CHECKING:
    from devstack.demo import Wish


def main(argv: Sequence[str]) -> int:
    take_signals()
    command, rest = (argv[0], list(argv[1:])) if argv else ("--help", [])
    try:
        return run(command, rest)
    except LaunchError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def run(command: str, rest: list[str]) -> int:
    """`test` and `run` hand their arguments on untouched; so they are not parsed here."""
    if command == "demo":
        from devstack.demo import demo

        return demo(read_wish(rest))
    if command == "lint":
        from devstack.lint import lint

        return lint()
    if command == "test":
        from devstack.testrun import run_tests

        return run_tests(rest)
    if command == "run":
        from devstack.testrun import run_with_servers

        return run_with_servers(rest)
    help_only().parse_args([command, *rest])
    return 2


def read_wish(rest: list[str]) -> "Wish":
    from devstack.demo import EVENING, Wish

    parser = argparse.ArgumentParser(
        prog="demo", description="The whole product with virtual phones, on this machine."
    )
    parser.add_argument("--scenario", help=f"the file to play, or none; else {EVENING}, unless the last demo goes on")
    parser.add_argument("--fresh", action="store_true", help="forget the last demo's sessions and phones")
    parser.add_argument("--exit", action="store_true", help="leave after it; 0 only if its expectations held")
    options = parser.parse_args(rest)
    scenario = None if options.scenario == "none" else Path(options.scenario or EVENING)
    return Wish(scenario, options.exit, is_chosen=bool(options.scenario), fresh=options.fresh)


def help_only() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m devstack", description="The local stack.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    commands.add_parser("demo", help="the whole product with virtual phones, on this machine")
    commands.add_parser("test", help="pytest with servers of its own; arguments go to pytest")
    commands.add_parser("lint", help="all checks that need no test")
    commands.add_parser("run", help="any command with the test servers up")
    return parser


def take_signals() -> None:
    """Treat all stop signals alike. A shell script starts background jobs with SIGINT ignored, yet expects a SIGINT it sends
    to work; SIGHUP stays ignored if it was (nohup)."""
    signal.signal(signal.SIGINT, interrupt)
    signal.signal(signal.SIGTERM, interrupt)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, interrupt)


def interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt if number == signal.SIGINT else Terminated


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
