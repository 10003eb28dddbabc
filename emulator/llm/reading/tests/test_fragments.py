"""What a line tells that is no sentence, whatever was asked."""

import pytest

from emulator.llm.reading.clauses import Speaker
from emulator.llm.reading.facts import facts_in

MARA = Speaker(True, "Mara", ("Finn", "Ilse"))
FINN = Speaker(False, "Mara", ("Finn", "Ilse"))


def read(text: str, speaker: Speaker = MARA, topic: str | None = None) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    for fact in facts_in(text, speaker, topic=topic):
        found.setdefault(fact.field, []).append(fact.value)
    return found


def test_it_reads_a_list_of_everything_at_once() -> None:
    assert read("nurse, leeds, 34, two cats") == {
        "age": [34],
        "job_or_study": ["nurse"],
        "area": ["Leeds"],
        "pets": ["cats"],
    }


@pytest.mark.parametrize(
    ("text", "interests"),
    [
        ("anyway. crosswords, knitting on the night bus badly", ["crosswords", "knitting on the night bus"]),
        ("ok so: swim in it in march, pick up old bottles", ["swimming", "picking up old bottles"]),
        ("she does this. steel drums on fridays, roses the rest", ["steel drums", "roses"]),
        ("beekeeping (yes really) + dreadful quiz shows", ["beekeeping", "dreadful quiz shows"]),
        ("i mend old clocks", ["mending old clocks"]),
        ("i play the cello in a string quartet and listen to whale podcasts to calm down", ["cello in a string quartet", "whale podcasts"]),
    ],
)  # fmt: skip
def test_it_reads_what_they_like_without_having_asked(text: str, interests: list[str]) -> None:
    assert read(text) == {"interests": interests}


@pytest.mark.parametrize(
    "text",
    ["three", "HUT", "a kidney", "tired, hungry, cold", "milk and bread please", "running late, sorry", "no pets. i kill cacti"],
)  # fmt: skip
def test_it_takes_no_talk_for_a_fact(text: str) -> None:
    assert read(text) == {}
    assert "area" not in read(text, topic="area")


def test_it_joins_no_words_of_two_sentences() -> None:
    assert "area" not in read("lido yes. and gigs where everyone is sad. thats the list", topic="area")


def test_it_takes_where_a_place_is_for_a_sign_of_one() -> None:
    assert read("dalston, above the vape shop") == {"area": ["Dalston"]}


def test_a_plan_is_no_list_of_pastimes() -> None:
    assert read("coffee, then the flea market") == {}


def test_it_reads_nothing_of_the_kind_from_a_friend() -> None:
    assert read("karaoke and bowling", FINN) == {}


def test_it_knows_kindness_in_short_forms() -> None:
    said = "ok but fr she sat w my nan every sunday for a year playing cards for buttons"

    assert [str(flag)[:20] for flag in read(said, FINN)["green_flags"]] == ["she sat with my nan "]


def test_asked_for_praise_it_takes_no_talk_among_friends() -> None:
    assert read("i owe you so many pints", FINN, "green_flags") == {}
