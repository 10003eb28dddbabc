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


def test_the_age_of_those_whom_they_teach_is_not_theirs() -> None:
    assert "age" not in read("i teach maths to 13 year olds", topic="age") and "age" not in read(
        "i teach 13 year olds"
    )


def test_their_work_is_no_pastime() -> None:
    assert read("electrician mostly, sometimes a bad drummer", topic="interests")["job_or_study"] == ["electrician"]
    assert "electrician" not in read("electrician mostly, sometimes a bad drummer", topic="interests").get(
        "interests", []
    )


def test_it_reads_age_and_work_in_one_breath() -> None:
    assert read("i'm 41 and a midwife") == {"age": [41], "job_or_study": ["midwife"]}


def test_what_is_done_for_nothing_is_kind() -> None:
    assert "green_flags" in read("once he rewired my neighbour's whole kitchen for free", FINN)
