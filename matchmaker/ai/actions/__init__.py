"""The typed things that a turn can do. Their JSON schemas are the tools that the model is offered."""

from matchmaker.ai.actions.answers import TakeAnswer
from matchmaker.ai.actions.base import Action, Outcome, done, refused
from matchmaker.ai.actions.drafts import (
    ChooseDraft,
    DraftBio,
    DraftPrompt,
    OpenVote,
    ShowAnswers,
    TurnDownDraft,
    WriteInOwnWords,
)
from matchmaker.ai.actions.facts import (
    Forget,
    ProposeFact,
    RecordGreenFlag,
    RejectFact,
    RequestQuotePermission,
    SkipField,
    TellStruck,
    Undo,
)
from matchmaker.ai.actions.gates import ClaimPrimary, GiveUpOnGate, MakeSure, NamePrimary, RecordConsent
from matchmaker.ai.actions.photos import AskAboutPhotos, TagPhoto
from matchmaker.ai.actions.pick_up_again import PickUpAgain
from matchmaker.ai.actions.plain_line import PlainLine
from matchmaker.ai.actions.read_back import ConfirmFact, ReadBack
from matchmaker.ai.actions.review import RequestApproval, SendLinkToOwnPage
from matchmaker.ai.actions.safety import FlagSafety, RaiseConcern
from matchmaker.ai.actions.speaking import AskField, Say, SayPrivately, StaySilent
from matchmaker.ai.actions.staff import AdvanceStage, HandToOperator, NudgeLater

__all__ = [
    "ACTIONS",
    "Action",
    "AdvanceStage",
    "AskAboutPhotos",
    "AskField",
    "ChooseDraft",
    "ClaimPrimary",
    "ConfirmFact",
    "DraftBio",
    "DraftPrompt",
    "FlagSafety",
    "Forget",
    "GiveUpOnGate",
    "HandToOperator",
    "MakeSure",
    "NamePrimary",
    "NudgeLater",
    "OpenVote",
    "Outcome",
    "PickUpAgain",
    "PlainLine",
    "ProposeFact",
    "RaiseConcern",
    "ReadBack",
    "RecordConsent",
    "RecordGreenFlag",
    "RejectFact",
    "RequestApproval",
    "RequestQuotePermission",
    "Say",
    "SayPrivately",
    "SendLinkToOwnPage",
    "ShowAnswers",
    "SkipField",
    "StaySilent",
    "TagPhoto",
    "TakeAnswer",
    "TellStruck",
    "TurnDownDraft",
    "Undo",
    "WriteInOwnWords",
    "done",
    "refused",
]

_OFFERED: tuple[type[Action], ...] = (
    Say,
    SayPrivately,
    AskField,
    StaySilent,
    ClaimPrimary,
    NamePrimary,
    RecordConsent,
    ProposeFact,
    RecordGreenFlag,
    ConfirmFact,
    RejectFact,
    Forget,
    Undo,
    SkipField,
    ReadBack,
    RequestQuotePermission,
    TagPhoto,
    DraftBio,
    DraftPrompt,
    OpenVote,
    ChooseDraft,
    TurnDownDraft,
    WriteInOwnWords,
    RequestApproval,
    SendLinkToOwnPage,
    FlagSafety,
    NudgeLater,
    HandToOperator,
    AdvanceStage,
)

ACTIONS: dict[str, type[Action]] = {action.name: action for action in _OFFERED}
"""By the name of the tool. `TakeAnswer`, `MakeSure`, `TellStruck`, `PlainLine`, `PickUpAgain`, `RaiseConcern` and most of
`steps` are code's own, so no model can call them."""
