"""What we write ourselves, apart from the model. Short, friendly, and clear about who is an AI."""

from datetime import timedelta

from django.conf import settings

from conversations_app.models import Sender
from conversations_app.outbox import links
from matchmaker.addresses import Channel
from matchmaker.in_words import question_in
from sessions_app.names import is_made_up


def welcome(name: str) -> str:
    return (
        f"Welcome, {name}! I'm {settings.MATCHMAKER_NAME}, an AI. Bring a few friends, talk as you always do, and I "
        "turn what you tell into a dating profile. I say who said what, and nothing is kept about anybody before "
        "that person says yes. To begin: who is the profile about?"
    )


def invite(code: str, sender: Sender) -> str:
    """A message of its own, so that it can be forwarded as it is."""
    words, number = links.join_text(code, sender), links.number_of(sender)
    return f"Come and help with a dating profile! Send {words} to {number} or tap {links.invite_page_url(code)}"


def _to_our(sender: Sender, text: str) -> str:
    """Where to send the text; phones make a number in an SMS a link by themselves."""
    number = links.number_of(sender)
    return f"{number} or tap {links.tap_link(sender, text)}" if sender.channel is Channel.WHATSAPP else number


def joined(name: str) -> str:
    return f"{name} joined the group."


def left(name: str) -> str:
    return f"{name} has left the group."


def was_removed(name: str) -> str:
    return f"{name} is no longer in the group."


def has_stopped(name: str) -> str:
    return f"{name} gets no more messages for now, and can come back at any time."


def is_back(name: str) -> str:
    return f"{name} is back."


NOTICE_VERSION = "2026-11"


def notice(name: str, code: str) -> str:
    """What each newcomer is told alone. A change of its meaning needs another NOTICE_VERSION."""
    hello = "Hi" if is_made_up(name) else f"Hi {name}"
    return (
        f"{hello}, you are in the group {code}. I'm {settings.MATCHMAKER_NAME}, an AI and not a person: friends talk "
        "here, and I turn it into a dating profile of one of them. Everybody in the group reads what you write, and so "
        "do I and our staff. Send leave to go, stop to get nothing from us any more, help for more."
    )


def so_far(*, people: list[str], primary: str, fields: list[str], stage: str, question: str) -> str:
    """Three lines for somebody who comes late."""
    about = f" The profile is about {primary}." if primary else " Who the profile is about is still open."
    known = ", ".join(field.replace("_", " ") for field in fields)
    asked = f"Asked just now: {question_in(question)}" if question else f"We are at: {stage.replace('_', ' ')}."
    return "\n".join(
        (
            f"Here so far: {_listed(people)}.{about}",
            f"Known already: {known}." if known else "Nothing is kept in the profile yet.",
            asked,
        )
    )


def _listed(names: list[str]) -> str:
    if not names:
        return "nobody"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def who(names: list[str], *, primary: str) -> str:
    about = f" The profile is about {primary}." if primary else ""
    return f"In this group: {_listed(names)}, and me, {settings.MATCHMAKER_NAME}, an AI.{about}"


def help_in_a_group(code: str, *, join: str) -> str:
    return (
        f"This is your group {code}. I'm {settings.MATCHMAKER_NAME}, an AI; what you write here reaches everybody in it. "
        "Words for me alone, each in a message of its own: who (is here), quiet (I hold back for an hour), normal, "
        "restart (begin the profile anew), invite (the link for one more friend), leave (this group), stop (nothing from us any more). "
        f"Friends join with: {join}"
    )


def help_for_a_stranger() -> str:
    return (
        f"I'm {settings.MATCHMAKER_NAME}, an AI that makes dating profiles with you and your friends. Send start to begin "
        "a group, or join and the code that a friend gave you. Send stop to get nothing from us any more."
    )


def quiet() -> str:
    return "I'll hold back for an hour. Send normal to have me as before."


def normal() -> str:
    return "I'm back to normal."


def confirm_restart(name: str) -> str:
    return (
        f"Begin anew? Then nothing that was said so far counts for the profile; the group and its code stay. {name}, "
        "send yes to do it."
    )


def restart_not_allowed() -> str:
    return "Only the person whom the profile is about, or who began the group, can begin anew."


def from_the_beginning() -> str:
    return "All right, from the beginning: who is the profile about?"


def you_left(code: str) -> str:
    return f"You are out of the group {code}. To come back, send join {code}."


def opted_in() -> str:
    return "Welcome back. Send start to begin a group, or join and the code that a friend gave you."


WE_HAVE_MOVED = "We have moved to a new system."


def moved_in(left_behind: list[str], *, link: str) -> str:
    """`left_behind`: whom we may not write to first, and the link by which they come back."""
    absent = ""
    if left_behind and link:
        absent = f"I cannot write to {_listed(left_behind)} first; they are back with one text to me: {link}\n"
    return (
        f"{WE_HAVE_MOVED} Your group is here with everybody and all that was said; just keep writing.\n"
        f"{absent}What was already in the profile waits for a yes of the person whom it is about. Who is that?"
    )


def known_from_before(field: str, value: object) -> str:
    label, unit = field.replace("_", " "), ""
    if field.endswith("_cm"):
        label, unit = label.removesuffix(" cm"), " cm"
    return f"One thing I have from before, and it needs your yes. {label.capitalize()}: {value}{unit}. Is that right?"


def here_again() -> str:
    return "Hi, here I am again"


def has_moved() -> str:
    return "We changed the line over which this group's messages go. Nothing else changes: just keep writing here."


def good_night() -> str:
    return (
        "It has been quiet here for two weeks, so I close this chat for now. Everything is kept: whoever writes here "
        "again opens it for all of you."
    )


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


def number_is_hidden(code: str) -> str:
    return (
        f"The group {code} cannot take in phones that hide their number on WhatsApp. Please show your number in this chat "
        f"and send join {code} again, or join by SMS."
    )


def staff_will_see_to_it() -> str:
    return "Our staff have been told, and will answer you here within a month at the latest."


def too_many_codes() -> str:
    return "That was one wrong code too many. Please ask your friend for the right one, and try again in an hour."


def invite_not_valid(code: str) -> str:
    return f"The invite {code} is no longer valid. Please ask a friend in the group to send invite, which gives them a new one."


def group_closed(code: str) -> str:
    return f"The group {code} has ended, so nobody can join it any more. Send start to begin a new one."


def group_full(code: str) -> str:
    return f"The group {code} is full: fifty phones are the most. Ask your friends whether somebody can make room."


def already_in(code: str) -> str:
    return f"You are in the group {code} already. Just write, everyone there can read you."


def elsewhere(code: str, other: str) -> str:
    """The person's thread with this number carries another group, and no other number of ours is free for them."""
    return (
        f"This chat is your group {code}, and one number can carry one group at a time. To leave {code} and join {other} "
        f"instead, send: switch {other}"
    )


def join_elsewhere(code: str, other: str, onto: Sender) -> str:
    words = links.join_text(other, onto)
    return (
        f"This chat is your group {code}. To be in {other} as well, send {words} to our other number, "
        f"{_to_our(onto, words)}. Both groups then go on side by side."
    )


def start_elsewhere(code: str, onto: Sender) -> str:
    return (
        f"This chat is your group {code}. To begin another one, send start to our other number, "
        f"{_to_our(onto, 'start')}."
    )


def no_room_at_twilio(code: str) -> str:
    return (
        f"You could not be added to the group {code}: your phone is in another group on this number. "
        "You can join from another phone or channel."
    )


def join_by_number(code: str, onto: Sender) -> str:
    words = links.join_text(code, onto)
    return (
        f"This chat is taken by another group of yours, so {code} needs our other number: send {words} to "
        f"{_to_our(onto, words)}."
    )


def could_not_join(code: str) -> str:
    return f"You could not be added to the group {code} just now. Our staff know and will look into it."


def unnamed_above() -> str:
    """Its author's name stands in front of it."""
    return "(The long message above.)"


def while_you_were_away() -> str:
    return "While you were away:"


def earlier_left_out(count: int) -> str:
    return "(1 earlier message is left out.)" if count == 1 else f"({count} earlier messages are left out.)"


def window_closing(name: str, question: str, left: timedelta) -> str:
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
