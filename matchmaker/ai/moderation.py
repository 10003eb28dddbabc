"""What is wrong with a text: by our own phrases always, and by the moderation of the model's server where it has one.

It never stands in the way of a turn: a server that does not answer in time, or at all, leaves the phrases alone.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from matchmaker.addresses import without_numbers
from matchmaker.ai.model import Model, ModelUnavailable, NotOffered
from matchmaker.ai.safety.rules import BY_GRAVITY, Concern, concerns_in

PATIENCE_S = 3.0
# A server that has no such route may get one with its next release, and one that failed may be well again.
ASK_AGAIN_AFTER_S = {NotOffered: 3600.0, ModelUnavailable: 60.0}

# By OpenAI's names. `self-harm` alone is no sign: it is flagged as well when somebody mourns.
_MEANING = {
    "self-harm/intent": Concern.SELF_HARM,
    "self-harm/instructions": Concern.SELF_HARM,
    "harassment": Concern.HARASSMENT,
    "hate": Concern.HARASSMENT,
    "harassment/threatening": Concern.THREAT,
    "hate/threatening": Concern.THREAT,
    "sexual/minors": Concern.SEXUAL_MINORS,
    "sexual": Concern.SEXUAL,
    "violence": Concern.VIOLENCE,
    "violence/graphic": Concern.VIOLENCE,
}
_NEVER_OURS_TO_SAY = frozenset(Concern) - {Concern.SELF_HARM}

# Servers not to be asked before that time on the monotonic clock.
_not_before: dict[str, float] = {}


@dataclass(frozen=True)
class Verdict:
    """On one text. `by_rules_alone`: no server judged it."""

    concerns: frozenset[Concern]
    by_rules_alone: bool

    @property
    def gravest(self) -> Concern | None:
        """What to act on when somebody wrote it. Among adults who flirt, the merely sexual is nothing."""
        return next((concern for concern in BY_GRAVITY if concern in self.concerns), None)

    @property
    def is_sayable(self) -> bool:
        """Whether we may say it. Words about self-harm are not refused: they may be the kind answer to them."""
        return not self.concerns & _NEVER_OURS_TO_SAY


def judge(texts: Sequence[str], *, model: Model, about: tuple[str, ...] = ()) -> list[Verdict]:
    """A verdict for each text, with one call for all of them. `about`: names of the people in the group."""
    flagged = _ask(model, [without_numbers(text) for text in texts])
    return [
        Verdict(concerns_in(text, about=about) | _concerns(categories or ()), by_rules_alone=categories is None)
        for text, categories in zip(texts, flagged, strict=True)
    ]


def is_asked(model: Model) -> bool:
    """False for a while after the server refused or failed."""
    return time.monotonic() >= _not_before.get(model.base_url, 0.0)


def _ask(model: Model, texts: list[str]) -> Sequence[frozenset[str] | None]:
    if not texts or not is_asked(model):
        return [None] * len(texts)
    try:
        return model.moderate(texts, deadline=time.monotonic() + PATIENCE_S)
    except ModelUnavailable as error:
        _not_before[model.base_url] = time.monotonic() + ASK_AGAIN_AFTER_S[type(error)]
        return [None] * len(texts)


def _concerns(categories: Sequence[str] | frozenset[str]) -> frozenset[Concern]:
    return frozenset(_MEANING[category] for category in categories if category in _MEANING)
