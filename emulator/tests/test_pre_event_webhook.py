"""The pre-event hook and what its answer does to a person's message."""

import threading
import time
from typing import Any

import pytest
from twilio.request_validator import RequestValidator

from emulator.tests.support import (
    ABBY,
    LENA,
    SAM,
    TOKEN,
    Bench,
    Receiver,
    Reply,
    json_reply,
    wait_until,
)


@pytest.fixture
def group(bench: Bench, receiver: Receiver):
    conversation = bench.group(ABBY, LENA)
    bench.configure_webhooks(receiver, "onMessageAdd", "onMessageAdded")
    return conversation


def outcome(bench: Bench) -> dict[str, Any]:
    return bench.webhooks("pre")[-1]


def test_it_asks_the_webhook_before_publishing_a_message(bench, receiver, group):
    bench.say(ABBY, "who is in?")

    asked = receiver.at("/pre")[0].form
    assert (asked["EventType"], asked["Body"], asked["Author"]) == ("onMessageAdd", "who is in?", ABBY)
    assert (asked["Source"], asked["RetryCount"], asked["ConversationSid"]) == ("WHATSAPP", "0", group.sid)
    assert "MessageSid" not in asked
    assert "Index" not in asked


def test_it_signs_the_pre_event_request(bench, receiver, group):
    bench.say(ABBY, "hé & co + 100%")

    request = receiver.at("/pre")[0]
    signature = request.headers["x-twilio-signature"]
    assert RequestValidator(TOKEN).validate(receiver.url + "/pre", request.form, signature)
    assert outcome(bench)["signature"] == signature


@pytest.mark.parametrize(
    "answer",
    [Reply(body=""), Reply(body="{}"), Reply(status=204, body=""), Reply(body="fine", content_type="text/plain")],
)
def test_it_publishes_the_message_unchanged_after_an_empty_answer(bench, receiver, group, answer):
    receiver.answers["/pre"] = answer

    result = bench.say(ABBY, "hi")

    assert result["outcome"] == "published"
    assert bench.bodies(LENA) == ["hi"]
    assert outcome(bench)["outcome"] == "unchanged"


def test_it_publishes_the_message_as_the_answer_changed_it(bench, receiver, group):
    receiver.answers["/pre"] = json_reply(body="*Abby:* hi", attributes='{"spans": [[0, 8]]}')

    sid = bench.say(ABBY, "hi")["sid"]

    message = group.messages(sid).fetch()
    assert (message.body, message.attributes, message.author) == ("*Abby:* hi", '{"spans": [[0, 8]]}', ABBY)
    assert bench.bodies(LENA) == ["*Abby:* hi"]
    assert outcome(bench)["outcome"] == "changed"


def test_it_publishes_under_another_author(bench, receiver, group):
    receiver.answers["/pre"] = json_reply(author="Abby")

    sid = bench.say(ABBY, "hi")["sid"]

    assert group.messages(sid).fetch().author == "Abby"
    assert bench.bodies(ABBY) == []


@pytest.mark.parametrize(
    "answer",
    [
        json_reply(attributes={"not": "a string"}),
        json_reply(attributes="{broken"),
        json_reply(attributes='"' + "a" * 4096 + '"'),
        json_reply(body=17),
        json_reply(body="a" * 33_000),
        json_reply(author=""),
        json_reply(author="a" * 300),
        Reply(body='{"body": "\\ud83d"}'),
        Reply(body="[]"),
        Reply(body="{broken"),
        Reply(body="[" * 60_000),
    ],
)
def test_it_drops_the_message_after_an_invalid_answer(bench, receiver, group, answer):
    receiver.answers["/pre"] = answer

    result = bench.say(ABBY, "hi")

    assert (result["outcome"], result["sid"]) == ("rejected", None)
    assert group.messages.list() == []
    assert outcome(bench)["outcome"] == "invalid"
    assert outcome(bench)["error"]


@pytest.mark.parametrize("status", [400, 403, 404, 500, 503, 302])
def test_it_drops_the_message_after_a_refusal(bench, receiver, group, status):
    receiver.answers["/pre"] = Reply(status=status, headers={"Location": "/elsewhere"})

    result = bench.say(ABBY, "hi")

    assert result["outcome"] == "rejected"
    assert bench.bodies(LENA) == []
    assert bench.thread(ABBY)[-1]["status"] == "rejected"
    assert receiver.at("/elsewhere") == []
    assert (outcome(bench)["outcome"], outcome(bench)["answer_status"]) == ("rejected", status)


def test_it_publishes_the_message_unchanged_after_a_timeout(impatient_bench, receiver):
    bench = impatient_bench
    bench.group(ABBY, LENA)
    bench.configure_webhooks(receiver, "onMessageAdd")
    receiver.answers["/pre"] = Reply(delay_s=1.5, status=500)

    bench.say(ABBY, "hi")

    assert bench.bodies(LENA) == ["hi"]
    assert outcome(bench)["outcome"] == "timeout"


def test_it_publishes_the_message_unchanged_when_the_webhook_is_down(bench, receiver, group):
    receiver.close()

    bench.say(ABBY, "hi")

    assert bench.bodies(LENA) == ["hi"]
    assert outcome(bench)["outcome"] == "unreachable"


def test_it_does_not_ask_about_messages_sent_over_rest(bench, receiver, group):
    group.messages.create(body="Hi", author="Matchmaker", x_twilio_webhook_enabled="true")

    wait_until(lambda: receiver.events("onMessageAdded"))
    assert receiver.at("/pre") == []


def test_it_does_not_ask_when_the_filters_leave_it_out(bench, receiver, group):
    bench.configure_webhooks(receiver, "onMessageAdded")

    bench.say(ABBY, "hi")

    wait_until(lambda: receiver.events("onMessageAdded"))
    assert receiver.at("/pre") == []


def test_it_asks_for_several_phones_concurrently(bench, receiver, group):
    bench.phone(SAM)
    bench.say(SAM, "hello")
    bench.join(group, SAM)
    together = threading.Barrier(3, timeout=5)

    def meet(_got):
        together.wait()
        return Reply()

    bench.control("GET", "/senders")
    receiver.answers["/pre"] = meet
    writers = [threading.Thread(target=Bench(bench.base).say, args=(phone, "now")) for phone in (ABBY, LENA, SAM)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert not together.broken
    assert [entry["outcome"] for entry in bench.webhooks("pre")] == ["unchanged"] * 3


def test_it_calls_the_messaging_webhook_when_the_conversation_closes_meanwhile(bench, receiver, group):
    bench.control(
        "POST", "/webhook-config", {"number": "whatsapp:+15005550006", "messaging_url": receiver.url + "/sms"}
    )

    def close(_got):
        bench.call("POST", f"/conversations/v1/Conversations/{group.sid}", {"State": "closed"})
        time.sleep(0.01)
        return Reply()

    receiver.answers["/pre"] = close
    result = Bench(bench.base).say(ABBY, "too late")

    assert result["outcome"] == "messaging"
    assert wait_until(lambda: receiver.at("/sms"))[0].form["Body"] == "too late"
