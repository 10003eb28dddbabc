"""Steps on one's own page, `/me/<token>`: how a scenario writes them down."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from matchmaker.ai.fields import FIELDS

Action = Literal["approve", "forget_me", "leave"]
Shows = Literal["owner", "together", "others"]
SHOWS: tuple[Shows, ...] = ("owner", "together", "others")
ACTIONS: tuple[Action, ...] = ("approve", "forget_me", "leave")


@dataclass(frozen=True)
class Answer:
    """Answers to the private questions, each a text or several, by field."""

    values: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Pick:
    """A bio, by the number that the group calls it."""

    number: int


@dataclass(frozen=True)
class WriteBio:
    """In their own words."""

    text: str


@dataclass(frozen=True)
class Wanted:
    """A photo, by its number or by the file that somebody sent; one that nobody sent is uploaded. `shows`: who is in it,
    which goes without saying where it was said before, and else is the person alone."""

    name: str
    shows: Shows | None = None


@dataclass(frozen=True)
class ArrangePhotos:
    """The profile's photos in order; the first is the main one."""

    photos: tuple["Wanted", ...]


@dataclass(frozen=True)
class Press:
    what: Action


Act = Answer | Pick | WriteBio | ArrangePhotos | Press


@dataclass(frozen=True)
class OnPage:
    """What a person does on their own page, in this order."""

    who: str
    acts: tuple[Act, ...]


def read_page_step(who: str, value: Any) -> OnPage:
    """`approve`, or `{answers: {gender: woman}}`, `{photos: [2, 1]}`, `{pick: 2}`, `{approve: true}`, several of them, or
    answers without the word. Raises ValueError in words."""
    if isinstance(value, str):
        return OnPage(who, (_press(value),))
    if not isinstance(value, dict) or not value:
        raise ValueError(
            f"page needs what {who} does there: approve, forget_me, {{answers: …}}, {{pick: 2}}, {{photos: […]}}"
        )
    return OnPage(who, tuple(_acts(value)))


def _acts(given: dict[str, Any]) -> Iterator[Act]:
    answers = {key: value for key, value in given.items() if key not in _READERS and key not in ACTIONS}
    if answers:
        yield _answers(answers)
    for key, value in given.items():
        if key in _READERS:
            yield _READERS[key](value)
        elif key in ACTIONS:
            if value != "true":
                raise ValueError(f"{key} on the page can only be true")
            yield _press(key)


def _press(word: str) -> Press:
    found = next((action for action in ACTIONS if action == word), None)
    if found is None:
        raise ValueError(f"on the page one can {', '.join(ACTIONS)}, not {word}")
    return Press(found)


def _answers(value: Any) -> Answer:
    if not isinstance(value, dict) or not value:
        raise ValueError("answers needs the page's questions: {gender: woman, interested_in: [men]}")
    for slug in value:
        if slug.removesuffix("_shown") not in FIELDS:
            raise ValueError(f"the page asks for no field {slug}")
    return Answer({slug: _texts(slug, answer) for slug, answer in value.items()})


def _texts(slug: str, answer: Any) -> tuple[str, ...]:
    listed = answer if isinstance(answer, list) else [answer]
    if not all(isinstance(one, str) for one in listed):
        raise ValueError(f"the answer to {slug} must be a text, or a list of texts")
    return tuple(listed)


def _pick(value: Any) -> Pick:
    if not isinstance(value, str) or not value.isdecimal() or int(value) < 1:
        raise ValueError("pick needs the number of a bio, such as 2")
    return Pick(int(value))


def _bio(value: Any) -> WriteBio:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("bio needs the words that they write")
    return WriteBio(value)


def _photos(value: Any) -> ArrangePhotos:
    if not isinstance(value, list) or not value:
        raise ValueError("photos needs their numbers or file names in order: [2, climbing.jpg]")
    photos = tuple(_photo(one) for one in value)
    if len({photo.name for photo in photos}) < len(photos):
        raise ValueError("photos names one of them twice")
    return ArrangePhotos(photos)


def _photo(given: Any) -> Wanted:
    if isinstance(given, str) and given:
        return Wanted(given)
    if isinstance(given, dict) and isinstance(given.get("file"), str) and set(given) <= {"file", "shows"}:
        shows = next((who for who in SHOWS if who == given.get("shows")), None)
        if shows is None and "shows" in given:
            raise ValueError(f"a photo shows {', '.join(SHOWS)}, not {given['shows']}")
        return Wanted(given["file"], shows)
    raise ValueError("a photo is a number, a file name, or {file: lake.jpg, shows: together}")


_READERS: dict[str, Callable[[Any], Act]] = {"answers": _answers, "pick": _pick, "bio": _bio, "photos": _photos}
