from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conversations_app.models import Message, Window
from conversations_app.staff import interventions as staff_acts
from matchmaker.dashboard.session_page import find_session, position_of
from matchmaker.dashboard.tests.evening import Evening
from sessions_app.models import Fact, Participant, Session

Change = Callable[[Evening], object]


def position(evening: Evening) -> str:
    return position_of(find_session(evening.session.pk))


def poll(client: Client, evening: Evening, after: str) -> int:
    return client.get(f"/admin/sessions_app/session/{evening.session.pk}/live/", {"after": after}).status_code


def test_it_answers_304_while_nothing_happens(staff: Client, evening: Evening) -> None:
    evening.says("Abby", "hello")

    assert poll(staff, evening, position(evening)) == 304


@pytest.mark.parametrize(
    "change",
    [
        lambda evening: evening.says("Abby", "something new"),
        lambda evening: evening.we_say("On its way", state=Message.State.WAITING),
        lambda evening: Message.objects.update(state=Message.State.HELD, error="503"),
        lambda evening: evening.receipt(Message.objects.get(), "Abby", "delivered"),
        lambda evening: evening.turn(spoke=False),
        lambda evening: evening.problem("Trouble."),
        lambda evening: evening.fact("Abby", "age", 27, Message.objects.get()),
        lambda evening: evening.joins("Sam"),
        lambda evening: Window.objects.update(reminded_at=evening.now),
        lambda evening: Participant.objects.filter(name="Lena").update(name="Lena (2)"),
        lambda evening: Session.objects.update(status=Session.Status.PAUSED),
        lambda evening: Session.objects.update(stage="basics"),
        lambda evening: staff_acts.new_invite(evening.session, by="nora"),
    ],
)
def test_it_answers_with_the_page_once_something_changed(staff: Client, evening: Evening, change: Change) -> None:
    evening.we_say("Hello!")
    before = position(evening)

    change(evening)

    assert poll(staff, evening, before) == 200


def test_it_notices_that_a_value_was_confirmed(staff: Client, evening: Evening) -> None:
    said = evening.says("Abby", "yes")
    fact = evening.fact("Abby", "area", "Hackney", said, state=Fact.State.PROPOSED)
    before = position(evening)

    Fact.objects.filter(pk=fact.pk).update(
        state="confirmed", decided_by=fact.said_by, decided_in=said, decided_at=evening.now
    )

    assert poll(staff, evening, before) == 200


def test_it_costs_a_dozen_small_queries_however_long_the_transcript(staff: Client, evening: Evening) -> None:
    for number in range(30):
        evening.receipt(evening.we_say(f"line {number}"), "Abby", "delivered")
    now = position(evening)

    with CaptureQueriesContext(connection) as captured:
        poll(staff, evening, now)

    assert len(captured) <= 12


def test_it_is_for_staff_alone(client: Client, evening: Evening) -> None:
    assert poll(client, evening, "") == 302
