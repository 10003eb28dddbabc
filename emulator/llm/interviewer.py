"""The scripted interviewer: extracts what was said, and asks for what is missing, one thing at a time."""

from emulator.llm import phrases, reactions, wording
from emulator.llm.chat_completions import Call
from emulator.llm.extraction import after_calls, is_reopened, leads_to_a_closing_question, tool_calls_for
from emulator.llm.interview import NOTICE, Known, Message, Snapshot
from emulator.llm.questions import NextQuestion, next_question
from emulator.llm.reactions import AskedAbout

# Values short enough to repeat in a thank-you.
SHORT = frozenset({"interests", "area", "languages", "pets"})
SILENCE = "stay_silent"


def respond(snapshot: Snapshot) -> list[Call]:
    """The tool calls of one answer. Uses nothing but the snapshot."""
    if snapshot.has_spoken or snapshot.will_be_asked:
        return [silence("what there was to say is said")]
    taken = tool_calls_for(snapshot)
    if any(leads_to_a_closing_question(call, snapshot) or call.name == "confirm_fact" for call in taken):
        return [*taken, silence("they are asked to make sure")]
    return [*taken, Turn(snapshot, taken).reply()]


def silence(reason: str) -> Call:
    return Call(SILENCE, {"reason": reason})


class Turn:
    """One turn's reply to the group, or its silence. `before` is the state before `taken` is carried out, `snapshot` after."""

    def __init__(self, before: Snapshot, taken: list[Call]) -> None:
        self.before, self.snapshot = before, after_calls(before, taken)
        # Earlier rounds of the same turn count: their thanks are still due.
        self.taken = [attempt.call for attempt in before.attempts if attempt.done] + taken
        self.must_speak = before.floor == "must_speak"
        self.cited = before.new[-1] if before.new else None

    def reply(self) -> Call:
        if self.before.floor == "listen_only" or "say" not in self.before.tools:
            return silence("only listening")
        if self.cited is None or all(reactions.is_command(message.text) for message in self.before.new):
            return silence("nobody said anything")
        return self._before_questions() or self._regular_turn()

    # replies that come before any question -----------------------------------------------------------------------------

    def _before_questions(self) -> Call | None:
        if self.must_speak and (claimant := self._second_claimant()):
            return self._say(self._pick(phrases.ABOUT_ANOTHER, who=claimant))
        if self._open_topic() == "consent" and not self.snapshot.consented and self._says_no_to_us():
            return self._say_once(phrases.NO_CONSENT)
        if not self._is_settled() and self._asks_for_time():
            return self._say(self._pick(phrases.WAITING))
        if (
            self.must_speak
            and not self.taken
            and all(reactions.is_thanks(message.text) for message in self.before.new)
        ):
            return self._say(self._pick(phrases.WELCOME, who=self._author_name()))
        return None

    def _second_claimant(self) -> str:
        """The name of someone who claims the profile although it is about another person."""
        if self.before.primary is None or self.snapshot.consented:
            return ""
        others = [message for message in self.before.new if message.sender != self.before.primary]
        claims = [m for m in others if reactions.claims(m.text, asked=False, asked_by_name=False)]
        return self.before.name_of(claims[-1].sender) if claims else ""

    def _says_no_to_us(self) -> bool:
        return any(reactions.refuses(message.text) and "?" not in message.text for message in self._answers())

    def _asks_for_time(self) -> bool:
        return bool(self._answers()) and all(reactions.wants_time(message.text) for message in self._answers())

    # the regular turn ---------------------------------------------------------------------------------------------

    def _regular_turn(self) -> Call:
        answer = self._answer_to_their_question()
        if not answer and not self._has_reason_to_speak():
            return silence("they are talking to each other")
        if self._waits_for_an_answer():
            return (
                self._say(wording.joined(self._credit(), answer))
                if answer or self._named_with_credit()
                else self._nothing_new()
            )
        ask = next_question(self.snapshot, unanswered=self._unanswered_topic())
        if ask is None:
            return self._close(answer)
        return self._ask(ask, answer)

    def _ask(self, ask: NextQuestion, answer: str) -> Call:
        assert self.cited is not None
        text = wording.joined(self._opening(), self._acknowledgement(ask.topic), answer, ask.wording)
        if ask.topic is None:
            return self._say(text)
        arguments = {"field": ask.topic, "wording": text, "message": self.cited.id}
        return Call("ask_field", arguments | ({"to": ask.to} if ask.to else {}))

    def _close(self, answer: str) -> Call:
        """Nothing is left to ask: close warmly once, then only answer questions."""
        was_closed = any(wording.is_closing(line) for line in self.snapshot.own_lines)
        if self.snapshot.consented and not was_closed and self._may_close():
            return self._say(wording.joined(self._acknowledgement(), answer, self._pick(phrases.CLOSING)))
        if answer:
            return self._say(answer)
        if self.must_speak and self.taken:
            return self._say(self._acknowledgement() or self._pick(phrases.ACKNOWLEDGE_ANY))
        return silence("everything is said")

    def _may_close(self) -> bool:
        return bool(self.taken) or self._open_topic() is not None or self.must_speak

    def _nothing_new(self) -> Call:
        return silence("our question is still open")

    # what the new messages do -----------------------------------------------------------------------------------

    def _open_topic(self) -> str | None:
        return self.before.open_question.topic if self.before.open_question else None

    def _answers(self) -> list[Message]:
        """New messages of whoever we asked."""
        return [message for message in self.before.new if self.before.may_answer(message)]

    def _is_settled(self) -> bool:
        """Whether the open question now has its answer, or was skipped."""
        topic = self._open_topic()
        if topic is None:
            return True
        if topic == "primary":
            return self.snapshot.primary is not None
        if topic == "consent":
            return self.snapshot.consented
        about_it = [call for call in self.taken if _field_of(call) == topic]
        return bool(about_it) or self._is_skipped()

    def _is_skipped(self) -> bool:
        return any(reactions.skips(message.text) for message in self._answers())

    def _unanswered_topic(self) -> str | None:
        """The open question's topic, when the person we asked wrote something else."""
        return None if self._is_settled() and not self._is_skipped() else self._open_topic()

    def _waits_for_an_answer(self) -> bool:
        """Our question is open, and the person we asked has said nothing yet, or asked back."""
        if self._is_settled():
            return False
        return not self._attempted_answers() or bool(self._answer_to_their_question())

    def _attempted_answers(self) -> list[Message]:
        """Messages of the person we asked that are more than a laugh or a question to others."""
        return [m for m in self._answers() if not reactions.is_laugh(m.text) and not m.text.strip().endswith("?")]

    def _named_with_credit(self) -> bool:
        return (
            self.must_speak and any(self._names_us(message) for message in self.before.new) and bool(self._credit())
        )

    def _names_us(self, message: Message) -> bool:
        return any(reactions.names(name, message.text) for name in (self.before.matchmaker, "matchmaker"))

    def _has_reason_to_speak(self) -> bool:
        if self.must_speak and self._open_topic() is None:
            return True
        if self._open_topic() is not None:
            return self._is_settled() or bool(self._attempted_answers()) or self._named_with_credit()
        if self.taken or is_reopened(self.before) or not self._is_introduced():
            return True
        return not all(self._is_small_talk(message) for message in self.before.new)

    def _is_small_talk(self, message: Message) -> bool:
        if reactions.is_greeting(message.text):
            return False
        others = [person.name for person in self.before.people if person.id != message.sender]
        if named_as := reactions.named_as_primary(message.text) if self.before.primary is None else None:
            return named_as not in others and not reactions.is_for_a_friend(message.text)
        return reactions.is_small_talk(message.text, others)

    def _answer_to_their_question(self) -> str:
        if not self.must_speak:
            return ""
        for message in reversed(self.before.new):
            asking = self._question_to_us(message)
            if asking is not None:
                return self._pick(phrases.ANSWERS[asking])
        return ""

    def _question_to_us(self, message: Message) -> AskedAbout | None:
        named = self._names_us(message)
        others = [person.name for person in self.before.people if person.id != message.sender]
        if not named and any(reactions.names(name, message.text) for name in others):
            return None
        may_mean_us = named or message.sender == self.before.primary or self.before.may_answer(message)
        return reactions.asks_us(message.text, named=named) if may_mean_us or self.before.primary is None else None

    # words ------------------------------------------------------------------------------------------------------

    def _opening(self) -> str:
        return self._greeting() if self._is_introduced() else self._pick(phrases.OPENING)

    def _is_introduced(self) -> bool:
        """Whether the group knows who is asking: by an earlier line, or by the product's own welcome."""
        welcomed = any(message.sender == NOTICE and "AI" in message.text for message in self.before.messages)
        return welcomed or bool(self.before.own_lines)

    def _greeting(self) -> str:
        if not self.taken and self.cited is not None and reactions.is_greeting(self.cited.text):
            return self._pick(phrases.GREETING, who=self._author_name())
        return ""

    def _acknowledgement(self, next_topic: str | None = None) -> str:
        """Acknowledges what the primary person just said, and thanks the friend who helped."""
        own = self._acknowledge_primary()
        return (
            wording.joined(own, self._credit()) if own or self._credit() else self._acknowledge_no_answer(next_topic)
        )

    def _acknowledge_no_answer(self, next_topic: str | None) -> str:
        if self._is_skipped():
            return self._pick(phrases.SKIPPED)
        given_up = self._unanswered_topic()
        return self._pick(phrases.MOVING_ON) if given_up and next_topic and next_topic != given_up else ""

    def _acknowledge_primary(self) -> str:
        names = {call.name for call in self.taken}
        if is_reopened(self.before):
            return self._pick(phrases.THANKS_CONSENT)
        if names & {"reject_fact", "forget"}:
            # The product tells them itself.
            return ""
        own = self._own_proposals()
        if not own:
            return ""
        topic = self._open_topic()
        field = topic if topic in {_field_of(call) for call in own} else _field_of(own[-1])
        return self._about(field, own)

    def _about(self, field: str, calls: list[Call]) -> str:
        values = [_value_of(call) for call in calls if _field_of(call) == field]
        what = wording.listed([f"{value} cm" if field == "height_cm" else value for value in values])
        return self._pick(phrases.ACKNOWLEDGE.get(field, phrases.ACKNOWLEDGE_ANY), what=what)

    def _credit(self) -> str:
        """Thanks the friend who last told us something, now or while we were only listening."""
        told = [fact for fact in self._told_now() if fact.said_by != self.snapshot.primary]
        if not told:
            return ""
        theirs = [fact for fact in told if fact.said_by == told[-1].said_by]
        short = [fact.value for fact in theirs if fact.field in SHORT]
        who = self.snapshot.name_of(told[-1].said_by)
        if short:
            return self._pick(phrases.CREDIT, who=who, what=wording.listed(short))
        return self._pick(phrases.CREDIT_LONG, who=who)

    def _told_now(self) -> list[Known]:
        """What the messages of this turn brought."""
        return [fact for fact in self.snapshot.known if fact not in self.before.known]

    def _own_proposals(self) -> list[Call]:
        own = {message.id for message in self.snapshot.said_by_people if message.sender == self.snapshot.primary}
        return [call for call in self.taken if call.name == "propose_fact" and _cited_by(call) in own]

    def _author_name(self) -> str:
        return self.snapshot.name_of(self.cited.sender if self.cited else None)

    def _pick(self, variants: tuple[str, ...], **filled: str) -> str:
        known = {"name": self.snapshot.name_of(self.snapshot.primary), "matchmaker": self.snapshot.matchmaker}
        return wording.pick(self.snapshot, variants, **(known | filled))

    def _say(self, text: str) -> Call:
        assert self.cited is not None
        return Call("say", {"text": text, "message": self.cited.id}) if text else silence("nothing to add")

    def _say_once(self, variants: tuple[str, ...]) -> Call:
        text = self._pick(variants)
        return silence("that was said before") if text in self.snapshot.own_lines else self._say(text)


def _field_of(call: Call) -> str:
    return str(call.arguments.get("field", "")) if isinstance(call.arguments, dict) else ""


def _cited_by(call: Call) -> str:
    return str(call.arguments.get("message", "")) if isinstance(call.arguments, dict) else ""


def _value_of(call: Call) -> object:
    return call.arguments.get("value", "") if isinstance(call.arguments, dict) else ""
