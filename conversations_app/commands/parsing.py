"""Commands: words that a person writes to us rather than to the group. A command is a whole message."""

import re
from dataclasses import dataclass

from matchmaker.addresses import Channel
from sessions_app.codes import CODE
from sessions_app.models import Invite

# Nothing but a "please" may follow the code: anything longer is talk among friends.
_JOIN = re.compile(r"^join\W+(?P<code>[A-Za-z0-9]{5,6})(?:\W+(?:please|pls))?$", re.IGNORECASE)
# The Twilio sandbox keeps `join` for itself, hence `hi`; it counts only when such a group exists.
_HI = re.compile(r"^hi\W+(?P<code>[A-Za-z0-9]{5,6})$", re.IGNORECASE)
_SWITCH = re.compile(r"^switch(?:\W+to)?\W+(?P<code>[A-Za-z0-9]{5,6})$", re.IGNORECASE)
_NAME = re.compile(r"^(?:my )?name(?: is)?\s+(?P<name>\S+(?: \S+){0,2})$", re.IGNORECASE)
_WORDS = {
    **dict.fromkeys(("start", "new"), "start"),
    **dict.fromkeys(("stop", "stopall", "stop all", "unsubscribe", "revoke", "optout", "opt out"), "stop"),
    "unstop": "unstop",
    **dict.fromkeys(("my data", "mydata"), "my data"),
    **dict.fromkeys(("forget me", "forgetme"), "forget me"),
    "invite": "invite",
    **{word: word for word in ("restart", "help", "who", "leave", "quiet", "normal")},
}
# Carriers take these for STOP too; on WhatsApp they are words like any others.
_STOP_ON_SMS = {"end", "quit", "cancel"}
# The group may read these, and reads the answer to most of them.
_PUBLIC = {"restart", "help", "who", "invite", "quiet", "normal"}
# "Stop!" and "leave!" among friends are exclamations; nobody may be opted out by one.
_EXACT_ONLY = {"stop", "leave"}


@dataclass(frozen=True)
class Command:
    name: str
    code: str = ""
    wanted_name: str = ""

    @property
    def is_private(self) -> bool:
        """The others in the group must not read it."""
        return self.name not in _PUBLIC


def command_in(
    text: str, *, channel: Channel = Channel.WHATSAPP, is_nameless: bool = False, in_thread: bool = False
) -> Command | None:
    """The command in a text, in any case, with any spaces, and with a full stop or exclamation mark at the end.

    `in_thread`: written among friends, where "join later" is talk: a code is one by its digit or its capitals.
    `is_nameless`: we made this person's name up, so `name Lena` is theirs to say; for others it is plain talk.
    `hi CODE` is one only if there is such a code: `is_real_command` knows.
    """
    written = re.sub(r"\s+", " ", text).strip()
    words = written.strip("\"'“”*_.!,").strip()
    name = _word(words, channel)
    if name and not (name in _EXACT_ONLY and "!" in written):
        return Command(name)
    for pattern, kind in ((_JOIN, "join"), (_HI, "hi"), (_SWITCH, "switch")):
        match = pattern.match(words)
        if match and CODE.match(match["code"].upper()) and not (in_thread and _is_a_word(match["code"])):
            return Command(kind, match["code"].upper())
    chosen = _NAME.match(words) if is_nameless else None
    return Command("name", wanted_name=chosen["name"]) if chosen else None


def _word(words: str, channel: Channel) -> str:
    word = words.casefold()
    return "stop" if channel is Channel.SMS and word in _STOP_ON_SMS else _WORDS.get(word, "")


def _is_a_word(code: str) -> bool:
    return code.isalpha() and not code.isupper()


def is_real_command(command: Command) -> bool:
    """`hi CODE` is a command only if such an invite exists, which takes a query; all others are as they stand."""
    return command.name != "hi" or Invite.objects.filter(code=command.code).exists()
