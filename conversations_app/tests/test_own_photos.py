"""Photos on somebody's own page."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from conversations_app.models import Message
from conversations_app.tests.own_pages import OwnPage, group_of_two, photo_of, wrote
from matchmaker import clock
from sessions_app import actions, versions
from sessions_app.models import Consent, PageAct, Participant, Photo, Question, Session
from sessions_app.photos import storage
from sessions_app.photos.tests.pictures import jpeg

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


def test_the_chats_question_about_photos_closes_once_all_of_them_are_settled(abby: Participant) -> None:
    page, photos = OwnPage(abby), [photo_of(abby), photo_of(abby)]
    asked = wrote(abby, "just you in it?")
    settles = {"photos": [photo.number for photo in photos]}
    actions.open_question(
        session=abby.session, topic="photo_use", asked_to=abby, message_id=asked.pk, at=clock.now(), settles=settles
    )

    page.press("photo-on", id=photos[0].pk, shows="owner")
    assert Question.objects.get().closed_at is None
    page.press("photo-off", id=photos[1].pk)

    assert Question.objects.get().was_answered


def order(person: Participant) -> list[int]:
    return list(person.session.photos.chosen().values_list("pk", flat=True))


def file(name: str = "me.jpg", data: bytes = b"x") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


@pytest.mark.parametrize("who", ["abby", "lena"])
def test_anybody_sends_photos(who: str, request: Any) -> None:
    person = request.getfixturevalue(who)

    shown = OwnPage(person).press("photo", photo=[file(data=jpeg()), file(data=jpeg(2))])

    assert list(Photo.objects.values_list("sent_by", "state")) == [(person.pk, "arriving")] * 2
    assert "2 photos are on the way" in shown


def test_what_cannot_be_taken_gets_a_line(abby: Participant) -> None:
    page = OwnPage(abby)

    assert "No photo was chosen yet." in page.press("photo")
    assert "That file is empty" in page.press("photo", photo=file(data=b""))
    assert not Photo.objects.exists()


def test_no_photo_is_taken_before_their_yes(abby: Participant, lena: Participant) -> None:
    Consent.objects.all().delete()

    shown = OwnPage(lena).press("photo", photo=file())

    assert "I need a yes" in shown
    assert not Photo.objects.exists()


def test_a_picture_that_was_not_kept_says_why_where_it_was_sent(abby: Participant) -> None:
    photo_of(abby, state=Photo.State.REFUSED, refusal="too_small", number=None)

    assert "too small to look good on a profile" in OwnPage(abby).shows()


def test_a_friends_photo_waits_for_the_primary_persons_yes(abby: Participant, lena: Participant) -> None:
    photo = photo_of(lena)
    page = OwnPage(abby)

    assert "from <bdi>Lena</bdi>" in page.shows()
    assert "First tell me who is in it" in page.press("photo-on", id=photo.pk)
    page.press("photo-on", id=photo.pk, shows="together")
    page.press("photo-on", id=photo.pk, shows="together")

    photo.refresh_from_db()
    assert (photo.state, photo.place, photo.shows) == ("chosen", 1, "together")
    assert Message.objects.filter(kind="event", body="chose photos on their own page").count() == 1


@pytest.mark.parametrize("what", ["photo-on", "photo-off", "photo-main", "photo-up", "photo-who"])
def test_friends_choose_nothing(abby: Participant, lena: Participant, what: str) -> None:
    photo = photo_of(lena)

    shown = OwnPage(lena).press(what, id=photo.pk, shows="owner")

    photo.refresh_from_db()
    assert (photo.state, photo.shows) == ("offered", "unknown")
    assert "Only the person whose profile it is" in shown


def test_friends_see_only_what_they_sent(abby: Participant, lena: Participant) -> None:
    mine, theirs = photo_of(abby), photo_of(lena)

    shown = OwnPage(lena).shows()

    assert f'value="{theirs.pk}"' in shown
    assert f'value="{mine.pk}"' not in shown


def test_the_order_is_changed_by_buttons_and_at_once(abby: Participant) -> None:
    one, two, three = (photo_of(abby, place=place) for place in (1, 2, 3))
    page = OwnPage(abby)

    page.press("photo-down", id=one.pk)
    assert order(abby) == [two.pk, one.pk, three.pk]
    page.press("photo-up", id=three.pk)
    assert order(abby) == [two.pk, three.pk, one.pk]
    page.press("photo-main", id=one.pk)
    assert order(abby) == [one.pk, two.pk, three.pk]
    page.press("photo-order", order=f"{three.pk},{one.pk},{two.pk}")
    assert order(abby) == [three.pk, one.pk, two.pk]


@pytest.mark.parametrize("wanted", ["", "x", "1,2", "999999", "1;drop", "1," * 500 + "1"])
def test_an_order_that_is_none_changes_nothing(abby: Participant, wanted: str) -> None:
    one, two = photo_of(abby, place=1), photo_of(abby, place=2)

    assert 'class="said warning"' in OwnPage(abby).press("photo-order", order=wanted)
    assert order(abby) == [one.pk, two.pk]


def test_a_photo_of_others_alone_cannot_be_the_main_one(abby: Participant) -> None:
    one = photo_of(abby, place=1)
    other = photo_of(abby, place=2, shows="others")

    shown = OwnPage(abby).press("photo-main", id=other.pk)

    assert "The main photo has to be one with you in it." in shown
    assert order(abby) == [one.pk, other.pk]


def test_a_photo_of_another_group_is_nobodys_here(abby: Participant) -> None:
    photo = photo_of(abby)
    stranger, _ = group_of_two(number=30)

    shown = OwnPage(stranger).press("photo-delete", id=photo.pk)

    assert "isn't here any more" in shown
    assert Photo.objects.get(pk=photo.pk).state == "offered"


@pytest.mark.parametrize("who", ["abby", "lena"])
def test_whoever_sent_it_or_is_in_it_takes_it_back_for_good(
    abby: Participant, lena: Participant, who: str, request: Any, django_capture_on_commit_callbacks: Any
) -> None:
    photo = photo_of(lena, place=1)
    storage.write(photo, {"small": b"1", "medium": b"2", "large": b"3"})
    with django_capture_on_commit_callbacks(execute=True):
        OwnPage(request.getfixturevalue(who)).press("photo-delete", id=photo.pk)

    photo.refresh_from_db()
    assert (photo.state, photo.place, photo.number) == ("refused", None, 1)
    with pytest.raises(FileNotFoundError):
        storage.read(photo, "large")


def test_a_friend_takes_back_no_photo_of_others(abby: Participant, lena: Participant) -> None:
    photo = photo_of(abby)

    OwnPage(lena).press("photo-delete", id=photo.pk)

    assert Photo.objects.get(pk=photo.pk).state == "offered"


def test_no_photo_is_shown_while_the_profile_is_on_hold(abby: Participant) -> None:
    photo_of(abby, place=1)
    Session.objects.update(status=Session.Status.SAFETY_HOLD)

    assert '<img src="/photo/' not in OwnPage(abby).shows()


def test_leaving_one_out_takes_versions_with_it_offline(abby: Participant) -> None:
    photo = photo_of(abby, place=1)
    act = PageAct.objects.create(participant=abby, what="approved", at=photo.created_at)
    version = abby.session.versions.create(
        number=1,
        content={"made_from": {"photos": [photo.pk], "facts": [], "drafts": []}},
        digest="x",
        created_at=photo.created_at,
        approved_by=abby,
        approved_on_page=act,
        approved_at=photo.created_at,
    )

    OwnPage(abby).press("photo-off", id=photo.pk)

    version.refresh_from_db()
    assert version.withdrawn_at is not None
    assert versions.approved(abby.session) is None
