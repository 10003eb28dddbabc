"""The lines that code writes itself say the same in each language."""

from string import Formatter

import pytest

from matchmaker.ai import fixed_lines


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("table", [fixed_lines._LINES, fixed_lines._QUESTIONS], ids=["lines", "questions"])
def test_each_line_stands_in_each_language_with_the_same_places(table: dict[str, dict[str, str]]) -> None:
    english, *others = (table[language] for language in fixed_lines.LANGUAGES)

    assert all(other.keys() == english.keys() for other in others)
    assert [key for key in english for other in others if places(other[key]) != places(english[key])] == []


def test_each_field_has_its_label_in_each_language() -> None:
    english, *others = (fixed_lines._LABELS[language] for language in fixed_lines.LANGUAGES)

    assert all(other.keys() == english.keys() for other in others)
