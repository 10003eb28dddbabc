"""Which messages of the older app's Conversation were imported already, and where the others go."""

from datetime import UTC, datetime, timedelta

import pytest

from conversations_app.legacy.merging import ANYBODY, NEAR, THE_APP, Line, in_order, same_ones

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
IMPORTED_AT = NOON + timedelta(days=1)


def line(key: str, words: str, minutes: float, *, voice: str = "+1", estimated: bool = False) -> Line:
    return Line(key, voice, words, NOON + timedelta(minutes=minutes), estimated)


def same(heard: list[Line], kept: list[Line]) -> dict[str, str]:
    return same_ones(heard, kept, imported_at=IMPORTED_AT)


def test_the_same_words_said_five_times_stay_five() -> None:
    kept = [line(f"k{n}", "yes", n) for n in range(3)]
    heard = [line(f"h{n}", "yes", n) for n in range(5)]

    assert same(heard, kept) == {"h0": "k0", "h1": "k1", "h2": "k2"}


def test_two_of_one_moment_are_found_in_either_order() -> None:
    kept = [line("k0", "How old?", 0, voice=THE_APP), line("k1", "me!", 0)]
    heard = [line("h0", "me!", 0), line("h1", "How old?", 0, voice=THE_APP)]

    assert same(heard, kept) == {"h0": "k1", "h1": "k0"}


@pytest.mark.parametrize(
    ("minutes", "is_the_same"),
    [(0, True), (NEAR / timedelta(minutes=1), True), (6, False), (-6, False)],
)
def test_an_own_time_must_be_near(minutes: float, is_the_same: bool) -> None:
    assert bool(same([line("h", "yes", minutes)], [line("k", "yes", 0)])) is is_the_same


@pytest.mark.parametrize(("minutes", "is_the_same"), [(-10, False), (30, True), (70, False)])
def test_without_a_time_it_lies_between_the_known_ones(minutes: float, is_the_same: bool) -> None:
    kept = [line("k0", "first", 0), line("k1", "yes", 5, estimated=True), line("k2", "last", 60)]

    assert ("h" in same([line("h", "yes", minutes)], kept)) is is_the_same


def test_what_was_written_after_the_import_was_not_imported() -> None:
    later = Line("h", "+1", "yes", IMPORTED_AT + timedelta(seconds=1))

    assert same([later], [line("k", "yes", 0, estimated=True)]) == {}


@pytest.mark.parametrize(("voice", "is_the_same"), [("+1", True), (ANYBODY, True), ("+2", False), (THE_APP, False)])
def test_the_voice_must_be_the_same_where_it_is_known(voice: str, is_the_same: bool) -> None:
    assert bool(same([line("h", "yes", 0)], [line("k", "yes", 0, voice=voice)])) is is_the_same


def test_the_others_go_behind_what_was_written_before_them() -> None:
    kept = [line("k0", "one", 0), line("k1", "two", 10), line("k2", "three", 20)]
    heard = [line("h0", "early", -5), line("h1", "two", 10), line("h2", "between", 12), line("h3", "late", 30)]

    assert in_order(heard, kept, {"h1": "k1"}) == ["h0", "k0", "k1", "h2", "k2", "h3"]
