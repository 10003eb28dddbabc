"""Content templates: what a handset shows of them, and which are delivered outside the window."""

import json

import pytest

from emulator.tests.support import (
    ABBY,
    ACCOUNT,
    LENA,
    SMS,
    TEXTER,
    WHATSAPP,
    Bench,
    approval_of,
    create_template,
    submit,
    wait_until,
)

TEXTS = f"/api/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
UNKNOWN = "HX" + "0" * 32


@pytest.fixture
def outside_window(bench: Bench) -> Bench:
    """Outside Abby's 24-hour window."""
    bench.phone(ABBY)
    bench.say(ABBY, "hello")
    bench.control("POST", "/clock", {"advance": "25h"})
    return bench


def final_status(bench: Bench, sid: str) -> tuple[str, int | None]:
    """The status and error code with which a text ended."""
    text = wait_until(
        lambda: (
            found
            if (found := bench.rest.messages(sid).fetch()).status not in ("queued", "accepted", "sent")
            else None
        )
    )
    return text.status, text.error_code


def test_it_fills_in_a_templates_placeholders(bench):
    bench.phone(TEXTER)
    sid = create_template(bench, "{{1}} misses you, {{ name }}", variables={"1": "Lena"})

    sent = bench.rest.messages.create(to=TEXTER, from_=SMS, content_sid=sid, content_variables='{"name": "Tom"}')

    assert bench.bodies(TEXTER) == ["Lena misses you, Tom"]
    assert bench.rest.messages(sent.sid).fetch().body == "Lena misses you, Tom"


def test_it_shows_a_templates_media(bench):
    bench.phone(TEXTER)
    media = {"twilio/media": {"body": "Look, {{1}}", "media": ["https://example.com/{{2}}.png"]}}
    sid = create_template(bench, types=media, variables={"1": "Tom", "2": "a"})

    bench.rest.messages.create(to=TEXTER, from_=SMS, content_sid=sid)

    item = bench.thread(TEXTER)[0]
    assert (item["body"], item["media"][0]["url"]) == ("Look, Tom", "https://example.com/a.png")


def test_it_sends_a_template_to_the_whole_conversation(bench):
    group = bench.group(ABBY, LENA)
    sid = create_template(bench, "Hello {{1}}")

    message = group.messages.create(content_sid=sid, content_variables='{"1": "all"}', body="ignored")

    assert bench.bodies(ABBY) == bench.bodies(LENA) == ["Hello all"]
    assert (message.body, message.content_sid, message.media) == ("Hello all", sid, None)


def test_it_delivers_an_approved_template_outside_the_window(outside_window):
    sid = create_template(outside_window, "We miss you")
    submit(outside_window, sid)

    sent = outside_window.rest.messages.create(to=ABBY, from_=WHATSAPP, content_sid=sid)

    assert final_status(outside_window, sent.sid) == ("delivered", None)
    assert outside_window.bodies(ABBY) == ["We miss you"]


@pytest.mark.parametrize(
    ("status", "error"),
    [
        ("unsubmitted", 63016),
        ("pending", 63016),
        ("rejected", 63040),
        ("paused", 63041),
        ("disabled", 63042),
    ],
)
def test_it_refuses_an_unapproved_template_outside_the_window(outside_window, status, error):
    sid = create_template(outside_window, "We miss you")
    outside_window.control("POST", f"/templates/{sid}", {"status": status})

    sent = outside_window.rest.messages.create(to=ABBY, from_=WHATSAPP, content_sid=sid)

    assert final_status(outside_window, sent.sid) == ("undelivered", error)


def test_it_refuses_an_approved_template_with_a_missing_value(outside_window):
    sid = create_template(outside_window, "We miss you, {{1}}")
    submit(outside_window, sid)

    sent = outside_window.rest.messages.create(to=ABBY, from_=WHATSAPP, content_sid=sid)

    assert final_status(outside_window, sent.sid) == ("undelivered", 63028)


def test_it_requires_no_approval_inside_the_window(bench):
    bench.phone(ABBY)
    bench.say(ABBY, "hello")

    sent = bench.rest.messages.create(to=ABBY, from_=WHATSAPP, content_sid=create_template(bench, "Hi"))

    assert final_status(bench, sent.sid)[0] == "delivered"


@pytest.mark.parametrize("decision", ["approved", "pending", "rejected"])
def test_it_approves_templates_as_configured(bench, decision):
    bench.faults(template_approval=decision)
    sid = create_template(bench, "Hi")

    answer = submit(bench, sid)

    assert answer["status"] == "received"
    assert approval_of(bench, sid)["status"] == decision
    assert (approval_of(bench, sid)["rejection_reason"] != "") == (decision == "rejected")


def test_it_refuses_a_second_request_for_approval(bench):
    sid = create_template(bench, "Hi")
    submit(bench, sid)

    again = bench.http.post(
        f"/content/v1/Content/{sid}/ApprovalRequests/whatsapp",
        json={"name": "hi", "category": "UTILITY"},
        auth=bench.auth,
    )

    assert (again.status_code, again.json()["code"]) == (400, 20001)


def test_a_template_can_be_changed_until_it_is_submitted(bench):
    sid = create_template(bench, "Hi")
    path, types = f"/content/v1/Content/{sid}", {"twilio/text": {"body": "Hello"}}

    changed = bench.http.put(path, json={"types": types}, auth=bench.auth)
    submit(bench, sid)
    refused = bench.http.put(path, json={"types": {"twilio/text": {"body": "Ho"}}}, auth=bench.auth)

    assert (changed.json()["types"], refused.status_code) == (types, 400)


def test_a_reset_keeps_templates(bench):
    sid = create_template(bench, "Hi")

    bench.control("POST", "/reset")

    assert [template["sid"] for template in bench.control("GET", "/templates")] == [sid]


@pytest.mark.parametrize(
    "fields",
    [
        {"types": {"twilio/text": {"body": "Hi"}}},
        {"language": "en"},
        {"language": "en", "types": {}},
        {"language": "en", "types": {"twilio/text": None}},
        {"language": "en", "types": {"twilio/text": "Hi"}},
        {"language": "en", "types": {"twilio/text": {"body": "Hi"}}, "variables": {"1": 1}},
        {"language": "en", "types": {"twilio/text": {"body": "Hi"}}, "friendly_name": 1},
        [],
    ],
)
def test_it_refuses_an_invalid_template(bench, fields):
    response = bench.http.post("/content/v1/Content", json=fields, auth=bench.auth)

    assert (response.status_code, response.json()["code"]) == (400, 20001)


@pytest.mark.parametrize("fields", [{"name": "Hi!", "category": "UTILITY"}, {"name": "hi", "category": "FUN"}, {}])
def test_it_refuses_an_invalid_approval_request(bench, fields):
    path = f"/content/v1/Content/{create_template(bench, 'Hi')}/ApprovalRequests/whatsapp"

    response = bench.http.post(path, json=fields, auth=bench.auth)

    assert (response.status_code, response.json()["code"]) == (400, 20001)


VARIABLES = {
    "unreadable": "{",
    "no object": "[]",
    "no text": '{"1": 1}',
    "empty": '{"1": ""}',
    "long name": json.dumps({"a" * 17: "a"}),
    "long value": json.dumps({"1": "a" * 257}),
    "many": json.dumps({str(n): "a" for n in range(101)}),
}


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ("unreadable", 50527),
        ("no object", 50527),
        ("no text", 50527),
        ("long name", 50540),
        ("long value", 50541),
        ("many", 50529),
    ],
)
def test_it_refuses_invalid_variables_of_a_message(bench, variables, expected):
    sid = create_template(bench, "Hi {{1}}")
    group = bench.rest.conversations.v1.conversations.create()

    path = f"/conversations/v1/Conversations/{group.sid}/Messages"
    response = bench.call("POST", path, {"ContentSid": sid, "ContentVariables": VARIABLES[variables]})

    assert (response.status_code, response.json()["code"]) == (400, expected)


def test_it_refuses_a_template_unsupported_by_conversations(bench):
    sid = create_template(bench, types={"twilio/carousel": {"body": "Hi", "cards": []}})
    group = bench.rest.conversations.v1.conversations.create()

    response = bench.call("POST", f"/conversations/v1/Conversations/{group.sid}/Messages", {"ContentSid": sid})

    assert (response.status_code, response.json()["code"]) == (400, 50542)


@pytest.mark.parametrize("variables", ["unreadable", "no object", "no text", "empty"])
def test_it_refuses_invalid_variables_of_a_text(bench, variables):
    sid = create_template(bench, "Hi {{1}}")

    response = bench.call(
        "POST", TEXTS, {"To": TEXTER, "From": SMS, "ContentSid": sid, "ContentVariables": VARIABLES[variables]}
    )

    assert (response.status_code, response.json()["code"]) == (400, 21656)


@pytest.mark.parametrize("body", [{"status": "loved"}, {"status": None}])
def test_it_refuses_an_invalid_approval_status(bench, body):
    sid = create_template(bench, "Hi")

    assert bench.http.post(f"/emulator/templates/{sid}", json=body).status_code == 400
    assert bench.http.post(f"/emulator/templates/{UNKNOWN}", json={"status": "approved"}).status_code == 404
