"""The running stack itself: that the tests can build on it."""

import signal

import pytest

from tests.running_stack import RunningStack

pytestmark = pytest.mark.e2e


def test_it_is_ready(stack: RunningStack) -> None:
    assert stack.emulator.get(f"{stack.web_url}/readyz").status_code == 200


def test_it_set_our_webhook_addresses_at_twilio(stack: RunningStack) -> None:
    url = f"/conversations/v1/Services/{stack.environment['TWILIO_CONVERSATIONS_SERVICE_SID']}/Configuration/Webhooks"
    account = stack.environment["TWILIO_ACCOUNT_SID"], stack.environment["TWILIO_AUTH_TOKEN"]

    told = stack.emulator.get(url, auth=account).json()

    assert told["pre_webhook_url"] == f"{stack.web_url}/webhooks/conversations/pre"
    assert told["post_webhook_url"] == f"{stack.web_url}/webhooks/conversations"


def test_commands_see_its_database(stack: RunningStack) -> None:
    done = stack.start_manage("sessions", "--json")

    assert done.returncode == 0, done.stderr


def test_a_text_from_a_phone_is_answered(stack: RunningStack) -> None:
    abby = stack.phones.add("Abby")

    stack.phones.send(abby, "start")

    assert stack.phones.wait_for(abby, "*")


def test_a_newcomer_is_welcomed_while_every_call_of_the_model_hangs(stack: RunningStack) -> None:
    stack.kill("model-worker", signal.SIGSTOP)
    mia = stack.phones.add("Mia")

    stack.phones.send(mia, "start")

    try:
        assert stack.phones.wait_for(mia, "*Send join *")
    finally:
        stack.kill("model-worker", signal.SIGCONT)


@pytest.mark.parametrize("name", ["web", "worker", "model-worker"])
def test_it_answers_again_after_a_process_was_killed(name: str, stack: RunningStack) -> None:
    stack.kill(name, signal.SIGKILL)
    stack.restart(name)
    lena = stack.phones.add("Lena")

    stack.phones.send(lena, "start")

    assert stack.phones.wait_for(lena, "*")
