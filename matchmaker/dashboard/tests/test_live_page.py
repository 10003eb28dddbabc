from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conversations_app.models import Message, Window
from conversations_app.staff import interventions as staff_acts
from matchmaker.dashboard.session_page import find_session, position_of
from matchmaker.dashboard.tests.sample_session import SampleSession
from sessions_app.models import Fact, Participant, Session

Change = Callable[[SampleSession], object]


def position(sample: SampleSession) -> str:
    return position_of(find_session(sample.session.pk))


def poll(client: Client, sample: SampleSession, after: str) -> int:
    return client.get(f"/admin/sessions_app/session/{sample.session.pk}/live/", {"after": after}).status_code


def test_it_answers_304_while_nothing_happens(staff: Client, sample: SampleSession) -> None:
    sample.says("Abby", "hello")

    assert poll(staff, sample, position(sample)) == 304


@pytest.mark.parametrize(
    "change",
    [
        lambda sample: sample.says("Abby", "something new"),
        lambda sample: sample.we_say("On its way", state=Message.State.WAITING),
        lambda sample: Message.objects.update(state=Message.State.HELD, error="503"),
        lambda sample: sample.receipt(Message.objects.get(), "Abby", "delivered"),
        lambda sample: sample.turn(spoke=False),
        lambda sample: sample.problem("Trouble."),
        lambda sample: sample.fact("Abby", "age", 27, Message.objects.get()),
        lambda sample: sample.joins("Sam"),
        lambda sample: Window.objects.update(reminded_at=sample.now),
        lambda sample: Participant.objects.filter(name="Lena").update(name="Lena (2)"),
        lambda sample: Session.objects.update(status=Session.Status.PAUSED),
        lambda sample: Session.objects.update(stage="basics"),
        lambda sample: Session.objects.update(nudge_at=sample.now),
        lambda sample: staff_acts.new_invite(sample.session, by="nora"),
    ],
)
def test_it_answers_with_the_page_once_something_changed(
    staff: Client, sample: SampleSession, change: Change
) -> None:
    sample.we_say("Hello!")
    before = position(sample)

    change(sample)

    assert poll(staff, sample, before) == 200


def test_it_notices_that_a_value_was_confirmed(staff: Client, sample: SampleSession) -> None:
    said = sample.says("Abby", "yes")
    fact = sample.fact("Abby", "area", "Hackney", said, state=Fact.State.PROPOSED)
    before = position(sample)

    Fact.objects.filter(pk=fact.pk).update(
        state="confirmed", decided_by=fact.said_by, decided_in=said, decided_at=sample.now
    )

    assert poll(staff, sample, before) == 200


def test_it_costs_a_dozen_small_queries_however_long_the_transcript(staff: Client, sample: SampleSession) -> None:
    for number in range(30):
        sample.receipt(sample.we_say(f"line {number}"), "Abby", "delivered")
    now = position(sample)

    with CaptureQueriesContext(connection) as captured:
        poll(staff, sample, now)

    assert len(captured) <= 12


def test_it_is_for_staff_only(client: Client, sample: SampleSession) -> None:
    assert poll(client, sample, "") == 302
