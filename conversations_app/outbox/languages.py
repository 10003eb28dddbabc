"""A line of ours in each language that we speak, and whose language it is said in."""

from collections.abc import Callable
from typing import NamedTuple

from django.db.models import QuerySet

from conversations_app.models import Message
from matchmaker.ai.interview import LANGUAGE_LINES
from matchmaker.ai.reading.languages import language_of
from matchmaker.phone_language import language_of_phone
from sessions_app.models import Contact, Session


class Words(NamedTuple):
    """The same words in English, Spanish and German."""

    en: str
    es: str
    de: str

    def in_language(self, language: str) -> str:
        """English for a language of which we have none."""
        return {"es": self.es, "de": self.de}.get(language, self.en)


def words(en: str, es: str, de: str, **values: "str | int | Words") -> Words:
    """`values` fill the places in braces, each in its language where it has one."""

    def filled(template: str, language: str) -> str:
        said = {
            name: value.in_language(language) if isinstance(value, Words) else value for name, value in values.items()
        }
        return template.format(**said)

    return Words(filled(en, "en"), filled(es, "es"), filled(de, "de"))


def in_each_language(say: Callable[[str], str]) -> Words:
    return Words(say("en"), say("es"), say("de"))


def for_group(body: str | Words, session: Session) -> str:
    return body.in_language(_language_of_group(session)) if isinstance(body, Words) else body


def for_person(body: str | Words, contact: Contact, *, just_said: str = "") -> str:
    return body.in_language(_language_of_person(contact, just_said)) if isinstance(body, Words) else body


def _language_of_group(session: Session) -> str:
    """What its people write in; before they do, that of the phone it was started from."""
    creator = session.participants.filter(is_creator=True).select_related("contact").first()
    said = session.messages.filter(kind=Message.Kind.PERSON).in_transcript_order().reverse()
    return language_of(_bodies(said), default=language_of_phone(creator.contact.address) if creator else "en")


def _language_of_person(contact: Contact, just_said: str) -> str:
    """What they write in themselves, in whatever group; before they do, that of their phone."""
    said = Message.objects.filter(kind=Message.Kind.PERSON, author__contact=contact).order_by("-pk")
    return language_of([just_said, *_bodies(said)], default=language_of_phone(contact.address))


def _bodies(messages: QuerySet[Message]) -> list[str]:
    return list(messages.values_list("body", flat=True)[:LANGUAGE_LINES])
