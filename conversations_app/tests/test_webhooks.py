from urllib.parse import urlencode

import pytest
from django.db import OperationalError
from django.http import QueryDict
from django.test import Client
from twilio.request_validator import RequestValidator

from conversations_app.models import InboxEvent, Problem
from conversations_app.tests.webhook_requests import FORM, message_added, post_signed, text_received
from conversations_app.webhooks.signature import _raw_signature, expect_unsigned

pytestmark = pytest.mark.django_db

EVENTS, TEXTS, STATUSES = "/webhooks/conversations", "/webhooks/sms", "/webhooks/sms/status"


def test_it_stores_a_signed_event_before_it_answers(client: Client) -> None:
    response = post_signed(client, EVENTS, message_added(Body="hé"))

    assert response.status_code == 200
    assert InboxEvent.objects.get().payload["Body"] == "hé"


def test_it_stores_a_repeated_event_once(client: Client) -> None:
    fields = message_added()

    first, second = post_signed(client, EVENTS, fields), post_signed(client, EVENTS, fields)

    assert (first.status_code, second.status_code) == (200, 200)
    assert InboxEvent.objects.count() == 1


@pytest.mark.parametrize("path", [EVENTS, TEXTS, STATUSES])
def test_it_refuses_an_unsigned_request_and_alerts_staff(client: Client, path: str) -> None:
    response = client.post(path, urlencode(message_added()), content_type=FORM)

    assert response.status_code == 403
    assert InboxEvent.objects.count() == 0
    assert Problem.objects.filter(key="unsigned-webhooks").exists()


def test_it_does_not_alert_staff_to_a_refusal_that_we_provoked(client: Client) -> None:
    expect_unsigned(1)

    response = client.post(EVENTS, urlencode(message_added()), content_type=FORM)
    told = Problem.objects.exists()
    client.post(EVENTS, urlencode(message_added()), content_type=FORM)

    assert (response.status_code, told) == (403, False)
    assert Problem.objects.filter(key="unsigned-webhooks").exists()


def test_it_refuses_a_wrong_signature(client: Client) -> None:
    response = client.post(
        EVENTS, urlencode(message_added()), content_type=FORM, headers={"X-Twilio-Signature": "nonsense"}
    )

    assert response.status_code == 403


def test_it_accepts_the_previous_auth_token(client: Client, settings) -> None:
    fields = message_added()
    old = "the-old-token"
    signature = RequestValidator(old).compute_signature(settings.PUBLIC_BASE_URL + EVENTS, fields)
    settings.TWILIO_AUTH_TOKEN_PREVIOUS = old

    response = client.post(EVENTS, urlencode(fields), content_type=FORM, headers={"X-Twilio-Signature": signature})

    assert response.status_code == 200


def test_it_checks_the_signature_against_the_configured_address_not_the_host_header(client: Client) -> None:
    response = post_signed(client, EVENTS, message_added(), Host="127.0.0.1")

    assert response.status_code == 200


@pytest.mark.parametrize(
    ("path", "fields", "named"),
    [
        (EVENTS, {"Body": "x"}, "EventType"),
        (EVENTS, message_added(MessageSid="nonsense"), "MessageSid"),
        (EVENTS, message_added(Index="-1"), "Index"),
        (EVENTS, message_added(DateCreated="yesterday"), "DateCreated"),
        (TEXTS, text_received(From=""), "From"),
        (TEXTS, text_received(NumMedia="many"), "NumMedia"),
        (STATUSES, {"MessageSid": "SM" + "0" * 32}, "MessageStatus"),
    ],
)
def test_it_names_the_unreadable_field(client: Client, path: str, fields: dict[str, str], named: str) -> None:
    response = post_signed(client, path, fields)

    assert response.status_code == 400
    assert response.json()["field"] == named
    assert InboxEvent.objects.get().state == "failed"


def test_it_refuses_a_repeated_field(client: Client, settings) -> None:
    fields = message_added()
    body = urlencode({**fields, "Body": ["a", "b"]}, doseq=True)
    signature = RequestValidator(settings.TWILIO_AUTH_TOKEN).compute_signature(
        settings.PUBLIC_BASE_URL + EVENTS, QueryDict(body)
    )

    response = client.post(EVENTS, body, content_type=FORM, headers={"X-Twilio-Signature": signature})

    assert response.status_code == 400
    assert response.json()["field"] == "Body"


def test_it_refuses_signed_bytes_that_are_not_utf8(client: Client, settings) -> None:
    body = b"EventType=onMessageAdded&Body=%FF%FE"
    signature = _raw_signature(settings.TWILIO_AUTH_TOKEN, settings.PUBLIC_BASE_URL + EVENTS, body)

    response = client.post(EVENTS, body, content_type=FORM, headers={"X-Twilio-Signature": signature})

    assert response.status_code == 400
    assert InboxEvent.objects.get().state == "failed"


@pytest.mark.parametrize("path", [EVENTS, TEXTS])
def test_it_refuses_more_than_a_megabyte(client: Client, path: str) -> None:
    response = post_signed(client, path, message_added(Body="x" * 1_000_001))

    assert response.status_code == 413


def test_it_keeps_a_text_that_contains_nul(client: Client) -> None:
    response = post_signed(client, EVENTS, message_added(Body="a\x00b"))

    assert response.status_code == 200
    assert InboxEvent.objects.get().payload["Body"] == "ab"


def test_it_records_unknown_event_types(client: Client) -> None:
    response = post_signed(client, EVENTS, {"EventType": "onUserUpdated", "UserSid": "US1"})

    assert response.status_code == 200
    assert InboxEvent.objects.get().event_type == "onUserUpdated"


def test_it_answers_503_when_it_could_not_store(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(**_: object) -> None:
        raise OperationalError

    monkeypatch.setattr("conversations_app.inbound.inbox.record", away)

    assert post_signed(client, EVENTS, message_added()).status_code == 503


def test_it_answers_texts_with_empty_twiml(client: Client) -> None:
    response = post_signed(client, TEXTS, text_received())

    assert response.content == b"<Response/>"
    assert response.headers["Content-Type"].startswith("text/xml")


@pytest.mark.parametrize("path", [EVENTS, TEXTS, STATUSES])
def test_opening_it_in_a_browser_raises_no_problem(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 405
    assert response.content.decode().startswith("This address is for Twilio's webhooks")
    assert not Problem.objects.exists()


@pytest.mark.parametrize("body", [b"Body=hello", b"Body=\xff"], ids=["UTF-8", "not UTF-8"])
def test_it_refuses_a_signature_of_odd_characters(client: Client, body: bytes) -> None:
    response = client.post(EVENTS, body, content_type=FORM, headers={"X-Twilio-Signature": "é"})

    assert response.status_code == 403
