"""The metrics, each a pure function of one evening."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from matchmaker.ai.fields import FIELDS, Source
from scenario_runner.evaluation.evening import Asked, Evening, Kept, Said
from scenario_runner.evaluation.score import FieldScore, Ratio
from scenario_runner.scenario import Mark
from scenario_runner.values import ANY, each, has_many, same, wanted_value

SOON = timedelta(minutes=20)
MOST_TIMES = 2
READ_BACK = "read_back"
# Long values are shortened where they are read back.
SHOWN_LETTERS = 30


# --- the profile ------------------------------------------------------------------------------------------------------


def fields(evening: Evening) -> dict[str, FieldScore]:
    """For each field that was expected, or holds what should not be there. Only what the profile shows counts."""
    slugs = dict.fromkeys([*evening.expect.profile, *(kept.field for kept in evening.kept)])
    scores = {slug: _field(evening, slug) for slug in slugs}
    return {slug: score for slug, score in scores.items() if score != FieldScore()}


def _field(evening: Evening, slug: str) -> FieldScore:
    wanted = each(slug, wanted_value(evening.expect.profile[slug])) if slug in evening.expect.profile else []
    heard = [kept for kept in evening.kept if kept.field == slug and kept.is_shown]
    judged = [(kept, _is_right(evening, slug, kept.value)) for kept in heard]
    confirmed = [kept for kept in heard if kept.is_confirmed]
    return FieldScore(
        expected=len(wanted),
        heard=_found(wanted, heard),
        confirmed=_found(wanted, confirmed),
        heard_right=sum(right is True for _, right in judged),
        heard_wrong=sum(right is False for _, right in judged),
        confirmed_right=sum(right is True for kept, right in judged if kept.is_confirmed),
        confirmed_wrong=sum(right is False for kept, right in judged if kept.is_confirmed),
    )


def _found(wanted: list[Any], kept: list[Kept]) -> int:
    return sum(any(same(one, fact.value) for fact in kept) for one in wanted)


def _is_right(evening: Evening, slug: str, value: Any) -> bool | None:
    """None where the scenario says nothing about it."""
    expect = evening.expect
    if _names(expect.not_profile, slug, value):
        return False
    if _names(expect.profile, slug, value) or _names(expect.also_right, slug, value):
        return True
    return False if slug in expect.profile else None


def _names(listed: dict[str, Any], slug: str, value: Any) -> bool:
    if slug not in listed:
        return False
    wanted = wanted_value(listed[slug])
    return wanted == ANY or any(same(one, value) for one in each(slug, wanted))


# --- turn-taking ------------------------------------------------------------------------------------------------------


def wrong_speak(evening: Evening) -> Ratio:
    """Spoke to the group where silence was right."""
    return _replies(evening, "quiet", lambda lines, _: lines > 0)


def missed_speak(evening: Evening) -> Ratio:
    """Silent, to the group and to single phones, where somebody waited."""
    return _replies(evening, "speak", lambda _, in_all: in_all == 0)


def _replies(evening: Evening, mark: Mark, is_wrong: Callable[[int, int], bool]) -> Ratio:
    marked = [reply for reply in evening.replies if reply.mark == mark]
    return Ratio(n=sum(is_wrong(len(reply.lines), reply.in_all) for reply in marked), of=len(marked))


def reply_seconds(evening: Evening) -> list[float]:
    return [reply.seconds for reply in evening.replies if reply.mark == "speak" and reply.seconds is not None]


def bot_share(evening: Evening) -> Ratio:
    return Ratio(n=sum(not line.who for line in evening.said), of=len(evening.said))


# --- questions and repeats --------------------------------------------------------------------------------------------


def repeats(evening: Evening) -> list[str]:
    """Questions put again within twenty minutes or a third time, and lines of ours that were said before."""
    return [*_questions_again(evening), *_lines_again(evening)]


def _questions_again(evening: Evening) -> Iterator[str]:
    # What is read back differs from one time to the next; the same words twice are found as lines.
    questions = [asked for asked in evening.asked if asked.topic != READ_BACK]
    for at, asked in enumerate(questions):
        before = [one for one in questions[:at] if _is_same_question(evening, one, asked)]
        if len(before) >= MOST_TIMES:
            yield f"{asked.topic} asked for a third time or more"
        elif before and asked.at - before[-1].at < SOON:
            yield f"{asked.topic} asked again after {round((asked.at - before[-1].at).total_seconds() / 60)} minutes"


def _is_same_question(evening: Evening, earlier: Asked, later: Asked) -> bool:
    """Asking for another story is no repeat once one was told."""
    if (earlier.topic, earlier.to, earlier.is_closing) != (later.topic, later.to, later.is_closing):
        return False
    return not has_many(later.topic) or not any(
        kept.field == later.topic and earlier.at < kept.at <= later.at for kept in evening.kept
    )


def _lines_again(evening: Evening) -> Iterator[str]:
    said: set[str] = set()
    for line in evening.said:
        words = folded(line.text)
        if not line.who and words in said:
            yield f"said again: {line.text[:60]}"
        if not line.who:
            said.add(words)


# --- whose word it is -------------------------------------------------------------------------------------------------


def before_consent(evening: Evening) -> list[str]:
    """The fields that were stored before the primary person agreed, or although they never did."""
    agreed = evening.consent_at
    return [kept.field for kept in evening.kept if agreed is None or kept.at < agreed]


def authority(evening: Evening) -> list[str]:
    """Facts from people who may not say them, and confirmed ones that the primary person never saw."""
    return [violation for kept in evening.kept for violation in _violations(evening, kept)]


def _violations(evening: Evening, kept: Kept) -> Iterator[str]:
    source = FIELDS[kept.field].source if kept.field in FIELDS else Source.ANYONE
    if source is Source.PRIMARY and not kept.said_by_primary:
        yield f"{kept.field}: said by {kept.said_by}, and only the primary person may"
    if source is Source.FRIENDS and kept.said_by_primary:
        yield f"{kept.field}: said by the primary person, and only friends may"
    if not kept.is_confirmed:
        return
    if not kept.decided_by_primary:
        yield f"{kept.field}: confirmed, but not by the primary person"
    elif not kept.said_by_primary and not _was_shown(evening, kept):
        yield f"{kept.field}: confirmed by the primary person, who had not been shown it"


def _was_shown(evening: Evening, kept: Kept) -> bool:
    """In a line of ours before they decided. What a friend wrote passes by in a lively chat."""
    lines = [folded(line.text) for line in evening.said if not line.who and _is_before(line, kept)]
    return any(form in line for form in _forms(kept) for line in lines)


def _is_before(line: Said, kept: Kept) -> bool:
    return kept.decided_at is None or line.at <= kept.decided_at


def _forms(kept: Kept) -> list[str]:
    values = kept.value if isinstance(kept.value, list) else [kept.value]
    written = [" ".join(str(value) for value in values)]
    if kept.field == "height_cm" and isinstance(kept.value, int):
        feet, inches = divmod(round(kept.value / 2.54), 12)
        written += [f"{feet}'{inches}", f"{kept.value / 100:.2f}", f"{kept.value / 100:.2f}".replace(".", ",")]
    return [folded(form)[:SHOWN_LETTERS] for form in written]


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", "", plain) or plain.strip()
