"""The small parts that need no running emulator."""

from datetime import timedelta
from pathlib import Path

import pytest

from emulator.ambiguities import Ambiguities
from emulator.clock import parse_iso_duration, parse_short_duration
from emulator.connection_overrides import retry_count, retry_policy
from emulator.faults import Chances, Faults, InvalidFaults
from emulator.keywords import keyword_of
from emulator.settings import InvalidSettings, read_settings
from emulator.signing import sign
from emulator.twiml import InvalidTwiml, Reply, parse_replies


def test_it_signs_as_twilio_does():
    params = {"EventType": "onMessageAdded", "Body": "hé", "Attributes": "{}"}

    assert sign("12345", "https://example.com/hooks/conv", params) == "LsP6RakUpNwSE/fakD5CFt7QisE="


def test_it_leaves_the_fragment_out_of_the_signature():
    assert sign("t", "https://example.com/a#rc=2", {}) == sign("t", "https://example.com/a", {})


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("25h", timedelta(hours=25)),
        ("1h30m", timedelta(minutes=90)),
        ("2d", timedelta(days=2)),
        ("90s", timedelta(seconds=90)),
    ],
)
def test_it_reads_short_durations(text, length):
    assert parse_short_duration(text) == length


@pytest.mark.parametrize("text", ["", "-1h", "0s", "soon", "1.5h", "h", "9999999d", "1h 30m"])
def test_it_refuses_an_invalid_short_duration(text):
    assert parse_short_duration(text) is None


def test_it_reads_iso_durations():
    assert parse_iso_duration("P1DT2H3M4S") == timedelta(days=1, hours=2, minutes=3, seconds=4)


@pytest.mark.parametrize("text", ["PT", "P", "10M", "PT-1M", "P1W"])
def test_it_refuses_an_invalid_iso_duration(text):
    assert parse_iso_duration(text) is None


def test_it_accepts_faults_grouped_or_flat():
    faults = Faults()

    faults.change({"webhook": {"drop": 0.5}, "delay_ms": 20, "63016": 1, "model_mode": "liar", "timeout": 0.25})

    assert (faults.webhook.drop, faults.webhook.delay_ms) == (0.5, 20)
    assert faults.receipts == {"63016": 1}
    assert (faults.model.model_mode, faults.rest.timeout) == ("liar", 0.25)


def test_it_keeps_faults_that_a_change_leaves_out():
    faults = Faults()
    faults.change({"rest": {"http_429": 0.1}})

    faults.change({"rest": {"http_500": 0.2}})

    assert (faults.rest.http_429, faults.rest.http_500) == (0.1, 0.2)


def test_it_accepts_faults_as_it_lists_them():
    faults, restored = Faults(), Faults()
    faults.change({"receipts_for": {"+15550100001": "sent"}, "also_messaging_webhook": "own", "lost": 0.5})

    restored.change(faults.model_dump())

    assert restored == faults


def test_it_explains_every_ambiguity():
    readme = (Path(__file__).parents[1] / "README.md").read_text()

    assert [name for name in Ambiguities.model_fields if f"| `{name}` |" not in readme] == []


def test_a_null_delivery_outcome_restores_normal_delivery():
    faults = Faults()
    faults.change({"receipts_for": {"+15550100001": "63024", "+15550100002": "30003"}})

    faults.change({"receipts_for": {"+15550100001": None}})

    assert faults.receipts_for == {"+15550100002": "30003"}


@pytest.mark.parametrize(
    "wanted",
    [
        {"webhook": {"drop": 2}},
        {"media_keys": "sid"},
        {"whatsapp_source": "Whats App"},
        {"error_statuses": {"50353": 200}},
        {"nonsense": 1},
        {"model_mode": "genius"},
        {"123": 1},
        [],
        {"webhook": 1},
        {"drop": None},
    ],
)
def test_it_refuses_invalid_faults_and_changes_nothing(wanted):
    faults = Faults()

    with pytest.raises(InvalidFaults):
        faults.change(wanted)

    assert faults == Faults()


@pytest.mark.parametrize(
    ("url", "count", "policy"),
    [
        ("https://a.test/sms", 1, {"ct"}),
        ("https://a.test/sms#rc=0", 0, {"ct"}),
        ("https://a.test/sms#rc=9&rp=4xx,rt", 5, {"4xx", "rt"}),
        ("https://a.test/sms#rc=x&rp=all", 1, {"4xx", "5xx", "ct", "rt"}),
    ],
)
def test_it_reads_retries_from_a_urls_fragment(url, count, policy):
    assert (retry_count(url), retry_policy(url)) == (count, policy)


def test_it_repeats_the_same_chances_after_a_reset():
    chances = Chances(seed=3)
    first = [chances.hit(0.5) for _ in range(50)]

    chances.reset()

    assert [chances.hit(0.5) for _ in range(50)] == first


@pytest.mark.parametrize(("body", "keyword"), [(" Stop ", "STOP"), ("UNSTOP", "START"), ("help", "HELP")])
def test_it_recognizes_keywords_in_any_case(body, keyword):
    assert keyword_of(body) == keyword


@pytest.mark.parametrize("body", ["stop it", "please stop", "start over", ""])
def test_it_recognizes_a_keyword_only_when_it_stands_alone(body):
    assert keyword_of(body) is None


def test_it_reads_messages_in_twiml():
    answer = "<Response><Message>one</Message><Message to='+1'><Body>two</Body><Media>u</Media></Message></Response>"

    assert parse_replies("text/xml", answer) == [Reply("one", None, []), Reply("two", "+1", ["u"])]


def test_it_reads_plain_text_as_one_message():
    assert parse_replies("text/plain", "ok\n") == [Reply("ok", None, [])]


@pytest.mark.parametrize(
    ("content_type", "answer"),
    [("text/xml", "<Response"), ("text/xml", "<Other/>"), ("text/html", "<p>hi</p>"), ("", "x")],
)
def test_it_refuses_invalid_twiml(content_type, answer):
    with pytest.raises(InvalidTwiml):
        parse_replies(content_type, answer)


def test_it_reads_settings_from_the_environment():
    environ = {
        "TWILIO_ACCOUNT_SID": "AC" + "1" * 32,
        "TWILIO_AUTH_TOKEN": "secret",
        "TWILIO_SENDERS": "+15005550001, whatsapp:+15005550002",
        "TWILIO_CONVERSATIONS_SERVICE_SID": "IS" + "2" * 32,
    }

    settings = read_settings(["--port", "1"], environ)

    assert (settings.account_sid, settings.auth_token) == ("AC" + "1" * 32, "secret")
    assert settings.senders == ("+15005550001", "whatsapp:+15005550002")
    assert settings.conversation_service_sid == "IS" + "2" * 32


def test_it_prefers_options_to_the_environment():
    settings = read_settings(["--auth-token", "mine"], {"TWILIO_AUTH_TOKEN": "theirs"})

    assert settings.auth_token == "mine"


def test_it_names_every_invalid_setting_at_once():
    with pytest.raises(InvalidSettings) as caught:
        read_settings(["--account-sid", "me", "--senders", "12"], {"TWILIO_MESSAGING_SERVICE_SID": "MG1"})

    assert len(str(caught.value).splitlines()) == 3
