"""What an invited friend sees, and what somebody without a code does not."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from conversations_app.invites import rate_limit
from conversations_app.models import Sender
from conversations_app.outbox import links
from matchmaker import clock
from sessions_app import actions
from sessions_app.models import Contact, Invite, Session

WHATSAPP = "https://wa.me/15005550006?text=join%20ABC234"
SMS = "sms:+15005550007?&amp;body=join%20ABC234"


@pytest.fixture(autouse=True)
def session(db: None, settings: Any) -> Session:
    settings.CLOCK_URL = ""
    settings.CHANNELS_ENABLED = ["whatsapp", "sms", "chat"]
    contact = Contact.objects.create(address="+15550100001", display_name="Abby", created_at=clock.now())
    session = actions.start_session(contact=contact, at=clock.now()).session
    Invite.objects.update(code="ABC234")
    return session


def get(client: Client, code: str = "ABC234", *, forwarded_for: str = "") -> Any:
    return client.get(f"/join/{code}", headers={"X-Forwarded-For": forwarded_for} if forwarded_for else {})


def page(client: Client, code: str = "ABC234") -> str:
    answer = get(client, code)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize("code", ["ABC234", "abc234", "ABC234/", "(abc234).", "join%20ABC234", "“ABC234”/%0A"])
def test_it_offers_a_link_to_tap_for_each_channel(client: Client, code: str) -> None:
    shown = page(client, code)

    assert f'href="{WHATSAPP}"' in shown
    assert f'href="{SMS}"' in shown
    assert '<kbd>join ABC234</kbd> to <span class="number">+1 500-555-0006</span>' in shown
    assert shown.count("<svg") == 2


def test_it_says_what_this_is(client: Client, settings: Any) -> None:
    settings.MATCHMAKER_NAME = "Robin"

    shown = re.sub(r"<[^>]+>", "", page(client))

    for told in (
        "Robin is an AI",
        "Everybody in the group reads everything",
        "Nothing is kept about anybody",
        "STOP",
    ):
        assert told in shown


def test_it_tells_nothing_about_the_group(client: Client, session: Session) -> None:
    shown = page(client)

    assert "Abby" not in shown
    assert session.code not in shown
    assert "5550100001" not in shown


def test_it_escapes_names(client: Client, settings: Any) -> None:
    settings.MATCHMAKER_NAME = '<b onclick="x">'

    shown = page(client)

    assert "<b onclick" not in shown
    assert "&lt;b onclick=&quot;x&quot;&gt;" in shown


def test_it_offers_only_channels_that_are_switched_on(client: Client, settings: Any) -> None:
    settings.CHANNELS_ENABLED = ["sms", "chat"]

    shown = page(client)

    assert "wa.me" not in shown
    assert SMS in shown


def test_it_offers_no_number_that_takes_no_newcomers(client: Client) -> None:
    Sender.objects.create(address="+15005550007", is_enabled=False)

    shown = page(client)

    assert "sms:" not in shown
    assert WHATSAPP in shown


def test_it_says_so_when_no_number_takes_newcomers(client: Client, settings: Any) -> None:
    settings.CHANNELS_ENABLED = ["chat"]

    assert "No number of ours takes new people just now" in page(client)


def test_it_greets_twilios_sandbox_which_keeps_join_for_itself(client: Client, settings: Any) -> None:
    settings.TWILIO_SENDERS = [links.SANDBOX]

    shown = page(client)

    assert "https://wa.me/14155238886?text=hi%20ABC234" in shown
    assert "join ABC234" not in shown


def test_it_asks_not_to_be_indexed_referred_or_cached(client: Client) -> None:
    for answer in (get(client), get(client, "ZZZZZ9")):
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["Cache-Control"] == "no-store"
        assert 'name="robots" content="noindex' in answer.content.decode()


def test_it_keeps_to_the_strict_content_policy(client: Client) -> None:
    answer = get(client)

    policy = [part.strip() for part in answer["Content-Security-Policy"].split(";")]
    assert {"style-src 'self'", "script-src 'self'"} <= set(policy)
    assert not re.search(r"<style|<script|\sstyle=|\son\w+=", answer.content.decode())


def test_it_previews_without_the_code_or_the_group(client: Client) -> None:
    preview = re.findall(r'<meta property="og:[^>]+>', page(client))

    assert any("Come and help with a dating profile" in tag for tag in preview)
    assert not any("ABC234" in tag or "Abby" in tag for tag in preview)


def test_it_is_read_only(client: Client) -> None:
    assert client.post("/join/ABC234").status_code == 405


# --- codes that cannot be used ----------------------------------------------------------------------------------------


def _expired(session: Session) -> None:
    Invite.objects.update(expires_at=clock.now())


def _retired(session: Session) -> None:
    Invite.objects.update(retired_at=clock.now())


def _used_up(session: Session) -> None:
    Invite.objects.update(most_uses=3, uses=3)


def _closed(session: Session) -> None:
    Session.objects.update(status=Session.Status.CLOSED)


def _unknown(session: Session) -> None:
    Invite.objects.update(code="XYZ789")


@pytest.mark.parametrize("spoil", [_expired, _retired, _used_up, _closed, _unknown])
def test_it_answers_all_unusable_codes_alike(client: Client, session: Session, spoil: Any) -> None:
    spoil(session)

    answer = get(client)

    assert answer.status_code == 404
    assert answer.content == get(client, "nonsense").content
    assert b"Please ask your friend for a new one" in answer.content


@pytest.mark.parametrize("spoil", [_expired, _retired, _used_up, _closed, _unknown])
def test_it_does_the_same_work_for_all_unusable_codes(client: Client, session: Session, spoil: Any) -> None:
    spoil(session)

    with CaptureQueriesContext(connection) as asked:
        get(client)

    assert len(asked) == 1


def test_it_answers_a_full_group_alike(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MAX_PARTICIPANTS", 1)

    answer = get(client)

    assert answer.status_code == 404
    assert answer.content == get(client, "nonsense").content


@pytest.mark.parametrize("code", ["", "ABC%00234", "%E2%98%83", "x" * 3000, "ÄBC234", "ABC/234", "{{ways}}"])
def test_it_accepts_any_nonsense_as_a_code(client: Client, code: str) -> None:
    answer = get(client, code)

    assert answer.status_code == 404
    assert b"Please ask your friend for a new one" in answer.content


# --- guessing ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limit, "MOST_WRONG", 2)


def test_it_refuses_a_guesser_even_the_right_code(client: Client, few: None) -> None:
    wrong = [get(client, f"ZZZZZ{n}").status_code for n in range(2, 5)]

    right = get(client)

    assert wrong == [404, 404, 429]
    assert right.status_code == 429
    assert right["Retry-After"] == "600"


def test_it_does_not_count_valid_codes(client: Client, few: None) -> None:
    answers = [get(client).status_code for _ in range(5)]

    assert answers == [200] * 5


def test_it_counts_each_address_separately(client: Client, few: None) -> None:
    for n in range(2, 6):
        get(client, f"ZZZZZ{n}", forwarded_for="198.41.0.4")

    assert get(client, forwarded_for="198.41.0.5").status_code == 200
    assert get(client, forwarded_for="198.41.0.4").status_code == 429


def test_it_shows_the_page_without_a_cache(client: Client, settings: Any, few: None) -> None:
    nowhere = "redis://127.0.0.1:1/0"
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": nowhere}}

    wrong = [get(client, f"ZZZZZ{n}").status_code for n in range(2, 6)]

    assert wrong == [404] * 4
    assert get(client).status_code == 200


def test_it_keeps_a_hash_of_the_address_for_ten_minutes(client: Client) -> None:
    for _ in range(3):
        get(client, "ZZZZZ9", forwarded_for="198.41.0.4")

    cached: Any = cache
    [key] = cached.keys("guesses:*")
    assert re.fullmatch(r"guesses:[0-9a-f]{64}", key)
    assert 0 < cached.ttl(key) <= 600


@pytest.mark.parametrize(
    ("forwarded", "peer", "client"),
    [
        ("", "198.41.0.4", "198.41.0.4"),
        ("9.9.9.9", "198.41.0.4", "198.41.0.4"),
        ("9.9.9.9, 198.41.0.4", "172.18.0.5", "198.41.0.4"),
        ("9.9.9.9, 198.41.0.4, 10.0.0.7", "172.18.0.5", "198.41.0.4"),
        ("9.9.9.9, nonsense, 10.0.0.7", "172.18.0.5", "10.0.0.7"),
        ("192.168.1.20", "127.0.0.1", "192.168.1.20"),
        ("2606:4700:1:2:3:4:5:6", "::ffff:127.0.0.1", "2606:4700:1:2::/64"),
    ],
    ids=["no proxy", "a claim", "our proxy", "and one before it", "nonsense", "at home", "IPv6"],
)
def test_it_trusts_only_our_own_proxies(forwarded: str, peer: str, client: str) -> None:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory().get("/join/ABC234", headers=headers, REMOTE_ADDR=peer)

    assert rate_limit.client_of(request) == client


def test_it_links_the_operators_privacy_notice_and_terms(client: Client, settings: Any) -> None:
    settings.PRIVACY_URL, settings.TERMS_URL = "https://match.example/privacy", "https://match.example/terms"

    shown = page(client)

    assert '<a href="https://match.example/privacy">Privacy</a>' in shown
    assert '<a href="https://match.example/terms">Terms</a>' in shown


def test_it_links_no_texts_that_the_operator_did_not_name(client: Client, settings: Any) -> None:
    settings.PRIVACY_URL = settings.TERMS_URL = ""

    assert "Privacy" not in page(client)
