"""Every scenario of the project, played against the running product, all of them at the same time."""

import json
import subprocess
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from devstack.folder import REPOSITORY
from tests.running_stack import RunningStack

FILES = sorted((REPOSITORY / "scenarios").glob("*.yaml"))

# The first test waits for all of them, and an evening up to an approved profile takes some eighty messages.
pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

Plays = dict[Path, Future[subprocess.CompletedProcess[str]]]


@pytest.fixture(scope="module")
def plays(stack: RunningStack) -> Iterator[Plays]:
    with ThreadPoolExecutor(max_workers=len(FILES)) as pool:
        yield {file: pool.submit(stack.manage, "play", str(file), "--json") for file in FILES}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_comes_out_as_expected(plays: Plays, file: Path) -> None:
    played = plays[file].result()

    assert played.returncode == 0, played.stdout + played.stderr
    assert json.loads(played.stdout)["ok"] is True
