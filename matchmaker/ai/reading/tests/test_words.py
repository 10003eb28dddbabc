"""The phrase data itself."""

import itertools

import pytest

from matchmaker.ai.reading.ages import plain_age
from matchmaker.ai.reading.cldr import YES_AND_NO
from matchmaker.ai.reading.grammar import YESES, Kind, Language, expand, rows
from matchmaker.ai.reading.one_breath import Statement, claims_to_be_it, read_statement
from matchmaker.ai.reading.read_back import Answer, read_answer
from matchmaker.ai.reading.undo import asks_to_skip, asks_to_undo
from matchmaker.ai.reading.words import LANGUAGES
from matchmaker.ai.reading.yes_no import plain_no, plain_yes


def test_a_line_stands_for_every_way_through_it():
    line = "[yes] (i'm|i am [so]) in"

    assert set(expand(line)) == {"yes i'm in", "yes i am so in", "yes i am in", "i'm in", "i am so in", "i am in"}


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_no_phrase_is_of_two_kinds(language: Language):
    kinds_of: dict[tuple[str, ...], set[Kind]] = {}
    for kind, block in language.blocks:
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


READERS = {
    Kind.YES: plain_yes,
    Kind.CONSENT: plain_yes,
    Kind.WILLING: plain_yes,
    Kind.WEAK_YES: plain_yes,
    Kind.NO: plain_no,
    Kind.CLAIM: lambda text: claims_to_be_it(text, asked=False),
    Kind.CLAIM_IF_ASKED: lambda text: claims_to_be_it(text, asked=True),
    Kind.ADULT: lambda text: read_statement(text) == Statement(about_me=False, yes=False, adult=True, age=None),
    Kind.UNDO: asks_to_undo,
    Kind.SKIP: asks_to_skip,
    Kind.DECLINE: lambda text: asks_to_skip(text) and plain_no(text),
    Kind.ALL_WRONG: lambda text: read_answer(text, 2) == Answer(wrong=frozenset({1, 2})),
    Kind.AGE: lambda text: read_statement(text) == Statement(about_me=False, yes=False, adult=False, age=34),
    Kind.AGE_IF_ASKED: lambda text: plain_age(text) == 34,
}


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_every_phrase_can_be_reached_through_its_reader(language: Language):
    phrases = {" ".join(row): kind for row, kind in language.table.items()}
    phrases |= {" ".join(row).replace("{n}", "34"): kind for kind, row in language.frame_rows if kind in READERS}

    unread = [phrase for phrase, kind in phrases.items() if kind in READERS and not READERS[kind](phrase)]

    assert unread == []
