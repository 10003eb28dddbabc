"""Bios and answers that the offline interviewer writes, and what people say of drafts and photos."""

from dataclasses import replace
from typing import Any

import pytest

from emulator.llm.chat_completions import Call
from emulator.llm.drafting import drafts_for
from emulator.llm.interview import Attempt, Citable, Draft, Known, Member, Message, Photo, Question, Snapshot
from emulator.llm.interviewer import respond
from emulator.llm.script import filled_in
from emulator.llm.shaping import shaping_calls

PROMPTS = (
    "Ask me to explain…",
    "My group chat will warn you that…",
    "Something ordinary I take very seriously:",
    "Slowly building:",
    "Our first hour could be:",
)
FACTS = (
    ("first_name", "Ines", "p1"),
    ("area", "Porto", "p1"),
    ("intention", "long_term", "p1"),
    ("job_or_study", "carpenter", "p1"),
    ("interests", "night swimming", "p1"),
    ("interests", "old maps", "p1"),
    ("interests", "chess", "p1"),
    ("first_date_idea", "A ferry to anywhere, then custard tarts", "p1"),
    ("stories", "In June I got locked into the aquarium and counted 41 rays until somebody came", "p1"),
    ("stories", "she once rowed to work because of a bet", "p2"),
    ("stories", "Marco and I slept on the roof for a week", "p1"),
    ("quirk", "I greet every dog by its breed", "p1"),
)
PEOPLE = (Member("p1", "Ines", True), Member("p2", "Marco", False))


def snapshot(**more: Any) -> Snapshot:
    return Snapshot(
        people=PEOPLE,
        primary="p1",
        consented=True,
        is_adult=True,
        known=tuple(Known(field, value, "confirmed", who) for field, value, who in FACTS),
        citable=tuple(Citable(f"f{n}", field, value) for n, (field, value, _) in enumerate(FACTS, 1)),
        prompts=PROMPTS,
        **{"tools": {"draft_bio": {}, "draft_prompt": {}}, **more},
    )


def written(calls: list[Call], name: str) -> list[dict[str, Any]]:
    return [call.arguments for call in calls if call.name == name and isinstance(call.arguments, dict)]


def text_of(arguments: dict[str, Any]) -> str:
    return " ".join(sentence["text"] for sentence in arguments["sentences"])


BIOS = [text_of(bio) for bio in written(drafts_for(snapshot()), "draft_bio")]
ANSWERS = {answer["prompt"]: text_of(answer) for answer in written(drafts_for(snapshot()), "draft_prompt")}


def test_it_writes_three_bios_of_which_each_begins_elsewhere():
    days, story, known = BIOS

    assert days.startswith("I'm a carpenter in Porto.")
    assert story.startswith("In June I got locked into the aquarium")
    assert known.endswith("I once rowed to work because of a bet. I greet every dog by its breed.")
    assert all(15 <= len(bio.split()) <= 45 for bio in BIOS)


def test_it_answers_three_prompts_with_what_was_said():
    hour, ordinary, warned = (ANSWERS[PROMPTS[at]] for at in (4, 2, 1))

    assert hour == "Somewhere in Porto: a ferry to anywhere, then custard tarts."
    assert ordinary.startswith("Old maps. ")
    assert warned == "I once rowed to work because of a bet. Also, I greet every dog by its breed."
    assert len(ANSWERS) == 3


def test_each_sentence_cites_facts_and_each_draft_two():
    for call in drafts_for(snapshot()):
        sentences = written([call], call.name)[0]["sentences"]
        assert all(sentence["facts"] for sentence in sentences)
        assert len({fact for sentence in sentences for fact in sentence["facts"]}) >= 2


def test_no_draft_names_a_friend():
    assert not any("Marco" in text for text in [*BIOS, *ANSWERS.values()])


def test_it_writes_only_what_is_missing():
    there = Draft("bio", 1, "", BIOS[0], "offered")

    calls = drafts_for(snapshot(drafts=(there,), tools={"draft_bio": {}}))

    assert [text_of(bio) for bio in written(calls, "draft_bio")] == BIOS[1:]


def test_it_writes_nothing_while_nothing_is_wanted():
    assert drafts_for(snapshot(tools={})) == []


# --- what people say --------------------------------------------------------------------------------------------------

TOOLS: dict[str, Any] = {"tag_photo": {}, "choose_draft": {}, "write_in_own_words": {}, "send_own_page": {}}
PHOTOS = (Photo(1, "p1", "unknown", None), Photo(2, "p1", "unknown", None), Photo(3, "p2", "unknown", None))
SHOWN = tuple(Draft("bio", number, "", bio, "offered") for number, bio in enumerate(BIOS, 1))


def said(text: str, who: str = "p1", **more: Any) -> list[dict[str, Any]]:
    message = Message("m9", who, text, is_new=True, position=9)
    calls = shaping_calls(replace(snapshot(tools=TOOLS, **more), messages=(message,)))
    return [{"call": call.name, **call.arguments} for call in calls if isinstance(call.arguments, dict)]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("2 is my main one, just me", [{"photo": 2, "main": True, "shows": "owner"}]),
        ("just me in both", [{"photo": 1, "shows": "owner"}, {"photo": 2, "shows": "owner"}]),
        ("photo 3 has Marco in it, he's fine with that", [{"photo": 3, "shows": "together"}]),
        ("1 is only me, and 3 is with Marco who is ok with it", [{"photo": 1, "shows": "owner"}, {"photo": 3, "shows": "together"}]),
        ("not that one", [{"photo": 3, "use": False}]),
        ("leave 1 out please", [{"photo": 1, "use": False}]),
        ("lovely light in 2", []),
        ("is 2 ok with you?", []),
    ],
)  # fmt: skip
def test_it_takes_down_what_is_said_of_photos(text, tags):
    found = said(text, photos=PHOTOS)

    assert found == [{"call": "tag_photo", **tag, "message": "m9", "quote": text} for tag in tags]


def test_it_takes_down_a_line_about_photos_once():
    tagged = Call("tag_photo", {"photo": 1, "shows": "owner", "message": "m9", "quote": "just me"})
    rest = (replace(PHOTOS[0], shows="owner", place=1), PHOTOS[2])

    assert said("just me", photos=rest, attempts=(Attempt(tagged, done=True),)) == []


def test_a_friend_decides_about_no_photo():
    assert said("leave 1 out please", "p2", photos=PHOTOS) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("definitely the second one, it's so her", 2),
        ("I vote 3", 3),
        ("number one gets my vote", 1),
        ("not 2", None),
        ("1 or 2", None),
        ("3?", None),
        ("I've read them twice now and could not say which I would take if I had 2 votes", None),
        ("7", None),
    ],
)
def test_it_takes_down_a_choice_in_whatever_words(text, number):
    choice = {"call": "choose_draft", "kind": "bio", "number": number, "message": "m9", "quote": text}

    assert said(text, "p2", drafts=SHOWN) == ([choice] if number else [])


def test_it_keeps_what_they_write_themselves():
    asked = Question("bio", None)

    found = said("I'd rather write: I build tables and lose at chess", drafts=SHOWN, open_question=asked)

    own = "I build tables and lose at chess"
    assert found == [{"call": "write_in_own_words", "kind": "bio", "message": "m9", "quote": own}]


@pytest.mark.parametrize("text", ["can I see my profile please?", "where's my page?", "delete my stuff"])
def test_it_sends_them_to_their_page(text):
    assert said(text) == [{"call": "send_own_page", "person": "p1", "message": "m9"}]


def test_a_script_may_cite_facts_by_their_fields():
    sentence = {"text": "Chess in Porto.", "facts": ["area", "interests: chess", "f1", "yacht"]}

    call = filled_in(Call("draft_bio", {"sentences": [sentence]}), snapshot())

    assert written([call], "draft_bio")[0]["sentences"] == [{**sentence, "facts": ["f2", "f7", "f1", "yacht"]}]


def test_the_product_leads_once_the_profile_takes_shape():
    message = Message("m9", "p1", "Yes, that one", is_new=True, position=9)
    shaping = replace(snapshot(tools={"say": {}}), stage="review", floor="must_speak", messages=(message,))

    assert [call.name for call in respond(shaping)] == ["stay_silent"]
