from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matchmaker import clock
from matchmaker.dashboard.tests.sample_session import SampleSession, abbys_session
from sessions_app.models import Contact, Session

LIST = "/admin/sessions_app/session/"


def page(client: Client, **query: str) -> str:
    answer = client.get(LIST, query)
    assert answer.status_code == 200
    return answer.content.decode()


def queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        page(client)
    return len(captured)


def test_it_shows_a_group_at_a_glance(staff: Client, sample: SampleSession) -> None:
    sample.says("Abby", "hello")
    sample.turn(spoke=True)

    shown = page(staff)

    assert "JS2HSG" in shown
    assert "Abby ★, Lena" in shown
    assert "spoke just now" in shown
    assert "all is well" in shown


def test_it_says_why_a_group_is_stuck(staff: Client, sample: SampleSession) -> None:
    sample.problem("Nothing reaches the phones of JS2HSG.")

    assert "Nothing reaches the phones of JS2HSG." in page(staff)


def test_it_shows_the_last_error_of_the_matchmaker(staff: Client, sample: SampleSession) -> None:
    sample.turn(error="The model did not answer within 30 s.")

    assert "The model did not answer within 30 s." in page(staff)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"stuck": "yes"}, ["KQ7MPT"]),
        ({"stuck": "no"}, ["JS2HSG"]),
        ({"stage": "stories"}, ["KQ7MPT"]),
        ({"status__exact": "active"}, ["JS2HSG"]),
        ({"transport__exact": "broadcast"}, []),
        ({"q": "js2"}, ["JS2HSG"]),
        ({"q": "lena"}, ["JS2HSG"]),
        ({"q": "+1 (555) 010-0771"}, ["JS2HSG"]),
        ({"q": "whatsapp:+15550100771"}, ["JS2HSG"]),
        ({"q": "nobody"}, []),
    ],
)
def test_it_finds(staff: Client, sample: SampleSession, query: dict[str, str], found: list[str]) -> None:
    stuck = SampleSession(code="KQ7MPT", stage="stories", status=Session.Status.PAUSED)
    stuck.problem("Look at me.")

    answer: Any = staff.get(LIST, query)

    assert [session.code for session in answer.context["cl"].result_list] == found


@pytest.mark.parametrize("term", ["+52 55 1234 5678", "+52 1 55 1234 5678", "whatsapp:+5215512345678", "1234"])
def test_it_finds_a_number_by_either_of_its_forms(staff: Client, sample: SampleSession, term: str) -> None:
    ana = Contact.objects.create(address="whatsapp:+525512345678", created_at=clock.now())
    sample.session.participants.create(contact=ana, name="Ana", joined_at=clock.now())

    assert "JS2HSG" in page(staff, q=term)


def test_it_asks_the_database_no_more_often_for_thirty_groups_than_for_one(
    staff: Client, sample: SampleSession
) -> None:
    page(staff)
    for_one = queries(staff)
    for _ in range(29):
        more = SampleSession()
        more.joins("Sam")
        more.says("Sam", "hi")
        more.turn(spoke=True)
        more.problem("Trouble.")

    assert queries(staff) == for_one
    assert for_one <= 15


def test_it_shows_no_phone_number(staff: Client, db: None) -> None:
    abbys_session()

    assert "+1555" not in page(staff)


def test_it_requires_a_staff_login(client: Client, db: None) -> None:
    answer = client.get(LIST)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("admin:login"))
