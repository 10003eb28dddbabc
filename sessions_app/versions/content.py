"""What a stranger would see, and what it was made from."""

import json
from collections.abc import Collection, Iterable
from hashlib import sha256
from typing import Any

from matchmaker.ai import exits
from matchmaker.ai.interview import MOST_PHOTOS
from matchmaker.ai.reading.languages import language_of
from sessions_app.carrying import as_key, carries, tellable_facts
from sessions_app.models import Draft, Fact, Photo, Session
from sessions_app.versions.in_words import SHOWN, in_words, label_of, photo_in_words

Content = dict[str, Any]

MOST_ANSWERS = exits.ANSWERS
# What everybody has to have said, and strangers see.
_REQUIRED = ("first_name", "age", "area", "intention")
_FRIENDS_WORDS = ("vouch_quote", "green_flags")


def content_of(session: Session) -> Content:
    """The profile as it is now: confirmed, public, chosen and picked. Of a session on hold there is nothing to show.

    `docs/profile-json.md` describes it; `made_from` has the ids of all that it rests on.
    """
    facts = _public_facts(session)
    drafts = _picked_drafts(session, facts)
    photos = _photos(session)
    quoted = [fact for fact in facts if may_be_quoted(fact)]
    language = language_of([draft.text for draft in drafts])
    rows = _rows([fact for fact in facts if not _is_told(fact, drafts)], language)
    shown = [fact for fact in facts if fact.field in (*SHOWN, *_REQUIRED)]
    rested_on = {fact.pk for draft in drafts for fact in draft.facts.all()}
    return {
        "language": language,
        **{slug: _only(facts, slug) for slug in ("first_name", "age", "area")},
        "bio": next((draft.text for draft in drafts if draft.kind == Draft.Kind.BIO), ""),
        "answers": [
            {"prompt": draft.prompt, "text": draft.text} for draft in drafts if draft.kind == Draft.Kind.PROMPT
        ][:MOST_ANSWERS],
        "photos": [
            {"id": photo.pk, "alt": _alt_text(photo, _only(facts, "first_name"), language)} for photo in photos
        ],
        "facts": rows,
        "friends": [{"text": _their_words(fact), "by": fact.said_by.name} for fact in quoted],
        "made_from": {
            "facts": sorted({*(fact.pk for fact in [*shown, *quoted]), *rested_on}),
            "drafts": sorted(draft.pk for draft in drafts),
            "photos": [photo.pk for photo in photos],
        },
    }


def digest(content: Content) -> str:
    plain = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(plain.encode()).hexdigest()


def missing(session: Session) -> list[str]:
    """What the page still lacks: slugs of fields, `photos`, `bio` and `prompts`. All but `photos` is needed before it
    can be approved: a group may go on without a photo and come back to it."""
    content = content_of(session)
    have = {row["field"] for row in content["facts"]} | {slug for slug in _REQUIRED if content.get(slug)}
    lacking = [slug for slug in _REQUIRED if slug not in have]
    lacking += [] if content["photos"] else ["photos"]
    lacking += [] if content["bio"] else ["bio"]
    return lacking + ([] if len(content["answers"]) >= MOST_ANSWERS else ["prompts"])


def may_be_quoted(fact: Fact) -> bool:
    """Whoever said it agreed to be quoted by name. The primary person agrees by confirming it."""
    if not fact.is_author_known:
        return False
    # It is their yes to our question that makes it a quote; praise is kept without asking.
    return fact.field == "vouch_quote" or (fact.field == "green_flags" and fact.allowed_on_page_id is not None)


def _public_facts(session: Session) -> list[Fact]:
    if session.status == Session.Status.SAFETY_HOLD:
        return []
    return tellable_facts(session)


def _picked_drafts(session: Session, facts: Collection[Fact]) -> list[Draft]:
    """Without those that rest on something that is no longer so, or no longer public."""
    picked = session.drafts.filter(state=Draft.State.PICKED).prefetch_related("facts")
    if not facts:
        return []
    standing = [draft for draft in picked if carries(facts, draft)]
    bios = [draft for draft in standing if draft.kind == Draft.Kind.BIO]
    return bios + [draft for draft in standing if draft.kind == Draft.Kind.PROMPT][:MOST_ANSWERS]


def _photos(session: Session) -> list[Photo]:
    # Nobody has said yet whether others are in it, and whether that is all right with them.
    known = session.photos.chosen().exclude(shows=Photo.Shows.UNKNOWN)
    if session.sealed_at or session.status == Session.Status.SAFETY_HOLD:
        return []
    return list(known[:MOST_PHOTOS])


def _alt_text(photo: Photo, name: str | None, language: str) -> str:
    return photo.alt_text or photo_in_words(photo.shows, name, language)


def _only(facts: Iterable[Fact], field: str) -> Any:
    return next((fact.value for fact in facts if fact.field == field), None)


def _is_told(fact: Fact, drafts: Iterable[Draft]) -> bool:
    """An idea for a first date stands on its own only where no answer tells of it: it would be read twice."""
    if fact.field != "first_date_idea":
        return False
    return any(as_key(fact) == as_key(cited) for draft in drafts for cited in draft.facts.all())


def _rows(facts: Iterable[Fact], language: str) -> list[Content]:
    rows = []
    for field in SHOWN:
        values = [fact.value for fact in facts if fact.field == field]
        words = [text for text in (in_words(field, value, language) for value in values) if text]
        if words:
            rows.append({"field": field, "label": label_of(field, language), "values": values, "words": words})
    return rows


def _their_words(fact: Fact) -> str:
    """What was praised is kept in our words; on the profile stand theirs."""
    return str(fact.value) if fact.field == "vouch_quote" else fact.quote or str(fact.value)
