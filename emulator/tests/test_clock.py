"""The clock: windows, timers, and what an advance causes."""

import pytest

from emulator.tests.support import ABBY, LENA, TEXTER, Reply, wait_until


def errors(message) -> set[int]:
    """The error codes of a message's receipts, once they have come to their end."""

    def ended():
        receipts = message.delivery_receipts.list()
        return receipts and all(receipt.status not in (None, "sent") for receipt in receipts)

    wait_until(ended)
    return {receipt.error_code for receipt in message.delivery_receipts.list()}


def test_it_advances(bench):
    before = bench.control("GET", "/clock")

    after = bench.control("POST", "/clock", {"advance": "1h30m"})

    assert (before["offset_s"], after["offset_s"]) == (0, 5400)
    assert bench.control("GET", "/clock")["now"] > before["now"]


@pytest.mark.parametrize("advance", ["-1h", "soon", "", 25, None])
def test_it_refuses_anything_but_an_advance(bench, advance):
    response = bench.http.post("/emulator/clock", json={"advance": advance})

    assert response.status_code == 400
    assert "advance" in response.json()["error"]


def test_it_dates_events_by_the_advanced_clock(bench):
    bench.control("POST", "/clock", {"advance": "48h"})

    made = bench.rest.conversations.v1.conversations.create()

    assert made.date_created.isoformat()[:19] >= bench.control("GET", "/clock")["now"][:18]


def test_it_closes_the_whatsapp_window_after_a_day(bench):
    group = bench.group(ABBY, LENA, TEXTER)
    bench.control("POST", "/clock", {"advance": "23h"})
    bench.say(LENA, "still here")

    assert errors(group.messages.create(body="within")) == {0}
    bench.control("POST", "/clock", {"advance": "2h"})
    late = group.messages.create(body="late")

    assert errors(late) == {0, 63016}
    assert "late" not in bench.bodies(ABBY)
    assert bench.bodies(LENA)[-1] == bench.bodies(TEXTER)[-1] == "late"


def test_it_reopens_the_window_when_the_person_writes(bench):
    group = bench.group(ABBY)
    bench.control("POST", "/clock", {"advance": "25h"})

    bench.say(ABBY, "back")

    assert errors(group.messages.create(body="welcome back")) == {0}


def test_it_runs_a_conversations_timers(bench, receiver):
    bench.configure_webhooks(receiver, "onConversationStateUpdated")
    group = bench.group(ABBY)
    group.update(timers_inactive="PT1H", timers_closed="PT3H")

    bench.control("POST", "/clock", {"advance": "61m"})
    inactive = group.fetch().state
    bench.control("POST", "/clock", {"advance": "2h"})

    assert (inactive, group.fetch().state) == ("inactive", "closed")
    assert [(request.form["StateTo"], request.form["Reason"]) for request in receiver.requests] == [
        ("inactive", "TIMER"),
        ("closed", "TIMER"),
    ]


def test_an_advance_runs_every_timer_it_passes(bench, receiver):
    bench.configure_webhooks(receiver, "onConversationStateUpdated")
    group = bench.group(ABBY)
    group.update(timers_inactive="PT1H", timers_closed="PT3H")

    bench.control("POST", "/clock", {"advance": "4h"})

    assert sorted(request.form["StateTo"] for request in receiver.requests) == ["closed", "inactive"]
    assert group.fetch().state == "closed"


def test_a_message_restarts_the_timers(bench):
    group = bench.group(ABBY)
    group.update(timers_inactive="PT1H")
    bench.control("POST", "/clock", {"advance": "50m"})

    bench.say(ABBY, "here")
    bench.control("POST", "/clock", {"advance": "50m"})

    assert group.fetch().state == "active"


def test_it_answers_an_advance_after_its_webhooks_were_answered(bench, receiver):
    bench.configure_webhooks(receiver, "onConversationStateUpdated")
    receiver.answers["/post"] = Reply(delay_s=0.2)
    group = bench.group(ABBY)
    group.update(timers_closed="PT10M")

    bench.control("POST", "/clock", {"advance": "11m"})

    assert [entry["outcome"] for entry in bench.webhooks("post")] == ["answered"]


def test_closing_by_timer_releases_the_conversations_bindings(bench):
    bench.group(ABBY).update(timers_closed="PT10M")
    bench.control("POST", "/clock", {"advance": "11m"})

    another = bench.rest.conversations.v1.conversations.create()

    assert bench.join(another, ABBY).sid


def test_a_reset_returns_to_real_time(bench):
    bench.control("POST", "/clock", {"advance": "25h"})

    bench.control("POST", "/reset")

    assert bench.control("GET", "/clock")["offset_s"] == 0
