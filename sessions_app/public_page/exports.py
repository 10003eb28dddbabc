"""The profile to take along: as text cut to what a dating app takes, and as JSON (docs/profile-json.md)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from matchmaker.characters import text_length
from sessions_app.models import ExportTarget
from sessions_app.public_page.cutting import cut
from sessions_app.versions.content import Content

JSON_VERSION = 1


@dataclass(frozen=True)
class Part:
    """What goes into one field of the app."""

    title: str
    text: str
    limit: int
    is_cut: bool = False


def parts_for(content: Content, target: ExportTarget) -> list[Part]:
    return [*_bio(content, target), *_answers(content, target)]


def as_text(content: Content, target: ExportTarget) -> str:
    return "\n\n".join(f"{part.title}\n{part.text}" for part in parts_for(content, target)) + "\n"


def as_json(content: Content) -> str:
    """Without our own ids, which mean nothing elsewhere."""
    told = {
        "version": JSON_VERSION,
        **{
            part: content[part]
            for part in ("language", "first_name", "age", "area", "bio", "answers", "facts", "friends")
        },
        "photos": [{"alt": photo["alt"]} for photo in content["photos"]],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _bio(content: Content, target: ExportTarget) -> Iterator[Part]:
    text = cut(content["bio"], target.bio_limit)
    if not text:
        return
    is_cut = text != content["bio"]
    if not target.prompts and not is_cut:
        text = _with_answers(text, content, target.bio_limit)
    yield Part("Bio", text, target.bio_limit, is_cut)


def _with_answers(bio: str, content: Content, limit: int) -> str:
    """Where an app asks for no answers, the bio has room for those that fit whole."""
    text = bio
    for answer in content["answers"]:
        longer = f"{text}\n\n{answer['prompt']} {answer['text']}"
        if text_length(longer) <= limit:
            text = longer
    return text


def _answers(content: Content, target: ExportTarget) -> Iterator[Part]:
    for answer in content["answers"][: target.prompts]:
        text = cut(answer["text"], target.prompt_limit)
        yield Part(answer["prompt"], text, target.prompt_limit, text != answer["text"])
