"""Whole evenings of friends' chat: what is taken from them must be right, and most of what is said must be taken."""

import pytest

from emulator.llm.reading.tests.scoring import evenings, score

LEAST_PRECISION, LEAST_RECALL = 0.95, 0.80


@pytest.mark.parametrize("half", ["tuned_on", "held_out"])
def test_it_reads_evenings_of_friends_talk(half):
    result = score(evenings(half))

    assert result.precision >= LEAST_PRECISION, "\n".join(result.wrong)
    assert result.recall >= LEAST_RECALL, "\n".join(result.missed)
