"""Our own lines: the same in each language, and said in the reader's."""

import inspect
import re
from collections.abc import Callable
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest

from conversations_app.commands import parsing
from conversations_app.erasing import lines
from conversations_app.models import Delivery, Message, Sender
from conversations_app.outbox import outgoing, wording
from conversations_app.outbox.languages import Words, words
from conversations_app.tests.factories import abby_in_a_group
from matchmaker import clock
from matchmaker.ai.reading.languages import language_of
from sessions_app import actions

ARGUMENTS: dict[Any, Callable[[str], Any]] = {
    str: "<{}>".format,
    list[str]: lambda name: [f"<{name} 1>", f"<{name} 2>", f"<{name} 3>"],
    Words: lambda name: words(f"<{name}>", f"<{name}>", f"<{name}>"),
    int: lambda name: 7,
    timedelta: lambda name: timedelta(hours=7),
    Sender: lambda name: Sender(address="whatsapp:+15005550006"),
}


def lines_in(module: ModuleType) -> list[Callable[..., Words]]:
    functions = [function for _, function in inspect.getmembers(module, inspect.isfunction)]
    return [
        function
        for function in functions
        if inspect.signature(function).return_annotation is Words and function is not words
    ]


LINES = [*lines_in(wording), *lines_in(lines)]


def said(line: Callable[..., Words]) -> Words:
    parameters = inspect.signature(line).parameters
    values = {name: ARGUMENTS[parameter.annotation](name) for name, parameter in parameters.items()}
    by_place = [values.pop(name) for name, one in parameters.items() if one.kind is one.POSITIONAL_OR_KEYWORD]
    return line(*by_place, **values)


def marks(text: str) -> set[str]:
    """What the line was given, and what people are to send or tap."""
    return set(
        re.findall(r"<[^>]+>|[+]?[0-9]+|https?://\S+|\b(?:START|STOP|HELP|LEAVE|NORMAL|INVITE|JOIN|MY PAGE)\b", text)
    )


def check_languages(line: Callable[..., Words]) -> None:
    """Each says the same, in words of its own."""
    texts = said(line)
    assert all(marks(text) == marks(texts[0]) for text in texts[1:])
    assert "{" not in "".join(texts)
    assert len(set(texts)) == 3
    found = [language_of([text], default=code) for text, code in zip(texts, Words._fields, strict=True)]
    assert found == ["en", "es", "de"]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.__name__)
def test_each_language_says_the_same_in_its_own_words(line: Callable[..., Words]) -> None:
    check_languages(line)


@pytest.mark.parametrize("text", wording.invite("ABC234", Sender(address="whatsapp:+15005550006")))
def test_an_invite_may_be_forwarded_in_any_language(text: str) -> None:
    command = parsing.command_in(f"Look what Lena sent me: {text}")

    assert command is not None
    assert command.code == "ABC234"


@pytest.mark.parametrize("text", ["name Lena", "nombre Lena", "Name Lena", "mein Name ist Lena", "mi nombre es Lena"])
def test_a_name_may_be_sent_as_our_line_says(text: str) -> None:
    command = parsing.command_in(text, is_nameless=True, in_thread=True)

    assert command is not None
    assert command.wanted_name == "Lena"


@pytest.mark.django_db
class TestTheLanguage:
    """Of the reader."""

    @pytest.mark.parametrize(
        ("phone", "written", "line"),
        [
            ("whatsapp:+34612345678", [], "Lena se ha unido al grupo."),
            ("whatsapp:+34612345678", ["I'm in, what do you want to know?"], "Lena joined the group."),
            ("+15550100001", ["vivo en Madrid con mi hermana"], "Lena se ha unido al grupo."),
            ("whatsapp:+4917012345678", ["yo", "ok"], "Lena ist jetzt in der Gruppe."),
            ("whatsapp:+33612345678", ["je suis de Paris"], "Lena joined the group."),
        ],
    )
    def test_a_group_reads_what_it_writes(self, phone: str, written: list[str], line: str) -> None:
        abby = abby_in_a_group(phone)
        for text in written:
            Message.objects.create(session=abby.session, kind="person", author=abby, body=text, at=clock.now())

        message = outgoing.queue_message(
            session=actions.lock_session(abby.session_id),
            kind=Message.Kind.ANNOUNCEMENT,
            body=wording.joined("Lena"),
            at=clock.now(),
        )

        assert message.body == line

    @pytest.mark.parametrize(
        ("phone", "just_said", "beginning"),
        [
            ("whatsapp:+4917012345678", "help", "Ich bin"),
            ("+15550100001", "hola, ¿quién eres?", "Soy"),
            ("+15550100001", "help", "I'm"),
        ],
    )
    def test_a_person_reads_their_own(self, phone: str, just_said: str, beginning: str) -> None:
        abby = abby_in_a_group(phone)
        (binding,) = abby.bindings.all()

        outgoing.queue_text(
            contact=abby.contact,
            sender=binding.sender,
            reason="help",
            body=wording.help_for_a_stranger(),
            just_said=just_said,
        )

        assert Delivery.objects.get(reason="help").body.startswith(beginning)
