"""Three people and the matchmaker, through a real emulator and the real webhooks."""

from typing import Any

import pytest

from conversations_app.membership import welcome
from conversations_app.models import Binding, Conversation, Delivery, Message, Problem
from conversations_app.tests.chat_harness import ChatHarness
from sessions_app.models import Session


def test_start_makes_a_session_with_its_conversation(harness: ChatHarness) -> None:
    abby = harness.phone("Abby")

    abby.write(" Start. ")
    harness.until(lambda: abby.got("Welcome, Abby"))

    session = Session.objects.get()
    [made] = harness.calls("POST", "/Conversations")[:1]
    assert made["params"]["UniqueName"] == f"session-{session.code}"
    assert made["params"]["MessagingServiceSid"].startswith("MG")
    assert f'"sessionId": "{session.code}"' in made["params"]["Attributes"]
    assert abby.got(f"Send join {session.code}") == 1


def test_others_join_by_code_and_everybody_is_told(harness: ChatHarness) -> None:
    group = harness.group("Abby", "Lena", "Sam")

    harness.until(lambda: group["Sam"].got("Sam joined"))

    assert [group[name].got("Sam joined") for name in ("Abby", "Lena", "Sam")] == [1, 1, 1]
    assert Binding.objects.filter(state="bound").count() == 3


def test_a_message_reaches_the_others_once_with_its_author_in_front(harness: ChatHarness) -> None:
    group = harness.group("Abby", "Lena", "Sam")

    group["Abby"].write("who wants soup?")
    harness.until(lambda: group["Sam"].got("soup") and group["Lena"].got("soup"))

    assert group["Lena"].got("*Abby:* who wants soup?") == group["Sam"].got("*Abby:* who wants soup?") == 1
    assert group["Abby"].got("soup") == 0
    harness.until(lambda: Message.objects.filter(body="who wants soup?", kind="person").count() == 1)


def test_names_are_not_bold_once_a_phone_is_on_sms(harness: ChatHarness) -> None:
    group = harness.group("Abby", "Friend", sms=("Friend",))

    group["Abby"].write("can you read me?")
    harness.until(lambda: group["Friend"].got("read me"))

    assert group["Friend"].got("Abby: can you read me?") == 1
    assert group["Friend"].got("*Abby") == 0


def test_someone_whose_phone_gives_no_name_chooses_one(harness: ChatHarness) -> None:
    group = harness.group("Abby", "Friend", sms=("Friend",))
    harness.settle()

    group["Friend"].write("Name  Lena")
    harness.until(lambda: group["Abby"].got("Friend is now called Lena"))
    group["Friend"].write("here I am")

    harness.until(lambda: group["Abby"].got("Lena: here I am"))
    assert group["Abby"].got("Name  Lena") == 0


@pytest.mark.parametrize("answer", ["I'm Lena", "Lena", "hi everyone, Lena here"])
def test_a_newcomer_is_called_what_they_answer_when_asked_for_a_name(harness: ChatHarness, answer: str) -> None:
    group = harness.group("Abby", "Friend", sms=("Friend",))
    harness.settle()

    group["Friend"].write(answer)
    harness.until(lambda: group["Abby"].got("Friend is now called Lena"))

    assert group["Abby"].got(f"Friend: {answer}") == 1


def test_a_word_is_no_name_once_a_newcomer_has_talked(harness: ChatHarness) -> None:
    group = harness.group("Abby", "Friend", sms=("Friend",))
    group["Friend"].write("hello there")
    harness.settle()

    group["Friend"].write("Jazz")
    harness.settle()

    assert group["Abby"].got("Friend: Jazz") == 1
    assert group["Abby"].got("is now called") == 0


def test_a_name_under_a_friends_question_is_its_answer(harness: ChatHarness) -> None:
    group = harness.group("Abby", "Friend", sms=("Friend",))
    group["Abby"].write("who else is coming?")
    harness.settle()

    group["Friend"].write("Lena")
    harness.settle()

    assert group["Abby"].got("is now called") == 0


def test_the_group_is_told_of_a_newcomer_by_the_name_that_we_asked_for(harness: ChatHarness, settings: Any) -> None:
    settings.NAME_WAIT_S = 3600
    group = harness.group("Abby")
    lena = harness.phone("Lena", "sms")
    lena.write(f"join {group.session.code}")
    harness.until(lambda: lena.got("like this: name"))

    lena.write("name Lena")
    harness.until(lambda: group["Abby"].got("Lena joined the group"))

    assert group["Abby"].got("Friend joined") == group["Abby"].got("is now called") == 0
    assert welcome.due_announcements(10) == []


def test_the_group_is_told_of_a_newcomer_who_keeps_their_name_to_themselves(
    harness: ChatHarness, settings: Any
) -> None:
    settings.NAME_WAIT_S = 3600
    group = harness.group("Abby")
    lena = harness.phone("Lena", "sms")
    lena.write(f"join {group.session.code}")
    harness.until(lambda: lena.got("like this: name"))
    assert group["Abby"].got("joined") == 0

    Binding.objects.filter(announce_at__isnull=False).update(announce_at="2026-01-01T00:00Z")
    harness.until(lambda: group["Abby"].got("Friend joined the group"))
    harness.settle()

    assert group["Abby"].got("joined the group") == 1


def test_the_group_hears_nothing_of_a_newcomer_who_has_gone_again(harness: ChatHarness, settings: Any) -> None:
    settings.NAME_WAIT_S = 3600
    group = harness.group("Abby")
    lena = harness.phone("Lena", "sms")
    lena.write(f"join {group.session.code}")
    harness.until(lambda: lena.got("like this: name"))
    lena.write("leave")
    harness.until(lambda: not group.session.participants.present().filter(name="Friend").exists())

    Binding.objects.filter(announce_at__isnull=False).update(announce_at="2026-01-01T00:00Z")
    harness.settle()

    assert group["Abby"].got("joined") == 0


def test_the_matchmaker_answers_everybody_with_one_call(harness: ChatHarness) -> None:
    group = harness.group("Abby", "Lena", "Sam")
    harness.settle()
    before = len(harness.calls("POST", "/Messages"))

    group["Abby"].write("Matchmaker, are you there?")
    harness.settle()

    [said] = Message.objects.filter(
        kind="matchmaker", turn__isnull=True, pk__gt=Message.objects.get(kind="person").pk
    )
    assert all(phone.got(f"*Matchmaker:* {said.body}") == 1 for phone in group.phones.values())
    assert len(harness.calls("POST", "/Messages")) == before + 1


@pytest.mark.parametrize(
    ("text", "answer"), [("hello?", "Send START to begin"), ("join ZZZZZ9", "no group with the code ZZZZZ9")]
)
def test_someone_without_a_group_is_told_what_to_do(harness: ChatHarness, text: str, answer: str) -> None:
    stranger = harness.phone("Zed")

    stranger.write(text)

    harness.until(lambda: stranger.got(answer))


def test_the_hint_is_sent_at_most_once_an_hour(harness: ChatHarness) -> None:
    stranger = harness.phone("Zed")
    stranger.write("hello?")
    harness.until(lambda: stranger.got("Send START"))

    stranger.write("anybody?")
    harness.settle()

    assert Delivery.objects.count() == 1


def test_joining_a_closed_group_is_refused_kindly(harness: ChatHarness) -> None:
    group = harness.group("Abby")
    Session.objects.update(status="closed")
    lena = harness.phone("Lena")

    lena.write(f"join {group.session.code}")

    harness.until(lambda: lena.got("has ended"))


def test_a_full_group_is_refused_kindly(harness: ChatHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sessions_app.actions.MAX_PARTICIPANTS", 2)
    group = harness.group("Abby", "Lena")
    sam = harness.phone("Sam")

    sam.write(f"join {group.session.code}")

    harness.until(lambda: sam.got("is full"))


def test_joining_twice_is_answered_in_private(harness: ChatHarness) -> None:
    group = harness.group("Abby", "Lena")

    group["Lena"].write(f"join {group.session.code}")
    harness.until(lambda: group["Lena"].got("in the group"))
    harness.settle()

    assert group["Abby"].got(f"join {group.session.code}") == 1  # the invite, which is no message of Lena's
    assert group["Abby"].got("Lena joined") == 1


def test_someone_in_another_group_on_this_number_is_told_so(harness: ChatHarness) -> None:
    theirs = harness.group("Abby", "Lena")
    other = harness.group("Zoe")

    theirs["Lena"].write(f"join {other.session.code}")

    harness.until(lambda: theirs["Lena"].got(f"your group {theirs.session.code}"))
    assert other.session.participants.count() == 1


def test_a_pair_that_twilio_holds_elsewhere_is_reported_and_the_person_freed(harness: ChatHarness) -> None:
    from conversations_app.gateway import api

    lena = harness.phone("Lena")
    foreign = api.create_conversation(unique_name="foreign", friendly_name="", attributes={})
    api.add_participant(foreign.sid, address=lena.address, sender=lena.sender)
    group = harness.group("Abby")
    lena_event = {
        "MessageSid": "SM" + "a" * 32,
        "From": lena.address,
        "To": lena.sender,
        "Body": f"join {group.session.code}",
    }
    from conversations_app.inbound import inbox
    from conversations_app.models import InboxEvent

    inbox.record(kind=InboxEvent.Kind.MESSAGING, event_type="inbound", fields=lena_event)
    harness.until(lambda: Problem.objects.filter(key__startswith="not-added").exists())

    assert not Binding.objects.held().filter(address=lena.address).exists()
    harness.until(lambda: Delivery.objects.filter(reason="not added", state="sent").exists())

    api.close_conversation(foreign.sid)
    lena.write(f"join {group.session.code}")
    harness.until(lambda: Binding.objects.filter(address=lena.address, state="bound").exists())

    assert Problem.objects.get(key__startswith="not-added").solved_by_itself


def test_a_conversation_closed_at_twilio_is_replaced(harness: ChatHarness) -> None:
    from conversations_app.gateway import api

    group = harness.group("Abby", "Lena")
    api.close_conversation(group.conversation_sid)
    group["Lena"].write(f"join {group.session.code}")

    harness.until(lambda: Conversation.objects.filter(number=2, state="active").exists())
