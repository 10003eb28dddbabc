"""The invites that we write into chats."""

from typing import Any

import pytest

from conversations_app.models import Sender
from conversations_app.outbox import wording
from conversations_app.outbox.links import SANDBOX


@pytest.fixture(autouse=True)
def _our_address(settings: Any) -> None:
    settings.PUBLIC_BASE_URL = "https://match.test"


@pytest.mark.parametrize("address", ["whatsapp:+15005550006", "+15005550006"])
def test_it_can_be_forwarded_as_it_is_to_any_phone(address: str) -> None:
    assert wording.invite("ABC234", Sender(address=address)).en == (
        "Come and help with a dating profile! Send join ABC234 to +15005550006 or tap https://match.test/join/ABC234"
    )


def test_it_leaves_the_word_join_to_twilios_sandbox() -> None:
    sandbox = Sender(address=SANDBOX)

    assert "Send hi ABC234 to +14155238886" in wording.invite("ABC234", sandbox).en
    assert "?text=hi%20ABC234" in wording.join_elsewhere("XYZ789", "ABC234", sandbox).en


def test_it_offers_a_link_into_the_chat_on_whatsapp_and_the_bare_number_by_sms() -> None:
    whatsapp = wording.start_elsewhere("ABC234", Sender(address="whatsapp:+15005550006")).en
    sms = wording.start_elsewhere("ABC234", Sender(address="+15005550007")).en

    assert "+15005550006 or tap https://wa.me/15005550006?text=start." in whatsapp
    assert sms.endswith("to our other number, +15005550007.")
