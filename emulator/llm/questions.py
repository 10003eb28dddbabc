"""What to ask next, whom, and in which words."""

from collections.abc import Iterator
from dataclasses import dataclass

from emulator.llm import phrases, reactions, wording
from emulator.llm.interview import Known, Member, Snapshot, Topic

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
MOST_TIMES_ASKED = 3
FIRST_TOPICS = ("primary", "consent")


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
    if not snapshot.consented:
        return _plain_question(snapshot, Topic("consent"), again=unanswered == "consent")
    return next(_questions(snapshot, unanswered), None)


def _who_is_it_about(snapshot: Snapshot, *, again: bool) -> NextQuestion | None:
    for message in reversed(snapshot.said_by_people):
        name = reactions.named_as_primary(message.text)
        person = _member_named(snapshot, name)
        who = snapshot.name_of(message.sender)
        if person and person.id != message.sender:
            if _says_not_me(snapshot, person):
                continue
            asked = _pick(snapshot, phrases.CONFIRM_PRIMARY, name=person.name, who=who)
            return NextQuestion("primary", person.id, asked)
        if message.is_new and (
            reactions.is_for_a_friend(message.text) or (name and not person and _is_about(message.text))
        ):
            return NextQuestion(None, None, _pick(snapshot, phrases.INVITE, who=name or "your friend"))
    return _plain_question(snapshot, Topic("primary", "anyone"), again=again)


def _is_about(text: str) -> bool:
    return "about" in text.lower() or " for " in text.lower()


def _member_named(snapshot: Snapshot, name: str | None) -> Member | None:
    wanted = (name or "").casefold()
    return next((person for person in snapshot.people if person.name.casefold() == wanted), None)


def _says_not_me(snapshot: Snapshot, person: Member) -> bool:
    own = [message.text for message in snapshot.said_by_people if message.sender == person.id]
    return any("not me" in text.casefold() or "not about me" in text.casefold() for text in own)


def _questions(snapshot: Snapshot, unanswered: str | None) -> Iterator[NextQuestion]:
    """Every question that could be asked now, best first; topics asked twice without an answer are set aside."""
    aside = _set_aside(snapshot)
    now, later, extras = (
        [topic for topic in topics if topic.slug not in aside]
        for topics in (snapshot.to_ask, snapshot.later, snapshot.nice_to_know)
    )
    on_the_way = {topic.slug for topic in now + later}
    yield from _topic_questions(snapshot, now, unanswered)
    yield from _proposal_questions(snapshot, aside | on_the_way)
    yield from _topic_questions(snapshot, later, unanswered)
    yield from _green_flag_questions(snapshot)
    yield from _proposal_questions(snapshot, aside)
    yield from _topic_questions(
        snapshot, [topic for topic in extras if not times_asked(snapshot, topic.slug)], unanswered
    )


def _set_aside(snapshot: Snapshot) -> set[str]:
    """Topics that someone skipped, or that were asked twice without an answer."""
    single = [topic.slug for topic in snapshot.to_ask + snapshot.later if topic.slug not in WANTED]
    aside = {slug for slug in single if times_asked(snapshot, slug) >= MOST_TIMES_ASKED}
    for before, after in zip(snapshot.messages, snapshot.messages[1:], strict=False):
        if before.sender == "matchmaker" and reactions.skips(after.text):
            aside.add(wording.topic_of(before.text) or "")
    if snapshot.own_lines and wording.is_repeat(snapshot.own_lines[-1]):
        aside.add(wording.topic_of(snapshot.own_lines[-1]) or "")
    return aside


def _topic_questions(snapshot: Snapshot, topics: list[Topic], unanswered: str | None) -> Iterator[NextQuestion]:
    for topic in topics:
        is_askable = topic.slug in snapshot.topics and topic.slug not in PRIVATE and topic.slug not in FIRST_TOPICS
        if not is_askable or _is_satisfied(snapshot, topic.slug):
            continue
        waiting = snapshot.waiting(topic.slug) if topic.slug != "green_flags" else []
        asked = _confirmation(snapshot, topic.slug, waiting) if waiting else None
        plain = asked or _plain_question(snapshot, topic, again=topic.slug == unanswered)
        if plain is not None:
            yield plain


def _is_satisfied(snapshot: Snapshot, slug: str) -> bool:
    if slug == "green_flags":
        return bool(snapshot.live(slug))
    confirmed = snapshot.confirmed(slug)
    if slug == "stories" and not any(fact.said_by == snapshot.primary for fact in confirmed):
        return False
    return len(confirmed) >= WANTED.get(slug, 1)


def _proposal_questions(snapshot: Snapshot, skipped: set[str]) -> Iterator[NextQuestion]:
    """Undecided proposals of friends, put to the primary person when nothing is more urgent."""
    fields = list(dict.fromkeys(fact.field for fact in snapshot.known if fact.state == "proposed"))
    for slug in fields:
        waiting = snapshot.waiting(slug)
        if slug in PRIVATE or slug in skipped or slug not in snapshot.topics or not waiting:
            continue
        if slug == "green_flags" and (snapshot.to_ask or _confirmation_was_asked(snapshot, waiting)):
            continue
        asked = _confirmation(snapshot, slug, waiting)
        if asked is not None:
            yield asked


def _confirmation_was_asked(snapshot: Snapshot, waiting: list[Known]) -> bool:
    return any(wording.quoted([fact]) in line for line in snapshot.own_lines for fact in waiting)


def _confirmation(snapshot: Snapshot, slug: str, waiting: list[Known]) -> NextQuestion | None:
    """None when the same question was asked before without a decision: once is enough."""
    own = all(fact.said_by == snapshot.primary for fact in waiting)
    asked = waiting[-1:] if wording.is_quoted(slug) else waiting
    who = wording.listed([snapshot.name_of(fact.said_by) for fact in asked])
    if own:
        text = _pick(snapshot, phrases.CONFIRM_OWN, what=wording.as_understood(slug, asked))
    else:
        table = phrases.CONFIRM_QUOTE if wording.is_quoted(slug) else phrases.CONFIRM
        text = _pick(snapshot, table, who=who, what=wording.as_said(slug, asked))
    if wording.is_said(text, snapshot.own_lines):
        return None
    return NextQuestion(slug, snapshot.primary, text)


def _green_flag_questions(snapshot: Snapshot) -> Iterator[NextQuestion]:
    """Every friend who takes part is asked once for a green flag."""
    if "green_flags" in snapshot.topics and snapshot.live("green_flags"):
        asked = _flag_question(snapshot, again=False)
        if asked is not None:
            yield asked


def _flag_question(snapshot: Snapshot, *, again: bool) -> NextQuestion | None:
    primary = snapshot.name_of(snapshot.primary)
    given = {fact.said_by for fact in snapshot.live("green_flags")}
    talked = [message.sender for message in reversed(snapshot.said_by_people)]
    active = [person for person in snapshot.friends if person.id in talked and person.id not in given]
    for friend in sorted(active, key=lambda person: talked.index(person.id)):
        if again or not times_asked(snapshot, "green_flags", friend.name):
            table = phrases.AGAIN if again else phrases.QUESTIONS
            return NextQuestion(
                "green_flags", friend.id, _pick(snapshot, table["green_flags"], name=friend.name, primary=primary)
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
    to = snapshot.primary if topic.who == "primary" or slug not in FIRST_TOPICS else None
    return NextQuestion(slug, to, _pick(snapshot, _variants(snapshot, slug, again=again)))


def _variants(snapshot: Snapshot, slug: str, *, again: bool) -> tuple[str, ...]:
    if again and slug in phrases.AGAIN:
        return phrases.AGAIN[slug]
    if slug in phrases.MORE and snapshot.live(slug):
        return phrases.MORE[slug] + (phrases.QUESTIONS[slug] if slug == "stories" else ())
    return phrases.QUESTIONS[slug]


def _pick(snapshot: Snapshot, variants: tuple[str, ...], **filled: str) -> str:
    return wording.pick(snapshot, variants, **({"name": snapshot.name_of(snapshot.primary)} | filled))
