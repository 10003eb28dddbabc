"""What is known of an interview. Plain data, with the questions that everything else asks of it."""

from dataclasses import dataclass

from matchmaker.ai.records import Fact, Line, Person, Question, Stage, State


@dataclass
class InterviewState:
    """A session as the matchmaker sees it: who is in it, what was said, what is known and asked."""

    stages: list[Stage]
    stage: str
    people: list[Person]
    lines: list[Line]
    facts: list[Fact]
    primary: str | None = None
    consented: bool = False
    adult: bool | None = None
    question: Question | None = None
    transcript_is_open: bool = False
    messages_said: int = 0

    def person(self, person_id: str | None) -> Person | None:
        return next((person for person in self.people if person.id == person_id), None)

    def line(self, line_id: str) -> Line | None:
        return next((line for line in self.lines if line.id == line_id), None)

    @property
    def inputs(self) -> list[Line]:
        return [line for line in self.lines if line.is_new]

    @property
    def guide(self) -> Stage:
        return next(stage for stage in self.stages if stage.slug == self.stage)

    def live(self, field_slug: str) -> list[Fact]:
        return [fact for fact in self.facts if fact.field == field_slug and fact.state is not State.REJECTED]

    def confirmed(self, field_slug: str) -> list[Fact]:
        return [fact for fact in self.live(field_slug) if fact.state is State.CONFIRMED]

    def answers(self, line: Line, topic: str) -> bool:
        """Whether the line can answer our open question about the topic: asked before it, of its author."""
        question = self.question
        return (
            question is not None
            and question.topic == topic
            and question.asked_to in (None, line.author)
            and question.position < line.position
        )

    @property
    def age_is_in_doubt(self) -> bool:
        """The primary person was asked how old they are, to make sure, and has not plainly answered yet."""
        return self.question is not None and self.question.to_make_sure

    @property
    def asks_age_now(self) -> bool:
        """This turn heard an age under 18, and ends by asking for it; that question comes from code."""
        return self.question is not None and self.question.to_make_sure and self.question.is_new

    @property
    def is_cut_short(self) -> bool:
        """The model has nothing more to say in this turn."""
        return self.asks_age_now or self.adult is False
