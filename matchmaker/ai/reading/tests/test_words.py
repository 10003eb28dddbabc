"""The phrase data itself."""

import itertools

import pytest

from matchmaker.ai.reading.cldr import YES_AND_NO
from matchmaker.ai.reading.grammar import ANY_LANGUAGE, Kind, Language, expand, rows
from matchmaker.ai.reading.words import LANGUAGES
from matchmaker.ai.reading.yes_no import plain_no, plain_yes

YESES = {Kind.CONSENT, Kind.YES, Kind.WEAK_YES}


def test_a_line_stands_for_every_way_through_it():
    line = "[yes] (i'm|i am [so]) in"

    assert set(expand(line)) == {"yes i'm in", "yes i am so in", "yes i am in", "i'm in", "i am so in", "i am in"}


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_no_phrase_is_of_two_kinds(language: Language):
    kinds_of: dict[tuple[str, ...], set[Kind]] = {}
    for kind, block in [*ANY_LANGUAGE.items(), *language.phrases.items()]:
        for row in rows(block):
            kinds_of.setdefault(row, set()).add(kind)

    assert {row: kinds for row, kinds in kinds_of.items() if len(kinds) > 1} == {}


def test_no_yes_is_anything_with_consequences_in_another_language():
    clashes = [
        (one.code, other.code, row)
        for one, other in itertools.permutations(LANGUAGES, 2)
        for row, kind in one.table.items()
        if kind in YESES and other.table.get(row) in {Kind.NO, Kind.CLAIM, Kind.CLAIM_IF_ASKED, Kind.SKIP, Kind.UNDO}
    ]

    assert clashes == []


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_each_language_reads_its_yes_and_no(language: Language):
    yes, no = YES_AND_NO[language.code]

    assert all(plain_yes(word) and not plain_no(word) for word in yes)
    assert all(plain_no(word) and not plain_yes(word) for word in no)
