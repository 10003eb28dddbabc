"""Looking at the profile, approving exactly that, sharing it and going back, on one's own page."""

import json
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from conversations_app.models import Message
from conversations_app.tests.own_pages import OwnPage, heard, wrote
from matchmaker import clock
from sessions_app import actions, versions
from sessions_app.models import Draft, ExportTarget, ProfileVersion, Question, Session, ShareLink
from sessions_app.tests.profiles import BIO, Profile

pytestmark = pytest.mark.django_db

STORIES = ("I once slept in a bakery until the bread was done.", "The cat rode the tram.", "Six buses for one cake.")


@pytest.fixture(autouse=True)
def _our_own_clock(settings: Any) -> None:
    settings.CLOCK_URL = ""


@pytest.fixture
def profile() -> Profile:
    """Abby's, complete and not approved."""
    profile = Profile().complete()
    for field, values in {"interests": ("tram lines", "card games"), "stories": STORIES}.items():
        for value in values:
            profile.fact(field, value)
    profile.fact("gender", "woman")
    profile.fact("interested_in", "men")
    Session.objects.update(is_adult=True)
    return profile


@pytest.fixture
def page(profile: Profile) -> OwnPage:
    return OwnPage(profile.abby)


def digest_on(page: OwnPage) -> str:
    found = re.search(r'name="version" value="([0-9a-f]{64})"', page.shows())
    assert found, "the page offers nothing to approve"
    return found[1]


def approve(page: OwnPage) -> str:
    return page.press("approve", version=digest_on(page))


def approved() -> list[int]:
    return list(ProfileVersion.objects.exclude(approved_at=None).values_list("number", flat=True))


def test_the_primary_person_approves_exactly_what_they_see(profile: Profile, page: OwnPage) -> None:
    shown = approve(page)

    version = versions.approved(profile.session)
    assert version is not None
    assert (version.approved_by, version.approved_in) == (profile.abby, None)
    assert version.approved_on_page is not None
    assert version.approved_on_page.participant == profile.abby
    assert "Approved: exactly this version" in shown
    assert Session.objects.get().stage == "approved"
    assert Message.objects.filter(kind="event", body="approved the profile on their own page").exists()


def test_the_same_tap_twice_is_once(page: OwnPage) -> None:
    digest = digest_on(page)

    page.press("approve", version=digest)
    page.press("approve", version=digest)

    assert approved() == [1]


def test_looking_at_it_makes_no_version(page: OwnPage) -> None:
    for what in ("", "preview", "versions"):
        assert page.get(what).status_code == 200

    assert not ProfileVersion.objects.exists()


def test_what_changed_meanwhile_is_not_approved(profile: Profile, page: OwnPage) -> None:
    digest = digest_on(page)
    profile.fact("quirk", "names her plants")
    profile.fact("pets", "a dog called Bo")

    shown = page.press("approve", version=digest)

    assert "Something has changed since you looked" in shown
    assert "a dog called Bo" in shown
    assert approved() == []


@pytest.mark.parametrize("digest", ["", "x", "0" * 63, "0" * 64])
def test_a_tap_that_names_no_version_approves_nothing(page: OwnPage, digest: str) -> None:
    assert 'class="said warning"' in page.press("approve", version=digest)
    assert approved() == []


def test_friends_approve_and_share_nothing(profile: Profile, page: OwnPage) -> None:
    digest, friends = digest_on(page), OwnPage(profile.sam)

    for what in ("approve", "share", "share-renew", "share-close", "share-preview"):
        friends.press(what, version=digest)
    assert approved() == []
    assert not ShareLink.objects.exists()
    assert friends.get("preview").status_code == 303


@pytest.mark.parametrize(("field", "what"), [("gender", "Gender"), ("stories", "Stories"), ("age", "Age")])
def test_it_is_not_approved_before_all_is_there_that_is_needed(
    profile: Profile, page: OwnPage, field: str, what: str
) -> None:
    digest = digest_on(page)
    profile.session.facts.filter(field=field).update(state="rejected")
    profile.session.facts.filter(field="pets").update(is_public=True)

    shown = page.shows()
    assert "Still to come" in shown
    assert f">{what}</a>" in shown
    page.press("approve", version=digest)
    assert approved() == []


def test_its_preview_is_what_strangers_will_see(page: OwnPage, client: Client) -> None:
    preview = page.get("preview")
    approve(page)
    public = client.get(f"/p/{ShareLink.objects.get().token}").content.decode()

    main = re.search(r"<main.*</main>", preview.content.decode(), re.S)
    assert main is not None
    # Addresses of photos differ, as each is signed anew.
    assert re.sub(r"/photo/[^\s\"]+", "", main[0]) == re.sub(
        r"/photo/[^\s\"]+", "", re.findall(r"<main.*</main>", public, re.S)[0]
    )
    assert preview["Referrer-Policy"] == "no-referrer"


def test_the_first_approval_comes_with_a_link_that_can_be_closed_and_renewed(page: OwnPage, client: Client) -> None:
    approve(page)
    link = ShareLink.objects.get()
    assert f"/p/{link.token}" in page.shows()
    assert client.get(f"/p/{link.token}").status_code == 200

    ShareLink.objects.update(expires_at=clock.now() + timedelta(days=1))
    page.press("share-renew")
    link.refresh_from_db()
    assert link.expires_at > clock.now() + timedelta(days=29)

    page.press("share-preview", photo="on")
    assert ShareLink.objects.get().preview_shows_photo

    page.press("share-close")
    page.press("share-close")
    assert client.get(f"/p/{link.token}").status_code == 404
    assert "Make a link" in page.shows()

    page.press("share")
    assert ShareLink.objects.usable(clock.now()).get().token != link.token


def test_whoever_closed_their_link_gets_none_with_the_next_approval(profile: Profile, page: OwnPage) -> None:
    approve(page)
    page.press("share-close")
    profile.fact("pets", "a dog called Bo")

    approve(page)

    assert approved() == [1, 2]
    assert not ShareLink.objects.usable(clock.now()).exists()


def test_what_is_taken_out_takes_the_approved_one_offline(profile: Profile, page: OwnPage, client: Client) -> None:
    approve(page)
    cat = profile.session.facts.get(field="pets")

    shown = page.press("forget", id=cat.pk)

    assert client.get(f"/p/{ShareLink.objects.get().token}").status_code == 404
    assert "is offline, since something in it was taken out" in shown


def test_versions_stand_side_by_side_and_can_be_gone_back_to(profile: Profile, page: OwnPage) -> None:
    approve(page)
    page.press("text-write", kind="bio", text="I feed a sourdough called Clint before I feed myself, every day.")
    approve(page)

    compared = unescape(page.get("versions").content.decode())
    assert BIO in compared
    assert "Clint" in compared
    assert "(different)" in compared

    shown = page.press("go-back", id=ProfileVersion.objects.get(number=1).pk)

    assert profile.session.drafts.get(kind="bio", state=Draft.State.PICKED).text == BIO
    assert "as in version 1 again" in shown
    assert "Changed since you approved version 2" in shown


def test_going_back_to_a_version_that_is_none_of_theirs_changes_nothing(page: OwnPage) -> None:
    approve(page)

    assert "That changed in the meantime" in page.press("go-back", id=ProfileVersion.objects.get().pk + 1)


@pytest.mark.parametrize("what", ["card", "json", "text?for=1"])
def test_nothing_is_taken_along_before_it_is_approved(page: OwnPage, what: str) -> None:
    assert page.get(what).status_code == 303


def test_it_is_taken_along_as_a_card_as_text_and_as_json(page: OwnPage) -> None:
    approve(page)
    target = ExportTarget.objects.filter(bio_limit__gt=200).first()
    assert target is not None

    assert page.get("card").content.startswith(b"\x89PNG")
    assert json.loads(page.get("json").content)["bio"] == BIO
    assert BIO in unescape(page.get(f"text?for={target.pk}").content.decode())
    assert page.get("text?for=x").status_code == 303


def test_private_answers_stand_nowhere_unless_they_are_ticked(page: OwnPage) -> None:
    page.press("questions", gender="woman", interested_in=["men"], faith="Quaker")
    assert "Quaker" not in page.get("preview").content.decode()

    page.press("questions", gender="woman", interested_in=["men"], faith="Quaker", faith_shown="on")
    assert "Quaker" in page.get("preview").content.decode()


def answered(page: OwnPage, **answers: Any) -> str:
    """What strangers find under the link of the approved profile after that."""
    page.press("questions", interested_in="men", **answers)
    return Client().get(f"/p/{ShareLink.objects.get().token}").content.decode()


@pytest.mark.parametrize("answers", [{"gender": "non-binary"}, {"gender": "woman"}, {}])
def test_a_private_answer_that_was_changed_or_hidden_is_gone_at_once(page: OwnPage, answers: dict[str, str]) -> None:
    page.press("questions", gender="woman", gender_shown="on", interested_in="men")
    approve(page)
    assert "Woman" in answered(page, gender="woman", gender_shown="on")

    assert "Woman" not in answered(page, **answers)


def test_what_the_chat_brought_is_shown_once_its_owner_ticks_it(profile: Profile, page: OwnPage) -> None:
    heard = wrote(profile.abby, "I'm a woman")
    here = actions.Place(message_id=heard.pk)
    profile.fact("gender", "woman", where=here, confirmed=here, is_public=True)
    assert "Woman" not in str(versions.content_of(profile.session)["facts"])
    assert 'gender_shown" checked' not in page.shows()

    page.press("questions", gender="woman", gender_shown="on", interested_in="men")

    assert "Woman" in str(versions.content_of(profile.session)["facts"])


def test_approving_it_here_closes_the_question_in_the_chat(profile: Profile, page: OwnPage) -> None:
    asked = wrote(profile.sam, "is this right?")
    actions.open_question(
        session=profile.session, topic="approval", asked_to=profile.abby, message_id=asked.pk, at=clock.now()
    )

    approve(page)

    assert Question.objects.get().was_answered


def test_leaving_takes_the_profile_offline_and_says_so(page: OwnPage, client: Client) -> None:
    approve(page)
    link = ShareLink.objects.get()
    assert "Your profile goes offline" in page.get("leave").content.decode()

    goodbye = unescape(page.send("leave").content.decode())

    assert "your profile is offline" in goodbye and "FORGET ME" in goodbye
    assert client.get(f"/p/{link.token}").status_code == 404


def test_a_friend_who_leaves_leaves_the_profile_as_it_is(profile: Profile, page: OwnPage, client: Client) -> None:
    approve(page)

    OwnPage(profile.sam).send("leave")

    assert client.get(f"/p/{ShareLink.objects.get().token}").status_code == 200


def test_a_friend_lets_their_praise_be_quoted_and_takes_that_back(profile: Profile) -> None:
    praise = heard(
        profile.sam, "green_flags", "Brings soup when you're ill, through the snow", quote="she brings soup!"
    )
    friends, page = OwnPage(profile.sam), OwnPage(profile.abby)
    page.press("agree", id=praise.pk)
    assert "she brings soup!" not in page.get("preview").content.decode()

    friends.press("let-quote", id=praise.pk)
    friends.press("let-quote", id=praise.pk)
    assert "she brings soup!" in page.get("preview").content.decode()

    approve(page)
    friends.press("do-not-quote", id=praise.pk)
    assert "she brings soup!" not in page.get("preview").content.decode()
    assert versions.approved(profile.session) is None


def test_nobody_lets_others_be_quoted(profile: Profile) -> None:
    praise = heard(profile.sam, "green_flags", "Brings soup when you're ill, through the snow")

    assert "That changed in the meantime" in OwnPage(profile.abby).press("let-quote", id=praise.pk)
    praise.refresh_from_db()
    assert praise.allowed_on_page is None
