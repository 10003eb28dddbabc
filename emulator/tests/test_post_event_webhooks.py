"""Post-events: who gets them, with which fields, and what the faults do to them."""

import pytest
from twilio.request_validator import RequestValidator

from emulator.tests.support import ABBY, LENA, TOKEN, WHATSAPP, Bench, Receiver, Reply, wait_until

ALL = (
    "onConversationAdded",
    "onConversationUpdated",
    "onConversationRemoved",
    "onConversationStateUpdated",
    "onMessageAdded",
    "onMessageUpdated",
    "onMessageRemoved",
    "onParticipantAdded",
    "onParticipantUpdated",
    "onParticipantRemoved",
    "onDeliveryUpdated",
)


@pytest.fixture
def group(bench: Bench, receiver: Receiver):
    conversation = bench.group(ABBY, LENA)
    bench.configure_webhooks(receiver, "onMessageAdded", pre=None)
    return conversation


def first_event(receiver: Receiver, event: str) -> dict[str, str]:
    wait_until(lambda: receiver.events(event), event)
    return receiver.events(event)[0].form


def test_it_sends_an_event_for_a_phones_message(bench, receiver, group):
    sid = bench.say(ABBY, "hi")["sid"]

    form = first_event(receiver, "onMessageAdded")
    message = group.messages(sid).fetch()
    assert (form["MessageSid"], form["Index"], form["Body"]) == (sid, str(message.index), "hi")
    assert (form["Author"], form["ParticipantSid"]) == (ABBY, message.participant_sid)
    assert (form["Source"], form["RetryCount"], form["Attributes"]) == ("WHATSAPP", "0", "{}")
    assert form["MessagingServiceSid"] == group.messaging_service_sid
    assert form["DateCreated"].endswith("Z")
    assert "." in form["DateCreated"]


def test_it_signs_every_webhook(bench, receiver, group):
    bench.say(ABBY, "hé ✓")

    request = wait_until(lambda: receiver.events("onMessageAdded"))[0]
    assert RequestValidator(TOKEN).validate(
        receiver.url + "/post", request.form, request.headers["x-twilio-signature"]
    )


def test_it_sends_fields_in_the_query_when_configured_for_get(bench, receiver, group):
    service = bench.rest.conversations.v1.services(group.chat_service_sid)
    service.configuration.webhooks().update(post_webhook_url=receiver.url + "/get?a=1", method="GET")

    bench.say(ABBY, "hi")

    request = wait_until(lambda: receiver.events("onMessageAdded"))[0]
    assert (request.method, request.form["a"], request.form["Body"]) == ("GET", "1", "hi")
    url = bench.webhooks("post")[-1]["url"]
    assert RequestValidator(TOKEN).validate(url, {}, request.headers["x-twilio-signature"])


def test_it_sends_no_event_for_rest_changes(bench, receiver):
    bench.configure_webhooks(receiver, *[event for event in ALL if event != "onDeliveryUpdated"])

    conversation = bench.group(ABBY)
    conversation.messages.create(body="Hi")
    conversation.update(friendly_name="New")
    conversation.update(state="closed")
    conversation.delete()

    assert bench.webhooks() == []


def test_it_sends_events_for_rest_changes_when_the_header_asks(bench, receiver):
    bench.configure_webhooks(receiver, *ALL)
    on = {"x_twilio_webhook_enabled": "true"}

    conversation = bench.rest.conversations.v1.conversations.create(friendly_name="A", **on)
    participant = conversation.participants.create(
        messaging_binding_address=ABBY, messaging_binding_proxy_address=WHATSAPP, **on
    )
    participant.update(attributes='{"a": 1}', **on)
    message = conversation.messages.create(body="Hi", **on)
    message.update(body="Ho", **on)
    path = f"/conversations/v1/Conversations/{conversation.sid}"
    header = {"X-Twilio-Webhook-Enabled": "true"}
    bench.call("DELETE", f"{path}/Messages/{message.sid}", **header)
    bench.call("DELETE", f"{path}/Participants/{participant.sid}", **header)
    conversation.update(state="inactive", **on)
    bench.call("DELETE", path, **header)

    for event in ALL:
        assert first_event(receiver, event)["Source"] in ("API", "WHATSAPP"), event
    state = first_event(receiver, "onConversationStateUpdated")
    assert (state["StateFrom"], state["StateTo"], state["Reason"]) == ("active", "inactive", "API")
    added = first_event(receiver, "onParticipantAdded")
    assert (added["MessagingBinding.Type"], added["MessagingBinding.Address"]) == ("WHATSAPP", ABBY)
    assert "DateRemoved" in first_event(receiver, "onConversationRemoved")


def test_it_always_sends_events_for_receipts(bench, receiver, group):
    bench.configure_webhooks(receiver, "onDeliveryUpdated")

    message = group.messages.create(body="Hi", author=LENA)

    wait_until(lambda: [request for request in receiver.requests if request.form.get("Status") == "delivered"])
    statuses = {request.form["Status"] for request in receiver.events("onDeliveryUpdated")}
    form = first_event(receiver, "onDeliveryUpdated")
    assert statuses == {"sent", "delivered"}
    assert (form["MessageSid"], form["ErrorCode"]) == (message.sid, "0")
    assert form["ParticipantSid"] in [p.sid for p in group.participants.list()]
    assert form["DeliveryReceiptSid"].startswith("DY")
    assert form["ChannelMessageSid"].startswith("SM")


def test_the_services_webhooks_replace_the_accounts(bench, receiver):
    bench.rest.conversations.v1.configuration.webhooks().update(
        post_webhook_url=receiver.url + "/account", filters=["onMessageAdded"]
    )
    bench.group(ABBY)
    bench.say(ABBY, "one")
    wait_until(lambda: receiver.at("/account"))

    bench.configure_webhooks(receiver, "onMessageAdded")
    bench.say(ABBY, "two")

    assert wait_until(lambda: receiver.at("/post"))[0].form["Body"] == "two"
    assert [request.form["Body"] for request in receiver.at("/account")] == ["one"]


def test_scoped_webhooks_are_called_too(bench, receiver, group):
    group.webhooks.create(
        target="webhook", configuration_url=receiver.url + "/own", configuration_filters=["onMessageAdded"]
    )

    bench.say(ABBY, "hi")

    wait_until(lambda: receiver.at("/own") and receiver.at("/post"))
    assert receiver.at("/own")[0].form == receiver.at("/post")[0].form


def test_it_calls_a_trigger_only_for_its_words(bench, receiver, group):
    group.webhooks.create(target="trigger", configuration_url=receiver.url + "/word", configuration_triggers=["help"])

    bench.say(ABBY, "nothing to see")
    bench.say(ABBY, "HELP me")

    assert wait_until(lambda: receiver.at("/word"))[0].form["Body"] == "HELP me"
    assert len([entry for entry in bench.webhooks("post") if entry["url"].endswith("/word")]) == 1


def test_it_replays_messages_to_a_new_webhook(bench, receiver, group):
    bench.faults(index_gaps=0)
    for body in ("zero", "one", "two"):
        bench.say(ABBY, body)

    group.webhooks.create(
        target="webhook",
        configuration_url=receiver.url + "/late",
        configuration_filters=["onMessageAdded"],
        configuration_replay_after=0,
    )

    wait_until(lambda: len(receiver.at("/late")) == 2)
    assert {request.form["Body"] for request in receiver.at("/late")} == {"one", "two"}


def test_it_sends_the_media_with_the_message(bench, receiver, group):
    bench.say(ABBY, "", media=[{"content_type": "image/png", "filename": "a.png", "data": "aGk="}])

    form = first_event(receiver, "onMessageAdded")
    assert '"ContentType": "image/png"' in form["Media"]
    assert '"Filename": "a.png"' in form["Media"]
    assert form["Body"] == ""


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Reply(status=500, body="<h1>"), "failed"),
        (Reply(status=301, headers={"Location": "/elsewhere"}), "failed"),
        (Reply(body="\x00junk", content_type="nonsense"), "answered"),
    ],
)
def test_it_records_a_failing_webhook_and_carries_on(bench, receiver, group, answer, outcome):
    receiver.answers["/post"] = answer

    bench.say(ABBY, "hi")

    wait_until(lambda: bench.webhooks("post")[-1]["outcome"] == outcome)
    assert receiver.at("/elsewhere") == []
    assert bench.bodies(LENA) == ["hi"]


def test_it_gives_up_on_a_slow_webhook(impatient_bench, receiver):
    bench = impatient_bench
    bench.group(ABBY, LENA)
    bench.configure_webhooks(receiver, "onMessageAdded")
    receiver.answers["/post"] = Reply(delay_s=1.5)

    bench.say(ABBY, "hi")

    wait_until(lambda: bench.webhooks("post")[-1]["outcome"] == "timeout")
    assert bench.bodies(LENA) == ["hi"]


def test_it_records_a_webhook_that_is_down(bench, receiver, group):
    receiver.close()

    bench.say(ABBY, "hi")

    entry = wait_until(lambda: [e for e in bench.webhooks("post") if e["outcome"] != "pending"])[0]
    assert (entry["outcome"], entry["answer_status"]) == ("unreachable", None)
    assert entry["error"]


def test_a_fault_drops_webhooks(bench, receiver, group):
    bench.faults(webhook={"drop": 1})

    bench.say(ABBY, "hi")

    assert wait_until(lambda: bench.webhooks("post"))[0]["outcome"] == "dropped"
    assert receiver.requests == []


def test_a_fault_duplicates_webhooks(bench, receiver, group):
    bench.faults(webhook={"duplicate": 1})

    bench.say(ABBY, "hi")

    wait_until(lambda: len(receiver.events("onMessageAdded")) == 2)
    one, two = receiver.events("onMessageAdded")
    assert one.form == two.form


def test_a_fault_reorders_webhooks(bench, receiver, group):
    bench.faults(webhook={"reorder": 1})

    for body in ("one", "two", "three"):
        bench.say(ABBY, body)

    wait_until(lambda: len(receiver.events("onMessageAdded")) == 3)
    assert {request.form["Body"] for request in receiver.events("onMessageAdded")} == {"one", "two", "three"}
    assert receiver.events("onMessageAdded")[0].form["Body"] != "one"


def test_a_fault_delays_webhooks(bench, receiver, group):
    bench.faults(webhook={"delay_ms": 60_000})

    bench.say(ABBY, "hi")

    assert bench.bodies(LENA) == ["hi"]
    assert receiver.requests == []


def test_faults_spare_the_pre_event_webhook(bench, receiver, group):
    bench.configure_webhooks(receiver, "onMessageAdd")
    bench.faults(webhook={"drop": 1, "delay_ms": 60_000})

    bench.say(ABBY, "hi")

    assert len(receiver.at("/pre")) == 1


def test_it_resends_a_webhook(bench, receiver, group):
    bench.say(ABBY, "hi")
    entry = wait_until(lambda: [e for e in bench.webhooks("post") if e["outcome"] == "answered"])[0]

    again = bench.control("POST", f"/webhooks/{entry['id']}/resend")

    assert again["id"] != entry["id"]
    assert (again["params"], again["signature"], again["outcome"]) == (
        entry["params"],
        entry["signature"],
        "answered",
    )
    assert len(receiver.events("onMessageAdded")) == 2
