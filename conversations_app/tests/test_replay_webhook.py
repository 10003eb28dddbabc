import pytest
from django.core.management import CommandError, call_command

from conversations_app.inbound import processing
from conversations_app.models import Delivery, InboxEvent, Message
from conversations_app.tests.webhook_requests import text_received

pytestmark = pytest.mark.django_db


def stored(state: str = "failed", key: str = "inbound:SM1") -> InboxEvent:
    return InboxEvent.objects.create(
        kind="messaging", event_type="inbound", key=key, payload=text_received(Body="hello?"), state=state, attempts=8
    )


def test_it_changes_nothing_without_apply(capsys: pytest.CaptureFixture[str]) -> None:
    event = stored()

    call_command("replay_webhook", str(event.pk))

    assert "would be processed again" in capsys.readouterr().out
    assert InboxEvent.objects.get().state == "failed"


@pytest.mark.parametrize("state", ["failed", "done", "ignored"])
def test_apply_processes_the_webhook_again(state: str) -> None:
    event = stored(state)

    call_command("replay_webhook", str(event.pk), "--apply")
    processing.take_in(event.pk)

    assert InboxEvent.objects.get().state == "done"
    assert Delivery.objects.get().reason == "hint"


def test_a_replayed_message_is_stored_once(client: object) -> None:
    event = stored("waiting")
    InboxEvent.objects.update(payload=text_received(Body="start"), attempts=0)
    processing.take_in(event.pk)

    call_command("replay_webhook", str(event.pk), "--apply")
    processing.take_in(event.pk)

    assert Message.objects.count() == 1
    assert InboxEvent.objects.get().note == "Already known."


@pytest.mark.parametrize(
    ("key", "state", "why"), [("malformed:x", "failed", "cannot be read"), ("k", "waiting", "already")]
)
def test_it_refuses_a_webhook_that_cannot_be_processed_again(key: str, state: str, why: str) -> None:
    event = stored(state, key)

    with pytest.raises(CommandError, match=why):
        call_command("replay_webhook", str(event.pk), "--apply")


def test_it_names_an_unknown_webhook() -> None:
    with pytest.raises(CommandError, match="There is no webhook 4711") as refusal:
        call_command("replay_webhook", "4711")

    assert refusal.value.returncode == 2
