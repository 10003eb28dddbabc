"""Somebody's name in the group, what they agreed to, and how to go."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict

from conversations_app.erasing import panic
from conversations_app.membership import renaming
from conversations_app.models import Message
from conversations_app.outbox import wording
from conversations_app.own_page.changing import changing
from conversations_app.own_page.door import Visit
from conversations_app.own_page.going import PanicForm
from sessions_app.models import Consent, Participant
from sessions_app.names import MAX_NAME_LENGTH, is_made_up

SECTION = "you"


class NameForm(forms.Form):
    # Longer ones are cut, as those that phones give.
    name = forms.CharField(label="Your name", max_length=200, error_messages={"required": "Please type a name."})

    def __init__(self, data: QueryDict | None = None, *, person: Participant) -> None:
        super().__init__(data, initial={"name": "" if is_made_up(person.name) else person.name}, prefix="you")
        self.fields["name"].widget.attrs.update(
            {"autocomplete": "nickname", "maxlength": MAX_NAME_LENGTH, "dir": "auto"}
        )


@dataclass(frozen=True)
class AgreedTo:
    """A consent, in words."""

    what: str
    given_at: datetime
    withdrawn_at: datetime | None
    words: str
    withdraw: str
    """The address, behind that of the page, where it is withdrawn."""


@dataclass(frozen=True)
class YouSection:
    name_form: NameForm
    consents: list[AgreedTo]
    messages_written: int
    panic_word: str
    panic_form: PanicForm


def section_for(person: Participant, name_form: NameForm | None = None) -> YouSection:
    return YouSection(
        name_form=name_form or NameForm(person=person),
        consents=[_in_words(consent) for consent in person.consents.select_related("message").order_by("pk")],
        messages_written=Message.objects.filter(author=person).exclude(body="").count(),
        panic_word=panic.word_of(person),
        panic_form=PanicForm(word=person.panic_word),
    )


def _in_words(consent: Consent) -> AgreedTo:
    is_profile = consent.kind == Consent.Kind.PROFILE
    return AgreedTo(
        what="Having a profile made of you" if is_profile else "Taking part in the group",
        given_at=consent.given_at,
        withdrawn_at=consent.withdrawn_at,
        words=consent.message.body if is_profile and consent.message else "",
        withdraw="" if consent.withdrawn_at else "withdraw" if is_profile else "leave",
    )


def rename(visit: Visit) -> HttpResponse:
    form = NameForm(visit.request.POST, person=visit.person)
    if not form.is_valid():
        return visit.back_to(SECTION, str(form.errors["name"][0]), level=messages.WARNING)
    wanted = form.cleaned_data["name"]
    with changing(visit) as session:
        is_same = wanted == visit.person.name
        renamed = is_same or renaming.rename(session, visit.person, wanted)
    if not renamed:
        return visit.back_to(SECTION, wording.name_not_possible().en, level=messages.WARNING)
    return visit.back_to(SECTION, f"The group sees you as {visit.person.name}.")
