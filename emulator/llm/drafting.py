"""Writes bios and answers to starter prompts out of the facts that the product lists, in the words of those facts.

The words in between claim nothing by themselves, since the product refuses whatever no fact says.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from emulator.llm import first_person, phrases_for_drafts
from emulator.llm.chat_completions import Call
from emulator.llm.interview import Citable, Snapshot

BIOS = 3
ANSWERS = 3
FEWEST_WORDS, MOST_WORDS = 15, 45
FEWEST_CHARACTERS, MOST_CHARACTERS = 20, 150
MOST_STORY_WORDS = 32
FEWEST_FACTS = 2


@dataclass(frozen=True)
class Sentence:
    text: str
    facts: tuple[str, ...]


Text = tuple[Sentence, ...]


def drafts_for(snapshot: Snapshot) -> list[Call]:
    """What is missing of three bios and three answers; nothing while the product wants none."""
    material = Material(snapshot)
    calls: list[Call] = []
    if "draft_bio" in snapshot.tools:
        calls += _new(snapshot, "draft_bio", ({"sentences": bio} for bio in _as_json(bios(material))), BIOS)
    if "draft_prompt" in snapshot.tools:
        answered = {draft.prompt for draft in snapshot.drafts if draft.kind == "answer"}
        written = (
            {"prompt": prompt, "sentences": answer}
            for prompt, answer in _answers_in_json(
                answers(material, [p for p in snapshot.prompts if p not in answered])
            )
        )
        calls += _new(snapshot, "draft_prompt", written, ANSWERS)
    return calls


def _new(snapshot: Snapshot, name: str, written: Iterable[dict[str, Any]], most: int) -> list[Call]:
    """The first ones that were not tried yet, as many as are missing."""
    kind = "bio" if name == "draft_bio" else "answer"
    have = sum(draft.kind == kind for draft in snapshot.drafts)
    made = sum(attempt.done and attempt.call.name == name for attempt in snapshot.attempts)
    there = {draft.text.casefold() for draft in snapshot.drafts}
    fresh = [
        Call(name, arguments)
        for arguments in written
        if not snapshot.was_tried(Call(name, arguments))
        and " ".join(sentence["text"] for sentence in arguments["sentences"]).casefold() not in there
    ]
    return fresh[: max(0, most - have - made)]


def _as_json(texts: Iterable[Text]) -> Iterator[list[dict[str, Any]]]:
    for text in texts:
        yield [{"text": sentence.text, "facts": list(sentence.facts)} for sentence in text]


def _answers_in_json(written: Iterable[tuple[str, Text]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for prompt, text in written:
        yield prompt, next(_as_json([text]))


# --- what there is to write about -------------------------------------------------------------------------------------


class Material:
    """The facts as pieces of sentences, in the words of the person whom they are about."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.phrases = phrases_for_drafts.PHRASES.get(snapshot.language, phrases_for_drafts.ENGLISH)
        self.owner = snapshot.name_of(snapshot.primary)
        self.friends = [person.name for person in snapshot.friends]
        self._facts = snapshot.citable
        self._told_by_friends = {
            str(known.value)
            for known in snapshot.known
            if known.said_by != snapshot.primary and known.field == "stories"
        }

    def one_of(self, lines: tuple[str, ...]) -> str:
        """The same ones for the same person."""
        return lines[sum(map(ord, self.owner)) % len(lines)]

    def facts(self, field: str) -> list[Citable]:
        return [fact for fact in self._facts if fact.field == field]

    def one(self, field: str) -> Citable | None:
        return next(iter(self.facts(field)), None)

    def sentence(self, fact: Citable) -> str:
        return first_person.sentence(str(fact.value), owner=self.owner, others=self.friends)

    def clause(self, fact: Citable) -> str:
        return first_person.clause(str(fact.value), owner=self.owner, others=self.friends)

    def own_stories(self) -> list[Citable]:
        return [fact for fact in self._stories() if str(fact.value) not in self._told_by_friends]

    def friends_stories(self) -> list[Citable]:
        if not self.phrases.turns_persons:
            return []
        return [fact for fact in self._stories() if str(fact.value) in self._told_by_friends]

    def _stories(self) -> list[Citable]:
        told = [fact for fact in self.facts("stories") if self.sentence(fact)]
        return [fact for fact in told if len(str(fact.value).split()) <= MOST_STORY_WORDS]

    def bare(self, fact: Citable) -> str:
        """A value to stand after a colon or in a list."""
        return first_person.lowered(str(fact.value).strip(" .!;,"))

    def interests(self) -> list[Citable]:
        return self.facts("interests")


# --- single sentences -------------------------------------------------------------------------------------------------


def _looking_for(material: Material) -> Sentence | None:
    fact = material.one("intention")
    text = material.phrases.looking_for.get(str(fact.value)) if fact else None
    return Sentence(text, (fact.id,)) if fact and text else None


def _work_and_place(material: Material) -> Sentence | None:
    job, area = material.one("job_or_study"), material.one("area")
    facts = tuple(fact.id for fact in (job, area) if fact)
    if job is None:
        return Sentence(material.phrases.lives.format(area=area.value), facts) if area else None
    where = material.phrases.in_area.format(area=area.value) if area else ""
    if re.match(material.phrases.me, str(job.value), re.IGNORECASE):
        told = material.sentence(job)
        return Sentence(f"{told[:-1]}{where}.", facts) if told else None
    return Sentence(f"{material.phrases.works.format(job=_job(material, job))}{where}.", facts)


def _job(material: Material, fact: Citable) -> str:
    """ "a nurse" where they said so, else what they said."""
    value = material.bare(fact)
    said = re.search(rf"\b(an?|the|un|una|eine?n?) (?:\w+ )?{re.escape(value)}", fact.quote, re.IGNORECASE)
    if said:
        return said[0][0].lower() + said[0][1:]
    if (
        material.phrases.has_articles
        and re.fullmatch(r"[\w-]+(?: [\w-]+){0,2}", value)
        and not value.endswith(("ing", "s"))
    ):
        return f"{'an' if value[0] in 'aeiou' else 'a'} {value}"
    return value


def _loves(material: Material, most: int = 3) -> Sentence | None:
    interests = material.interests()[:most]
    if not interests:
        return None
    works = material.one("job_or_study")
    frame = material.one_of(material.phrases.loves_besides_work if works else material.phrases.loves)
    listed = _listed(material, [material.bare(fact) for fact in interests])
    return Sentence(frame.format(what=listed), tuple(fact.id for fact in interests))


def _listed(material: Material, values: list[str]) -> str:
    *first, last = values
    return f"{', '.join(first)} {material.phrases.and_} {last}" if first else last


def _building(material: Material) -> Sentence | None:
    fact = material.one("purpose")
    if fact is None:
        return None
    value = str(fact.value).strip(" .!;,")
    if re.match(material.phrases.gerund, value, re.IGNORECASE):
        return Sentence(
            f"{material.one_of(material.phrases.building).format(what=first_person.lowered(value))}.", (fact.id,)
        )
    told = material.sentence(fact)
    if told and not re.match(material.phrases.me, told, re.IGNORECASE):
        told = f"{material.phrases.next} {material.bare(fact)}."
    return Sentence(told, (fact.id,)) if told else None


def _quirk(material: Material) -> Sentence | None:
    fact = material.one("quirk")
    told = material.sentence(fact) if fact else ""
    return Sentence(told, (fact.id,)) if fact and told else None


def _first_date(material: Material) -> Sentence | None:
    fact = material.one("first_date_idea")
    return Sentence(f"{material.phrases.first_date} {material.bare(fact)}.", (fact.id,)) if fact else None


def _needs(material: Material) -> Sentence | None:
    wishes = material.facts("must_haves")
    listed = _listed(material, [material.bare(fact) for fact in wishes]) if wishes else ""
    return Sentence(material.phrases.needs.format(what=listed), tuple(fact.id for fact in wishes)) if listed else None


def _pets(material: Material) -> Sentence | None:
    pets = material.facts("pets")
    listed = _listed(material, [material.bare(fact) for fact in pets]) if pets else ""
    return (
        Sentence(material.phrases.with_pets.format(what=listed), tuple(fact.id for fact in pets)) if listed else None
    )


# --- bios -------------------------------------------------------------------------------------------------------------


def bios(material: Material) -> Iterator[Text]:
    """Three that differ in what they begin with: what somebody does and loves, a story, what people say of them. After
    those come others, for when one of them is refused."""
    firsts = [_about_their_days(material), *_about_a_story(material), *_as_others_know_them(material)]
    yield from _each_once([*_one_of_each(material), *firsts, *_whatever_there_is(material)])


def _one_of_each(material: Material) -> Iterator[Text]:
    yield _about_their_days(material)
    yield next(_about_a_story(material), ())
    yield next(_as_others_know_them(material), ())


def _each_once(texts: Iterable[Text]) -> Iterator[Text]:
    seen: set[str] = set()
    for text in texts:
        joined = " ".join(sentence.text for sentence in text)
        facts = {fact for sentence in text for fact in sentence.facts}
        fits = FEWEST_WORDS <= len(joined.split()) <= MOST_WORDS and len(facts) >= FEWEST_FACTS
        if fits and joined not in seen:
            seen.add(joined)
            yield text


def _about_their_days(material: Material) -> Text:
    return _filled(
        [_work_and_place(material), _loves(material), _building(material)],
        [_looking_for(material), _quirk(material), _needs(material), _first_date(material)],
    )


def _about_a_story(material: Material) -> Iterator[Text]:
    for story in [*material.own_stories(), *material.friends_stories()]:
        told = Sentence(material.sentence(story), (story.id,))
        yield _filled(
            [told, _work_and_place(material), _looking_for(material)], [_loves(material, 2), _first_date(material)]
        )
        yield _filled([told, _first_date(material)], [_looking_for(material), _needs(material), _loves(material, 2)])


def _as_others_know_them(material: Material) -> Iterator[Text]:
    told_of = [*material.friends_stories(), *material.facts("quirk"), *material.own_stories()[1:]]
    for fact in told_of:
        clause = material.clause(fact)
        if not clause:
            continue
        known_for = Sentence(f"{material.one_of(material.phrases.known_for).format(what=clause)}.", (fact.id,))
        quirk = None if fact.field == "quirk" else _quirk(material)
        yield _filled(
            [known_for, quirk],
            [_looking_for(material), _pets(material), _loves(material, 2), _needs(material), _first_date(material)],
        )


def _whatever_there_is(material: Material) -> Iterator[Text]:
    parts = [
        _loves(material),
        _quirk(material),
        _first_date(material),
        _building(material),
        _work_and_place(material),
        _looking_for(material),
        _needs(material),
    ]
    yield from combinations([part for part in parts if part], 3)


def _filled(wanted: list[Sentence | None], more: list[Sentence | None]) -> Text:
    """The wanted ones that fit, and of the others as many as it takes to be long enough."""
    text: list[Sentence] = []
    for sentence in filter(None, wanted):
        if _words(text) + len(sentence.text.split()) <= MOST_WORDS and not _shares_facts(text, sentence):
            text.append(sentence)
    for sentence in filter(None, more):
        if _words(text) >= FEWEST_WORDS + 5 and len({fact for part in text for fact in part.facts}) >= FEWEST_FACTS:
            break
        if _words(text) + len(sentence.text.split()) <= MOST_WORDS and not _shares_facts(text, sentence):
            text.append(sentence)
    return tuple(text)


def _words(text: Iterable[Sentence]) -> int:
    return sum(len(sentence.text.split()) for sentence in text)


def _shares_facts(text: list[Sentence], sentence: Sentence) -> bool:
    return any(set(part.facts) & set(sentence.facts) for part in text)


# --- answers to starters ----------------------------------------------------------------------------------------------


def answers(material: Material, prompts: list[str]) -> Iterator[tuple[str, Text]]:
    """First those whose facts no other answer uses, one for each starter; then the rest."""
    later: list[tuple[str, Text]] = []
    used: set[str] = set()
    taken: set[str] = set()
    for prompt in _best_first(prompts):
        for text in _answers_to(material, prompt):
            facts = {fact for sentence in text for fact in sentence.facts}
            if not _fits(text, facts):
                continue
            if prompt in taken or used & facts:
                later.append((prompt, text))
                continue
            taken.add(prompt)
            used |= facts
            yield prompt, text
    for prompt, text in later:
        if prompt not in taken:
            taken.add(prompt)
            yield prompt, text


def _fits(text: Text, facts: set[str]) -> bool:
    length = len(" ".join(sentence.text for sentence in text))
    return len(facts) >= FEWEST_FACTS and FEWEST_CHARACTERS <= length <= MOST_CHARACTERS


def _best_first(prompts: list[str]) -> list[str]:
    """Those about whose subject we know what to say."""

    def place(prompt: str) -> int:
        return next((n for n, (word, _) in enumerate(_BY_WORD) if word in prompt.casefold()), len(_BY_WORD))

    return sorted(prompts, key=place)


def _answers_to(material: Material, prompt: str) -> Iterator[Text]:
    for word, write in _BY_WORD:
        if word in prompt.casefold():
            yield from write(material)
            return
    yield from _warned(material)
    yield from _ordinary(material)


def _first_hour(material: Material) -> Iterator[Text]:
    date, area = material.one("first_date_idea"), material.one("area")
    if date and area:
        text = material.phrases.first_hour.format(area=area.value, what=material.bare(date))
        yield (Sentence(text, (area.id, date.id)),)
    for interest in material.interests() if area else ():
        text = material.phrases.first_hour_with.format(area=area.value if area else "", what=material.bare(interest))
        yield (Sentence(text, tuple(fact.id for fact in (area, interest) if fact)),)


def _slowly(material: Material) -> Iterator[Text]:
    fact = material.one("purpose")
    if fact is None:
        return
    value = str(fact.value).strip(" .!;,")
    told = Sentence(f"{value[0].upper()}{value[1:]}.", (fact.id,))
    for interest in material.interests():
        yield (told, Sentence(material.phrases.until_then.format(what=material.bare(interest)), (interest.id,)))


def _warned(material: Material) -> Iterator[Text]:
    """What goes on after "that"."""
    facts = [*material.friends_stories(), *material.facts("quirk"), *material.own_stories()]
    told = [(fact, clause) for fact in facts if (clause := material.clause(fact))]
    for (one, first), (other, second) in combinations(told, 2):
        yield (Sentence(material.phrases.warned.format(one=first, other=second), (one.id, other.id)),)


def _explained(material: Material) -> Iterator[Text]:
    """What goes on after "explain"."""
    quirk, purpose = material.one("quirk"), material.one("purpose")
    one, other = material.clause(quirk) if quirk else "", material.bare(purpose) if purpose else ""
    is_gerund = re.match(material.phrases.gerund, other, re.IGNORECASE)
    if quirk and purpose and is_gerund and re.match(material.phrases.me, one):
        text = material.phrases.explained.format(one=one, other=first_person.lowered(other))
        yield (Sentence(text, (quirk.id, purpose.id)),)
    for first, second in combinations(material.interests(), 2):
        text = material.phrases.go_together.format(one=material.bare(first), other=material.bare(second))
        yield (Sentence(text, (first.id, second.id)),)


def _ordinary(material: Material) -> Iterator[Text]:
    yield from _of_two_interests(material, material.one_of(material.phrases.ordinary))


def _rescue(material: Material) -> Iterator[Text]:
    yield from _of_two_interests(material, material.one_of(material.phrases.rescue))


def _of_two_interests(material: Material, frame: str) -> Iterator[Text]:
    interests = material.interests()
    # The later ones first: a bio has the first ones.
    for one, other in [*combinations(interests[1:], 2), *combinations(interests, 2)]:
        text = frame.format(one=material.bare(one), other=material.bare(other))
        yield (Sentence(re.sub(r"(?:^|(?<=\. ))\w", lambda first: first[0].upper(), text), (one.id, other.id)),)


_BY_WORD = (
    ("hour", _first_hour),
    ("ordinary", _ordinary),
    ("warn", _warned),
    ("slowly", _slowly),
    ("explain", _explained),
    ("rescue", _rescue),
    # An opinion, or a proof of attention, is nothing that we could make up.
    ("opinion", lambda material: iter(())),
    ("proof", lambda material: iter(())),
)
