"""May the matchmaker speak now? Rules first, the model second."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from matchmaker.ai.evidence import claims_to_be_primary, consents, says_yes
from matchmaker.ai.interview import Interview
from matchmaker.ai.records import Line, LineKind, Question, State

# Friends who answer each other this quickly are talking to each other, not to us.
BANTER_GAP = timedelta(seconds=20)
LOOK_BACK = 15
# At most a third of what was said lately is ours.
MOST_OF_LOOK_BACK = LOOK_BACK // 3
UNPROMPTED_GAP = timedelta(seconds=20)
UNPROMPTED_A_DAY = 60

# Matched word by word: one pattern over a whole text backtracks for ever on "haha haha haha … no".
_LAUGH_WORD = re.compile(
    r"\d|a*(?:ha|he|hi|ja|je){2,}[ahj]*|ha+h?|l+o+l+|lmf?ao+|rofl|omg|wow|nice|aw+|x+d+|kkk+|w{3,}|wtf|same|true|fr|dead|iconic|"
    r"classic|ok+|k+|yay+|woo+|hmm+|mhm|ugh|oof",
    re.IGNORECASE,
)
_LAUGH_PHRASE = re.compile(r"\b(?:love it|so true|so good)\b", re.IGNORECASE)


class Floor(StrEnum):
    """Who has the floor: we must answer, we may, or we only listen."""

    MUST_SPEAK = "must_speak"
    MAY_SPEAK = "may_speak"
    LISTEN_ONLY = "listen_only"


@dataclass(frozen=True)
class Verdict:
    floor: Floor
    why: str


@dataclass(frozen=True)
class Budget:
    """For what we say unprompted while several people talk."""

    of_the_latest: int = MOST_OF_LOOK_BACK
    gap: timedelta = UNPROMPTED_GAP
    a_day: int = UNPROMPTED_A_DAY


FULL = Budget()
# Somebody in the group asked for quiet.
HALF = Budget(MOST_OF_LOOK_BACK // 2, 2 * UNPROMPTED_GAP, UNPROMPTED_A_DAY // 2)


def judge(interview: Interview, *, matchmaker: str, at: datetime, said_today: int, budget: Budget = FULL) -> Verdict:
    """`said_today`: how many unprompted messages we wrote in the 24 hours before `at`."""
    obliged = _obliged(interview, matchmaker)
    if obliged:
        return Verdict(Floor.MUST_SPEAK, obliged)
    forbidden = _forbidden(interview, at, said_today, budget)
    if forbidden:
        return Verdict(Floor.LISTEN_ONLY, forbidden)
    return Verdict(Floor.MAY_SPEAK, "nobody is waiting for us, and nothing says we should not")


def _obliged(interview: Interview, matchmaker: str) -> str:
    for line in interview.inputs:
        if _claims_anothers_place(interview, line):
            return (
                "somebody says it is about them, but it is already about another person, which only staff can change"
            )
        if is_named(matchmaker, line.text):
            return "somebody named us"
        if _steps_forward(interview, line):
            return "somebody says who it is about, or says yes"
        if _answers_us(interview, line):
            return "our question was answered"
        if line.author == interview.primary and _asks(interview, line):
            return "the primary person asks something"
    return ""


def _steps_forward(interview: Interview, line: Line) -> bool:
    """A claim or a consent deserves an answer, whether it was asked for or crossed with our question."""
    if interview.primary is None:
        return claims_to_be_primary(line.text, asked=False, in_person=False)
    return not interview.consented and line.author == interview.primary and consents(line.text, asked=False)


def _claims_anothers_place(interview: Interview, line: Line) -> bool:
    """Until the yes; later, "I'm the one who taught her" is a friend's story."""
    if interview.consented or interview.primary in (None, line.author):
        return False
    return claims_to_be_primary(line.text, asked=False, in_person=False)


def is_named(matchmaker: str, text: str) -> bool:
    names = {matchmaker.casefold(), "matchmaker"}
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text.casefold()) for name in names)


def _answers_us(interview: Interview, line: Line) -> bool:
    question = interview.question
    if question is None or (is_reaction(line.text) and not _is_a_yes_to(interview, question, line)):
        return False
    if question.position >= line.position or question.asked_to not in (None, line.author):
        return False
    return question.topic != "primary" or question.asked_to is not None or _speaks_of_somebody(interview, line)


def _speaks_of_somebody(interview: Interview, line: Line) -> bool:
    """ "Who is it about?" was put to everybody: a hello to the friends is no answer to it."""
    others = [person.name for person in interview.people if person.id != line.author]
    return (
        claims_to_be_primary(line.text, asked=True, in_person=False)
        or bool(re.search(r"\b(?:about|for|it'?s|is) (?:her|him|them|my|our|she|he)\b", line.text, re.IGNORECASE))
        or any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line.text, re.IGNORECASE) for name in others)
    )


def _is_a_yes_to(interview: Interview, question: Question, line: Line) -> bool:
    """ "ok" and a thumb are chatter anywhere but under a question that yes or no answers."""
    waits_for_yes = question.topic in {"primary", "consent", "first_name"} or any(
        fact.state is State.PROPOSED for fact in interview.live(question.topic)
    )
    return waits_for_yes and says_yes(line.text)


def _asks(interview: Interview, line: Line) -> bool:
    """A question, unless it is put to a friend by name."""
    if "?" not in line.text:
        return False
    names = [person.name for person in interview.people if person.id != line.author]
    return not any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line.text, re.IGNORECASE) for name in names)


def _forbidden(interview: Interview, at: datetime, said_today: int, budget: Budget) -> str:
    if all(is_reaction(line.text) and not line.has_media for line in interview.inputs):
        return "only laughter and reactions"
    if interview.question is None and _is_banter(interview):
        return "people are talking to each other"
    return _over_budget(interview, at, said_today, budget)


def is_reaction(text: str) -> bool:
    """A laugh, a thumb, a "nice": nothing but words and signs of that kind."""
    words = re.findall(r"[^\W_]+", _LAUGH_PHRASE.sub(" ", text))
    return bool(text.strip()) and all(_LAUGH_WORD.fullmatch(word) for word in words)


def _is_banter(interview: Interview) -> bool:
    """Two people writing within twenty seconds of each other, up to the newest message."""
    spoken = [line for line in interview.lines if line.kind is LineKind.PERSON]
    if len(spoken) < 2 or not interview.inputs:
        return False
    latest = spoken[-1]
    near = [line for line in spoken if latest.at - line.at <= BANTER_GAP]
    since_us = _since_our_last(interview.lines)
    return len({line.author for line in near if line in since_us}) > 1


def _since_our_last(lines: list[Line]) -> list[Line]:
    ours = [index for index, line in enumerate(lines) if line.kind is LineKind.MATCHMAKER]
    return lines[ours[-1] + 1 :] if ours else lines


def _over_budget(interview: Interview, at: datetime, said_today: int, budget: Budget) -> str:
    recent = [line for line in interview.lines if line.kind is not LineKind.NOTICE][-LOOK_BACK:]
    if len({line.author for line in recent if line.author}) < 2:
        return ""
    ours = [line for line in recent if line.kind is LineKind.MATCHMAKER]
    # An answer that somebody waited for costs nothing, or a lively interview would silence us for the rest of the day.
    if sum(line.is_unprompted for line in ours) >= budget.of_the_latest:
        return "we wrote enough of the recent messages"
    if ours and at - ours[-1].at < budget.gap and not _waits_for_the_next_question(interview):
        return "we wrote just now"
    if said_today >= budget.a_day:
        return "we wrote enough for one day"
    return ""


def _waits_for_the_next_question(interview: Interview) -> bool:
    """The primary person told us something and nothing of ours is open: going on is not speaking unprompted."""
    return interview.question is None and any(line.author == interview.primary for line in interview.inputs)
