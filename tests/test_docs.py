"""What the documents point to is there."""

import re

import pytest

from devstack.folder import REPOSITORY

_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
_TEST_FILE = re.compile(r"`((?:[\w*]+/)+test_\w+\.py)`")


DOCUMENTS = sorted(
    str(path.relative_to(REPOSITORY))
    for pattern in ("*.md", "docs/**/*.md", "emulator/*.md")
    for path in REPOSITORY.glob(pattern)
)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_leads_to_a_file(document: str) -> None:
    path = REPOSITORY / document

    broken = [link for link in _LINK.findall(path.read_text()) if not (path.parent / link).exists()]

    assert broken == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_test_file_that_is_named_exists(document: str) -> None:
    named = _TEST_FILE.findall((REPOSITORY / document).read_text())

    assert [name for name in named if not (REPOSITORY / name).exists()] == []
