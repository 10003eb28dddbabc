"""May the matchmaker speak now? Rules first, the model second.

Judged after listening: what people said has been read by then, so that a question of ours counts as answered only where
an accepted action settled it, and talk that merely follows our question obliges nobody.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from matchmaker.ai import exits
from matchmaker.ai.interview import QUESTION_MARKS, Interview
from matchmaker.ai.reading.one_breath import claims_to_be_it
from matchmaker.ai.records import Line, LineKind
from matchmaker.ai.safety.humanity import asks_if_human

# Friends who answer each other this quickly are talking to each other, not to us.
BANTER_GAP = timedelta(seconds=20)
# So few lines after ours, what the person we talk to writes may well be to us, whoever else has written meanwhile.
NEAR_US = 4
LOOK_BACK = 15
# At most a third of what was said lately is ours.
MOST_OF_LOOK_BACK = LOOK_BACK // 3
UNPROMPTED_GAP = timedelta(seconds=20)
UNPROMPTED_A_DAY = 60

# Matched word by word: one pattern over a whole text backtracks for ever on "haha haha haha … no".
_LAUGH_WORD = re.compile(
    r"a*(?:ha|he|hi|ja|je){2,}[ahj]*|ha+h?|l+o+l+|lmf?ao+|rofl|omg|wow|nice|aw+|x+d+|kkk+|w{3,}|wtf|same|true|fr|dead|iconic|"
    r"classic|ok+|k+|yay+|woo+|hmm+|mhm|ugh|oof",
    re.IGNORECASE,
)
_LAUGH_PHRASE = re.compile(r"\b(?:love it|so true|so good)\b", re.IGNORECASE)


class Floor(StrEnum):
    """Who has the floor: we must answer, we may, or we only listen."""

    MUST_SPEAK = "must_speak"
    MAY_SPEAK = "may_speak"
    LISTEN_ONLY = "listen_only"


class Cause(StrEnum):
    """Why somebody waits for us: it decides which plain line code has where the model stays silent."""

    NONE = ""
    ASKED = "asked"
    ASKS_IF_HUMAN = "asks_if_human"
    TURNED_TO = "turned_to"
    ANSWERED = "answered"
    MAKE_SURE = "make_sure"
    EVENT = "event"


@dataclass(frozen=True)
class Verdict:
    floor: Floor
    why: str
    cause: Cause = Cause.NONE
    message: str = ""
    """Whose author waits."""


@dataclass(frozen=True)
class Budget:
    """For what we say unprompted while several people talk."""

    of_the_latest: int = MOST_OF_LOOK_BACK
    gap: timedelta = UNPROMPTED_GAP
    a_day: int = UNPROMPTED_A_DAY


FULL = Budget()
# Somebody in the group asked for quiet.
HALF = Budget(MOST_OF_LOOK_BACK // 2, 2 * UNPROMPTED_GAP, UNPROMPTED_A_DAY // 2)


@dataclass(frozen=True)
class Judge:
    """The rules for one turn; asked again after each thing that was heard. `said_today`: how many unprompted messages
    we wrote in the 24 hours before."""

    matchmaker: str
    said_today: int = 0
    budget: Budget = FULL

    def __call__(self, interview: Interview) -> Verdict:
        return (
            self._obliged(interview)
            or self._forbidden(interview)
            or Verdict(Floor.MAY_SPEAK, "nobody is waiting for us, and nothing says we should not")
        )

    def _obliged(self, interview: Interview) -> Verdict | None:
        if interview.to_make_sure is not None:
            why = "too much follows from what was said to take it from one reading"
            return Verdict(Floor.MUST_SPEAK, why, Cause.MAKE_SURE)
        for line in interview.inputs:
            if line.kind is LineKind.EVENT:
                continue
            if _claims_anothers_place(interview, line):
                why = "they say it is about them, but it is about another person already, which only staff can change"
                return _must(why, Cause.TURNED_TO, line)
            if asks_if_human(line.text) and (_is_to_us(interview, line) or is_named(self.matchmaker, line.text)):
                return _must(
                    "somebody asks whether you are a person: say plainly that you are an AI",
                    Cause.ASKS_IF_HUMAN,
                    line,
                )
            if is_named(self.matchmaker, line.text):
                return _must("somebody named us", Cause.TURNED_TO, line)
            if line.author == interview.primary and _asks_us(interview, line):
                return _must("the primary person asks something", Cause.ASKED, line)
        if interview.is_answered and interview.inputs:
            return _must("our question was answered", Cause.ANSWERED, interview.inputs[-1])
        if interview.is_corrected and interview.inputs:
            return _must("the primary person corrected something", Cause.ANSWERED, interview.inputs[-1])
        events = [line for line in interview.inputs if line.kind is LineKind.EVENT]
        photos = [line for line in interview.inputs if line.has_media]
        if photos and exits.photos_to_ask_about(interview):
            return _must("a photo has come, and nobody has said who is in it", Cause.EVENT, photos[-1])
        if events:
            why = "somebody did something beside the chat, and waits for what comes of it"
            return _must(why, Cause.EVENT, events[-1])
        if any(struck.at == interview.at for struck in interview.struck):
            return Verdict(Floor.MUST_SPEAK, "somebody had something taken out")
        return None

    def _forbidden(self, interview: Interview) -> Verdict | None:
        why = (
            _is_done(interview)
            or _is_only_reactions(interview)
            or _is_banter(interview)
            or _nobody_turned_to_us(interview)
            or _over_budget(interview, self.said_today, self.budget)
        )
        return Verdict(Floor.LISTEN_ONLY, why) if why else None


def _must(why: str, cause: Cause, line: Line) -> Verdict:
    return Verdict(Floor.MUST_SPEAK, why, cause, line.id)


def _claims_anothers_place(interview: Interview, line: Line) -> bool:
    """Until the yes; later, "I'm the one who taught her" is a friend's story."""
    if interview.consented or interview.primary in (None, line.author):
        return False
    return claims_to_be_it(line.text, asked=False, names=[interview.name_of(line.author)])


def is_named(matchmaker: str, text: str) -> bool:
    names = {matchmaker.casefold(), "matchmaker"}
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text.casefold()) for name in names)


def _asks_us(interview: Interview, line: Line) -> bool:
    """A question that is not put to a friend: by name, or in the middle of their talk."""
    return any(mark in line.text for mark in QUESTION_MARKS) and _is_to_us(interview, line)


def _is_to_us(interview: Interview, line: Line) -> bool:
    """It names no friend, and either nobody else wrote just before, or we did and no friend has asked anything since."""
    names = [person.name for person in interview.people if person.id != line.author]
    if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line.text, re.IGNORECASE) for name in names if name):
        return False
    before = [
        other for other in interview.lines if other.position < line.position and other.kind is not LineKind.NOTICE
    ]
    since_us = _since_our_last(before)
    of_friends = [other for other in since_us if other.author != line.author]
    if not of_friends or line.at - of_friends[-1].at > BANTER_GAP:
        return True
    is_near = len(before) > len(since_us) and len(since_us) < NEAR_US
    return is_near and not any(mark in other.text for other in of_friends for mark in QUESTION_MARKS)


def _is_done(interview: Interview) -> str:
    if interview.stage == "approved" and interview.is_approved:
        return "the profile is done: leave them to their talk until somebody turns to us"
    return ""


def _is_only_reactions(interview: Interview) -> str:
    if all(is_reaction(line.text) and not line.has_media for line in interview.inputs):
        return "only laughter and reactions"
    return ""


def is_reaction(text: str) -> bool:
    """A laugh, a thumb, a "nice": nothing but words and signs of that kind."""
    words = re.findall(r"[^\W_]+", _LAUGH_PHRASE.sub(" ", text))
    return bool(text.strip()) and all(_LAUGH_WORD.fullmatch(word) for word in words)


def _is_banter(interview: Interview) -> str:
    """Two people writing within twenty seconds of each other, up to the newest message."""
    spoken = [line for line in interview.lines if line.kind is LineKind.PERSON and not is_reaction(line.text)]
    if len(spoken) < 2 or not interview.inputs or _is_turned_to_us(interview):
        return ""
    latest = spoken[-1]
    near = [line for line in spoken if latest.at - line.at <= BANTER_GAP]
    since_us = _since_our_last(interview.lines)
    if len({line.author for line in near if line in since_us}) > 1:
        return "people are talking to each other"
    return ""


def _is_turned_to_us(interview: Interview) -> bool:
    """The person we are talking with wrote something of their own, a bad day or a correction perhaps, so soon after our
    line that it may be to us. Whether it is, the model judges."""
    asked = interview.question.asked_to if interview.question else None
    talking_with = {interview.primary, asked} - {None}
    return any(
        line.author in talking_with and not is_reaction(line.text) and _is_to_us(interview, line)
        for line in interview.inputs
    )


def _since_our_last(lines: list[Line]) -> list[Line]:
    ours = [index for index, line in enumerate(lines) if line.kind is LineKind.MATCHMAKER]
    return lines[ours[-1] + 1 :] if ours else lines


def _nobody_turned_to_us(interview: Interview) -> str:
    """We spoke last, and what followed is friends' talk that brought nothing. The primary person, or whoever we asked,
    may well be answering in words that no field holds: a bad day comes before any question."""
    first = interview.inputs[0].position if interview.inputs else 0
    before = [line for line in interview.lines if line.position < first and line.kind is not LineKind.NOTICE]
    if not before or before[-1].kind is not LineKind.MATCHMAKER or interview.heard_from:
        return ""
    asked = interview.question.asked_to if interview.question else None
    turned_to_us = {interview.primary, asked} - {None}
    if not turned_to_us or any(line.author in turned_to_us for line in interview.inputs):
        return ""
    return "we spoke last, and nobody turned to us"


def _over_budget(interview: Interview, said_today: int, budget: Budget) -> str:
    recent = [line for line in interview.lines if line.kind is not LineKind.NOTICE][-LOOK_BACK:]
    if len({line.author for line in recent if line.author}) < 2:
        return ""
    ours = [line for line in recent if line.kind is LineKind.MATCHMAKER]
    # An answer that somebody waited for costs nothing, or a lively interview would silence us for the rest of the day.
    if sum(line.is_unprompted for line in ours) >= budget.of_the_latest:
        return "we wrote enough of the recent messages"
    if ours and interview.at - ours[-1].at < budget.gap and not _waits_for_the_next_question(interview):
        return "we wrote just now"
    if said_today >= budget.a_day:
        return "we wrote enough for one day"
    return ""


def _waits_for_the_next_question(interview: Interview) -> bool:
    """The primary person told us something, or may be about to: going on is not speaking unprompted."""
    return interview.primary in interview.heard_from or _is_turned_to_us(interview)
