"""The profile's texts on somebody's own page: friends vote, the primary person picks, or writes their own words."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django import forms
from django.http import HttpResponse

from conversations_app.own_page.changing import Refused, changing
from conversations_app.own_page.door import Visit
from conversations_app.own_page.kept_changes import NOT_FOUND, id_in
from conversations_app.own_page.telling import tell
from conversations_app.own_page.typed import Line
from matchmaker.ai.exits import ANSWERS
from sessions_app import actions, drafts
from sessions_app.actions import Place
from sessions_app.models import Draft, LockedSession, PageAct, Participant, Session, Vote
from sessions_app.models.drafts import StarterPrompt

SECTION = "texts"
# From then on there is something to look at, or to write oneself.
STAGES = ("drafting", "review", "approved")
FORM = "The form was not complete. Here is how things are now."


@dataclass(frozen=True)
class WrongWords:
    """What they wrote and cannot be kept, and why: they get it back."""

    kind: str
    prompt: str
    instead_of: int
    """The draft that they changed; 0 where they began with nothing."""
    text: str
    line: str


@dataclass(frozen=True)
class Text:
    """One draft, with what people think of it."""

    id: int
    number: int
    text: str
    prompt: str
    is_picked: bool
    is_own: bool
    voters: tuple[str, ...]
    has_my_vote: bool
    wrong: WrongWords | None


@dataclass(frozen=True)
class Answers:
    prompt: str
    texts: list[Text]

    @property
    def is_picked(self) -> bool:
        return any(text.is_picked for text in self.texts)


@dataclass(frozen=True)
class TextsSection:
    bios: list[Text]
    answers: list[Answers]
    other_prompts: list[str]
    is_open: bool
    may_vote: bool
    waiting: int
    wrong: WrongWords | None
    """Written to begin with, instead of none of the drafts."""


def section_for(person: Participant, *, is_shown: bool, wrong: WrongWords | None = None) -> TextsSection:
    session = person.session
    standing = drafts.standing(session).order_by("number")
    if not person.is_primary:
        # What the group was shown; what the primary person wrote since is theirs to show.
        standing = standing.filter(polls__in=session.polls.order_by("-pk")[:1])
    shown = list(standing) if is_shown else []
    votes = _votes(session)
    texts = [_text(draft, person, votes, wrong) for draft in shown]
    bios = [text for text, draft in zip(texts, shown, strict=True) if draft.kind == Draft.Kind.BIO]
    answers = sorted((text for text in texts if text not in bios), key=lambda text: text.prompt)
    by_prompt = [Answers(prompt, list(of_it)) for prompt, of_it in groupby(answers, key=lambda text: text.prompt)]
    poll = drafts.poll_of(session)
    return TextsSection(
        bios=bios,
        answers=by_prompt if person.is_primary else [],
        other_prompts=_other_prompts(by_prompt) if person.is_primary else [],
        is_open=is_shown and _is_open(session),
        may_vote=poll is not None and not person.is_primary,
        waiting=_waiting(person, bios, by_prompt, is_polling=poll is not None),
        wrong=wrong if wrong and not wrong.instead_of else None,
    )


def _is_open(session: Session) -> bool:
    is_there = session.stage in STAGES or drafts.standing(session).exists()
    return is_there and bool(session.is_adult) and actions.has_consented(session)


def _votes(session: Session) -> dict[int, list[Vote]]:
    votes: dict[int, list[Vote]] = {}
    latest = session.polls.last()
    for vote in Vote.objects.filter(poll=latest).select_related("participant") if latest else ():
        votes.setdefault(vote.draft_id, []).append(vote)
    return votes


def _text(draft: Draft, reader: Participant, votes: dict[int, list[Vote]], wrong: WrongWords | None) -> Text:
    mine = votes.get(draft.pk, [])
    return Text(
        id=draft.pk,
        number=draft.number,
        text=draft.text,
        prompt=draft.prompt,
        is_picked=draft.state == Draft.State.PICKED,
        is_own=draft.written_by_id is not None,
        voters=tuple(vote.participant.name for vote in mine),
        has_my_vote=any(vote.participant_id == reader.pk for vote in mine),
        wrong=wrong if wrong and wrong.instead_of == draft.pk else None,
    )


def _other_prompts(answers: Sequence[Answers]) -> list[str]:
    taken = {answer.prompt for answer in answers}
    return [prompt.text for prompt in StarterPrompt.objects.all() if prompt.text not in taken]


def _waiting(person: Participant, bios: list[Text], answers: list[Answers], *, is_polling: bool) -> int:
    """How much there is to be picked, or voted on."""
    if not person.is_primary:
        return int(is_polling and not any(bio.has_my_vote for bio in bios))
    unpicked = int(bool(bios) and not any(bio.is_picked for bio in bios))
    picked = sum(answer.is_picked for answer in answers)
    return unpicked + min(ANSWERS - picked, len(answers) - picked) if answers else unpicked


# --- changes ----------------------------------------------------------------------------------------------------------


class WordsForm(forms.Form):
    """`id`: of the draft that they changed."""

    kind = forms.ChoiceField(choices=Draft.Kind.choices)
    prompt = Line()
    text = Line()
    id = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1)


def pick(visit: Visit) -> HttpResponse:
    pk = id_in(visit)
    with changing(visit) as session:
        draft = _draft(session, pk)
        try:
            where = _picking(visit)
            drafts.pick(session=session, draft=draft, by=visit.person, where=where, at=visit.at)
        except drafts.NotAllowed as why:
            raise Refused(str(why)) from None
        tell(session, visit, "picked a text on their own page")
    return visit.back_to(SECTION, "Picked.")


def vote(visit: Visit) -> HttpResponse:
    pk = id_in(visit)
    with changing(visit) as session:
        draft = _draft(session, pk)
        try:
            where = _picking(visit)
            drafts.vote(session=session, draft=draft, by=visit.person, where=where, at=visit.at)
        except drafts.NotAllowed as why:
            raise Refused(str(why)) from None
        tell(session, visit, "voted on their own page")
    return visit.back_to(SECTION, "Thanks, that's your vote. You can change it while the vote is on.")


def write(visit: Visit) -> HttpResponse | WrongWords:
    """Their own words; what cannot stand comes back to them with the reason."""
    form = WordsForm(visit.request.POST)
    if not form.is_valid():
        raise Refused(FORM)
    words = form.cleaned_data
    kind, text = words["kind"], words["text"]
    prompt = words["prompt"] if kind == Draft.Kind.PROMPT else ""
    with changing(visit) as session:
        if not _is_open(session):
            raise Refused("There's nothing to write yet.")
        if kind == Draft.Kind.PROMPT and not _is_a_prompt(session, prompt):
            raise Refused(FORM)
        same = drafts.standing(session).filter(kind=kind, prompt=prompt, text=text, state=Draft.State.PICKED)
        if same.exists():
            return visit.back_to(SECTION, "That's how it was already.")
        act = PageAct.objects.create(participant=visit.person, what=PageAct.What.WROTE, at=visit.at)
        where = Place(page_act_id=act.pk)
        try:
            drafts.write_own(
                session=session, kind=kind, prompt=prompt, text=text, by=visit.person, where=where, at=visit.at
            )
        except drafts.NotAllowed as why:
            act.delete()
            return WrongWords(kind, prompt, words["id"] or 0, text, str(why))
        tell(session, visit, "wrote a text in their own words, on their own page")
    return visit.back_to(SECTION, "Kept, in your words.")


def _draft(session: LockedSession, pk: int) -> Draft:
    draft = session.drafts.filter(pk=pk).first()
    if draft is None:
        raise Refused(NOT_FOUND)
    return draft


def _is_a_prompt(session: LockedSession, prompt: str) -> bool:
    return StarterPrompt.objects.filter(text=prompt).exists() or session.drafts.filter(prompt=prompt).exists()


def _picking(visit: Visit) -> Place:
    act = PageAct.objects.create(participant=visit.person, what=PageAct.What.PICKED, at=visit.at)
    return Place(page_act_id=act.pk)
