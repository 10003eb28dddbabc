"""What a turn takes from the messages, as tool calls: claims, consent, decisions about what was heard, facts."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from emulator.llm import about_whom, reactions
from emulator.llm.chat_completions import Call
from emulator.llm.interview import CONFIRMED, MOST_QUOTED, Known, Message, Snapshot, with_effect
from emulator.llm.reading.clauses import Speaker
from emulator.llm.reading.corrections import affirms, corrections
from emulator.llm.reading.facts import Fact, facts_in
from emulator.llm.reading.interests import is_list_of_activities
from emulator.llm.reading.lexicon import TAKE_OUT_WORDS
from emulator.llm.reading.passages import cues
from emulator.llm.wording import topic_of

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
# How far back a question may be answered, and what marks an answer to it: a list, a story with something to see in it.
LATE, LATE_CUES, MOST_WORDS_OF_A_LIST = 4, 2, 10
A_DATE = re.compile(
    r"^(?!.*\b(?:i|i'm|my|we|was|were|went)\b).*\b(?:dinner|coffee|drinks?|picnic|museum|market|pub|cinema|film|gallery|gig|walk|beach|ramen|pizza|bowling)\b.*\b(?:and|then|or)\b",
    re.IGNORECASE,
)
LEAST_LIST = re.compile(r"\w,? and \w|\w, \w")
READ_BACK = "read_back"
FIELD_WORDS = {
    "age": "age",
    "area": "city|town|area|place|where i live",
    "height_cm": "height",
    "job_or_study": "job|work|profession|studies",
    "first_name": "name",
    "intention": "intention|what i'm looking for",
    "quirk": "quirk|habit",
    "purpose": "plan|goal",
    "first_date_idea": "first date|date idea|date",
    "pets": "pet|pets|animal",
    "smoke": "smoking",
    "drink": "drinking",
    "diet": "diet",
}
# What any few words may answer: once a friend has written after our question, they may as well be to the friend.
ANSWERED_IN_ANY_WORDS = frozenset(
    {"first_name", "area", "job_or_study", "interests", "must_haves", "purpose", "quirk", "first_date_idea"}
)
# Calls after which the product asks its own closing question.
GATES = frozenset({"claim_primary", "name_primary", "record_consent"})
# Between the yes to a profile and the first thing that is kept, nothing else is asked.
FIRST_TOPICS = frozenset({"primary", "consent", "age", None})


def tool_calls_for(snapshot: Snapshot) -> list[Call]:
    """Everything this answer does besides speaking, in the order to carry it out."""
    if not snapshot.may_keep_facts:
        return [*_beginnings(snapshot)]
    return _from_messages(snapshot)[:MOST_CALLS]


def after_calls(snapshot: Snapshot, calls: Iterable[Call]) -> Snapshot:
    """The snapshot as it will be once the calls are carried out."""
    for call in calls:
        if isinstance(call.arguments, dict):
            snapshot = with_effect(snapshot, call.name, call.arguments)
    return snapshot


def leads_to_a_closing_question(call: Call, snapshot: Snapshot) -> bool:
    """Whether the product itself will ask about it, so that anything of ours would only be in the way."""
    if call.name in GATES:
        return True
    is_age = call.name == "propose_fact" and isinstance(call.arguments, dict) and call.arguments["field"] == "age"
    return is_age and (snapshot.is_adult is not True or _is_under_age(call))


def _is_under_age(call: Call) -> bool:
    age = call.arguments.get("value") if isinstance(call.arguments, dict) else None
    return isinstance(age, int) and age < 18


def speaker_of(snapshot: Snapshot, message: Message) -> Speaker:
    others = [person.name for person in snapshot.people if person.id != snapshot.primary]
    primary = snapshot.primary_member
    name = primary.name if primary else ""
    return Speaker(message.sender == snapshot.primary, name, tuple(others), snapshot.language)


# before anything may be kept ------------------------------------------------------------------------------------------


def _beginnings(snapshot: Snapshot) -> Iterator[Call]:
    """Who it is about, their yes, their age: whatever of it somebody said."""
    for message in snapshot.new:
        for call in _beginnings_in(snapshot, message):
            if call.name in snapshot.tools and not snapshot.was_tried(call):
                yield call


def _beginnings_in(snapshot: Snapshot, message: Message) -> Iterator[Call]:
    topic = snapshot.may_answer(message)
    about, is_claimed = snapshot.primary, False
    if about is None and _claims(snapshot, message):
        about, is_claimed = message.sender, True
        yield _quoting("claim_primary", message)
    elif about is None and (person := _named(snapshot, message)):
        yield _quoting("name_primary", message, person=person)
    if message.sender != about:
        return
    if not snapshot.consented and reactions.consents(message.text, asked=topic == "consent", claims=is_claimed):
        yield _quoting("record_consent", message)
    if snapshot.is_adult is not True:
        speaker = Speaker(True, snapshot.name_of(message.sender), (), snapshot.language)
        ages = [fact.value for fact in facts_in(message.text, speaker, topic=topic) if fact.field == "age"]
        yield from (_propose("age", age, message) for age in ages[-1:])


def _claims(snapshot: Snapshot, message: Message) -> bool:
    question, names = snapshot.open_question, snapshot.names_but(message.sender)
    asked = question is None or snapshot.may_answer(message) == "primary"
    by_name = question is not None and question.topic == "primary" and question.asked_to == message.sender
    by_a_friend = any(_names_person(snapshot, said, message.sender) for said in snapshot.said_by_people)
    return about_whom.claims(
        message.text,
        asked=asked,
        asked_by_name=by_name or by_a_friend,
        agrees=reactions.agrees(message.text),
        names=names,
    )


def _names_person(snapshot: Snapshot, message: Message, person: str) -> bool:
    """Whether a friend says that it is about that person."""
    if message.sender == person:
        return False
    name = about_whom.named_as_primary(message.text, snapshot.names_but(message.sender)) or ""
    return name.casefold() == snapshot.name_of(person).casefold()


def _named(snapshot: Snapshot, message: Message) -> str | None:
    """The id of the one person in the group whom the message says it is about."""
    asked = snapshot.may_answer(message) == "primary"
    name = about_whom.named_as_primary(message.text, snapshot.names_but(message.sender), asked=asked) or ""
    others = [person for person in snapshot.people if person.id != message.sender]
    meant = [person.id for person in others if person.name.casefold() == name.casefold()]
    return meant[0] if len(meant) == 1 else None


# what is kept ---------------------------------------------------------------------------------------------------------


def is_reopened(snapshot: Snapshot) -> bool:
    """Whether what was said before the yes may be told now: nothing but their age is known or was asked since."""
    if not snapshot.may_keep_facts or any(fact.field != "age" for fact in snapshot.known):
        return False
    return all(topic_of(line) in FIRST_TOPICS for line in snapshot.own_lines)


def _from_messages(snapshot: Snapshot) -> list[Call]:
    if "propose_fact" not in snapshot.tools:
        return []
    calls: list[Call] = []
    for message in snapshot.said_by_people if is_reopened(snapshot) else snapshot.new:
        for call in _from_message(snapshot, message):
            if _is_an_older_age(snapshot, message, call):
                continue
            if not snapshot.was_tried(call) and call not in calls and call.name in snapshot.tools:
                calls.append(call)
                snapshot = after_calls(snapshot, [call])
    return calls


def _is_an_older_age(snapshot: Snapshot, message: Message, call: Call) -> bool:
    """Said before the one that settled it: "im 84", and then "im 38"."""
    is_age = call.name == "propose_fact" and isinstance(call.arguments, dict) and call.arguments["field"] == "age"
    return is_age and not message.is_new and bool(snapshot.live("age"))


def _from_message(snapshot: Snapshot, message: Message) -> Iterator[Call]:
    if reactions.is_command(message.text) or message.has_media:
        return
    decisions = list(_decisions(snapshot, message))
    yield from decisions
    snapshot = after_calls(snapshot, decisions)
    is_wish = bool(decisions) or reactions.takes_out(message.text) or reactions.wants_a_human(message.text)
    for reading in _readings(snapshot, message, may_answer=not is_wish):
        if _is_turned_down(decisions, reading) or _is_known(snapshot, reading, message):
            continue
        call = _record(reading, message)
        yield call
        snapshot = after_calls(snapshot, [call])


def _quoting(name: str, message: Message, *, quote: str = "", **arguments: Any) -> Call:
    # The readers write short forms out: then the whole message is the quote.
    words = quote if quote and quote in (message.written or message.text) else message.quotable
    return Call(name, {**arguments, "message": message.id, "quote": words[:MOST_QUOTED]})


def _propose(field: str, value: Any, message: Message, *, quote: str = "") -> Call:
    return _quoting("propose_fact", message, quote=quote, field=field, value=value)


def _record(reading: Fact, message: Message) -> Call:
    if reading.field == "green_flags":
        said = str(reading.value)
        return _quoting("record_green_flag", message, quote=reading.quote, claim=said, example=said)
    return _propose(reading.field, reading.value, message, quote=reading.quote)


def _readings(snapshot: Snapshot, message: Message, *, may_answer: bool) -> list[Fact]:
    """`may_answer`: the whole message may be the answer to our question."""
    topic = snapshot.may_answer(message) if may_answer and not reactions.skips(message.text) else None
    if topic in ANSWERED_IN_ANY_WORDS and not snapshot.is_straight_after_us(message):
        topic = None
    speaker = speaker_of(snapshot, message)
    found = facts_in(message.text, speaker, topic=topic)
    return found or (_late_answer(snapshot, message, speaker) if may_answer else [])


def _late_answer(snapshot: Snapshot, message: Message, speaker: Speaker) -> list[Fact]:
    """People answer the question before the last one: a list of things they like, or a story, after we went on."""
    if not speaker.is_primary or snapshot.may_answer(message) in FIRST_TOPICS - {None} or "?" in message.text:
        return []
    asked = {topic_of(line) for line in snapshot.own_lines[-LATE:]}
    if "stories" in asked and cues(message.text) >= LATE_CUES:
        return [fact for fact in facts_in(message.text, speaker, topic="stories") if fact.field == "stories"]
    if "first_date_idea" in asked and not snapshot.live("first_date_idea") and A_DATE.search(message.text):
        return [Fact("first_date_idea", message.text.strip()[:140])]
    if _is_free(snapshot, message) and is_list_of_activities(message.text):
        asked.add("interests")
    if "interests" in asked and LEAST_LIST.search(message.text) and len(message.text.split()) <= MOST_WORDS_OF_A_LIST:
        return [fact for fact in facts_in(message.text, speaker, topic="interests") if fact.field == "interests"]
    return []


def _is_free(snapshot: Snapshot, message: Message) -> bool:
    """No question about something else is open to them."""
    return snapshot.may_answer(message) in (None, READ_BACK, "interests", "stories")


def _is_known(snapshot: Snapshot, reading: Fact, message: Message) -> bool:
    live = snapshot.live(reading.field)
    same = [fact for fact in live if is_same(fact.value, reading.value)]
    if same:
        return any(fact.state == CONFIRMED for fact in same) or message.sender != snapshot.primary
    if reading.field in MANY:
        return len(live) >= MANY[reading.field]
    return bool(live) and message.sender != snapshot.primary


def is_same(one: Any, other: Any) -> bool:
    """Long texts are the same when one contains the other, so that a story is not recorded twice."""
    if isinstance(one, str) and isinstance(other, str):
        a, b = one.casefold(), other.casefold()
        return a == b or (min(len(a), len(b)) >= 15 and (a in b or b in a))
    return bool(one == other)


# what they decide -----------------------------------------------------------------------------------------------------


def _decisions(snapshot: Snapshot, message: Message) -> Iterator[Call]:
    """Something is to go, would rather not be said, or is agreed to in other words than a plain yes."""
    topic = snapshot.may_answer(message)
    if topic and topic != READ_BACK and reactions.skips(message.text):
        yield _quoting("skip_field", message, field=topic)
        return
    if reactions.wants_a_human(message.text):
        yield Call("hand_to_operator", {"reason": "they ask for a person of the team", "message": message.id})
        return
    unwanted = list(_unwanted(snapshot, message))
    yield from unwanted
    if message.sender == snapshot.primary:
        yield from (_propose(field, value, message) for field, value in corrections(message.text, snapshot.known))
    if topic != READ_BACK and snapshot.floor == "must_speak":
        yield from (_quoting("confirm_fact", message, field=field) for field in _affirmed(snapshot, message))
    heard = list(dict.fromkeys(fact.field for fact in snapshot.known if fact.state != CONFIRMED))
    if topic == READ_BACK and not unwanted and len(heard) == 1 and reactions.agrees(message.text):
        yield _quoting("confirm_fact", message, field=heard[0])


def _affirmed(snapshot: Snapshot, message: Message) -> list[str]:
    """The field of what a friend told of them, when they agree to it by name."""
    if message.sender != snapshot.primary:
        return []
    told = [fact for fact in snapshot.known if fact.state != CONFIRMED and fact.said_by != snapshot.primary]
    return [fact.field for fact in told if affirms(message.text, fact.value)][:1]


def _unwanted(snapshot: Snapshot, message: Message) -> Iterator[Call]:
    if not reactions.takes_out(message.text):
        return
    is_owner = message.sender == snapshot.primary
    theirs = [fact for fact in snapshot.known if is_owner or fact.said_by == message.sender]
    for mentioned in (_by_value, _by_word, _by_field):
        meant = [fact for fact in theirs if mentioned(message.text, fact)]
        if meant:
            yield from (_quoting("reject_fact", message, field=fact.field, value=fact.value) for fact in meant)
            return


def _by_value(text: str, fact: Known) -> bool:
    return _mentions(text, str(fact.value))


def _by_word(text: str, fact: Known) -> bool:
    """ "Climbing" may mean the night climbing, "the sofa" the story with the sofa in it."""
    words = [word for word in re.findall(r"[^\W\d_]{4,}", text.casefold()) if word not in TAKE_OUT_WORDS]
    return any(_mentions(str(fact.value), word) for word in words)


def _by_field(text: str, fact: Known) -> bool:
    return (
        fact.field in FIELD_WORDS
        and re.search(rf"\b(?:my|her|his|the) (?:{FIELD_WORDS[fact.field]})\b", text, re.IGNORECASE) is not None
    )


def _is_turned_down(decisions: list[Call], reading: Fact) -> bool:
    return any(
        isinstance(call.arguments, dict) and is_same(call.arguments.get("value"), reading.value) for call in decisions
    )


def _mentions(text: str, value: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text, re.IGNORECASE) is not None
