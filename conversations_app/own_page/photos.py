"""Photos on somebody's own page: sent, looked at, chosen, put in order, and taken back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.functions import Now
from django.http import HttpResponse

from conversations_app.own_page.changing import Refused, changing
from conversations_app.own_page.door import Visit
from conversations_app.own_page.kept_changes import NOT_FOUND, id_in
from conversations_app.own_page.telling import tell
from sessions_app import actions, versions
from sessions_app.models import LockedSession, PageAct, Photo
from sessions_app.photos import arriving, choosing, refusals, storage

SECTION = "photos"
MOST_AT_ONCE = choosing.MOST
IN_IT = (
    (Photo.Shows.OWNER, "Just me"),
    (Photo.Shows.TOGETHER, "Me and others, and they're all right with it"),
    (Photo.Shows.OTHERS, "Only others, and they're all right with it"),
)
_IN_SHORT: dict[str, str] = {
    Photo.Shows.OWNER: "just you",
    Photo.Shows.TOGETHER: "you and others",
    Photo.Shows.OTHERS: "only others",
}
# So long a line about a picture that was not kept stands beside the form by which it was sent.
REFUSALS_SHOWN_FOR = timedelta(hours=1)


@dataclass(frozen=True)
class Shown:
    """One photo, to be looked at."""

    photo: Photo
    sent_by: str

    @property
    def address(self) -> str:
        return storage.address(self.photo, "medium")

    @property
    def name(self) -> str:
        return f"Photo {self.photo.number}" if self.photo.number else "This photo"

    @property
    def who(self) -> str:
        return _IN_SHORT.get(self.photo.shows, "not said yet")

    @property
    def alt(self) -> str:
        return self.photo.alt_text or f"{self.name}, sent by {self.sent_by}"


@dataclass(frozen=True)
class PhotosSection:
    chosen: list[Shown]
    offered: list[Shown]
    left_out: list[Shown]
    arriving: int
    refused: list[str]
    in_it: Sequence[tuple[str, str]]
    is_open: bool
    fewest: int = choosing.FEWEST_WANTED
    most: int = choosing.MOST

    @property
    def waiting(self) -> int:
        return len(self.offered)


def section_for(visit: Visit, *, is_shown: bool) -> PhotosSection:
    """Friends see what they sent themselves. `is_shown`: nothing is while a profile is on hold."""
    person = visit.person
    photos = person.session.photos.select_related("sent_by") if is_shown else Photo.objects.none()
    if not person.is_primary:
        photos = photos.filter(sent_by=person)
    by_state: dict[str, list[Shown]] = {}
    for photo in photos.order_by("place", "number", "pk"):
        sent_by = "you" if photo.sent_by_id == person.pk else photo.sent_by.name
        by_state.setdefault(photo.state, []).append(Shown(photo, sent_by))
    return PhotosSection(
        chosen=by_state.get(Photo.State.CHOSEN, []),
        offered=by_state.get(Photo.State.OFFERED, []),
        left_out=by_state.get(Photo.State.LEFT_OUT, []),
        arriving=len(by_state.get(Photo.State.ARRIVING, [])),
        refused=_refusals(visit),
        in_it=IN_IT,
        is_open=is_shown and actions.has_consented(person.session),
    )


def _refusals(visit: Visit) -> list[str]:
    """What they sent by this page lately and was not kept: here they look for what became of it."""
    lately = visit.person.photos_sent.filter(
        state=Photo.State.REFUSED, page_act__isnull=False, created_at__gt=visit.at - REFUSALS_SHOWN_FOR
    )
    codes = [photo.refusal for photo in lately.order_by("-pk")[:MOST_AT_ONCE]]
    return [refusals.line(code, "en") for code in codes if code in set(refusals.Refusal)]


# --- sending and taking back ------------------------------------------------------------------------------------------


def upload(visit: Visit) -> HttpResponse:
    files: list[UploadedFile[bytes]] = visit.request.FILES.getlist("photo")
    if not files:
        raise Refused("No photo was chosen yet.")
    with changing(visit):
        pass  # is it open at all? The files go to the storage outside any transaction.
    refused = []
    for file in files[:MOST_AT_ONCE]:
        try:
            arriving.upload(participant=visit.person, file=file, under=changing(visit), at=visit.at)
        except choosing.NotAllowed as why:
            refused.append(str(why))
    if len(files) > MOST_AT_ONCE:
        refused.append(f"{MOST_AT_ONCE} at once is the most, so I took the first {MOST_AT_ONCE}.")
    if refused:
        return visit.back_to(SECTION, " ".join(dict.fromkeys(refused)), level=messages.WARNING)
    return visit.back_to(SECTION, "Got it. It shows up here in a moment, once I've had a look.")


def delete(visit: Visit) -> HttpResponse:
    """For good: by whoever sent it, or by the primary person."""
    with changing(visit, adds=False) as session:
        photo = _photo(session, visit, id_in(visit))
        if photo.state != Photo.State.ARRIVING:
            choosing.leave_out(session=session, photo=photo, at=visit.at)
        versions.erase_those_with(session=session, photos=[photo.pk], at=visit.at)
        # The row stays, so that its number is never given to another one.
        Photo.objects.filter(pk=photo.pk).update(
            state=Photo.State.REFUSED, refusal="taken_back", alt_text="", fingerprint="", due_at=Now()
        )
        transaction.on_commit(partial(storage.delete, photo))
        tell(session, visit, "took a photo back on their own page")
    return visit.back_to(SECTION, "It's gone for good.")


def _photo(session: LockedSession, visit: Visit, pk: int) -> Photo:
    """Raises Refused."""
    photos = session.photos.exclude(state=Photo.State.REFUSED)
    mine = photos if visit.person.is_primary else photos.filter(sent_by=visit.person)
    photo = mine.filter(pk=pk).first()
    if photo is None:
        raise Refused(choosing.Reason.NOT_HERE)
    return photo


# --- choosing, which is the primary person's --------------------------------------------------------------------------


class ShowsForm(forms.Form):
    shows = forms.ChoiceField(choices=IN_IT)


class OrderForm(forms.Form):
    """Ids in the order wanted, with commas between them."""

    order = forms.RegexField(r"^\d{1,18}(,\d{1,18}){0,20}$")


Choice = Callable[[LockedSession, Photo, Visit], None]


def _choosing(choose: Choice, done: str) -> Callable[[Visit], HttpResponse]:
    def handle(visit: Visit) -> HttpResponse:
        pk = id_in(visit)
        with changing(visit) as session:
            _check_theirs(visit)
            photo = _photo(session, visit, pk)
            try:
                choose(session, photo, visit)
            except choosing.NotAllowed as why:
                raise Refused(str(why)) from None
            _record(session, visit)
        return visit.back_to(SECTION, done)

    return handle


def _check_theirs(visit: Visit) -> None:
    if not visit.person.is_primary:
        raise Refused("Only the person whose profile it is chooses its photos.")


def _record(session: LockedSession, visit: Visit) -> None:
    PageAct.objects.create(participant=visit.person, what=PageAct.What.CHOSE_PHOTOS, at=visit.at)
    tell(session, visit, "chose photos on their own page")


def _shows(visit: Visit) -> Photo.Shows:
    form = ShowsForm(visit.request.POST)
    return Photo.Shows(form.cleaned_data["shows"]) if form.is_valid() else Photo.Shows.UNKNOWN


def _put_on(session: LockedSession, photo: Photo, visit: Visit) -> None:
    choosing.choose(session=session, photo=photo, shows=_shows(visit), at=visit.at)


def _make_main(session: LockedSession, photo: Photo, visit: Visit) -> None:
    choosing.make_main(session=session, photo=photo, at=visit.at)


def _leave_out(session: LockedSession, photo: Photo, visit: Visit) -> None:
    choosing.leave_out(session=session, photo=photo, at=visit.at)
    versions.withdraw_those_with(session=session, photos=[photo.pk], at=visit.at)


def _say_who(session: LockedSession, photo: Photo, visit: Visit) -> None:
    shows = _shows(visit)
    if shows == Photo.Shows.UNKNOWN:
        raise Refused(choosing.Reason.WHO_IS_IN_IT)
    choosing.say_who_is_in_it(session=session, photo=photo, shows=shows, at=visit.at)


def _move(session: LockedSession, photo: Photo, visit: Visit, *, by: int) -> None:
    order = list(session.photos.chosen())
    if photo not in order:
        raise Refused(choosing.Reason.CHANGED)
    place = order.index(photo)
    wanted = min(max(place + by, 0), len(order) - 1)
    order.insert(wanted, order.pop(place))
    choosing.reorder(session=session, photos_in_order=order, at=visit.at)


put_on = _choosing(_put_on, "It's on your profile.")
make_main = _choosing(_make_main, "That's your main photo now.")
leave_out = _choosing(_leave_out, "It's off your profile. You can put it back any time.")
say_who = _choosing(_say_who, "Thanks, noted.")
move_up = _choosing(partial(_move, by=-1), "Moved.")
move_down = _choosing(partial(_move, by=1), "Moved.")


def reorder(visit: Visit) -> HttpResponse:
    """All at once, as they were dragged."""
    form = OrderForm(visit.request.POST)
    if not form.is_valid():
        raise Refused(NOT_FOUND)
    ids = [int(pk) for pk in form.cleaned_data["order"].split(",")]
    with changing(visit) as session:
        _check_theirs(visit)
        photos = session.photos.in_bulk(ids)
        try:
            choosing.reorder(session=session, photos_in_order=[photos[pk] for pk in ids if pk in photos], at=visit.at)
        except choosing.NotAllowed as why:
            raise Refused(str(why)) from None
        _record(session, visit)
    return visit.back_to(SECTION, "Moved.")
