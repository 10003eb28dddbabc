"""Every scenario of the project, played against the running product."""

import json
from pathlib import Path

import pytest

from tests.running import RunningStack

FILES = sorted((Path(__file__).parents[1] / "scenarios").glob("*.yaml"))

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_comes_out_as_expected(stack: RunningStack, file: Path) -> None:
    played = stack.manage("play", str(file), "--json")

    assert played.returncode == 0, played.stdout + played.stderr
    assert json.loads(played.stdout)["ok"] is True
