"""What the owner takes along: text that fits into other apps, and JSON."""

import json
from datetime import date
from typing import Any

import pytest
import regex

from matchmaker.characters import text_length
from sessions_app import versions
from sessions_app.models import ExportTarget
from sessions_app.public_page import exports
from sessions_app.public_page.cutting import cut
from sessions_app.tests.profiles import ANSWERS, BIO, Profile

pytestmark = pytest.mark.django_db

FAMILY = "👩‍👩‍👧‍👦"


def app(**changes: Any) -> ExportTarget:
    limits = {"bio_limit": 300, "prompts": 3, "prompt_limit": 150, "checked_on": date(2026, 11, 28)}
    return ExportTarget(name="Some app", **limits | changes)


def content(**changes: Any) -> dict[str, Any]:
    answers = [{"prompt": prompt, "text": text} for prompt, text in ANSWERS.items()]
    return {"bio": BIO, "answers": answers, **changes}


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("Short enough.", 13, "Short enough."),
        ("I bake bread. Then I sleep until noon.", 20, "I bake bread."),
        ("I bake. Then I sleep until noon and later", 30, "I bake. Then I sleep until…"),
        ("毎朝パンを焼きます。猫に話しかけます。", 12, "毎朝パンを焼きます。"),
        (f"four of us {FAMILY} at home", 20, "four of us…"),
        (f"{FAMILY}{FAMILY}", 13, f"{FAMILY}…"),
        ("Mehl, Wasser, Salz und Zeit", 15, "Mehl, Wasser…"),
        ("anything", 0, ""),
    ],
)
def test_it_cuts_after_a_sentence_or_a_word_and_never_inside_an_emoji(text: str, limit: int, expected: str) -> None:
    assert cut(text, limit) == expected


@pytest.mark.parametrize("limit", range(1, 140))
def test_what_was_cut_fits_and_is_whole_characters_of_the_text(limit: int) -> None:
    text = f"I bake {FAMILY} at six 🇩🇪. Naïve café 👍🏽 talk, then sleep! " * 3

    short = cut(text, limit)

    assert text_length(short) <= limit
    kept = regex.findall(r"\X", short.removesuffix("…"))
    assert kept == regex.findall(r"\X", text)[: len(kept)]


def test_each_part_fits_into_its_field() -> None:
    parts = exports.parts_for(content(), app(bio_limit=60, prompt_limit=40))

    assert [part.title for part in parts] == ["Bio", *ANSWERS]
    assert all(text_length(part.text) <= part.limit for part in parts)
    assert [part.is_cut for part in parts] == [True, True, True, True]


def test_an_app_without_a_bio_gets_answers_alone() -> None:
    text = exports.as_text(content(), app(bio_limit=0, prompts=2))

    assert text == "\n\n".join(f"{prompt}\n{answer}" for prompt, answer in list(ANSWERS.items())[:2]) + "\n"


def test_an_app_without_answers_gets_those_that_fit_in_its_bio() -> None:
    first, second, _ = ANSWERS.items()
    room = len(BIO) + 2 + len(" ".join(first)) + 3

    (bio,) = exports.parts_for(content(), app(prompts=0, bio_limit=room))

    assert bio.text == f"{BIO}\n\n{' '.join(first)}"
    assert second[1] not in bio.text


def test_the_apps_that_people_use_are_there_with_the_date_of_the_last_look() -> None:
    known = {app.name: app for app in ExportTarget.objects.all()}

    assert set(known) == {"Badoo", "Bumble", "Feeld", "Hinge", "OkCupid", "Tinder"}
    assert all(app.checked_on and app.note for app in known.values())


def test_json_holds_what_strangers_see_and_none_of_our_ids(photo_store: None) -> None:
    profile = Profile().with_pictures()
    told = json.loads(exports.as_json(versions.content_of(profile.session)))

    assert (told["version"], told["first_name"], told["bio"]) == (1, "Abby", BIO)
    assert told["photos"][0] == {"alt": "Abby laughing behind a slice of cake"}
    assert told["friends"][0]["by"] == "Sam"
    assert not {"id", "made_from"} & set(regex.findall(r'"(\w+)":', json.dumps(told)))
