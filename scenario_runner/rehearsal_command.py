"""`migrate_legacy_sessions --rehearse CODE`."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError
from django.urls import reverse

from conversations_app.management.commands._sessions import as_json
from matchmaker.addresses import Channel
from scenario_runner.emulator_client import EmulatorClient, EmulatorRefused, EmulatorUnavailable
from scenario_runner.rehearsal import CannotRehearse, Handset, Rehearsal, perform, prepare
from sessions_app.legacy.index import look_through
from sessions_app.legacy.parsing import NotASession, code_of
from sessions_app.legacy.reading import Dump, Entry, SourceLost
from sessions_app.models import Session

WRONG_USE = 2


def rehearse(command: BaseCommand, options: dict[str, Any]) -> None:
    """Raises CommandError."""
    _check_use(options)
    try:
        with EmulatorClient() as phones:
            rehearsal = _prepare(command, options, phones)
            session = None
            if options["apply"]:
                session = perform(rehearsal, phones, lambda note: command.stderr.write(note, style_func=str))
    except (EmulatorUnavailable, CannotRehearse, SourceLost) as why:
        raise CommandError(str(why), returncode=1) from None
    except EmulatorRefused as why:
        raise CommandError(f"A handset could not be made ready: {why}. Run it again.", returncode=1) from None
    except (OperationalError, InterfaceError) as lost:
        raise CommandError(f"Postgres went away ({type(lost).__name__}). Run it again.", returncode=1) from None
    except KeyboardInterrupt:
        raise CommandError("It was stopped by hand. Run it again.", returncode=1) from None
    command.stdout.write(
        as_json(_as_object(rehearsal, session)) if options["json"] else _in_words(rehearsal, session)
    )


def _check_use(options: dict[str, Any]) -> None:
    if not settings.TWILIO_BASE_URL:
        raise CommandError(
            "Rehearsals are played on the emulator's phones, and TWILIO_BASE_URL is not set: this server talks to the "
            "real Twilio. Start the local stack with `make demo SCENARIO=none`, then rehearse.",
            returncode=WRONG_USE,
        )
    if options["dump"] is None:
        raise CommandError("A rehearsal takes its session from a dump: give --dump FILE.", returncode=WRONG_USE)
    if options["code"] or options["photo_host"]:
        raise CommandError(
            "--rehearse CODE plays that one session, and fetches nothing: leave --code and --photo-host out.",
            returncode=WRONG_USE,
        )


def _prepare(command: BaseCommand, options: dict[str, Any], phones: EmulatorClient) -> Rehearsal:
    source, code = Dump(options["dump"]), options["rehearse"].strip().upper()
    command.stderr.write("Looking through all keys for who is where …", style_func=str)
    whereabouts = look_through(source)
    entry = next((entry for entry in source.entries() if _is_session(entry, code)), None)
    if entry is None:
        raise CommandError(f"There is no session {code} there.", returncode=WRONG_USE)
    return prepare(entry, whereabouts, Channel(options["channel"]), phones)


def _is_session(entry: Entry, code: str) -> bool:
    try:
        return entry.is_session and code_of(entry.key) == code
    except NotASession:
        return False


# --- telling ----------------------------------------------------------------------------------------------------------


def _as_object(rehearsal: Rehearsal, session: Session | None) -> dict[str, Any]:
    return {
        "code": rehearsal.code,
        "applied": session is not None,
        "messages": len(rehearsal.plan.old.messages),
        "people": [
            {
                "name": handset.name,
                "address": handset.address,
                "writes_to": handset.number,
                "own_messages": handset.own_texts,
                "has_left": handset.has_left,
            }
            for handset in rehearsal.handsets
        ],
        "replaces_a_rehearsal": rehearsal.former is not None,
        "notes": rehearsal.plan.old.problems,
        "phones": _page_of_phones(),
        "session": _page_of(session) if session else None,
    }


def _in_words(rehearsal: Rehearsal, session: Session | None) -> str:
    return "\n".join(_lines(rehearsal, session))


def _lines(rehearsal: Rehearsal, session: Session | None) -> Iterator[str]:
    code, handsets = rehearsal.code, rehearsal.handsets
    size = f"{len(rehearsal.plan.old.messages)} messages, {len(handsets)} handset{'' if len(handsets) == 1 else 's'}"
    yield f"{code} {'is ready to be rehearsed' if session else 'would be rehearsed'}: {size}, every number invented."
    yield from _listed(handsets)
    yield from (f"Note: {note}." for note in rehearsal.plan.old.problems)
    if rehearsal.former:
        yield f"Its former rehearsal {'was' if session else 'would be'} ended and put aside under another code."
    if session is None:
        yield "Nothing was changed. Add --apply to do it."
        return
    yield f"The handsets: {_page_of_phones()}"
    yield f"The session:  {_page_of(session)}"
    yield f"Type anything on one of them to wake it, or wake it from here: manage.py resume {code} --apply"
    yield "Who is on WhatsApp and did not write in the last 24 hours hears nothing before they write."


def _listed(handsets: list[Handset]) -> Iterator[str]:
    widest = max((len(handset.name) for handset in handsets), default=0)
    for handset in handsets:
        wrote = f"wrote {handset.own_texts} of them" + (", is a past member" if handset.has_left else "")
        yield f"  {handset.name:<{widest}}  {handset.address}  {wrote}"


def _page_of_phones() -> str:
    return f"{settings.TWILIO_BASE_URL.rstrip('/')}/phones"


def _page_of(session: Session) -> str:
    return f"{settings.PUBLIC_BASE_URL}{reverse('admin:sessions_app_session_change', args=[session.pk])}"
