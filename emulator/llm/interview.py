"""The interview as one request shows it: the document, the tools offered, and what was already tried this turn."""

import json
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from emulator.llm.chat_completions import Call, ChatRequest
from emulator.llm.reactions import is_laugh

# Of one message: the rules of reading are made for chat, and slow on a novel.
MOST_READ = 2000
MOST_QUOTED = 300
MATCHMAKER = "matchmaker"
NOTICE = "notice"
CONFIRMED = "confirmed"
HEARD = "heard"
ADULT_AGE = 18
# The answer to a call that has consequences: the product itself asks its closing question now.
WILL_BE_ASKED = "will be asked"
# How the product tells of a call that it carried out; everything else is the reason why it did not.
CARRIED_OUT = (
    "done",
    "understood",
    "taken out",
    "that is known",
    "that is already known",
    "that is confirmed",
    "they are asked",
    "they will be asked",
    "noted",
    "our team",
    "it is back",
    "it is draft",
    "it is theirs",
    "nothing of that is kept",
)
SPEAKING = frozenset({"say", "say_privately", "ask_field", "read_back", "request_quote_permission"})


@dataclass(frozen=True)
class Member:
    id: str
    name: str
    is_primary: bool


@dataclass(frozen=True)
class Message:
    """`sender` is a person's id, MATCHMAKER or NOTICE; `position` counts along the messages shown; `written` is the
    text letter by letter, to quote from."""

    id: str
    sender: str
    text: str
    is_new: bool
    position: int
    is_imported: bool = False
    written: str = ""
    has_media: bool = False
    """Then the words are about a picture."""

    @property
    def quotable(self) -> str:
        return (self.written or self.text)[:MOST_QUOTED].strip()


@dataclass(frozen=True)
class Known:
    field: str
    value: Any
    state: str
    said_by: str


@dataclass(frozen=True)
class Citable:
    """A confirmed fact that a draft may rest on."""

    id: str
    field: str
    value: Any
    quote: str = ""


@dataclass(frozen=True)
class Draft:
    """One that people may see: `kind` is bio or answer."""

    kind: str
    number: int
    prompt: str
    text: str
    state: str


@dataclass(frozen=True)
class Photo:
    number: int
    sender: str
    shows: str
    place: int | None


@dataclass(frozen=True)
class Topic:
    """Something to ask: of the primary person, of friends, or of anyone."""

    slug: str
    who: str = "primary"


@dataclass(frozen=True)
class Question:
    topic: str
    asked_to: str | None


@dataclass(frozen=True)
class Attempt:
    """A call made earlier in this turn, whether it was carried out, and what the product said to it."""

    call: Call
    done: bool
    told: str = ""


@dataclass(frozen=True)
class Snapshot:
    matchmaker: str = "Matchmaker"
    stage: str = ""
    people: tuple[Member, ...] = ()
    primary: str | None = None
    consented: bool = False
    is_adult: bool | None = None
    language: str = "en"
    known: tuple[Known, ...] = ()
    to_ask: tuple[Topic, ...] = ()
    resting: frozenset[str] = frozenset()
    open_question: Question | None = None
    photos: tuple[Photo, ...] = ()
    citable: tuple[Citable, ...] = ()
    prompts: tuple[str, ...] = ()
    drafts: tuple[Draft, ...] = ()
    floor: str = "may_speak"
    messages: tuple[Message, ...] = ()
    tools: dict[str, Any] = field(default_factory=dict, hash=False)
    attempts: tuple[Attempt, ...] = ()

    @cached_property
    def new(self) -> list[Message]:
        """What people wrote since the last turn."""
        return [message for message in self.messages if message.is_new and self.member(message.sender)]

    @cached_property
    def said_by_people(self) -> list[Message]:
        """Not in the older app: nothing there can be cited."""
        return [message for message in self.messages if self.member(message.sender) and not message.is_imported]

    @cached_property
    def own_lines(self) -> list[str]:
        """What the matchmaker wrote, oldest first."""
        return [message.text for message in self.messages if message.sender == MATCHMAKER]

    @cached_property
    def since_our_last_line(self) -> list[Message]:
        """What people wrote after the matchmaker's newest line."""
        ours = [message.position for message in self.messages if message.sender == MATCHMAKER]
        return [message for message in self.said_by_people if message.position > max(ours, default=-1)]

    def is_straight_after_us(self, message: Message) -> bool:
        """Whether nobody else said anything but a laugh between our newest line before it and the message."""
        ours = max(
            (m.position for m in self.messages if m.sender == MATCHMAKER and m.position < message.position),
            default=-1,
        )
        between = [said for said in self.said_by_people if ours < said.position < message.position]
        return all(said.sender == message.sender or is_laugh(said.text) for said in between)

    @property
    def primary_member(self) -> Member | None:
        return self.member(self.primary)

    @property
    def friends(self) -> list[Member]:
        return [person for person in self.people if person.id != self.primary]

    def member(self, person_id: str | None) -> Member | None:
        return next((person for person in self.people if person.id == person_id), None)

    def name_of(self, person_id: str | None) -> str:
        person = self.member(person_id)
        if person is not None and person_id == self.primary:
            # What they want to be called.
            return next((str(fact.value) for fact in self.confirmed("first_name")), person.name)
        return person.name if person else "you"

    def names_but(self, person_id: str | None) -> list[str]:
        """How everybody else is called."""
        return [person.name for person in self.people if person.id != person_id]

    @property
    def may_keep_facts(self) -> bool:
        return self.primary is not None and self.consented and self.is_adult is True

    def live(self, field_slug: str) -> list[Known]:
        return [fact for fact in self.known if fact.field == field_slug]

    def heard(self, field_slug: str) -> list[Known]:
        return [fact for fact in self.live(field_slug) if fact.state == HEARD]

    def confirmed(self, field_slug: str) -> list[Known]:
        return [fact for fact in self.live(field_slug) if fact.state == CONFIRMED]

    def may_answer(self, message: Message) -> str | None:
        """The topic of the open question, when this message is from somebody who was asked."""
        question = self.open_question
        if question is None or not message.is_new or question.asked_to not in (None, message.sender):
            return None
        return question.topic

    @property
    def is_taking_shape(self) -> bool:
        """From the drafts on, the product leads: it shows, asks and thanks."""
        return self.stage in ("drafting", "review", "approved")

    def was_tried(self, call: Call) -> bool:
        return any(attempt.call == call for attempt in self.attempts)

    @property
    def has_spoken(self) -> bool:
        """Whether an earlier answer of this turn put something into the group already."""
        return any(attempt.done and attempt.call.name in SPEAKING for attempt in self.attempts)

    @property
    def will_be_asked(self) -> bool:
        """Whether the product asks its own closing question after this turn."""
        return any(WILL_BE_ASKED in attempt.told for attempt in self.attempts)

    @property
    def may_only_listen(self) -> bool:
        """The product found, once it had heard us, that nobody turned to us."""
        return any(not attempt.done and attempt.told.startswith("listen only") for attempt in self.attempts)

    @property
    def refused_topics(self) -> frozenset[str]:
        """What we wanted to ask in this turn and may not."""
        asked = [a.call for a in self.attempts if not a.done and a.call.name == "ask_field"]
        return frozenset(str(call.arguments.get("field")) for call in asked if isinstance(call.arguments, dict))

    @property
    def topics(self) -> frozenset[str]:
        """What `ask_field` can be about, by the tool's own schema."""
        schema = self.tools.get("ask_field", {})
        listed = schema.get("properties", {}).get("field", {}).get("enum", [])
        return frozenset(str(topic) for topic in listed)


def read_snapshot(request: ChatRequest) -> Snapshot | None:
    """None when the conversation holds no document of the interview: then somebody is just trying the server."""
    document = _document(request.messages)
    if document is None:
        return None
    people = tuple(_member(person) for person in _objects(document.get("people")))
    so_far = _so_far(request.messages) or document
    snapshot = Snapshot(
        matchmaker=str(document.get("matchmaker") or "Matchmaker"),
        stage=str(document.get("stage") or ""),
        people=people,
        primary=_text_or_none(document.get("primary")),
        consented=document.get("consent") is True,
        is_adult=document.get("adult") if isinstance(document.get("adult"), bool) else None,
        language=str(document.get("language") or "en"),
        known=tuple(_known(fact) for fact in _objects(document.get("known"))),
        to_ask=tuple(_topics(document.get("to_ask"))),
        resting=frozenset(_object(document.get("resting"))),
        open_question=_question(document.get("open_question")),
        photos=tuple(_photo(item) for item in _objects(so_far.get("photos"))),
        citable=tuple(_citable(item) for item in _objects(so_far.get("facts"))),
        prompts=tuple(map(str, so_far.get("prompts") or ())),
        drafts=tuple(_draft(item) for item in _objects(so_far.get("drafts"))),
        floor=str(_object(document.get("turn")).get("floor") or "may_speak"),
        messages=tuple(_message(item, at) for at, item in enumerate(_objects(document.get("messages")))),
        tools={tool["function"]["name"]: _object(tool["function"].get("parameters")) for tool in request.tools},
        attempts=tuple(_attempts(request.messages)),
    )
    return _after_attempts(snapshot)


def _document(messages: list[dict[str, Any]]) -> dict[str, Any] | None:
    for message in messages:
        if message["role"] != "user" or not isinstance(message.get("content"), str):
            continue
        try:
            parsed = json.loads(message["content"])
        except (ValueError, RecursionError):
            continue
        if isinstance(parsed, dict) and isinstance(parsed.get("messages"), list):
            return parsed
    return None


def _objects(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text_or_none(value: Any) -> str | None:
    return str(value) if value is not None else None


def _member(person: dict[str, Any]) -> Member:
    return Member(str(person.get("id")), str(person.get("name") or "you"), person.get("role") == "primary")


def _known(fact: dict[str, Any]) -> Known:
    return Known(str(fact.get("field")), fact.get("value"), str(fact.get("state", HEARD)), str(fact.get("said_by")))


def _so_far(messages: list[dict[str, Any]]) -> dict[str, Any] | None:
    """What the product told of the profile in the middle of this turn, at the end of a call's answer."""
    for message in reversed(messages):
        last_line = str(message.get("content") or "").rpartition("\n")[2] if message["role"] == "tool" else ""
        if not last_line.startswith("{"):
            continue
        try:
            told = json.loads(last_line)
        except ValueError:
            continue
        if isinstance(told, dict):
            return told
    return None


def _citable(item: dict[str, Any]) -> Citable:
    return Citable(str(item.get("id")), str(item.get("field")), item.get("value"), str(item.get("quote") or ""))


def _draft(item: dict[str, Any]) -> Draft:
    told = (str(item.get(part) or "") for part in ("prompt", "text", "state"))
    return Draft(str(item.get("kind")), _whole(item.get("number")), *told)


def _photo(item: dict[str, Any]) -> Photo:
    place = item.get("place")
    return Photo(
        _whole(item.get("number")), str(item.get("from")), str(item.get("shows")), _whole(place) if place else None
    )


def _whole(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _topics(value: Any) -> list[Topic]:
    return [Topic(str(item.get("topic")), str(item.get("who", "primary"))) for item in _objects(value)]


def _question(value: Any) -> Question | None:
    question = _object(value)
    if not question.get("topic"):
        return None
    return Question(str(question["topic"]), _text_or_none(question.get("asked_to")))


def _message(item: dict[str, Any], position: int) -> Message:
    written = str(item.get("text") or "")[:MOST_READ]
    text = written.replace("’", "'").replace("‘", "'")
    is_new, is_imported = item.get("new") is True, item.get("imported") is True
    has_media = item.get("media") is True
    return Message(
        str(item.get("id")), str(item.get("from")), text, is_new, position, is_imported, written, has_media
    )


def _attempts(messages: list[dict[str, Any]]) -> list[Attempt]:
    results = {str(m.get("tool_call_id")): str(m.get("content") or "") for m in messages if m["role"] == "tool"}
    attempts = []
    for message in messages:
        for made in _objects(message.get("tool_calls")) if message["role"] == "assistant" else []:
            function = _object(made.get("function"))
            call = Call(str(function.get("name")), _arguments(function.get("arguments")))
            told = results.get(str(made.get("id")), "")
            attempts.append(Attempt(call, told.startswith(CARRIED_OUT), told))
    return attempts


def _arguments(written: Any) -> dict[str, Any] | str:
    try:
        parsed = json.loads(str(written))
    except ValueError:
        return str(written)
    return parsed if isinstance(parsed, dict) else str(written)


def _after_attempts(snapshot: Snapshot) -> Snapshot:
    """The document is from before this turn's calls: add what they changed."""
    for attempt in snapshot.attempts:
        if attempt.done and isinstance(attempt.call.arguments, dict):
            snapshot = with_effect(snapshot, attempt.call.name, attempt.call.arguments)
    return snapshot


def with_effect(snapshot: Snapshot, name: str, arguments: dict[str, Any]) -> Snapshot:
    """The snapshot as it will be once the call is carried out."""
    cited = next((m for m in snapshot.messages if m.id == arguments.get("message")), None)
    field_slug, value = str(arguments.get("field")), arguments.get("value")
    match name:
        case "propose_fact" if cited:
            return replace(snapshot, known=(*snapshot.known, Known(field_slug, value, HEARD, cited.sender)))
        case "record_green_flag" if cited:
            flag = Known("green_flags", arguments.get("example"), HEARD, cited.sender)
            return replace(snapshot, known=(*snapshot.known, flag))
        case "skip_field":
            return replace(snapshot, resting=snapshot.resting | {field_slug})
        case "reject_fact" | "forget":
            kept = (f for f in snapshot.known if f.field != field_slug or value not in (None, f.value))
            return replace(snapshot, known=tuple(kept))
    return snapshot
