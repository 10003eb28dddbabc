"""What a message says about the primary person, as facts with the words that say so."""

from collections.abc import Iterator
from dataclasses import dataclass

from emulator.llm.reading import basics, choices, telling, wishes
from emulator.llm.reading.answers import answer_to
from emulator.llm.reading.basics import Value
from emulator.llm.reading.choices import Reader, lifestyle_of
from emulator.llm.reading.clauses import Clause, Speaker, Subject, clauses_by_sentence
from emulator.llm.reading.fragments import fragments_in
from emulator.llm.reading.interests import interests_of
from emulator.llm.reading.shorthand import spelled_out

# What only the primary person can say about themselves; from friends it is not even proposed.
OWN_WORDS_ONLY = frozenset(
    {
        "age",
        "gender",
        "interested_in",
        "orientation",
        "intention",
        "smoke",
        "drink",
        "diet",
        "purpose",
        "kids_has",
        "kids_wants",
    }
    | {"first_date_idea", "must_haves", "dealbreakers", "age_range", "tone", "distance_km", "faith", "politics"}
)
FRIENDS_ONLY = frozenset({"green_flags"})
# Answers of a word or two: a message that holds other facts is not one.
SHORT_ANSWERS = frozenset({"first_name", "area", "job_or_study", "must_haves", "pets", "interests"})
# A sentence of one's own, unless it is plainly about something else: "I'm a teacher", asked for a quirk.
OWN_SENTENCES = frozenset({"purpose", "quirk", "first_date_idea"})
OTHER_MATTERS = frozenset(
    {
        "first_name",
        "intention",
        "must_haves",
        "dealbreakers",
        "stories",
        "purpose",
        "quirk",
        "first_date_idea",
        "kids_wants",
    }
)
# Steps of a life: who tells of one in passing is not telling a story.
PLAIN_FACTS = frozenset(
    {"age", "area", "job_or_study", "smoke", "diet", "pets", "kids_has", "drink", "gender", "height_cm"}
)


@dataclass(frozen=True)
class Fact:
    """`quote`: the sentence that says so, with its short forms written out; empty for the whole message."""

    field: str
    value: Value
    quote: str = ""


def facts_in(text: str, speaker: Speaker, *, topic: str | None = None) -> list[Fact]:
    """What the text says about the primary person. `topic`: our question's, when this text may answer it."""
    if speaker.language == "en":
        text = spelled_out(text)
    found = list(_from_sentences(text, speaker))
    found += _from_fragments(text, speaker, found, topic)
    if basics.says_own_name(text, speaker):
        found.append(Fact("first_name", speaker.primary_name))
    told = _told(text, speaker, found, topic)
    # "She always brings soup" is what a friend says for her, not an oddity of hers.
    found = [
        fact for fact in found if fact.field != "quirk" or not any(fact.quote in str(flag.value) for flag in told)
    ] + told
    if topic == "job_or_study" and basics.says_what_they_do(text):
        # "I bake, nights": asked for their work, what they do is that.
        found = [fact for fact in found if fact.field != "interests"]
    others = any(fact.field != topic for fact in found)
    is_taken = (others and topic in SHORT_ANSWERS) or (
        topic in OWN_SENTENCES and any(fact.field in PLAIN_FACTS | OTHER_MATTERS for fact in found)
    )
    is_found = any(fact.field == topic for fact in found)
    if topic and not is_found and not is_taken:
        found += [Fact(topic, value) for value in answer_to(topic, text, speaker)]
    elif is_found and (topic in {"area", "age"} or (topic == "interests" and not others)):
        found = _as_answered(found, topic, text, speaker)
    return _allowed(found, speaker)


def _as_answered(found: list[Fact], topic: str, text: str, speaker: Speaker) -> list[Fact]:
    """Asked for it, the whole message holds more than its sentences do: a correction, the rest of a list."""
    answered = [Fact(topic, value) for value in answer_to(topic, text, speaker)]
    if len(answered) < sum(fact.field == topic for fact in found):
        return found
    if topic == "area":
        # "Leeds, but I'm from Bilbao".
        is_origin = all(basics.is_origin(fact.quote, str(fact.value)) for fact in found if fact.field == topic)
        return [*answered, *(fact for fact in found if fact.field != topic)] if is_origin else found
    # "I fix old radios. And tango": the answer's list passes over what is told in a sentence.
    named = " ".join(str(fact.value) for fact in answered).casefold()
    told = [fact for fact in found if fact.field == topic and str(fact.value).split()[-1].casefold() not in named]
    return [fact for fact in found if fact.field != topic] + (told if topic == "interests" else []) + answered


def _from_fragments(text: str, speaker: Speaker, found: list[Fact], topic: str | None) -> Iterator[Fact]:
    """What no sentence says. Of a field that a sentence speaks of, the sentence counts."""
    said = {fact.field for fact in found} - {"interests"}
    if topic in OWN_SENTENCES | {"must_haves"}:
        # A list is the answer, whatever is in it.
        said.add("interests")
    for field, value, sentence in fragments_in(text, speaker, asked_for_interests=topic == "interests"):
        if field not in said:
            yield Fact(field, value, sentence)


def _from_sentences(text: str, speaker: Speaker) -> Iterator[Fact]:
    for clauses in clauses_by_sentence(text, speaker):
        if not clauses:
            continue
        sentence = clauses[0].sentence
        for field, value in _from_sentence(sentence, clauses, speaker):
            yield Fact(field, value, sentence)


def _from_sentence(sentence: str, clauses: list[Clause], speaker: Speaker) -> Iterator[tuple[str, Value]]:
    for clause in clauses:
        yield from (("pets", pet) for pet in basics.pets_of(clause, speaker))
        if clause.subject is Subject.PRIMARY:
            for field, read in _READERS:
                yield from ((field, value) for value in read(clause, speaker))
    if speaker.is_primary:
        yield from (("kids_has", value) for value in basics.kids_has_of(sentence, clauses, speaker))
        yield from (("kids_wants", value) for value in basics.kids_wants_of(sentence, clauses, speaker))
        yield from wishes.wishes_in(sentence, clauses)
    yield from (("quirk", value) for value in telling.quirks_in(sentence, clauses, speaker))


def _told(text: str, speaker: Speaker, found: list[Fact], topic: str | None) -> list[Fact]:
    told: list[Fact] = []
    if not speaker.is_primary and topic != "green_flags":
        told += [Fact("green_flags", flag, flag) for flag in telling.unasked_flags(text, speaker)]
    if topic not in {"stories", "green_flags"}:
        plain = {fact.quote for fact in found if fact.field in PLAIN_FACTS}
        told += [
            Fact("stories", story, story)
            for story in telling.unasked_stories(text, speaker)
            if not any(sentence in story for sentence in plain) and not any(story == flag.value for flag in told)
        ]
    return told


def _allowed(found: list[Fact], speaker: Speaker) -> list[Fact]:
    barred = FRIENDS_ONLY if speaker.is_primary else OWN_WORDS_ONLY
    kept: list[Fact] = []
    # "Leicester born and raised, living in Nottingham": where they live comes before where they are from.
    found = sorted(found, key=lambda fact: fact.field == "area" and basics.is_origin(fact.quote, str(fact.value)))
    works = {str(fact.value).casefold() for fact in found if fact.field == "job_or_study"}
    for fact in found:
        if fact.field == "interests" and str(fact.value).casefold() in works:
            continue
        if fact.field == "interests":
            # "She climbs at night, she loves night climbing": the fuller one tells more.
            kept = [
                other for other in kept if not (_same(fact, other) and len(str(other.value)) < len(str(fact.value)))
            ]
        # For someone from one place who lives in another, the area is where they live; of heights the first counts.
        is_second = fact.field in {"area", "height_cm", "job_or_study"} and any(
            other.field == fact.field for other in kept
        )
        if fact.field not in barred and not is_second and not any(_same(fact, other) for other in kept):
            kept.append(fact)
    return kept


def _same(one: Fact, other: Fact) -> bool:
    """The same value, or a shorter form of one that is there ("running", "running fell races")."""
    if one.field != other.field:
        return False
    a, b = str(one.value).casefold(), str(other.value).casefold()
    return a == b or (one.field == "interests" and (a in b or b in a))


_READERS: tuple[tuple[str, Reader], ...] = (
    ("age", basics.age_of),
    ("first_name", basics.first_name_of),
    ("area", basics.area_of),
    ("height_cm", basics.height_of),
    ("job_or_study", basics.job_of),
    ("languages", basics.languages_of),
    ("interests", interests_of),
    ("intention", choices.intention_of),
    ("gender", choices.gender_of),
    ("interested_in", choices.interested_in_of),
    ("orientation", choices.orientation_of),
    ("age_range", choices.age_range_of),
    ("distance_km", choices.distance_of),
    ("smoke", lifestyle_of(choices.SMOKES)),
    ("drink", lifestyle_of(choices.DRINKS)),
    ("diet", lifestyle_of(choices.DIETS)),
    ("tone", choices.tone_of),
)
