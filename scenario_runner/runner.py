"""Plays one scenario, step by step, as people with phones would."""

import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import lxml.html
from django.conf import settings

from conversations_app.delivery.ending import StillBusy
from conversations_app.gateway.errors import GatewayError
from conversations_app.staff.reports import session_report
from scenario_runner import cleanup
from scenario_runner.console import Console
from scenario_runner.emulator_client import Accepted, Bubble, EmulatorClient, EmulatorRefused
from scenario_runner.expectations import Outcome, Played, Sent, SharedPage, failures
from scenario_runner.html_forms import visible_text
from scenario_runner.own_page import LINK, OwnPage, PageRefused
from scenario_runner.page_acts import OnTheirPage, in_words
from scenario_runner.page_steps import OnPage
from scenario_runner.product_state import OpenQuestion, ProductState
from scenario_runner.scenario import Clock, Faults, Mark, Message, Say, Scenario, Script, Step, Wait, photo_file
from sessions_app.versions.content import Content

POLL_S = 0.1
# A lost webhook is recovered by reconciling with Twilio's list, once a minute.
PROCESSED_WITHIN_S = 100
FREE_WITHIN_S = 60
IDLE_WITHIN_S = 120
REPLY_WITHIN_S = 60
# The product asks for the emulator's clock at most twice a second.
CLOCK_SEEN_WITHIN_S = 0.7
LINK_COMES_WITHIN_S = 60
PAGE_ANSWERS_WITHIN_S = 30


class Stopped(Exception):
    """The play cannot continue; says why."""


@dataclass(frozen=True)
class Result:
    """`messages`: the length of the session's transcript. `stopped`: the failure that ended the play early, if one did."""

    title: str
    code: str
    failures: list[str]
    seconds: float
    messages: int = 0
    stopped: str = ""
    profile: Content | None = None
    share_address: str = ""

    @property
    def ok(self) -> bool:
        return not self.failures


@dataclass(frozen=True)
class Answered:
    """What the matchmaker wrote between a marked step and the next line of a person: to the group, and in all (its
    announcements and texts to single phones too)."""

    step: int
    mark: Mark
    lines: tuple[str, ...]
    in_all: int
    seconds: float | None
    """From the last line of the step to the first of these lines."""


@dataclass
class Runner:
    """`folder` holds the scenario's photos. `attends_marks`: after each marked step, wait until everybody knows whether the
    matchmaker answers. `is_scripted`: the emulator's model reads as the scenario says. The other fields fill up during
    the play."""

    scenario: Scenario
    phones: EmulatorClient
    product: ProductState
    console: Console
    folder: Path
    attends_marks: bool = False
    is_scripted: bool = True
    answered: list[Answered] = field(default_factory=list)
    script: list[list[dict[str, Any]]] = field(default_factory=list)
    reader: str = field(default_factory=lambda: uuid.uuid4().hex)
    failures_so_far: list[str] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    photos_sent: dict[str, str] = field(default_factory=dict)
    unprocessed: dict[str, str] = field(default_factory=dict)
    spoken_after: dict[int, list[str]] = field(default_factory=dict)
    listening_since: dict[int, int] = field(default_factory=dict)
    last_heard: int = 0
    shown_before: dict[str, set[str]] = field(default_factory=dict)
    faults_before: dict[str, Any] | None = None
    model_is_scripted: bool = False

    def play(self) -> Result:
        """Raises EmulatorUnavailable."""
        started = time.monotonic()
        stopped = ""
        try:
            self.prepare()
            self.run_steps()
            failed = [*self.failures_so_far, *failures(self.played())]
        except (Stopped, EmulatorRefused, GatewayError, StillBusy) as why:
            stopped = f"The play stopped: {str(why) or type(why).__name__}"
            failed = [*self.failures_so_far, stopped]
        finally:
            self.clean_up()
        session = self.product.session
        messages = session.messages.count() if session else 0
        seconds = round(time.monotonic() - started, 1)
        return Result(
            self.scenario.title,
            session.code if session else "",
            failed,
            seconds,
            messages,
            stopped,
            profile=self.product.approved_profile(),
            share_address=self.product.share_address(),
        )

    def prepare(self) -> None:
        """End the sessions its people are in, here and at Twilio, and give them phones."""
        cleanup.end_open_sessions(self.product.addresses, self.console.note)
        free = self.until(lambda: cleanup.are_free(self.product.addresses), FREE_WITHIN_S)
        if not free:
            raise Stopped("the phones of its people did not become free at Twilio.")
        cleanup.make_strangers(self.product.addresses)
        for who, person in self.scenario.people.items():
            self.phones.add(person.address, person.name)
            self.shown_before[who] = {bubble.id for bubble in self.phones.thread(person.address)}

    def run_steps(self) -> None:
        for number, step in self.scenario.numbered_steps():
            self.run_step(number, step)
        self.until_idle("at the end")
        self.record_silence()

    def clean_up(self) -> None:
        if self.faults_before is not None:
            self.phones.restore_faults(self.faults_before)
        if self.model_is_scripted:
            self.phones.clear_script()
        self.phones.forget_readings(self.reader)

    def played(self) -> Played:
        if self.product.session is None:
            raise Stopped("nobody started a session.")
        self.product.session.refresh_from_db()
        report = session_report(self.product.session)
        outcome = Outcome(self.product.bio(), self.product.photos_chosen(), self.shared_page())
        return Played(self.scenario, report, self.sent, self.handsets(), self.spoken_after, outcome)

    def shared_page(self) -> SharedPage | None:
        """As a stranger gets it who was given the link."""
        address = self.product.share_address()
        if not address:
            return None
        try:
            answer = httpx.get(address, timeout=PAGE_ANSWERS_WITHIN_S, trust_env=False)
        except httpx.TransportError as error:
            raise Stopped(f"the profile page does not answer ({type(error).__name__}).") from None
        if answer.status_code != httpx.codes.OK:
            return None
        return SharedPage(visible_text(lxml.html.fromstring(answer.text)), answer.text)

    def handsets(self) -> dict[str, list[Bubble]]:
        """What came up on each phone since the play began."""
        shown = {who: self.phones.thread(person.address) for who, person in self.scenario.people.items()}
        return {who: [b for b in bubbles if b.id not in self.shown_before[who]] for who, bubbles in shown.items()}

    # steps --------------------------------------------------------------------------------------------------------

    def run_step(self, number: int, step: Step) -> None:
        must_be_silent = number in self.scenario.expect.silent_after
        if must_be_silent:
            self.until_idle(f"before step {number}")
        if isinstance(step, Say):
            self.record_silence()
        if must_be_silent:
            self.listening_since[number] = self.product.last_of_matchmaker()
        if isinstance(step, Say) and self.attends_marks and step.mark:
            self.attend(number, step, step.mark)
        else:
            self._carry_out(number, step)
        if must_be_silent and not self._somebody_writes_next(number):
            self.until_idle(f"after step {number}")

    def _somebody_writes_next(self, number: int) -> bool:
        """`number` counts from 1. Silence after a step ends when the next person writes, which may be immediately."""
        following = self.scenario.steps[number : number + 1]
        return bool(following) and isinstance(following[0], Say)

    def attend(self, number: int, step: Say, mark: Mark) -> None:
        """An answer to this step comes before the next one, and none to an earlier step comes after this one."""
        self.until_idle(f"before step {number}")
        open_before = self.product.open_question()
        before = self.product.words_so_far()
        self._carry_out(number, step)
        self.until_idle(f"after step {number}")
        lines, in_all, seconds = self.product.words_since(before)
        self.answered.append(Answered(number, mark, lines, in_all, seconds))
        if open_before is not None and self.product.open_question() == open_before:
            self.answer(number, step, open_before)

    def answer(self, number: int, step: Say, question: OpenQuestion) -> None:
        """Whoever is asked about consent or their age, and wrote something else first, comes to it now."""
        for who in {message.who for message in step.messages}:
            person = self.scenario.people[who]
            text = person.answers.get(question.topic) if person.address == question.address else None
            if text and question.age is not None and str(question.age) == text:
                text = person.answers.get("consent", text)  # "are you 27?" wants a yes
            if text:
                self.say(number, Say((Message(who, text),)))
                self.until_idle(f"after the answer that follows step {number}")

    def _carry_out(self, number: int, step: Step) -> None:
        match step:
            case Say():
                self.say(number, step)
            case OnPage():
                self.on_page(number, step)
            case Wait(what="reply"):
                self.wait_for_reply(number)
            case Wait(what="silence"):
                self.wait_for_silence(number)
            case Wait():
                self.until(lambda: False, step.seconds)
            case Clock():
                self.advance_clock(step)
            case Script():
                self.script_model(number, step)
            case Faults():
                self.faults_before = self.faults_before or self.phones.faults()
                self.phones.set_faults(step.wanted)

    def script_model(self, number: int, step: Script) -> None:
        if not self.is_scripted:
            return
        if self._somebody_writes_next(number):
            self.script = step.answers
        else:
            self.phones.script_model(step.answers)
            self.model_is_scripted = True

    def advance_clock(self, step: Clock) -> None:
        self.phones.advance_clock(step.advance)
        self.console.note(f"{step.advance} later")
        self.until(lambda: False, CLOCK_SEEN_WITHIN_S)

    def record_silence(self) -> None:
        """Record what the matchmaker said since each step that expects silence; people write next, so it may answer again."""
        for number, last in self.listening_since.items():
            said = self.product.matchmaker_messages().filter(pk__gt=last)
            self.spoken_after[number] = list(said.values_list("body", flat=True))
        self.listening_since.clear()

    # on their own page ------------------------------------------------------------------------------------------------

    def on_page(self, number: int, step: OnPage) -> None:
        """They have read everything in the chat before they go there."""
        self.until_idle(f"before step {number}")
        with self.page_of(number, step.who) as page:
            self.last_heard = self.product.last_of_matchmaker()
            browser = OnTheirPage(page, self.photo_numbers(), self.product.bios(), self.folder)
            try:
                for act in step.acts:
                    self.console.person(step.who, f"({in_words(act)})")
                    browser.do(act)
            except PageRefused as refusal:
                name = self.scenario.people[step.who].name
                self.failures_so_far.append(f"In step {number} {name}'s page refused: “{refusal}”.")

    def page_of(self, number: int, who: str) -> OwnPage:
        """By the newest link on their phone; if there is none that works, they ask for one."""
        link = self.newest_link(who)
        page = OwnPage(link)
        if link and page.open():
            return page
        self.say(number, Say((Message(who, "my page"),)))
        if not self.until(lambda: self.newest_link(who) not in ("", link), LINK_COMES_WITHIN_S):
            raise Stopped(f"in step {number} nobody got a link to their own page.")
        page = OwnPage(self.newest_link(who))
        if not page.open():
            raise Stopped(f"in step {number} the link to the own page opens nothing.")
        return page

    def newest_link(self, who: str) -> str:
        """Sent in this play; empty without one."""
        links = (LINK.search(bubble.body) for bubble in reversed(self.handsets()[who]) if not bubble.is_own)
        return next((found.group() for found in links if found), "")

    def photo_numbers(self) -> dict[str, int]:
        """What the group calls the photos that were sent, by the name of their file."""
        numbers = {name: self.product.photo_number(sid) for name, sid in self.photos_sent.items()}
        return {name: number for name, number in numbers.items() if number is not None}

    # writing ------------------------------------------------------------------------------------------------------

    def say(self, number: int, step: Say) -> None:
        self.type(step)
        messages = [self._with_code(message) for message in step.messages]
        self.give_readings(messages)
        in_group, names = self.product.bound(), self.product.names()
        self.last_heard = self.product.last_of_matchmaker()
        for message in messages:
            self.console.person(message.who, f"📷 {message.text}".strip() if message.photo else message.text)
        for message, accepted in self.send_all(messages):
            address = self.scenario.people[message.who].address
            is_command = self.product.is_command(address, message.text)
            self.record_accepted(number, message, accepted)
            if is_command and accepted.sid is not None:
                self.until_settled(number, accepted.sid, address)
            elif not is_command and address in in_group:
                self.record_sent(message, names[address], in_group - {address})

    def give_readings(self, messages: list[Message]) -> None:
        """In a scripted evening the model takes nothing from a line that no `model` step stands before."""
        if not (self.is_scripted and self.scenario.has_script):
            return
        answers, self.script = self.script, []
        for message in messages:
            if message.text.strip():
                self.phones.add_reading(self.reader, message.text, answers if message is messages[-1] else [])

    def type(self, step: Say) -> None:
        """People take a moment to write."""
        if self.product.session is not None:
            longest = max(len(message.text) for message in step.messages)
            self.until(lambda: False, settings.TURN_PACE * min(0.4 + longest / 90, 1.5))

    def _with_code(self, message: Message) -> Message:
        code = self.product.session.code if self.product.session else ""
        return replace(message, text=message.text.replace("{code}", code))

    def send_all(self, messages: list[Message]) -> list[tuple[Message, Accepted]]:
        """Each person's own messages one after the other, the people at the same time."""
        by_person = [[m for m in messages if m.who == who] for who in dict.fromkeys(m.who for m in messages)]
        with ThreadPoolExecutor(max_workers=len(by_person)) as pool:
            done = pool.map(lambda theirs: [(message, self._send(message)) for message in theirs], by_person)
            return [pair for theirs in done for pair in theirs]

    def _send(self, message: Message) -> Accepted:
        address = self.scenario.people[message.who].address
        return self.phones.send(
            address, message.text, photo_file(message.photo, self.folder) if message.photo else None
        )

    def record_accepted(self, number: int, message: Message, accepted: Accepted) -> None:
        name = self.scenario.people[message.who].name
        if accepted.sid is None:
            self.failures_so_far.append(f"Twilio dropped what {name} wrote in step {number}: {accepted.outcome}.")
        else:
            if message.photo:
                self.photos_sent[message.photo] = accepted.sid
            self.unprocessed[accepted.sid] = f"what {name} wrote in step {number} has not been processed yet"

    def record_sent(self, message: Message, name: str, others: set[str]) -> None:
        readers = frozenset(who for who, person in self.scenario.people.items() if person.address in others)
        self.sent.append(Sent(message.who, name, message.text, readers, symbol="📷" if message.photo else ""))

    def until_settled(self, number: int, sid: str, address: str) -> None:
        """A command is done when its phone is in the group, or was told why not."""
        if not self.until(lambda: self.product.was_processed(sid), PROCESSED_WITHIN_S):
            raise Stopped(f"step {number} was not processed: {self.product.note_on(sid)}.")
        if self.product.session is None:
            self.product.session = self.product.session_of(address)
        if self.product.session is None:
            raise Stopped(f"step {number} started no session: {self.product.note_on(sid)}.")
        if not self.until(lambda: not self.product.being_sent(), FREE_WITHIN_S):
            raise Stopped(f"after step {number}, {self.product.being_sent()}.")

    # waiting ------------------------------------------------------------------------------------------------------

    def until(self, holds: Callable[[], bool], seconds: float) -> bool:
        """Whether it became true in time. Meanwhile our messages are shown as they are sent."""
        deadline = time.monotonic() + seconds
        while True:
            self.console.ours()
            if holds():
                self.console.ours()
                return True
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            time.sleep(min(POLL_S, left))

    def under_way(self) -> str:
        processed = [sid for sid in self.unprocessed if self.product.was_processed(sid)]
        for sid in processed:
            del self.unprocessed[sid]
        return next(iter(self.unprocessed.values()), "") or self.product.under_way()

    def is_idle(self) -> bool:
        """Checked twice, since work can move between one query and the next."""
        return not self.under_way() and not self.under_way()

    def until_idle(self, when: str) -> None:
        if not self.until(self.is_idle, IDLE_WITHIN_S):
            raise Stopped(f"{when}, {self.under_way()}, after {IDLE_WITHIN_S} s.")

    def wait_for_reply(self, number: int) -> None:
        idle = self.until(self.is_idle, REPLY_WITHIN_S)
        if not self.has_spoken():
            why = "and is done" if idle else f"within {REPLY_WITHIN_S} s: {self.under_way()}"
            self.failures_so_far.append(
                f"In step {number} the matchmaker should have replied, but said nothing {why}."
            )

    def wait_for_silence(self, number: int) -> None:
        self.until_idle(f"in step {number}")
        if said := self.has_spoken():
            self.failures_so_far.append(
                f"In step {number} the matchmaker should have stayed silent, but wrote “{said}”."
            )

    def has_spoken(self) -> str:
        """The matchmaker's first message after a person's last one."""
        since = self.product.matchmaker_messages().filter(pk__gt=self.last_heard).first()
        return since.body if since else ""
