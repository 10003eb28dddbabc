"""A session as the matchmaker sees it while it decides: who is in it, what was said, what is known and asked.

Plain data, with the questions that everything else asks of it. Actions change a copy while the model talks, so that it
hears what became of each call, and again fresh rows in the transaction that closes the turn.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from matchmaker.ai.fields import FIELDS
from matchmaker.ai.reading.folding import fold
from matchmaker.ai.reading.languages import language_of
from matchmaker.ai.records import (
    CONSENT,
    PRIMARY,
    Asked,
    Draft,
    DraftKind,
    DraftState,
    Fact,
    Line,
    LineKind,
    Person,
    Photo,
    Question,
    Shows,
    Stage,
    State,
    Struck,
)

ADULT_AGE = 18
# Nobody is asked the same thing twice while the first time is still on the screen, and never a third time.
ASK_AGAIN_AFTER = timedelta(minutes=20)
MOST_ASKINGS = 2
# What the language is judged by: enough to outweigh one borrowed phrase, few enough to follow a group that changes.
LANGUAGE_LINES = 12
QUESTION_MARKS = "?？؟"
MOST_PHOTOS = 6
MAY_BE_MAIN = (Shows.OWNER, Shows.TOGETHER)


@dataclass
class ToMakeSure:
    """What was understood in this turn and has consequences, so that its owner is asked once more in plain words."""

    person: str
    cited: str
    quote: str = ""
    primary: bool = False
    consent: bool = False
    age: int | None = None


@dataclass
class Interview:
    stages: list[Stage]
    stage: str
    people: list[Person]
    lines: list[Line]
    facts: list[Fact]
    at: datetime
    matchmaker: str = "Matchmaker"
    """Our own name."""
    default_language: str = "en"
    """Before anybody has written a word that tells."""
    local_times: tuple[datetime, ...] = ()
    """`at`, by every clock that the primary person's phone may show; before there is one, anybody's."""
    primary: str | None = None
    consented: bool = False
    adult: bool | None = None
    question: Question | None = None
    asked: list[Asked] = field(default_factory=list)
    struck: list[Struck] = field(default_factory=list)
    skipped: frozenset[tuple[str, str | None]] = frozenset()
    """Topics with whoever was asked, and would rather not answer."""

    photos: list[Photo] = field(default_factory=list)
    """Those that are offered or chosen; what was left out is not spoken of."""
    drafts: list[Draft] = field(default_factory=list)
    poll: tuple[str, ...] = ()
    """The drafts that are voted on just now."""
    votes: dict[str, str] = field(default_factory=dict)
    """In that poll: who is for which draft."""
    approved_version: str = ""
    """What `version` was when the primary person approved, as long as that holds."""
    private_questions_sent: bool = False
    """In this interview, to the primary person's phone alone."""
    prompts: tuple[str, ...] = ()
    """The starters that a profile may answer."""
    cliches: tuple[str, ...] = ()
    """What no draft may say."""

    # What this turn has changed so far.
    transcript_is_open: bool = False
    """Consent and an adult age are both known since this turn: what was said before may be kept now."""
    is_answered: bool = False
    """An accepted action settled our open question."""
    is_postponed: bool = False
    """They want to go on later, so nothing more is asked now."""
    heard_from: set[str] = field(default_factory=set)
    """Whose words led to something being kept or taken out."""
    to_make_sure: ToMakeSure | None = None
    waits_for_staff: bool = False
    """Somebody may come to harm, so our team looks first."""
    said: list[str] = field(default_factory=list)
    added: int = 0
    fallen: set[DraftKind] = field(default_factory=set)
    """Of which drafts rested on something that no longer holds."""
    is_corrected: bool = False
    """The primary person said something else than they had before."""

    # --- who and what -------------------------------------------------------------------------------------------------

    def person(self, person_id: str | None) -> Person | None:
        return next((person for person in self.people if person.id == person_id), None)

    def name_of(self, person_id: str | None) -> str:
        person = self.person(person_id)
        return person.name if person else ""

    def line(self, line_id: str) -> Line | None:
        return next((line for line in self.lines if line.id == line_id), None)

    @property
    def inputs(self) -> list[Line]:
        return [line for line in self.lines if line.is_new]

    @property
    def guide(self) -> Stage:
        return next(stage for stage in self.stages if stage.slug == self.stage)

    @property
    def language(self) -> str:
        """Of our own fixed lines."""
        spoken = [line.text for line in self.lines if line.kind is LineKind.PERSON and not line.is_imported]
        return language_of(spoken[-LANGUAGE_LINES:], default=self.default_language)

    @property
    def may_keep_facts(self) -> bool:
        """A profile is kept of adults who said yes to it, and of nobody else."""
        return self.consented and self.adult is True

    # --- facts --------------------------------------------------------------------------------------------------------

    def live(self, field_slug: str) -> list[Fact]:
        return [fact for fact in self.facts if fact.field == field_slug and fact.state is not State.REJECTED]

    def confirmed(self, field_slug: str) -> list[Fact]:
        return [fact for fact in self.live(field_slug) if fact.state is State.CONFIRMED]

    def proposed(self) -> list[Fact]:
        """What was heard, and the primary person has not agreed to."""
        return [fact for fact in self.facts if fact.state is State.PROPOSED and fact.field in FIELDS]

    def add_fact(self, *, field: str, value: Any, state: State, said_by: str, message: str, quote: str) -> Fact:
        self.added += 1
        fact = Fact(field, value, state, said_by, message, quote, id=f"new{self.added}")
        self.facts.append(fact)
        return fact

    def set_state(self, facts: Iterable[Fact], state: State) -> None:
        ids = {fact.id for fact in facts}
        self.facts = [replace(fact, state=state) if fact.id in ids else fact for fact in self.facts]

    def drop(self, facts: Iterable[Fact]) -> None:
        """What rests on them falls with them."""
        ids = {fact.id for fact in facts}
        self.facts = [fact for fact in self.facts if fact.id not in ids]
        fallen = [draft for draft in self.drafts if draft.is_standing and ids.intersection(draft.facts)]
        self.fallen |= {draft.kind for draft in fallen}
        self.set_draft_state(fallen, DraftState.FALLEN)

    def was_struck_after(self, line: Line, field_slug: str, value: Any) -> bool:
        return any(
            struck.fact.field == field_slug and struck.fact.is_same_value(value) and struck.position >= line.position
            for struck in self.struck
        )

    # --- the profile that takes shape -----------------------------------------------------------------------------------

    @property
    def offered_photos(self) -> list[Photo]:
        return [photo for photo in self.photos if photo.place is None]

    @property
    def chosen_photos(self) -> list[Photo]:
        return sorted((photo for photo in self.photos if photo.place is not None), key=lambda photo: photo.place or 0)

    def photo(self, number: int) -> Photo | None:
        return next((photo for photo in self.photos if photo.number == number), None)

    def place_photo(self, photo: Photo, shows: Shows, *, is_main: bool) -> None:
        """Into the profile: as the main one, or where it is already, or at the end."""
        others = [other for other in self.chosen_photos if other.number != photo.number]
        at = 0 if is_main else photo.place - 1 if photo.place else len(others)
        self._put_in_order([*others[:at], replace(photo, shows=shows), *others[at:]])

    def leave_out_photo(self, photo: Photo) -> None:
        self.photos = [other for other in self.photos if other.number != photo.number]
        self._put_in_order(self.chosen_photos)

    def _put_in_order(self, photos: list[Photo]) -> None:
        """The first that shows its owner is the main one; without one none is on the profile."""
        main = next((photo for photo in photos if photo.shows in MAY_BE_MAIN), None)
        order = [main, *(photo for photo in photos if photo is not main)] if main else []
        placed = {photo.number: replace(photo, place=place) for place, photo in enumerate(order, start=1)}
        told = {photo.number: replace(photo, place=None) for photo in photos}
        self.photos = [placed.get(photo.number) or told.get(photo.number, photo) for photo in self.photos]

    def was_asked_lately(self, asked: Asked) -> bool:
        return self.at - asked.at < ASK_AGAIN_AFTER

    def standing(self, kind: DraftKind) -> list[Draft]:
        """Drafts that may be picked, or were."""
        return [draft for draft in self.drafts if draft.kind is kind and draft.is_standing]

    def picked(self, kind: DraftKind) -> list[Draft]:
        return [draft for draft in self.drafts if draft.kind is kind and draft.state is DraftState.PICKED]

    def set_draft_state(self, drafts: Iterable[Draft], state: DraftState) -> None:
        ids = {draft.id for draft in drafts}
        self.drafts = [replace(draft, state=state) if draft.id in ids else draft for draft in self.drafts]

    def pick_drafts(self, drafts: Iterable[Draft]) -> None:
        ids = {draft.id for draft in drafts}
        self.drafts = [
            replace(draft, state=DraftState.PICKED, picked_at=self.at) if draft.id in ids else draft
            for draft in self.drafts
        ]

    def add_draft(self, draft: Draft) -> Draft:
        """Under the next number of its kind."""
        numbers = [other.number for other in self.drafts if other.kind is draft.kind]
        self.added += 1
        added = replace(draft, id=f"new{self.added}", number=max(numbers, default=0) + 1)
        self.drafts.append(added)
        return added

    @property
    def version(self) -> str:
        """Which profile it would be now: another one as soon as anything changes that a stranger would see."""
        facts = sorted(
            (
                fact.field,
                json.dumps(fact.value),
                fact.is_public,
                fact.is_quoted,
                fact.said_by if fact.is_quoted else "",
            )
            for fact in self.facts
            if fact.state is State.CONFIRMED
        )
        picked = sorted((draft.kind, draft.prompt, draft.text) for kind in DraftKind for draft in self.picked(kind))
        photos = [(photo.number, photo.shows) for photo in self.chosen_photos]
        return sha256(json.dumps([facts, picked, photos]).encode()).hexdigest()[:16]

    @property
    def is_approved(self) -> bool:
        """As it is now."""
        return self.version == self.approved_version

    # --- questions ----------------------------------------------------------------------------------------------------

    def answers(self, line: Line, topic: str) -> bool:
        """Whether the line can answer our open question about the topic: asked before it, of its author."""
        question = self.question
        return question is not None and question.topic == topic and self.is_for(line, question)

    @staticmethod
    def is_for(line: Line, question: Question) -> bool:
        return question.asked_to in (None, line.author) and question.position < line.position

    def close_question(self) -> None:
        """Something settled it."""
        if self.question is not None and self.asked and self.asked[-1].topic == self.question.topic:
            self.asked[-1] = replace(self.asked[-1], was_answered=True)
        self.question = None
        self.is_answered = True

    def is_resting(self, topic: str, to: str | None = None) -> str:
        """Why the topic may not be asked of that person just now; empty when it may."""
        if {(topic, to), (topic, None)} & self.skipped:
            return "they would rather not say"
        before = self._unanswered(topic, to)
        if len(before) >= MOST_ASKINGS:
            return "it was asked twice and not answered; leave it to them"
        if before and self.at - before[-1].at < ASK_AGAIN_AFTER:
            return "it was asked just now; give them time"
        return ""

    def _unanswered(self, topic: str, to: str | None) -> list[Asked]:
        """How often in a row it was put to that person, or to everybody, without bringing anything."""
        of_them = [
            asked
            for asked in self.asked
            if asked.topic == topic and (None in (asked.asked_to, to) or asked.asked_to == to)
        ]
        unanswered: list[Asked] = []
        for asked in of_them:
            unanswered = [] if asked.was_answered else [*unanswered, asked]
        return unanswered

    def times_asked_in_vain(self, topic: str, person: str) -> int:
        """Who it is about is first put to everybody, and "how old are you?" is another question than "are you 38?": of
        these the closing questions count."""
        unanswered = self._unanswered(topic, person)
        if topic == PRIMARY:
            # "Is it about you, and may I?" asks it as well.
            unanswered += [asked for asked in self._unanswered(CONSENT, person) if asked.to_make_sure]
        return sum(asked.asked_to == person and (asked.to_make_sure or topic == CONSENT) for asked in unanswered)

    def was_asked_in_vain(self, topic: str, person: str | None) -> bool:
        """As often as it is asked at all."""
        return len(self._unanswered(topic, person)) >= MOST_ASKINGS and (topic, person) not in self.skipped

    def times_made_sure(self, topic: str, person: str) -> int:
        """Closing questions that they have not answered."""
        return sum(asked.asked_to == person and asked.to_make_sure for asked in self._unanswered(topic, person))

    def times_shown(self, fact_id: str) -> int:
        return sum(fact_id in asked.facts for asked in self.asked)

    def is_to_us(self, line: Line, *, since: int, is_weak: bool = False) -> bool:
        """Whether plain words after that position are meant for us. In a group they may be for somebody else: for
        whoever asked something meanwhile or, where they are a mere "ok", for whoever wrote anything."""
        of_others = [
            other
            for other in self.spoken_since(since)
            if other.position < line.position and other.author != line.author
        ]
        if any(mark in other.text for other in of_others for mark in QUESTION_MARKS):
            return False
        return not (of_others and is_weak)

    def open_question(self, question: Question, text: str) -> None:
        self.question = question
        self.asked.append(
            Asked(
                question.topic,
                question.asked_to,
                self.at,
                was_answered=False,
                to_make_sure=question.to_make_sure,
                facts=question.settles.facts,
                photos=question.settles.photos,
                drafts=question.settles.drafts,
                version=question.settles.version,
            )
        )
        self.said.append(text)

    @property
    def next_position(self) -> int:
        return self.lines[-1].position + 1 if self.lines else 1

    @property
    def is_asked_how_old(self) -> bool:
        """They seemed to say that they are under 18, and were asked for just the number."""
        question = self.question
        return (
            question is not None
            and question.to_make_sure
            and question.topic == "age"
            and question.settles.age is None
        )

    @property
    def age_is_in_doubt(self) -> bool:
        """The primary person was asked how old they are, to make sure, or is just going to be."""
        asked = self.question is not None and self.question.to_make_sure and self.question.topic == "age"
        heard = self.to_make_sure is not None and self.to_make_sure.age is not None
        return asked or heard

    @property
    def is_over(self) -> bool:
        """Nothing more is said or kept: the primary person is under 18, or somebody may come to harm."""
        return self.adult is False or self.waits_for_staff

    # --- our own words ------------------------------------------------------------------------------------------------

    def has_said(self, text: str) -> bool:
        """These very words stand in the transcript shown, or were said in this turn."""
        wanted = fold(text)
        ours = [line.text for line in self.lines if line.kind is LineKind.MATCHMAKER]
        return any(fold(said) == wanted for said in [*ours, *self.said])

    def spoken_since(self, position: int) -> list[Line]:
        """What people wrote after that position."""
        return [line for line in self.lines if line.kind is LineKind.PERSON and line.position > position]
