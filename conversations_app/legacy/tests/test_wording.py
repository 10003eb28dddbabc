"""What is said to people who come from the older app."""

from collections.abc import Callable

import pytest

from conversations_app.legacy import wording
from conversations_app.outbox.languages import Words
from conversations_app.tests.test_wording import check_languages, lines_in


@pytest.mark.parametrize("line", lines_in(wording), ids=lambda line: line.__name__)
def test_each_language_says_the_same_in_its_own_words(line: Callable[..., Words]) -> None:
    check_languages(line)
