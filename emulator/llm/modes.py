"""The other characters that the model can play, and the broken answers it can give."""

from collections.abc import Callable
from typing import Any

from emulator.llm import interviewer, phrases, wording
from emulator.llm.chat_completions import Answer, Call
from emulator.llm.extraction import after, tool_calls_for
from emulator.llm.interview import PROPOSED, View
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


def mute(view: View) -> list[Call]:
    """Never speaks and takes nothing."""
    return [interviewer.silence("mute")]


def chatterbox(view: View) -> list[Call]:
    """Takes facts like the interviewer, and speaks every turn, whoever has the floor."""
    taken = tool_calls_for(view)
    if _tried_to_speak(view) or not view.new:
        return [*taken, interviewer.silence("out of breath")]
    if any(call.name == "record_consent" for call in taken):
        return taken
    cited = view.new[-1].id
    view = after(view, taken)
    say = Call("say", {"text": wording.pick(view, _CHATTER), "message": cited})
    return [*taken, say, _any_question(view, cited)]


def _any_question(view: View, cited: str) -> Call:
    ask = next_question(view, unanswered=None)
    if ask is None or ask.topic is None:
        text = wording.pick(view, phrases.QUESTIONS["quirk"], name=view.name_of(view.primary))
        return Call("say", {"text": text, "message": cited})
    return Call("ask_field", {"field": ask.topic, "wording": ask.wording, "to": ask.to, "message": cited})


def _tried_to_speak(view: View) -> bool:
    return any(attempt.call.name in {"say", "ask_field"} for attempt in view.attempts)


def liar(view: View) -> list[Call]:
    """Claims, consents, proposes, confirms and cites for anyone, and says that it did."""
    if view.attempts or not view.new:
        return [interviewer.silence("nothing more to invent")]
    cited, elsewhere = _citations(view)
    calls = [Call("claim_primary", {"message": elsewhere}), Call("claim_primary", {"message": cited})]
    calls += [Call("record_consent", {"message": elsewhere}), Call("record_consent", {"message": cited})]
    for field, value in INVENTED:
        calls.append(
            Call("propose_fact", {"field": field, "value": value, "message": elsewhere, "about": view.primary})
        )
        calls.append(Call("propose_fact", {"field": field, "value": value, "message": cited}))
    for field in dict.fromkeys(fact.field for fact in view.known if fact.state == PROPOSED):
        calls.append(Call("confirm_fact", {"field": field, "message": elsewhere}))
    for field in dict.fromkeys(fact.field for fact in view.known):
        calls.append(Call("reject_fact", {"field": field, "message": elsewhere}))
    calls.append(Call("advance_stage", {"message": cited}))
    lie = wording.pick(view, _LIES, who=view.name_of(view.primary or view.new[-1].sender))
    return [*calls, Call("say", {"text": lie, "message": cited})]


def _citations(view: View) -> tuple[str, str]:
    """The newest message, and one that the primary person did not write (or does not exist at all)."""
    others = [message.id for message in view.said_by_people if message.sender != view.primary]
    return view.new[-1].id, others[-1] if others else "no-such-message"


MODES: dict[str, Callable[[View], list[Call]]] = {
    "interviewer": interviewer.respond,
    "chatterbox": chatterbox,
    "liar": liar,
    "mute": mute,
}


def _broken_json(view: View) -> Answer:
    return Answer((Call("say", '{"text": "Hello, so tell me'),))


def _unknown_tool(view: View) -> Answer:
    return Answer((Call("publish_profile", {"now": True}),))


def _no_tool(view: View) -> Answer:
    return Answer(text="As a matchmaker I would now ask how old Abby is.")


def _wrong_types(view: View) -> Answer:
    return Answer((Call("propose_fact", {"field": ["age"], "value": {"years": "many"}, "message": 7}),))


MALFORMED: tuple[Callable[[View], Answer], ...] = (_broken_json, _unknown_tool, _no_tool, _wrong_types)
