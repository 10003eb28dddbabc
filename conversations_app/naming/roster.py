"""Who is in a Conversation and under which name: what the pre-event hook needs, in one cached value."""

from dataclasses import asdict, dataclass, field
from typing import Any

import structlog
from django.conf import settings
from django.core.cache import cache
from django.db import transaction

from conversations_app.models import Binding, Conversation
from matchmaker.addresses import Channel, canonical, channel_of
from sessions_app.models import Session

log = structlog.get_logger()

# Changes refresh it at once; this is how long a refresh that Redis lost can leave an old name standing.
CACHE_FOR_S = 120


@dataclass(frozen=True)
class Roster:
    """`names` by canonical address, and so are the panic words of those who have one of their own. `bold`: every phone of
    the group is on WhatsApp, so all of them show markup."""

    names: dict[str, str]
    bold: bool
    panic_words: dict[str, str] = field(default_factory=dict)

    def panic_word_of(self, address: str) -> str:
        return self.panic_words.get(canonical(address)) or str(settings.PANIC_WORD)

    def name_of(self, address: str) -> str | None:
        return self.names.get(canonical(address))

    @property
    def reserved(self) -> list[str]:
        """Every name that a line of somebody's text must not pass for."""
        return [*self.names.values(), settings.MATCHMAKER_NAME, "Matchmaker", "system", "staff"]


def roster_of(conversation_sid: str) -> Roster | None:
    """From the cache, else from the database; None when the Conversation is not ours."""
    return cached(conversation_sid) or load_and_cache(conversation_sid)


def cached(conversation_sid: str) -> Roster | None:
    try:
        value: Any = cache.get(_key(conversation_sid))
        return Roster(**value) if value else None
    except Exception as error:  # Redis away, or a value of an older release: the database knows
        log.warning("roster_cache_unreadable", error=type(error).__name__)
        return None


def load_and_cache(conversation_sid: str) -> Roster | None:
    roster = load(conversation_sid)
    if roster is not None:
        try:
            # `add` never overwrites: a change of the roster may have put a newer value there since we read.
            cache.add(_key(conversation_sid), asdict(roster), timeout=CACHE_FOR_S)
        except Exception as error:
            log.warning("roster_cache_unwritable", error=type(error).__name__)
    return roster


def load(conversation_sid: str) -> Roster | None:
    conversation = Conversation.objects.select_related("session").filter(sid=conversation_sid).order_by("pk").first()
    if conversation is None:
        return None
    return of_session(conversation.session)


def of_session(session: Session) -> Roster:
    # Somebody who had themselves forgotten, and did not come back, is nobody here any more.
    people = session.participants.exclude(forgotten_at__isnull=False, left_at__isnull=False).select_related("contact")
    held = Binding.objects.held().filter(participant__session=session).values_list("address", flat=True)
    return Roster(
        names={canonical(person.contact.address): person.name for person in people},
        bold=is_bold(list(held)),
        panic_words={canonical(one.contact.address): one.panic_word for one in people if one.panic_word},
    )


def is_bold(addresses: list[str]) -> bool:
    phones = [channel_of(address) for address in addresses if channel_of(address) is not Channel.CHAT]
    return all(channel is Channel.WHATSAPP for channel in phones)


def refresh_after_commit(conversation: Conversation) -> None:
    """Call this wherever it changes who is in the Conversation or what they are called. After the commit, so that the
    cache never holds what a rolled-back transaction wrote."""
    if conversation.sid:
        transaction.on_commit(lambda: _refresh(str(conversation.sid)))


def _refresh(conversation_sid: str) -> None:
    roster = load(conversation_sid)
    try:
        if roster is not None:
            cache.set(_key(conversation_sid), asdict(roster), timeout=CACHE_FOR_S)
    except Exception as error:
        log.warning("roster_cache_unwritable", error=type(error).__name__)


def _key(conversation_sid: str) -> str:
    return f"roster:{conversation_sid}"
