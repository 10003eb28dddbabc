"""Which panic word people may choose."""

import pytest

from conversations_app.commands.panic_words import WordRefused, choose
from conversations_app.erasing import panic
from conversations_app.models import Message
from conversations_app.tests.factories import abby_in_a_group
from matchmaker import clock
from sessions_app import actions
from sessions_app.models import Participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def abby() -> Participant:
    return abby_in_a_group()


def chosen(abby: Participant, text: str) -> str:
    choose(session=actions.lock_session(abby.session_id), person=abby, text=text)
    abby.refresh_from_db()
    return abby.panic_word


@pytest.mark.parametrize(
    "text", ["green kettle", "  Tante   Käthe kommt ", "wassermelone", "зелёный чайник", "🫖 teapots galore"]
)
def test_two_harmless_words_do(abby: Participant, text: str) -> None:
    assert chosen(abby, text) == " ".join(text.split())
    assert panic.is_said(abby, text.upper())


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "x" * 41,
        "🫖🫖🫖🫖",
        "12345678",
        "+1 555 010 0001",
        "yes please",
        "nope",
        "claro que sí",
        "stop",
        "please stop texting me",
        "forget me",
        "leave the group",
        "join ABC234",
        "my page",
        "help",
        "good",
        "hello",
        "lol ok",
        "Abby",
        "so nice here",
    ],
)
def test_what_is_said_by_chance_or_means_something_else_does_not(abby: Participant, text: str) -> None:
    Message.objects.create(session=abby.session, kind="person", author=abby, body="So nice here!", at=clock.now())
    Message.objects.create(session=abby.session, kind="person", author=abby, body="lol, ok", at=clock.now())

    with pytest.raises(WordRefused):
        chosen(abby, text)
    abby.refresh_from_db()
    assert abby.panic_word == ""


def test_without_one_it_is_the_one_that_everybody_has(abby: Participant) -> None:
    chosen(abby, "green kettle")

    assert chosen(abby, "") == ""
    assert panic.is_said(abby, "Paper umbrella")
