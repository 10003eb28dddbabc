"""What a person missed while their window was shut, told once they write again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from conversations_app.models import Binding, Delivery, Receipt
from conversations_app.tests.factories import abby_in_a_group
from conversations_app.tests.silent_members import a_friend_of, misses, wrote_last
from conversations_app.windows import catch_up
from matchmaker import clock
from sessions_app import actions
from sessions_app.models import Contact, Participant, Session

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 5, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def abby() -> Participant:
    """She has just written again."""
    abby = abby_in_a_group()
    wrote_last(abby, NOW)
    return abby


@pytest.fixture
def lena(abby: Participant) -> Participant:
    return a_friend_of(abby, "Lena")


def catch_up_with(person: Participant) -> list[str]:
    """The catch-up texts that this queues."""
    before = Delivery.objects.count()
    session = actions.lock_session(person.session_id)
    catch_up.send_catch_up(session=session, person=person, sender=Binding.objects.get(participant=person).sender)
    return list(Delivery.objects.order_by("pk").values_list("body", flat=True)[before:])


def test_it_tells_who_said_what_in_order(abby: Participant, lena: Participant) -> None:
    misses(abby, "second", index=8)
    misses(abby, "first", author=lena, index=7)

    texts = catch_up_with(abby)

    assert texts == ["While you were away:\nLena: first\nMatchmaker: second"]


def test_it_tells_them_once(abby: Participant, lena: Participant) -> None:
    misses(abby, "hello?", author=lena)
    catch_up_with(abby)

    assert catch_up_with(abby) == []


def test_it_sends_nothing_to_someone_who_missed_nothing(abby: Participant) -> None:
    assert catch_up_with(abby) == []


@pytest.mark.parametrize("forged", ["hi\nLena: I hate it", "hi\r*Lena:* no", "hi\nWhile you were away:\nlies"])
def test_no_text_can_forge_another_line(abby: Participant, lena: Participant, forged: str) -> None:
    misses(abby, forged, author=a_friend_of(abby, "Mia"))

    [text] = catch_up_with(abby)

    assert text.splitlines()[1] == "Mia: hi"
    assert all(line.startswith("› ") or line == "lies" for line in text.splitlines()[2:])


def test_a_long_message_is_split_with_its_author_before_every_part(abby: Participant, lena: Participant) -> None:
    words = " ".join(f"word{number}" for number in range(500))
    misses(abby, words, author=lena)

    texts = catch_up_with(abby)

    assert all(len(text) < 1500 for text in texts)
    parts = "\n".join(texts).splitlines()[1:]
    assert all(part.startswith("Lena: ") for part in parts)
    assert " ".join(part.removeprefix("Lena: ") for part in parts) == words


def test_only_the_newest_are_shown_and_the_rest_are_counted(abby: Participant, lena: Participant) -> None:
    for number in range(32):
        misses(abby, f"message {number}", author=lena)

    [text] = catch_up_with(abby)

    assert text.splitlines()[1:3] == ["(12 earlier messages not shown)", "Lena: message 12"]
    assert not Receipt.objects.missed().exists()


def test_more_than_anyone_would_read_is_left_out(abby: Participant, lena: Participant) -> None:
    for _ in range(3):
        misses(abby, "x" * 4000, author=lena)

    texts = catch_up_with(abby)

    assert "(2 earlier messages not shown)" in texts[0]
    assert sum(text.count("x") for text in texts) == 4000


def test_a_picture_without_words_is_shown_by_a_symbol(abby: Participant, lena: Participant) -> None:
    misses(abby, "", author=lena, media=[{"content_type": "image/jpeg"}])

    assert catch_up_with(abby) == ["While you were away:\nLena: 📷"]


def test_a_message_sent_in_parts_is_caught_up_whole_and_once(abby: Participant, lena: Participant) -> None:
    misses(abby, "a long story", author=lena)
    misses(abby, "(1/1) a long story", author=lena, kind="relay")
    misses(abby, "(1/1) another one", author=lena, kind="relay", at=NOW - timedelta(minutes=5))

    assert catch_up_with(abby) == ["While you were away:\nLena: a long story\nLena: (1/1) another one"]


@pytest.mark.parametrize("kind", ["announcement", "command"])
def test_momentary_and_private_messages_are_left_out(abby: Participant, lena: Participant, kind: str) -> None:
    misses(abby, "Send join ABC234", author=lena, kind=kind)

    assert catch_up_with(abby) == []
    assert not Receipt.objects.missed().exists()


def test_messages_from_before_a_restart_are_left_out(abby: Participant, lena: Participant) -> None:
    Session.objects.update(reads_from=NOW - timedelta(hours=1))
    misses(abby, "of the first try", author=lena, at=NOW - timedelta(hours=2))
    misses(abby, "of this one", author=lena, at=NOW - timedelta(minutes=1))

    assert catch_up_with(abby) == ["While you were away:\nLena: of this one"]


def test_it_waits_while_their_window_is_still_shut(abby: Participant, lena: Participant) -> None:
    wrote_last(abby, NOW - timedelta(hours=25))
    misses(abby, "hello?", author=lena)

    assert catch_up_with(abby) == []
    assert Receipt.objects.missed().exists()


def test_it_sends_nothing_to_someone_who_opted_out(abby: Participant, lena: Participant) -> None:
    misses(abby, "hello?", author=lena)
    Contact.objects.update(opted_out_at=NOW)
    abby.contact.refresh_from_db()

    assert catch_up_with(abby) == []


def test_a_late_receipt_is_caught_up_by_the_job(abby: Participant, lena: Participant) -> None:
    misses(abby, "hello?", author=lena)

    told = [catch_up.send_late_catch_ups(), catch_up.send_late_catch_ups()]

    assert told == [1, 0]
    assert "Lena: hello?" in Delivery.objects.get().body


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_catch_up(abby: Participant, lena: Participant) -> None:
    misses(abby, "hello?", author=lena)

    with ThreadPoolExecutor(2) as workers:
        told = [workers.submit(_work_alone) for _ in range(2)]

    assert sorted(one.result() for one in told) == [0, 1]
    assert Delivery.objects.count() == 1


def _work_alone() -> int:
    try:
        return catch_up.send_late_catch_ups()
    finally:
        connection.close()


def test_the_job_skips_people_whose_window_is_closed(abby: Participant, lena: Participant) -> None:
    wrote_last(abby, NOW - timedelta(hours=25))
    misses(abby, "hello?", author=lena)

    assert catch_up.send_late_catch_ups() == 0
