"""A session's report for people to read, wrapped for a terminal. Phone numbers are masked."""

import textwrap
from collections.abc import Iterator
from typing import Any

from conversations_app.staff.reports import Item, Line, Person, SessionReport
from matchmaker.addresses import masked
from sessions_app.models import Fact

WIDTH = 100
_NEVER_READ = {"refused", "held"}


def report_as_text(report: SessionReport) -> str:
    return "\n".join([*_heading(report), "", *_transcript(report["transcript"]), "", *_profile(report)])


def _heading(report: SessionReport) -> Iterator[str]:
    title = f"Session {report['code']}"
    yield title
    yield "=" * len(title)
    yield f"stage {report['stage']}, {report['status']}, by {report['transport']}"
    yield ""
    for person in report["people"]:
        yield f"  {_person(person)}"


def _person(person: Person) -> str:
    gone = ", has left" if person["left_at"] else ""
    return f"{person['name']} ({person['role']}, {masked(person['address'])}{gone})"


def _transcript(lines: list[Line]) -> Iterator[str]:
    yield from _title("Transcript")
    widest = max((len(line["author"]) for line in lines), default=0)
    for line in lines:
        lead = f"{_time(line)}  {line['author']:<{widest}}  "
        yield from _wrapped(lead, _said(line))
    if not lines:
        yield "Nothing was written yet."


def _time(line: Line) -> str:
    return f"{line['at']:%H:%M:%S}{'~' if line['at_is_estimated'] else ''}"


def _said(line: Line) -> str:
    text = line["body"] or ("(photo or file)" if line["media"] else "")
    if line["kind"] == "command":
        text = f"{text}  (command; {line['readers']})"
    if line["kind"] == "program":
        text = f"{text}  (posted by another program)"
    if line["kind"] == "event":
        text = f"{text}  (beside the chat)"
    if line["kind"] == "staff":
        text = f"{text}  (written by staff)"
    if line["state"] in _NEVER_READ:
        text = f"{text}  ({line['state']}: {line['error'] or 'no reason was given'})"
    return text


def _wrapped(lead: str, text: str) -> Iterator[str]:
    indent = " " * len(lead)
    paragraphs = text.splitlines() or [""]
    for number, paragraph in enumerate(paragraphs):
        first = lead if number == 0 else indent
        wrapped = textwrap.wrap(paragraph, WIDTH, initial_indent=first, subsequent_indent=indent)
        yield from wrapped or [first.rstrip()]


def _profile(report: SessionReport) -> Iterator[str]:
    yield from _title("Profile")
    if report["sealed_at"]:
        yield "Sealed: what is known is kept, and neither shown nor used."
        return
    profile = report["profile"]
    widest = max((len(slug) for slug in profile), default=0)
    for slug, value in profile.items():
        lead = f"{_in_words(slug):<{widest}}  "
        for number, item in enumerate(value["items"]):
            yield from _wrapped(
                lead if number == 0 else " " * len(lead), f"{_plain(item['value'])}  ({_source(item)})"
            )
    if not profile:
        yield "Nothing is known yet."


def _source(item: Item) -> str:
    """ "heard, Lena: “she is mad about climbing”"."""
    state = Fact.State(item["state"]).label
    return f"{state}, {item['said_by']}: “{item['quote']}”" if item["quote"] else f"{state}, {item['said_by']}"


def _title(text: str) -> list[str]:
    return [text, "-" * len(text)]


def _in_words(slug: str) -> str:
    return slug.replace("_", " ")


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
