"""What we write ourselves, apart from the model. Short, friendly, and clear about who is an AI."""

from datetime import timedelta
from urllib.parse import quote

from django.conf import settings

from conversations_app.models import Sender
from matchmaker.addresses import Channel


def welcome(name: str) -> str:
    return (
        f"Welcome, {name}! I'm {settings.MATCHMAKER_NAME}, an AI. Bring a few friends, talk as you always do, and I "
        "turn what you tell into a dating profile. I say who said what, and nothing is kept about anybody before "
        "that person says yes. To begin: who is the profile about?"
    )


def invite(code: str, sender: Sender) -> str:
    """A message of its own, so that it can be forwarded as it is."""
    number = sender.address.removeprefix("whatsapp:")
    text = f"join {code}"
    line = f"Come and help with a dating profile! Send {text} to {number}"
    if sender.channel is Channel.WHATSAPP:
        return f"{line} or tap https://wa.me/{number.lstrip('+')}?text={quote(text)}"
    return f"{line}."


def joined(name: str) -> str:
    return f"{name} joined the group."


def is_now_called(before: str, name: str) -> str:
    return f"{before} is now called {name}."


def what_is_your_name(name: str) -> str:
    return (
        f"The group reads you as {name}, since your phone tells no name. To change that, send: name Lena (or yours)."
    )


def name_not_possible() -> str:
    return "That name cannot stand in front of your messages. Please choose another one."


def hint() -> str:
    return (
        f"Hi, this is {settings.MATCHMAKER_NAME}, an AI that makes dating profiles with you and your friends. "
        "Send start to begin a group, or join and the code that a friend gave you."
    )


def unknown_code(code: str) -> str:
    return f"There is no group with the code {code}. Please check it with the friend who invited you."


def group_closed(code: str) -> str:
    return f"The group {code} has ended, so nobody can join it any more. Send start to begin a new one."


def group_full(code: str) -> str:
    return f"The group {code} is full: fifty phones are the most. Ask your friends whether somebody can make room."


def already_in(code: str) -> str:
    return f"You are in the group {code} already. Just write, everyone there can read you."


def elsewhere(code: str) -> str:
    """The person's thread with this number carries another group, whose code this is."""
    return (
        f"This chat is your group {code}, and one number can carry one group at a time. "
        "You can join the other one from another phone or channel."
    )


def no_room_at_twilio(code: str) -> str:
    return (
        f"You could not be added to the group {code}: your phone is in another group on this number. "
        "You can join from another phone or channel."
    )


def could_not_join(code: str) -> str:
    return f"You could not be added to the group {code} just now. Our staff know and will look into it."


def unnamed_above(name: str) -> str:
    return f"(The long message above is from {name}.)"


def while_you_were_away() -> str:
    return "While you were away:"


def earlier_left_out(count: int) -> str:
    return "(1 earlier message is left out.)" if count == 1 else f"({count} earlier messages are left out.)"


def about_to_shut(name: str, question: str, left: timedelta) -> str:
    return (
        f"Hi {name}, your answer is still awaited: “{question}” WhatsApp lets me write to you here only if you write "
        f"within the next {_deadline(left)}. A short hello is enough."
    )


def _deadline(left: timedelta) -> str:
    """Rounded down, so that whoever keeps to it is in time."""
    minutes = int(left.total_seconds() // 60)
    if minutes >= 120:
        return f"{minutes // 60} hours"
    if minutes >= 60:
        return "hour and a half" if minutes >= 90 else "hour"
    return f"{minutes} minutes" if minutes > 1 else "minute"


def too_young() -> str:
    return (
        "Thank you for telling me. A dating profile is for adults only, so I stop here, and the profile so far is gone. "
        "Take care, all of you!"
    )
