"""The few typed things a turn can do. Their JSON schemas are the tools that the model is offered."""

from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from matchmaker.ai.fields import FIELDS

Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
Cited = Annotated[str, Field(description="id of the message this is based on, one of this turn's new messages")]
FieldName = Annotated[str, Field(json_schema_extra={"enum": sorted(FIELDS)})]
# Two questions are about the interview itself, before there is a profile.
Topic = Annotated[str, Field(json_schema_extra={"enum": ["primary", "consent", *sorted(FIELDS)]})]


class Action(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Say(Action):
    """Write one short message to the whole group."""

    kind: Literal["say"] = Field("say", exclude=True)
    text: Said
    message: Cited


class AskField(Action):
    """Ask one question, about one thing. It stays open until that person answers."""

    kind: Literal["ask_field"] = Field("ask_field", exclude=True)
    field: Topic
    wording: Said
    to: str | None = Field(None, description="id of the person asked; leave out to ask anyone in the group")
    message: Cited


class StaySilent(Action):
    """Say nothing this time."""

    kind: Literal["stay_silent"] = Field("stay_silent", exclude=True)
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class ClaimPrimary(Action):
    """The author of the message says that the profile is about them."""

    kind: Literal["claim_primary"] = Field("claim_primary", exclude=True)
    message: Cited


class RecordConsent(Action):
    """The primary person says yes, in their own words, to having a profile made."""

    kind: Literal["record_consent"] = Field("record_consent", exclude=True)
    message: Cited


class ProposeFact(Action):
    """Something the message says about the primary person. One value per call; call again for each item of a list."""

    kind: Literal["propose_fact"] = Field("propose_fact", exclude=True)
    field: FieldName
    value: str | int | float | bool | list[str | int]
    message: Cited
    about: str | None = Field(None, description="id of the person it is about; leave out for the primary person")


class ConfirmFact(Action):
    """The primary person agrees to what others said about this field."""

    kind: Literal["confirm_fact"] = Field("confirm_fact", exclude=True)
    field: FieldName
    message: Cited


class RejectFact(Action):
    """The primary person turns down what was said about this field."""

    kind: Literal["reject_fact"] = Field("reject_fact", exclude=True)
    field: FieldName
    message: Cited


class AdvanceStage(Action):
    """Ask to move to the next stage; the code checks whether it is time."""

    kind: Literal["advance_stage"] = Field("advance_stage", exclude=True)
    message: Cited


AnyAction = (
    Say | AskField | StaySilent | ClaimPrimary | RecordConsent | ProposeFact | ConfirmFact | RejectFact | AdvanceStage
)
ACTIONS: dict[str, type[AnyAction]] = {cls.model_fields["kind"].default: cls for cls in get_args(AnyAction)}
SPEAKING = (Say, AskField)


def tool(action: type[Action]) -> dict[str, Any]:
    """The action as a function tool of the chat completions API."""
    schema = action.model_json_schema()
    schema["properties"].pop("kind")
    schema.pop("title", None)
    name = action.model_fields["kind"].default
    return {
        "type": "function",
        "function": {"name": name, "description": schema.pop("description"), "parameters": schema},
    }
