"""A row is one worker's at a time, whenever one of them stalls or dies."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction

from conversations_app.claims import ClaimLost, Claims
from conversations_app.delivery import direct_messages, leases
from conversations_app.delivery.leases import Lease
from conversations_app.inbound import inbox, processing
from conversations_app.models import Delivery, InboxEvent, Turn
from conversations_app.outbox import outgoing
from conversations_app.tests.factories import abby_in_a_group
from conversations_app.tests.webhook_requests import message_added
from conversations_app.turns import lifecycle
from conversations_app.windows import messaging_window
from sessions_app.models import Session

pytestmark = pytest.mark.django_db(transaction=True)

WAITING = InboxEvent.objects.filter(state="waiting")
CLAIMS = Claims(WAITING, lease_s=60)
# Ends as it begins: whoever takes a row is overtaken at once by the next.
LAPSING = Claims(WAITING, lease_s=-1)


@pytest.fixture
def event() -> InboxEvent:
    inbox.record(kind=InboxEvent.Kind.CONVERSATION, event_type="onMessageAdded", fields=message_added())
    return InboxEvent.objects.get()


def take(claims: Claims[InboxEvent], event: InboxEvent) -> InboxEvent:
    taken = claims.take(WAITING, event.pk)
    assert taken is not None
    return taken


def elsewhere(work: Callable[[], Any]) -> Any:
    """On another worker's connection, to its end."""
    found: list[Any] = []

    def run() -> None:
        try:
            found.append(work())
        finally:
            connection.close()

    worker = threading.Thread(target=run)
    worker.start()
    worker.join(timeout=10)
    return found[0]


@contextmanager
def stalling_after_the_update(work: Callable[[], Any]) -> Iterator[list[Any]]:
    """This worker stalls right after its first UPDATE, for as long as another one does that work."""
    done: list[Any] = []

    def stall(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        answer = execute(sql, params, many, context)
        if sql.startswith("UPDATE") and not done:
            done.append(None)
            done[0] = elsewhere(work)
        return answer

    with connection.execute_wrapper(stall):
        yield done


def test_a_claimed_row_belongs_to_one_worker(event: InboxEvent) -> None:
    take(CLAIMS, event)

    assert CLAIMS.take(WAITING, event.pk) is None


def test_a_row_whose_lease_has_ended_is_taken_over_with_the_next_generation(event: InboxEvent) -> None:
    first = take(LAPSING, event)

    second = take(CLAIMS, event)

    assert second.generation == first.generation + 1


def test_workers_that_stall_while_they_claim_never_share_a_generation(event: InboxEvent) -> None:
    with stalling_after_the_update(lambda: LAPSING.take(WAITING, event.pk)) as other:
        first = take(LAPSING, event)

    assert other[0] is None or other[0].generation != first.generation


def test_workers_that_stall_never_share_a_sessions_generation(monkeypatch: pytest.MonkeyPatch) -> None:
    session = abby_in_a_group().session
    with transaction.atomic():
        outgoing.request_delivery(session)
    monkeypatch.setattr(leases, "CLAIMS", lapsing(leases.CLAIMS))

    with stalling_after_the_update(lambda: Lease.take(session.pk)) as other:
        first = Lease.take(session.pk)

    assert first is not None
    assert other[0] is None or other[0].claimed.delivery_generation != first.claimed.delivery_generation


def test_workers_that_stall_do_not_both_send_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    text = a_text()
    posted: list[int] = []
    monkeypatch.setattr(direct_messages, "CLAIMS", lapsing(direct_messages.CLAIMS))
    monkeypatch.setattr(messaging_window, "is_open", lambda *_, **__: True)
    monkeypatch.setattr(direct_messages, "_find_already_sent", lambda delivery: None)
    monkeypatch.setattr(direct_messages, "_post", lambda delivery, links: posted.append(delivery.pk))

    with stalling_after_the_update(lambda: direct_messages.send_text(text.pk)):
        direct_messages.send_text(text.pk)

    assert posted == [text.pk]


def lapsing(claims: Claims[Any]) -> Claims[Any]:
    return Claims(claims.rows, -1, claims.until, claims.generation)


def a_text() -> Delivery:
    abby = abby_in_a_group()
    return Delivery.objects.create(
        contact=abby.contact, sender=abby.bindings.get().sender, session=abby.session, reason="test", body="hello"
    )


def test_a_locked_row_is_skipped(event: InboxEvent) -> None:
    with transaction.atomic():
        InboxEvent.objects.select_for_update().get(pk=event.pk)

        assert elsewhere(lambda: CLAIMS.take(WAITING, event.pk)) is None


def test_renewing_keeps_others_away(event: InboxEvent) -> None:
    mine = take(LAPSING, event)

    CLAIMS.renew(mine)

    assert CLAIMS.take(WAITING, event.pk) is None


def test_a_worker_that_was_overtaken_can_neither_renew_lock_nor_release(event: InboxEvent) -> None:
    late = take(LAPSING, event)
    take(CLAIMS, event)

    with pytest.raises(ClaimLost):
        CLAIMS.renew(late)
    with pytest.raises(ClaimLost), transaction.atomic():
        CLAIMS.lock(late)
    assert not CLAIMS.release(late, note="too late")


def test_a_locked_claim_cannot_be_taken_over(event: InboxEvent) -> None:
    mine = take(LAPSING, event)

    with transaction.atomic():
        LAPSING.lock(mine)

        assert elsewhere(lambda: CLAIMS.take(WAITING, event.pk)) is None


def test_a_released_row_is_free_and_holds_its_result(event: InboxEvent) -> None:
    CLAIMS.release(take(CLAIMS, event), note="too early")

    assert take(CLAIMS, event).note == "too early"


def test_a_row_that_was_finished_meanwhile_is_no_longer_ours(event: InboxEvent) -> None:
    mine = take(CLAIMS, event)
    InboxEvent.objects.update(state="done")

    assert not CLAIMS.release(mine, state="failed")


def test_an_event_looked_at_again_does_not_let_a_late_worker_finish_it(event: InboxEvent) -> None:
    """Attempts that do not count are taken back, so they cannot tell one worker from another."""
    late = processing.CLAIMS.take(WAITING, event.pk, attempts=1)
    assert late is not None
    InboxEvent.objects.update(attempts=0, leased_until=None)  # too early, said the worker that came after it
    take(processing.CLAIMS, event)

    assert not processing.CLAIMS.release(late, state="failed")


def test_a_turn_is_claimed_with_the_same_piece() -> None:
    session = abby_in_a_group().session
    turn = Turn.objects.create(session=session, stage="introduction", at=session.created_at, generation=4)

    taken = lifecycle.CLAIMS.take(Turn.objects.all(), turn.pk)

    assert taken is not None
    assert taken.generation == 5
    assert not Session.objects.exclude(lifecycle.is_in_a_turn()).exists()
