"""Which message a reading's calls cite."""

import pytest

from emulator.llm.interview import Member, Message, Snapshot
from emulator.llm.readings import Readings

PEOPLE = (Member("p1", "Abby", is_primary=True), Member("p2", "Lena", is_primary=False))
OLDER = Message("m1", "p2", "Abby paints “tiny birds”", is_new=False, position=0)
LATEST = Message("m2", "p2", "on eggs!!", is_new=False, position=1)
NEW = Message("m3", "p1", "she does 🐦", is_new=True, position=2)


def calls(*given, round_number=0, messages=(OLDER, LATEST, NEW), tools=("propose_fact", "stay_silent")):
    readings = Readings()
    turns = [[{"name": "propose_fact", "arguments": arguments} for arguments in given]]
    readings.add({"reader": "test", "readings": [{"text": "she does", "turns": turns}]})
    snapshot = Snapshot(people=PEOPLE, messages=messages, tools={name: {} for name in tools})
    return readings.calls_for(snapshot, round_number)


@pytest.mark.parametrize(
    ("arguments", "cited"),
    [
        ({}, "m3"),
        ({"quote": "she does"}, "m3"),
        ({"quote": 'paints "TINY birds"'}, "m1"),
        ({"message": "latest from Lena"}, "m2"),
        ({"message": "lena"}, "m2"),
        ({"quote": "nobody said that"}, "m3"),
    ],
)
def test_a_call_cites_its_line_or_the_one_that_it_quotes(arguments, cited):
    [call] = calls(arguments)

    assert call.arguments["message"] == cited


def test_it_calls_only_what_is_offered():
    [call] = calls({}, tools=("stay_silent",))

    assert call.name == "stay_silent"


def test_it_is_done_after_its_last_round():
    [call] = calls({}, round_number=1)

    assert call.name == "stay_silent"


def test_it_leaves_other_conversations_alone():
    assert calls({}, messages=(OLDER, LATEST)) is None
