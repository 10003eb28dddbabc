from collections.abc import Iterator

import pytest
from openai import OpenAI

from emulator.llm.tests.group_chat import Group
from emulator.llm.tests.server import ModelServer, running
from matchmaker.ai.model import Model


@pytest.fixture(scope="session")
def running_server() -> Iterator[ModelServer]:
    with running(ModelServer()) as server:
        yield server


@pytest.fixture
def server(running_server: ModelServer) -> Iterator[ModelServer]:
    """Without faults, and with an empty script."""
    running_server.clear()
    yield running_server
    running_server.clear()


@pytest.fixture
def model(server: ModelServer) -> Model:
    return Model(server.openai_url, "any-key", "interviewer")


@pytest.fixture
def group(model: Model) -> Group:
    """Abby, Lena and Ben, who have not said anything yet."""
    return Group(model, ["Abby", "Lena", "Ben"])


@pytest.fixture
def started(group: Group) -> Group:
    """The same, after Abby's yes."""
    group.say("Abby", "it's about me, yes, I'm in, I'm 27")
    return group


@pytest.fixture(scope="session")
def _client(running_server: ModelServer) -> OpenAI:
    return OpenAI(base_url=running_server.openai_url, api_key="any-key", max_retries=0, timeout=20)


@pytest.fixture
def client(_client: OpenAI, server: ModelServer) -> OpenAI:
    return _client
