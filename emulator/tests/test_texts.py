"""Programmable Messaging: sending single texts, their statuses and their list."""

from datetime import date

import pytest

from emulator.tests.support import (
    ABBY,
    ACCOUNT,
    LENA,
    SECOND_WHATSAPP,
    SMS,
    TEXTER,
    WHATSAPP,
    Receiver,
    wait_until,
)

PATH = f"/api/2010-04-01/Accounts/{ACCOUNT}/Messages.json"


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"From": SMS, "Body": "a"}, (400, 21604)),
        ({"To": "555", "From": SMS, "Body": "a"}, (400, 21211)),
        ({"To": TEXTER, "Body": "a"}, (400, 21603)),
        ({"To": TEXTER, "From": "+15005559999", "Body": "a"}, (400, 21606)),
        ({"To": ABBY, "From": "whatsapp:+15005559999", "Body": "a"}, (400, 63007)),
        ({"To": ABBY, "From": SMS, "Body": "a"}, (400, 21910)),
        ({"To": SMS, "From": SMS, "Body": "a"}, (400, 21266)),
        ({"To": TEXTER, "From": SMS}, (400, 21602)),
        ({"To": TEXTER, "From": SMS, "Body": "a" * 1601}, (400, 21617)),
        ({"To": TEXTER, "From": SMS, "Body": "👋" * 801}, (400, 21617)),
        ({"To": TEXTER, "From": SMS, "Body": "a", "StatusCallback": "me"}, (400, 21609)),
        ({"To": TEXTER, "From": SMS, "MediaUrl": "me"}, (400, 21620)),
        ({"To": TEXTER, "From": SMS, "ContentSid": "HX" + "0" * 32}, (400, 21655)),
        ({"To": TEXTER, "From": SMS, "Body": "a", "ContentVariables": "{}"}, (400, 21654)),
        ({"To": TEXTER, "MessagingServiceSid": "MG" + "0" * 32, "Body": "a"}, (400, 21701)),
    ],
)
def test_it_refuses_an_invalid_text(bench, params, expected):
    response = bench.call("POST", PATH, params)

    assert (response.status_code, response.json()["code"]) == expected


def test_it_shows_a_text_on_the_handset(bench):
    bench.phone(TEXTER)

    sent = bench.rest.messages.create(to=TEXTER, from_=SMS, body="Hi", media_url=["https://example.com/a.jpg"])

    item = bench.thread(TEXTER)[0]
    assert (item["id"], item["direction"], item["body"]) == (sent.sid, "in", "Hi")
    assert item["media"] == [{"url": "https://example.com/a.jpg", "content_type": "image/jpeg"}]


def test_it_sends_from_the_number_the_phone_last_used(bench):
    bench.phone(ABBY)
    bench.say(ABBY, "hello", to=SECOND_WHATSAPP)
    service = bench.rest.messaging.v1.services.list()[0]

    sent = bench.rest.messages.create(to=ABBY, messaging_service_sid=service.sid, body="Hi")

    assert bench.rest.messages(sent.sid).fetch().from_ == SECOND_WHATSAPP


def test_it_finds_no_sender_in_an_empty_service(bench):
    service = bench.rest.messaging.v1.services.create(friendly_name="Empty")

    response = bench.call("POST", PATH, {"To": TEXTER, "MessagingServiceSid": service.sid, "Body": "a"})

    assert (response.status_code, response.json()["code"]) == (400, 21704)


def test_it_finds_no_sender_for_the_other_channel(bench):
    services = bench.rest.messaging.v1.services
    default = services.list()[0]
    services(default.sid).phone_numbers.list()[0].delete()

    response = bench.call("POST", PATH, {"To": TEXTER, "MessagingServiceSid": default.sid, "Body": "a"})

    assert (response.status_code, response.json()["code"]) == (400, 21703)


def test_it_calls_the_status_callback_for_each_status(bench, receiver: Receiver):
    bench.phone(ABBY)
    bench.say(ABBY, "hello")

    sent = bench.rest.messages.create(
        to=ABBY, from_=WHATSAPP, body="Hi", status_callback=receiver.url + "/status?mine=7"
    )
    wait_until(lambda: len(receiver.at("/status")) == 2)
    bench.say(ABBY, "thanks")
    wait_until(lambda: len(receiver.at("/status")) == 3)

    assert {request.form["MessageStatus"] for request in receiver.at("/status")} == {"sent", "delivered", "read"}
    form = receiver.at("/status")[0].form
    assert (form["MessageSid"], form["To"], form["From"]) == (sent.sid, ABBY, WHATSAPP)
    assert form["ChannelToAddress"] == ABBY
    assert {entry["url"] for entry in bench.webhooks("status")} == {receiver.url + "/status?mine=7"}


def test_a_text_of_a_messaging_service_is_queued_before_it_is_sent(bench, receiver):
    bench.phone(TEXTER)
    service = bench.rest.messaging.v1.services.list()[0]

    sent = bench.rest.messages.create(
        to=TEXTER, messaging_service_sid=service.sid, body="Hi", status_callback=receiver.url + "/status"
    )

    wait_until(lambda: len(bench.webhooks("status")) == 3)
    assert (sent.status, sent.num_segments) == ("accepted", "0")
    statuses = [entry["params"]["MessageStatus"] for entry in bench.webhooks("status")]
    assert statuses == ["queued", "sent", "delivered"]
    assert bench.rest.messages(sent.sid).fetch().num_segments == "1"


@pytest.mark.parametrize(
    ("body", "segments"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 151, 2),
        ("a" * 152 + "€" + "a" * 152, 3),
        ("ñ" * 160, 1),
        ("ő" * 70, 1),
        ("ő" * 71, 2),
        ("ő" * 135, 3),
        ("👋" * 35, 1),
        ("👋" * 36, 2),
        ("👋" * 66, 2),
        ("👋" * 67, 3),
    ],
)
def test_it_counts_the_segments_of_an_sms(bench, body, segments):
    bench.phone(TEXTER)

    sent = bench.rest.messages.create(to=TEXTER, from_=SMS, body=body)
    bench.say(TEXTER, body)

    assert sent.num_segments == str(segments)
    assert bench.rest.messages.list(from_=TEXTER)[0].num_segments == str(segments)


def test_a_whatsapp_message_is_one_segment(bench):
    assert bench.rest.messages.create(to=ABBY, from_=WHATSAPP, body="a" * 500).num_segments == "1"


def test_the_words_of_a_text_can_be_taken_out_of_its_record(bench):
    bench.phone(TEXTER)
    sent = bench.rest.messages.create(to=TEXTER, from_=SMS, body="my secret")
    wait_until(lambda: bench.rest.messages(sent.sid).fetch().status == "delivered")

    redacted = bench.rest.messages(sent.sid).update(body="")

    assert (redacted.body, redacted.status, redacted.num_segments) == ("", "delivered", "1")
    assert bench.rest.messages(sent.sid).fetch().body == ""
    assert bench.bodies(TEXTER) == ["my secret"]


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, (400, 30400)),
        ({"Body": "other words"}, (400, 30400)),
        ({"Body": "", "Status": "canceled"}, (400, 30400)),
        ({"Status": "sent"}, (400, 30400)),
        ({"Status": "canceled"}, (409, 30409)),
    ],
)
def test_nothing_else_of_a_text_can_be_changed(bench, params, expected):
    sent = bench.rest.messages.create(to=TEXTER, from_=SMS, body="Hi")
    wait_until(lambda: bench.rest.messages(sent.sid).fetch().status == "delivered")

    response = bench.call("POST", PATH.replace(".json", f"/{sent.sid}.json"), params)

    assert (response.status_code, response.json()["code"]) == expected


def test_a_text_that_still_waits_can_be_called_off_but_not_redacted(bench):
    bench.phone(ABBY)
    bench.say(ABBY, "hello")
    bench.faults(pair_limit="queue")
    bench.rest.messages.create(to=ABBY, from_=WHATSAPP, body="one")
    second = bench.rest.messages.create(to=ABBY, from_=WHATSAPP, body="two")
    path = PATH.replace(".json", f"/{second.sid}.json")

    assert bench.call("POST", path, {"Body": ""}).json()["code"] == 20009
    assert bench.call("DELETE", path).json()["code"] == 20009
    assert bench.rest.messages(second.sid).update(status="canceled").status == "canceled"
    bench.control("POST", "/clock", {"advance": "1m"})
    assert bench.rest.messages(second.sid).update(body="").body == ""
    assert bench.bodies(ABBY) == ["one"]


@pytest.mark.parametrize(
    ("fault", "calls"),
    [({"drop": 1}, 0), ({"muted": ["status"]}, 0), ({"muted": ["post"]}, 2), ({"duplicate": 1}, 4)],
)
def test_it_applies_the_webhook_faults_to_status_callbacks(bench, receiver, fault, calls):
    bench.faults(webhook=fault)

    bench.rest.messages.create(to=TEXTER, from_=SMS, body="Hi", status_callback=receiver.url + "/status")

    wait_until(lambda: len([entry for entry in bench.webhooks("status") if entry["outcome"] != "pending"]) >= 2)
    wait_until(lambda: len(receiver.at("/status")) == calls)


def test_it_fails_a_whatsapp_text_outside_the_window(bench, receiver):
    bench.phone(ABBY)

    sent = bench.rest.messages.create(to=ABBY, from_=WHATSAPP, body="Hi", status_callback=receiver.url + "/status")

    form = wait_until(lambda: receiver.at("/status"))[0].form
    assert (form["MessageStatus"], form["ErrorCode"]) == ("undelivered", "63016")
    assert bench.rest.messages(sent.sid).fetch().error_code == 63016
    assert bench.thread(ABBY) == []


def test_it_lists_texts_newest_first_and_filtered(bench):
    bench.phone(TEXTER)
    bench.say(TEXTER, "one")
    bench.rest.messages.create(to=TEXTER, from_=SMS, body="two")
    bench.rest.messages.create(to=LENA, from_=WHATSAPP, body="three")

    def bodies(**filters):
        return [text.body for text in bench.rest.messages.list(**filters)]

    assert bodies() == ["three", "two", "one"]
    assert bodies(to=TEXTER) == ["two"]
    assert bodies(from_=TEXTER) == ["one"]
    assert bodies(to=TEXTER, from_=WHATSAPP) == []


def test_it_lists_the_texts_received_on_a_day(bench):
    bench.phone(TEXTER)
    bench.say(TEXTER, "yesterday")
    bench.control("POST", "/clock", {"advance": "24h"})
    for body in ("one", "two", "three"):
        bench.say(TEXTER, body)
    day = bench.control("GET", "/clock")["now"][:10]

    texts = bench.rest.messages.list(to=SMS, date_sent=date.fromisoformat(day), page_size=2)

    assert [text.body for text in texts] == ["three", "two", "one"]
    assert all(text.date_sent and text.direction == "inbound" for text in texts)


def test_it_filters_texts_by_date_sent(bench):
    bench.rest.messages.create(to=TEXTER, from_=SMS, body="old")
    bench.control("POST", "/clock", {"advance": "48h"})
    new = bench.rest.messages.create(to=TEXTER, from_=SMS, body="new")
    at = bench.rest.messages(new.sid).fetch().date_created

    assert [text.body for text in bench.rest.messages.list(date_sent=at.date())] == ["new"]
    assert [text.body for text in bench.rest.messages.list(date_sent_after=at)] == ["new"]
    assert [text.body for text in bench.rest.messages.list(date_sent_before=at.date().replace(year=2020))] == []
    assert len(bench.rest.messages.list(date_sent_before=at)) == 2


def test_it_lists_the_delivered_copies_of_conversation_messages(bench):
    group = bench.group(ABBY, LENA)

    message = group.messages.create(body="Hi all")

    copies = {text.sid for text in bench.rest.messages.list() if text.body == "Hi all"}
    assert copies == {receipt.channel_message_sid for receipt in message.delivery_receipts.list()}


def test_it_fetches_the_account_and_its_sms_numbers(bench):
    assert bench.rest.api.v2010.accounts(ACCOUNT).fetch().status == "active"
    assert [number.phone_number for number in bench.rest.incoming_phone_numbers.list()] == [SMS]
    assert bench.rest.incoming_phone_numbers.list(phone_number="+15550000000") == []


def test_it_records_a_text_to_a_phone_that_was_never_added(bench):
    bench.rest.messages.create(to=TEXTER, from_=SMS, body="Hi")

    bench.phone(TEXTER)

    assert bench.bodies(TEXTER) == ["Hi"]
