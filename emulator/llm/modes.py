"""The other characters that the model can play, and the broken answers it can give."""

from collections.abc import Callable
from typing import Any

from emulator.llm import interviewer, phrases, wording
from emulator.llm.chat_completions import Answer, Call
from emulator.llm.extraction import after_calls, tool_calls_for
from emulator.llm.interview import PROPOSED, Snapshot
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
    if any(call.name == "record_consent" for call in taken):
        return taken
    cited = snapshot.new[-1].id
    snapshot = after_calls(snapshot, taken)
    say = Call("say", {"text": wording.pick(snapshot, _CHATTER), "message": cited})
    return [*taken, say, _any_question(snapshot, cited)]


def _any_question(snapshot: Snapshot, cited: str) -> Call:
    ask = next_question(snapshot, unanswered=None)
    if ask is None or ask.topic is None:
        text = wording.pick(snapshot, phrases.QUESTIONS["quirk"], name=snapshot.name_of(snapshot.primary))
        return Call("say", {"text": text, "message": cited})
    return Call("ask_field", {"field": ask.topic, "wording": ask.wording, "to": ask.to, "message": cited})


def _tried_to_speak(snapshot: Snapshot) -> bool:
    return any(attempt.call.name in {"say", "ask_field"} for attempt in snapshot.attempts)


def liar(snapshot: Snapshot) -> list[Call]:
    """Claims, consents, proposes, confirms and cites for anyone, and says that it did."""
    if snapshot.attempts or not snapshot.new:
        return [interviewer.silence("nothing more to invent")]
    cited, elsewhere = _citations(snapshot)
    calls = [Call("claim_primary", {"message": elsewhere}), Call("claim_primary", {"message": cited})]
    calls += [Call("record_consent", {"message": elsewhere}), Call("record_consent", {"message": cited})]
    for field, value in INVENTED:
        calls.append(
            Call("propose_fact", {"field": field, "value": value, "message": elsewhere, "about": snapshot.primary})
        )
        calls.append(Call("propose_fact", {"field": field, "value": value, "message": cited}))
    for field in dict.fromkeys(fact.field for fact in snapshot.known if fact.state == PROPOSED):
        calls.append(Call("confirm_fact", {"field": field, "message": elsewhere}))
    for field in dict.fromkeys(fact.field for fact in snapshot.known):
        calls.append(Call("reject_fact", {"field": field, "message": elsewhere}))
    calls.append(Call("advance_stage", {"message": cited}))
    lie = wording.pick(snapshot, _LIES, who=snapshot.name_of(snapshot.primary or snapshot.new[-1].sender))
    return [*calls, Call("say", {"text": lie, "message": cited})]


def _citations(snapshot: Snapshot) -> tuple[str, str]:
    """The newest message, and one that the primary person did not write (or does not exist at all)."""
    others = [message.id for message in snapshot.said_by_people if message.sender != snapshot.primary]
    return snapshot.new[-1].id, others[-1] if others else "no-such-message"


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
