"""A conversation made together with its people, roles, and the typing indicator."""

import json

import pytest
from starlette.testclient import TestClient

from emulator.app import create_app
from emulator.entities import Conversation
from emulator.settings import Settings
from emulator.tests.support import ABBY, ACCOUNT, LENA, SMS, TEXTER, TOKEN, WHATSAPP, Bench, wait_until

CONVERSATIONS = "/conversations/v1/Conversations"
TOGETHER = "/conversations/v1/ConversationWithParticipants"
TYPING = "/messaging/v2/Indicators/Typing.json"


def bound(address: str, proxy: str) -> str:
    return json.dumps({"messaging_binding": {"address": address, "proxy_address": proxy}})


THREE = [bound(ABBY, WHATSAPP), bound(TEXTER, SMS), json.dumps({"identity": "web"})]


def test_it_answers_before_the_participants_are_added(bench: Bench, receiver):
    bench.configure_webhooks(receiver, "onConversationStateUpdated")

    response = bench.call("POST", TOGETHER, {"FriendlyName": "Night out", "Participant": THREE})

    made = response.json()
    assert (response.status_code, made["state"]) == (202, "initializing")
    told = wait_until(lambda: receiver.requests)[0].form
    assert (told["StateFrom"], told["StateTo"]) == ("initializing", "active")
    conversation = bench.rest.conversations.v1.conversations(made["sid"])
    assert conversation.fetch().state == "active"
    assert {person.identity for person in conversation.participants.list()} == {None, "web"}


def test_it_refuses_changes_before_the_participants_are_added():
    app = create_app(Settings(ACCOUNT, TOKEN))
    world = app.state.emulator.world
    made = Conversation(world.account.default_service_sid, None, None, None, "{}", world.now(), world.now())
    made.state = "initializing"
    world.conversations[made.sid] = made

    path = f"{CONVERSATIONS}/{made.sid}/Messages"
    refused = TestClient(app).post(path, data={"Body": "too early"}, auth=(ACCOUNT, TOKEN))

    assert (refused.status_code, refused.json()["code"]) == (409, 20409)


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        (THREE[:2], (400, 20001)),
        (THREE * 4, (400, 20001)),
        ([*THREE, "{"], (400, 20001)),
        ([*THREE, "[]"], (400, 20001)),
        ([*THREE, "{}"], (400, 20001)),
        ([*THREE, '{"identity": 1}'], (400, 20001)),
        ([*THREE, '{"identity": "a", "attributes": "{"}'], (400, 50304)),
        ([*THREE, bound("555", SMS)], (400, 50407)),
        ([*THREE, '{"messaging_binding": {"address": "+15550100077"}}'], (400, 50452)),
        ([*THREE, '{"messaging_binding": {"projected_address": "+15550100077"}}'], (400, 50452)),
        ([*THREE, bound(LENA, WHATSAPP)], (409, 50425)),
    ],
)
def test_it_refuses_invalid_participants(bench: Bench, people, expected):
    holder = bench.group(LENA)

    response = bench.call("POST", TOGETHER, {"Participant": people})

    assert (response.status_code, response.json()["code"]) == expected
    assert [found.sid for found in bench.rest.conversations.v1.conversations.list()] == [holder.sid]


def test_it_lists_the_roles_of_participants(bench: Bench):
    person = bench.join(bench.rest.conversations.v1.conversations.create(), ABBY)

    role = bench.rest.conversations.v1.roles(person.role_sid).fetch()

    assert (role.type, role.friendly_name) == ("conversation", "channel user")
    assert bench.call("GET", "/conversations/v1/Roles/RL0").status_code == 404


def test_a_typing_indicator_marks_the_text_as_read(bench: Bench):
    bench.phone(ABBY)
    sid = bench.say(ABBY, "hello")["sid"]

    typing = bench.rest.messaging.v2.typing_indicator.create(channel="whatsapp", message_id=sid)

    assert typing.success
    assert [item["status"] for item in bench.thread(ABBY)] == ["read"]
    assert bench.rest.messages(sid).fetch().status == "received"


def test_it_refuses_a_typing_indicator_for_any_other_text(bench: Bench):
    bench.phone(TEXTER)
    by_sms = bench.say(TEXTER, "hello")["sid"]

    refusals = [
        bench.call("POST", TYPING, fields)
        for fields in (
            {"channel": "whatsapp", "messageId": by_sms},
            {"channel": "whatsapp", "messageId": "SM" + "0" * 32},
            {"channel": "sms", "messageId": by_sms},
        )
    ]

    assert [(refusal.status_code, refusal.json()["code"]) for refusal in refusals] == [(400, 20001)] * 3
