"""The order of a profile's photos, its main one, and who may be in it."""

import pytest

from matchmaker import clock
from sessions_app import actions
from sessions_app.models import Consent, LockedSession, PageAct, Participant, Photo
from sessions_app.photos import choosing
from sessions_app.photos.choosing import NotAllowed, Reason

pytestmark = pytest.mark.django_db


@pytest.fixture
def abby() -> Participant:
    now = clock.now()
    contact = actions.get_or_update_contact(address="whatsapp:+15550100001", at=now, display_name="Abby")
    person = actions.start_session(contact=contact, at=now)
    actions.make_primary(participant=person)
    person.refresh_from_db()
    message = person.session.messages.create(kind="person", author=person, body="yes", at=now)
    actions.record_consent(participant=person, message_id=message.pk, at=now)
    return person


@pytest.fixture
def session(abby: Participant) -> LockedSession:
    return actions.lock_session(abby.session_id)


def offered(abby: Participant, number: int, shows: str = "owner") -> Photo:
    act = PageAct.objects.create(participant=abby, what=PageAct.What.CHOSE_PHOTOS, at=clock.now())
    return Photo.objects.create(
        session=abby.session,
        sent_by=abby,
        page_act=act,
        number=number,
        state="offered",
        shows=shows,
        created_at=clock.now(),
    )


def chosen(abby: Participant, session: LockedSession, *shows: str) -> list[Photo]:
    photos = [offered(abby, number, who) for number, who in enumerate(shows, start=1)]
    for photo in photos:
        choosing.choose(session=session, photo=photo, at=clock.now())
    return photos


def order(session: LockedSession) -> list[int | None]:
    """The numbers of the profile's photos; their places have to be 1, 2, 3 …"""
    photos = list(session.photos.chosen())
    assert [photo.place for photo in photos] == list(range(1, len(photos) + 1))
    return [photo.number for photo in photos]


def test_photos_are_in_the_order_in_which_they_were_chosen(abby: Participant, session: LockedSession) -> None:
    chosen(abby, session, "owner", "others", "together")

    assert order(session) == [1, 2, 3]
    assert session.photos.filter(decided_at__isnull=False).count() == 3


def test_choosing_it_again_changes_nothing(abby: Participant, session: LockedSession) -> None:
    photos = chosen(abby, session, "owner", "owner")
    choosing.choose(session=session, photo=photos[0], at=clock.now())

    assert order(session) == [1, 2]


def test_who_is_in_it_may_be_said_along_with_the_choice(abby: Participant, session: LockedSession) -> None:
    choosing.choose(session=session, photo=offered(abby, 1, "unknown"), shows="together", at=clock.now())

    assert session.photos.get().shows == "together"


def refusal(abby: Participant, session: LockedSession, photo: Photo) -> Reason:
    with pytest.raises(NotAllowed) as caught:
        choosing.choose(session=session, photo=photo, at=clock.now())
    return caught.value.reason


def test_nothing_is_chosen_before_the_primary_person_agreed(abby: Participant, session: LockedSession) -> None:
    Consent.objects.update(withdrawn_at=clock.now())

    assert refusal(abby, session, offered(abby, 1)) is Reason.NO_CONSENT


def test_six_are_the_most(abby: Participant, session: LockedSession) -> None:
    chosen(abby, session, *["owner"] * 6)

    assert refusal(abby, session, offered(abby, 7)) is Reason.FULL


def test_nobody_is_shown_without_having_been_asked_about(abby: Participant, session: LockedSession) -> None:
    assert refusal(abby, session, offered(abby, 1, "unknown")) is Reason.WHO_IS_IN_IT


def test_the_first_one_has_to_show_its_owner(abby: Participant, session: LockedSession) -> None:
    assert refusal(abby, session, offered(abby, 1, "others")) is Reason.MAIN_SHOWS_OTHERS


@pytest.mark.parametrize("state", ["arriving", "refused"])
def test_what_is_not_kept_cannot_be_chosen(abby: Participant, session: LockedSession, state: str) -> None:
    photo = offered(abby, 1)
    Photo.objects.update(state=state)

    assert refusal(abby, session, photo) is Reason.NOT_HERE


def test_a_photo_of_another_group_cannot_be_chosen(abby: Participant, session: LockedSession) -> None:
    contact = actions.get_or_update_contact(address="whatsapp:+15550100009", at=clock.now(), display_name="Zoe")
    zoe = actions.start_session(contact=contact, at=clock.now())

    assert refusal(abby, session, offered(zoe, 1)) is Reason.NOT_HERE


def test_any_photo_of_its_owner_can_become_the_main_one(abby: Participant, session: LockedSession) -> None:
    photos = chosen(abby, session, "owner", "others", "together")
    choosing.make_main(session=session, photo=photos[2], at=clock.now())
    assert order(session) == [3, 1, 2]

    choosing.make_main(session=session, photo=offered(abby, 4), at=clock.now())
    assert order(session) == [4, 3, 1, 2]


def test_a_photo_of_others_alone_cannot_become_the_main_one(abby: Participant, session: LockedSession) -> None:
    photos = chosen(abby, session, "owner", "others")
    with pytest.raises(NotAllowed) as caught:
        choosing.make_main(session=session, photo=photos[1], at=clock.now())

    assert caught.value.reason is Reason.MAIN_SHOWS_OTHERS
    assert order(session) == [1, 2]


def test_a_seventh_cannot_become_the_main_one_either(abby: Participant, session: LockedSession) -> None:
    photos = chosen(abby, session, *["owner"] * 6)
    choosing.make_main(session=session, photo=photos[5], at=clock.now())
    with pytest.raises(NotAllowed):
        choosing.make_main(session=session, photo=offered(abby, 7), at=clock.now())

    assert order(session) == [6, 1, 2, 3, 4, 5]


def test_they_can_be_put_in_another_order(abby: Participant, session: LockedSession) -> None:
    first, second, third = chosen(abby, session, "owner", "others", "owner")
    choosing.reorder(session=session, photos_in_order=[third, second, first], at=clock.now())

    assert order(session) == [3, 2, 1]


@pytest.mark.parametrize("picks", [[0, 1], [0, 1, 2, 2], [0, 1, 3], [1, 0, 2], []])
def test_an_order_that_does_not_fit_changes_nothing(
    abby: Participant, session: LockedSession, picks: list[int]
) -> None:
    photos = [*chosen(abby, session, "owner", "others", "owner"), offered(abby, 4)]
    with pytest.raises(NotAllowed):
        choosing.reorder(session=session, photos_in_order=[photos[pick] for pick in picks], at=clock.now())

    assert order(session) == [1, 2, 3]


def test_leaving_one_out_closes_the_gap(abby: Participant, session: LockedSession) -> None:
    photos = chosen(abby, session, "owner", "others", "owner")
    choosing.leave_out(session=session, photo=photos[1], at=clock.now())

    assert order(session) == [1, 3]
    assert session.photos.get(number=2).state == Photo.State.LEFT_OUT


def test_without_the_main_one_the_next_that_shows_its_owner_is_first(
    abby: Participant, session: LockedSession
) -> None:
    photos = chosen(abby, session, "owner", "others", "together")
    choosing.leave_out(session=session, photo=photos[0], at=clock.now())

    assert order(session) == [3, 2]


def test_photos_of_others_alone_make_no_profile(abby: Participant, session: LockedSession) -> None:
    photos = chosen(abby, session, "owner", "others")
    choosing.leave_out(session=session, photo=photos[0], at=clock.now())

    assert order(session) == []
    assert session.photos.get(number=2).state == Photo.State.OFFERED


def test_a_photo_that_was_left_out_can_be_chosen_after_all(abby: Participant, session: LockedSession) -> None:
    photos = chosen(abby, session, "owner", "owner")
    choosing.leave_out(session=session, photo=photos[0], at=clock.now())
    choosing.choose(session=session, photo=photos[0], at=clock.now())

    assert order(session) == [2, 1]


def test_a_main_photo_that_shows_only_others_gives_its_place_away(abby: Participant, session: LockedSession) -> None:
    photos = chosen(abby, session, "owner", "together")
    choosing.say_who_is_in_it(session=session, photo=photos[0], shows="others", at=clock.now())

    assert order(session) == [2, 1]
    assert session.photos.get(number=1).shows == "others"


def test_the_only_photo_leaves_the_profile_if_it_shows_only_others(abby: Participant, session: LockedSession) -> None:
    [photo] = chosen(abby, session, "owner")
    choosing.choose(session=session, photo=photo, shows="others", at=clock.now())

    photo.refresh_from_db()
    assert (photo.state, photo.place, photo.shows) == ("offered", None, "others")


def test_who_is_in_an_offered_one_can_be_said_before_it_is_chosen(abby: Participant, session: LockedSession) -> None:
    photo = offered(abby, 1, "unknown")
    choosing.say_who_is_in_it(session=session, photo=photo, shows="owner", at=clock.now())

    photo.refresh_from_db()
    assert (photo.state, photo.shows) == ("offered", "owner")
