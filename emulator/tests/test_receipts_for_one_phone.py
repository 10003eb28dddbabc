"""What becomes of texts to one phone, decided for that phone alone."""

from datetime import datetime, timedelta

import pytest

from emulator.tests.support import ABBY, LENA, TEXTER, WHATSAPP, Bench, wait_until


@pytest.fixture
def group(bench: Bench):
    return bench.group(ABBY, LENA, TEXTER)


def statuses(message) -> set[tuple[str, int]]:
    return {(receipt.status, receipt.error_code) for receipt in message.delivery_receipts.list()}


def test_it_fails_texts_to_one_phone_only(bench, group):
    bench.faults(receipts_for={LENA: "63024"})

    message = group.messages.create(body="Hi all")

    wait_until(lambda: statuses(message) == {("delivered", 0), ("undelivered", 63024)})
    assert (bench.bodies(ABBY), bench.bodies(LENA), bench.bodies(TEXTER)) == (["Hi all"], [], ["Hi all"])


def test_it_says_why_a_text_did_not_reach_a_phone(bench, group):
    bench.faults(receipts_for={LENA: "63024"})

    message = group.messages.create(body="Hi all")

    wait_until(lambda: ("undelivered", 63024) in statuses(message))
    assert bench.missing(ABBY) == []
    (item,) = bench.missing(LENA)
    assert (item["direction"], item["body"], item["status"]) == ("in", "Hi all", "undelivered")
    assert (item["error_code"], item["error"]) == (63024, "not a WhatsApp user")


def test_it_holds_texts_until_a_phone_is_switched_on(bench, group):
    bench.faults(receipts_for={LENA: "sent"})
    message = group.messages.create(body="Hi all")
    wait_until(lambda: statuses(message) == {("delivered", 0), ("sent", 0)})
    before = bench.bodies(LENA), [item["status"] for item in bench.missing(LENA)]

    bench.faults(receipts_for={LENA: None})

    wait_until(lambda: statuses(message) == {("delivered", 0)})
    assert (before, bench.bodies(LENA), bench.missing(LENA)) == (([], ["sent"]), ["Hi all"], [])


def test_it_sends_no_read_receipts_for_a_phone_that_hides_them(bench, group):
    bench.faults(receipts_for={LENA: "delivered"})
    message = group.messages.create(body="Hi all")
    wait_until(lambda: statuses(message) == {("delivered", 0)})

    bench.say(LENA, "I saw it")
    bench.say(ABBY, "so did I")

    assert sorted(receipt.status for receipt in message.delivery_receipts.list()) == [
        "delivered",
        "delivered",
        "read",
    ]


@pytest.mark.parametrize("outcome", ["lost", 5, "123"])
def test_it_refuses_an_invalid_delivery_outcome(bench, outcome):
    response = bench.http.post("/emulator/faults", json={"receipts_for": {ABBY: outcome}})

    assert response.status_code == 400
    assert "receipts_for" in response.json()["error"]


def test_it_says_when_a_whatsapp_window_closes(bench):
    bench.phone(ABBY)
    bench.phone(TEXTER)
    bench.say(ABBY, "hello")
    bench.say(TEXTER, "hello")
    written = datetime.fromisoformat(bench.thread(ABBY)[0]["at"])

    windows = {phone["address"]: phone["windows"] for phone in bench.control("GET", "/state")["phones"]}

    assert windows[TEXTER] == {}
    assert list(windows[ABBY]) == [WHATSAPP]
    until = datetime.fromisoformat(windows[ABBY][WHATSAPP])
    assert timedelta(hours=24) - (until - written) < timedelta(milliseconds=1)
