"""What to ask next, whom, and in which words."""

from collections.abc import Iterator
from dataclasses import dataclass

from emulator.llm import phrases, reactions, wording
from emulator.llm.interview import Known, Member, Topic, View

# How many values a list wants before the interview moves on.
WANTED = {"interests": 3, "stories": 3}
# Never put to a group: these are for the person alone.
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
class Ask:
    """A question: about a topic, or (None) an invitation that leaves nothing open; `to` nobody means anyone."""

    topic: str | None
    to: str | None
    wording: str


def next_question(view: View, *, unanswered: str | None) -> Ask | None:
    """`unanswered`: the topic that was just asked about in vain. None when nothing is left to ask."""
    if view.primary is None:
        return _who_is_it_about(view, again=unanswered == "primary")
    if not view.consented:
        return _plain(view, Topic("consent"), again=unanswered == "consent")
    return next(_questions(view, unanswered), None)


def _who_is_it_about(view: View, *, again: bool) -> Ask | None:
    for message in reversed(view.said_by_people):
        name = reactions.named_as_primary(message.text)
        person = _member_named(view, name)
        who = view.name_of(message.sender)
        if person and person.id != message.sender:
            if _says_not_me(view, person):
                continue
            asked = _pick(view, phrases.CONFIRM_PRIMARY, name=person.name, who=who)
            return Ask("primary", person.id, asked)
        if message.is_new and (
            reactions.is_for_a_friend(message.text) or (name and not person and _is_about(message.text))
        ):
            return Ask(None, None, _pick(view, phrases.INVITE, who=name or "your friend"))
    return _plain(view, Topic("primary", "anyone"), again=again)


def _is_about(text: str) -> bool:
    return "about" in text.lower() or " for " in text.lower()


def _member_named(view: View, name: str | None) -> Member | None:
    wanted = (name or "").casefold()
    return next((person for person in view.people if person.name.casefold() == wanted), None)


def _says_not_me(view: View, person: Member) -> bool:
    own = [message.text for message in view.said_by_people if message.sender == person.id]
    return any("not me" in text.casefold() or "not about me" in text.casefold() for text in own)


def _questions(view: View, unanswered: str | None) -> Iterator[Ask]:
    """Everything that could be asked now, best first; what was asked in vain twice comes up no more this time."""
    aside = _left_aside(view)
    now, later, extras = (
        [topic for topic in topics if topic.slug not in aside]
        for topics in (view.to_ask, view.later, view.nice_to_know)
    )
    on_the_way = {topic.slug for topic in now + later}
    yield from _of_topics(view, now, unanswered)
    yield from _proposals(view, aside | on_the_way)
    yield from _of_topics(view, later, unanswered)
    yield from _other_friends(view)
    yield from _proposals(view, aside)
    yield from _of_topics(view, [topic for topic in extras if not times_asked(view, topic.slug)], unanswered)


def _left_aside(view: View) -> set[str]:
    """Topics that somebody waved aside, or that were asked for twice in vain."""
    single = [topic.slug for topic in view.to_ask + view.later if topic.slug not in WANTED]
    aside = {slug for slug in single if times_asked(view, slug) >= MOST_TIMES_ASKED}
    for before, after in zip(view.messages, view.messages[1:], strict=False):
        if before.sender == "matchmaker" and reactions.skips(after.text):
            aside.add(wording.topic_of(before.text) or "")
    if view.own_lines and wording.is_repeat(view.own_lines[-1]):
        aside.add(wording.topic_of(view.own_lines[-1]) or "")
    return aside


def _of_topics(view: View, topics: list[Topic], unanswered: str | None) -> Iterator[Ask]:
    for topic in topics:
        is_askable = topic.slug in view.topics and topic.slug not in PRIVATE and topic.slug not in FIRST_TOPICS
        if not is_askable or _is_satisfied(view, topic.slug):
            continue
        waiting = view.waiting(topic.slug) if topic.slug != "green_flags" else []
        asked = _confirmation(view, topic.slug, waiting) if waiting else None
        plain = asked or _plain(view, topic, again=topic.slug == unanswered)
        if plain is not None:
            yield plain


def _is_satisfied(view: View, slug: str) -> bool:
    if slug == "green_flags":
        return bool(view.live(slug))
    confirmed = view.confirmed(slug)
    if slug == "stories" and not any(fact.said_by == view.primary for fact in confirmed):
        return False
    return len(confirmed) >= WANTED.get(slug, 1)


def _proposals(view: View, skipped: set[str]) -> Iterator[Ask]:
    """What friends proposed and nobody decided: put to the primary person when nothing is more urgent."""
    fields = list(dict.fromkeys(fact.field for fact in view.known if fact.state == "proposed"))
    for slug in fields:
        waiting = view.waiting(slug)
        if slug in PRIVATE or slug in skipped or slug not in view.topics or not waiting:
            continue
        if slug == "green_flags" and (view.to_ask or _confirmation_was_asked(view, waiting)):
            continue
        asked = _confirmation(view, slug, waiting)
        if asked is not None:
            yield asked


def _confirmation_was_asked(view: View, waiting: list[Known]) -> bool:
    return any(wording.quoted([fact]) in line for line in view.own_lines for fact in waiting)


def _confirmation(view: View, slug: str, waiting: list[Known]) -> Ask | None:
    """None when that very question was asked before and not decided: once is enough."""
    own = all(fact.said_by == view.primary for fact in waiting)
    asked = waiting[-1:] if wording.is_quoted(slug) else waiting
    who = wording.listed([view.name_of(fact.said_by) for fact in asked])
    if own:
        text = _pick(view, phrases.CONFIRM_OWN, what=wording.as_understood(slug, asked))
    else:
        table = phrases.CONFIRM_QUOTE if wording.is_quoted(slug) else phrases.CONFIRM
        text = _pick(view, table, who=who, what=wording.as_said(slug, asked))
    if wording.is_said(text, view.own_lines):
        return None
    return Ask(slug, view.primary, text)


def _other_friends(view: View) -> Iterator[Ask]:
    """Every friend who takes part is asked once for a green flag."""
    if "green_flags" in view.topics and view.live("green_flags"):
        asked = _flag_question(view, again=False)
        if asked is not None:
            yield asked


def _flag_question(view: View, *, again: bool) -> Ask | None:
    primary = view.name_of(view.primary)
    given = {fact.said_by for fact in view.live("green_flags")}
    talked = [message.sender for message in reversed(view.said_by_people)]
    active = [person for person in view.friends if person.id in talked and person.id not in given]
    for friend in sorted(active, key=lambda person: talked.index(person.id)):
        if again or not times_asked(view, "green_flags", friend.name):
            table = phrases.AGAIN if again else phrases.QUESTIONS
            return Ask("green_flags", friend.id, _pick(view, table["green_flags"], name=friend.name, primary=primary))
    return None


def times_asked(view: View, slug: str, name: str = "") -> int:
    return sum(wording.topic_of(line) == slug and name in line for line in view.own_lines)


def _plain(view: View, topic: Topic, *, again: bool) -> Ask | None:
    slug = topic.slug
    if slug not in view.topics or slug not in phrases.QUESTIONS:
        return None
    if slug == "green_flags":
        return _flag_question(view, again=again)
    to = view.primary if topic.who == "primary" or slug not in FIRST_TOPICS else None
    return Ask(slug, to, _pick(view, _variants(view, slug, again=again)))


def _variants(view: View, slug: str, *, again: bool) -> tuple[str, ...]:
    if again and slug in phrases.AGAIN:
        return phrases.AGAIN[slug]
    if slug in phrases.MORE and view.live(slug):
        return phrases.MORE[slug] + (phrases.QUESTIONS[slug] if slug == "stories" else ())
    return phrases.QUESTIONS[slug]


def _pick(view: View, variants: tuple[str, ...], **filled: str) -> str:
    return wording.pick(view, variants, **({"name": view.name_of(view.primary)} | filled))
