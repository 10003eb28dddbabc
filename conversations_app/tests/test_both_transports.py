"""What people see is the same, whether Twilio fans their messages out or we do."""

import base64
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Q

from conversations_app.gateway import api
from conversations_app.inbound import inbox
from conversations_app.models import Binding, Delivery, InboxEvent, Message, Receipt
from conversations_app.outbox import outgoing
from conversations_app.staff import reports
from conversations_app.tests.chat_harness import ChatHarness, Group
from conversations_app.tests.webhook_requests import text_received
from matchmaker import clock
from sessions_app import actions
from sessions_app.models import Consent, Contact, Fact, Session

pytestmark = pytest.mark.usefixtures("transport")


@pytest.fixture
def group(harness: ChatHarness, transport: str) -> Group:
    """Two on WhatsApp, one on SMS."""
    group = harness.settled_group("Abby", "Lena", "Friend", sms=("Friend",))
    assert group.session.transport == transport
    return group


def test_a_message_reaches_the_others_once_with_its_author_in_front(harness: ChatHarness, group: Group) -> None:
    group["Lena"].write("who wants soup?")
    harness.settle()

    assert [group[name].got("Lena: who wants soup?") for name in ("Abby", "Friend")] == [1, 1]
    assert group["Lena"].got("soup") == 0
    assert Message.objects.filter(body="who wants soup?", author__name="Lena").count() == 1


def test_friends_can_find_a_place_that_somebody_shares(harness: ChatHarness, group: Group) -> None:
    harness.faults(also_messaging_webhook=True)

    group["Abby"].write("", location={"latitude": 53.79648, "longitude": -1.54785})
    harness.settle()

    found = "Abby: 📍 a place: https://maps.google.com/?q=53.79648,-1.54785"
    assert [group[name].got(found) for name in ("Lena", "Friend")] == [1, 1]


def test_what_whatsapp_does_not_pass_on_is_no_empty_line(harness: ChatHarness, group: Group) -> None:
    harness.faults(also_messaging_webhook=True)
    before = group["Lena"].arrived()

    group["Abby"].write("", unsupported=True)
    harness.settle()

    assert group["Lena"].arrived() == before


def test_the_matchmaker_answers_everybody(harness: ChatHarness, group: Group) -> None:
    group["Abby"].write("Matchmaker, are you there?")
    harness.settle()

    said = Message.objects.filter(kind="matchmaker").order_by("pk").last()
    assert said is not None
    assert [phone.got(f"Matchmaker: {said.body}") for phone in group.phones.values()] == [1, 1, 1]


def test_everybody_is_greeted_in_the_language_of_their_phones_country(harness: ChatHarness, transport: str) -> None:
    maite = harness.phone("Maite", address="whatsapp:+34600000017")
    jonas = harness.phone("Jonas", address="whatsapp:+4915100000017")
    maite.write("start")
    harness.settle()

    jonas.write(f"join {Session.objects.get().code}")
    harness.settle()

    assert maite.got("Lo primero: ¿de quién es el perfil?") == 1
    assert maite.got("una IA, no una persona") == 1
    assert jonas.got("eine KI, kein Mensch") == 1


def test_each_newcomer_is_welcomed_in_private(harness: ChatHarness, group: Group) -> None:
    assert [phone.got("I'm Matchmaker, an AI, not a person") for phone in group.phones.values()] == [1, 1, 1]
    consents = Consent.objects.filter(kind="taking_part").order_by("pk")
    assert list(consents.values_list("participant__name", "channel", "text_version")) == [
        ("Abby", "whatsapp", "2026-11"),
        ("Lena", "whatsapp", "2026-11"),
        ("Friend", "sms", "2026-11"),
    ]
    assert all(consent.message and consent.message.kind == "command" for consent in consents)


def test_a_latecomer_gets_a_three_line_summary(harness: ChatHarness, group: Group) -> None:
    for text in ("it's about me, yes, I'm in, I'm 27", "I live in Leeds", "and I love bouldering"):
        group["Abby"].write(text)
    harness.settle()
    zoe = harness.phone("Zoe")

    zoe.write(f"join {group.session.code}")
    harness.settle()

    [told] = [body for body in zoe.arrived() if body.startswith("Who's here")]
    assert told.splitlines()[0] == "Who's here: Abby, Lena and Friend. The profile is about Abby."
    assert "for the profile so far" in told.splitlines()[1]
    assert len(told.splitlines()) == 3
    assert group["Lena"].got("Who's here") == 0


def test_a_long_text_arrives_in_parts_that_name_their_author(harness: ChatHarness, group: Group) -> None:
    group["Lena"].write("word " * 400)
    harness.settle()

    arrived = [body for body in group["Friend"].arrived() if body.startswith("Lena: (")]
    assert [body[:12] for body in arrived] == ["Lena: (1/2) ", "Lena: (2/2) "]


def test_a_photo_comes_with_its_author(harness: ChatHarness, group: Group) -> None:
    png = base64.b64encode(b"\x89PNG").decode()
    group["Lena"].write("", media=[{"content_type": "image/png", "filename": "a.png", "data": png}])
    harness.settle()

    [photo] = [item for item in group["Abby"].thread() if item["media"]]
    assert "Lena:" in photo["body"]


def test_leaving_is_private_announced_and_final(harness: ChatHarness, group: Group) -> None:
    group["Lena"].write("Leave.")
    harness.settle()
    group["Abby"].write("still there?")
    harness.settle()

    assert group["Lena"].got("You've left group") == 1
    assert group["Friend"].got("Lena left the group.") == 1
    assert group["Friend"].got("Leave.") == 0
    assert group["Lena"].got("still there?") == 0
    assert not Binding.objects.held().filter(address=group["Lena"].address).exists()


@pytest.mark.parametrize(
    ("word", "conversations", "broadcast"),
    [
        ("my data", "the group read: (Lena had a quick word with Matchmaker)", "only Matchmaker read it"),
        ("who", "everybody read it", "only Matchmaker read it"),
    ],
)
def test_the_transcript_says_who_read_a_command(
    harness: ChatHarness, group: Group, word: str, conversations: str, broadcast: str
) -> None:
    group["Lena"].write(word)
    harness.settle()

    line = next(line for line in reports.transcript(group.session) if line["body"] == word)
    readers = conversations if group.session.transport == "conversations" else broadcast
    assert line["readers"] == readers
    shown = [
        text for text in group["Abby"].arrived() if text.endswith((f"Lena: {word}", "quick word with Matchmaker)"))
    ]
    assert len(shown) == (readers != "only Matchmaker read it")


def test_someone_who_left_can_rejoin_with_the_code(harness: ChatHarness, group: Group) -> None:
    group["Lena"].write("leave")
    harness.settle()
    group["Lena"].write(f"join {group.session.code}")
    harness.settle()
    group["Abby"].write("welcome back")
    harness.settle()

    assert group["Lena"].got("Abby: welcome back") == 1
    assert group.session.participants.count() == 3


def test_stop_removes_a_phone_at_once_and_start_brings_it_back(harness: ChatHarness, group: Group) -> None:
    group["Lena"].write("STOP")
    harness.settle()
    before = len(group["Lena"].arrived())
    group["Abby"].write("while you are away")
    harness.settle()

    assert len(group["Lena"].arrived()) == before
    assert group["Friend"].got("Lena is taking a break from this chat") == 1
    assert [text for text in group["Friend"].arrived() if text.endswith("STOP")] == []

    group["Lena"].write("start")
    harness.settle()
    group["Abby"].write("hello again")
    harness.settle()

    assert group["Lena"].got("Abby: hello again") == 1
    assert group["Friend"].got("Lena is back.") == 1
    assert Session.objects.count() == 1


def test_stop_by_sms_is_also_handled_by_the_carrier(harness: ChatHarness, group: Group) -> None:
    group["Friend"].write("stop")
    harness.settle()
    before = len(group["Friend"].arrived())
    group["Abby"].write("no one on SMS?")
    harness.settle()

    assert len(group["Friend"].arrived()) == before
    group["Friend"].write("START")
    harness.settle()
    group["Abby"].write("welcome back")
    harness.settle()
    assert group["Friend"].got("Abby: welcome back") == 1


def test_yes_after_a_stop_on_sms_brings_a_phone_back(harness: ChatHarness, group: Group) -> None:
    group["Friend"].write("STOP")
    harness.settle()
    group["Friend"].write("YES")
    harness.settle()
    group["Abby"].write("welcome back")
    harness.settle()

    assert group["Friend"].got("Abby: welcome back") == 1


def test_help_and_who_are_answered_in_private(harness: ChatHarness, group: Group) -> None:
    group["Lena"].write("who")
    group["Lena"].write("HELP")
    harness.settle()

    assert group["Lena"].got("In this group: Abby, Lena and Friend, plus me") == 1
    assert group["Lena"].got("Commands, each in a message of its own") == 1
    assert group["Abby"].got("In this group") == group["Abby"].got("Commands, each in a message of its own") == 0


def test_quiet_is_announced_and_ended_by_normal(harness: ChatHarness, group: Group) -> None:
    group["Lena"].write("quiet")
    harness.settle()
    assert Session.objects.get().quiet_until is not None

    group["Abby"].write("normal")
    harness.settle()

    assert Session.objects.get().quiet_until is None
    assert group["Friend"].got("I'll hold back for an hour") == group["Friend"].got("OK, I'm back") == 1


@pytest.mark.parametrize(
    ("question", "answer"),
    [("is that jacket old or new?", "new"), ("stay or leave?", "leave"), ("how was the party?", "quiet")],
)
def test_a_command_word_under_a_friends_question_is_its_answer(
    harness: ChatHarness, group: Group, question: str, answer: str
) -> None:
    group["Abby"].write(question)
    harness.settle()
    group["Lena"].write(answer)
    harness.settle()

    assert group["Abby"].got(f"Lena: {answer}") == 1
    assert Message.objects.filter(kind="person", body=answer).count() == 1
    assert Session.objects.get().quiet_until is None
    assert group.session.participants.present().count() == 3


def test_a_command_word_of_whom_we_asked_is_their_answer(harness: ChatHarness, group: Group) -> None:
    abby = group.session.participants.get(name="Abby")
    with transaction.atomic():
        session = actions.lock_session(group.session.pk)
        asked = outgoing.queue_message(
            session=session, kind=Message.Kind.MATCHMAKER, body="Abby, what's a perfect Sunday?", at=clock.now()
        )
        actions.open_question(
            session=session, topic="ideal_weekend", asked_to=abby, message_id=asked.pk, at=clock.now()
        )
    harness.settle()

    group["Abby"].write("quiet")
    harness.settle()
    assert Session.objects.get().quiet_until is None
    group["Lena"].write("quiet")
    harness.settle()
    assert Session.objects.get().quiet_until is not None


def test_someone_who_asks_us_to_stop_in_a_sentence_is_let_go(harness: ChatHarness, group: Group) -> None:
    group["Lena"].write("please stop texting me")
    harness.settle()

    assert Contact.objects.get(address=group["Lena"].address).opted_out_at is not None
    assert group["Abby"].got("stop texting") == 0
    assert group["Abby"].got("Lena is taking a break") == 1


def test_restart_starts_over_after_a_yes_and_keeps_the_group(harness: ChatHarness, group: Group) -> None:
    group["Abby"].write("it's about me, yes, I'm in, I'm 27")
    harness.settle()
    assert Fact.objects.filter(state="confirmed").exists()

    group["Lena"].write("restart")
    harness.settle()
    assert group["Lena"].got("Only the person the profile is about") == 1

    group["Abby"].write("restart")
    harness.settle()
    assert Fact.objects.filter(state="confirmed").exists()
    group["Abby"].write("yes")
    harness.settle()

    session = Session.objects.get()
    assert (session.code, session.stage) == (group.session.code, "introduction")
    assert not Fact.objects.filter(state__in=["confirmed", "proposed"]).exists()
    assert not session.participants.filter(role="primary").exists()
    assert group["Friend"].got("let's start over: who is the profile about?") == 1


def test_once_there_is_a_yes_to_a_profile_only_its_owner_starts_over(harness: ChatHarness, group: Group) -> None:
    group["Abby"].write("it's about me, yes, I'm in, I'm 27")
    harness.settle()
    group.session.participants.update(is_creator=Q(name="Lena"))

    for text in ("restart", "yes"):
        group["Lena"].write(text)
        harness.settle()

    assert Fact.objects.filter(field="age", state="confirmed").exists()


def test_restart_without_a_yes_changes_nothing(harness: ChatHarness, group: Group) -> None:
    group["Abby"].write("it's about me, yes, I'm in, I'm 27")
    harness.settle()
    group["Abby"].write("restart")
    harness.settle()
    group["Abby"].write("no, better not")
    harness.settle()
    group["Abby"].write("yes")
    harness.settle()

    assert Fact.objects.filter(field="age", state="confirmed").exists()


def test_one_number_carries_one_group_and_switch_changes_groups(harness: ChatHarness, group: Group) -> None:
    other = harness.group("Zoe")
    group["Lena"].write(f"join {other.session.code}")
    harness.settle()
    assert group["Lena"].got(f"send: switch {other.session.code}") == 1
    assert group["Abby"].got(other.session.code) == 0

    group["Lena"].write(f"switch {other.session.code}")
    harness.settle()
    other["Zoe"].write("hi Lena, welcome")
    harness.settle()

    assert group["Lena"].got("Zoe:* hi Lena, welcome") == 1
    assert group["Abby"].got("Lena left the group.") == 1
    assert other["Zoe"].got("Lena joined the group.") == 1


@pytest.mark.parametrize("words", ["{}", "Jion {}", "{invite}"])
def test_another_groups_code_in_any_words_is_answered_and_not_passed_on(
    harness: ChatHarness, group: Group, words: str
) -> None:
    code = harness.group("Zoe").session.code
    invite = f"Come and help! Send join {code} to +15005550006 or tap https://m.example/join/{code}"
    group["Lena"].write(words.replace("{invite}", invite).replace("{}", code))
    harness.settle()

    assert group["Lena"].got(f"send: switch {code}") == 1
    assert group["Abby"].got(code) == 0


def test_a_friend_can_be_in_two_groups_on_two_numbers(
    harness: ChatHarness, group: Group, second_numbers: tuple[str, str]
) -> None:
    other = harness.group("Zoe")
    whatsapp, _ = second_numbers
    group["Lena"].write(f"join {other.session.code}")
    harness.settle()
    assert group["Lena"].got(f"wa.me/{whatsapp.removeprefix('whatsapp:+')}") == 1

    group["Lena"].write(f"join {other.session.code}", to=whatsapp)
    harness.settle()
    other["Zoe"].write("soup?")
    group["Abby"].write("salad?")
    harness.settle()

    assert group["Lena"].got("Zoe:* soup?", whatsapp) == group["Lena"].got("Abby: salad?") == 1
    assert group["Lena"].got("soup?") == group["Lena"].got("salad?", whatsapp) == 0


def test_on_sms_the_second_group_uses_the_second_number_at_once(
    harness: ChatHarness, group: Group, second_numbers: tuple[str, str]
) -> None:
    other = harness.group("Zoe")
    _, sms = second_numbers
    group["Friend"].write(f"join {other.session.code}")
    harness.settle()
    other["Zoe"].write("soup?")
    harness.settle()

    assert group["Friend"].got("Zoe: soup?", sms) == 1


@pytest.mark.parametrize("transport", ["conversations"], indirect=True)
def test_a_number_that_twilio_holds_elsewhere_gives_way_to_the_next(
    harness: ChatHarness, group: Group, second_numbers: tuple[str, str]
) -> None:
    zoe, ben = harness.phone("Zoe", "sms"), harness.phone("Ben")
    foreign = api.create_conversation(unique_name="foreign", friendly_name="", attributes={})
    for phone in (zoe, ben):
        api.add_participant(foreign.sid, address=phone.address, sender=phone.sender)
        inbox.record(
            kind=InboxEvent.Kind.MESSAGING,
            event_type="inbound",
            fields=text_received(From=phone.address, To=phone.sender, Body=f"join {group.session.code}"),
        )
    harness.settle()
    group["Abby"].write("welcome, you two")
    harness.settle()

    whatsapp, sms = second_numbers
    assert zoe.got("Abby: welcome, you two", sms) == 1
    assert ben.got("welcome, you two") == ben.got("welcome, you two", whatsapp) == 0
    assert not Binding.objects.held().filter(address=ben.address).exists()
    assert Delivery.objects.filter(contact__address=ben.address, body__contains="needs our other number").exists()


@pytest.mark.parametrize("transport", ["conversations"], indirect=True)
def test_a_phone_held_by_a_wrong_conversation_of_ours_is_released(harness: ChatHarness, group: Group) -> None:
    zoe = harness.phone("Zoe", "sms")
    api.add_participant(group.conversation_sid, address=zoe.address, sender=zoe.sender)
    other = harness.group("Ben")
    event = text_received(From=zoe.address, To=zoe.sender, Body=f"join {other.session.code}")
    inbox.record(kind=InboxEvent.Kind.MESSAGING, event_type="inbound", fields=event)
    harness.settle()
    other["Ben"].write("hello Zoe")
    harness.settle()

    assert zoe.got("Ben: hello Zoe") == 1


def test_receipts_are_stored_per_person(harness: ChatHarness, group: Group, receipts_on: None) -> None:
    group["Lena"].write("read me")
    harness.settle()

    message = Message.objects.get(body="read me")
    told = Receipt.objects.filter(message=message).values_list("participant__name", "status")
    assert dict(told) == {"Abby": "delivered", "Friend": "delivered"}


def test_nothing_is_sent_twice_when_answers_are_lost(harness: ChatHarness, group: Group, settings: Any) -> None:
    settings.TWILIO_TIMEOUT_S = 0.3
    harness.fresh_client()
    harness.faults(rest={"timeout": 0.4})
    for text in ("alpha", "beta"):
        group["Lena"].write(text)
    harness.until_made_due(lambda: not harness.busy())
    harness.emulator.delete("/emulator/faults")

    assert [group["Friend"].got(text) for text in ("Lena: alpha", "Lena: beta")] == [1, 1]
    assert not Delivery.objects.filter(state="held").exists()
