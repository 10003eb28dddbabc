"""`/me/<token>`: the page, and each of its buttons."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpResponse, HttpResponseNotAllowed

from conversations_app.own_page import going, kept, kept_changes, photos, questions, review, texts, you
from conversations_app.own_page.changing import CHANGED, Gone, Refused
from conversations_app.own_page.door import Visit, gone, opened_by_its_link
from conversations_app.own_page.questions import QuestionsForm
from conversations_app.own_page.texts import WrongWords
from sessions_app import own_words
from sessions_app.models import Participant, Session


@dataclass(frozen=True)
class Place:
    """A part of the page. `count`: how much there waits for them."""

    id: str
    name: str
    count: int = 0

    @property
    def template(self) -> str:
        return f"conversations_app/own_page/{self.id}.html"


Wrong = QuestionsForm | WrongWords
"""What could not be kept, with everything that they typed."""
Handler = Callable[[Visit], HttpResponse | Wrong]


@opened_by_its_link
def page(visit: Visit) -> HttpResponse:
    if visit.request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    return show(visit)


def show(visit: Visit, wrong: Wrong | None = None) -> HttpResponse:
    person, session = visit.person, visit.session
    on_hold = _is_on_hold(session)
    what_is_kept = kept.section_for(person, visit.at)
    context: dict[str, Any] = {
        "session": session,
        "on_hold": on_hold,
        "about": primary_of(session),
        "said": _said(visit),
        "kept": what_is_kept,
        "you": you.section_for(person),
        "review": review.section_for(visit, is_shown=not on_hold),
        "photos": photos.section_for(visit, is_shown=not on_hold),
        "questions": questions.section_for(person, wrong if isinstance(wrong, QuestionsForm) else None)
        if person.is_primary
        else None,
        "texts": texts.section_for(
            person, is_shown=not on_hold, wrong=wrong if isinstance(wrong, WrongWords) else None
        ),
    }
    context["places"] = _places(person, context)
    return visit.show("page", context, status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK)


def _is_on_hold(session: Session) -> bool:
    return session.sealed_at is not None or session.status == Session.Status.SAFETY_HOLD


def _places(person: Participant, sections: dict[str, Any]) -> list[Place]:
    if not person.is_primary:
        vote = [Place("texts", "Vote", sections["texts"].waiting)] if sections["texts"].bios else []
        return [
            *vote,
            Place("kept", "What you've told me"),
            Place("photos", "Photos"),
            Place("you", "You and this group"),
        ]
    whole = sections["review"]
    return [
        Place("questions", "Your questions", len(sections["questions"].missing)),
        Place("photos", "Photos", sections["photos"].waiting),
        Place("texts", "Words", sections["texts"].waiting),
        *([Place("review", "Your profile", whole.waiting)] if whole else []),
        Place("kept", "What I keep about you", sections["kept"].waiting),
        Place("you", "You and this group"),
    ]


def primary_of(session: Session) -> str:
    primary = session.participants.filter(role=Participant.Role.PRIMARY).first()
    return primary.name if primary else ""


def _said(visit: Visit) -> dict[str, list[Message]]:
    """What is to be said after a change, by the part of the page in which it was made."""
    lines: dict[str, list[Message]] = {}
    for message in messages.get_messages(visit.request):
        lines.setdefault(str(message.extra_tags), []).append(message)
    return lines


@opened_by_its_link
def button(visit: Visit, what: str) -> HttpResponse:
    """A change, and then the page again; opened by hand, an address of these leads to the page, or asks first."""
    if visit.request.method in ("GET", "HEAD"):
        return _opened(visit, what)
    if visit.request.method != "POST":
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    section, handle = _BUTTONS.get(what, ("top", None))
    if handle is None:
        return visit.back_to(section)
    try:
        answer = handle(visit)
    except Gone:
        return gone(visit.request)
    except own_words.ChangedMeanwhile:
        return visit.back_to(section, CHANGED, level=messages.WARNING)
    except Refused as refusal:
        return visit.back_to(section, str(refusal), level=messages.WARNING)
    return answer if isinstance(answer, HttpResponse) else show(visit, answer)


def _opened(visit: Visit, what: str) -> HttpResponse:
    question = going.question_about(what, visit.person)
    if question is not None:
        return visit.show("sure", {"what": what, "question": question})
    if what not in _TO_LOOK_AT or not visit.person.is_primary or _is_on_hold(visit.session):
        return visit.back_to("top")
    try:
        return _TO_LOOK_AT[what](visit)
    except Refused as refusal:
        return visit.back_to(review.SECTION, str(refusal), level=messages.WARNING)


_TO_LOOK_AT: dict[str, Callable[[Visit], HttpResponse]] = {
    "preview": review.preview,
    "versions": review.compare,
    "card": review.picture,
    "json": review.as_json,
    "text": review.as_text,
}
_BUTTONS: dict[str, tuple[str, Handler]] = {
    "forget": (kept_changes.SECTION, kept_changes.forget),
    "bring-back": (kept_changes.SECTION, kept_changes.bring_back),
    "agree": (kept_changes.SECTION, kept_changes.agree),
    "let-quote": (kept_changes.SECTION, kept_changes.let_quote),
    "do-not-quote": (kept_changes.SECTION, kept_changes.do_not_quote),
    "undo": (kept_changes.SECTION, kept_changes.undo),
    "questions": (questions.SECTION, questions.answer),
    "photo": (photos.SECTION, photos.upload),
    "photo-on": (photos.SECTION, photos.put_on),
    "photo-off": (photos.SECTION, photos.leave_out),
    "photo-main": (photos.SECTION, photos.make_main),
    "photo-who": (photos.SECTION, photos.say_who),
    "photo-up": (photos.SECTION, photos.move_up),
    "photo-down": (photos.SECTION, photos.move_down),
    "photo-order": (photos.SECTION, photos.reorder),
    "photo-delete": (photos.SECTION, photos.delete),
    "text-pick": (texts.SECTION, texts.pick),
    "text-vote": (texts.SECTION, texts.vote),
    "text-write": (texts.SECTION, texts.write),
    "name": (you.SECTION, you.rename),
    "approve": (review.SECTION, review.approve),
    "go-back": (review.SECTION, review.go_back),
    "share": (review.SECTION, review.share),
    "share-renew": (review.SECTION, review.renew),
    "share-preview": (review.SECTION, review.preview_with_photo),
    "share-close": (review.SECTION, review.revoke),
    "panic-word": (going.SECTION, going.set_word),
    "get-out": (going.SECTION, going.get_out),
    "leave": (going.SECTION, going.leave),
    "withdraw": (going.SECTION, going.withdraw),
    "forget-me": (going.SECTION, going.forget_me),
}
