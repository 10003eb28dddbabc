"""What to ask next, whom, and in which words."""

from collections.abc import Iterator
from dataclasses import dataclass

from emulator.llm import about_whom, phrases, wording
from emulator.llm.interview import Snapshot, Topic

# How many values a list needs before the interview moves on.
WANTED = {"interests": 3, "stories": 3}
# Never asked in the group: these are private.
PRIVATE = frozenset(
    {
        "gender",
        "interested_in",
        "orientation",
        "kids_has",
        "kids_wants",
        "faith",
        "politics",
        "dealbreakers",
        "age_range",
    }
)
FIRST_TOPICS = ("primary", "consent")
ORDER = (
    "age",
    "area",
    "job_or_study",
    "interests",
    "intention",
    "first_date_idea",
    "stories",
    "green_flags",
    "height_cm",
    "first_name",
)


@dataclass(frozen=True)
class NextQuestion:
    """A question about a topic, or (None) an invitation that opens no question; without `to`, anyone may answer."""

    topic: str | None
    to: str | None
    wording: str


def next_question(snapshot: Snapshot, *, unanswered: str | None) -> NextQuestion | None:
    """`unanswered`: the topic we just asked about without getting an answer. None when nothing is left to ask."""
    if snapshot.primary is None:
        return _who_is_it_about(snapshot, again=unanswered == "primary")
    if not snapshot.may_keep_facts:
        slug = "age" if snapshot.consented else "consent"
        return _first_question(snapshot, Topic(slug), again=unanswered == slug)
    return next(_questions(snapshot, unanswered), None)


def _who_is_it_about(snapshot: Snapshot, *, again: bool) -> NextQuestion | None:
    for message in reversed(snapshot.said_by_people):
        name = about_whom.named_as_primary(message.text, snapshot.names_but(message.sender))
        named = next(
            (person for person in snapshot.people if person.name.casefold() == (name or "").casefold()), None
        )
        if not message.is_new:
            if named is not None and named.id != message.sender and "primary" not in _not_now(snapshot):
                # They joined after a friend had said that it is about them.
                text = _pick(snapshot, phrases.CONFIRM_PRIMARY, name=named.name, who=snapshot.name_of(message.sender))
                return NextQuestion("primary", named.id, text)
            continue
        is_here = named is not None
        if about_whom.is_for_a_friend(message.text) or (name and not is_here and _is_about(message.text)):
            return NextQuestion(None, None, _pick(snapshot, phrases.INVITE, who=name or "your friend"))
    return _first_question(snapshot, Topic("primary", "anyone"), again=again)


def _is_about(text: str) -> bool:
    return "about" in text.lower() or " for " in text.lower()


def _first_question(snapshot: Snapshot, topic: Topic, *, again: bool) -> NextQuestion | None:
    """Who it is about, consent, their age: asked only while the product lists it."""
    is_due = any(wanted.slug == topic.slug for wanted in snapshot.to_ask) and topic.slug not in _not_now(snapshot)
    return _plain_question(snapshot, topic, again=again) if is_due else None


def _not_now(snapshot: Snapshot) -> frozenset[str]:
    return snapshot.resting | snapshot.refused_topics


def _rank(topic: Topic) -> int:
    """What people like to tell comes first: a form would begin with the name, which everybody knows."""
    return ORDER.index(topic.slug) if topic.slug in ORDER else len(ORDER)


def _questions(snapshot: Snapshot, unanswered: str | None) -> Iterator[NextQuestion]:
    """Every question that could be asked now, best first."""
    aside = _not_now(snapshot)
    topics = [topic for topic in snapshot.to_ask if topic.slug not in aside]
    topics.sort(key=_rank)
    yield from _topic_questions(snapshot, topics, unanswered)


def _topic_questions(snapshot: Snapshot, topics: list[Topic], unanswered: str | None) -> Iterator[NextQuestion]:
    for topic in topics:
        is_askable = topic.slug in snapshot.topics and topic.slug not in PRIVATE
        if not is_askable or len(snapshot.live(topic.slug)) >= WANTED.get(topic.slug, 1):
            continue
        plain = _plain_question(snapshot, topic, again=topic.slug == unanswered)
        if plain is not None:
            yield plain


def _flag_question(snapshot: Snapshot, *, again: bool) -> NextQuestion | None:
    primary = snapshot.name_of(snapshot.primary)
    given = {fact.said_by for fact in snapshot.live("green_flags")}
    talked = [message.sender for message in reversed(snapshot.said_by_people)]
    active = [person for person in snapshot.friends if person.id in talked and person.id not in given]
    for friend in sorted(active, key=lambda person: talked.index(person.id)):
        if again or not times_asked(snapshot, "green_flags", friend.name):
            elsewhere = phrases.IN_OTHER_LANGUAGES.get(snapshot.language)
            table = phrases.AGAIN if again else phrases.QUESTIONS
            variants = (elsewhere["green_flags"],) if elsewhere else table["green_flags"]
            return NextQuestion(
                "green_flags", friend.id, _pick(snapshot, variants, name=friend.name, primary=primary)
            )
    return None


def times_asked(snapshot: Snapshot, slug: str, name: str = "") -> int:
    return sum(wording.topic_of(line) == slug and name in line for line in snapshot.own_lines)


def _plain_question(snapshot: Snapshot, topic: Topic, *, again: bool) -> NextQuestion | None:
    slug = topic.slug
    if slug not in snapshot.topics or slug not in phrases.QUESTIONS:
        return None
    if slug == "green_flags":
        return _flag_question(snapshot, again=again)
    elsewhere = phrases.IN_OTHER_LANGUAGES.get(snapshot.language)
    to = snapshot.primary if topic.who == "primary" or slug not in FIRST_TOPICS else None
    if elsewhere is not None:
        return NextQuestion(slug, to, _in(snapshot, elsewhere, slug)) if slug in elsewhere else None
    return NextQuestion(slug, to, _pick(snapshot, _variants(snapshot, slug, again=again)))


def _in(snapshot: Snapshot, table: dict[str, str], slug: str, **filled: str) -> str:
    return table[slug].format_map({"name": snapshot.name_of(snapshot.primary)} | filled)


def _variants(snapshot: Snapshot, slug: str, *, again: bool) -> tuple[str, ...]:
    if again and slug in phrases.AGAIN:
        return phrases.AGAIN[slug]
    if slug in phrases.MORE and snapshot.live(slug):
        return phrases.MORE[slug] + (phrases.QUESTIONS[slug] if slug == "stories" else ())
    return phrases.QUESTIONS[slug]


def _pick(snapshot: Snapshot, variants: tuple[str, ...], **filled: str) -> str:
    return wording.pick(snapshot, variants, **({"name": snapshot.name_of(snapshot.primary)} | filled))
