"""What Twilio refuses, and with which code."""

from itertools import pairwise

import pytest

from emulator.tests.support import (
    ABBY,
    ACCOUNT,
    LENA,
    SECOND_WHATSAPP,
    SMS,
    TEXTER,
    WHATSAPP,
    Bench,
)

CONVERSATIONS = "/conversations/v1/Conversations"
BIND = "MessagingBinding."


def binding_params(address: str, proxy: str) -> dict[str, str]:
    return {f"{BIND}Address": address, f"{BIND}ProxyAddress": proxy}


def status_and_code(response) -> tuple[int, int]:
    """(HTTP status, Twilio's code) of a refusal, whose body is complete."""
    body = response.json()
    assert set(body) == {"code", "message", "more_info", "status"}
    assert body["status"] == response.status_code
    assert body["more_info"] == f"https://www.twilio.com/docs/errors/{body['code']}"
    return response.status_code, body["code"]


@pytest.fixture
def sid(bench: Bench) -> str:
    return str(bench.call("POST", CONVERSATIONS, {"UniqueName": "first"}).json()["sid"])


@pytest.mark.parametrize("auth", [None, (ACCOUNT, "wrong"), ("AC" + "0" * 32, "x")])
def test_it_refuses_wrong_credentials(bench, auth):
    response = bench.http.get(CONVERSATIONS, auth=auth)

    assert status_and_code(response) == (401, 20003)
    assert "Basic" in response.headers["www-authenticate"]


@pytest.mark.parametrize(
    "path",
    [
        CONVERSATIONS + "/CH" + "0" * 32,
        CONVERSATIONS + "/nobody/Messages",
        "/conversations/v1/Services/IS" + "0" * 32 + "/Conversations",
        "/conversations/v1/Nonsense",
        "/api/2010-04-01/Accounts/AC" + "0" * 32 + ".json",
        "/messaging/v1/Services/MG" + "0" * 32,
        "/mcs/v1/Services/IS" + "0" * 32 + "/Media/ME" + "0" * 32,
    ],
)
def test_it_answers_404_for_an_unknown_resource(bench, path):
    assert status_and_code(bench.call("GET", path)) == (404, 20404)


def test_it_refuses_an_unsupported_method(bench):
    assert status_and_code(bench.call("DELETE", CONVERSATIONS)) == (405, 20004)


def test_it_refuses_a_form_over_a_megabyte(bench, sid):
    response = bench.call("POST", f"{CONVERSATIONS}/{sid}/Messages", {"Body": "a" * 1_100_000})

    assert status_and_code(response) == (413, 20413)


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"UniqueName": "first"}, (409, 50353)),
        ({"UniqueName": "CH" + "0" * 32}, (400, 50390)),
        ({"State": "closed"}, (400, 50384)),
        ({"State": "asleep"}, (400, 50378)),
        ({"Timers.Closed": "PT10M"}, (400, 50382)),
        ({"State": "active", "Timers.Closed": "PT1M"}, (400, 50376)),
        ({"State": "active", "Timers.Inactive": "PT1S"}, (400, 50375)),
        ({"State": "active", "Timers.Inactive": "soon"}, (400, 50379)),
        ({"Attributes": "{"}, (400, 50304)),
        ({"Attributes": '"' + "a" * 16_400 + '"'}, (400, 50303)),
        ({"MessagingServiceSid": "me"}, (400, 50341)),
        ({"MessagingServiceSid": "MG" + "0" * 32}, (400, 50342)),
        ({"FriendlyName": "a" * 257}, (400, 50202)),
        ({"DateCreated": "yesterday"}, (400, 20001)),
    ],
)
def test_it_refuses_an_invalid_conversation(bench, sid, params, expected):
    assert status_and_code(bench.call("POST", CONVERSATIONS, params)) == expected


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        (binding_params("5550100001", SMS), (400, 50407)),
        (binding_params("whatsapp:US.abc", WHATSAPP), (400, 50407)),
        (binding_params(TEXTER, "nonsense"), (400, 50408)),
        (binding_params(SMS, SMS), (400, 50409)),
        ({f"{BIND}ProxyAddress": SMS}, (400, 50411)),
        ({f"{BIND}Address": ABBY}, (400, 50412)),
        ({f"{BIND}Address": TEXTER}, (400, 50452)),
        ({"Identity": "a", f"{BIND}ProjectedAddress": SMS}, (400, 50452)),
        (binding_params(TEXTER, "+15005559999"), (403, 50413)),
        (binding_params(TEXTER, WHATSAPP), (400, 50414)),
        (binding_params(ABBY, "whatsapp:+15005559999"), (400, 50415)),
        (binding_params(SECOND_WHATSAPP, WHATSAPP), (400, 50407)),
        (binding_params(ABBY, WHATSAPP) | {"Identity": "abby"}, (400, 50211)),
        ({"Identity": "a" * 257}, (400, 50207)),
        ({"Identity": "a", "Attributes": "no"}, (400, 50304)),
        ({"Identity": "a", "Attributes": '"' + "a" * 4096 + '"'}, (400, 50303)),
        ({}, (400, 20001)),
    ],
)
def test_it_refuses_an_invalid_participant(bench, sid, params, expected):
    assert status_and_code(bench.call("POST", f"{CONVERSATIONS}/{sid}/Participants", params)) == expected


def test_it_names_the_conversation_of_an_existing_binding(bench, sid):
    other = bench.call("POST", CONVERSATIONS).json()["sid"]
    bench.call("POST", f"{CONVERSATIONS}/{sid}/Participants", binding_params(ABBY, WHATSAPP))

    response = bench.call("POST", f"{CONVERSATIONS}/{other}/Participants", binding_params(ABBY, WHATSAPP))

    assert status_and_code(response) == (409, 50416)
    assert sid in response.json()["message"]


def test_a_binding_is_unique_across_services(bench, sid):
    service = bench.call("POST", "/conversations/v1/Services", {"FriendlyName": "Other"}).json()["sid"]
    other = bench.call("POST", f"/conversations/v1/Services/{service}/Conversations").json()["sid"]
    bench.call("POST", f"{CONVERSATIONS}/{sid}/Participants", binding_params(ABBY, WHATSAPP))

    path = f"/conversations/v1/Services/{service}/Conversations/{other}/Participants"

    assert status_and_code(bench.call("POST", path, binding_params(ABBY, WHATSAPP))) == (409, 50416)


def test_it_binds_one_phone_to_two_numbers(bench, sid):
    other = bench.call("POST", CONVERSATIONS).json()["sid"]
    bench.call("POST", f"{CONVERSATIONS}/{sid}/Participants", binding_params(ABBY, WHATSAPP))

    response = bench.call("POST", f"{CONVERSATIONS}/{other}/Participants", binding_params(ABBY, SECOND_WHATSAPP))

    assert response.status_code == 201


@pytest.mark.parametrize("freed_by", ["closing", "removing", "deleting"])
def test_it_releases_a_binding(bench, sid, freed_by):
    path = f"{CONVERSATIONS}/{sid}"
    participant = bench.call("POST", f"{path}/Participants", binding_params(ABBY, WHATSAPP)).json()["sid"]
    {
        "closing": lambda: bench.call("POST", path, {"State": "closed"}),
        "removing": lambda: bench.call("DELETE", f"{path}/Participants/{participant}"),
        "deleting": lambda: bench.call("DELETE", path),
    }[freed_by]()

    other = bench.call("POST", CONVERSATIONS).json()["sid"]

    assert (
        bench.call("POST", f"{CONVERSATIONS}/{other}/Participants", binding_params(ABBY, WHATSAPP)).status_code == 201
    )


def test_it_releases_only_its_own_bindings(bench, sid):
    bench.call("POST", f"{CONVERSATIONS}/{sid}/Participants", binding_params(ABBY, WHATSAPP))
    bench.call("POST", f"{CONVERSATIONS}/{sid}", {"State": "closed"})
    holder = bench.call("POST", CONVERSATIONS).json()["sid"]
    bench.call("POST", f"{CONVERSATIONS}/{holder}/Participants", binding_params(ABBY, WHATSAPP))

    bench.call("DELETE", f"{CONVERSATIONS}/{sid}")

    third = bench.call("POST", CONVERSATIONS).json()["sid"]
    response = bench.call("POST", f"{CONVERSATIONS}/{third}/Participants", binding_params(ABBY, WHATSAPP))
    assert status_and_code(response) == (409, 50416)
    assert holder in response.json()["message"]


def test_an_inactive_conversation_keeps_its_bindings(bench, sid):
    other = bench.call("POST", CONVERSATIONS).json()["sid"]
    bench.call("POST", f"{CONVERSATIONS}/{sid}/Participants", binding_params(ABBY, WHATSAPP))
    bench.call("POST", f"{CONVERSATIONS}/{sid}", {"State": "inactive"})

    response = bench.call("POST", f"{CONVERSATIONS}/{other}/Participants", binding_params(ABBY, WHATSAPP))

    assert status_and_code(response) == (409, 50416)


def test_it_moves_a_participant_to_another_number(bench, sid):
    path = f"{CONVERSATIONS}/{sid}/Participants"
    participant = bench.call("POST", path, binding_params(ABBY, WHATSAPP)).json()["sid"]

    moved = bench.call("POST", f"{path}/{participant}", {f"{BIND}ProxyAddress": SECOND_WHATSAPP}).json()

    assert moved["messaging_binding"]["proxy_address"] == SECOND_WHATSAPP
    other = bench.call("POST", CONVERSATIONS).json()["sid"]
    assert (
        bench.call("POST", f"{CONVERSATIONS}/{other}/Participants", binding_params(ABBY, WHATSAPP)).status_code == 201
    )


def test_it_refuses_a_duplicate_chat_participant(bench, sid):
    path = f"{CONVERSATIONS}/{sid}/Participants"
    bench.call("POST", path, {"Identity": "abby"})

    assert status_and_code(bench.call("POST", path, {"Identity": "abby"})) == (409, 50433)


def test_it_limits_phones_to_fifty_but_not_chat_participants(bench, sid):
    path = f"{CONVERSATIONS}/{sid}/Participants"
    for n in range(50):
        assert bench.call("POST", path, binding_params(f"+155502{n:05d}", SMS)).status_code == 201

    assert status_and_code(bench.call("POST", path, binding_params(TEXTER, SMS))) == (403, 50418)
    assert bench.call("POST", path, {"Identity": "chat"}).status_code == 201


def test_it_requires_a_messaging_service_for_phones(bench, sid):
    bench.call("POST", "/conversations/v1/Configuration", {"DefaultMessagingServiceSid": ""})
    bare = bench.call("POST", CONVERSATIONS).json()
    assert bare["messaging_service_sid"] is None

    response = bench.call("POST", f"{CONVERSATIONS}/{bare['sid']}/Participants", binding_params(ABBY, WHATSAPP))

    assert status_and_code(response) == (400, 50373)


@pytest.mark.parametrize(
    ("method", "path", "params"),
    [
        ("POST", "", {"FriendlyName": "new"}),
        ("POST", "", {"State": "active"}),
        ("POST", "/Messages", {"Body": "hi"}),
        ("POST", "/Participants", {"Identity": "a"}),
        ("POST", "/Webhooks", {"Target": "webhook"}),
    ],
)
def test_it_refuses_changes_to_a_closed_conversation(bench, sid, method, path, params):
    bench.call("POST", f"{CONVERSATIONS}/{sid}", {"State": "closed"})

    assert status_and_code(bench.call(method, f"{CONVERSATIONS}/{sid}{path}", params)) == (409, 50377)


def test_it_still_reads_a_closed_conversation(bench, sid):
    bench.call("POST", f"{CONVERSATIONS}/{sid}/Messages", {"Body": "hi"})
    bench.call("POST", f"{CONVERSATIONS}/{sid}", {"State": "closed"})

    assert bench.call("GET", f"{CONVERSATIONS}/first").json()["state"] == "closed"
    assert len(bench.call("GET", f"{CONVERSATIONS}/{sid}/Messages").json()["messages"]) == 1


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, (400, 20001)),
        ({"Body": ""}, (400, 20001)),
        ({"Body": "a" * 1601}, (400, 50504)),
        ({"Body": "👋" * 801}, (400, 50504)),
        ({"Body": "a", "Author": "a" * 257}, (400, 50501)),
        ({"Body": "a", "Attributes": "{"}, (400, 50304)),
        ({"Body": "a", "Attributes": '"' + "a" * 4096 + '"'}, (400, 50303)),
        ({"MediaSid": "ME" + "0" * 32}, (404, 50507)),
        ({"ContentSid": "HX" + "0" * 32}, (400, 50526)),
        ({"Body": "a", "ContentVariables": "{}"}, (400, 50528)),
    ],
)
def test_it_refuses_an_invalid_message(bench, sid, params, expected):
    assert status_and_code(bench.call("POST", f"{CONVERSATIONS}/{sid}/Messages", params)) == expected


def test_chat_alone_takes_longer_messages(bench, sid):
    messages = f"{CONVERSATIONS}/{sid}/Messages"
    bench.call("POST", f"{CONVERSATIONS}/{sid}/Participants", {"Identity": "sam"})

    assert bench.call("POST", messages, {"Body": "a" * 1601}).status_code == 201
    assert status_and_code(bench.call("POST", messages, {"Body": "é" * 16_400})) == (400, 50504)


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"Target": "carrier-pigeon"}, (400, 20001)),
        ({"Target": "webhook"}, (400, 20001)),
        ({"Target": "studio"}, (400, 20001)),
        ({"Target": "webhook", "Configuration.Url": "ftp://example.com"}, (400, 20001)),
        ({"Target": "webhook", "Configuration.Url": "https://x.com", "Configuration.Filters": "onTea"}, (400, 50365)),
        (
            {"Target": "webhook", "Configuration.Url": "https://x.com", "Configuration.Filters": "onMessageAdd"},
            (400, 50365),
        ),
    ],
)
def test_it_refuses_an_invalid_scoped_webhook(bench, sid, params, expected):
    assert status_and_code(bench.call("POST", f"{CONVERSATIONS}/{sid}/Webhooks", params)) == expected


def test_it_limits_scoped_webhooks_to_five(bench, sid):
    path = f"{CONVERSATIONS}/{sid}/Webhooks"
    hook = {"Target": "webhook", "Configuration.Url": "https://example.com"}
    for _ in range(5):
        assert bench.call("POST", path, hook).status_code == 201

    assert status_and_code(bench.call("POST", path, hook)) == (403, 50361)


def test_it_refuses_an_unknown_filter_of_the_account(bench):
    response = bench.call("POST", "/conversations/v1/Configuration/Webhooks", {"Filters": "onNothing"})

    assert status_and_code(response) == (400, 50365)


@pytest.mark.parametrize("params", [{}, {"Identity": "a", "Address": TEXTER}])
def test_it_looks_up_by_either_address_or_identity(bench, params):
    assert status_and_code(
        bench.http.get("/conversations/v1/ParticipantConversations", params=params, auth=bench.auth)
    ) == (
        400,
        50451,
    )


def test_it_does_not_show_another_services_conversation_on_the_short_path(bench):
    service = bench.call("POST", "/conversations/v1/Services", {"FriendlyName": "Other"}).json()["sid"]
    made = bench.call("POST", f"/conversations/v1/Services/{service}/Conversations", {"UniqueName": "n"}).json()

    assert status_and_code(bench.call("GET", f"{CONVERSATIONS}/{made['sid']}")) == (404, 20404)
    assert status_and_code(bench.call("GET", f"{CONVERSATIONS}/n")) == (404, 20404)
    assert bench.call("GET", f"/conversations/v1/Services/{service}/Conversations/n").status_code == 200


def test_it_finds_a_unique_name_with_special_characters(bench):
    sid = bench.call("POST", CONVERSATIONS, {"UniqueName": "a/b +ü?"}).json()["sid"]

    assert bench.call("GET", f"{CONVERSATIONS}/a%2Fb%20%2B%C3%BC%3F").json()["sid"] == sid


def test_it_allows_a_unique_name_again_after_deletion(bench, sid):
    bench.call("DELETE", f"{CONVERSATIONS}/{sid}")

    assert bench.call("POST", CONVERSATIONS, {"UniqueName": "first"}).status_code == 201


def test_it_reads_repeated_keys_as_a_list(bench):
    data = "Filters=onMessageAdded&Filters=onParticipantAdded&PostWebhookUrl=https%3A%2F%2Fexample.com"

    answer = bench.call("POST", "/conversations/v1/Configuration/Webhooks", data).json()

    assert answer["filters"] == ["onMessageAdded", "onParticipantAdded"]


def test_it_fills_in_the_participant_sid_of_the_author(bench, sid):
    path = f"{CONVERSATIONS}/{sid}"
    participant = bench.call("POST", f"{path}/Participants", binding_params(LENA, WHATSAPP)).json()["sid"]

    by_lena = bench.call("POST", f"{path}/Messages", {"Body": "a", "Author": LENA}).json()
    by_nobody = bench.call("POST", f"{path}/Messages", {"Body": "b"}).json()

    assert by_lena["participant_sid"] == participant
    assert (by_nobody["author"], by_nobody["participant_sid"]) == ("system", None)


def test_it_numbers_messages_upwards_with_occasional_gaps(bench, sid):
    bench.faults(index_gaps=0.3)

    indexes = [
        bench.call("POST", f"{CONVERSATIONS}/{sid}/Messages", {"Body": "a"}).json()["index"] for _ in range(30)
    ]

    steps = {after - before for before, after in pairwise(indexes)}
    assert indexes[0] == 0
    assert steps >= {1, 2}
    assert min(steps) == 1
