"""The keywords that Twilio itself handles on SMS: one of them alone opts a phone out or in."""

from typing import Literal

Keyword = Literal["STOP", "START", "HELP"]

_WORDS: dict[str, Keyword] = {
    **dict.fromkeys(("stop", "stopall", "unsubscribe", "end", "quit", "cancel", "revoke", "optout"), "STOP"),
    **dict.fromkeys(("start", "unstop"), "START"),
    **dict.fromkeys(("help", "info"), "HELP"),
}

ANSWERS: dict[Keyword, str] = {
    "STOP": (
        "You have successfully been unsubscribed. You will not receive any more messages from this number. "
        "Reply START to resubscribe."
    ),
    "START": (
        "You have successfully been re-subscribed to messages from this number. Reply HELP for help. "
        "Reply STOP to unsubscribe. Msg&Data Rates May Apply."
    ),
    "HELP": "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
}


def keyword_of(body: str, *, yes_opts_in: bool = False) -> Keyword | None:
    """`yes_opts_in`: whether this phone has opted out, so that YES brings it back; to others it is an answer."""
    word = body.strip().lower()
    return "START" if yes_opts_in and word == "yes" else _WORDS.get(word)
