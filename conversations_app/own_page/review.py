"""The profile as a whole on its owner's page: looked at, approved as exactly that, shared, and gone back to."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse

from conversations_app.own_page.changing import CHANGED, Refused, changing
from conversations_app.own_page.door import Visit
from conversations_app.own_page.kept_changes import NOT_FOUND, id_in
from conversations_app.own_page.telling import tell
from conversations_app.own_page.words import label_of
from conversations_app.turns.snapshot import interview_of
from matchmaker.ai import exits
from matchmaker.ai.records import PHOTOS
from sessions_app import versions
from sessions_app.actions import Place
from sessions_app.models import (
    ExportTarget,
    LockedSession,
    PageAct,
    Photo,
    ProfileVersion,
    Session,
    ShareLink,
)
from sessions_app.public_page import card, exports, links
from sessions_app.public_page.showing import render_profile

SECTION = "review"
NEWER = "Something has changed since you looked. Here is how your profile is now: have another look, then approve it."
# From then on there is a whole to look at.
STAGES = ("review", "approved")


@dataclass(frozen=True)
class Lacking:
    """What is still to come before it can be approved, and where on the page."""

    what: str
    section: str


@dataclass(frozen=True)
class Row:
    label: str
    text: str


@dataclass(frozen=True)
class ReviewSection:
    rows: list[Row]
    digest: str
    lacking: list[Lacking]
    approved: ProfileVersion | None
    is_current: bool
    """What is approved is the profile as it is now."""
    was_withdrawn: bool
    versions: int
    link: ShareLink | None
    address: str
    targets: list[ExportTarget]

    @property
    def waiting(self) -> int:
        return int(not self.lacking and not self.is_current)


def section_for(visit: Visit, *, is_shown: bool) -> ReviewSection | None:
    """Of nobody but the primary person, and while nothing is on hold."""
    person, session = visit.person, visit.session
    if not person.is_primary or not is_shown:
        return None
    content, approved = versions.content_of(session), versions.approved(session)
    latest = versions.approved_at_all(session)
    link = links.link_in_use(session, visit.at)
    return ReviewSection(
        rows=_rows(session, content),
        digest=versions.digest(content),
        lacking=_lacking(session),
        approved=approved,
        is_current=approved is not None and approved.digest == versions.digest(content),
        was_withdrawn=approved is None and latest is not None,
        versions=session.versions.exclude(content={}).count(),
        link=link,
        address=links.address_of(link) if link else "",
        targets=list(ExportTarget.objects.all()) if approved else [],
    )


_SECTIONS = {PHOTOS: "photos", "bio": "texts", "prompts": "texts"}
_WORDS = {
    PHOTOS: "at least one photo",
    "bio": "a bio that you've picked",
    "prompts": "three answers that you've picked",
}


def _lacking(session: Session) -> list[Lacking]:
    """By the same rule as in the chat."""
    private = exits.private_questions(interview_of(session))
    return [
        Lacking(_WORDS.get(slug, label_of(slug)), _SECTIONS.get(slug, "questions" if slug in private else "kept"))
        for slug in exits.incomplete(interview_of(session))
    ]


def _rows(session: Session, content: dict[str, Any]) -> list[Row]:
    """Numbered on the page, in the order of the profile."""
    numbers = dict(session.photos.values_list("pk", "number"))
    plain = [Row(label_of(slug), str(content[slug])) for slug in ("first_name", "age", "area") if content.get(slug)]
    bio = [Row("Bio", content["bio"])] if content["bio"] else []
    answers = [Row(answer["prompt"], answer["text"]) for answer in content["answers"]]
    facts = [Row(row["label"], ", ".join(row["words"])) for row in content["facts"]]
    friends = [Row(f"{friend['by']} says", f"“{friend['text']}”") for friend in content["friends"]]
    photos = ", ".join(f"Photo {numbers[photo['id']]}" for photo in content["photos"] if photo["id"] in numbers)
    return [*plain, *bio, *answers, *facts, *friends, *([Row("Photos", photos)] if photos else [])]


# --- approving --------------------------------------------------------------------------------------------------------


class DigestForm(forms.Form):
    """Of the profile as they saw it."""

    version = forms.RegexField(r"^[0-9a-f]{64}$")


def approve(visit: Visit) -> HttpResponse:
    form = DigestForm(visit.request.POST)
    if not form.is_valid():
        raise Refused(NOT_FOUND)
    with changing(visit) as session:
        _check_theirs(visit)
        version = versions.current(session=session, at=visit.at)
        if version.digest != form.cleaned_data["version"]:
            raise Refused(NEWER)
        lacking = _lacking(session)
        if lacking:
            raise Refused(f"Before you approve it, it still needs: {', '.join(one.what for one in lacking)}.")
        if version.approved_at is None:
            _approve(session, version, visit)
    return visit.back_to(SECTION, "Approved: exactly this version is yours to share now.")


def _approve(session: LockedSession, version: ProfileVersion, visit: Visit) -> None:
    act = PageAct.objects.create(participant=visit.person, what=PageAct.What.APPROVED, at=visit.at)
    try:
        versions.approve(version=version, by=visit.person, where=Place(page_act_id=act.pk), at=visit.at)
    except versions.NotAllowed as why:
        raise Refused(str(why)) from None
    links.offer_first(session, visit.at)
    tell(session, visit, "approved the profile on their own page")


def go_back(visit: Visit) -> HttpResponse:
    pk = id_in(visit)
    with changing(visit) as session:
        _check_theirs(visit)
        version = session.versions.exclude(content={}).filter(pk=pk).first()
        if version is None:
            raise Refused(CHANGED)
        # As it was a moment ago is kept too, to be gone back to.
        versions.current(session=session, at=visit.at)
        act = PageAct.objects.create(participant=visit.person, what=PageAct.What.BROUGHT_BACK, at=visit.at)
        where = Place(page_act_id=act.pk)
        versions.go_back_to(session=session, version=version, by=visit.person, where=where, at=visit.at)
        tell(session, visit, "went back to an earlier version on their own page")
    return visit.back_to(SECTION, f"Your profile is as in version {version.number} again, as far as it still can be.")


def _check_theirs(visit: Visit) -> None:
    if not visit.person.is_primary:
        raise Refused("Only the person whose profile it is decides about it.")


# --- looking ----------------------------------------------------------------------------------------------------------


def preview(visit: Visit) -> HttpResponse:
    """As strangers will see it."""
    content = versions.content_of(visit.session)
    return HttpResponse(render_profile(content, _photos(visit.session, content), back=f"{visit.address}#{SECTION}"))


def picture(visit: Visit) -> HttpResponse:
    content = _approved(visit).content
    answer = HttpResponse(card.card_of(content, _photos(visit.session, content)), content_type="image/png")
    answer["Content-Disposition"] = 'attachment; filename="profile.png"'
    return answer


def as_json(visit: Visit) -> HttpResponse:
    answer = HttpResponse(exports.as_json(_approved(visit).content), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="profile.json"'
    return answer


def as_text(visit: Visit) -> HttpResponse:
    """`?for=` a dating app, by its id."""
    version, wanted = _approved(visit), visit.request.GET.get("for", "")
    target = ExportTarget.objects.filter(pk=wanted).first() if wanted.isdecimal() and len(wanted) < 10 else None
    if target is None:
        raise Refused(NOT_FOUND)
    return visit.show("export", {"target": target, "parts": exports.parts_for(version.content, target)})


def compare(visit: Visit) -> HttpResponse:
    """The profile as it is now beside an earlier version: the one with `?version=`, else the latest other one."""
    now = versions.content_of(visit.session)
    others = [
        version
        for version in versions.listed(visit.session).exclude(content={})
        if version.digest != versions.digest(now)
    ]
    wanted = visit.request.GET.get("version", "")
    chosen = next((version for version in others if str(version.number) == wanted), others[0] if others else None)
    differing = _differing(visit.session, now, chosen.content) if chosen else set()
    context: dict[str, object] = {
        "now": _rows(visit.session, now),
        "then": _rows(visit.session, chosen.content) if chosen else [],
        "chosen": chosen,
        "others": others,
        "differing": differing,
    }
    return visit.show("versions", context)


def _differing(session: Session, now: dict[str, Any], then: dict[str, Any]) -> set[str]:
    """Labels of the rows that are not the same in both."""
    one, other = ({row.label: row.text for row in _rows(session, content)} for content in (now, then))
    return {label for label in {*one, *other} if one.get(label) != other.get(label)}


def _approved(visit: Visit) -> ProfileVersion:
    version = versions.approved(visit.session) if visit.person.is_primary else None
    if version is None:
        raise Refused("There is no approved profile just now.")
    return version


def _photos(session: Session, content: dict[str, Any]) -> list[Photo]:
    return list(session.photos.kept().filter(pk__in=content["made_from"]["photos"]))


# --- sharing ----------------------------------------------------------------------------------------------------------


def _sharing(change: Callable[[LockedSession, Visit], object], done: str) -> Callable[[Visit], HttpResponse]:
    def handle(visit: Visit) -> HttpResponse:
        with changing(visit) as session:
            _check_theirs(visit)
            if versions.approved(session) is None:
                raise Refused("There is no approved profile to share just now.")
            change(session, visit)
        return visit.back_to(SECTION, done)

    return handle


share = _sharing(lambda session, visit: links.share_link(session, visit.at), "Here is your link.")
renew = _sharing(lambda session, visit: links.renew(session, visit.at), "Renewed: 30 days from today.")
preview_with_photo = _sharing(
    lambda session, visit: links.let_preview_show_photo(session, shows="photo" in visit.request.POST), "Saved."
)


def revoke(visit: Visit) -> HttpResponse:
    """Possible always, whatever became of the profile."""
    with changing(visit, adds=False) as session:
        _check_theirs(visit)
        links.revoke(session, visit.at)
    return visit.back_to(SECTION, "Closed: whoever opens that link finds nothing.")
