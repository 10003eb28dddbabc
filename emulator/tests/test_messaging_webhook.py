"""Texts of pairs that no conversation holds, and keywords."""

import pytest
from twilio.request_validator import RequestValidator

from emulator.tests.support import (
    ABBY,
    ACCOUNT,
    LENA,
    SMS,
    TEXTER,
    TOKEN,
    WHATSAPP,
    Bench,
    Receiver,
    Reply,
    wait_until,
)


@pytest.fixture
def inbound(bench: Bench, receiver: Receiver) -> Receiver:
    """The default messaging service calls /sms of the receiver."""
    bench.configure_messaging_webhook(receiver)
    return receiver


def wait_for_texts(receiver: Receiver, count: int = 1):
    wait_until(lambda: len(receiver.at("/sms")) >= count)
    return receiver.at("/sms")


def test_it_sends_a_whatsapp_text_with_the_persons_name(bench, inbound):
    bench.phone(ABBY, "Abby")

    result = bench.say(ABBY, "join ABC234")

    form = wait_for_texts(inbound)[0].form
    assert (form["From"], form["To"], form["Body"]) == (ABBY, WHATSAPP, "join ABC234")
    assert (form["ProfileName"], form["WaId"], form["MessageType"]) == ("Abby", "15550100001", "text")
    assert (form["MessageSid"], form["SmsStatus"], form["NumMedia"]) == (result["sid"], "received", "0")
    assert form["SmsSid"] == form["SmsMessageSid"] == form["MessageSid"]
    assert (form["AccountSid"], form["ApiVersion"]) == (ACCOUNT, "2010-04-01")
    assert form["MessagingServiceSid"].startswith("MG")
    assert result["outcome"] == "messaging"


def test_it_sends_the_text_and_payload_of_a_tapped_button(bench, inbound):
    bench.phone(ABBY, "Abby")

    bench.say(ABBY, "", button={"text": "That's me", "payload": "confirm_yes"})

    form = wait_for_texts(inbound)[0].form
    assert (form["Body"], form["ButtonText"], form["ButtonPayload"]) == ("That's me", "That's me", "confirm_yes")
    assert form["MessageType"] == "button"


def test_it_sends_a_shared_place_as_fields_beside_an_empty_text(bench, inbound):
    bench.phone(ABBY, "Abby")

    bench.say(ABBY, "", location={"latitude": 53.79648, "longitude": -1.54785, "label": "Kirkgate Market"})

    form = wait_for_texts(inbound)[0].form
    assert (form["Body"], form["MessageType"], form["Label"]) == ("", "location", "Kirkgate Market")
    assert (form["Latitude"], form["Longitude"], "Address" in form) == ("53.79648", "-1.54785", False)
    assert bench.bodies(ABBY, direction="out") == ["📍 Kirkgate Market"]


@pytest.mark.parametrize(
    "location",
    [{}, {"latitude": 91, "longitude": 0}, {"latitude": "53", "longitude": "-1"}, {"latitude": 1, "longitude": True}],
)
def test_it_refuses_a_place_that_is_none(bench, location):
    bench.phone(ABBY, "Abby")

    response = bench.http.post(
        f"/emulator/phones/{ABBY}/send", json={"to": WHATSAPP, "body": "", "location": location}
    )

    assert response.status_code == 400
    assert "location" in response.json()["error"]


def test_what_whatsapp_does_not_pass_on_comes_empty(bench, inbound):
    bench.phone(ABBY, "Abby")

    bench.say(ABBY, "", unsupported=True)

    form = wait_for_texts(inbound)[0].form
    assert (form["Body"], form["NumMedia"], form["MessageType"]) == ("", "0", "unsupported")


def test_an_empty_message_of_a_conversation_goes_to_no_phone(bench):
    group = bench.group(ABBY, LENA)

    bench.say(ABBY, "", unsupported=True)

    assert [message.body for message in group.messages.list()] == [None]
    assert bench.bodies(LENA) == []


def test_it_sends_an_sms_with_geographic_fields(bench, inbound):
    bench.phone(TEXTER)

    bench.say(TEXTER, "join ABC234")

    form = wait_for_texts(inbound)[0].form
    assert (form["FromCountry"], form["FromCity"]) == ("US", "")
    assert "ProfileName" not in form


def test_it_signs_empty_fields_too(bench, inbound):
    bench.phone(TEXTER)
    bench.say(TEXTER, "hi")

    call = wait_for_texts(inbound)[0]

    assert RequestValidator(TOKEN).validate(inbound.url + "/sms", call.form, call.headers["x-twilio-signature"])


@pytest.mark.parametrize(("fault", "calls"), [("drop", 0), ("duplicate", 2)])
def test_it_applies_the_webhook_faults_to_inbound_texts(bench, inbound, fault, calls):
    bench.phone(ABBY)
    bench.faults(webhook={fault: 1})

    bench.say(ABBY, "hi")

    wait_until(lambda: bench.webhooks("messaging") and bench.webhooks("messaging")[-1]["outcome"] != "pending")
    wait_until(lambda: len(inbound.at("/sms")) == calls)


@pytest.mark.parametrize(("fragment", "status"), [("#rc=2&rp=5xx", 503), ("#rc=2&rp=all", 404)])
def test_it_retries_as_the_urls_fragment_asks(bench, inbound, fragment, status):
    inbound.answers["/own"] = Reply(status=status, body="<Response/>", content_type="text/xml")
    bench.phone(ABBY)
    bench.control("POST", "/webhook-config", {"number": WHATSAPP, "messaging_url": f"{inbound.url}/own{fragment}"})

    bench.say(ABBY, "hi")

    wait_until(lambda: len(inbound.at("/own")) == 3)
    assert len({request.form["MessageSid"] for request in inbound.at("/own")}) == 1


def test_it_retries_once_when_the_webhook_is_down(bench, inbound):
    bench.phone(ABBY)
    inbound.close()

    bench.say(ABBY, "hi")

    wait_until(lambda: [entry["outcome"] for entry in bench.webhooks("messaging")] == ["unreachable"] * 2)


def test_it_prefers_the_numbers_own_webhook(bench, inbound):
    bench.phone(ABBY)
    bench.control("POST", "/webhook-config", {"number": WHATSAPP, "messaging_url": inbound.url + "/own"})

    bench.say(ABBY, "hi")

    wait_until(lambda: inbound.at("/own"))
    assert inbound.at("/sms") == []


def test_it_serves_media_by_url(bench, inbound):
    bench.phone(ABBY)

    bench.say(ABBY, "", media=[{"content_type": "image/png", "filename": "a.png", "data": "aGVsbG8="}])

    form = wait_for_texts(inbound)[0].form
    assert (form["NumMedia"], form["MediaContentType0"], form["MessageType"]) == ("1", "image/png", "image")
    assert form["MessageSid"].startswith("MM")
    at_twilio = bench.http.get(form["MediaUrl0"], auth=bench.auth)
    assert at_twilio.status_code == 307
    assert bench.http.get(at_twilio.headers["location"]).content == b"hello"


def test_it_deletes_the_media_of_a_text(bench, inbound):
    bench.phone(ABBY)
    bench.say(ABBY, "", media=[{"content_type": "image/png", "filename": "a.png", "data": "aGVsbG8="}])
    form = wait_for_texts(inbound)[0].form
    [file] = bench.rest.messages(form["MessageSid"]).media.list()

    assert file.delete()

    assert bench.rest.messages(form["MessageSid"]).media.list() == []
    assert bench.http.get(form["MediaUrl0"], auth=bench.auth).status_code == 404


def test_it_sends_the_id_of_a_person_with_a_username(bench, inbound):
    bench.phone("whatsapp:US.1a2b3c", "Ghost")

    bench.say("whatsapp:US.1a2b3c", "hi")

    form = wait_for_texts(inbound)[0].form
    assert form["From"] == form["ExternalUserId"] == "whatsapp:US.1a2b3c"
    assert "WaId" not in form


def test_it_sends_number_and_id_of_a_person_in_the_contact_book(bench, inbound):
    bench.control("POST", "/phones", {"address": ABBY, "name": "Abby", "external_user_id": "whatsapp:US.1a2b3c"})

    bench.say(ABBY, "hi")

    form = wait_for_texts(inbound)[0].form
    assert (form["From"], form["WaId"], form["ExternalUserId"]) == (ABBY, "15550100001", "whatsapp:US.1a2b3c")


def test_it_does_not_call_for_a_pair_in_a_conversation(bench, inbound):
    bench.group(ABBY)
    before = len(wait_for_texts(inbound))

    bench.say(ABBY, "hi")

    assert len(bench.webhooks("messaging")) == before


def test_it_calls_for_a_pair_in_a_conversation_when_configured(bench, inbound):
    group = bench.group(ABBY)
    bench.faults(also_messaging_webhook=True)

    bench.say(ABBY, "twice")

    assert wait_for_texts(inbound, 2)[-1].form["Body"] == "twice"
    assert [message.body for message in group.messages.list()] == ["twice"]


def test_it_calls_again_once_the_conversation_is_closed(bench, inbound):
    bench.group(ABBY).update(state="closed")

    bench.say(ABBY, "anyone?")

    assert wait_for_texts(inbound, 2)[-1].form["Body"] == "anyone?"


def test_it_delivers_messages_from_a_twiml_answer(bench, inbound):
    inbound.answers["/sms"] = Reply(
        body="<Response><Message>One &amp; only</Message><Message><Body>Two</Body></Message></Response>",
        content_type="text/xml; charset=utf-8",
    )
    bench.phone(ABBY)

    bench.say(ABBY, "hi")

    assert wait_until(lambda: len(bench.bodies(ABBY)) == 2)
    assert bench.bodies(ABBY) == ["One & only", "Two"]


def test_it_obeys_media_and_recipient_in_a_twiml_answer(bench, inbound):
    answer = f"<Response><Message to='{LENA}'><Media>https://example.com/a.png</Media></Message></Response>"
    inbound.answers["/sms"] = Reply(body=answer, content_type="text/xml")
    bench.phone(ABBY)
    bench.phone(LENA)
    bench.say(LENA, "hello")

    bench.say(ABBY, "hi")

    wait_until(lambda: [item for item in bench.thread(LENA) if item["direction"] == "in"])
    assert bench.thread(LENA)[-1]["media"] == [{"url": "https://example.com/a.png", "content_type": "image/png"}]


@pytest.mark.parametrize(
    "answer",
    [
        Reply(body="<Response><Message to='me'>hi</Message></Response>", content_type="text/xml"),
        Reply(body="<Response><Message/></Response>", content_type="text/xml"),
        Reply(body="<Response", content_type="text/xml"),
        Reply(body="<b>hi</b>", content_type="text/html"),
        Reply(status=500, body="<Response><Message>no</Message></Response>", content_type="text/xml"),
        Reply(status=307, headers={"Location": "/elsewhere"}),
    ],
)
def test_it_records_an_answer_that_is_not_twiml(bench, inbound, answer):
    inbound.answers["/sms"] = answer
    bench.phone(ABBY)

    bench.say(ABBY, "hi")

    wait_until(lambda: bench.webhooks("messaging")[-1]["outcome"] == "failed")
    assert bench.bodies(ABBY) == []


def test_it_accepts_a_text_without_a_webhook(bench):
    bench.phone(ABBY)

    assert bench.say(ABBY, "hello?")["outcome"] == "messaging"
    assert bench.webhooks() == []


def test_it_opts_a_phone_out_by_keyword(bench):
    group = bench.group(ABBY, TEXTER)

    bench.say(TEXTER, " Stop ")
    message = group.messages.create(body="Hi all")

    wait_until(lambda: {r.error_code for r in message.delivery_receipts.list()} == {0, 21610})
    assert "Hi all" not in bench.bodies(TEXTER)
    assert bench.bodies(ABBY)[-1] == "Hi all"
    assert bench.bodies(TEXTER)[-1].startswith("You have successfully been unsubscribed")
    refused = bench.call(
        "POST", f"/api/2010-04-01/Accounts/{ACCOUNT}/Messages.json", {"To": TEXTER, "From": SMS, "Body": "a"}
    )
    assert (refused.status_code, refused.json()["code"]) == (400, 21610)
    assert {p["address"]: p["opted_out"] for p in bench.control("GET", "/phones")} == {ABBY: False, TEXTER: True}


def test_it_opts_a_phone_back_in_by_keyword(bench):
    group = bench.group(TEXTER, ABBY)
    bench.say(TEXTER, "STOP")

    bench.say(TEXTER, "start")
    group.messages.create(body="Welcome back")

    assert bench.bodies(TEXTER)[-1] == "Welcome back"


def test_it_publishes_a_keyword_to_the_group_unless_configured_otherwise(bench):
    group = bench.group(TEXTER, ABBY)

    bench.say(TEXTER, "STOP")
    bench.faults(keywords_in_conversation=False)
    hidden = bench.say(TEXTER, "START")

    assert [message.body for message in group.messages.list()] == ["STOP"]
    assert hidden["outcome"] == "keyword"


def test_it_leaves_whatsapp_keywords_to_the_app(bench):
    group = bench.group(ABBY, LENA)

    bench.say(ABBY, "STOP")
    group.messages.create(body="Hi all")

    assert bench.bodies(ABBY) == ["Hi all"]


def test_it_sends_the_opt_out_type_with_advanced_opt_out(bench, inbound):
    bench.faults(advanced_opt_out=True)
    bench.phone(TEXTER)

    bench.say(TEXTER, "end")

    assert wait_for_texts(inbound)[0].form["OptOutType"] == "STOP"
