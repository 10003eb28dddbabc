"""What a turn extracts from the messages, as tool calls: claims, consent, decisions about proposals, facts."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from emulator.llm import interests, reactions
from emulator.llm.chat_completions import Call
from emulator.llm.clauses import Speaker
from emulator.llm.interview import CHOICES, CONFIRMED, REJECTED, Message, Snapshot, with_effect
from emulator.llm.patterns import Fact, facts_in

MOST_CALLS = 30
MANY = {
    "interests": 10,
    "stories": 10,
    "languages": 6,
    "pets": 6,
    "green_flags": 10,
    "must_haves": 3,
    "dealbreakers": 3,
    "interested_in": 6,
}
ADULT_AGE = 18
_YES_AND = re.compile(
    r"^\W*(?:oh |haha )*(?:yes|yeah|yep|sure|ok|of course)\b.*?\b(?:and|plus|also|add)\b(?P<rest>.+)$", re.IGNORECASE
)
_PIECES = re.compile(r"[,.;!]|\b(?:but|and|just|only)\b", re.IGNORECASE)


def tool_calls_for(snapshot: Snapshot) -> list[Call]:
    """Everything this answer does besides speaking, in the order to carry it out."""
    calls = [*_claim(snapshot)]
    snapshot = after_calls(snapshot, calls)
    consent = list(_consent(snapshot))
    if consent:
        # Consent unlocks the whole transcript and more tools, so the rest waits for the next round.
        return calls + consent
    return (calls + _from_messages(snapshot))[:MOST_CALLS]


def after_calls(snapshot: Snapshot, calls: Iterable[Call]) -> Snapshot:
    """The snapshot as it will be once the calls are carried out."""
    for call in calls:
        if isinstance(call.arguments, dict):
            snapshot = with_effect(snapshot, call.name, call.arguments)
    return snapshot


def speaker_of(snapshot: Snapshot, message: Message) -> Speaker:
    others = [person.name for person in snapshot.people if person.id != snapshot.primary]
    primary = snapshot.primary_member
    return Speaker(message.sender == snapshot.primary, primary.name if primary else "", others)


def _claim(snapshot: Snapshot) -> Iterator[Call]:
    if snapshot.primary is not None or "claim_primary" not in snapshot.tools:
        return
    for message in snapshot.new:
        asked = snapshot.may_answer(message) == "primary"
        question = snapshot.open_question
        by_name = asked and question is not None and question.asked_to == message.sender
        call = Call("claim_primary", {"message": message.id})
        if reactions.claims(message.text, asked=asked, asked_by_name=by_name) and not snapshot.was_tried(call):
            yield call
            return


def _consent(snapshot: Snapshot) -> Iterator[Call]:
    if snapshot.consented or snapshot.primary is None or "record_consent" not in snapshot.tools:
        return
    for message in snapshot.new:
        asked = snapshot.may_answer(message) == "consent"
        call = Call("record_consent", {"message": message.id})
        if message.sender != snapshot.primary or snapshot.was_tried(call):
            continue
        if reactions.consents(message.text, asked=asked):
            yield call
            return


def consent_is_fresh(snapshot: Snapshot) -> bool:
    """Whether the yes came in this turn: then every message shown may be cited."""
    return any(attempt.done and attempt.call.name == "record_consent" for attempt in snapshot.attempts)


def _from_messages(snapshot: Snapshot) -> list[Call]:
    if snapshot.primary is None or "propose_fact" not in snapshot.tools:
        return []
    calls: list[Call] = []
    for message in snapshot.said_by_people if consent_is_fresh(snapshot) else snapshot.new:
        for call in _from_message(snapshot, message):
            if not snapshot.was_tried(call) and call not in calls:
                calls.append(call)
                snapshot = after_calls(snapshot, [call])
    return calls


def _from_message(snapshot: Snapshot, message: Message) -> Iterator[Call]:
    if reactions.is_command(message.text):
        return
    readings = _readings(snapshot, message)
    decisions = list(_decisions(snapshot, message)) if snapshot.consented else []
    yield from decisions
    snapshot = after_calls(snapshot, decisions)
    for reading in readings:
        if not snapshot.consented and reading.field != "age":
            continue
        if not _is_known(snapshot, reading, message):
            call = _propose(reading.field, reading.value, message)
            yield call
            snapshot = after_calls(snapshot, [call])


def _propose(field: str, value: Any, message: Message) -> Call:
    return Call("propose_fact", {"field": field, "value": value, "message": message.id})


def _readings(snapshot: Snapshot, message: Message) -> list[Fact]:
    topic = None if reactions.skips(message.text) else snapshot.may_answer(message)
    speaker = speaker_of(snapshot, message)
    if topic and snapshot.waiting(topic) and message.sender == snapshot.primary:
        return facts_in(message.text, speaker) + _added_to_a_yes(topic, message.text, speaker)
    return facts_in(message.text, speaker, topic=topic)


def _added_to_a_yes(topic: str, text: str, speaker: Speaker) -> list[Fact]:
    """ "Yes, and baking": asked about pottery, one more interest comes along."""
    match = _YES_AND.match(text)
    if topic != "interests" or match is None:
        return []
    names = [speaker.primary_name, *speaker.other_names]
    return [Fact(topic, item) for item in interests.items(match["rest"], names=names)]


def _is_known(snapshot: Snapshot, reading: Fact, message: Message) -> bool:
    live = snapshot.live(reading.field)
    same = [fact for fact in live if is_same(fact.value, reading.value)]
    if any(fact.state == CONFIRMED for fact in same):
        return True
    is_own = message.sender == snapshot.primary
    settles = is_own and (reading.field not in CHOICES or snapshot.may_answer(message) == reading.field)
    if same:
        return not settles
    if _was_turned_down(snapshot, reading) and not is_own:
        return True
    if reading.field in MANY:
        return len(live) >= MANY[reading.field]
    return bool(live) and not settles


def _was_turned_down(snapshot: Snapshot, reading: Fact) -> bool:
    turned_down = [fact for fact in snapshot.known if fact.field == reading.field and fact.state == REJECTED]
    return any(is_same(fact.value, reading.value) for fact in turned_down)


def is_same(one: Any, other: Any) -> bool:
    """Long texts are the same when one contains the other, so that a story is not recorded twice."""
    if isinstance(one, str) and isinstance(other, str):
        a, b = one.casefold(), other.casefold()
        return a == b or (min(len(a), len(b)) >= 15 and (a in b or b in a))
    return bool(one == other)


def _decisions(snapshot: Snapshot, message: Message) -> Iterator[Call]:
    """The primary person's decision about what friends proposed, when our question about it is open."""
    topic = snapshot.may_answer(message)
    if topic is None or message.sender != snapshot.primary or not snapshot.waiting(topic):
        return
    cited = {"field": topic, "message": message.id}
    values = [str(fact.value) for fact in snapshot.waiting(topic)]
    if reactions.agrees(message.text):
        yield Call("confirm_fact", cited)
    elif reactions.refuses(message.text):
        yield Call("reject_fact", cited)
        yield from (_propose(topic, value, message) for value in _kept_despite_no(values, message.text))
    elif any(_mentions(message.text, value) for value in values):
        yield Call("confirm_fact", cited)


def _kept_despite_no(values: list[str], text: str) -> list[str]:
    """ "Night climbing yes, pottery no": the part without a no is kept."""
    pieces = [piece for piece in _PIECES.split(text) if piece and not reactions.refuses(piece)]
    return [value for value in values if any(_mentions_part(piece, value) for piece in pieces)]


def _mentions_part(piece: str, value: str) -> bool:
    return any(len(word) > 3 and _mentions(piece, word) for word in value.split())


def _mentions(text: str, value: str) -> bool:
    return value.casefold() in text.casefold()


def is_underage(snapshot: Snapshot) -> bool:
    """The latest age that the primary person gave is under eighteen."""
    newest: Any = None
    for message in snapshot.said_by_people:
        if message.sender == snapshot.primary:
            readings = facts_in(message.text, speaker_of(snapshot, message), topic=snapshot.may_answer(message))
            newest = next((reading.value for reading in readings if reading.field == "age"), newest)
    return isinstance(newest, int) and newest < ADULT_AGE
