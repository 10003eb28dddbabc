"""People with a page of their own, and what they do there without a browser."""

from html import unescape
from typing import Any

from django.db import transaction
from django.test import Client

from conversations_app.membership import own_page_links
from conversations_app.models import Message
from conversations_app.tests.factories import abby_in_a_group
from matchmaker import clock
from sessions_app import actions
from sessions_app.models import Fact, PageAct, Participant, Photo


class OwnPage:
    """One person's page, in a browser of their own."""

    def __init__(self, person: Participant) -> None:
        self.person = person
        self.link = own_page_links.usable_link(person, at=clock.now())
        self.address = f"/me/{self.link.token}"
        self.client = Client(enforce_csrf_checks=True)

    def get(self, what: str = "") -> Any:
        return self.client.get(f"{self.address}/{what}".rstrip("/"))

    def shows(self) -> str:
        answer = self.get()
        assert answer.status_code == 200, answer.status_code
        return unescape(answer.content.decode())

    def send(self, what: str, **fields: Any) -> Any:
        """Post a form of the page, which is opened first."""
        self.get()
        fields["csrfmiddlewaretoken"] = self.client.cookies["csrftoken"].value
        return self.client.post(f"{self.address}/{what}", fields)

    def press(self, what: str, **fields: Any) -> str:
        """The page after that."""
        answer = self.send(what, **fields)
        assert answer.status_code == 303, answer.content.decode()
        return self.shows()


def group_of_two(number: int = 1) -> tuple[Participant, Participant]:
    """Abby, whom the profile is about and who agreed to it, and Lena. Another group takes other numbers."""
    abby = abby_in_a_group(f"whatsapp:+155501001{number:02d}")
    actions.make_primary(participant=abby)
    abby.refresh_from_db()
    contact = actions.get_or_update_contact(
        address=f"whatsapp:+155501002{number:02d}", at=clock.now(), display_name="Lena"
    )
    with transaction.atomic():
        lena = actions.join_session(session=actions.lock_session(abby.session_id), contact=contact, at=clock.now())
    yes = wrote(abby, "yes, go ahead")
    actions.record_consent(participant=abby, message_id=yes.pk, at=clock.now())
    type(abby.session).objects.filter(pk=abby.session_id).update(is_adult=True)
    abby.session.refresh_from_db()
    return abby, lena


def wrote(person: Participant, body: str) -> Message:
    return Message.objects.create(
        session=person.session, kind=Message.Kind.PERSON, author=person, body=body, at=clock.now()
    )


def heard(person: Participant, field: str, value: Any, *, quote: str = "") -> Fact:
    """They said it in the chat, and nobody has agreed to it yet."""
    quote = quote or str(value)
    where = actions.Place(message_id=wrote(person, quote).pk)
    return actions.record_fact(
        session=person.session, field=field, value=value, said_by=person, where=where, quote=quote, at=clock.now()
    )


def photo_of(person: Participant, *, place: int | None = None, **more: Any) -> Photo:
    """One that they sent; on the profile, if it has a place there."""
    numbers = person.session.photos.exclude(number=None).count()
    act = PageAct.objects.create(participant=person, what=PageAct.What.SENT_PHOTO, at=clock.now())
    return Photo.objects.create(
        **{
            "session": person.session,
            "sent_by": person,
            "page_act": act,
            "number": numbers + 1,
            "state": Photo.State.CHOSEN if place else Photo.State.OFFERED,
            "place": place,
            "shows": Photo.Shows.OWNER if place else Photo.Shows.UNKNOWN,
            "created_at": clock.now(),
            **more,
        }
    )
