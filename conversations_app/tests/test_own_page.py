"""Somebody's own page: who comes in, and what of theirs it shows and lets them change."""

import logging
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from conversations_app.erasing import panic
from conversations_app.invites import rate_limit
from conversations_app.membership import own_page_links
from conversations_app.models import Message, Problem
from conversations_app.own_page import door
from conversations_app.tests.own_pages import OwnPage, group_of_two, heard, wrote
from matchmaker import clock, logs
from sessions_app import actions
from sessions_app.models import OwnPageLink, PageAct, Participant, Session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _our_own_clock(settings: Any) -> None:
    settings.CLOCK_URL = ""


@pytest.fixture
def people() -> tuple[Participant, Participant]:
    return group_of_two()


@pytest.fixture
def abby(people: tuple[Participant, Participant]) -> Participant:
    return people[0]


@pytest.fixture
def lena(people: tuple[Participant, Participant]) -> Participant:
    return people[1]


# --- the door ---------------------------------------------------------------------------------------------------------


def _expired(link: OwnPageLink) -> str:
    OwnPageLink.objects.update(expires_at=clock.now())
    return link.token


def _revoked(link: OwnPageLink) -> str:
    own_page_links.revoke(link.participant, clock.now())
    return link.token


def _of_somebody_who_left(link: OwnPageLink) -> str:
    Participant.objects.update(left_at=clock.now())
    return link.token


BAD_LINKS: list[Callable[[OwnPageLink], str]] = [
    _expired,
    _revoked,
    _of_somebody_who_left,
    lambda link: link.token[:-1],
    lambda link: link.token.upper(),
    lambda link: link.token + "A",
    lambda link: link.token + "/../x",
    lambda link: "",
    lambda link: "x" * 3000,
    lambda link: "%00%E2%98%83",
]


@pytest.mark.parametrize("spoil", BAD_LINKS)
def test_every_link_that_opens_nothing_gets_the_same_page(client: Client, abby: Participant, spoil: Any) -> None:
    token = spoil(OwnPage(abby).link)

    answer = client.get(f"/me/{token}")

    assert answer.status_code == 404
    assert answer.content == client.get("/me/nonsense").content
    assert "Text <kbd>my page</kbd>" in answer.content.decode()


@pytest.mark.parametrize("spoil", [_expired, _revoked, lambda link: link.token.upper()])
def test_a_link_that_opens_nothing_changes_nothing(abby: Participant, spoil: Any) -> None:
    page = OwnPage(abby)
    page.get()
    token = spoil(page.link)

    page.address = f"/me/{token}"
    answer = page.client.post(
        f"{page.address}/name", {"csrfmiddlewaretoken": page.client.cookies["csrftoken"].value, "you-name": "Zoe"}
    )

    assert answer.status_code == 404
    assert Participant.objects.get(pk=abby.pk).name == "Abby"


def test_opening_it_changes_no_row(abby: Participant) -> None:
    page = OwnPage(abby)
    before = list(OwnPageLink.objects.values())

    for _ in range(3):
        assert page.get().status_code == 200

    assert list(OwnPageLink.objects.values()) == before
    assert not PageAct.objects.exists()


def test_a_token_without_the_pages_cookie_changes_nothing(abby: Participant) -> None:
    page, stranger = OwnPage(abby), Client()

    answer = stranger.post(f"{page.address}/name", {"you-name": "Zoe"})

    assert answer.status_code == 403
    assert "Open the link from your chat once more" in answer.content.decode()
    assert Participant.objects.get(pk=abby.pk).name == "Abby"


def test_the_cookie_of_one_page_changes_nothing_on_another(abby: Participant, lena: Participant) -> None:
    page = OwnPage(abby)
    page.get()
    stolen = page.client.cookies[door.COOKIE].value
    thief = Client()
    thief.cookies[door.COOKIE] = stolen

    answer = thief.post(f"{OwnPage(lena).address}/name", {"you-name": "Zoe"})

    assert answer.status_code == 403


def test_a_change_needs_a_csrf_token(abby: Participant) -> None:
    page = OwnPage(abby)
    page.get()

    answer = page.client.post(f"{page.address}/name", {"you-name": "Zoe"})

    assert answer.status_code == 403
    assert answer["Referrer-Policy"] == "no-referrer"
    assert Participant.objects.get(pk=abby.pk).name == "Abby"


@pytest.mark.parametrize(
    "fields",
    [{"you-name": "x" * 2_000_000}, {f"field{n}": "x" for n in range(1500)}],
    ids=["a book", "a thousand fields"],
)
@pytest.mark.parametrize("debug", [True, False])
def test_more_than_we_read_gets_a_page_of_ours(
    abby: Participant, settings: Any, fields: dict[str, str], debug: bool
) -> None:
    settings.DEBUG = debug

    answer = OwnPage(abby).send("name", **fields)

    assert answer.status_code == 413
    assert "That was too much at once" in answer.content.decode()
    assert Participant.objects.get(pk=abby.pk).name == "Abby"


def test_the_cookie_is_for_this_page_alone(abby: Participant) -> None:
    page = OwnPage(abby)
    page.get()

    cookie = page.client.cookies[door.COOKIE]

    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (page.address, True, "Strict")


def test_nobody_keeps_or_passes_on_the_address(abby: Participant, client: Client) -> None:
    for answer in (OwnPage(abby).get(), OwnPage(abby).get("leave"), client.get("/me/nonsense")):
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["Cache-Control"] == "no-store"


def test_guessing_is_limited(client: Client, abby: Participant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limit, "MOST_WRONG", 2)

    tried = [client.get(f"/me/guess{n}").status_code for n in range(3)]

    assert tried == [404, 404, 429]
    assert client.get(OwnPage(abby).address).status_code == 429


def test_the_token_reaches_neither_logs_nor_metrics(client: Client, abby: Participant, settings: Any) -> None:
    settings.DJANGO_STRUCTLOG_STATUS_2XX_LOG_LEVEL = logging.INFO
    written, page = StringIO(), OwnPage(abby)
    handler = logging.StreamHandler(written)
    handler.setFormatter(logs.formatter(debug=False))
    logging.getLogger().addHandler(handler)
    page.press("name", **{"you-name": "Abs"})
    client.post(f"{page.address}/name")
    client.get(f"{page.address}x")
    logging.getLogger().removeHandler(handler)

    assert "/me/<str:token>" in written.getvalue()
    assert page.link.token not in written.getvalue()
    assert page.link.token not in client.get("/metrics").content.decode()


def test_what_its_preview_shows_names_nobody(abby: Participant) -> None:
    head = OwnPage(abby).shows().split("</head>")[0]

    assert "og:title" in head
    assert "Abby" not in head


# --- what is kept -----------------------------------------------------------------------------------------------------


def test_the_primary_person_sees_everything_and_who_said_it(abby: Participant, lena: Participant) -> None:
    heard(abby, "area", "Leeds", quote="I live in Leeds")
    heard(lena, "quirk", "names her plants", quote="she names her plants!!")

    shown = OwnPage(abby).shows()

    for told in ("Leeds", "“I live in Leeds”", "names her plants", "“she names her plants!!”", "<bdi>Lena</bdi>"):
        assert told in shown


def test_a_friend_sees_only_what_they_said(abby: Participant, lena: Participant) -> None:
    heard(abby, "area", "Leeds")
    heard(lena, "quirk", "names her plants")

    shown = OwnPage(lena).shows()

    assert "names her plants" in shown
    assert "Leeds" not in shown


def test_what_is_heard_counts_once_they_say_it_is_right(abby: Participant, lena: Participant) -> None:
    fact = heard(lena, "quirk", "names her plants")

    page = OwnPage(abby)
    shown = page.press("agree", id=fact.pk)
    page.press("agree", id=fact.pk)

    fact.refresh_from_db()
    assert (fact.state, fact.decided_by, fact.decided_on_page) == ("confirmed", abby, PageAct.objects.get())
    assert "Thanks, that counts now." in shown


def test_what_is_agreed_to_stands_instead_of_what_was_heard_otherwise(abby: Participant, lena: Participant) -> None:
    one, other = heard(lena, "area", "Leeds"), heard(lena, "area", "York")

    OwnPage(abby).press("agree", id=other.pk)

    assert list(actions.live_facts(abby.session)) == [other]
    assert type(one).objects.get(pk=one.pk).state == "replaced"


def test_a_friend_agrees_to_nothing_for_others(abby: Participant, lena: Participant) -> None:
    fact = heard(lena, "quirk", "names her plants")

    shown = OwnPage(lena).press("agree", id=fact.pk)

    fact.refresh_from_db()
    assert fact.state == "proposed"
    assert "That changed in the meantime" in shown


@pytest.mark.parametrize("who", ["abby", "lena"])
def test_what_somebody_has_taken_out_can_be_brought_back(
    abby: Participant, lena: Participant, who: str, request: Any
) -> None:
    fact, page = heard(lena, "quirk", "names her plants"), OwnPage(request.getfixturevalue(who))

    shown = page.press("forget", id=fact.pk)
    page.press("forget", id=fact.pk)

    assert "Bring it back" in shown
    assert not actions.live_facts(abby.session).exists()

    page.press("bring-back", id=fact.pk)
    page.press("bring-back", id=fact.pk)

    assert list(actions.live_facts(abby.session)) == [fact]


def test_bringing_back_is_for_a_day(abby: Participant, lena: Participant) -> None:
    fact, page = heard(abby, "quirk", "names her plants"), OwnPage(abby)
    page.press("forget", id=fact.pk)
    type(fact).objects.update(decided_at=clock.now() - timedelta(days=1, minutes=1))

    shown = page.press("bring-back", id=fact.pk)

    assert "Bring it back" not in shown
    assert not actions.live_facts(abby.session).exists()


def test_a_friend_takes_out_nothing_that_others_said(abby: Participant, lena: Participant) -> None:
    fact = heard(abby, "area", "Leeds")

    shown = OwnPage(lena).press("forget", id=fact.pk)

    assert "That changed in the meantime" in shown
    assert actions.live_facts(abby.session).exists()


@pytest.mark.parametrize("number", ["", "0", "x", "1.5", "9" * 30, "-1", str(2**62)])
def test_a_button_about_nothing_changes_nothing(abby: Participant, number: str) -> None:
    assert 'class="said warning"' in OwnPage(abby).press("forget", id=number)


def test_the_last_change_is_undone_and_no_other(abby: Participant, lena: Participant) -> None:
    first, second = heard(lena, "quirk", "names her plants"), heard(lena, "pets", "a cat")
    page = OwnPage(abby)
    page.press("agree", id=first.pk)
    page.press("forget", id=second.pk)
    older, latest = PageAct.objects.order_by("pk")

    assert "That changed in the meantime" in page.press("undo", id=older.pk)
    assert "Undone" in page.press("undo", id=latest.pk)
    page.press("undo", id=latest.pk)

    assert set(actions.live_facts(abby.session).values_list("pk", "state")) == {
        (first.pk, "confirmed"),
        (second.pk, "proposed"),
    }


def test_a_profile_on_hold_is_neither_shown_nor_changed(abby: Participant, lena: Participant) -> None:
    fact = heard(lena, "quirk", "names her plants")
    Session.objects.update(sealed_at=clock.now(), status=Session.Status.SAFETY_HOLD)

    shown = OwnPage(abby).press("agree", id=fact.pk)

    fact.refresh_from_db()
    assert fact.state == "proposed"
    assert "names her plants" not in shown
    assert "on hold" in shown


# --- you and this group -----------------------------------------------------------------------------------------------


def test_a_new_name_is_told_to_the_group(abby: Participant) -> None:
    shown = OwnPage(abby).press("name", **{"you-name": " Abs 🧗 "})

    assert "The group sees you as Abs 🧗." in shown
    assert Message.objects.filter(kind="announcement", body="Abby is now called Abs 🧗.").exists()


@pytest.mark.parametrize("name", ["", "  ", "Matchmaker", "https://x.example", "+1 555 010 0771", "Matchmaker\u202e"])
def test_a_name_that_cannot_be_used_is_refused_with_a_line(abby: Participant, name: str) -> None:
    shown = OwnPage(abby).press("name", **{"you-name": name})

    assert 'class="said warning"' in shown
    assert Participant.objects.get(pk=abby.pk).name == "Abby"


def test_it_lists_what_they_agreed_to_in_their_own_words(abby: Participant, lena: Participant) -> None:
    assert "yes, go ahead" in OwnPage(abby).shows()
    assert "yes, go ahead" not in OwnPage(lena).shows()


def test_leaving_asks_first_and_closes_the_page(abby: Participant, lena: Participant) -> None:
    page = OwnPage(lena)
    wrote(lena, "bye")

    assert "Leave the group?" in page.get("leave").content.decode()
    assert Participant.objects.present().filter(pk=lena.pk).exists()
    answer = page.send("leave")

    assert "You've left group" in answer.content.decode().replace("&#x27;", "'")
    assert not Participant.objects.present().filter(pk=lena.pk).exists()
    assert page.get().status_code == 404


def test_forgetting_asks_first_and_closes_the_page(abby: Participant, lena: Participant) -> None:
    heard(lena, "quirk", "names her plants")
    page = OwnPage(lena)

    assert "can't be undone" in unescape(page.get("forget-me").content.decode())
    assert actions.live_facts(abby.session).exists()
    answer = page.send("forget-me")

    assert "is gone on our side" in answer.content.decode()
    assert not actions.live_facts(abby.session).exists()
    assert page.get().status_code == 404
    assert page.send("forget-me").status_code == 404


def test_withdrawing_takes_the_profile_and_leaves_the_page(abby: Participant, lena: Participant) -> None:
    heard(lena, "quirk", "names her plants")
    page = OwnPage(abby)

    assert "Your profile, its page" in page.get("withdraw").content.decode()
    shown = page.press("withdraw")
    page.press("withdraw")

    assert "nothing of the profile is left" in unescape(shown)
    assert not actions.has_consented(abby.session)
    assert not abby.session.facts.exists()


def test_a_panic_word_of_ones_own_is_compared_as_commands_are(abby: Participant) -> None:
    page = OwnPage(abby)

    answer = page.send("panic-word", **{"panic-word": " Blue  Heron "})
    assert "that's your word now" in page.shows()
    # Another page in the same browser might show what the cookie holds.
    assert "Heron" not in str(answer.cookies)
    abby.refresh_from_db()
    assert panic.is_said(abby, "blue heron!")

    page.press("panic-word", **{"panic-word": ""})
    abby.refresh_from_db()
    assert abby.panic_word == ""


@pytest.mark.parametrize("word", ["ok", "stop", "HELP", "leave", "x" * 41, "!!!!!", "x" * 10_000])
def test_a_word_that_is_said_in_passing_is_no_panic_word(abby: Participant, word: str) -> None:
    assert 'class="said warning"' in OwnPage(abby).press("panic-word", **{"panic-word": word})
    abby.refresh_from_db()
    assert abby.panic_word == ""


def test_getting_out_is_quiet_and_at_once(abby: Participant, lena: Participant) -> None:
    answer = OwnPage(lena).send("get-out")

    assert "You're out of the group" in unescape(answer.content.decode())
    assert not Participant.objects.present().filter(pk=lena.pk).exists()
    assert Problem.objects.filter(is_urgent=True).exists()


@pytest.mark.parametrize("what", ["name", "forget", "no-such-thing"])
def test_a_buttons_address_opened_by_hand_leads_to_the_page(abby: Participant, what: str) -> None:
    page = OwnPage(abby)

    assert page.get(what).url.startswith(f"{page.address}#")


def test_it_keeps_to_the_strict_content_policy(abby: Participant, lena: Participant) -> None:
    heard(lena, "quirk", '"><script>alert(1)</script>', quote='"><img src=x onerror=alert(1)>')

    shown = OwnPage(abby).get().content.decode()

    assert "<script>alert" not in shown
    assert " onerror=" not in shown.replace("onerror=alert(1)&gt;", "")
    assert " style=" not in shown
