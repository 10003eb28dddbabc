"""A scenario file: who takes part, what they do, what is expected. Every error names its line."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, ValidationError

from conversations_app.commands.parsing import command_in
from matchmaker.addresses import Channel, channel_of
from matchmaker.ai.fields import FIELDS
from scenario_runner.page_steps import ArrangePhotos, OnPage, read_page_step
from scenario_runner.yaml_file import Document, Unreadable
from scenario_runner.yaml_file import Path as Place

_DURATION = re.compile(r"^(?P<number>\d+(?:\.\d+)?)(?P<unit>ms|s|m)$")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0}
# Photos that any scenario may send.
SAMPLES = Path(__file__).parents[1] / "scenarios" / "photos"
_ADVANCE = re.compile(r"^(?:\d+[dhms])+$")


class ScenarioError(Exception):
    """What is wrong with the file: one line per error, each with its place."""


Mark = Literal["speak", "quiet", "free"]


@dataclass(frozen=True)
class Message:
    """`mark`: for `evaluate`, whether silence (`speak`) or speaking (`quiet`) would be wrong after it."""

    who: str
    text: str
    photo: str = ""
    mark: Mark | None = None


@dataclass(frozen=True)
class Say:
    """What people write; several messages are written at once, each person's own in order."""

    messages: tuple[Message, ...]

    @property
    def mark(self) -> Mark | None:
        """Of all its messages: one that wants an answer is enough, and then one that wants none."""
        marks = {message.mark for message in self.messages}
        return next((mark for mark in MARKS if mark in marks), None)


@dataclass(frozen=True)
class Wait:
    """For a reply of the matchmaker, for proof of its silence, or for so many seconds."""

    what: Literal["reply", "silence", "time"]
    seconds: float = 0.0


@dataclass(frozen=True)
class Clock:
    advance: str


@dataclass(frozen=True)
class Script:
    """What the emulator's model calls on the line that follows, in its first answer and the next ones of that turn. Before
    any other step: in its next answers, whatever it hears."""

    answers: list[list[dict[str, Any]]]


@dataclass(frozen=True)
class Faults:
    wanted: dict[str, Any]


MARKS: tuple[Mark, ...] = ("speak", "quiet", "free")
Step = Say | OnPage | Wait | Clock | Script | Faults
Read = TypeVar("Read")


# --- steps ------------------------------------------------------------------------------------------------------------


def read_step(given: Any) -> Step:
    """Raises ValueError in words."""
    if not isinstance(given, dict) or len(given) != 1:
        raise ValueError('a step is a single key: `- abby: "hello"`, `- wait: reply`, `- clock: 25h`, …')
    key, value = next(iter(given.items()))
    reader = _READERS.get(key)
    if reader:
        return reader(value)
    if isinstance(value, dict) and set(value) == {"page"}:
        return read_page_step(key, value["page"])
    return Say((_message(key, value),))


def _message(who: str, value: Any) -> Message:
    if isinstance(value, str) and value.strip():
        return Message(who, value)
    if isinstance(value, dict) and set(value) & {"text", "photo"} and set(value) <= {"text", "photo", "mark"}:
        told = {**value, "photo": _photo_of(value.get("photo", ""))}
        if all(isinstance(part, str) for part in told.values()):
            return Message(who, told.get("text", ""), told["photo"], _mark(told.get("mark")))
    raise ValueError(
        f"what {who} does must be a string, {{text: …, photo: climbing.jpg, mark: speak}}, or {{page: approve}}"
    )


def _photo_of(value: Any) -> Any:
    """`climbing.jpg`, or `{file: climbing.jpg}`."""
    return value["file"] if isinstance(value, dict) and set(value) == {"file"} else value


def _mark(value: str | None) -> Mark | None:
    found = next((mark for mark in MARKS if mark == value), None)
    if value is not None and found is None:
        raise ValueError(f"a mark is one of {', '.join(MARKS)}, not {value}")
    return found


def _together(value: Any) -> Say:
    if not isinstance(value, list) or not value:
        raise ValueError('together needs a list of messages: `- abby: "hello"`')
    messages = []
    for given in value:
        if not isinstance(given, dict) or len(given) != 1 or set(given) & _READERS.keys():
            raise ValueError("together takes only people's messages, one per item")
        messages.append(_message(*next(iter(given.items()))))
    return Say(tuple(messages))


def _wait(value: Any) -> Wait:
    if value in ("reply", "silence"):
        return Wait(value)
    duration = _DURATION.match(str(value))
    if duration is None:
        raise ValueError("wait needs reply, silence, or a time such as 3s")
    return Wait("time", float(duration["number"]) * _SECONDS[duration["unit"]])


def _clock(value: Any) -> Clock:
    if not isinstance(value, str) or not _ADVANCE.match(value):
        raise ValueError("clock needs how far to advance, such as 25h or 1h30m")
    return Clock(value)


def _script(value: Any) -> Script:
    """One answer's calls, or a list of several answers' calls."""
    if not isinstance(value, list):
        raise ValueError("model needs a list of tool calls, each {name: say, arguments: {text: …}}")
    answers = value if value and all(isinstance(item, list) for item in value) else [value]
    return Script([[_call(call) for call in answer] for answer in answers])


def _call(given: Any) -> dict[str, Any]:
    """`{name: say, arguments: {…}}`, or in short `{say: {…}}`."""
    if isinstance(given, dict) and isinstance(given.get("name"), str) and set(given) <= {"name", "arguments"}:
        return {"name": given["name"], "arguments": given.get("arguments", {})}
    if isinstance(given, dict) and len(given) == 1 and "name" not in given:
        name, arguments = next(iter(given.items()))
        return {"name": name, "arguments": arguments if arguments is not None else {}}
    raise ValueError("a tool call is {name: say, arguments: {text: …}}, or in short {say: {text: …}}")


def _faults(value: Any) -> Faults:
    if not isinstance(value, dict) or not value:
        raise ValueError("faults needs what should go wrong, such as {model_mode: mute}")
    return Faults(value)


_READERS: dict[str, Callable[[Any], Step]] = {
    "wait": _wait,
    "clock": _clock,
    "model": _script,
    "faults": _faults,
    "together": _together,
}


# --- the file ---------------------------------------------------------------------------------------------------------


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _listed(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def _reachable(address: str) -> str:
    if channel_of(address) is Channel.CHAT:
        raise ValueError("must be a phone: whatsapp:+15550100001, or +15550100001 for SMS")
    return address


Patterns = Annotated[list[str], BeforeValidator(_listed)]


class Person(_Strict):
    """`answers`: what they say, in an evaluation, to a question about `consent` or `age` that their own next line left
    open: which of these a model asks, and when, no fixed text can know."""

    address: Annotated[str, AfterValidator(_reachable)]
    name: Annotated[str, Field(min_length=1, max_length=100)]
    role: Literal["primary", "friend"] = "friend"
    answers: dict[str, str] = {}


class Expect(_Strict):
    """Field values are compared without regard to case; `any` in `not_profile` means that no value may be there.
    `bio`: the one that was picked; `photos_min`: on the profile; `page_shows` and `page_hides`: what a stranger who got the
    link reads, and finds nowhere, not even in the page's source. `also_right`: what `evaluate` counts as right beside `profile` and does not miss; `any`: all of that field."""

    profile: dict[str, Any] = {}
    not_profile: dict[str, Any] = {}
    also_right: dict[str, Any] = {}
    said_by: dict[str, str] = {}
    every_phone_sees: Patterns = []
    phone_never_sees: dict[str, Patterns] = {}
    exactly_once: bool = False
    bot_messages_min: Annotated[int, Field(ge=0)] | None = None
    bot_messages_max: Annotated[int, Field(ge=0)] | None = None
    bot_share_max: Annotated[float, Field(ge=0, le=1)] | None = None
    silent_after: Annotated[list[Annotated[int, Field(ge=1)]], BeforeValidator(_listed)] = []
    stage: str | None = None
    not_stage: str | None = None
    bio: Patterns = []
    photos_min: Annotated[int, Field(ge=0)] | None = None
    page_shows: Patterns = []
    page_hides: Patterns = []
    transcript_contains: Patterns = []


class Scenario(_Strict):
    """`language`: what is mostly spoken, as an ISO code, or `mixed`."""

    title: Annotated[str, Field(min_length=1)]
    language: Annotated[str, Field(min_length=2)] = "en"
    people: Annotated[dict[str, Person], Field(min_length=1)]
    steps: Annotated[list[Annotated[Any, PlainValidator(read_step)]], Field(min_length=1)]
    expect: Expect = Expect()

    @property
    def has_script(self) -> bool:
        return any(isinstance(step, Script) for step in self.steps)

    def numbered_steps(self) -> Iterator[tuple[int, Step]]:
        """With their numbers, from 1."""
        return enumerate(self.steps, 1)


def photo_file(name: str, folder: Path | None) -> Path | None:
    """Beside the scenario, or one of the samples."""
    candidates = [place / name for place in (folder, SAMPLES) if place]
    return next((path for path in candidates if path.is_file()), None)


def load_scenario(path: Path) -> Scenario:
    """Raises ScenarioError."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ScenarioError(
            f"{path} cannot be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}."
        ) from None
    return parse_scenario(text, str(path), folder=path.parent)


def parse_scenario(text: str, name: str = "scenario", *, folder: Path | None = None) -> Scenario:
    try:
        document = Document(text, is_words=_is_written_by_people)
        value = _with_the_primary_person(document.value)
    except Unreadable as error:
        raise ScenarioError(f"{name}, line {error.line}: {error}.") from None
    try:
        scenario = Scenario.model_validate(value)
    except ValidationError as error:
        problems = [(item["loc"], _in_words(item)) for item in error.errors()]
        problems += _contradictions(_readable(value), folder)
    else:
        problems = list(_contradictions(scenario, folder))
        if not problems:
            return scenario
    problems.sort(key=lambda problem: document.line_of(problem[0]))
    raise ScenarioError("\n".join(_error_line(name, document, place, what) for place, what in problems))


def _with_the_primary_person(value: Any) -> Any:
    """`- page: approve` and `- photo: {file: …}` are what the primary person does, who need not be named."""
    people, steps = (value.get("people"), value.get("steps")) if isinstance(value, dict) else (None, None)
    if not isinstance(people, dict) or not isinstance(steps, list):
        return value
    primary = next((key for key, who in people.items() if isinstance(who, dict) and who.get("role") == "primary"), "")
    if not primary:
        return value
    return {**value, "steps": [{primary: step} if _is_nobodys(step) else step for step in steps]}


def _is_nobodys(step: Any) -> bool:
    if not isinstance(step, dict):
        return False
    return set(step) == {"page"} or ("photo" in step and set(step) <= {"photo", "text", "mark"})


def _readable(value: Any) -> Scenario:
    """The valid parts of an invalid file, so that all errors are reported at once; defaults stand in for the rest."""
    given = value if isinstance(value, dict) else {}
    people, steps, expect = given.get("people"), given.get("steps"), given.get("expect")
    if not (isinstance(people, dict) and people and isinstance(steps, list)):
        return Scenario.model_construct(title="", people={}, steps=[])
    beginning: Step = Say((Message(next(iter(people)), "start"),))
    return Scenario.model_construct(
        title="",
        people={key: _read(Person.model_validate, person, _stand_in(key)) for key, person in people.items()},
        steps=[_read(read_step, step, beginning) for step in steps],
        expect=_readable_expectations(expect if isinstance(expect, dict) else {}),
    )


def _readable_expectations(given: dict[str, Any]) -> Expect:
    parts = [_read(Expect.model_validate, {key: value}, Expect()) for key, value in given.items()]
    return Expect.model_construct(**{key: getattr(part, key) for part in parts for key in part.model_fields_set})


def _stand_in(key: str) -> Person:
    return Person.model_construct(address=key, name=key)


def _read(read: Callable[[Any], Read], given: Any, instead: Read) -> Read:
    try:
        return read(given)
    except ValueError:
        return instead


def _is_written_by_people(path: Place) -> bool:
    """In steps everything is a text, but for the model's calls and the faults."""
    return len(path) > 2 and path[0] == "steps" and path[2] not in {"model", "faults"}


def _in_words(item: Any) -> str:
    if item["type"] == "extra_forbidden":
        return f"unknown key {item['loc'][-1]}"
    if item["type"] == "missing":
        return f"{item['loc'][-1]} is missing"
    return str(item["msg"]).removeprefix("Value error, ")


def _error_line(name: str, document: Document, place: Place, what: str) -> str:
    step = f" (step {place[1] + 1})" if len(place) > 1 and place[0] == "steps" and isinstance(place[1], int) else ""
    key = f" {'.'.join(str(part) for part in place)}:" if place and not step else ""
    return f"{name}, line {document.line_of(place)}{step}:{key} {what}."


def _contradictions(scenario: Scenario, folder: Path | None) -> Iterator[tuple[Place, str]]:
    yield from _in_people(scenario)
    code_is_known = False
    for number, step in enumerate(scenario.steps):
        if isinstance(step, OnPage):
            yield from _on_page(scenario, step, ("steps", number), folder)
        for message in step.messages if isinstance(step, Say) else ():
            yield from _in_message(scenario, message, ("steps", number), folder, code_is_known=code_is_known)
            command = command_in(message.text)
            code_is_known = code_is_known or bool(command and command.name == "start")
    yield from _in_expectations(scenario)


def _in_people(scenario: Scenario) -> Iterator[tuple[Place, str]]:
    seen: set[str] = set()
    for key, person in scenario.people.items():
        if key in _READERS or key in {"page", "photo"}:
            yield ("people", key), f"{key} is the name of a step, so nobody can be called that"
        if person.address in seen:
            yield ("people", key, "address"), f"{person.address} already belongs to someone else"
        seen.add(person.address)
    if sum(person.role == "primary" for person in scenario.people.values()) > 1:
        yield ("people",), "only one person can be primary"


def _in_message(
    scenario: Scenario, message: Message, place: Place, folder: Path | None, *, code_is_known: bool
) -> Iterator[tuple[Place, str]]:
    if message.who not in scenario.people:
        yield place, f"there is no person or step called {message.who}"
    if "{code}" in message.text and not code_is_known:
        yield place, "{code} is unknown until someone writes start"
    if message.photo and photo_file(message.photo, folder) is None:
        yield place, f"there is no file {message.photo} next to the scenario, nor in scenarios/photos"


def _on_page(scenario: Scenario, step: OnPage, place: Place, folder: Path | None) -> Iterator[tuple[Place, str]]:
    if step.who not in scenario.people:
        yield place, f"there is no person or step called {step.who}"
    for photo in (photo for act in step.acts if isinstance(act, ArrangePhotos) for photo in act.photos):
        if not photo.name.isdecimal() and photo_file(photo.name, folder) is None:
            yield place, f"there is no file {photo.name} next to the scenario, nor in scenarios/photos"


def _in_expectations(scenario: Scenario) -> Iterator[tuple[Place, str]]:
    expect = scenario.expect
    for part in ("profile", "not_profile", "also_right", "said_by"):
        for slug in getattr(expect, part):
            if slug not in FIELDS:
                yield ("expect", part, slug), f"a profile has no field {slug}"
    named = [("said_by", key, who) for key, who in expect.said_by.items()]
    named += [("phone_never_sees", who, who) for who in expect.phone_never_sees]
    for part, key, who in named:
        if who not in scenario.people:
            yield ("expect", part, key), f"there is no person called {who}"
    for number in expect.silent_after:
        if number > len(scenario.steps):
            yield ("expect", "silent_after"), f"there is no step {number}; the last one is {len(scenario.steps)}"
