"""A panic word of one's own."""

from django.conf import settings

from conversations_app.commands import parsing, words
from conversations_app.folding import folded
from conversations_app.naming import roster
from conversations_app.outbox.languages import Words
from conversations_app.outbox.languages import words as in_languages
from matchmaker.addresses import Channel
from matchmaker.ai.reading.yes_no import plain_no, plain_yes
from sessions_app.models import LockedSession, Participant

SHORTEST, LONGEST = 4, 40
# A single word that is shorter comes up by itself sooner or later.
SHORTEST_SINGLE = 8


class WordRefused(Exception):
    """Says why, in a line for whoever chose it."""

    def __init__(self, line: Words) -> None:
        super().__init__(line.en)
        self.line = line


def choose(*, session: LockedSession, person: Participant, text: str) -> None:
    """Empty: the one that everybody has. Raises WordRefused."""
    word = " ".join(text.split())
    if word:
        _check(session, word)
    is_default = folded(word) == folded(settings.PANIC_WORD)
    Participant.objects.filter(pk=person.pk).update(panic_word="" if is_default else word)
    person.panic_word = "" if is_default else word
    # The pre-event hook, which keeps it from the others, knows it from its cache.
    for conversation in session.conversations.exclude(sid=None):
        roster.refresh_after_commit(conversation)


def _check(session: LockedSession, word: str) -> None:
    plain = folded(word)
    if not SHORTEST <= len(word) <= LONGEST or len(plain) < SHORTEST:
        raise WordRefused(
            in_languages(
                "Please pick something of 4 to 40 letters.",
                "Elige algo de entre 4 y 40 letras.",
                "Bitte nimm etwas mit 4 bis 40 Buchstaben.",
            )
        )
    if _means_something_else(word, plain):
        raise WordRefused(
            in_languages(
                "That already means something in the chat. Two harmless words work best, like “green kettle”.",
                "Eso ya significa algo en el chat. Van mejor dos palabras inofensivas, como «tetera verde».",
                "Das bedeutet im Chat schon etwas. Am besten sind zwei harmlose Wörter, zum Beispiel „grüner Kessel“.",
            )
        )
    if _comes_up(session, plain):
        raise WordRefused(
            in_languages(
                "That could come up by chance. Two harmless words that nobody would write by themselves work best, like “green kettle”.",
                "Eso podría salir por casualidad. Van mejor dos palabras inofensivas que nadie escribiría sin más, como «tetera verde».",
                "Das könnte zufällig fallen. Am besten sind zwei harmlose Wörter, die niemand einfach so schreibt, zum Beispiel „grüner Kessel“.",
            )
        )


def _means_something_else(word: str, plain: str) -> bool:
    is_command = any(
        parsing.command_in(word, channel=channel, in_thread=in_thread, is_nameless=True)
        for channel in (Channel.WHATSAPP, Channel.SMS)
        for in_thread in (True, False)
    )
    has_letters = any(char.isalpha() for char in plain)
    return is_command or not has_letters or plain_yes(word) or plain_no(word) or plain in words.OPENERS


def _comes_up(session: LockedSession, plain: str) -> bool:
    """As a message of its own, which alone counts: it has been written here before, or it is one short word."""
    if " " not in plain and len(plain) < SHORTEST_SINGLE:
        return True
    names = session.participants.values_list("name", flat=True)
    said = session.messages.exclude(author=None).values_list("body", flat=True)
    return any(folded(text) == plain for text in (*names, *said) if len(text) <= 2 * LONGEST)
