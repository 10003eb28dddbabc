"""Pictures and the like, where Twilio does not pass them on by itself."""

import base64
from typing import Any

import httpx
import pytest

from conversations_app.delivery import transport_moves
from conversations_app.gateway import api, media
from conversations_app.gateway.client import client
from conversations_app.gateway.errors import TwilioRefused, Unclear
from conversations_app.models import Message, Problem
from conversations_app.tests.chat_harness import ChatHarness, Group, Phone
from conversations_app.tests.test_hard_cases import close_in_the_console
from sessions_app.models import Session

PIXEL = b"\x89PNG of a cat"
CAT = {"content_type": "image/png", "filename": "cat.png", "data": base64.b64encode(PIXEL).decode()}
DOG = CAT | {"data": base64.b64encode(b"\x89PNG of a dog").decode()}


@pytest.fixture
def group(harness: ChatHarness) -> Group:
    return harness.settled_group("Abby", "Lena", "Friend", sms=("Friend",))


def files_of(phone: Phone) -> list[bytes]:
    """The files that the handset shows, fetched as it fetches them."""
    shown = [item["url"] for line in phone.thread() for item in line["media"] if line["direction"] == "in"]
    return [httpx.get(url, trust_env=False).content for url in shown]


def test_a_picture_sent_to_a_closed_conversation_opens_the_next_with_text_and_picture(
    harness: ChatHarness, group: Group, settings: Any
) -> None:
    close_in_the_console(group, settings)
    harness.settle()
    group["Lena"].write("look who is here", media=[CAT])
    harness.settle()

    assert [group[name].got("Lena: look who is here") for name in ("Abby", "Friend")] == [1, 1]
    assert [files_of(group[name]) for name in ("Abby", "Lena", "Friend")] == [[PIXEL], [], [PIXEL]]
    assert group["Abby"].got("Lena: 📷") == 1


def test_a_picture_arrives_once_although_the_answer_was_lost(
    harness: ChatHarness, group: Group, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = api.post_message

    def unanswered(*args: Any, **more: Any) -> Any:
        real(*args, **more)
        if more["media_sid"]:
            monkeypatch.setattr(api, "post_message", real)
        raise Unclear("no answer")

    close_in_the_console(group, settings)
    harness.settle()
    monkeypatch.setattr(api, "post_message", unanswered)
    group["Lena"].write("", media=[CAT])
    harness.until_made_due(lambda: not harness.busy())

    assert [files_of(group[name]) for name in ("Abby", "Friend")] == [[PIXEL], [PIXEL]]


def test_a_picture_missing_at_twilio_is_reported_to_staff_and_blocks_nothing(
    harness: ChatHarness, group: Group, settings: Any
) -> None:
    close_in_the_console(group, settings)
    harness.settle()
    group["Lena"].write("look", media=[CAT])
    [text] = client().messages.list(from_=group["Lena"].address, limit=1)
    text.delete()
    harness.settle()
    group["Lena"].write("and now?")
    harness.settle()

    assert group["Abby"].got("Lena: look") == 1
    assert group["Abby"].got("and now?") == 1
    assert Problem.objects.filter(what__contains="the file cannot be had (404)").count() == 1


def test_without_conversations_the_words_go_out_without_it(harness: ChatHarness, settings: Any) -> None:
    settings.CONVERSATIONS_SHARE = 0
    group = harness.settled_group("Abby", "Lena", "Friend", sms=("Friend",))
    harness.faults(media_auth=True)
    group["Lena"].write("look", media=[CAT])
    [text] = client().messages.list(from_=group["Lena"].address, limit=1)
    text.delete()
    harness.settle()

    assert group["Abby"].got("Lena: look") == 1
    assert Problem.objects.filter(what__contains="A picture or file did not reach").exists()


def test_a_picture_sent_during_a_move_reaches_those_not_yet_in(
    harness: ChatHarness, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CONVERSATIONS_SHARE = 0
    group = harness.settled_group("Abby", "Lena", "Friend", sms=("Friend",))
    real = api.add_participant

    def add_and_write(sid: str, *, address: str, sender: str) -> str:
        added = real(sid, address=address, sender=sender)
        if address == group["Abby"].address:
            group["Abby"].write("meanwhile", media=[CAT])
        return added

    monkeypatch.setattr(api, "add_participant", add_and_write)
    transport_moves.begin(group.session, Session.Transport.CONVERSATIONS)
    harness.settle()

    assert [files_of(group[name]) for name in ("Abby", "Lena", "Friend")] == [[], [PIXEL], [PIXEL]]


def test_several_pictures_go_out_one_per_message(harness: ChatHarness, settings: Any) -> None:
    settings.CONVERSATIONS_SHARE = 0
    group = harness.settled_group("Abby", "Lena", "Friend", sms=("Friend",))
    group["Friend"].write("both of them", media=[CAT, DOG])
    harness.settle()

    shown = [(line["body"], len(line["media"])) for line in group["Abby"].thread() if line["media"]]
    assert shown == [("Friend: both of them", 1), ("Friend: 📷", 1)]


def test_protected_files_reach_the_others(harness: ChatHarness, settings: Any) -> None:
    settings.CONVERSATIONS_SHARE = 0
    group = harness.settled_group("Abby", "Lena", "Friend", sms=("Friend",))
    harness.faults(media_auth=True)
    group["Friend"].write("the cat", media=[CAT])
    harness.settle()

    assert [files_of(group[name]) for name in ("Abby", "Lena", "Friend")] == [[PIXEL], [PIXEL], []]


def test_text_that_twilio_drops_beside_a_picture_follows_with_its_author(
    harness: ChatHarness, group: Group, settings: Any
) -> None:
    settings.TWILIO_DROPS_CAPTIONS = True
    harness.faults(captions=False)
    group["Lena"].write("my cat", media=[CAT])
    group["Friend"].write("", media=[DOG])
    harness.settle()

    assert [group[name].got("Lena: my cat") for name in ("Abby", "Lena", "Friend")] == [1, 0, 1]
    assert group["Abby"].got("Friend: 📷") == 1
    assert files_of(group["Abby"]) == [PIXEL, b"\x89PNG of a dog"]


def test_our_credentials_go_only_to_twilio(settings: Any) -> None:
    settings.TWILIO_BASE_URL = ""

    for address in (
        "https://twilio.com.evil.example/cat.png",
        "http://api.twilio.com/cat.png",
        "file:///etc/passwd",
        "https://evil.example\\@api.twilio.com/cat.png",
        "https://evil.example\t@api.twilio.com/cat.png",
        "https://somebody:else@api.twilio.com/cat.png",
        "https://[",
    ):
        with pytest.raises(TwilioRefused, match=r"not one of Twilio's|cannot be read"):
            media.fetch(address)


def test_a_file_too_big_for_whatsapp_is_not_downloaded_completely(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr(media, "MOST_BYTES", 5)
    close_in_the_console(group, settings)
    harness.settle()
    group["Lena"].write("look", media=[CAT])
    harness.settle()

    assert files_of(group["Abby"]) == []
    assert Message.objects.filter(kind="relay", state="refused", error__contains="over 16 MB").count() == 1
