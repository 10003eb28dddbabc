"""Ways to go, from one's own page: out of the group, out of everything, or out at once and quietly."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict

from conversations_app.commands import panic_words
from conversations_app.erasing import forget_me as forget_everything
from conversations_app.erasing import panic, withdraw_consent
from conversations_app.membership import leaving
from conversations_app.own_page.changing import changing
from conversations_app.own_page.door import Visit
from conversations_app.own_page.typed import Line
from sessions_app.actions import Place
from sessions_app.models import PageAct, Participant

SECTION = "you"


@dataclass(frozen=True)
class Question:
    """Asked before what cannot be taken back."""

    heading: str
    lines: tuple[str, ...]
    yes: str


_LEAVE = Question(
    "Leave the group?",
    (
        "The others read that you left, and this page closes. What you said stays; to have it taken out as well, choose "
        "“Forget me” instead.",
    ),
    "Leave the group",
)
_LEAVE_PRIMARY = Question(
    _LEAVE.heading,
    (*_LEAVE.lines, "Your profile goes offline: whoever opens its link finds nothing any more."),
    _LEAVE.yes,
)
_WITHDRAW = Question(
    "Take back your yes to a profile?",
    (
        "Your profile, its page and everything it was made from are gone at once, photos included. You stay in the group, "
        "which is told so in one line.",
        "This can't be undone.",
    ),
    "Take it back",
)
_FORGET = Question(
    "Forget everything about you?",
    (
        "Everything you said and sent in this group is gone on our side, photos included, and you're out of the group, "
        "which is told so in one line.",
        "What's already on other people's phones stays on them. This can't be undone.",
    ),
    "Forget me",
)
_FORGET_PRIMARY = Question(
    "Forget everything about you?",
    ("Your profile, its page and all its versions are gone at once, for whoever has the link.", *_FORGET.lines),
    "Forget me",
)


def question_about(what: str, person: Participant) -> Question | None:
    if what == "withdraw":
        return _WITHDRAW if person.is_primary else _LEAVE
    if what == "forget-me":
        return _FORGET_PRIMARY if person.is_primary else _FORGET
    if what == "leave":
        return _LEAVE_PRIMARY if person.is_primary else _LEAVE
    return None


def leave(visit: Visit) -> HttpResponse:
    with changing(visit, adds=False):
        line = leaving.leave(visit.person)
    return visit.show("goodbye", {"line": line})


def forget_me(visit: Visit) -> HttpResponse:
    with changing(visit, adds=False):
        forget_everything(visit.person, visit.at)
    return visit.show("goodbye", {"line": "Everything you said and sent in this group is gone on our side."})


def withdraw(visit: Visit) -> HttpResponse:
    with changing(visit, adds=False):
        if not visit.person.is_primary:
            return visit.back_to(SECTION)
        act = PageAct.objects.create(participant=visit.person, what=PageAct.What.WITHDREW, at=visit.at)
        is_withdrawn = withdraw_consent(visit.person, Place(page_act_id=act.pk), visit.at)
        if not is_withdrawn:
            act.delete()
    return visit.back_to(SECTION, "It's taken back, and nothing of the profile is left." if is_withdrawn else "")


def get_out(visit: Visit) -> HttpResponse:
    """At once, and without a question: whoever presses it may have no time for one."""
    with changing(visit, adds=False):
        panic.leave(visit.person, visit.at)
    return visit.show("goodbye", {"line": "You're out of the group, and the others aren't told why."})


# --- the panic word ---------------------------------------------------------------------------------------------------


class PanicForm(forms.Form):
    word = Line()

    def __init__(self, data: QueryDict | None = None, *, word: str = "") -> None:
        super().__init__(data, initial={"word": word}, prefix="panic")
        self.fields["word"].widget.attrs.update({"autocomplete": "off", "dir": "auto"})


def set_word(visit: Visit) -> HttpResponse:
    """An empty one brings back the word that everybody has."""
    form = PanicForm(visit.request.POST)
    if not form.is_valid():
        return visit.back_to(SECTION, str(form.errors["word"][0]), level=messages.WARNING)
    word = form.cleaned_data["word"]
    try:
        with changing(visit) as session:
            panic_words.choose(session=session, person=visit.person, text=word)
    except panic_words.WordRefused as refusal:
        return visit.back_to(SECTION, str(refusal), level=messages.WARNING)
    # Without the word itself: the line travels in a cookie, which somebody else at this browser might read.
    return visit.back_to(SECTION, "Noted: that's your word now." if word else "Noted: it's the usual word again.")
