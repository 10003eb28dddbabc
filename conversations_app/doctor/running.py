"""Runs each check in its own thread with a time limit, so that one that hangs or crashes does not stop the others."""

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.db import connections

from conversations_app.doctor.findings import Finding, Level, bad, note
from conversations_app.gateway.errors import GatewayError


@dataclass(frozen=True)
class Check:
    """`needs`: checks by name without which this one could only fail for a reason already reported."""

    name: str
    look: Callable[[], Iterable[Finding]]
    needs: tuple[str, ...] = ()
    within_s: float = 15.0


@dataclass
class _Looking:
    """The findings so far: a check that hangs half-way still reports its first half."""

    check: Check
    found: list[Finding] = field(default_factory=list)

    def run(self) -> None:
        try:
            for finding in self.check.look():
                self.found.append(finding)
        except GatewayError as error:
            self.found.append(bad(f"{self.check.name}: {error.words}.", _ask_twilio_again(error)))
        except Exception as error:  # a bug in the check, or in what it examines: reported as such
            self.found.append(_crashed(self.check, error))
        finally:
            # Django closes connections per request only; a thread that ends would leave its own open.
            connections.close_all()


def run(checks: Iterable[Check]) -> Iterator[tuple[Check, list[Finding]]]:
    """In order, each as soon as it is known."""
    wrong: set[str] = set()
    for check in checks:
        missing = [name for name in check.needs if name in wrong]
        found = [_left_out(check, missing[0])] if missing else _look(check)
        if missing or any(finding.level is Level.BAD for finding in found):
            wrong.add(check.name)
        yield check, found


def _look(check: Check) -> list[Finding]:
    looking = _Looking(check)
    # A daemon, so that one that never comes back does not keep the command from ending.
    thread = threading.Thread(target=looking.run, name=f"doctor {check.name}", daemon=True)
    thread.start()
    thread.join(check.within_s)
    found = list(looking.found)
    if thread.is_alive():
        found.append(_too_slow(check))
    return found


def _ask_twilio_again(error: GatewayError) -> str:
    if error.permanent:
        return "Compare the TWILIO_ settings with Twilio's console."
    return "Run this again. If it stays so, look at Twilio's status page and at the TWILIO_ settings."


def _crashed(check: Check, error: Exception) -> Finding:
    return bad(
        f"{check.name} could not be checked ({type(error).__name__}).",
        "Fix the problems listed above first. If there are none, this is a bug in doctor itself.",
    )


def _too_slow(check: Check) -> Finding:
    return bad(
        f"{check.name} gave no answer within {check.within_s:g} seconds.",
        "Something hangs: look at the network between this machine and what is asked.",
    )


def _left_out(check: Check, missing: str) -> Finding:
    return note(f"{check.name}: not checked, because of {missing}.", "Fix that first, then run this again.")
