"""A photo's whole way through the running product: phone, Twilio, worker, storage, browser."""

import base64

import pytest

from devstack.folder import REPOSITORY
from devstack.processes import wait_until
from tests.running_stack import RunningStack

pytestmark = pytest.mark.e2e

CLIMBING = (REPOSITORY / "scenarios" / "photos" / "climbing.jpg").read_bytes()
TELL_ADDRESS = """
from sessions_app.models import Photo
from sessions_app.photos import storage
photo = Photo.objects.kept().filter(sent_by__contact__address="{address}").first()
print("ADDRESS", storage.address(photo, "medium") if photo else "")
"""


def send(stack: RunningStack, address: str, data: bytes) -> None:
    file = {"content_type": "image/jpeg", "filename": "me.jpg", "data": base64.b64encode(data).decode()}
    stack.phones.send(address, "", media=[file])


@pytest.fixture
def abby(stack: RunningStack) -> str:
    """She has agreed to a profile of herself."""
    address = stack.phones.add("Abby")
    stack.phones.send(address, "start")
    stack.phones.wait_for(address, "*who is the profile about?*")
    stack.phones.wait_for(address, "*you're in group*")
    before = len(stack.phones.arrived(address))
    stack.phones.send(address, "it's about me, yes, I'm in, I'm 27")
    stack.phones.wait_for(address, "*", after=before)
    return address


def test_a_photo_from_a_phone_is_shown_by_its_address(stack: RunningStack, abby: str) -> None:
    send(stack, abby, CLIMBING)
    shown = ""

    def is_kept() -> bool:
        nonlocal shown
        told = stack.manage("shell", "-c", TELL_ADDRESS.format(address=abby)).stdout
        shown = told.partition("ADDRESS ")[2].strip()
        return bool(shown)

    assert wait_until(is_kept, seconds=60, every_s=0.5)
    answer = stack.emulator.get(f"{stack.web_url}{shown}")

    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    assert answer.content.startswith(b"\xff\xd8\xff")


def test_what_is_no_photo_gets_a_line(stack: RunningStack, abby: str) -> None:
    send(stack, abby, b"\xff\xd8\xff\xe0<script>alert(1)</script>")

    assert stack.phones.wait_for(abby, "*I couldn't open that picture*", timeout=60)
