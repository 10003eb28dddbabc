"""Did the scenario meet its expectations? Pure functions over what was played."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from conversations_app.models import Message
from conversations_app.naming.name_prefix import GUARD, room_beside
from conversations_app.staff.reports import Line, SessionReport, Value
from matchmaker.characters import text_length
from scenario_runner.emulator_client import Bubble
from scenario_runner.scenario import Scenario
from scenario_runner.values import ANY, each, has_many, same, wanted_value

_READ = {Message.State.SENT, Message.State.RECEIVED}


@dataclass(frozen=True)
class Sent:
    """A message that a person wrote into the group (no command). `readers`: who else was in the group just then.

    `name`: theirs at that time. `symbol`: what stands for a photo that came without words.
    """

    who: str
    name: str
    text: str
    readers: frozenset[str]
    symbol: str = ""


@dataclass(frozen=True)
class SharedPage:
    """The profile page as somebody with the link gets it: what they read, and its source."""

    text: str
    source: str


@dataclass(frozen=True)
class Outcome:
    """What came of the evening beside the facts. `page` is None where there is nothing to share."""

    bio: str = ""
    photos: int = 0
    page: SharedPage | None = None


@dataclass
class Played:
    """All that expectations are about. `handsets` hold what came up during this play; `spoken_after` the
    matchmaker's messages between a step of `silent_after` and the next message of a person."""

    scenario: Scenario
    report: SessionReport
    sent: list[Sent] = field(default_factory=list)
    handsets: dict[str, list[Bubble]] = field(default_factory=dict)
    spoken_after: dict[int, list[str]] = field(default_factory=dict)
    outcome: Outcome = field(default_factory=Outcome)

    def name_of(self, who: str) -> str:
        """As the group knows them."""
        person = self.scenario.people[who]
        names = {one["address"]: one["name"] for one in self.report["people"]}
        return names.get(person.address, person.name)

    def lines(self, *kinds: Message.Kind) -> list[Line]:
        """What the group read, of these kinds."""
        return [line for line in self.report["transcript"] if line["kind"] in kinds and line["state"] in _READ]

    def pattern(self, text: str) -> str:
        return text.replace("{code}", self.report["code"])


def failures(played: Played) -> list[str]:
    """In words; empty when everything held."""
    return [failure for check in _CHECKS for failure in check(played)]


# --- the profile ------------------------------------------------------------------------------------------------------


def _profile(played: Played) -> Iterator[str]:
    for slug, wanted in played.scenario.expect.profile.items():
        found = played.report["profile"].get(slug)
        if found is None:
            yield f"The profile should have {slug} {_show(wanted_value(wanted))}, but it is unknown."
            continue
        yield from _value(slug, wanted, found)


def _value(slug: str, wanted: Any, found: Value) -> Iterator[str]:
    value = wanted_value(wanted)
    values = [item["value"] for item in found["items"]] if has_many(slug) else [found["value"]]
    if not all(any(same(one, item) for item in values) for one in each(slug, value)):
        yield f"The profile should have {slug} {_show(value)}, but has {_show(found['value'])}."
    state = wanted.get("state") if isinstance(wanted, dict) else None
    if state and found["state"] != state:
        yield f"{slug} should be {state}, but is {found['state']}."


def _not_profile(played: Played) -> Iterator[str]:
    for slug, unwanted in played.scenario.expect.not_profile.items():
        found = played.report["profile"].get(slug)
        if found is None:
            continue
        if unwanted == ANY:
            yield f"The profile should have no {slug}, but has {_show(found['value'])}."
            continue
        for one in each(slug, unwanted):
            if any(same(one, item["value"]) for item in found["items"]):
                yield f"The profile should not have {slug} {_show(one)}, but has it."


def _said_by(played: Played) -> Iterator[str]:
    for slug, who in played.scenario.expect.said_by.items():
        found = played.report["profile"].get(slug)
        name = played.name_of(who)
        if found is None:
            yield f"{slug} should come from {name}, but it is unknown."
            continue
        authors = {item["said_by"] for item in found["items"]} if has_many(slug) else {found["said_by"]}
        if name not in authors:
            yield f"{slug} should come from {name}, but comes from {', '.join(sorted(authors))}."


# --- what phones show -------------------------------------------------------------------------------------------------


def _every_phone_sees(played: Played) -> Iterator[str]:
    for pattern in played.scenario.expect.every_phone_sees:
        for who, bubbles in played.handsets.items():
            shown = (text for bubble in bubbles for text in _as_seen(played, who, bubble))
            if not any(fnmatchcase(text, played.pattern(pattern)) for text in shown):
                yield f"{played.name_of(who)}'s phone should show {pattern!r}, but does not."


def _as_seen(played: Played, who: str, bubble: Bubble) -> list[str]:
    """A handset shows its owner's messages without a name, and its owner knows whose they are."""
    return [bubble.body, *_named(played.name_of(who), bubble.body)] if bubble.is_own else [bubble.body]


def _phone_never_sees(played: Played) -> Iterator[str]:
    for who, patterns in played.scenario.expect.phone_never_sees.items():
        for pattern in patterns:
            if any(fnmatchcase(bubble.body, played.pattern(pattern)) for bubble in played.handsets.get(who, [])):
                yield f"{played.name_of(who)}'s phone should never show {pattern!r}, but does."


def _exactly_once(played: Played) -> Iterator[str]:
    if not played.scenario.expect.exactly_once:
        return
    for who in played.scenario.people:
        yield from _once_on_handset(played, who)
    yield from _once_in_transcript(played)


def _once_on_handset(played: Played, reader: str) -> Iterator[str]:
    arrived = Counter(_bare(bubble.body) for bubble in played.handsets.get(reader, []) if not bubble.is_own)
    wanted = Counter((sent.name, sent.text.strip() or sent.symbol) for sent in played.sent if reader in sent.readers)
    for (name, text), times in wanted.items():
        if text_length(text) > room_beside(name):
            continue  # such a text travels in named parts; the transcript below is held to it
        seen = sum(arrived[form] for form in _named(name, text))
        if seen != times:
            yield f"{played.name_of(reader)}'s phone shows {_show(text)} from {name} {_times(seen)} instead of {_times(times)}."


def _once_in_transcript(played: Played) -> Iterator[str]:
    stored = Counter((line["author"], line["body"].strip()) for line in played.lines(Message.Kind.PERSON))
    wanted = Counter((played.name_of(sent.who), sent.text.strip()) for sent in played.sent)
    for (name, text), times in wanted.items():
        if stored[(name, text)] != times:
            yield f"The transcript has {_show(text)} from {name} {_times(stored[(name, text)])} instead of {_times(times)}."


def _named(name: str, text: str) -> tuple[str, ...]:
    return (f"*{name}:* {_bare(text)}".strip(), f"{name}: {_bare(text)}".strip())


def _bare(text: str) -> str:
    """Without the marks in front of lines that could pass for somebody else's."""
    return re.sub(rf"^{re.escape(GUARD)}", "", text, flags=re.MULTILINE).strip()


# --- the matchmaker ---------------------------------------------------------------------------------------------------


def _bot_messages(played: Played) -> Iterator[str]:
    expect, said = played.scenario.expect, len(played.lines(Message.Kind.MATCHMAKER))
    if expect.bot_messages_min is not None and said < expect.bot_messages_min:
        yield f"The matchmaker should write at least {_times(expect.bot_messages_min)}, but wrote {_times(said)}."
    if expect.bot_messages_max is not None and said > expect.bot_messages_max:
        yield f"The matchmaker should write at most {_times(expect.bot_messages_max)}, but wrote {_times(said)}."


def _bot_share(played: Played) -> Iterator[str]:
    most = played.scenario.expect.bot_share_max
    said = len(played.lines(Message.Kind.MATCHMAKER))
    heard = len(played.lines(Message.Kind.PERSON)) + len(played.lines(Message.Kind.COMMAND))
    share = said / (said + heard) if said + heard else 0.0
    if most is not None and share > most:
        yield f"The matchmaker wrote {share:.0%} of the messages ({said} of {said + heard}); at most {most:.0%} is allowed."


def _silent_after(played: Played) -> Iterator[str]:
    for step in played.scenario.expect.silent_after:
        for text in played.spoken_after.get(step, []):
            yield f"The matchmaker should stay silent after step {step}, but wrote {_show(text)}."


def _stage(played: Played) -> Iterator[str]:
    wanted = played.scenario.expect.stage
    if wanted is not None and wanted != played.report["stage"]:
        yield f"The interview should be at {wanted}, but is at {played.report['stage']}."


# --- what came of it --------------------------------------------------------------------------------------------------


def _bio(played: Played) -> Iterator[str]:
    for pattern in played.scenario.expect.bio:
        if not played.outcome.bio:
            yield f"The bio should be like {pattern!r}, but none was picked."
        elif not same(pattern, played.outcome.bio):
            yield f"The bio should be like {pattern!r}, but is {_show(played.outcome.bio)}."


def _photos(played: Played) -> Iterator[str]:
    least, have = played.scenario.expect.photos_min, played.outcome.photos
    if least is not None and have < least:
        yield f"The profile should have at least {least} photos, but has {have}."


def _page_shows(played: Played) -> Iterator[str]:
    page = played.outcome.page
    for pattern in played.scenario.expect.page_shows:
        if page is None:
            yield f"The profile page should show {pattern!r}, but there is no page."
        elif not _is_in(pattern, page.text):
            yield f"The profile page should show {pattern!r}, but does not."


def _page_hides(played: Played) -> Iterator[str]:
    page = played.outcome.page
    for pattern in played.scenario.expect.page_hides if page else ():
        if page and _is_in(pattern, page.text):
            yield f"The profile page should not show {pattern!r}, but does."
        elif page and _is_in(pattern, page.source):
            yield f"The source of the profile page should not contain {pattern!r}, but does."


def _is_in(pattern: str, text: str) -> bool:
    """The whole text or one of its lines; stars in the pattern may stand for several lines."""
    return any(same(pattern, part) for part in (" ".join(text.split()), *map(str.strip, text.splitlines())))


def _not_stage(played: Played) -> Iterator[str]:
    unwanted = played.scenario.expect.not_stage
    if unwanted is not None and unwanted == played.report["stage"]:
        yield f"The interview should not be at {unwanted}."


def _transcript_contains(played: Played) -> Iterator[str]:
    bodies = [line["body"] for line in played.report["transcript"] if line["state"] in _READ]
    for pattern in played.scenario.expect.transcript_contains:
        if not any(fnmatchcase(body, played.pattern(pattern)) for body in bodies):
            yield f"The transcript should contain {pattern!r}, but does not."


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _show(value: Any) -> str:
    text = " ".join((", ".join(map(str, value)) if isinstance(value, list) else str(value)).split())
    return f"“{text if len(text) <= 120 else text[:119] + '…'}”"


_CHECKS: tuple[Callable[[Played], Iterator[str]], ...] = (
    _profile,
    _not_profile,
    _said_by,
    _every_phone_sees,
    _phone_never_sees,
    _exactly_once,
    _bot_messages,
    _bot_share,
    _silent_after,
    _stage,
    _not_stage,
    _transcript_contains,
    _bio,
    _photos,
    _page_shows,
    _page_hides,
)
