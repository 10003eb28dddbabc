"""The control API: phones, logs, faults over REST, and reset."""

import base64
import json
import socket

import httpx
import pytest

from emulator.tests.support import (
    ABBY,
    LENA,
    SECOND_WHATSAPP,
    SMS,
    TEXTER,
    WHATSAPP,
    wait_until,
)

CONVERSATIONS = "/conversations/v1/Conversations"


def refusal(response) -> int:
    """The status of a refusal, which says in a sentence why."""
    assert response.json()["error"].endswith(".")
    return int(response.status_code)


def test_it_adds_a_phone(bench):
    phone = bench.control("POST", "/phones", {"address": ABBY, "name": "Abby", "channel": "whatsapp"})

    assert (phone["address"], phone["name"], phone["channel"]) == (ABBY, "Abby", "whatsapp")
    assert (phone["opted_out"], phone["opted_out_of"], phone["windows"]) == (False, [], {})
    assert bench.control("GET", "/phones") == [phone]


def test_it_renames_a_phone_that_exists(bench):
    bench.phone(ABBY, "Abby")
    bench.say(ABBY, "hi")

    bench.phone(ABBY, "Abigail")

    assert [phone["name"] for phone in bench.control("GET", "/phones")] == ["Abigail"]
    assert len(bench.thread(ABBY)) == 1


@pytest.mark.parametrize(
    "body",
    [
        {"address": "555", "name": "A"},
        {"address": "whatsapp:15550100001", "name": "A"},
        {"address": WHATSAPP, "name": "A"},
        {"address": ABBY, "name": " "},
        {"address": ABBY, "name": "a" * 101},
        {"address": ABBY},
        {"address": ABBY, "name": "A", "channel": "sms"},
        {"address": ABBY, "name": "\ud83d"},
        {"address": ABBY, "name": "A", "external_user_id": "US.1"},
        [ABBY],
        {},
    ],
)
def test_it_refuses_an_invalid_phone(bench, body):
    assert refusal(bench.http.post("/emulator/phones", content=_json(body))) == 400


@pytest.mark.parametrize(
    ("address", "body", "status"),
    [
        (LENA, {"to": WHATSAPP, "body": "hi"}, 404),
        (ABBY, {"to": "whatsapp:+19995550006", "body": "hi"}, 404),
        (ABBY, {"to": SMS, "body": "hi"}, 400),
        (ABBY, {"body": "hi"}, 400),
        (ABBY, {"to": WHATSAPP}, 400),
        (ABBY, {"to": WHATSAPP, "body": 5}, 400),
        (ABBY, {"to": WHATSAPP, "body": "a\ud83d"}, 400),
        (ABBY, {"to": WHATSAPP, "body": "a" * 33_000}, 400),
        (ABBY, {"to": WHATSAPP, "media": "photo"}, 400),
        (ABBY, {"to": WHATSAPP, "media": [{}]}, 400),
        (ABBY, {"to": WHATSAPP, "media": [{"content_type": "image/png", "data": "%%"}]}, 400),
        (ABBY, {"to": WHATSAPP, "media": [{"content_type": "png", "data": "aGk="}]}, 400),
        (ABBY, {"to": WHATSAPP, "media": [{"url": "http://127.0.0.1:1/a.png"}]}, 400),
        (ABBY, {"to": WHATSAPP, "media": [{"url": "not a url"}]}, 400),
    ],
)
def test_it_refuses_an_invalid_message_from_a_phone(bench, address, body, status):
    bench.phone(ABBY)

    response = bench.http.post(f"/emulator/phones/{address}/send", content=_json(body))

    assert refusal(response) == status
    assert bench.thread(ABBY) == []


@pytest.mark.parametrize("body", [b"{", b"[" * 100_000, b"\xff"])
def test_it_refuses_a_body_that_is_not_json(bench, body):
    assert refusal(bench.http.post("/emulator/phones", content=body)) == 400


def test_it_refuses_an_unknown_path(bench):
    assert refusal(bench.http.get("/emulator/nonsense")) == 404
    assert refusal(bench.http.delete("/emulator/phones")) == 405


def test_it_accepts_addresses_percent_encoded_or_plain(bench):
    bench.phone(ABBY)

    for address in (ABBY, ABBY.replace(":", "%3A").replace("+", "%2B")):
        assert bench.say(address, "hi", to=WHATSAPP)["outcome"] == "messaging"

    assert len(bench.http.get(f"/emulator/phones/{ABBY}/thread?with={WHATSAPP}").json()) == 2


def test_it_keeps_a_phones_threads_apart(bench):
    bench.phone(ABBY)

    bench.say(ABBY, "one", to=WHATSAPP)
    bench.say(ABBY, "two", to=SECOND_WHATSAPP)

    assert [item["body"] for item in bench.thread(ABBY, number=SECOND_WHATSAPP)] == ["two"]
    assert refusal(bench.http.get(f"/emulator/phones/{ABBY}/thread")) == 400


def test_it_accepts_a_photo_by_data_url_or_link(bench):
    bench.phone(ABBY)
    bench.say(ABBY, "", media=[{"url": "data:image/png;base64," + base64.b64encode(b"one").decode()}])
    link = bench.thread(ABBY)[0]["media"][0]["url"]

    bench.say(ABBY, "", media=[{"url": link}])

    copy = bench.thread(ABBY)[1]["media"][0]
    assert copy["content_type"] == "image/png"
    assert bench.http.get(copy["url"]).content == b"one"


def test_it_serves_an_uploaded_file_in_a_sandbox(bench):
    bench.phone(ABBY)
    bench.say(ABBY, "", media=[{"content_type": "text/html", "data": "aGk="}])

    response = bench.http.get(bench.thread(ABBY)[0]["media"][0]["url"])

    assert response.headers["content-security-policy"] == "sandbox"
    assert response.headers["x-content-type-options"] == "nosniff"


def test_it_seeds_an_old_thread(bench):
    bench.phone(ABBY)
    bench.say(ABBY, "now")

    bench.control(
        "POST",
        f"/phones/{ABBY}/history",
        {
            "with": WHATSAPP,
            "messages": [
                {"direction": "in", "body": "welcome", "at": "2025-10-01T10:00:01Z"},
                {"direction": "out", "body": "start", "at": "2025-10-01T10:00:00Z"},
            ],
        },
    )

    assert [(i["direction"], i["body"]) for i in bench.thread(ABBY)] == [
        ("out", "start"),
        ("in", "welcome"),
        ("out", "now"),
    ]


def test_it_replaces_a_seeded_thread(bench):
    bench.phone(ABBY)
    bench.say(ABBY, "now")

    bench.control(
        "POST",
        f"/phones/{ABBY}/history",
        {"with": WHATSAPP, "afresh": True, "messages": [{"direction": "out", "body": "old", "at": "2025-10-01"}]},
    )

    assert [item["body"] for item in bench.thread(ABBY)] == ["old"]
    sent = bench.rest.messages.create(to=ABBY, from_=WHATSAPP, body="Hi")
    wait_until(lambda: bench.rest.messages(sent.sid).fetch().error_code == 63016)


def test_it_does_not_open_a_window_for_old_history(bench):
    bench.phone(ABBY)
    bench.control(
        "POST",
        f"/phones/{ABBY}/history",
        {"with": WHATSAPP, "messages": [{"direction": "out", "body": "old", "at": "2025-10-01"}]},
    )

    sent = bench.rest.messages.create(to=ABBY, from_=WHATSAPP, body="Hi")

    wait_until(lambda: bench.rest.messages(sent.sid).fetch().error_code == 63016)


@pytest.mark.parametrize(
    "messages", [None, [1], [{"direction": "up"}], [{"direction": "in", "body": 1}], [{"direction": "in", "at": "x"}]]
)
def test_it_refuses_an_invalid_history(bench, messages):
    bench.phone(ABBY)

    response = bench.http.post(f"/emulator/phones/{ABBY}/history", json={"with": WHATSAPP, "messages": messages})

    assert refusal(response) == 400
    assert bench.thread(ABBY) == []


def test_it_lists_our_numbers(bench):
    assert bench.control("GET", "/senders") == [WHATSAPP, SMS, SECOND_WHATSAPP]


def test_it_logs_every_rest_call_without_credentials(bench):
    bench.call("POST", CONVERSATIONS, {"FriendlyName": "A"})
    bench.http.get(f"{CONVERSATIONS}/CH0?x=1")

    made, refused = bench.control("GET", "/calls")
    assert (made["method"], made["path"], made["params"]) == ("POST", CONVERSATIONS, {"FriendlyName": "A"})
    assert (made["status"], refused["status"], refused["params"]) == (201, 401, {"x": "1"})
    assert "authorization" not in str(made).lower()


def test_it_limits_a_log_to_the_newest_and_pages_it_by_number(bench):
    for _ in range(5):
        bench.call("GET", CONVERSATIONS)
    ids = [call["id"] for call in bench.control("GET", "/calls")]

    assert [call["id"] for call in bench.control("GET", "/calls?limit=2")] == ids[-2:]
    assert [call["id"] for call in bench.control("GET", f"/calls?after={ids[2]}")] == ids[3:]
    assert refusal(bench.http.get("/emulator/calls?limit=x")) == 400


@pytest.mark.parametrize(("fault", "expected"), [("http_429", (429, 20429)), ("http_500", (500, 20500))])
def test_a_fault_refuses_rest_calls_before_anything_happens(bench, fault, expected):
    bench.faults(rest={fault: 1})

    response = bench.call("POST", CONVERSATIONS)

    assert (response.status_code, response.json()["code"]) == expected
    bench.control("DELETE", "/faults")
    assert bench.rest.conversations.v1.conversations.list() == []


def test_a_fault_carries_out_a_call_without_answering(bench):
    bench.faults(rest={"timeout": 1})

    with pytest.raises(httpx.ReadTimeout):
        bench.http.post(CONVERSATIONS, auth=bench.auth, timeout=0.3)

    bench.control("DELETE", "/faults")
    assert len(bench.rest.conversations.v1.conversations.list()) == 1


def test_a_fault_loses_a_call(bench):
    bench.faults(rest={"lost": 1})

    with pytest.raises(httpx.ReadTimeout):
        bench.http.post(CONVERSATIONS, auth=bench.auth, timeout=0.3)

    bench.control("DELETE", "/faults")
    assert bench.rest.conversations.v1.conversations.list() == []
    assert bench.control("GET", "/calls")[0]["status"] == 0


def test_it_refuses_calls_above_the_concurrency_limit(bench):
    bench.faults(rest={"lost": 1})
    with socket.create_connection((bench.http.base_url.host, bench.http.base_url.port)) as unanswered:
        unanswered.sendall(f"GET {CONVERSATIONS} HTTP/1.1\r\nHost: emulator\r\n\r\n".encode())
        wait_until(lambda: bench.control("GET", "/calls"))

        bench.faults(rest={"lost": 0, "at_once": 1})

        assert bench.call("GET", CONVERSATIONS).json()["code"] == 20429
    wait_until(lambda: bench.call("GET", CONVERSATIONS).status_code == 200)


def test_it_shows_and_clears_faults(bench):
    bench.faults(drop=0.5, model_mode="mute")

    changed = bench.control("GET", "/faults")
    cleared = bench.control("DELETE", "/faults")

    assert (changed["webhook"]["drop"], changed["model"]["model_mode"]) == (0.5, "mute")
    assert (cleared["webhook"]["drop"], cleared["model"]["model_mode"]) == (0, "interviewer")


def test_it_says_which_fault_is_invalid(bench):
    response = bench.http.post("/emulator/faults", json={"webhook": {"drop": 7}})

    assert refusal(response) == 400
    assert "webhook.drop" in response.json()["error"]


@pytest.mark.parametrize(
    "body", [{"number": WHATSAPP, "messaging_url": "x"}, {"number": WHATSAPP, "messaging_url": 1}]
)
def test_it_refuses_an_invalid_number_webhook(bench, body):
    assert refusal(bench.http.post("/emulator/webhook-config", json=body)) == 400


def test_a_reset_empties_the_world_and_keeps_the_accounts_configuration(bench, receiver):
    bench.configure_webhooks(receiver, "onMessageAdded")
    bench.group(ABBY)
    service = bench.rest.conversations.v1.configuration().fetch().default_chat_service_sid

    bench.control("POST", "/reset")

    assert bench.rest.conversations.v1.conversations.list() == []
    state = bench.control("GET", "/state")
    assert (state["phones"], state["threads"], state["webhooks"]) == ([], [], [])
    hooks = bench.rest.conversations.v1.services(service).configuration.webhooks().fetch()
    assert hooks.post_webhook_url == receiver.url + "/post"
    bench.group(ABBY)


def test_a_reset_clears_the_configuration_too_when_asked(bench):
    before = bench.rest.conversations.v1.configuration().fetch().default_chat_service_sid

    bench.control("POST", "/reset", {"everything": True})

    assert bench.rest.conversations.v1.configuration().fetch().default_chat_service_sid != before


def test_a_reset_cancels_webhooks_in_flight(bench, receiver):
    bench.group(ABBY)
    bench.configure_webhooks(receiver, "onMessageAdded")
    bench.faults(webhook={"delay_ms": 200})
    bench.say(ABBY, "hi")

    bench.control("POST", "/reset")
    bench.group(ABBY)
    bench.say(ABBY, "new")

    wait_until(lambda: receiver.events("onMessageAdded"))
    assert [request.form["Body"] for request in receiver.events("onMessageAdded")] == ["new"]


def test_a_reset_restores_a_snapshot_as_often_as_wanted(bench):
    group = bench.group(ABBY, LENA)
    bench.say(ABBY, "before")
    bench.control("POST", "/kept/evening")
    bench.say(ABBY, "after")

    bench.control("POST", "/reset", {"to": "evening"})
    first = bench.control("GET", "/state")["threads"]
    bench.say(LENA, "in the copy")
    bench.control("POST", "/reset", {"to": "evening"})

    assert bench.control("GET", "/state")["threads"] == first
    messages = bench.rest.conversations.v1.conversations(group.sid).messages.list()
    assert [message.body for message in messages] == ["before"]


def test_it_refuses_to_restore_an_unknown_snapshot(bench):
    response = bench.http.post("/emulator/reset", json={"to": "yesterday"})

    assert refusal(response) == 404


def test_it_answers_the_whole_state_at_once(bench):
    bench.phone(TEXTER, "Tom")
    bench.say(TEXTER, "hi")

    state = bench.control("GET", "/state")

    assert set(state) == {"phones", "threads", "senders", "clock", "faults", "webhooks"}
    assert state["threads"] == [{"address": TEXTER, "with": SMS, "items": bench.thread(TEXTER), "missing": []}]


def _json(body: object) -> bytes:
    return json.dumps(body).encode()
