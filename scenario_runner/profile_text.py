"""The approved profile as its owner reads it, for a terminal."""

import textwrap
from collections.abc import Iterator

from sessions_app.versions.content import Content

WIDTH = 92
INDENT = "  "


def profile_as_text(content: Content) -> str:
    return "\n".join(_lines(content))


def _lines(content: Content) -> Iterator[str]:
    who = ", ".join(str(content[part]) for part in ("first_name", "age", "area") if content[part])
    yield from (who, "-" * len(who))
    yield from _wrapped(content["bio"])
    for answer in content["answers"]:
        yield from ("", answer["prompt"], *_wrapped(answer["text"]))
    if content["friends"]:
        yield from ("", "What my friends say")
        for friend in content["friends"]:
            yield from _wrapped(f"“{friend['text']}” ({friend['by']})")
    if content["photos"]:
        yield from ("", "Photos")
        for number, photo in enumerate(content["photos"], 1):
            yield f"{INDENT}{number}. {photo['alt']}{', the main photo' if number == 1 else ''}"
    if content["facts"]:
        yield ""
        widest = max(len(row["label"]) for row in content["facts"])
        for row in content["facts"]:
            yield from _wrapped(f"{row['label']:<{widest}}  {', '.join(row['words'])}", hang=widest + 2)


def _wrapped(text: str, *, hang: int = 0) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT + " " * hang)
