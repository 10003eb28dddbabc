"""A group talking to the product's decision code, as its pipeline would run it: one turn a message, or a burst."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from matchmaker.ai import exits
from matchmaker.ai.actions import Action
from matchmaker.ai.decide import Decision, decide
from matchmaker.ai.effects import Ask, CloseQuestion, Write, WritePrivately
from matchmaker.ai.interview import Interview
from matchmaker.ai.model import Model
from matchmaker.ai.records import Line, LineKind, Person, Stage
from matchmaker.ai.turn_taking import Floor, Judge, Verdict

FIELDS_OF_STAGES = {
    "introduction": ("age",),
    "basics": ("first_name", "age", "area", "gender", "interested_in", "height_cm", "job_or_study", "languages"),
    "looking_for": ("intention", "first_date_idea", "must_haves", "dealbreakers", "age_range", "distance_km"),
    "stories": ("interests", "stories", "purpose", "quirk", "pets"),
    "friend_view": ("green_flags", "vouch_quote"),
    "photos": ("photos",),
    "drafting": ("prompts", "bio"),
    "review": (),
    "approved": (),
}
MATCHMAKER = "Matchmaker"


@dataclass
class Group:
    """`at` is the group's own clock: `pause` seconds pass before each message."""

    model: Model
    names: list[str]
    pause: int = 40
    at: datetime = datetime(2026, 11, 20, 19, 0, tzinfo=UTC)
    decisions: list[Decision] = field(default_factory=list)
    floors: list[Floor] = field(default_factory=list)

    def __post_init__(self) -> None:
        stages = [Stage(slug, slug, "", fields) for slug, fields in FIELDS_OF_STAGES.items()]
        people = [Person(name.lower(), name) for name in self.names]
        self.interview = Interview(stages=stages, stage="introduction", people=people, lines=[], facts=[], at=self.at)

    def say(self, name: str, text: str, *, floor: Floor | None = None) -> list[str]:
        """One person writes; what the matchmaker wrote back."""
        return self.burst((name, text), floor=floor)

    def burst(self, *said: tuple[str, str], floor: Floor | None = None) -> list[str]:
        for name, text in said:
            self._add(LineKind.PERSON, name.lower(), text, is_new=True)
        return self.take_turn(floor)

    def take_turn(self, floor: Floor | None = None) -> list[str]:
        given = Verdict(floor, "the test says so") if floor else None
        judge = Judge(MATCHMAKER) if given is None else lambda interview: given
        decision = decide(self.interview, judge, model=self.model, matchmaker=MATCHMAKER)
        self.decisions.append(decision)
        self.floors.append(judge(self.interview).floor)
        return self._close([reply for action in decision.actions for reply in self._carry_out(action)])

    def _carry_out(self, action: Action) -> list[str]:
        outcome = action.carry_out(self.interview)
        assert outcome.done, outcome.why
        for effect in outcome.effects:
            if isinstance(effect, CloseQuestion):
                self._note_answer(was_answered=effect.was_answered)
        return [effect.text for effect in outcome.effects if isinstance(effect, Write | WritePrivately | Ask)]

    def _note_answer(self, *, was_answered: bool) -> None:
        asked = self.interview.asked
        if asked and was_answered:
            asked[-1] = replace(asked[-1], was_answered=True)

    def _close(self, replies: list[str]) -> list[str]:
        interview = self.interview
        if interview.may_keep_facts:
            exits.advance(interview)
        interview.lines = [replace(line, is_new=False) for line in interview.lines]
        for reply in replies:
            self._add(LineKind.MATCHMAKER, None, reply)
        if interview.question is not None and interview.question.is_new:
            interview.question = replace(interview.question, is_new=False, position=len(interview.lines))
        interview.said, interview.heard_from = [], set()
        interview.is_answered = interview.transcript_is_open = False
        interview.to_make_sure = None
        return replies

    def notice(self, text: str) -> None:
        self._add(LineKind.NOTICE, None, text)

    def _add(self, kind: LineKind, author: str | None, text: str, *, is_new: bool = False) -> None:
        self.at += timedelta(seconds=self.pause)
        self.interview.at = self.at
        position = len(self.interview.lines) + 1
        self.interview.lines.append(Line(f"m{position}", kind, author, text, self.at, position, is_new=is_new))

    def values(self, slug: str, *, state: str | None = None) -> list[object]:
        """Heard or confirmed, unless the state is given."""
        return [fact.value for fact in self.interview.live(slug) if state in (None, fact.state)]

    @property
    def asked(self) -> str | None:
        """The topic of the open question."""
        return self.interview.question.topic if self.interview.question else None

    @property
    def asked_to(self) -> str | None:
        return self.interview.question.asked_to if self.interview.question else None

    @property
    def own_lines(self) -> list[str]:
        return [line.text for line in self.interview.lines if line.kind is LineKind.MATCHMAKER]

    def transcript(self) -> str:
        names = {person.id: person.name for person in self.interview.people}
        return "\n".join(
            f"{names.get(line.author or '', line.kind.upper())}: {line.text}" for line in self.interview.lines
        )
