"""The primary person's private questions: a short form, of which everything can be skipped.

Its fields have the names of the profile's, such as `gender`, with `gender_own` for words of one's own where there is a
choice, and `gender_shown` for the box that shows it on the profile. `age_range` is `age_range_from` and `age_range_to`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict

from conversations_app.own_page.changing import Refused, changing
from conversations_app.own_page.door import Visit
from conversations_app.own_page.telling import tell
from conversations_app.own_page.typed import Line, visible
from matchmaker.ai.fields import FIELDS, InvalidValue, Need
from sessions_app import actions, own_words
from sessions_app.models import Fact, Participant, Session
from sessions_app.own_words import RATHER_NOT_SAY, Answer

SECTION = "questions"
OWN = "own"
NOT_YET = "These open once you've said yes to a profile in the chat, and how old you are."
ONLY_YOU = "only you, unless you tick the box."
NEVER_SHOWN = "only you. It never stands on your profile."


@dataclass(frozen=True)
class Question:
    """`options`: to choose from, as (what is kept, what is read). `most`: the characters that fit."""

    slug: str
    asks: str
    why: str
    options: tuple[tuple[str, str], ...] = ()
    most: int = 0
    takes_own_words: bool = True
    may_be_shown: bool = True

    @property
    def kind(self) -> str:
        if self.slug == "age_range":
            return "ages"
        if not self.options:
            return "texts" if self.takes_many else "text"
        return "checks" if self.takes_many else "radios"

    @property
    def takes_many(self) -> bool:
        return FIELDS[self.slug].many

    @property
    def is_required(self) -> bool:
        return FIELDS[self.slug].need is Need.REQUIRED

    @property
    def who_sees_it(self) -> str:
        return ONLY_YOU if self.may_be_shown else NEVER_SHOWN


_DECLINES = (RATHER_NOT_SAY, "Rather not say")
QUESTIONS = (
    Question(
        "gender",
        "What's your gender?",
        "So that your profile is written the way you'd say it.",
        (("woman", "Woman"), ("man", "Man"), ("non-binary", "Non-binary"), _DECLINES),
        most=30,
    ),
    Question(
        "interested_in",
        "Who would you like to meet?",
        "So that the right people find themselves in your profile. Tick as many as you like.",
        (("women", "Women"), ("men", "Men"), ("non-binary people", "Non-binary people"), ("everyone", "Everyone")),
        most=30,
    ),
    Question(
        "orientation",
        "How would you describe your orientation?",
        "Some people like to have it on their profile. Nobody guesses it for you.",
        (
            *(("straight", "Straight"), ("gay", "Gay"), ("lesbian", "Lesbian"), ("bisexual", "Bisexual")),
            *(("pansexual", "Pansexual"), ("asexual", "Asexual"), ("queer", "Queer"), _DECLINES),
        ),
        most=30,
    ),
    Question(
        "age_range",
        "How old should they be?",
        "To know for whom your profile is written.",
        may_be_shown=False,
    ),
    Question(
        "kids_has",
        "Do you have children?",
        "It matters to many, and is easier said early.",
        (("yes", "Yes"), ("no", "No"), _DECLINES),
        takes_own_words=False,
    ),
    Question(
        "kids_wants",
        "Would you like children one day?",
        "It matters to many, and is easier said early.",
        (("yes", "Yes"), ("no", "No"), ("maybe", "Maybe"), _DECLINES),
        takes_own_words=False,
    ),
    Question(
        "dealbreakers",
        "Is there anything you couldn't live with?",
        "To keep your profile clear of it. Three at most; none is fine.",
        most=80,
        may_be_shown=False,
    ),
    Question(
        "faith", "Is there a faith that matters to you?", "Only if you want it known. Most leave it empty.", most=40
    ),
    Question(
        "politics",
        "And in politics?",
        "Only if you want it known. Most leave it empty.",
        most=40,
    ),
)


class QuestionsForm(forms.Form):
    """Everything may be left empty. `cleaned_data["answers"]` has what is to be kept."""

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        for question in QUESTIONS:
            for name, one in _fields_of(question):
                self.fields[name] = one

    def clean(self) -> dict[str, Any]:
        answers = {}
        for question in QUESTIONS:
            try:
                answers[question.slug] = self._answer_to(question)
            except InvalidValue as why:
                self.add_error(question.slug if question.kind != "ages" else "age_range_from", str(why))
        return {"answers": answers}

    def _answer_to(self, question: Question) -> Answer:
        """Raises InvalidValue."""
        said: list[Any] = []
        for text in self._texts(question):
            value = _normal(question, text)
            said += [value] if value not in said else []
        wanted = FIELDS[question.slug]
        if len(said) > (wanted.most if wanted.many else 1):
            raise InvalidValue(f"That's {len(said)}, and {wanted.most} is the most.")
        is_shown = question.may_be_shown and bool(self.cleaned_data.get(f"{question.slug}_shown"))
        return Answer(said, is_public=is_shown and RATHER_NOT_SAY not in said)

    def _texts(self, question: Question) -> list[Any]:
        """Raises InvalidValue."""
        if question.kind == "ages":
            return self._ages()
        chosen = [value for value in self.cleaned_data.get(question.slug) or [] if value != OWN]
        own = self.cleaned_data.get(f"{question.slug}_own", "")
        if not own:
            return chosen
        if question.takes_many:
            return [*chosen, *filter(None, map(str.strip, own.split(",")))]
        if chosen:
            raise InvalidValue("You've picked one and written your own words as well. Please clear one of them.")
        return [own]

    def _ages(self) -> list[Any]:
        youngest, oldest = self.cleaned_data.get("age_range_from", ""), self.cleaned_data.get("age_range_to", "")
        if not youngest and not oldest:
            return []
        if not (youngest and oldest):
            raise InvalidValue("Please fill in both ages, or neither.")
        return [f"{youngest} {oldest}"]

    def parts(self) -> Iterator["QuestionPart"]:
        """As the page shows them."""
        for question in QUESTIONS:
            names = [name for name, _ in _fields_of(question)]
            yield QuestionPart(question, {name.removeprefix(f"{question.slug}"): self[name] for name in names})


@dataclass(frozen=True)
class QuestionPart:
    question: Question
    inputs: dict[str, forms.BoundField]

    @property
    def main(self) -> forms.BoundField:
        return self.inputs.get("") or self.inputs["_from"]

    @property
    def until(self) -> forms.BoundField | None:
        return self.inputs.get("_to")

    @property
    def own(self) -> forms.BoundField | None:
        return self.inputs.get("_own")

    @property
    def shown(self) -> forms.BoundField | None:
        return self.inputs.get("_shown")

    @property
    def errors(self) -> list[str]:
        return [str(error) for one in self.inputs.values() for error in one.errors]

    @property
    def chosen(self) -> list[str]:
        return list(self.main.value() or [])

    @property
    def lines(self) -> list[str]:
        """Of a question that takes several texts: what was written, and room for more."""
        most = FIELDS[self.question.slug].most
        return (self.chosen + [""] * most)[: max(most, len(self.chosen))]


class Several(forms.Field):
    """The values of all inputs with this name, without what nobody sees in them."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[str]:
        texts = [visible(text) for text in value or []]
        return [text for text in texts if text]


def _fields_of(question: Question) -> Iterator[tuple[str, forms.Field]]:
    if question.kind == "ages":
        yield from ((f"{question.slug}_from", Line()), (f"{question.slug}_to", Line()))
    else:
        yield question.slug, Several(required=False)
    if question.options and question.takes_own_words:
        yield f"{question.slug}_own", Line()
    if question.may_be_shown:
        yield f"{question.slug}_shown", forms.BooleanField(required=False)


def _normal(question: Question, text: str) -> Any:
    """Raises InvalidValue, with a line for whoever wrote it."""
    if text == RATHER_NOT_SAY and _DECLINES in question.options:
        return text
    if question.most and len(text) > question.most:
        raise InvalidValue(f"That's {len(text):,} characters, and {question.most} is the most that fits here.")
    try:
        return FIELDS[question.slug].normalise(text)
    except InvalidValue as why:
        raise InvalidValue(f"This {why}.") from None


# --- on the page ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class QuestionsSection:
    form: QuestionsForm
    is_open: bool
    missing: list[str]
    not_yet: str = field(default=NOT_YET)


def section_for(person: Participant, form: QuestionsForm | None = None) -> QuestionsSection:
    kept = _kept(person.session)
    return QuestionsSection(
        form=form or QuestionsForm(initial=_initial(kept)),
        is_open=_may_answer(person, person.session),
        missing=[question.asks for question in QUESTIONS if question.is_required and not kept.get(question.slug)],
    )


def answer(visit: Visit) -> HttpResponse | QuestionsForm:
    """The form itself, with what is wrong about it, when it cannot be kept."""
    form = QuestionsForm(visit.request.POST)
    if not form.is_valid():
        return form
    with changing(visit) as session:
        if not _may_answer(visit.person, session):
            raise Refused(NOT_YET)
        is_new = own_words.answer(
            session=session, person=visit.person, answers=form.cleaned_data["answers"], at=visit.at
        )
        if is_new:
            tell(session, visit, "answered questions on their own page")
    line = "Saved. Only you see what you didn't tick." if is_new else "That's how it was already."
    missing = section_for(visit.person).missing
    return visit.back_to(SECTION, f"{line} Still needed: {' '.join(missing)}" if missing else line)


def _may_answer(person: Participant, session: Session) -> bool:
    """Nothing is kept of anybody who has not agreed to it, or of whom we do not know that they are an adult."""
    is_shown = session.sealed_at is None and session.status != Session.Status.SAFETY_HOLD
    return person.is_primary and is_shown and bool(session.is_adult) and actions.has_consented(session)


def _kept(session: Session) -> dict[str, list[Fact]]:
    slugs = [question.slug for question in QUESTIONS]
    kept: dict[str, list[Fact]] = {}
    for fact in actions.live_facts(session).filter(field__in=slugs):
        kept.setdefault(fact.field, []).append(fact)
    return kept


def _initial(kept: dict[str, list[Fact]]) -> dict[str, Any]:
    initial: dict[str, Any] = {}
    for question in QUESTIONS:
        facts = kept.get(question.slug, [])
        values = [fact.value for fact in facts]
        if question.kind == "ages" and values:
            initial["age_range_from"], initial["age_range_to"] = values[-1]
            continue
        offered = [value for value, _ in question.options]
        own = [str(value) for value in values if question.options and value not in offered]
        initial[question.slug] = [str(value) for value in values if value not in own] + ([OWN] if own else [])
        initial[f"{question.slug}_own"] = ", ".join(own)
        initial[f"{question.slug}_shown"] = any(fact.may_be_shown for fact in facts)
    return initial
