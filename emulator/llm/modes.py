"""The other characters that the model can play, and the broken answers it can give."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from emulator.llm import interviewer, phrases, wording
from emulator.llm.chat_completions import Answer, Call
from emulator.llm.extraction import after_calls, leads_to_a_closing_question, tool_calls_for
from emulator.llm.interview import HEARD, Message, Snapshot
from emulator.llm.questions import next_question

# What the liar invents: nobody said any of it.
INVENTED: tuple[tuple[str, Any], ...] = (
    ("age", 31),
    ("first_name", "Cassandra"),
    ("area", "Atlantis"),
    ("height_cm", 199),
    ("orientation", "straight"),
    ("intention", "short_open_long"),
    ("interests", "taxidermy"),
    ("stories", "She once won eleven goldfish at a fair in 1987."),
    ("quirk", "keeps the teeth of strangers in a jar"),
    ("green_flags", "She always lends money to people she has never met."),
)
# The product carries out forty calls of one answer; its lie aloud has to be among them.
MOST_LIES = 40
_LIES = (
    "{who} told me privately that she is 31 and lives in Atlantis. All agreed?",
    "It is settled then: taxidermy goes on the profile, {who} signed for it. Anything else?",
    "I have put everything live already, {who} said yes for all of you. Happy?",
)
_CHATTER = (
    "I was just thinking how nice this is.",
    "What a lovely group!",
    "I could listen to you all evening.",
    "Oh, do go on.",
)


def mute(snapshot: Snapshot) -> list[Call]:
    """Never speaks and records nothing."""
    return [interviewer.silence("mute")]


def chatterbox(snapshot: Snapshot) -> list[Call]:
    """Records facts like the interviewer, and speaks every turn, whoever has the floor."""
    taken = tool_calls_for(snapshot)
    if _tried_to_speak(snapshot) or not snapshot.new:
        return [*taken, interviewer.silence("out of breath")]
    if any(leads_to_a_closing_question(call, snapshot) for call in taken):
        return [*taken, interviewer.silence("they are asked to make sure")]
    cited = snapshot.new[-1].id
    snapshot = after_calls(snapshot, taken)
    say = Call("say", {"text": wording.pick(snapshot, _CHATTER), "message": cited})
    return [*taken, say, _any_question(snapshot, cited)]


def _any_question(snapshot: Snapshot, cited: str) -> Call:
    ask = next_question(snapshot, unanswered=None)
    if ask is None or ask.topic is None:
        text = wording.pick(snapshot, phrases.QUESTIONS["quirk"], name=snapshot.name_of(snapshot.primary))
        return Call("say", {"text": text, "message": cited})
    to = {"to": ask.to} if ask.to else {}
    return Call("ask_field", {"field": ask.topic, "wording": ask.wording, "message": cited} | to)


def _tried_to_speak(snapshot: Snapshot) -> bool:
    return any(attempt.call.name in {"say", "ask_field"} for attempt in snapshot.attempts)


def liar(snapshot: Snapshot) -> list[Call]:
    """Claims, consents, proposes, confirms and cites for anyone, and says that it did. Its quotes are real: what it
    makes of them is not. It may begin at any moment of an evening, and knows no more of it than any model."""
    if snapshot.attempts or not snapshot.new:
        return [interviewer.silence("nothing more to invent")]
    newest = snapshot.new[-1]
    elsewhere = _by_another(snapshot)
    calls = [_quoting(name, cited) for name in ("claim_primary", "record_consent") for cited in (elsewhere, newest)]
    calls += _false_drafts(snapshot, newest)
    for field, value in INVENTED:
        calls.append(_quoting("propose_fact", elsewhere, field=field, value=value, about=snapshot.primary))
        calls.append(_quoting("propose_fact", newest, field=field, value=value))
    claim = {"claim": "generous with money", "example": "She lends money to people she has never met."}
    calls.append(_quoting("record_green_flag", newest, **claim))
    calls += [_quoting("propose_fact", cited, field=field, value=value) for cited, field, value in _twisted(snapshot)]
    for field in dict.fromkeys(fact.field for fact in snapshot.known if fact.state == HEARD):
        calls.append(_quoting("confirm_fact", newest, field=field))
    for field in dict.fromkeys(fact.field for fact in snapshot.known):
        calls.append(_quoting("reject_fact", elsewhere, field=field))
    if snapshot.open_question is not None:
        calls.append(_quoting("skip_field", newest, field=snapshot.open_question.topic))
    calls.append(Call("advance_stage", {"message": newest.id}))
    lie = wording.pick(snapshot, _LIES, who=snapshot.name_of(snapshot.primary or newest.sender))
    return [*calls[: MOST_LIES - 1], Call("say", {"text": lie, "message": newest.id})]


def _false_drafts(snapshot: Snapshot, newest: Message) -> Iterator[Call]:
    """Drafts that real facts do not carry, and choices that nobody made."""
    cited = [fact.id for fact in snapshot.citable[:2]] or ["f1", "f2"]
    for fact_ids in (cited, ["no-such-fact", *cited]):
        text = (
            "I own a yacht in Atlantis, speak nine languages and stuff owls for a living, as my friends will confirm."
        )
        yield Call("draft_bio", {"sentences": [{"text": text, "facts": fact_ids}]})
    for prompt in snapshot.prompts[:1]:
        text = "My yacht, and the goldfish that I keep on it."
        yield Call("draft_prompt", {"prompt": prompt, "sentences": [{"text": text, "facts": cited}]})
    for photo in snapshot.photos[:1]:
        yield _quoting("tag_photo", _by_another(snapshot), photo=photo.number, shows="owner", main=True)
    if "request_approval" in snapshot.tools:
        yield Call("request_approval", {})


def _quoting(name: str, cited: Message, **arguments: Any) -> Call:
    return Call(name, {**arguments, "message": cited.id, "quote": cited.quotable})


def _by_another(snapshot: Snapshot) -> Message:
    """The newest message that the primary person did not write, or one that does not exist at all."""
    others = [message for message in snapshot.said_by_people if message.sender != snapshot.primary]
    return others[-1] if others else Message("no-such-message", "nobody", "", False, -1)


def _twisted(snapshot: Snapshot) -> Iterator[tuple[Message, str, Any]]:
    """Real words with a wrong value: the number of a bus is an age, a city in passing is where they live."""
    for message in snapshot.new:
        for number in re.findall(r"\d{1,3}", message.text)[:2]:
            yield message, "age", int(number)
            yield message, "height_cm", int(number)
        for word in re.findall(r"[^\W\d_]{4,}", message.text)[:3]:
            yield message, "area", word.title()
            yield message, "interests", word.lower()
        yield message, "smoke", "yes"
        yield message, "kids_wants", "yes"


MODES: dict[str, Callable[[Snapshot], list[Call]]] = {
    "interviewer": interviewer.respond,
    "chatterbox": chatterbox,
    "liar": liar,
    "mute": mute,
}


def _broken_json(snapshot: Snapshot) -> Answer:
    return Answer((Call("say", '{"text": "Hello, so tell me'),))


def _unknown_tool(snapshot: Snapshot) -> Answer:
    return Answer((Call("publish_profile", {"now": True}),))


def _no_tool(snapshot: Snapshot) -> Answer:
    return Answer(text="As a matchmaker I would now ask how old Abby is.")


def _wrong_types(snapshot: Snapshot) -> Answer:
    return Answer((Call("propose_fact", {"field": ["age"], "value": {"years": "many"}, "message": 7}),))


MALFORMED: tuple[Callable[[Snapshot], Answer], ...] = (_broken_json, _unknown_tool, _no_tool, _wrong_types)
