"""What every action is: a tool that the model is offered, and what it may change.

An action is one class: its fields are the tool's arguments, its docstring the tool's description, and `carry_out` says
what becomes of it. It changes the interview's copy and returns, as effects, what is to be done with the rows.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from matchmaker.ai.effects import Ask, Effect, SendOwnPage, Write, WritePrivately
from matchmaker.ai.fields import FIELDS
from matchmaker.ai.interview import Interview
from matchmaker.ai.reading.folding import quote_stands
from matchmaker.ai.records import CONSENT, PHOTOS, PRIMARY, Line, LineKind

MAX_QUOTE = 300
# The arguments that people will read.
WORDED_ARGUMENTS = ("text", "wording")

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
ShortWords = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Cited = Annotated[str, Field(description="id of the message this rests on, one of this turn's new messages")]
Quote = Annotated[
    str,
    Field(
        max_length=1000,
        description="the words in that message that say so, copied exactly",
        json_schema_extra={"is_wanted": True},
    ),
]
FieldName = Annotated[str, Field(json_schema_extra={"enum": sorted(FIELDS)})]
# Two questions are about the interview itself, before there is a profile, and one is for no words at all.
Topic = Annotated[str, Field(json_schema_extra={"enum": [PRIMARY, CONSENT, PHOTOS, *sorted(FIELDS)]})]
PrivateMatter = Literal["orientation", "faith", "politics", "health", "children", "sex", "money", "whereabouts"]
Touches = Annotated[
    list[PrivateMatter],
    Field(max_length=8, description="which of these private matters the words are about; leave out for none"),
]


@dataclass(frozen=True)
class Outcome:
    """What became of an action: done, or refused. `why` is for the model and for staff."""

    done: bool
    why: str = ""
    effects: tuple[Effect, ...] = ()

    @property
    def speaks(self) -> bool:
        return any(isinstance(effect, Write | WritePrivately | Ask | SendOwnPage) for effect in self.effects)


def done(*effects: Effect, why: str = "") -> Outcome:
    return Outcome(True, why, effects)


def refused(why: str) -> Outcome:
    return Outcome(False, why)


class Action(BaseModel, ABC):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: ClassVar[str]
    speaks: ClassVar[bool] = False
    """The group, or one of them, reads what comes of it: whose turn it is decides whether it may."""
    keeps_quiet_about: ClassVar[frozenset[str]] = frozenset()
    """Arguments that are not written into the record of the turn, since they stand in the transcript."""

    @classmethod
    def is_offered(cls, interview: Interview) -> bool:
        """Only what can succeed now is offered to the model."""
        return True

    @abstractmethod
    def carry_out(self, interview: Interview) -> Outcome:
        """Change the interview's copy, and say as effects what is to be done with the rows."""

    def words(self) -> str:
        """What people would read, in the model's own words."""
        said = (getattr(self, name, "") for name in WORDED_ARGUMENTS) if self.speaks else ()
        return "\n".join(filter(None, said))

    @classmethod
    def tool(cls) -> dict[str, Any]:
        """The action as a function tool of the chat completions API."""
        schema = cls.model_json_schema()
        schema.pop("title", None)
        required = schema.get("required", [])
        for name, argument in schema["properties"].items():
            argument.pop("title", None)
            if argument.pop("is_wanted", False):
                argument.pop("default", None)
                required = [*required, name]
        schema["required"] = required
        return {
            "type": "function",
            "function": {"name": cls.name, "description": schema.pop("description"), "parameters": schema},
        }


class CitingAction(Action):
    """Rests on something that somebody wrote: on the author's authority, and on no one else's."""

    message: Cited

    def carry_out(self, interview: Interview) -> Outcome:
        cited = interview.line(self.message)
        if cited is not None and cited.is_imported:
            return refused("that was written in the older app; ask again for whatever matters")
        if cited is None or cited.author is None or not (cited.is_new or interview.transcript_is_open):
            return refused("cite one of this turn's new messages, by its id")
        if interview.is_over:
            return refused("the interview has stopped until our team has looked at it")
        author = interview.person(cited.author)
        if author is None or author.has_left:
            return refused("they have left the group since")
        return self._check_quote(cited) or self.carry_out_on(interview, cited)

    def _check_quote(self, cited: Line) -> Outcome | None:
        return None

    @abstractmethod
    def carry_out_on(self, interview: Interview, cited: Line) -> Outcome:
        """The same with the message that it cites, which may be cited."""


class QuotingAction(CitingAction):
    """Carries the very words. Whether they mean it the model reads; that they were said, code checks."""

    # A model that leaves it out means the whole message, which then is what the fact keeps.
    quote: Quote = ""

    def _check_quote(self, cited: Line) -> Outcome | None:
        if cited.kind is not LineKind.PERSON:
            return refused("nobody wrote that: it only says what was done beside the chat")
        if self.quote and not quote_stands(self.quote, cited.text):
            return refused("those words do not stand in that message: copy the quote from it exactly")
        return None

    def words_from(self, cited: Line) -> str:
        return (self.quote.strip() or cited.text.strip())[:MAX_QUOTE]
