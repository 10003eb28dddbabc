"""Stores the transcript of an old session: in its order, before everything that is written here."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Max

from conversations_app.models import Message
from sessions_app.legacy.importing import Member
from sessions_app.legacy.parsing import OldSession
from sessions_app.legacy.talk import OldMessage
from sessions_app.models import OLDER_APP_SEGMENT, Participant, Session

# Millions of them come in one evening, and building each as a model takes three times as long as everything else.
_STORE = f"""
INSERT INTO {Message._meta.db_table} (
    session_id, leg, index, kind, author_id, body, media, sid, at, at_is_estimated,
    needs_turn, ref, state, attempts, error, created_at
)
SELECT
    %s, %s, %s + position - 1, kind, author_id, body, media, sid, at, at_is_estimated,
    false, gen_random_uuid(), %s, 0, '', clock_timestamp()
FROM ROWS FROM (
    jsonb_to_recordset(%s) AS (
        kind text, author_id bigint, body text, media jsonb, sid text, at timestamptz, at_is_estimated boolean
    )
) WITH ORDINALITY AS said (kind, author_id, body, media, sid, at, at_is_estimated, position)
"""


def store(old: OldSession, session: Session, members: list[Member], people: list[Participant]) -> None:
    """Without `needs_turn`: they were said to another app, and nobody is to answer them now."""
    _write(session, old.messages, members, people, begin=0)


def add(
    messages: Sequence[OldMessage], session: Session, members: list[Member], people: list[Participant], *, known: int
) -> None:
    """Add what was written there after the `known` messages that were imported, at the end of the old part. Some of it may
    be here already, since the older app's Conversation had it, too."""
    authors = _authors(members, people)
    here = Counter(
        (author or 0, _plain(body)) for author, body in session.messages.imported().values_list("author", "body")
    )
    # What the known ones do not account for can only have come from the Conversation.
    here.subtract((_author(message, authors) or 0, _plain(message.body)) for message in messages[:known])
    new = []
    for message in messages[known:]:
        same = (_author(message, authors) or 0, _plain(message.body))
        if here[same] > 0:
            here[same] -= 1
        else:
            new.append(message)
    here_until = session.messages.imported().aggregate(last=Max("index"), at=Max("at"))
    for message in new:
        # Its time is a guess, which must not put it before the messages that it follows.
        if message.is_estimated and here_until["at"]:
            message.at = max(message.at or here_until["at"], here_until["at"])
    last = here_until["last"]
    _write(session, new, members, people, begin=0 if last is None else last + 1)


def _plain(body: str) -> str:
    return " ".join(body.split())


def _authors(members: list[Member], people: list[Participant]) -> dict[int, int]:
    return {id(member.person): row.pk for member, row in zip(members, people, strict=True)}


def _author(message: OldMessage, authors: dict[int, int]) -> int | None:
    return authors[id(message.author)] if message.author else None


def _write(
    session: Session, messages: Sequence[OldMessage], members: list[Member], people: list[Participant], *, begin: int
) -> None:
    rows = _rows(messages, session, members, people)
    if rows:
        said = json.dumps(rows, ensure_ascii=False)
        with connection.cursor() as cursor:
            cursor.execute(_STORE, [session.pk, OLDER_APP_SEGMENT, begin, Message.State.RECEIVED.value, said])


def _rows(
    messages: Sequence[OldMessage], session: Session, members: list[Member], people: list[Participant]
) -> list[dict[str, Any]]:
    authors = _authors(members, people)
    free = _free_sids(messages)
    return [
        {
            "kind": message.voice.value,
            "author_id": _author(message, authors),
            "body": message.body,
            "media": [{"url": url, "filename": "photo"} for url in message.photos],
            "sid": _used_up(free, message.sid),
            "at": (message.at or session.created_at).isoformat(),
            "at_is_estimated": message.is_estimated,
        }
        for message in messages
    ]


def _free_sids(messages: Sequence[OldMessage]) -> set[str]:
    """Their sids that no message here has yet: the column is unique, and a dump may name one twice."""
    sids = {message.sid for message in messages if message.sid}
    if not sids:
        return set()
    return sids - set(Message.objects.filter(sid__in=sids).values_list("sid", flat=True))


def _used_up(free: set[str], sid: str) -> str | None:
    """The sid the first time that it is asked for, None after that."""
    if sid not in free:
        return None
    free.remove(sid)
    return sid
