"""Commands: words that a person writes to us rather than to the group. A command is a whole message."""

import re
import unicodedata
from dataclasses import dataclass

from conversations_app.commands import words
from conversations_app.folding import folded, spelled_words
from matchmaker.addresses import Channel
from sessions_app.codes import CODE
from sessions_app.models import Invite

# A command is short. The longest that we look into is an invite, forwarded with a line or two around it.
LONGEST = 600
# More would be guessing.
MOST_CODES = 3
# The group may read these, and reads the answer to most of them.
_PUBLIC = {"restart", "help", "who", "invite", "quiet", "normal", "introduction"}
# Ordinary words: under a question they may be its answer.
_ALSO_ANSWERS = {"start", "leave", "quiet", "normal", "who", "invite", "settings"}
_LAUGHTER = re.compile("[😀-😆😉😋😛-😝🤣🤪😹😭💀🙈🙃]")
# What `wording.invite` ends with, however it was forwarded.
_INVITE = re.compile(
    r"\b(?:join|hi) (?P<code>[a-z0-9]{5,6}) (?:to|an?) \S+ (?:or tap|o toca|oder tippe auf) \S+/join/(?P=code)\b",
    re.IGNORECASE | re.ASCII,
)
_CODE_IN_CONTEXT = re.compile(r"(?:\bjoin|\bcode(?: is)?|/join/)\W{0,3}(?P<code>[a-z0-9]{5,6})\b", re.I | re.ASCII)
_NAME = re.compile(
    r"^(?:my |mein |mi )?(?:name|nombre)(?: is|'s| ist| es)?(?: ?[:=–-])? (?P<name>\S+(?: \S+){0,2})$", re.IGNORECASE
)
_GREETED = r"^(?:(?:hi|hey|hello|hola|hallo|hiya)\b\W*(?:(?:all|everyone|everybody|guys|a todos|zusammen)\b\W*)?)?"
_CALLED = re.compile(
    _GREETED
    + r"(?:i am|i'?m|it'?s|this is|my name is|my name'?s|name'?s|call me|soy|me llamo|ich bin|ich hei(?:ß|ss)e|"
    r"je suis|je m'appelle|sono|mi chiamo|sou) (?P<name>\S+(?: \S+)?)$",
    re.IGNORECASE,
)
_HERE = re.compile(_GREETED + r"(?P<name>[^\s,]+(?: [^\s,]+)?),? here$", re.IGNORECASE)


@dataclass(frozen=True)
class Command:
    """`is_tentative`: one only if there is a group with such a code; `is_real_command` knows. With `other_codes`, one
    of them all has to be.
    `may_be_an_answer`: its words are ordinary ones, so the lines before it decide; see `answers`."""

    name: str
    code: str = ""
    wanted_name: str = ""
    is_tentative: bool = False
    may_be_an_answer: bool = False
    other_codes: tuple[str, ...] = ()

    @property
    def is_private(self) -> bool:
        """The others in the group must not read it."""
        return self.name not in _PUBLIC

    @property
    def codes(self) -> tuple[str, ...]:
        return (self.code, *self.other_codes)


def command_in(
    text: str, *, channel: Channel = Channel.WHATSAPP, is_nameless: bool = False, in_thread: bool = False
) -> Command | None:
    """The command in a text, however it is spelled, spaced and decorated, with or without a "please".

    `in_thread`: written among friends, where "join later" is talk: a code is one by its digit or its capitals.
    `is_nameless`: we made this person's name up, so `name Lena` is theirs to say; for others it is plain talk.
    """
    if len(text) > LONGEST:
        return None
    return (
        _word(text, channel, in_thread=in_thread)
        or _with_code(text, in_thread=in_thread)
        or (_name(text) if is_nameless else None)
    )


def is_real_command(command: Command) -> bool:
    """Whether such a code exists, which takes a query, where that decides; all others are as they stand."""
    return not command.is_tentative or Invite.objects.filter(code__in=command.codes).count() == 1


def says_yes_to_messages(text: str) -> bool:
    """YES alone, by which carriers undo a STOP."""
    return words.without_courtesy(folded(text), is_stranger=True) in words.YES


# --- words ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Said:
    """`plain` keeps punctuation and capitals, `words` are folded, and `core` is without courtesy."""

    plain: str
    words: str
    core: str
    channel: Channel
    in_thread: bool

    @property
    def is_a_question(self) -> bool:
        return "?" in self.plain

    @property
    def is_laughed(self) -> bool:
        return _LAUGHTER.search(self.plain) is not None

    @property
    def is_exclaimed(self) -> bool:
        """Among friends a "stop!" is no wish to go; in capitals it is what our own lines tell them to send."""
        return self.is_laughed or (any(mark in self.plain for mark in "!❗") and not self.plain.isupper())

    @property
    def is_shouted(self) -> bool:
        return self.core.upper() in " ".join(spelled_words(self.plain))


def _word(text: str, channel: Channel, *, in_thread: bool) -> Command | None:
    written = folded(text)
    core = words.without_courtesy(written, is_stranger=not in_thread)
    said = _Said(unicodedata.normalize("NFKC", text), written, core, channel, in_thread)
    if core in words.STOP or words.asks_to_stop(core, is_stranger=not in_thread):
        return _stop(said)
    if said.is_a_question and core != "help":
        return None
    return _stop_of_carriers(said) or _other_word(said)


def _stop(said: _Said) -> Command | None:
    is_a_word = said.core in words.STOP
    if said.is_a_question and (said.in_thread or is_a_word):
        return None
    if said.in_thread and (said.is_exclaimed if said.core in words.STOP_EXCLAIMED else said.is_laughed):
        return None
    return Command("stop", may_be_an_answer=said.words not in words.STOP)


def _stop_of_carriers(said: _Said) -> Command | None:
    """Ordinary words, which are STOP to carriers."""
    if said.core in words.STOP_ON_SMS and said.channel is Channel.SMS:
        # Nothing around them: only then carriers hear it, and to friends "please cancel" is about something else.
        return Command("stop") if said.core == said.words or not said.in_thread else None
    if said.core in words.STOP_IN_CAPITALS and (said.is_shouted or not said.in_thread):
        return Command("stop", may_be_an_answer=True)
    return None


def _other_word(said: _Said) -> Command | None:
    name = words.COMMANDS.get(said.core, "")
    if said.in_thread and name == "leave" and said.is_exclaimed:
        return None
    if said.in_thread and said.core == "new" and not said.is_shouted:
        return None
    return Command(name, may_be_an_answer=name in _ALSO_ANSWERS) if name else None


# --- codes ------------------------------------------------------------------------------------------------------------


def _with_code(text: str, *, in_thread: bool) -> Command | None:
    spelled = spelled_words(text)
    invited = _INVITE.search(unicodedata.normalize("NFKC", text))
    if invited:
        return _tentative(invited["code"])
    return (
        _after_a_verb(spelled, in_thread=in_thread)
        or _alone(spelled, in_thread=in_thread)
        or (None if in_thread else _only_code_in(text, spelled))
    )


def _after_a_verb(spelled: list[str], *, in_thread: bool) -> Command | None:
    """`join`, `hi` or `switch` with one code, and nothing but small words around them."""
    said = [word for word in spelled if word.casefold() not in words.AROUND_A_CODE]
    if not said:
        return None
    verb, rest = said[0].casefold(), said[1:]
    if verb in {"join", "switch"}:
        return _with_verb(verb, rest, in_thread=in_thread)
    if verb in words.NEARLY_JOIN:
        code = _code(rest)
    elif verb.startswith("join"):
        code = _code([said[0].casefold().removeprefix("join"), *rest])
    else:
        is_greeted = spelled[0].casefold() in words.GREETINGS and len(spelled) == 2
        code = _code(said) if is_greeted else ""
    return _tentative(code) if code and (_mixed(code) or spelled[-1].isupper()) else None


def _with_verb(verb: str, pieces: list[str], *, in_thread: bool) -> Command | None:
    code = _code(pieces)
    if not code or (in_thread and _is_a_word("".join(pieces))):
        return None
    # "join at 7pm" reads like a code in two pieces.
    is_in_pieces = len(pieces) > 1
    if is_in_pieces and not _mixed(code):
        return None
    return Command(verb, code, is_tentative=is_in_pieces and in_thread)


def _alone(spelled: list[str], *, in_thread: bool) -> Command | None:
    """Words alone are talk: a code without a verb is one by its digits among letters."""
    pieces = spelled if in_thread else [word for word in spelled if word.casefold() not in words.AROUND_A_CODE]
    code = _code(pieces)
    return _tentative(code) if _mixed(code) and (len(pieces) == 1 or not in_thread) else None


def _only_code_in(text: str, spelled: list[str]) -> Command | None:
    """The one code in whatever a stranger wrote or forwarded. A few words may look like one."""
    marked = [found["code"] for found in _CODE_IN_CONTEXT.finditer(unicodedata.normalize("NFKC", text))]
    codes = _mixed_ones(marked) or _mixed_ones(spelled)
    return _tentative(*codes) if 1 <= len(codes) <= MOST_CODES else None


def _mixed_ones(found: list[str]) -> list[str]:
    codes = [_code([word]) for word in found]
    return list(dict.fromkeys(code for code in codes if _mixed(code)))


def _code(pieces: list[str]) -> str:
    """The code that these make, or nothing."""
    together = "".join(pieces).upper()
    return together if CODE.match(together) else ""


def _mixed(code: str) -> bool:
    return code.isascii() and code.isalnum() and not code.isalpha() and not code.isdigit()


def _is_a_word(code: str) -> bool:
    return code.isalpha() and not code.isupper()


def _tentative(code: str, *others: str) -> Command:
    return Command("join", code.upper(), is_tentative=True, other_codes=others)


# --- names ------------------------------------------------------------------------------------------------------------


def _name(text: str) -> Command | None:
    """`name Lena`, as our line asks for it."""
    written = _as_written(text)
    chosen = _NAME.match(written)
    if not chosen or "?" in written:
        return None
    name = chosen["name"]
    first, *others = spelled_words(name) or [""]
    if first.casefold() in words.NOT_A_NAME or (others and others[-1].islower()):
        return None  # "name one thing", "name better bands"
    return Command("name", wanted_name=name)


def introduction_in(text: str) -> Command | None:
    """A name that somebody gives as people do: "I'm Lena", "Lena here", or "Lena". Only where we asked for it."""
    written = _as_written(text)
    found = _CALLED.match(written) or _HERE.match(written)
    name = found["name"] if found else written
    # An emoji may stand beside it.
    parts = [part for part in name.split(" ") if folded(part)]
    looks_like_one = 1 <= len(parts) <= 2 and all(_is_capitalised(part) for part in parts)
    if not looks_like_one or any(folded(part) in words.OPENERS for part in parts):
        return None
    return Command("introduction", wanted_name=name)


def _is_capitalised(word: str) -> bool:
    """Or of a script without capitals."""
    letters = word.replace("-", "").replace("'", "")
    return letters.isalpha() and not letters[0].islower()


def _as_written(text: str) -> str:
    visible = "".join(char for char in unicodedata.normalize("NFC", text) if unicodedata.category(char) != "Cf")
    return re.sub(r"\s+", " ", visible.replace("’", "'")).strip("\"'“”*_.!,… ")
