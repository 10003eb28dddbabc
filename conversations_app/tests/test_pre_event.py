import json
import time
from threading import Event
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import OperationalError
from django.test import Client

from conversations_app.models import InboxEvent, Message
from conversations_app.naming.name_prefix import OUR_KEY, own_words
from conversations_app.tests.factories import abby_in_a_group
from conversations_app.tests.webhook_requests import FORM, post_signed, sid
from conversations_app.webhooks.pre_event import MOST_SIDE_JOBS_WAITING
from matchmaker import clock
from sessions_app.models import Contact, Participant

PATH = "/webhooks/conversations/pre"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def abby() -> Participant:
    return abby_in_a_group()


def about_to_be_added(person: Participant, **fields: str) -> dict[str, str]:
    return {
        "EventType": "onMessageAdd",
        "ConversationSid": str(person.session.conversations.get().sid),
        "Author": person.contact.address,
        "Body": "hello",
        "Attributes": "{}",
    } | fields


def ask(client: Client, fields: dict[str, str]) -> dict[str, Any]:
    response = post_signed(client, PATH, fields)
    assert response.status_code == 200
    answer: dict[str, Any] = response.json()
    return answer


def test_it_puts_the_name_in_front_and_says_what_it_inserted(client: Client, abby: Participant) -> None:
    answer = ask(client, about_to_be_added(abby))

    assert answer["body"] == "*Abby:* hello"
    assert own_words(answer["body"], json.loads(answer["attributes"])) == "hello"


def test_it_knows_an_author_by_the_other_form_of_their_number(client: Client, db: None) -> None:
    ana = abby_in_a_group("whatsapp:+525512345678")

    answer = ask(client, about_to_be_added(ana, Author="whatsapp:+5215512345678"))

    assert answer["body"] == "*Abby:* hello"


def test_a_shared_place_becomes_words(client: Client, abby: Participant) -> None:
    answer = ask(client, about_to_be_added(abby, Body="", Latitude="53.79648", Longitude="-1.54785"))

    assert answer["body"] == "*Abby:* 📍 a place: https://maps.google.com/?q=53.79648,-1.54785"
    assert own_words(answer["body"], json.loads(answer["attributes"])).startswith("📍 a place")


def test_it_puts_no_name_in_front_of_nothing(client: Client, abby: Participant) -> None:
    assert ask(client, about_to_be_added(abby, Body="")) == {}


def test_it_keeps_the_attributes_that_were_there(client: Client, abby: Participant) -> None:
    answer = ask(client, about_to_be_added(abby, Attributes='{"theirs": 1}'))

    assert json.loads(answer["attributes"])["theirs"] == 1


def test_it_shows_what_kind_of_media_came_without_text(client: Client, abby: Participant) -> None:
    media = '[{"Sid":"ME1","ContentType":"image/jpeg"}]'

    answer = ask(client, about_to_be_added(abby, Body="", Media=media))

    assert answer["body"] == "*Abby:* 📷"
    assert own_words(answer["body"], json.loads(answer["attributes"])) == ""


@pytest.mark.parametrize("body", ["join ABC234", "STOP", "leave.", "switch abc234", "start", " unsubscribe "])
def test_it_keeps_private_commands_from_the_others(client: Client, abby: Participant, body: str) -> None:
    answer = ask(client, about_to_be_added(abby, Body=body))

    assert answer["body"] == "(Abby had a quick word with Matchmaker)"
    assert json.loads(answer["attributes"])[OUR_KEY]["command"] == body


@pytest.mark.parametrize("body", ["help", "who", "quiet", "normal", "restart", "stop!!", "end", "quit"])
def test_the_others_read_commands_that_are_not_private(client: Client, abby: Participant, body: str) -> None:
    assert ask(client, about_to_be_added(abby, Body=body))["body"] == f"*Abby:* {body}"


def test_a_word_that_answers_a_friends_question_is_talk(client: Client, abby: Participant) -> None:
    lena = abby.session.participants.create(
        contact=Contact.objects.create(address="whatsapp:+15550100002", created_at=clock.now()),
        name="Lena",
        joined_at=clock.now(),
    )
    Message.objects.create(
        session=abby.session,
        conversation=abby.session.conversations.get(),
        kind="person",
        author=lena,
        body="stay or leave?",
        sid=sid("IM"),
        index=4,
        at=clock.now(),
    )

    assert ask(client, about_to_be_added(abby, Body="leave"))["body"] == "*Abby:* leave"
    assert "stop" not in ask(client, about_to_be_added(abby, Body="stop"))["body"]


def test_a_word_that_may_be_an_answer_is_kept_back_while_the_database_is_down(
    client: Client, abby: Participant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("conversations_app.commands.answers.lines_before", _away)

    assert "leave" not in ask(client, about_to_be_added(abby, Body="leave"))["body"]


def test_a_greeting_is_a_command_only_where_such_a_code_exists(client: Client, abby: Participant) -> None:
    code = abby.session.code

    assert (
        ask(client, about_to_be_added(abby, Body=f"hi {code}"))["body"] == "(Abby had a quick word with Matchmaker)"
    )
    assert ask(client, about_to_be_added(abby, Body="hi ZZZZZ9"))["body"] == "*Abby:* hi ZZZZZ9"


def test_it_answers_from_the_cache_while_the_database_is_down(
    client: Client, abby: Participant, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(client, about_to_be_added(abby))
    monkeypatch.setattr("conversations_app.naming.roster.load", _away)

    assert ask(client, about_to_be_added(abby))["body"] == "*Abby:* hello"


def test_it_falls_back_to_the_database_while_the_cache_is_down(client: Client, abby: Participant, settings) -> None:
    settings.CACHES = {
        "default": {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": "unix:///nowhere.sock?db=1"}
    }

    assert ask(client, about_to_be_added(abby))["body"] == "*Abby:* hello"


def test_a_text_over_the_channels_limit_passes_as_it_is(client: Client, abby: Participant) -> None:
    assert ask(client, about_to_be_added(abby, Body="x" * 1595)) == {}


def test_attributes_over_twilios_limit_leave_the_message_as_it_is(client: Client, abby: Participant) -> None:
    assert ask(client, about_to_be_added(abby, Attributes=json.dumps({"theirs": "x" * 4090}))) == {}


@pytest.mark.parametrize(
    "fields",
    [
        {"Author": "whatsapp:+15559999999"},
        {"ConversationSid": "CH" + "f" * 32},
        {"ConversationSid": "\x00"},
        {"EventType": "onConversationAdd"},
        {"EventType": ""},
        {"Attributes": "{broken"},
        {"Media": "{broken"},
    ],
)
def test_it_never_refuses(client: Client, abby: Participant, fields: dict[str, str]) -> None:
    response = post_signed(client, PATH, about_to_be_added(abby, **fields))

    assert response.status_code == 200


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_it_answers_200_to_every_method(client: Client, method: str) -> None:
    assert getattr(client, method)(PATH).status_code == 200


def test_it_answers_200_without_names_to_an_unsigned_request(client: Client, abby: Participant) -> None:
    response = client.post(PATH, urlencode(about_to_be_added(abby)), content_type=FORM)

    assert (response.status_code, response.json()) == (200, {})


@pytest.mark.parametrize("body", [b"\xff\xfe=%FF", b"", b"=&=&==", b"a" * 1_000_100, b"x=1&" * 2000])
def test_it_answers_200_to_any_body(client: Client, body: bytes) -> None:
    response = client.post(PATH, body, content_type=FORM, headers={"X-Twilio-Signature": "x"})

    assert (response.status_code, response.json()) == (200, {})


def test_it_answers_200_for_a_host_that_is_not_allowed(client: Client, settings) -> None:
    settings.ALLOWED_HOSTS = ["elsewhere.example"]

    assert client.post(PATH, headers={"Host": "evil.example"}).status_code == 200


def test_it_answers_200_without_database_and_cache(
    client: Client, abby: Participant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("conversations_app.naming.roster.load", _away)

    assert ask(client, about_to_be_added(abby)) == {}


def test_it_answers_200_when_we_have_a_bug(
    client: Client, abby: Participant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bug(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("conversations_app.webhooks.pre_event.answer", bug)
    client.raise_request_exception = False

    assert ask(client, about_to_be_added(abby)) == {}


def test_it_does_not_wait_for_a_database_that_hangs(
    client: Client, abby: Participant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("conversations_app.webhooks.pre_event.LOOK_UP_TIMEOUT_S", 0.05)
    monkeypatch.setattr("conversations_app.naming.roster.load", lambda _: time.sleep(0.5))

    assert ask(client, about_to_be_added(abby)) == {}


def test_it_stores_nothing(client: Client, abby: Participant) -> None:
    ask(client, about_to_be_added(abby))

    assert InboxEvent.objects.count() == 0


def _away(*_: object) -> None:
    raise OperationalError


def test_a_message_too_long_to_escape_keeps_its_name_prefix(client: Client, abby: Participant) -> None:
    answer = ask(client, about_to_be_added(abby, Body="*Matchmaker:* send me your card\n" + "Abby:\n" * 240))

    assert answer["body"].startswith("*Abby:* *Matchmaker:* send me")
    assert "› " not in answer["body"]


@pytest.mark.parametrize("body", ["Join later!", "join party", "JOIN us"])
def test_text_that_only_begins_like_a_command_is_not_one(client: Client, abby: Participant, body: str) -> None:
    assert ask(client, about_to_be_added(abby, Body=body))["body"] == f"*Abby:* {body}"


@pytest.mark.parametrize("said", ["leave", "Paper umbrella"])
def test_a_private_command_stays_private_when_its_author_cannot_be_looked_up(
    client: Client, abby: Participant, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setattr("conversations_app.naming.roster.load", _away)

    answer = ask(client, about_to_be_added(abby, Body=said))

    assert answer["body"] == "(Somebody had a quick word with Matchmaker)"
    assert json.loads(answer["attributes"])[OUR_KEY]["command"] == said


def test_unsigned_requests_do_not_cost_a_message_its_name(
    client: Client, abby: Participant, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on = Event()
    monkeypatch.setattr("conversations_app.webhooks.views.count_unsigned", lambda: may_go_on.wait(timeout=10))
    for _ in range(3):
        client.post(PATH, urlencode(about_to_be_added(abby)), content_type=FORM)

    answer = ask(client, about_to_be_added(abby))
    may_go_on.set()

    assert answer["body"] == "*Abby:* hello"


def test_a_flood_of_unsigned_posts_does_not_pile_up(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    may_go_on, counted = Event(), []
    monkeypatch.setattr(
        "conversations_app.webhooks.views.count_unsigned",
        lambda: counted.append(may_go_on.wait(timeout=10)),
    )
    for _ in range(2 * MOST_SIDE_JOBS_WAITING):
        client.post(PATH, {})
    may_go_on.set()
    deadline = time.monotonic() + 10
    while len(counted) < MOST_SIDE_JOBS_WAITING and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.1)

    assert len(counted) == MOST_SIDE_JOBS_WAITING
