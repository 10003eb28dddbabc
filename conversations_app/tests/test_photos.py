"""Pictures that people send become photos, and what is no photo gets one line on its sender's phone alone."""

import base64
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F

from conversations_app import backoff
from conversations_app.claims import Claims
from conversations_app.db_clock import ClockTime
from conversations_app.gateway import media
from conversations_app.gateway.errors import AccountTrouble, TwilioRefused, Unclear
from conversations_app.models import Delivery, Message, Problem
from conversations_app.photos import fetching, noting, tidying
from conversations_app.tests.chat_harness import ChatHarness, Group
from conversations_app.turns import lifecycle
from matchmaker import clock
from sessions_app import actions
from sessions_app.models import Consent, LockedSession, Participant, Photo, Session
from sessions_app.photos import arriving, decode, decoder, storage
from sessions_app.photos.refusals import Refusal, line
from sessions_app.photos.tests.pictures import jpeg, png_that_says, saved, scene
from sessions_app.photos.tests.uploads import upload


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    photos = settings.STORAGES["photos"] | {"OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"photos": photos}
    return tmp_path


@pytest.fixture(autouse=True)
def _decoded_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting the program takes longer than the rest; its own tests, and those on the whole stack, start it."""

    def answer(data: bytes) -> dict[str, Any]:
        try:
            return decoder.make_photo(data)
        except decoder.Refused as refused:
            return {"refusal": str(refused)}
        except Exception:
            return {"refusal": "unreadable"}

    monkeypatch.setattr(decode, "_answer_of_decoder", answer)


@pytest.fixture
def group(harness: ChatHarness) -> Group:
    return with_consent(harness.settled_group("Abby", "Lena", "Friend", sms=("Friend",)))


def with_consent(group: Group) -> Group:
    abby = person(group, "Abby")
    actions.make_primary(participant=abby)
    yes = Message.objects.create(session=group.session, kind="person", author=abby, body="yes", at=clock.now())
    actions.record_consent(participant=abby, message_id=yes.pk, at=clock.now())
    return group


def person(group: Group, name: str) -> Participant:
    return group.session.participants.get(contact__address=group[name].address)


def file(data: bytes, content_type: str = "image/jpeg") -> dict[str, str]:
    return {"content_type": content_type, "filename": "photo.jpg", "data": base64.b64encode(data).decode()}


def until_noted(harness: ChatHarness, count: int = 1) -> None:
    """Nothing else is done yet."""

    def is_noted() -> bool:
        harness.process_inbox()
        return Photo.objects.count() == count

    harness.wait_for(is_noted)


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def tidy_up(harness: ChatHarness) -> None:
    """Everything that is due of photos, as if its time had come."""
    for _ in range(3):
        Photo.objects.filter(due_at__isnull=False).update(due_at=F("created_at"))
        for pk in fetching.due_photos(100):
            fetching.work_on(pk)


# --- arriving ---------------------------------------------------------------------------------------------------------


def test_a_photo_from_whatsapp_waits_to_be_chosen(harness: ChatHarness, group: Group, folder: Path) -> None:
    group["Abby"].write("me last week", media=[file(jpeg())])
    harness.settle()

    photo = Photo.objects.get()
    assert (photo.state, photo.number, photo.sent_by.name) == ("offered", 1, "Abby")
    assert (photo.width, photo.height) == (900, 700)
    assert photo.message is not None
    assert photo.message.body == "me last week"
    assert files_in(folder) == ["large.jpg", "medium.jpg", "small.jpg"]


def test_so_does_a_friends_from_mms(harness: ChatHarness, group: Group) -> None:
    group["Friend"].write("", media=[file(saved(scene(2), "PNG"), "image/png")])
    harness.settle()

    photo = Photo.objects.get()
    assert (photo.state, photo.sent_by.name, photo.shows) == ("offered", "Friend", "unknown")


def test_in_a_broadcast_session_it_is_fetched_with_our_credentials(harness: ChatHarness, settings: Any) -> None:
    settings.CONVERSATIONS_SHARE = 0
    group = with_consent(harness.settled_group("Abby", "Lena", "Friend", sms=("Friend",)))
    harness.faults(media_auth=True)
    group["Friend"].write("both", media=[file(jpeg(1)), file(jpeg(2))])
    harness.settle()

    assert list(Photo.objects.values_list("state", "number")) == [("offered", 1), ("offered", 2)]


def test_what_was_sent_before_consent_is_kept_from_then_on(harness: ChatHarness) -> None:
    group = harness.settled_group("Abby", "Lena", "Friend", sms=("Friend",))
    group["Lena"].write("look at her", media=[file(jpeg())])
    harness.settle()
    assert not Photo.objects.exists()

    group["Abby"].write("it's about me, yes, I'm in, I'm 27")
    harness.settle()

    assert actions.has_consented(group.session)
    assert Photo.objects.get().state == "offered"


def test_the_matchmaker_answers_once_the_photo_is_here(harness: ChatHarness, group: Group) -> None:
    group["Abby"].write("me last week", media=[file(jpeg())])
    until_noted(harness)
    Session.objects.update(turn_due_at=F("created_at"))
    assert lifecycle.due_turns(10) == []

    [photo] = fetching.due_photos(10)
    fetching.work_on(photo)

    assert lifecycle.due_turns(10) == [group.session.pk]


def test_it_does_not_wait_for_workers_that_are_down(harness: ChatHarness, group: Group) -> None:
    group["Abby"].write("me last week", media=[file(jpeg())])
    until_noted(harness)
    Session.objects.update(turn_due_at=F("created_at"))
    Photo.objects.update(due_at=F("created_at") - timedelta(seconds=fetching.TURN_WAITS_S + 1))

    assert lifecycle.due_turns(10) == [group.session.pk]


def test_nor_for_a_worker_that_takes_long(harness: ChatHarness, group: Group) -> None:
    group["Abby"].write("me last week", media=[file(jpeg())])
    until_noted(harness)
    Session.objects.update(turn_due_at=F("created_at"))
    fetching.CLAIMS.take(Photo.objects.all(), Photo.objects.get().pk, attempts=1, first_attempt_at=ClockTime())
    assert lifecycle.due_turns(10) == []

    Photo.objects.update(first_attempt_at=F("first_attempt_at") - timedelta(seconds=fetching.TURN_WAITS_S + 1))
    assert lifecycle.due_turns(10) == [group.session.pk]


def test_a_photo_that_comes_after_its_turn_is_read_in_another(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = media.fetch_from_conversation
    monkeypatch.setattr(media, "fetch_from_conversation", lambda sid: (_ for _ in ()).throw(Unclear("no answer")))
    group["Abby"].write("me last week", media=[file(jpeg())])
    message = harness.until(lambda: Message.objects.filter(turn__state="closed", body="me last week").first())
    first = message.turn
    monkeypatch.setattr(media, "fetch_from_conversation", real)
    tidy_up(harness)
    assert Photo.objects.get().state == "offered"
    harness.settle()

    later = Message.objects.filter(kind="event", body="sent photo 1", author__name="Abby", turn__pk__gt=first.pk)
    assert later.exists()


@pytest.mark.parametrize(
    ("content_type", "name"),
    [
        ("audio/ogg", "Abby"),
        ("video/mp4", "Abby"),
        ("text/x-vcard", "Abby"),
        ("application/pdf", "Friend"),
        ("image/webp", "Abby"),
    ],
    ids=["a voice", "a film", "a contact", "a document", "a sticker"],
)
def test_what_is_no_photo_is_none(harness: ChatHarness, group: Group, content_type: str, name: str) -> None:
    group[name].write("", media=[file(b"whatever it is", content_type)])
    harness.settle()

    assert Message.objects.filter(author__name=name).exclude(media=[]).exists()
    assert not Photo.objects.exists()


def test_a_photo_without_a_type_is_looked_at(harness: ChatHarness, group: Group) -> None:
    group["Friend"].write("", media=[file(jpeg(), "application/octet-stream")])
    harness.settle()

    assert Photo.objects.get().state == "offered"


# --- refused ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (lambda: jpeg(size=(500, 500)), Refusal.TOO_SMALL),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", Refusal.WRONG_TYPE),
        (lambda: png_that_says(30_000, 30_000), Refusal.TOO_MANY_PIXELS),
        (lambda: jpeg()[:5000], Refusal.UNREADABLE),
    ],
    ids=["small", "SVG", "bomb", "cut"],
)
def test_its_sender_alone_is_told_why_it_is_not_kept(
    harness: ChatHarness, group: Group, folder: Path, make: Callable[[], bytes], refusal: Refusal
) -> None:
    group["Friend"].write("", media=[file(make())])
    harness.settle()
    tidy_up(harness)

    assert (Photo.objects.get().state, Photo.objects.get().refusal) == ("refused", refusal)
    assert [group[name].got(line(refusal, "en")) for name in ("Abby", "Lena", "Friend")] == [0, 0, 1]
    assert files_in(folder) == []


def test_several_small_ones_in_a_message_get_one_line(harness: ChatHarness, group: Group) -> None:
    small = [file(jpeg(seed, size=(300, 300))) for seed in range(3)]
    group["Friend"].write("", media=small)
    harness.settle()

    assert Photo.objects.filter(refusal="too_small").count() == 3
    assert group["Friend"].got(line(Refusal.TOO_SMALL, "en")) == 1


def test_the_same_picture_again_is_not_kept_twice(harness: ChatHarness, group: Group, folder: Path) -> None:
    group["Abby"].write("", media=[file(jpeg())])
    harness.settle()
    group["Lena"].write("", media=[file(saved(scene().resize((1200, 933)), "JPEG", quality=60))])
    harness.settle()

    assert list(Photo.objects.values_list("state", "refusal")) == [("offered", ""), ("refused", "same_again")]
    assert len(files_in(folder)) == 3
    assert [group[name].got(line(Refusal.SAME_AGAIN, "en")) for name in ("Abby", "Lena")] == [0, 1]


def test_the_same_picture_twice_at_once_is_kept_once(
    harness: ChatHarness, group: Group, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = storage.write

    def write_while_the_other_is_kept(photo: Photo, files: Any) -> None:
        monkeypatch.setattr(storage, "write", real)
        other = Photo.objects.exclude(pk=photo.pk).get()
        fetching.work_on(other.pk)
        real(photo, files)

    monkeypatch.setattr(storage, "write", write_while_the_other_is_kept)
    group["Friend"].write("", media=[file(jpeg()), file(jpeg())])
    harness.settle()
    tidy_up(harness)

    assert sorted(Photo.objects.values_list("state", flat=True)) == ["offered", "refused"]
    assert len(files_in(folder)) == 3


def test_a_file_that_has_vanished_is_given_up_with_a_line(harness: ChatHarness, group: Group) -> None:
    group["Lena"].write("look", media=[file(jpeg())])
    until_noted(harness)
    message = Photo.objects.get().message
    assert message is not None
    media.delete_from_conversation(message.media[0]["sid"])
    harness.until_made_due(lambda: Photo.objects.get().state == "refused")
    harness.settle()

    assert Photo.objects.get().refusal == Refusal.GONE
    assert group["Lena"].got(line(Refusal.GONE, "en")) == 1


def test_a_twilio_in_trouble_is_asked_again(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = media.fetch_from_conversation, iter([Unclear("no answer"), Unclear("no answer")])

    def troubled(sid: str) -> media.File:
        if error := next(calls, None):
            raise error
        return real(sid)

    monkeypatch.setattr(media, "fetch_from_conversation", troubled)
    group["Lena"].write("look", media=[file(jpeg())])
    harness.until_made_due(lambda: Photo.objects.filter(state="offered").exists())

    assert Photo.objects.get().number == 1


def test_a_storage_in_trouble_is_asked_again(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = storage.write

    def full(*args: Any) -> None:
        monkeypatch.setattr(storage, "write", real)
        raise storage.StorageTrouble("no space left")

    monkeypatch.setattr(storage, "write", full)
    group["Lena"].write("look", media=[file(jpeg())])
    harness.until_made_due(lambda: Photo.objects.filter(state="offered").exists())


@pytest.mark.parametrize("error", [storage.StorageTrouble("ClientError"), AccountTrouble("a wrong token")])
def test_trouble_of_ours_is_told_to_staff_and_costs_no_photo(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*args: Any) -> None:
        raise error

    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(fetching, "_data_of", fail)
        group["Lena"].write("look", media=[file(jpeg())])
        until_noted(harness)
        for _ in range(len(backoff.PHOTO.pauses_s) + 2):
            tidy_up(harness)
    assert Problem.objects.open().filter(key=fetching.WAITING).exists()

    tidy_up(harness)
    assert Photo.objects.get().state == "offered"
    assert not Problem.objects.open().filter(key=fetching.WAITING).exists()


def test_a_fault_of_ours_comes_to_an_end(harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(data: bytes) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(decode, "decode", crash)
    group["Lena"].write("look", media=[file(jpeg())])
    harness.until_made_due(lambda: Photo.objects.filter(state="refused").exists())

    assert Photo.objects.get().refusal == Refusal.GONE


def test_a_copy_that_cannot_be_deleted_is_told_to_staff(
    harness: ChatHarness, receipts_on: None, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(sid: str) -> None:
        raise Unclear("no answer")

    group["Abby"].write("", media=[file(jpeg())])
    harness.settle()
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(media, "delete_from_conversation", fail)
        for _ in range(len(backoff.TIDYING.pauses_s) + 1):
            tidy_up(harness)
    assert Problem.objects.open().filter(key__endswith="-not-tidied").exists()

    tidy_up(harness)
    assert Photo.objects.get().removed_at_twilio_at is not None
    assert not Problem.objects.open().filter(key__endswith="-not-tidied").exists()


def test_somebody_who_floods_us_is_stopped(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "MOST_OF_A_SESSION", 2)
    group["Friend"].write("", media=[file(jpeg(seed)) for seed in range(3)])
    harness.settle()

    assert list(Photo.objects.values_list("state", "refusal")) == [
        ("offered", ""),
        ("offered", ""),
        ("refused", "too_many"),
    ]


# --- nothing without consent ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["before it is fetched", "while it is stored"])
def test_nothing_is_kept_once_consent_is_taken_back(
    harness: ChatHarness, group: Group, folder: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = storage.write

    def store_slowly(photo: Photo, files: Any) -> None:
        real(photo, files)
        Consent.objects.filter(kind="profile").update(withdrawn_at=clock.now())

    monkeypatch.setattr(storage, "write", store_slowly)
    group["Abby"].write("", media=[file(jpeg())])
    until_noted(harness)
    if step == "before it is fetched":
        Consent.objects.filter(kind="profile").update(withdrawn_at=clock.now())
    harness.settle()

    assert not Photo.objects.exists()
    assert files_in(folder) == []


def test_nothing_is_left_of_one_that_is_erased_while_it_is_stored(
    harness: ChatHarness, group: Group, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = storage.write

    def store_slowly(photo: Photo, files: Any) -> None:
        real(photo, files)
        Photo.objects.all().delete()

    monkeypatch.setattr(storage, "write", store_slowly)
    group["Abby"].write("", media=[file(jpeg())])
    harness.settle()

    assert files_in(folder) == []


def test_nothing_is_left_of_one_that_is_taken_back_while_it_is_stored(
    harness: ChatHarness, group: Group, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = storage.write

    def store_slowly(photo: Photo, files: Any) -> None:
        real(photo, files)
        Photo.objects.update(state="refused", refusal="taken_back")

    monkeypatch.setattr(storage, "write", store_slowly)
    group["Abby"].write("", media=[file(jpeg())])
    harness.settle()

    assert Photo.objects.get().refusal == "taken_back"
    assert files_in(folder) == []


def test_a_sealed_profile_gets_no_photos(harness: ChatHarness, group: Group) -> None:
    Session.objects.update(sealed_at=clock.now())
    group["Abby"].write("", media=[file(jpeg())])
    harness.settle()

    assert not Photo.objects.exists()


def test_pictures_of_an_interview_that_was_started_over_stay_where_they_are(harness: ChatHarness) -> None:
    group = harness.settled_group("Abby", "Lena", "Friend", sms=("Friend",))
    group["Lena"].write("", media=[file(jpeg())])
    harness.settle()
    Session.objects.update(reads_from=clock.now() + timedelta(seconds=1))
    with_consent(group)
    noting.note_earlier_photos(LockedSession(Session.objects.get()))

    assert not Photo.objects.exists()


# --- from one's own page ----------------------------------------------------------------------------------------------


def test_an_upload_becomes_a_photo_and_the_file_itself_goes(harness: ChatHarness, group: Group, folder: Path) -> None:
    upload(person(group, "Lena"), jpeg())
    harness.settle()
    tidy_up(harness)

    assert Photo.objects.get().state == "offered"
    assert files_in(folder) == ["large.jpg", "medium.jpg", "small.jpg"]


def test_an_upload_that_is_refused_is_told_of_on_the_page_alone(
    harness: ChatHarness, group: Group, folder: Path
) -> None:
    upload(person(group, "Lena"), b"text")
    harness.settle()
    tidy_up(harness)

    assert Photo.objects.get().refusal == Refusal.WRONG_TYPE
    assert files_in(folder) == []
    assert not Delivery.objects.filter(reason="photo not kept").exists()


# --- at Twilio --------------------------------------------------------------------------------------------------------


def is_at_twilio(harness: ChatHarness, photo: Photo) -> bool:
    assert photo.message is not None
    item = photo.message.media[photo.position_in_message]
    try:
        _ = media.fetch(item["url"]) if item.get("url") else media.fetch_from_conversation(item["sid"])
    except TwilioRefused:
        return False
    return True


def test_twilios_copy_goes_once_the_others_have_had_time_to_get_it(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    group["Abby"].write("", media=[file(jpeg())])
    harness.settle()
    tidy_up(harness)
    assert is_at_twilio(harness, Photo.objects.get())

    later = clock.now() + tidying.OTHERS_WAIT + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    tidy_up(harness)

    photo = Photo.objects.get()
    assert photo.removed_at_twilio_at is not None
    assert photo.due_at is None
    assert not is_at_twilio(harness, photo)


def test_it_goes_at_once_when_every_phone_has_got_it(harness: ChatHarness, receipts_on: None, group: Group) -> None:
    group["Abby"].write("", media=[file(jpeg())])
    harness.settle()
    tidy_up(harness)

    assert not is_at_twilio(harness, Photo.objects.get())
    assert [len([line for line in group[name].thread() if line["media"]]) for name in ("Lena", "Friend")] == [1, 1]


def test_of_one_that_is_taken_back_twilios_copy_goes_too(
    harness: ChatHarness, receipts_on: None, group: Group, folder: Path
) -> None:
    group["Abby"].write("", media=[file(jpeg())])
    harness.settle()
    Photo.objects.update(state="refused", refusal="taken_back", due_at=F("created_at"))
    tidy_up(harness)

    assert not is_at_twilio(harness, Photo.objects.get())
    assert files_in(folder) == []


def test_what_we_refuse_stays_with_those_who_got_it(harness: ChatHarness, receipts_on: None, group: Group) -> None:
    group["Abby"].write("", media=[file(jpeg(size=(300, 300)))])
    harness.settle()
    tidy_up(harness)

    assert is_at_twilio(harness, Photo.objects.get())


def test_in_a_broadcast_session_every_copy_goes(harness: ChatHarness, settings: Any) -> None:
    settings.CONVERSATIONS_SHARE = 0
    group = with_consent(harness.settled_group("Abby", "Lena", "Friend", sms=("Friend",)))
    harness.faults(media_auth=True, webhook={"muted": []})
    group["Abby"].write("", media=[file(jpeg())])
    harness.settle()
    copies = list(Delivery.objects.exclude(media=[]))
    uploaded = [sid for copy in copies for sid in copy.media]
    assert len(uploaded) == 2
    assert all(sid.startswith("ME") for sid in uploaded)
    tidy_up(harness)

    assert not is_at_twilio(harness, Photo.objects.get())
    for sid in uploaded:
        with pytest.raises(TwilioRefused):
            media.fetch_from_conversation(sid)


def test_twilio_keeps_its_copy_where_that_is_wanted(harness: ChatHarness, group: Group, settings: Any) -> None:
    settings.PHOTOS_DELETE_AT_TWILIO = False
    harness.faults(webhook={"muted": []})
    group["Abby"].write("", media=[file(jpeg())])
    harness.settle()
    tidy_up(harness)

    photo = Photo.objects.get()
    assert (photo.due_at, photo.removed_at_twilio_at) == (None, None)
    assert is_at_twilio(harness, photo)


# --- workers ----------------------------------------------------------------------------------------------------------


def test_few_are_worked_on_at_once(harness: ChatHarness, group: Group) -> None:
    group["Friend"].write("", media=[file(jpeg(seed)) for seed in range(5)])
    until_noted(harness, 5)

    assert len(fetching.due_photos(100)) == fetching.AT_ONCE
    assert isinstance(fetching.CLAIMS, Claims)
    fetching.CLAIMS.take(Photo.objects.all(), fetching.due_photos(100)[0])
    assert len(fetching.due_photos(100)) == fetching.AT_ONCE - 1


def test_a_worker_that_lost_its_claim_keeps_nothing(
    harness: ChatHarness, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = storage.write

    def stall(photo: Photo, files: Any) -> None:
        real(photo, files)
        Photo.objects.update(generation=F("generation") + 1)

    monkeypatch.setattr(storage, "write", stall)
    group["Abby"].write("", media=[file(jpeg())])
    until_noted(harness)
    [photo] = fetching.due_photos(10)
    fetching.work_on(photo)

    assert Photo.objects.get().state == "arriving"
