"""What staff write to one of a group's people alone."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from conversations_app.tests.chat_harness import ChatHarness, Group


@pytest.fixture
def group(harness: ChatHarness, transport: str) -> Group:
    return harness.settled_group("Abby", "Lena")


def test_staff_can_write_to_one_person_alone(harness: ChatHarness, group: Group) -> None:
    told = StringIO()
    call_command("say", group.session.code, "Abby, it's Nora. I'm here.", "--to", "abby", "--apply", stdout=told)
    harness.settle()

    assert told.getvalue().startswith(f"On its way to Abby of {group.session.code} alone.")
    assert group["Abby"].got("it's Nora") == 1
    assert group["Lena"].got("it's Nora") == 0


def test_staff_are_told_who_is_there_when_nobody_has_that_name(group: Group) -> None:
    with pytest.raises(CommandError, match=r"Nobody in .* is called Zoe. There: Abby, Lena."):
        call_command("say", group.session.code, "hi", "--to", "Zoe", "--apply")


def test_staff_are_told_when_whatsapp_lets_nobody_write(
    harness: ChatHarness, group: Group, moving_clock: None
) -> None:
    harness.emulator.post("/emulator/clock", json={"advance": "25h"})

    with pytest.raises(CommandError, match="WhatsApp lets nobody write to Abby now"):
        call_command("say", group.session.code, "hi", "--to", "Abby", "--apply")
