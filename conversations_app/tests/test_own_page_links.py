"""The link to somebody's own page: who gets it, where it stands, and when it stops working."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import serializers
from django.db import transaction

from conversations_app.membership import own_page_links
from conversations_app.models import Delivery, Message
from conversations_app.tests.chat_harness import ChatHarness, Group
from matchmaker import clock
from sessions_app.models import OwnPageLink, Participant, nonce_in


@pytest.fixture
def group(harness: ChatHarness, transport: str) -> Group:
    return harness.settled_group("Abby", "Lena")


def lena(group: Group) -> Participant:
    return group.session.participants.get(name="Lena")


def tokens_at(group: Group, name: str) -> list[str]:
    return [text.rpartition("/me/")[2] for text in group[name].arrived() if "/me/" in text]


def ask(harness: ChatHarness, group: Group, word: str = "my page") -> str:
    group["Lena"].write(word)
    harness.settle()
    return tokens_at(group, "Lena")[-1]


@pytest.mark.parametrize("word", ["my page", "My data please", "SETTINGS"])
def test_whoever_asks_gets_the_link_and_nobody_else(harness: ChatHarness, group: Group, word: str) -> None:
    token = ask(harness, group, word)

    link = OwnPageLink.objects.get(participant=lena(group))
    assert nonce_in(token, "own page") == link.nonce
    assert link.expires_at - link.created_at == timedelta(days=14)
    assert tokens_at(group, "Abby") == []


def test_settings_may_answer_a_friends_question(harness: ChatHarness, group: Group) -> None:
    group["Abby"].write("where do I turn that off?")
    harness.settle()
    group["Lena"].write("settings")
    harness.settle()

    assert group["Abby"].got("settings") == 1
    assert not OwnPageLink.objects.exists()


def test_the_text_is_a_line_and_the_link(harness: ChatHarness, group: Group) -> None:
    ask(harness, group)

    line, url = group["Lena"].arrived()[-1].split("\n")
    assert "everyone in the group" in line
    assert url.startswith(f"{harness.web_url}/me/")


def test_no_row_holds_the_token(harness: ChatHarness, group: Group) -> None:
    token = ask(harness, group)

    kept = serializers.serialize(
        "json", [*Delivery.objects.all(), *OwnPageLink.objects.all(), *Message.objects.all()]
    )
    assert token not in kept


def test_asking_again_brings_the_same_link_while_it_is_good(harness: ChatHarness, group: Group) -> None:
    token = ask(harness, group)
    assert ask(harness, group) == token

    OwnPageLink.objects.update(expires_at=clock.now() + timedelta(days=6))

    assert ask(harness, group) != token


def test_a_text_whose_answer_was_lost_is_not_sent_twice(
    harness: ChatHarness, group: Group, lose_answer: Callable[..., None]
) -> None:
    lose_answer("send_text")
    group["Lena"].write("my page")
    harness.until_made_due(lambda: Delivery.objects.filter(reason="own page", state="sent").exists())

    assert len(tokens_at(group, "Lena")) == 1
    assert Delivery.objects.get(reason="own page").attempts > 1


def test_a_link_that_was_revoked_meanwhile_is_not_sent(harness: ChatHarness, group: Group) -> None:
    with transaction.atomic():
        own_page_links.send_link(lena(group), reason="own page", at=clock.now())
    own_page_links.revoke(lena(group), clock.now())
    harness.settle()

    assert tokens_at(group, "Lena") == []
    assert Delivery.objects.get(reason="own page").state == Delivery.State.REFUSED


def test_leaving_revokes_it(harness: ChatHarness, group: Group) -> None:
    ask(harness, group)

    group["Lena"].write("leave")
    harness.settle()

    assert not OwnPageLink.objects.usable(clock.now()).exists()


def test_nothing_is_sent_to_whom_we_cannot_write(harness: ChatHarness, group: Group) -> None:
    group["Lena"].write("STOP")
    harness.settle()

    assert not own_page_links.send_link(lena(group), reason="own page", at=clock.now())
    assert not Delivery.objects.filter(reason="own page").exists()


def test_steps_that_follow_each_other_bring_one_text(harness: ChatHarness, group: Group) -> None:
    for _ in range(2):
        with transaction.atomic():
            assert own_page_links.send_link_unless_just_sent(lena(group), reason="own page", at=clock.now())
    harness.settle()
    assert sum("/me/" in text for text in group["Lena"].arrived()) == 1
