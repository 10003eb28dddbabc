"""Every answer has the fields, kinds and statuses of Twilio's own OpenAPI files."""

import json

import pytest
from twilio.rest import Client
from twilio.rest.content.v1.content import ContentList
from twilio.rest.content.v1.content.approval_create import ApprovalCreateList

from emulator.tests.npm import openapi_folder
from emulator.tests.openapi import CheckedTwilioHttp, Spec
from emulator.tests.support import (
    ABBY,
    ACCOUNT,
    LENA,
    SMS,
    TEXTER,
    TOKEN,
    WHATSAPP,
    Bench,
    create_template,
    wait_until,
)


@pytest.fixture(scope="module")
def spec() -> Spec:
    return Spec(openapi_folder())


@pytest.fixture
def client(bench: Bench, spec: Spec) -> Client:
    return Client(ACCOUNT, TOKEN, http_client=CheckedTwilioHttp(bench.base, spec))


@pytest.fixture(params=["short", "scoped"])
def conversations(request, client):
    """The conversations resource under the short and under the service-scoped path."""
    v1 = client.conversations.v1
    if request.param == "short":
        return v1.conversations
    return v1.services(v1.configuration().fetch().default_chat_service_sid).conversations


def test_conversations_match_the_specification(conversations):
    made = conversations.create(friendly_name="Night out", unique_name="session-1", attributes='{"a": 1}')

    timed = made.update(state="inactive", timers_closed="PT10M")

    assert conversations("session-1").fetch().sid == made.sid
    assert timed.timers["date_closed"]
    assert [found.sid for found in conversations.list(state="inactive")] == [made.sid]
    assert made.delete()


def test_participants_match_the_specification(bench, conversations):
    conversation = conversations.create()

    phone = conversation.participants.create(messaging_binding_address=ABBY, messaging_binding_proxy_address=WHATSAPP)
    chat = conversation.participants.create(identity="sam", attributes="{}")

    assert {found.sid for found in conversation.participants.list()} == {phone.sid, chat.sid}
    assert chat.update(last_read_message_index=0).last_read_message_index == 0
    assert conversation.participants("sam").fetch().sid == chat.sid
    assert phone.delete()


def test_messages_and_receipts_match_the_specification(bench, conversations):
    conversation = conversations.create()
    bench.phone(ABBY)
    bench.say(ABBY, "hello")
    conversation.participants.create(messaging_binding_address=ABBY, messaging_binding_proxy_address=WHATSAPP)

    message = conversation.messages.create(body="Hi", author="Matchmaker")
    wait_until(lambda: message.delivery_receipts.list()[0].status == "delivered")

    assert message.fetch().delivery["delivered"] == "all"
    receipt = message.delivery_receipts.list()[0]
    assert conversation.messages(message.sid).delivery_receipts(receipt.sid).fetch().status == "delivered"
    assert message.update(body="Hi!").body == "Hi!"
    assert [found.sid for found in conversation.messages.list(order="desc")] == [message.sid]
    assert message.delete()


def test_a_photo_matches_the_specification(bench, conversations):
    conversation = conversations.create()
    bench.phone(ABBY)
    conversation.participants.create(messaging_binding_address=ABBY, messaging_binding_proxy_address=WHATSAPP)

    bench.say(ABBY, "", media=[{"content_type": "image/png", "filename": "me.png", "data": "aGk="}])

    media = conversation.messages.list()[0].media
    assert [(item["content_type"], item["size"], item["filename"]) for item in media] == [("image/png", 2, "me.png")]


@pytest.mark.parametrize(
    "settings",
    [
        {"target": "webhook", "configuration_filters": ["onMessageAdded"]},
        {"target": "trigger", "configuration_triggers": ["help"]},
    ],
)
def test_scoped_webhooks_match_the_specification(conversations, settings):
    conversation = conversations.create()

    hook = conversation.webhooks.create(configuration_url="https://example.com/a", **settings)

    assert conversation.webhooks(hook.sid).fetch().configuration["url"] == "https://example.com/a"
    assert hook.update(configuration_url="https://example.com/b").configuration["url"] == "https://example.com/b"
    assert len(conversation.webhooks.list()) == 1
    assert hook.delete()


def test_configuration_matches_the_specification(client):
    v1 = client.conversations.v1
    service = v1.services.create(friendly_name="Stage")

    v1.configuration().update(default_inactive_timer="PT1H")
    v1.configuration.webhooks().update(post_webhook_url="https://example.com/post", filters=["onMessageAdded"])
    service_hooks = v1.services(service.sid).configuration.webhooks()
    service_hooks.update(pre_webhook_url="https://example.com/pre", filters=["onMessageAdd"], method="POST")

    assert v1.configuration().fetch().default_inactive_timer == "PT1H"
    assert v1.configuration.webhooks().fetch().filters == ["onMessageAdded"]
    assert service_hooks.fetch().pre_webhook_url == "https://example.com/pre"
    assert v1.services(service.sid).configuration().update(reachability_enabled=True).reachability_enabled
    assert v1.services(service.sid).configuration().fetch().chat_service_sid == service.sid
    assert v1.services(service.sid).fetch().friendly_name == "Stage"
    assert len(v1.services.list()) == 2
    assert service.delete()


@pytest.mark.parametrize("kind", [WHATSAPP, SMS], ids=["whatsapp", "sms"])
@pytest.mark.parametrize(
    "settings",
    [
        {
            "auto_creation_webhook_url": "https://example.com/auto",
            "auto_creation_webhook_filters": ["onMessageAdded"],
        },
        {"auto_creation_studio_flow_sid": "FW" + "0" * 32},
        {},
    ],
    ids=["webhook", "studio", "default"],
)
def test_address_configurations_match_the_specification(request, client, kind, settings):
    addresses = client.conversations.v1.address_configurations
    auto = request.node.callspec.id.split("-")[0]

    made = addresses.create(
        type=kind.split(":")[0] if kind == WHATSAPP else "sms",
        address=kind,
        auto_creation_enabled=True,
        auto_creation_type=auto,
        **settings,
    )

    assert made.auto_creation["enabled"]
    assert addresses(made.sid).update(auto_creation_enabled=False).auto_creation["enabled"] is False
    assert addresses(kind).fetch().auto_creation["type"] == auto
    assert [found.sid for found in addresses.list()] == [made.sid]
    assert made.delete()


def test_participant_conversations_match_the_specification(client, conversations):
    conversation = conversations.create(unique_name="session-2")
    conversation.participants.create(messaging_binding_address=ABBY, messaging_binding_proxy_address=WHATSAPP)
    conversation.participants.create(identity="sam")

    v1 = client.conversations.v1

    assert [found.conversation_sid for found in v1.participant_conversations.list(address=ABBY)] == [conversation.sid]
    by_identity = v1.services(conversation.chat_service_sid).participant_conversations.list(identity="sam")
    assert [found.conversation_unique_name for found in by_identity] == ["session-2"]


def test_texts_match_the_specification(bench, client):
    bench.phone(TEXTER)
    bench.say(TEXTER, "look", media=[{"content_type": "image/png", "data": "aGk="}])

    sent = client.messages.create(to=TEXTER, from_=SMS, body="Hi")
    by_service = client.messages.create(
        to=LENA, messaging_service_sid=client.messaging.v1.services.list()[0].sid, body="Outside the window"
    )
    wait_until(lambda: client.messages(by_service.sid).fetch().status == "undelivered")
    wait_until(lambda: client.messages(sent.sid).fetch().status == "delivered")

    assert by_service.status == "accepted"
    received = client.messages.list(from_=TEXTER)[0]
    assert [item.content_type for item in received.media.list()] == ["image/png"]
    assert received.media.list()[0].fetch().parent_sid == received.sid
    assert len(client.messages.list(page_size=1)) == 3
    assert sent.delete()


def test_messaging_services_match_the_specification(client):
    services = client.messaging.v1.services
    default = services.list()[0]
    made = services.create(friendly_name="Stage", inbound_request_url="https://example.com/sms")

    assert services(made.sid).update(use_inbound_webhook_on_number=True).use_inbound_webhook_on_number
    number = services(default.sid).phone_numbers.list()[0]
    assert number.delete()
    assert services(made.sid).phone_numbers.create(phone_number_sid=number.sid).phone_number == SMS
    assert services(made.sid).phone_numbers(number.sid).fetch().service_sid == made.sid
    assert len(services(default.sid).channel_senders.list()) == 2
    assert services(made.sid).fetch().inbound_request_url == "https://example.com/sms"
    assert made.delete()


def test_content_templates_match_the_specification(client):
    contents = client.content.v1.contents
    text = ContentList.TwilioText({"body": "Hi {{1}}"})
    made = contents.create(
        ContentList.ContentCreateRequest(
            {
                "friendly_name": "catch_up",
                "language": "en",
                "variables": {"1": "you"},
                "types": ContentList.Types({"twilio/text": text}),
            }
        )
    )

    asked = contents(made.sid).approval_create.create(
        ApprovalCreateList.ContentApprovalRequest({"name": "catch_up", "category": "UTILITY"})
    )

    assert asked.status == "received"
    assert contents(made.sid).approval_fetch().fetch().whatsapp["status"] == "approved"
    assert contents(made.sid).fetch().types == {"twilio/text": {"body": "Hi {{1}}"}}
    assert [found.sid for found in contents.list()] == [made.sid]
    assert client.content.v1.content_and_approvals.list()[0].approval_requests["category"] == "UTILITY"
    assert [found.sid for found in client.content.v2.contents.list()] == [made.sid]
    assert [found.sid for found in client.content.v2.content_and_approvals.list()] == [made.sid]
    assert made.delete()


def test_templates_in_messages_match_the_specification(bench, client, conversations):
    bench.phone(ABBY)
    bench.say(ABBY, "hello")
    sid = create_template(bench, "Hi {{1}}")

    text = client.messages.create(to=ABBY, from_=WHATSAPP, content_sid=sid, content_variables='{"1": "Abby"}')
    message = conversations.create().messages.create(content_sid=sid, content_variables='{"1": "all"}')

    assert (text.body, message.body, message.content_sid) == ("Hi Abby", "Hi all", sid)


@pytest.mark.parametrize("scoped", [False, True])
def test_conversation_with_participants_and_roles_match_the_specification(client, scoped):
    v1 = client.conversations.v1
    of = v1.services(v1.configuration().fetch().default_chat_service_sid) if scoped else v1
    people = [json.dumps({"identity": name}) for name in ("abby", "lena", "tom")]

    made = of.conversation_with_participants.create(friendly_name="Night out", participant=people)

    assert made.state == "initializing"
    roles = of.roles.list()
    assert {role.type for role in roles} == {"service", "conversation"}
    assert of.roles(roles[0].sid).fetch().permissions


def test_a_typing_indicator_matches_the_specification(bench, client):
    bench.phone(ABBY)
    sid = bench.say(ABBY, "hello")["sid"]

    assert client.messaging.v2.typing_indicator.create(channel="whatsapp", message_id=sid).success
