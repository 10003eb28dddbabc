"""The points on which Twilio's documentation is in doubt, read the other way; other files test the defaults."""

import json

import pytest

from emulator.tests.support import (
    ABBY,
    LENA,
    SECOND_WHATSAPP,
    SMS,
    TEXTER,
    WHATSAPP,
    Bench,
    Receiver,
    Reply,
    wait_until,
)

CONVERSATIONS = "/conversations/v1/Conversations"
PHOTO = [{"content_type": "image/png", "filename": "a.png", "data": "aGk="}]


@pytest.fixture
def webhooks(bench: Bench, receiver: Receiver) -> Receiver:
    """Post-events to /post, texts to /sms."""
    bench.configure_webhooks(receiver, "onMessageAdded", "onMessageAdd", pre=None)
    bench.configure_messaging_webhook(receiver)
    return receiver


def first_request(receiver: Receiver, path: str = "/post"):
    return wait_until(lambda: receiver.at(path))[0]


def test_it_sends_phones_messages_to_the_accounts_webhook_only(bench, webhooks):
    bench.rest.conversations.v1.configuration.webhooks().update(
        post_webhook_url=webhooks.url + "/account", filters=["onMessageAdded"]
    )
    group = bench.group(ABBY)
    bench.faults(carrier_messages="account")

    bench.say(ABBY, "by phone")
    group.messages.create(body="by REST", x_twilio_webhook_enabled="true")

    assert first_request(webhooks, "/account").form["Body"] == "by phone"
    assert first_request(webhooks).form["Body"] == "by REST"


def test_scoped_webhooks_replace_the_services(bench, webhooks):
    group = bench.group(ABBY)
    group.webhooks.create(
        target="webhook", configuration_url=webhooks.url + "/own", configuration_filters=["onMessageAdded"]
    )
    bench.faults(scoped_webhooks="instead")

    bench.say(ABBY, "hi")

    assert first_request(webhooks, "/own").form["Body"] == "hi"
    assert [entry["url"] for entry in bench.webhooks("post")] == [webhooks.url + "/own"]


def test_it_retries_a_failed_post_event(bench, webhooks):
    bench.group(ABBY)
    bench.faults(webhook_retries=2)
    webhooks.answers["/post"] = Reply(status=500)

    bench.say(ABBY, "hi")

    wait_until(lambda: len(webhooks.at("/post")) == 3)
    assert [request.form["RetryCount"] for request in webhooks.at("/post")] == ["0", "1", "2"]
    assert len({request.headers["i-twilio-idempotency-token"] for request in webhooks.at("/post")}) == 1


def test_it_stops_retrying_a_post_event_once_accepted(bench, webhooks):
    bench.group(ABBY)
    bench.faults(webhook_retries=5)
    webhooks.answers["/post"] = lambda request: Reply(status=200 if request.form["RetryCount"] == "1" else 503)

    bench.say(ABBY, "hi")
    wait_until(lambda: len(webhooks.at("/post")) == 2)
    bench.say(ABBY, "ho")

    wait_until(lambda: len(webhooks.at("/post")) == 4)
    assert [request.form["Body"] for request in webhooks.at("/post")] == ["hi", "hi", "ho", "ho"]


def test_it_omits_the_idempotency_token(bench, webhooks):
    bench.phone(ABBY)
    bench.faults(idempotency_header=False)

    bench.say(ABBY, "as a text")
    bench.group(ABBY)
    bench.say(ABBY, "in the group")

    assert "i-twilio-idempotency-token" in first_request(webhooks, "/sms").headers
    assert "i-twilio-idempotency-token" not in first_request(webhooks).headers


def test_it_names_media_keys_and_source_as_configured(bench, webhooks):
    bench.group(ABBY)
    bench.faults(media_keys="MediaSid", whatsapp_source="WhatsApp")

    bench.say(ABBY, "", media=PHOTO)

    form = first_request(webhooks).form
    assert form["Source"] == "WhatsApp"
    assert list(json.loads(form["Media"])[0]) == ["MediaSid", "Filename", "ContentType", "Size"]


def test_it_sends_unknown_fields(bench, webhooks):
    bench.group(ABBY)
    bench.faults(unknown_fields=True)

    bench.say(ABBY, "hi")

    assert first_request(webhooks).form["NotYetDocumented"] == "1"


def test_it_calls_only_the_numbers_own_webhook_for_a_bound_pair(bench, webhooks):
    bench.group(ABBY, TEXTER)
    bench.control("POST", "/webhook-config", {"number": WHATSAPP, "messaging_url": webhooks.url + "/own"})
    bench.faults(also_messaging_webhook="own")
    texts = len(bench.webhooks("messaging"))

    bench.say(ABBY, "on a number with a webhook")
    bench.say(TEXTER, "on one without")

    assert first_request(webhooks, "/own").form["Body"] == "on a number with a webhook"
    assert len(bench.webhooks("messaging")) == texts + 1


def test_it_asks_the_pre_event_hook_about_rest_messages(bench, receiver):
    group = bench.group(ABBY)
    bench.configure_webhooks(receiver, "onMessageAdd")
    bench.faults(pre_hook_for_rest=True)
    receiver.answers["/pre"] = lambda request: Reply(
        status=403 if request.form["Body"] == "no" else 200, body=json.dumps({"body": "changed"})
    )
    path, header = f"{CONVERSATIONS}/{group.sid}/Messages", {"X-Twilio-Webhook-Enabled": "true"}

    changed = bench.call("POST", path, {"Body": "yes"}, **header)
    refused = bench.call("POST", path, {"Body": "no"}, **header)
    unasked = bench.call("POST", path, {"Body": "no"})

    assert (changed.status_code, changed.json()["body"]) == (201, "changed")
    assert (refused.status_code, refused.json()["code"]) == (403, 50056)
    assert (unasked.status_code, receiver.at("/pre")[0].form["Source"]) == (201, "API")


def test_it_calls_the_status_callback_for_copies_of_conversation_messages(bench, receiver):
    bench.rest.messaging.v1.services.list()[0].update(status_callback=receiver.url + "/status")
    group = bench.group(ABBY)
    bench.faults(status_callbacks_of_conversations=True)

    message = group.messages.create(body="Hi")

    form = first_request(receiver, "/status").form
    assert form["MessageSid"] == message.delivery_receipts.list()[0].channel_message_sid


def test_a_text_to_an_inactive_conversation_calls_the_messaging_webhook(bench, webhooks):
    group = bench.group(ABBY)
    group.update(state="inactive")
    bench.faults(inactive_inbound="messaging")

    result = bench.say(ABBY, "still there?")

    assert (result["outcome"], group.fetch().state) == ("messaging", "inactive")
    assert wait_until(lambda: [request for request in webhooks.at("/sms") if request.form["Body"] == "still there?"])


def test_it_does_not_list_texts_captured_by_a_conversation(bench):
    bench.group(ABBY)
    bench.faults(captured_texts_listed=False)

    bench.say(ABBY, "in the group")

    assert [text.body for text in bench.rest.messages.list()] == ["hello"]


def test_it_drops_the_caption_of_a_photo(bench):
    bench.group(ABBY, LENA)
    bench.faults(captions=False)

    bench.say(ABBY, "us", media=PHOTO)

    item = bench.thread(LENA)[-1]
    assert (item["body"], len(item["media"])) == ("", 1)


def test_it_requires_credentials_for_media(bench):
    bench.phone(ABBY)
    bench.say(ABBY, "me", media=PHOTO)
    [text] = bench.rest.messages.list()
    [file] = text.media.list()
    base = bench.thread(ABBY)[0]["media"][0]["url"].partition("/emulator/")[0]
    path = f"/api{file.uri.removesuffix('.json')}"
    open_before = bench.http.get(path, follow_redirects=True).status_code
    bench.faults(media_auth=True)

    sent = bench.rest.messages.create(from_=WHATSAPP, to=ABBY, body="", media_url=[base + path])

    assert (open_before, bench.http.get(path).status_code) == (200, 401)
    assert wait_until(lambda: bench.rest.messages(sent.sid).fetch().error_code) == 63019


def test_it_looks_up_open_conversations_only(bench):
    bench.group(ABBY).update(state="closed")
    bench.faults(lookup_of_closed=False)

    assert bench.rest.conversations.v1.participant_conversations.list(address=ABBY) == []


def test_it_obeys_keywords_on_whatsapp(bench):
    group = bench.group(ABBY, LENA)
    bench.faults(whatsapp_keywords=True)

    bench.say(ABBY, "STOP")
    group.messages.create(body="Hi all")

    assert [item["error_code"] for item in bench.missing(ABBY)] == [21610]
    assert bench.bodies(ABBY)[0].startswith("You have successfully been unsubscribed")


def test_it_obeys_keywords_without_answering(bench):
    group = bench.group(TEXTER)
    bench.faults(keyword_answers=False)

    bench.say(TEXTER, "STOP")
    group.messages.create(body="Hi")

    assert bench.bodies(TEXTER) == []
    assert [item["error_code"] for item in bench.missing(TEXTER)] == [21610]


@pytest.mark.parametrize(("yes_opts_in", "arrives"), [(True, True), (False, False)])
def test_yes_undoes_a_stop_or_is_just_a_word(bench, yes_opts_in, arrives):
    group = bench.group(TEXTER)
    bench.say(TEXTER, "STOP")
    bench.faults(yes_opts_in=yes_opts_in)

    bench.say(TEXTER, "Yes")
    group.messages.create(body="Welcome back")

    assert (bench.bodies(TEXTER)[-1] == "Welcome back") is arrives


def test_yes_of_somebody_who_never_stopped_is_an_answer(bench):
    group = bench.group(TEXTER, ABBY)

    bench.say(TEXTER, "Yes")

    assert bench.bodies(ABBY) == ["Yes"]
    assert bench.bodies(TEXTER) == []
    assert [message.body for message in group.messages.list()] == ["Yes"]


@pytest.mark.parametrize(
    ("opt_out_of", "left"), [("number", [WHATSAPP]), ("service", [WHATSAPP, SMS, SECOND_WHATSAPP])]
)
def test_stop_opts_out_of_the_number_or_its_messaging_service(bench, opt_out_of, left):
    bench.phone(ABBY)
    bench.faults(whatsapp_keywords=True, opt_out_of=opt_out_of)

    bench.say(ABBY, "STOP")

    assert set(bench.control("GET", "/phones")[0]["opted_out_of"]) == set(left)


def test_it_fails_messages_over_the_whatsapp_rate_limit(bench):
    group = bench.group(ABBY, TEXTER)
    bench.faults(pair_limit="fail")

    group.messages.create(body="one")
    group.messages.create(body="two")
    bench.control("POST", "/clock", {"advance": "6s"})
    group.messages.create(body="three")

    assert bench.bodies(ABBY) == ["one", "three"]
    assert bench.bodies(TEXTER) == ["one", "two", "three"]
    assert [item["error_code"] for item in bench.missing(ABBY)] == [63018]


def test_it_queues_messages_over_the_whatsapp_rate_limit(bench):
    group = bench.group(ABBY)
    bench.faults(pair_limit="queue")

    group.messages.create(body="one")
    group.messages.create(body="two")
    held = bench.missing(ABBY)
    bench.control("POST", "/clock", {"advance": "6s"})

    assert [(item["body"], item["status"]) for item in held] == [("two", "queued")]
    wait_until(lambda: bench.bodies(ABBY) == ["one", "two"])


def test_it_refuses_a_page_size_over_the_limit(bench):
    bench.faults(strict_page_size=True)

    assert bench.call("GET", f"{CONVERSATIONS}?PageSize=100").status_code == 200
    assert bench.call("GET", f"{CONVERSATIONS}?PageSize=101").json()["code"] == 20001


def test_it_overrides_the_http_status_of_an_error_code(bench):
    bench.call("POST", CONVERSATIONS, {"UniqueName": "taken"})
    bench.faults(error_statuses={"50353": 400})

    response = bench.call("POST", CONVERSATIONS, {"UniqueName": "taken"})

    assert (response.status_code, response.json()["status"], response.json()["code"]) == (400, 400, 50353)
