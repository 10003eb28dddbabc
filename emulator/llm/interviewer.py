"""The scripted interviewer: listens, answers what it is asked, and asks for what is missing, one thing at a time."""

from emulator.llm import about_whom, phrases, reactions, replies, wording
from emulator.llm.asked import AskedAbout, asks_about_field, asks_us
from emulator.llm.chat_completions import Call
from emulator.llm.extraction import READ_BACK, after_calls, is_reopened, leads_to_a_closing_question, tool_calls_for
from emulator.llm.feelings import Feeling, feeling_in, is_at_somebody
from emulator.llm.interview import HEARD, NOTICE, Known, Message, Snapshot
from emulator.llm.questions import NextQuestion, next_question
from emulator.llm.shaping import TOPICS as ABOUT_THE_WHOLE
from emulator.llm.shaping import shaping_calls

# Values short enough to repeat in a thank-you.
SHORT = frozenset({"interests", "area", "languages", "pets", "height_cm"})
# The product tells of these itself.
TOLD_BY_PRODUCT = frozenset({"reject_fact", "forget", "undo", "hand_to_operator"})
# Of our latest lines: an honest "I didn't get that" comes once in so many.
SELDOM = 6
# Questions that a yes answers, or may answer.
HAVE_A_YES = frozenset({"primary", "consent", "age", "first_name", "pets", "smoke", "drink", READ_BACK})
# What a friend tells at some length: silence after it would be rude.
TOLD_BY_A_FRIEND = frozenset({"green_flags", "stories"})
# "Matchmaker, go on".
LONGEST_CALL = 3


def respond(snapshot: Snapshot) -> list[Call]:
    """The tool calls of one answer. Uses nothing but the snapshot."""
    if snapshot.has_spoken or snapshot.will_be_asked:
        return [silence("what there was to say is said")]
    taken = tool_calls_for(snapshot)
    if any(leads_to_a_closing_question(call, snapshot) or call.name == "confirm_fact" for call in taken):
        return [*taken, silence("they are asked to make sure")]
    shaping = shaping_calls(after_calls(snapshot, taken))
    if shaping:
        return [*taken, *shaping, silence("the product shows what comes of it")]
    return [*taken, Turn(snapshot, taken).reply()]


def silence(reason: str) -> Call:
    return Call("stay_silent", {"reason": reason})


class Turn:
    """One turn's reply to the group, or its silence. `before` is the state before `taken` is carried out, `snapshot` after."""

    def __init__(self, before: Snapshot, taken: list[Call]) -> None:
        self.before, self.snapshot = before, after_calls(before, taken)
        # Earlier rounds of the same turn count: their thanks are still due.
        self.taken = [attempt.call for attempt in before.attempts if attempt.done] + taken
        self.must_speak = before.floor == "must_speak"
        self.cited = before.new[-1] if before.new else None

    def reply(self) -> Call:
        if self.before.floor == "listen_only" or self.before.may_only_listen or "say" not in self.before.tools:
            return silence("only listening")
        if self.cited is None or all(reactions.is_command(message.text) for message in self.before.new):
            return silence("nobody said anything")
        return (
            self._people_first()
            or self._quiet_as_promised()
            or self._gates()
            or self._which_one()
            or self._read_back_again()
            or self._read_back_for_a_yes()
            or self._small_courtesies()
            or self._answer_them()
            or self._named_in_vain()
            or self._go_on()
            or self._admit_it()
            or self._something_for_who_waits()
            or silence("they are talking to each other")
        )

    # people before the form -----------------------------------------------------------------------------------------

    def _people_first(self) -> Call | None:
        """A kind line and no question, once: whoever is sad need not hear it twice."""
        for message in reversed(self.before.new):
            feeling = feeling_in(message.text)
            if feeling is None or (is_at_somebody(feeling) and not self._may_mean_us(message)):
                continue
            if feeling is Feeling.DESPAIR and "flag_safety" in self.before.tools:
                arguments = {"kind": "self_harm", "message": message.id, "quote": message.quotable}
                return Call("flag_safety", arguments)
            text = wording.fresh(self.before, phrases.COMFORT[feeling], who=self.before.name_of(message.sender))
            if not text and self.must_speak:
                text = self._fresh(phrases.WAITING)
            return self._say(text) if text else silence("that was met with a kind word already")
        return None

    def _quiet_as_promised(self) -> Call | None:
        promised = any(
            wording.is_one_of(line, phrases.COMFORT[feeling])
            for line in self.before.own_lines[-1:]
            for feeling in phrases.QUIET_FROM_NOW
        )
        called = any(self._names_us(m) or reactions.calls_us_back(m.text) or "?" in m.text for m in self.before.new)
        if promised and not called and any(reactions.puts_off(message.text) for message in self.before.new):
            return self._say_fresh(phrases.WAITING)
        return silence("they asked for quiet") if promised and not called else None

    # who it is about, and their yes ---------------------------------------------------------------------------------

    def _gates(self) -> Call | None:
        if claimant := self._second_claimant():
            return self._say(self._pick(phrases.ABOUT_ANOTHER, who=claimant))
        if self._turned_down_consent():
            text = wording.fresh(self.before, phrases.NO_CONSENT)
            return self._say(text) if text else silence("they said no, and know how to change it")
        return None

    def _second_claimant(self) -> str:
        """The name of someone who claims the profile although it is about another person."""
        if self.before.primary is None or self.snapshot.consented:
            return ""
        others = [message for message in self.before.new if message.sender != self.before.primary]
        claims = [m for m in others if about_whom.claims(m.text, asked=False, asked_by_name=False)]
        return self.before.name_of(claims[-1].sender) if claims else ""

    def _turned_down_consent(self) -> bool:
        if self.before.primary is None or self.snapshot.consented:
            return False
        was_asked = any("profil" in line.casefold() for line in self.before.own_lines[-1:])
        own = [message.text for message in self.before.new if message.sender == self.before.primary]
        return was_asked and any(reactions.refuses(text) and "?" not in text for text in own)

    def _which_one(self) -> Call | None:
        """They want something out, and nothing that is kept sounds like it."""
        own = [m for m in self.before.new if m.sender == self.before.primary and reactions.takes_out(m.text)]
        if not own or self.taken or "?" in own[-1].text or not self.before.known:
            return None
        return self._say_fresh(phrases.WHICH_ONE)

    def _read_back_again(self) -> Call | None:
        """They agree to the list in words that are no plain yes: a yes has to be one that nobody can mistake."""
        agreed = [message for message in self._answers() if reactions.agrees(message.text)]
        if self._open_topic() != READ_BACK or self.taken or not agreed or READ_BACK not in self.before.tools:
            return None
        return Call(READ_BACK, {"message": agreed[-1].id})

    def _read_back_for_a_yes(self) -> Call | None:
        """A yes to a question that has none ("what do you do?"): they think of what was said, so show them that."""
        topic = self._open_topic()
        if topic is None or topic in HAVE_A_YES or self.taken:
            return None
        yes = [m for m in self._answers() if reactions.agrees(m.text) and len(m.text.split()) <= LONGEST_CALL]
        return Call(READ_BACK, {"message": yes[-1].id}) if yes and self._may_read_back(yes[-1]) else None

    # courtesies -----------------------------------------------------------------------------------------------------

    def _small_courtesies(self) -> Call | None:
        answers = self._answers()
        if not self.taken and answers and all(reactions.wants_time(message.text) for message in answers):
            return self._say_fresh(phrases.WAITING)
        if not self.taken and self.must_speak and any(reactions.puts_off(m.text) for m in self.before.new):
            return self._say_fresh(phrases.WAITING)
        if self.must_speak and not self.taken and all(reactions.is_thanks(m.text) for m in self.before.new):
            return self._say_fresh(phrases.WELCOME, who=self._author_name())
        return None

    # what they ask us -----------------------------------------------------------------------------------------------

    def _answer_them(self) -> Call | None:
        for message in reversed(self.before.new):
            field = asks_about_field(message.text) if message.sender == self.before.primary else None
            if field and self._may_mean_us(message):
                return self._say(replies.answer_about(self.snapshot, field))
            asking = self._question_to_us(message)
            if asking is None:
                continue
            if asking is AskedAbout.NEXT and (self._open_topic() is None or self._is_settled()):
                continue
            if asking is AskedAbout.KNOWN and self._may_read_back(message) and self._open_topic() != READ_BACK:
                return Call(READ_BACK, {"message": message.id})
            is_primary = message.sender == self.before.primary
            who = self.before.name_of(message.sender)
            text = replies.answer(self.snapshot, asking, who=who, is_primary=is_primary)
            if text:
                return self._say(wording.joined(self._credit(), text))
            if asking is AskedAbout.OTHER:
                return self._admit_it()
        return None

    def _question_to_us(self, message: Message) -> AskedAbout | None:
        if not self._may_mean_us(message) or reactions.is_greeting(message.text):
            return None
        if reactions.calls_us_back(message.text):
            return AskedAbout.NEXT
        return asks_us(message.text, named=self._names_us(message))

    def _may_mean_us(self, message: Message) -> bool:
        """By name; or from whoever we talk with, where no friend is named."""
        if self._names_us(message):
            return True
        others = [person.name for person in self.before.people if person.id != message.sender]
        if any(reactions.names(name, message.text) for name in others):
            return False
        talks_with_us = message.sender == self.before.primary or self.before.primary is None
        return bool(self.before.may_answer(message)) or (talks_with_us and (self.must_speak or not self._is_busy()))

    def _is_busy(self) -> bool:
        """They are talking to each other: several wrote since our last line."""
        return len({message.sender for message in self.before.since_our_last_line}) > 1

    def _may_read_back(self, message: Message) -> bool:
        waits = any(fact.state == HEARD for fact in self.snapshot.known)
        return waits and READ_BACK in self.before.tools and message.sender == self.before.primary

    def _named_in_vain(self) -> Call | None:
        """Called by name, and nothing in it that we could take or answer."""
        last = self.before.new[-1].text
        is_polite = reactions.is_greeting(last) or reactions.is_thanks(last) or reactions.calls_us_back(last)
        is_all_said = is_polite or reactions.agrees(last) or reactions.refuses(last) or "?" in last
        called = any(self._names_us(message) for message in self.before.new)
        is_more_than_a_call = called and len(last.split()) > LONGEST_CALL
        return self._admit_it() if is_more_than_a_call and not is_all_said else None

    # the interview --------------------------------------------------------------------------------------------------

    def _go_on(self) -> Call | None:
        if not self._has_reason_to_speak() or self.before.is_taking_shape:
            return None
        if any(call.name in TOLD_BY_PRODUCT for call in self.taken) and not self._is_settled():
            return silence("the product tells them, and our question is still open")
        if self._waits_for_an_answer():
            is_due = self.must_speak or any(fact.field in TOLD_BY_A_FRIEND for fact in self._told_now())
            credit = self._credit() if is_due else ""
            return self._say(credit) if credit else None
        if self._open_topic() == READ_BACK and not self._is_settled():
            # Another question would take the list's place, and what was on it would wait for ever.
            reminder = wording.fresh(self.before, phrases.LIST_FIRST, name=self.before.name_of(self.before.primary))
            return self._say(wording.joined(self._acknowledgement(), reminder)) if reminder else None
        ask = next_question(self.snapshot, unanswered=self._unanswered_topic())
        return self._ask(ask) if ask is not None else self._close()

    def _ask(self, ask: NextQuestion) -> Call:
        assert self.cited is not None
        text = wording.joined(self._opening(), self._acknowledgement(ask.topic) or self._not_followed(), ask.wording)
        if ask.topic is None:
            return self._say(text)
        arguments = {"field": ask.topic, "wording": text, "message": self.cited.id}
        return Call("ask_field", arguments | ({"to": ask.to} if ask.to else {}))

    def _close(self) -> Call | None:
        """Nothing is left to ask: what waits is read back, then it closes once, and only answers questions."""
        assert self.cited is not None
        if not self.snapshot.may_keep_facts or not self._is_settled():
            return None
        tried = any(attempt.call.name == READ_BACK for attempt in self.before.attempts)
        if not tried and self._may_read_back(self.cited):
            return Call(READ_BACK, {"message": self.cited.id})
        if any(fact.state == HEARD for fact in self._told_now()):
            # The product has that checked before anything is over.
            return self._say(self._acknowledgement()) if self._acknowledgement() else None
        if closing := wording.fresh(self.snapshot, phrases.CLOSING[: 1 - self._times_closed()]):
            return self._say(wording.joined(self._acknowledgement(), closing))
        return self._say(self._acknowledgement()) if self.must_speak and self._acknowledgement() else None

    def _times_closed(self) -> int:
        return int(any(wording.is_one_of(line, phrases.CLOSING) for line in self.snapshot.own_lines))

    def _admit_it(self) -> Call | None:
        """Somebody speaks to us and we have no idea: say what we are, now and then."""
        asked_us = [m for m in self.before.new if self._names_us(m) or (self._may_mean_us(m) and "?" in m.text)]
        if not self.must_speak or not asked_us or self.taken:
            return None
        if any(reactions.is_laugh(m.text) or reactions.is_greeting(m.text) for m in self.before.new[-1:]):
            return None
        lately = self.before.own_lines[-SELDOM:]
        if any(wording.is_one_of(line, phrases.STAND_IN) for line in lately):
            return None
        elsewhere = phrases.STAND_IN_IN_OTHER_LANGUAGES.get(self.before.language)
        return self._say_fresh((elsewhere,) if elsewhere else phrases.STAND_IN)

    def _something_for_who_waits(self) -> Call | None:
        """Whoever has to be answered hears something, were it only what we are still missing, or what we are."""
        if not self.must_speak or self.taken or self.before.is_taking_shape:
            return None
        elsewhere = phrases.STAND_IN_IN_OTHER_LANGUAGES.get(self.before.language)
        if elsewhere:
            return self._say_fresh((elsewhere,))
        who = self._author_name()
        topic = self._open_topic() or ("primary" if self.before.primary is None else "")
        if topic == "primary":
            return self._say_fresh(phrases.IS_IT_YOU, who=who)
        if topic in phrases.TOPICS and (text := self._fresh(phrases.WE_WERE_AT, what=self._called(topic))):
            return self._say(text)
        return self._say_fresh(phrases.HERE, who=who) or self._say_fresh(phrases.STAND_IN)

    def _called(self, topic: str) -> str:
        return phrases.TOPICS[topic].format(name=self.snapshot.name_of(self.snapshot.primary))

    # what the new messages do -----------------------------------------------------------------------------------

    def _open_topic(self) -> str | None:
        return self.before.open_question.topic if self.before.open_question else None

    def _answers(self) -> list[Message]:
        """New messages of whoever we asked."""
        return [message for message in self.before.new if self.before.may_answer(message)]

    def _is_settled(self) -> bool:
        """Whether the open question now has its answer, or was skipped."""
        topic = self._open_topic()
        return topic is None or any(_field_of(call) == topic or call.name == "skip_field" for call in self.taken)

    def _unanswered_topic(self) -> str | None:
        """The open question's topic, when the person we asked wrote something else."""
        return None if self._is_settled() else self._open_topic()

    def _waits_for_an_answer(self) -> bool:
        """Our question is open, and the person we asked has not tried to answer it."""
        if self._is_settled():
            return False
        own = {message.id for message in self._answers()}
        told_something_else = any(_cited_by(call) in own for call in self.taken)
        return not told_something_else and not self._attempted_answers()

    def _attempted_answers(self) -> list[Message]:
        """Messages of the person we asked that are more than a laugh, a word, or talk to the others."""
        if self._open_topic() in (READ_BACK, "consent", "primary", "age", *ABOUT_THE_WHOLE):
            # The product asks these itself, and what does not answer them plainly must not pass for an answer.
            return []
        others = [person.name for person in self.before.people]
        return [
            message
            for message in self._answers()
            if self.before.is_straight_after_us(message)
            and not reactions.is_small_talk(message.text, [n for n in others if n != self._name_of(message)])
        ]

    def _names_us(self, message: Message) -> bool:
        return any(reactions.names(name, message.text) for name in (self.before.matchmaker, "matchmaker"))

    def _has_reason_to_speak(self) -> bool:
        if self._open_topic() is not None:
            return self.must_speak or self._is_settled() or bool(self.taken) or bool(self._attempted_answers())
        if self.must_speak or self.taken or is_reopened(self.before) or not self._is_introduced():
            return True
        if self._is_at_the_gates() or any(self._calls_us_back(message) for message in self.before.new):
            return True
        return not all(self._is_small_talk(message) for message in self.before.new)

    def _is_at_the_gates(self) -> bool:
        """It is clear who it is about, and nothing may be kept yet: they wait for the next question, and we for them."""
        own = [m for m in self.before.new if m.sender == self.before.primary and not reactions.is_laugh(m.text)]
        others = [person.name for person in self.before.friends]
        to_us = [message for message in own if not any(reactions.names(name, message.text) for name in others)]
        return bool(to_us) and not self.before.may_keep_facts

    def _calls_us_back(self, message: Message) -> bool:
        return reactions.calls_us_back(message.text) and self._may_mean_us(message)

    def _is_small_talk(self, message: Message) -> bool:
        if reactions.is_greeting(message.text):
            return False
        others = [person.name for person in self.before.people if person.id != message.sender]
        if named_as := about_whom.named_as_primary(message.text, others) if self.before.primary is None else None:
            return named_as not in others and not about_whom.is_for_a_friend(message.text)
        return reactions.is_small_talk(message.text, others)

    # words ------------------------------------------------------------------------------------------------------

    def _opening(self) -> str:
        return self._greeting() if self._is_introduced() else self._pick(phrases.OPENING)

    def _is_introduced(self) -> bool:
        """Whether the group knows who is asking: by an earlier line, or by the product's own welcome."""
        welcomed = any(message.sender == NOTICE and "AI" in message.text for message in self.before.messages)
        return welcomed or bool(self.before.own_lines)

    def _greeting(self) -> str:
        is_ours = self.before.language not in phrases.IN_OTHER_LANGUAGES
        if is_ours and not self.taken and self.cited is not None and reactions.is_greeting(self.cited.text):
            return wording.fresh(self.before, phrases.GREETING, who=self._author_name())
        return ""

    def _acknowledgement(self, next_topic: str | None = None) -> str:
        """Says that the primary person was heard, and thanks the friend who helped; in few words, and not every time."""
        if self.before.language in phrases.IN_OTHER_LANGUAGES:
            return ""
        said = wording.joined(self._acknowledge_primary(), self._credit())
        return said or self._acknowledge_no_answer(next_topic)

    def _not_followed(self) -> str:
        """In a language that we hardly read: once an evening, that their answer was lost on us."""
        line = phrases.STAND_IN_IN_OTHER_LANGUAGES.get(self.before.language)
        return self._fresh((line,)) if line and not self.taken and self._attempted_answers() else ""

    def _acknowledge_no_answer(self, next_topic: str | None) -> str:
        if any(reactions.skips(message.text) for message in self.before.new):
            return wording.fresh(self.before, phrases.SKIPPED)
        given_up = self._unanswered_topic()
        is_dropped = given_up and next_topic and next_topic != given_up and not self.taken
        return wording.fresh(self.before, phrases.MOVING_ON) if is_dropped else ""

    def _acknowledge_primary(self) -> str:
        if is_reopened(self.before):
            return wording.fresh(self.before, phrases.THANKS_CONSENT)
        if any(call.name in TOLD_BY_PRODUCT for call in self.taken):
            return ""
        own = self._told_by_primary()
        if not own:
            texts = [message.text for message in self.before.new if message.sender == self.before.primary]
            agreed = (
                self.before.may_keep_facts
                and self._open_topic() is None
                and any(reactions.agrees(text) for text in texts)
            )
            return wording.fresh(self.before, phrases.AGREED) if agreed else ""
        topic = self._open_topic()
        field = topic if topic in {fact.field for fact in own} else own[-1].field
        values = [f"{fact.value} cm" if field == "height_cm" else fact.value for fact in own if fact.field == field]
        table = phrases.ACKNOWLEDGE.get(str(field), phrases.ACKNOWLEDGE_ANY)
        return wording.fresh(self.before, table, what=wording.listed(values))

    def _told_by_primary(self) -> list[Known]:
        """What this turn brought from them: taken by us, or read by the product before we were asked."""
        told = [fact for fact in self._told_now() if fact.said_by == self.snapshot.primary]
        if told:
            return told
        texts = [message.text.casefold() for message in self.before.new if message.sender == self.before.primary]
        asked = wording.topic_of(self.before.own_lines[-1]) if self.before.own_lines else None
        return [fact for fact in self.before.live(str(asked)) if any(str(fact.value).casefold() in t for t in texts)]

    def _credit(self) -> str:
        """Thanks the friend who told us something, now or while we were only listening."""
        told = [fact for fact in self._told_now() if fact.said_by != self.snapshot.primary] or self._told_in_silence()
        if not told:
            return ""
        theirs = [fact for fact in told if fact.said_by == told[-1].said_by]
        short = [
            f"{fact.value} cm" if fact.field == "height_cm" else fact.value for fact in theirs if fact.field in SHORT
        ]
        who = self.snapshot.name_of(told[-1].said_by)
        if short:
            return wording.fresh(self.before, phrases.CREDIT, who=who, what=wording.listed(short))
        return wording.fresh(self.before, phrases.CREDIT_LONG, who=who)

    def _told_now(self) -> list[Known]:
        """What the messages of this turn brought."""
        return [fact for fact in self.snapshot.known if fact not in self.before.known]

    def _told_in_silence(self) -> list[Known]:
        """A friend's short word since our last line, that we have not mentioned."""
        lately = [(message.sender, message.text.casefold()) for message in self.before.since_our_last_line]
        return [
            fact
            for fact in self.before.known
            if fact.field in SHORT
            and fact.said_by != self.before.primary
            and any(fact.said_by == who and str(fact.value).casefold() in text for who, text in lately)
        ]

    def _author_name(self) -> str:
        return self._name_of(self.cited) if self.cited else ""

    def _name_of(self, message: Message) -> str:
        return self.snapshot.name_of(message.sender)

    def _pick(self, variants: tuple[str, ...], **filled: str) -> str:
        known = {"name": self.snapshot.name_of(self.snapshot.primary), "matchmaker": self.snapshot.matchmaker}
        return wording.pick(self.snapshot, variants, **(known | filled))

    def _fresh(self, variants: tuple[str, ...], **filled: str) -> str:
        return wording.fresh(self.before, variants, **filled)

    def _say_fresh(self, variants: tuple[str, ...], **filled: str) -> Call | None:
        text = self._fresh(variants, **filled)
        return self._say(text) if text else None

    def _say(self, text: str) -> Call:
        assert self.cited is not None
        return Call("say", {"text": text, "message": self.cited.id}) if text else silence("nothing to add")


def _field_of(call: Call) -> str:
    if not isinstance(call.arguments, dict):
        return ""
    return "green_flags" if call.name == "record_green_flag" else str(call.arguments.get("field", ""))


def _cited_by(call: Call) -> str:
    return str(call.arguments.get("message", "")) if isinstance(call.arguments, dict) else ""
