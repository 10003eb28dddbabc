"""Which facts may be told to strangers, and which texts they carry: the same for what is shown and for what is picked."""

import json
from collections.abc import Iterable

from sessions_app import actions
from sessions_app.models import Draft, Fact, Session


def tellable_facts(session: Session) -> list[Fact]:
    confirmed = actions.live_facts(session).filter(state=Fact.State.CONFIRMED)
    return [fact for fact in confirmed.select_related("said_by") if fact.may_be_shown]


def carries(facts: Iterable[Fact], draft: Draft) -> bool:
    """False when the draft rests on something that is no longer so, or no longer public."""
    return {as_key(fact) for fact in draft.facts.all()} <= {as_key(fact) for fact in facts}


def as_key(fact: Fact) -> tuple[str, str]:
    """The same thing said again is another row."""
    return fact.field, json.dumps(fact.value, sort_keys=True).casefold()
