"""What was said or decided on a page instead of in a message, and the tokens that open such pages."""

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from matchmaker import clock
from sessions_app import actions
from sessions_app.models import Fact, OwnPageLink, PageAct, Participant, ShareLink, nonce_in
from sessions_app.models.pages import token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def abby() -> Participant:
    now = clock.now()
    contact = actions.get_or_update_contact(address="whatsapp:+15550100001", at=now, display_name="Abby")
    person = actions.start_session(contact=contact, at=now)
    actions.make_primary(participant=person)
    person.refresh_from_db()
    return person


def answered(abby: Participant, field: str = "gender", value: str = "woman") -> Fact:
    act = PageAct.objects.create(participant=abby, what=PageAct.What.ANSWERED, at=clock.now())
    here = actions.Place(page_act_id=act.pk)
    return actions.record_fact(
        session=abby.session,
        field=field,
        value=value,
        said_by=abby,
        where=here,
        quote="",
        at=clock.now(),
        confirmed=here,
        confirmed_by=abby,
    )


def test_an_answer_on_the_page_is_confirmed_and_stays_private(abby: Participant) -> None:
    fact = answered(abby)
    fact.refresh_from_db()
    assert (fact.state, fact.source, fact.message_id, fact.is_public) == ("confirmed", "page", None, False)


def test_what_is_no_private_matter_may_stand_on_the_profile(abby: Participant) -> None:
    assert answered(abby, "job_or_study", "nurse").is_public


@pytest.mark.parametrize("change", [{"page_act": None}, {"decided_on_page": None}, {"decided_by": None}])
def test_a_fact_without_its_source_or_half_a_decision_is_refused(abby: Participant, change: dict[str, None]) -> None:
    fact = answered(abby)
    with pytest.raises(IntegrityError), transaction.atomic():
        Fact.objects.filter(pk=fact.pk).update(**change)


def test_what_was_taken_out_on_the_page_can_be_brought_back(abby: Participant) -> None:
    fact = answered(abby)
    act = PageAct.objects.create(participant=abby, what=PageAct.What.TOOK_OUT, at=clock.now())
    change: dict[str, Any] = {
        "session": abby.session,
        "facts": [fact.pk],
        "by": abby,
        "where": actions.Place(page_act_id=act.pk),
    }
    actions.strike_facts(**change, at=clock.now())
    assert [struck.pk for struck in actions.struck_facts(abby.session)] == [fact.pk]

    actions.restore_facts(**change, replaces=(), at=clock.now())

    assert actions.live_facts(abby.session).get().state == Fact.State.CONFIRMED


def test_a_token_opens_what_it_was_made_for_and_nothing_else() -> None:
    nonce = uuid.uuid4()
    token = token_of(nonce, OwnPageLink.purpose)
    assert nonce_in(token, OwnPageLink.purpose) == nonce
    assert nonce_in(token, ShareLink.purpose) is None


def test_only_the_whole_unchanged_token_counts() -> None:
    token = token_of(uuid.uuid4(), OwnPageLink.purpose)
    altered = [token[:-1], token[1:], token.upper(), token + "=", token + " ", "é" + token[1:], "", "a" * 43]
    altered += [token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :] for place in range(43)]
    assert [nonce_in(one, OwnPageLink.purpose) for one in altered] == [None] * len(altered)
