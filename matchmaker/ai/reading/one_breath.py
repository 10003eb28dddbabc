"""What people say about themselves in one message: that it's about them, that they are willing, that they are of age.

Read only where the whole message is made of such statements and filler. A bare "yes" beside them may answer any of
them, so it's no consent unless consent is what we had asked for.
"""

from collections.abc import Collection
from dataclasses import dataclass

from matchmaker.ai.reading.ages import OLDEST, YOUNGEST
from matchmaker.ai.reading.clauses import trails_off
from matchmaker.ai.reading.grammar import YESES, Kind
from matchmaker.ai.reading.phrases import Reading, readings
from matchmaker.ai.reading.yes_no import POLITENESS, READINESS

_CLAIMS = frozenset({Kind.CLAIM, Kind.CLAIM_IF_ASKED})
_FRAMES = frozenset({Kind.AGE, Kind.INTRODUCTION})
_ABOUT_AGE = frozenset({Kind.ADULT, Kind.AGE})
_AROUND = (
    YESES | POLITENESS | {Kind.INTRODUCTION, Kind.NAME, Kind.FILLER, Kind.SIGH, Kind.REGRET, Kind.WISH, Kind.AND}
)


@dataclass(frozen=True)
class Statement:
    about_me: bool
    yes: bool
    adult: bool
    age: int | None


def read_statement(
    text: str, names: Collection[str] = (), *, claim_asked: bool = False, consent_asked: bool = False
) -> Statement | None:
    """What the author says about themselves; `names` are the author's own.

    None where there is more in the message, and where it says nothing but yes: that is for `plain_yes`. With
    `claim_asked`, after our "who is it about?", "me" counts as well, and with `consent_asked` any yes does.
    """
    if trails_off(text):
        return None
    for reading in readings(text, _FRAMES, names=names):
        statement = _statement(reading, claim_asked=claim_asked, consent_asked=consent_asked)
        if statement:
            return statement
    return None


def claims_to_be_it(text: str, *, asked: bool, names: Collection[str] = ()) -> bool:
    """Whether all of the message says that the profile is about its author; `asked`: in answer to "who is it about?"."""
    claims = _CLAIMS if asked else {Kind.CLAIM}
    around = _AROUND | ({Kind.HEDGE} if asked else frozenset())
    return not trails_off(text) and any(
        reading.kinds & claims and not reading.kinds - claims - around
        for reading in readings(text, {Kind.INTRODUCTION}, names=names)
    )


def _possible(reading: Reading) -> bool:
    """At most one age, of somebody who can write, and not of an adult of sixteen."""
    youngest = 18 if Kind.ADULT in reading.kinds else YOUNGEST
    return len(reading.ages) <= 1 and all(age is not None and youngest <= age <= OLDEST for age in reading.ages)


def _statement(reading: Reading, *, claim_asked: bool, consent_asked: bool) -> Statement | None:
    kinds = reading.kinds
    unmistakable = bool(kinds & _ABOUT_AGE and kinds & READINESS)
    claims = _CLAIMS if claim_asked or unmistakable else {Kind.CLAIM}
    if not kinds & (claims | _ABOUT_AGE) or kinds - claims - _ABOUT_AGE - _AROUND or not _possible(reading):
        return None
    return Statement(
        about_me=bool(kinds & claims),
        yes=bool(kinds & (YESES if consent_asked else READINESS)) and not reading.doubtful,
        adult=Kind.ADULT in kinds,
        age=next(iter(reading.ages), None),
    )
