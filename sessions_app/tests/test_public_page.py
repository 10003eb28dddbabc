"""`/p/<token>`: what strangers see, and that whoever has no right to see it learns nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from matchmaker import clock
from matchmaker.logs import route_of
from sessions_app import actions, versions
from sessions_app.models import Consent, Fact, OwnPageLink, Photo, Session, ShareLink
from sessions_app.models.pages import token_of
from sessions_app.public_page import links
from sessions_app.tests.profiles import BIO, Profile

pytestmark = pytest.mark.django_db


@pytest.fixture
def profile(photo_store: None) -> Profile:
    profile = Profile().with_pictures()
    profile.approved()
    return profile


@pytest.fixture
def link(profile: Profile) -> ShareLink:
    return links.share_link(profile.session, clock.now())


def get(client: Client, link: ShareLink, more: str = "") -> HttpResponse:
    answer = client.get(f"/p/{link.token}{more}")
    assert isinstance(answer, HttpResponse)
    return answer


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode()


# --- what is on it ----------------------------------------------------------------------------------------------------


def test_it_shows_what_was_approved(client: Client, link: ShareLink) -> None:
    page = text_of(get(client, link))

    for shown in ("Abby", "29", "Leeds", BIO, "Flea markets", "Something long-term", "Ask her about the pigeon."):
        assert shown in page
    assert page.count("<img") == 6  # five photos and a heart


def test_it_speaks_the_language_of_the_bio(client: Client, profile: Profile, link: ShareLink) -> None:
    profile.session.drafts.update(text="Ich backe um sechs Uhr Brot und bin dann nicht mehr zu sprechen.")
    profile.approved()

    page = text_of(get(client, link))

    assert '<html lang="de">' in page
    assert "Was meine Freunde sagen" in page
    assert "Etwas Langfristiges" in page


def test_a_later_change_waits_for_its_own_approval(client: Client, profile: Profile, link: ShareLink) -> None:
    profile.fact("languages", "Welsh")
    assert "Welsh" not in text_of(get(client, link))

    profile.approved()

    assert "Welsh" in text_of(get(client, link))


def test_what_people_wrote_is_text_and_no_markup(client: Client, profile: Profile, link: ShareLink) -> None:
    profile.fact("pets", "a cat & its <3 friends")
    profile.approved()

    assert "A cat &amp; its &lt;3 friends" in text_of(get(client, link))


def test_it_stays_out_of_search_engines_referrers_and_caches(client: Client, link: ShareLink) -> None:
    answer = get(client, link)

    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cache-Control"] == "no-store"
    assert '<meta name="robots" content="noindex' in text_of(answer)
    assert "default-src 'self'" in answer["Content-Security-Policy"]


def test_its_token_is_in_no_log_and_no_figure(client: Client, link: ShareLink) -> None:
    answer = client.get(f"/p/{link.token}")

    assert route_of(answer.wsgi_request) == "/p/<anything:token>"
    assert link.token not in client.get("/metrics").content.decode()


def test_a_link_preview_tells_the_first_name_alone(client: Client, link: ShareLink) -> None:
    page = text_of(get(client, link))

    assert '<meta property="og:title" content="Abby">' in page
    assert '<meta property="og:description" content="A profile made with friends">' in page
    assert "og:image" not in page


def test_it_tells_the_main_photo_too_if_its_owner_says_so(
    client: Client, profile: Profile, link: ShareLink, settings: Any
) -> None:
    links.let_preview_show_photo(profile.session, shows=True)

    page = text_of(get(client, link))

    image = page.partition('og:image" content="')[2].partition('"')[0]
    assert image.startswith(settings.PUBLIC_BASE_URL)
    assert client.get(image.removeprefix(settings.PUBLIC_BASE_URL))["Content-Type"] == "image/jpeg"


def test_the_card_beside_it_is_a_png(client: Client, link: ShareLink) -> None:
    answer = get(client, link, "/card.png")

    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/png", "no-store")
    assert answer.content.startswith(b"\x89PNG")


# --- when it is gone --------------------------------------------------------------------------------------------------


def expire(profile: Profile, link: ShareLink) -> None:
    ShareLink.objects.update(expires_at=clock.now())


def revoke(profile: Profile, link: ShareLink) -> None:
    links.revoke(profile.session, clock.now())


def take_something_out(profile: Profile, link: ShareLink) -> None:
    cat = profile.session.facts.get(field="pets")
    versions.withdraw_those_with(session=profile.session, facts=[cat.pk], at=clock.now())


def forget(profile: Profile, link: ShareLink) -> None:
    profile.session.versions.all().delete()


def hide_a_fact(profile: Profile, link: ShareLink) -> None:
    Fact.objects.filter(field="pets").update(is_public=False)


def leave_out_a_photo(profile: Profile, link: ShareLink) -> None:
    Photo.objects.filter(place=2).update(state=Photo.State.LEFT_OUT, place=None)


def seal(profile: Profile, link: ShareLink) -> None:
    Session.objects.update(sealed_at=clock.now())


def hold(profile: Profile, link: ShareLink) -> None:
    Session.objects.update(status=Session.Status.SAFETY_HOLD)


def withdraw_consent(profile: Profile, link: ShareLink) -> None:
    Consent.objects.filter(kind=Consent.Kind.PROFILE).update(withdrawn_at=clock.now())


def start_over(profile: Profile, link: ShareLink) -> None:
    actions.restart_interview(session=profile.session, at=clock.now())


GONE = [
    expire,
    revoke,
    take_something_out,
    forget,
    hide_a_fact,
    leave_out_a_photo,
    seal,
    hold,
    withdraw_consent,
    start_over,
]


@pytest.mark.parametrize("more", ["", "/card.png"])
@pytest.mark.parametrize("goes", GONE, ids=lambda goes: goes.__name__)
def test_when_it_is_gone_there_is_nothing(
    client: Client, profile: Profile, link: ShareLink, goes: Callable[[Profile, ShareLink], None], more: str
) -> None:
    assert get(client, link, more).status_code == 200

    goes(profile, link)

    answer = get(client, link, more)
    assert answer.status_code == 404
    assert answer.content == client.get("/no-such-page").content


def test_a_token_that_opens_nothing_is_told_nothing(client: Client, profile: Profile, link: ShareLink) -> None:
    own_page = token_of(link.nonce, OwnPageLink.purpose)
    others = [
        "",
        "x",
        link.token[:-1],
        link.token.upper(),
        f"{link.token}=",
        f"{link.token}/",
        f"{own_page}",
        "a" * 43,
        "a" * 10_000,
        "%00",
        "é" * 43,
        "card.png",
        "/card.png",
        f"{link.token}/../{link.token}",
    ]

    answers = [client.get(f"/p/{token}") for token in others]

    assert [answer.status_code for answer in answers] == [404] * len(others)
    assert {answer["Referrer-Policy"] for answer in answers} == {"no-referrer"}


def test_nothing_is_shown_before_it_was_approved(client: Client, photo_store: None) -> None:
    profile = Profile().complete()
    link = links.share_link(profile.session, clock.now())

    assert get(client, link).status_code == 404


def test_looking_at_it_changes_nothing(client: Client, link: ShareLink) -> None:
    for _ in range(3):
        assert get(client, link).status_code == 200
    assert client.post(f"/p/{link.token}").status_code == 405

    link.refresh_from_db()
    assert link.revoked_at is None


# --- links ------------------------------------------------------------------------------------------------------------


def test_there_is_one_link_at_a_time(profile: Profile, link: ShareLink) -> None:
    assert links.share_link(profile.session, clock.now()) == link

    links.revoke(profile.session, clock.now())

    other = links.share_link(profile.session, clock.now())
    assert other.token != link.token
    assert ShareLink.objects.filter(revoked_at=None).get() == other


def test_a_link_that_expired_is_replaced_by_a_new_one_when_asked_for(profile: Profile, link: ShareLink) -> None:
    later = link.expires_at + timedelta(minutes=1)

    other = links.share_link(profile.session, later)

    assert other != link
    assert other.expires_at == later + timedelta(days=30)


def test_renewing_keeps_the_address(client: Client, profile: Profile, link: ShareLink) -> None:
    expire(profile, link)
    assert get(client, link).status_code == 404

    renewed = links.renew(profile.session, clock.now())

    assert renewed.token == link.token
    assert get(client, link).status_code == 200


def test_revoking_cannot_be_renewed_away(profile: Profile, link: ShareLink) -> None:
    links.revoke(profile.session, clock.now())

    assert links.renew(profile.session, clock.now()).token != link.token
