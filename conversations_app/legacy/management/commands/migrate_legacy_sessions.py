"""`manage.py migrate_legacy_sessions`: the older app's sessions, from its Redis or a dump of it."""

from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError

from conversations_app.legacy import photos, session_import
from conversations_app.legacy.management.commands import _giving_back as giving_back
from conversations_app.legacy.parallel_writes import Writers
from conversations_app.management.commands._development import import_development_module
from conversations_app.management.commands._progress import Progress
from conversations_app.management.commands._sessions import as_json
from matchmaker import clock
from matchmaker.addresses import Channel
from sessions_app.legacy.importing import Rules
from sessions_app.legacy.index import look_through, phone_fault
from sessions_app.legacy.parsing import NotASession, code_of
from sessions_app.legacy.phones import Whereabouts
from sessions_app.legacy.reading import Dump, Entry, LiveRedis, Source, SourceLost, UnreadableLine
from sessions_app.legacy.report import Report

WRONG_USE = 2
MOST_SHOWN = 20


class Command(BaseCommand):
    help = "Imports the older app's sessions. They sleep here until somebody in them writes or staff wake them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument("--redis-url", help="the older app's Redis, which is only read")
        source.add_argument(
            "--give-back",
            action="store_true",
            help="go back: sessions that woke here sleep again, and their phones are free for the older app",
        )
        source.add_argument("--dump", type=Path, help="a file of JSON lines, one key each")
        parser.add_argument("--code", action="append", default=[], metavar="CODE", help="only this session")
        parser.add_argument(
            "--channel",
            choices=[Channel.WHATSAPP.value, Channel.SMS.value],
            default=Channel.WHATSAPP.value,
            help="assumed for people whose channel the older app did not keep (default: whatsapp)",
        )
        parser.add_argument(
            "--photo-host",
            action="append",
            default=[],
            metavar="HOST",
            help="fetch photos from this host; the addresses of all others are kept as notes to staff",
        )
        parser.add_argument(
            "--rehearse",
            metavar="CODE",
            help="play this session of the dump on the emulator's phones, with invented numbers; `make demo` keeps it "
            "until `make demo FRESH=1`",
        )
        parser.add_argument("--apply", action="store_true", help="do it; otherwise only say what would be done")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rehearse"] is not None:
            import_development_module("scenario_runner.rehearsal_command").rehearse(self, options)
            return
        if options["give_back"]:
            giving_back.give_back(self, options)
            return
        self.apply = bool(options["apply"])
        self.codes = {code.strip().upper() for code in options["code"]}
        self.report = Report()
        try:
            source = _source(options)
            # A first pass over everything: who is in a session is also told by keys that may come after its own.
            # On stderr, since with --json stdout holds that one object and nothing else.
            self.stderr.write("Looking through all keys for who is where …", style_func=str)
            whereabouts = look_through(source)
            self._check_codes(whereabouts)
            hosts = frozenset(host.strip().lower() for host in options["photo_host"])
            rules = session_import.rules(Channel(options["channel"]), hosts)
            self._take_over(source, whereabouts, rules)
            # Once the sessions are in, so that no transaction waits for a slow host.
            if self.apply and hosts:
                self._fetch_photos(rules)
        # What was done stays and is told, and the next run goes on from there.
        except SourceLost as lost:
            self.report.stopped = str(lost)
        except (OperationalError, InterfaceError) as lost:
            self.report.stopped = f"Postgres went away ({type(lost).__name__})."
        except KeyboardInterrupt:
            self.report.stopped = "It was stopped by hand."
        self._tell(as_one_object=bool(options["json"]))
        if self.report.has_failed:
            raise CommandError(self._what_failed(), returncode=1)

    def _check_codes(self, whereabouts: Whereabouts) -> None:
        unknown = self.codes - whereabouts.codes
        if unknown:
            raise CommandError(f"There is no session {', '.join(sorted(unknown))} there.", returncode=WRONG_USE)

    def _take_over(self, source: Source, whereabouts: Whereabouts, rules: Rules) -> None:
        progress = Progress(self.stderr, total=len(self.codes or whereabouts.codes), what="sessions")
        wanted = self._wanted(source.entries())
        with Writers(set_up=session_import.commit_without_waiting) as writers:
            importer = session_import.Importer(whereabouts, rules, writers, apply=self.apply, at=clock.now())
            while batch := list(islice(wanted, session_import.SESSIONS_AT_ONCE)):
                for result in importer.take(batch):
                    self.report.add(result)
                    progress.step()
        progress.end()

    def _fetch_photos(self, rules: Rules) -> None:
        missing = photos.missing(self.codes, rules.may_fetch)
        progress = Progress(self.stderr, total=photos.count(self.codes, rules.may_fetch), what="photos")
        for photo in photos.fetch(missing, rules.may_fetch):
            if photo.why:
                self.report.photos_not_fetched.append({"key": photo.key, "why": photo.why})
            else:
                self.report.photos_fetched += 1
            progress.step()
        progress.end()

    def _wanted(self, entries: Iterator[Entry]) -> Iterator[Entry]:
        """Sessions, and lines that may have been sessions: each of those is reported as failed, since people may be missing."""
        for entry in entries:
            if entry.is_phone:
                self._count_phone(entry)
            elif entry.is_session:
                if not self.codes or _code_of(entry) in self.codes:
                    yield entry
            elif isinstance(entry, UnreadableLine) and not self.codes:
                yield entry
            else:
                self.report.count_other(entry.key, entry.fault)

    def _count_phone(self, entry: Entry) -> None:
        fault = phone_fault(entry)
        if fault:
            self.report.count_other(entry.key, fault)

    # --- telling ------------------------------------------------------------------------------------------------------

    def _tell(self, *, as_one_object: bool) -> None:
        if as_one_object:
            self.stdout.write(as_json(self.report.as_json(applied=self.apply)))
        else:
            self.stdout.write("\n".join(self._lines()))

    def _lines(self) -> Iterator[str]:
        report = self.report
        would = "" if self.apply else "would be "
        yield (
            f"Found {report.found} session{'' if report.found == 1 else 's'}: {report.imported} {would}imported, {report.skipped} {would}skipped, "
            f"{len(report.failed)} failed."
        )
        if report.updated:
            yield f"{report.updated} of them had been imported before and have changed there since."
        yield f"Participants: {report.participants_in} there, {report.participants} here{_change(report)}."
        yield f"Messages: {report.messages_in} there, {report.messages} here."
        if report.photos:
            yield f"Photos: {report.photos} addresses, each kept as a note to staff; {self._of_photos()}."
            yield from _listed(
                "Photos that were not had", [f"{n['key']}: {n['why']}" for n in report.photos_not_fetched]
            )
        yield from _listed("Other keys, left alone", [f"{n} × {kind}" for kind, n in report.other_keys.items()])
        yield from _listed("Notes", [f"{note['key']}: {note['what']}" for note in report.notes])
        # All of them, however many: behind each may be people who are missing here.
        yield from _listed("Failed", [f"{one['key']}: {one['why']}" for one in report.failed], most=None)
        if not self.apply:
            yield "Nothing was changed. Add --apply to do it."

    def _of_photos(self) -> str:
        if not self.apply:
            return f"{self.report.photos_to_fetch} are on hosts given with --photo-host"
        return f"{self.report.photos_fetched} fetched now"

    def _what_failed(self) -> str:
        if self.report.stopped:
            return f"{self.report.stopped} What was done stays; run it again to go on."
        return f"{len(self.report.failed)} could not be imported."


def _change(report: Report) -> str:
    """Why the two numbers differ."""
    added = f"{report.participants_added} added who were not listed" if report.participants_added else ""
    merged = f"{report.participants_merged} listed twice" if report.participants_merged else ""
    said = ", ".join(part for part in (added, merged) if part)
    return f" ({said})" if said else ""


def _listed(title: str, items: list[str], most: int | None = MOST_SHOWN) -> Iterator[str]:
    if items:
        yield f"{title}:"
        yield from (f"  {item}" for item in items[:most])
        if most is not None and len(items) > most:
            yield f"  … and {len(items) - most} more; --json lists them all."


def _source(options: dict[str, Any]) -> Source:
    """Raises CommandError."""
    if not options["redis_url"] and not options["dump"].is_file():
        raise CommandError(f"There is no file {options['dump']}.", returncode=WRONG_USE)
    try:
        return LiveRedis(options["redis_url"]) if options["redis_url"] else Dump(options["dump"])
    except SourceLost as why:
        raise CommandError(str(why), returncode=WRONG_USE) from None


def _code_of(entry: Entry) -> str:
    try:
        return code_of(entry.key)
    except NotASession:
        return ""
