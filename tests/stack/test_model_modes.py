"""A model that chats, lies or says nothing gets no profile approved. One after the other: the mode is everybody's."""

import json

import pytest

from devstack.folder import REPOSITORY
from tests.running_stack import RunningStack

FILES = sorted((REPOSITORY / "scenarios" / "modes").glob("*.yaml"))

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_nothing_is_approved(stack: RunningStack, file) -> None:
    played = stack.manage("play", str(file), "--json")

    assert played.returncode == 0, played.stdout + played.stderr
    told = json.loads(played.stdout)
    assert (told["ok"], told["profile"], told["share_address"]) == (True, None, None)
