"""Finds plain facts in plain sentences: tables of patterns, and small rules for what no pattern can express."""

from collections.abc import Iterator
from dataclasses import dataclass

from emulator.llm import basic_facts, choices, free_text
from emulator.llm.answers import answer_to
from emulator.llm.basic_facts import Reader, Value
from emulator.llm.clauses import Speaker, clauses_about_primary

# What only the primary person can say about themselves; from friends it is not even proposed.
OWN_WORDS_ONLY = frozenset(
    {"age", "gender", "interested_in", "orientation", "intention", "smoke", "drink", "diet", "purpose"}
    | {"first_date_idea", "must_haves", "dealbreakers", "age_range", "tone"}
)
# Answers of a word or two: a message that contains other facts is not one.
SHORT_ANSWERS = frozenset({"first_name", "area", "job_or_study", "interests", "must_haves", "pets"})
FRIENDS_ONLY = frozenset({"green_flags"})


@dataclass(frozen=True)
class Fact:
    field: str
    value: Value


def facts_in(text: str, speaker: Speaker, *, topic: str | None = None) -> list[Fact]:
    """What the text says about the primary person. `topic`: our question's, when this text may answer it."""
    found = list(_from_clauses(text, speaker))
    found += [Fact(slug, value) for slug, value in free_text.told(text, speaker, topic=topic)]
    others = any(reading.field != topic for reading in found)
    if topic and not any(reading.field == topic for reading in found) and not (others and topic in SHORT_ANSWERS):
        found += [Fact(topic, value) for value in answer_to(topic, text, speaker)]
    return _allowed(found, speaker)


def _allowed(found: list[Fact], speaker: Speaker) -> list[Fact]:
    barred = FRIENDS_ONLY if speaker.is_primary else OWN_WORDS_ONLY
    kept: list[Fact] = []
    # For someone from one place who lives in another, the area is where they live.
    lives = [reading for reading in found if reading.field == "area"][:1]
    for reading in found:
        if reading.field == "area" and reading not in lives:
            continue
        if reading.field not in barred and not any(_same(reading, other) for other in kept):
            kept.append(reading)
    return kept


def _same(one: Fact, other: Fact) -> bool:
    return one.field == other.field and str(one.value).casefold() == str(other.value).casefold()


def _from_clauses(text: str, speaker: Speaker) -> Iterator[Fact]:
    for clause in clauses_about_primary(text, speaker):
        if clause.is_question:
            continue
        for field, read in _READERS:
            for value in read(clause, speaker):
                yield Fact(field, value)


_READERS: tuple[tuple[str, Reader], ...] = (
    ("age", basic_facts.age_of),
    ("first_name", basic_facts.first_name_of),
    ("area", basic_facts.area_of),
    ("height_cm", basic_facts.height_of),
    ("job_or_study", basic_facts.job_of),
    ("languages", basic_facts.languages_of),
    ("pets", basic_facts.pets_of),
    ("interests", basic_facts.interests_of),
    ("intention", choices.intention_of),
    ("gender", choices.gender_of),
    ("interested_in", choices.interested_in_of),
    ("orientation", choices.orientation_of),
    ("age_range", choices.age_range_of),
    ("smoke", choices.from_table(choices.SMOKES)),
    ("drink", choices.from_table(choices.DRINKS)),
    ("diet", choices.from_table(choices.DIETS)),
    ("tone", choices.tone_of),
)
