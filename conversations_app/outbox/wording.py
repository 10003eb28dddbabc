"""What we write ourselves, apart from the model. Short, friendly, and clear about who is an AI."""

from datetime import timedelta

from django.conf import settings

from conversations_app.models import Sender
from conversations_app.outbox import links
from matchmaker.addresses import Channel
from matchmaker.in_words import question_in
from sessions_app.names import is_made_up

_WELCOME = {
    "en": "Welcome, {name}! I'm {matchmaker}, an AI. Bring a few friends, chat the way you always do, and I'll turn it into "
    "a dating profile. I credit who said what, and I keep nothing about anyone until they say yes. First things first: who "
    "is the profile about?",
    "es": "¡Hola, {name}! Soy {matchmaker}, una IA. Trae a unos amigos, a charlar como siempre, y de ahí saco un perfil de "
    "citas. Digo de quién es cada cosa, y no guardo nada de nadie hasta que diga que sí. Lo primero: ¿de quién es el perfil?",
    "de": "Hallo {name}! Ich bin {matchmaker}, eine KI. Hol ein paar Freunde dazu, schreibt wie immer, und ich mache ein "
    "Datingprofil daraus. Ich sage dazu, von wem was kommt, und behalte von niemandem etwas ohne ein Ja. Zuerst: Um wen geht "
    "es in dem Profil?",
}


def welcome(name: str, language: str) -> str:
    return _WELCOME[language].format(name=name, matchmaker=settings.MATCHMAKER_NAME)


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
    return f"{name} left the group."


def was_removed(name: str) -> str:
    return f"{name} is no longer in the group."


def had_a_word(name: str) -> str:
    """What the group reads in place of a command that is for us alone: that something was said, and not what."""
    return f"({name} had a quick word with {settings.MATCHMAKER_NAME})"


# STOP is between that person and us: the group is told that they are away, not why.
def has_stopped(name: str) -> str:
    return f"{name} is taking a break from this chat, and can come back anytime."


def is_back(name: str) -> str:
    return f"{name} is back."


# Moves with the meaning of `notice`, not with its wording.
NOTICE_VERSION = "2026-11"


# The EU's AI Act (Article 50) and the GDPR (Article 13) want people told at once that this is a machine, and who reads.
_NOTICE = {
    "en": "Hi{name}, you're in group {code}. I'm {matchmaker}, an AI, not a person: friends chat here, and I turn it into a "
    "dating profile for one of them. Everyone in the group can read what you write, and so can I and our staff. Send LEAVE to "
    "leave, STOP to opt out, HELP for more.",
    "es": "Hola{name}, estás en el grupo {code}. Soy {matchmaker}, una IA, no una persona: aquí charlan amigos, y de ahí saco "
    "un perfil de citas para uno de ellos. Lo que escribes lo leen todos los del grupo, y también yo y nuestro equipo. Manda "
    "LEAVE para salir, STOP para darte de baja, HELP para más.",
    "de": "Hallo{name}, du bist in der Gruppe {code}. Ich bin {matchmaker}, eine KI, kein Mensch: Hier schreiben Freunde, und "
    "ich mache daraus ein Datingprofil für einen von ihnen. Was du schreibst, lesen alle in der Gruppe, ich und unser Team. "
    "Schick LEAVE zum Verlassen, STOP zum Abmelden, HELP für mehr.",
}


def notice(name: str, code: str, language: str) -> str:
    """What each newcomer is told alone, in each language the same. Consent records name its version, so a change of
    meaning needs a new NOTICE_VERSION."""
    called = "" if is_made_up(name) else f" {name}"
    return _NOTICE[language].format(name=called, code=code, matchmaker=settings.MATCHMAKER_NAME)


def so_far(*, people: list[str], primary: str, fields: list[str], stage: str, question: str) -> str:
    """Three lines for somebody who comes late."""
    about = f" The profile is about {primary}." if primary else " We don't know yet who the profile is about."
    known = ", ".join(field.removesuffix("_cm").replace("_", " ") for field in fields)
    asked = f"Just asked: {question_in(question)}" if question else f"Up now: {stage.replace('_', ' ')}."
    return "\n".join(
        (
            f"Who's here: {listed(people)}.{about}",
            f"In the profile: {known}." if known else "Nothing is in the profile yet.",
            asked,
        )
    )


def listed(names: list[str]) -> str:
    if not names:
        return "nobody"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def who(names: list[str], *, primary: str) -> str:
    about = f" The profile is about {primary}." if primary else ""
    return f"In this group: {listed(names)}, plus me, {settings.MATCHMAKER_NAME}, an AI.{about}"


def help_in_a_group(code: str, *, join: str) -> str:
    return (
        f"This is your group {code}. I'm {settings.MATCHMAKER_NAME}, an AI. Everyone here reads what you write. "
        "Commands, each in a message of its own: WHO (see who's here), QUIET (I'll hold back for an hour), NORMAL (I'm "
        "back), INVITE (get a link for a friend), MY PAGE (what I keep about you, and more that is yours alone), RESTART (start the profile over), LEAVE (leave this group), STOP (opt "
        "out). "
        f"Friends join with: {join}"
    )


def help_for_a_stranger() -> str:
    return (
        f"I'm {settings.MATCHMAKER_NAME}, an AI that makes dating profiles with you and your friends. Send START to "
        "begin a group, or JOIN and the code a friend gave you. Send STOP to opt out."
    )


def quiet() -> str:
    return "OK, I'll hold back for an hour. Send NORMAL if you want me back sooner."


def normal() -> str:
    return "I'm back to normal."


def confirm_restart(name: str) -> str:
    return (
        f"Start over? Everything said so far will be dropped from the profile; the group and its code stay. {name}, "
        "send YES to start over."
    )


def restart_not_allowed() -> str:
    return "Only the person the profile is about, or whoever started the group, can start over."


def from_the_beginning() -> str:
    return "OK, let's start over: who is the profile about?"


def you_left(code: str) -> str:
    return f"You've left group {code}. To come back, send join {code}."


def opted_in() -> str:
    return "Welcome back! Send START to begin a group, or JOIN and the code a friend gave you."


def known_from_before(field: str, value: object) -> str:
    label, unit = field.replace("_", " "), ""
    if field.endswith("_cm"):
        label, unit = label.removesuffix(" cm"), " cm"
    return f"I have this from before and need your OK. {label.capitalize()}: {value}{unit}. Is that right?"


def here_again() -> str:
    return "Hi, I'm back"


def has_moved() -> str:
    return "We changed how this group's messages get to you. Nothing else is different: just keep writing here."


def good_night() -> str:
    return (
        "It's been quiet here for a while, so I'm closing this chat for now. Nothing is lost: as soon as one of you "
        "writes here, it opens again for everyone."
    )


def is_now_called(before: str, name: str) -> str:
    return f"{before} is now called {name}."


def what_is_your_name(name: str) -> str:
    return f"I don't know your name yet, so the group sees you as {name}. To change that, send: name Lena (or yours)."


def name_not_possible() -> str:
    return "Sorry, that name won't work here. Please pick another one."


# Answers any stranger's first text, so it says who we are before anything else.
def hint() -> str:
    return (
        f"Hi, this is {settings.MATCHMAKER_NAME}, an AI that makes dating profiles with you and your friends. "
        "Send START to begin a group, or JOIN and the code a friend gave you."
    )


def unknown_code(code: str) -> str:
    return f"There's no group with the code {code}. Please check it with the friend who invited you."


def number_is_hidden(code: str) -> str:
    return (
        f"Group {code} can't include phones that hide their number on WhatsApp. Please share your number in this chat "
        f"and send join {code} again, or join by SMS."
    )


def own_page() -> str:
    """The link is added when it is sent."""
    return (
        "Here's your own page. Only you have this link; what you type in our chat is read by everyone in the group."
    )


# A month is what the GDPR allows for an answer (Article 12(3)).
def staff_will_see_to_it() -> str:
    return "I've told our staff. They'll answer you here within a month at the latest."


# The hour is `invites.REST`.
def too_many_codes() -> str:
    return "That's one wrong code too many. Please ask your friend for the right one, and try again in an hour."


def invite_not_valid(code: str) -> str:
    return f"The invite {code} is no longer valid. Please ask a friend in the group to send INVITE for a new one."


def group_closed(code: str) -> str:
    return f"Group {code} has ended, so nobody can join it anymore. Send START to begin a new one."


def group_full(code: str) -> str:
    return f"Group {code} is full: fifty phones is the limit. Ask your friends if someone can make room."


def already_in(code: str) -> str:
    return f"You're already in group {code}. Just write: everyone there can read you."


def elsewhere(code: str, other: str) -> str:
    """The person's thread with this number carries another group, and no other number of ours is free for them."""
    return (
        f"This chat is your group {code}, and a chat can only hold one group at a time. To leave {code} and join "
        f"{other} instead, send: switch {other}"
    )


def join_elsewhere(code: str, other: str, onto: Sender) -> str:
    words = links.join_text(other, onto)
    return (
        f"This chat is your group {code}. To be in {other} too, send {words} to our other number, "
        f"{_to_our(onto, words)}. You'll have both groups side by side."
    )


def start_elsewhere(code: str, onto: Sender) -> str:
    return (
        f"This chat is your group {code}. To begin another one, send START to our other number, "
        f"{_to_our(onto, 'start')}."
    )


# Without the other group's code: by our rows it is none of ours.
def no_room_at_twilio(code: str) -> str:
    return (
        f"I couldn't add you to group {code}: your phone is already in another group on this number. "
        "You can join from another phone or channel."
    )


def join_by_number(code: str, onto: Sender) -> str:
    words = links.join_text(code, onto)
    return (
        f"This chat already holds another group of yours, so {code} needs our other number: send {words} to "
        f"{_to_our(onto, words)}."
    )


# Not the reason: it is our number or account, which they can do nothing about.
def could_not_join(code: str) -> str:
    return f"I couldn't add you to group {code} just now. Our staff know and are looking into it."


def unnamed_above() -> str:
    """Its author's name stands in front of it."""
    return "(wrote the long message above)"


def while_you_were_away() -> str:
    return "While you were away:"


def earlier_left_out(count: int) -> str:
    return "(1 earlier message not shown)" if count == 1 else f"({count} earlier messages not shown)"


# After 24 hours without a word from them, WhatsApp takes approved templates only.
def window_closing(name: str, question: str, left: timedelta) -> str:
    return (
        f"Hi {name}, I'm still waiting for your answer: “{question}” WhatsApp only lets me reply here if you write "
        f"within the next {_deadline(left)}. A quick hello is enough."
    )


def _deadline(left: timedelta) -> str:
    """Rounded down, so that nobody who keeps to it is late."""
    minutes = int(left.total_seconds() // 60)
    if minutes >= 120:
        return f"{minutes // 60} hours"
    if minutes >= 60:
        return "hour and a half" if minutes >= 90 else "hour"
    return f"{minutes} minutes" if minutes > 1 else "minute"


def how_old_to_make_sure(name: str) -> str:
    return f"{name}, just to be sure: how old are you?"


# "Put away": sealed until staff decide, see docs/decisions/under-18.md.
def too_young() -> str:
    return (
        "Thanks for telling me. Dating profiles are for adults only, so I'm stopping here. What you've told me so far is "
        "put away, and someone from our team will take a look. Take care, all of you!"
    )


def is_an_adult_after_all() -> str:
    return "Someone from our team has taken a look, and all is well: I'm back, and we can carry on."


def goes_on_gently() -> str:
    """Whatever it was about, it is not for the group to read."""
    return "I'm here again whenever you feel like going on. There's no rush."


def closed_by_staff() -> str:
    return "Our team has closed this group, so I'm saying goodbye. Take care, all of you!"


def no_restart_on_hold() -> str:
    return "I can't start over right now: someone from our team will take a look first."
