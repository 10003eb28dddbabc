"""The profile as a whole: shown to its owner, and approved by nobody but them."""

from typing import Any

from pydantic import Field

from matchmaker.ai import exits, fixed_lines
from matchmaker.ai.actions.base import Action, CitingAction, Outcome, done, refused
from matchmaker.ai.actions.facts import strike
from matchmaker.ai.actions.photos import leave_out
from matchmaker.ai.actions.questions import ask
from matchmaker.ai.drafting import citable
from matchmaker.ai.effects import Approve, CloseQuestion, Effect, LeaveDrafts, SendOwnPage, Write
from matchmaker.ai.fields import FIELDS
from matchmaker.ai.interview import MOST_ASKINGS, Interview
from matchmaker.ai.reading.read_back import read_answer
from matchmaker.ai.reading.yes_no import plain_no, plain_yes, weak_yes
from matchmaker.ai.records import (
    APPROVAL,
    Draft,
    DraftKind,
    DraftState,
    Fact,
    Line,
    LineKind,
    Photo,
    Question,
    Settles,
    State,
)
from matchmaker.ai.turn_taking import is_reaction

# A phone shows about three screens of it; whatever is longer is read on their own page.
MOST_RECAP_CHARACTERS = 1_200

Item = Fact | Draft | Photo


class SendLinkToOwnPage(CitingAction):
    """Send somebody the link to their own page, to their phone alone: there they see what is kept, answer private
    questions, sort photos, preview and approve the profile, or have themselves forgotten. Use it when they ask for any
    of that ("can I see my profile?", "what do you have on me?", "delete my stuff")."""

    name = "send_own_page"
    speaks = True

    person: str = Field(description="id of the primary person, or of whoever wrote the cited message")

    def carry_out_on(self, interview: Interview, cited: Line) -> Outcome:
        if self.person not in (interview.primary, cited.author) or interview.person(self.person) is None:
            return refused("only the primary person or the author of the cited message is sent their page")
        return send_page(interview, self.person, "page_sent")


class SendPrivateQuestions(Action):
    """Not the model's: the questions that nobody asks in front of a group."""

    name = "send_private_questions"
    speaks = True

    def carry_out(self, interview: Interview) -> Outcome:
        if interview.primary is None or not are_private_questions_due(interview):
            return refused("they have been sent, or answered")
        interview.private_questions_sent = True
        return send_page(interview, interview.primary, "questions_sent")


def are_private_questions_due(interview: Interview) -> bool:
    """Once, when the first plain questions have been answered."""
    slugs = [stage.slug for stage in interview.stages]
    is_past_basics = "basics" in slugs and slugs.index(exits.reached(interview)) > slugs.index("basics")
    if not interview.may_keep_facts or not is_past_basics or interview.private_questions_sent:
        return False
    is_told = interview.has_said(_ask_for_it(interview, str(interview.primary)))
    return bool(exits.private_questions(interview)) and not is_told


def send_page(interview: Interview, person: str, key: str, **values: Any) -> Outcome:
    """The link to their phone, and a line in the group that it was sent; where we cannot write to them first, how they
    get it."""
    found = interview.person(person)
    can_send = found is not None and found.can_be_texted
    text = fixed_lines.line(key, interview.language, name=interview.name_of(person), **values)
    said = text if can_send else _ask_for_it(interview, person)
    if said in interview.said:
        return refused("they are just being sent it")
    interview.said.append(said)
    return done(SendOwnPage(person), Write(said)) if can_send else done(Write(said))


def _ask_for_it(interview: Interview, person: str) -> str:
    return fixed_lines.line("page_on_request", interview.language, name=interview.name_of(person))


class RequestApproval(Action):
    """Show the primary person the whole profile, numbered, and ask for their yes to exactly that."""

    name = "request_approval"
    speaks = True

    @classmethod
    def is_offered(cls, interview: Interview) -> bool:
        return is_approval_due(interview)

    def carry_out(self, interview: Interview) -> Outcome:
        if exits.reached(interview) != "review":
            return refused("there is nothing to approve yet")
        lacking = exits.incomplete(interview)
        if lacking:
            return refused(f"not yet; still missing: {', '.join(lacking)}")
        if not is_approval_due(interview):
            return refused("they were asked to approve just that; leave it to them")
        return _show(interview)


def is_approval_due(interview: Interview) -> bool:
    """Complete, and they were not asked about just this version twice, or a moment ago."""
    if exits.reached(interview) != "review" or exits.incomplete(interview):
        return False
    askings = [asked for asked in interview.asked if asked.topic == APPROVAL and asked.version == interview.version]
    return len(askings) < MOST_ASKINGS and not any(map(interview.was_asked_lately, askings))


def _show(interview: Interview) -> Outcome:
    items = recap(interview)
    listed = fixed_lines.numbered([_in_words(interview, item) for item in items])
    if any(fact.is_public and FIELDS[fact.field].private for fact in interview.facts if fact.field in FIELDS):
        # They chose to show it to strangers, which does not mean to read it out to their friends.
        listed += "\n" + fixed_lines.line("recap_private", interview.language)
    name = interview.name_of(interview.primary)
    key = "recap" if len(listed) <= MOST_RECAP_CHARACTERS else "recap_on_page"
    text = fixed_lines.line(key, interview.language, name=name, items=listed)
    settles = Settles(
        facts=tuple(item.id for item in items if isinstance(item, Fact)),
        drafts=tuple(item.id for item in items if isinstance(item, Draft)),
        photos=tuple(item.number for item in items if isinstance(item, Photo)),
        version=interview.version,
    )
    page = [SendOwnPage(interview.primary)] if interview.primary and key == "recap_on_page" else []
    asked = ask(interview, text, topic=APPROVAL, to=interview.primary, settles=settles)
    return done(*page, *asked.effects) if asked.done else asked


def recap(interview: Interview) -> list[Item]:
    """Everything on the profile that may be read out in a group, in the order of its numbers."""
    facts = [fact for slug in FIELDS for fact in citable(interview) if fact.field == slug]
    quoted = [fact for fact in interview.facts if fact.is_quoted and fact.state is State.CONFIRMED]
    return [
        *facts,
        *quoted,
        *interview.picked(DraftKind.BIO),
        *interview.picked(DraftKind.PROMPT),
        *interview.chosen_photos,
    ]


def _in_words(interview: Interview, item: Item) -> str:
    if isinstance(item, Fact) and item.is_quoted:
        words = fixed_lines.value_in_words(item.field, item.value, interview.language)
        return fixed_lines.line(
            "from_friend", interview.language, value=words, friend=interview.name_of(item.said_by)
        )
    if isinstance(item, Fact):
        return fixed_lines.value_in_words(item.field, item.value, interview.language)
    if isinstance(item, Photo):
        return fixed_lines.line("recap_photo", interview.language, number=item.number)
    return f"{item.prompt} {item.text}".strip()


class TellWhatIsMissing(Action):
    """Not the model's: what keeps the profile from being approved."""

    name = "tell_what_is_missing"
    speaks = True

    def carry_out(self, interview: Interview) -> Outcome:
        if not is_missing_due(interview) or interview.primary is None:
            return refused("nothing is missing that they could be told of")
        lacking = _lacking_in_words(interview)
        return send_page(interview, interview.primary, "missing", items=lacking)


def is_missing_due(interview: Interview) -> bool:
    """Once for each thing that is missing: from then on, the page says it."""
    if exits.reached(interview) != "review" or not exits.incomplete(interview):
        return False
    return not (interview.has_said(missing_line(interview)) or _was_told_how(interview))


def _was_told_how(interview: Interview) -> bool:
    person = interview.person(interview.primary)
    can_send = person is not None and person.can_be_texted
    return not can_send and interview.has_said(_ask_for_it(interview, str(interview.primary)))


def missing_line(interview: Interview) -> str:
    name = interview.name_of(interview.primary)
    return fixed_lines.line("missing", interview.language, name=name, items=_lacking_in_words(interview))


def _lacking_in_words(interview: Interview) -> str:
    """Private questions are told of as one, and by no name."""
    private = exits.private_questions(interview)
    topics = [topic for topic in exits.incomplete(interview) if topic not in private]
    words = [fixed_lines.lacking(topic, interview.language) for topic in [*topics, *(["private"] if private else [])]]
    return fixed_lines.listed(words, interview.language)


class ThankForApproval(Action):
    """Not the model's: they approved on their own page, and the group hears of it."""

    name = "thank_for_approval"
    speaks = True

    def carry_out(self, interview: Interview) -> Outcome:
        if not is_thanks_due(interview):
            return refused("there is nothing to thank for")
        text = _thanks(interview)
        interview.said.append(text)
        return done(Write(text))


def is_thanks_due(interview: Interview) -> bool:
    was_on_page = any(line.kind is LineKind.EVENT for line in interview.inputs)
    return was_on_page and interview.is_approved and not interview.has_said(_thanks(interview))


def _thanks(interview: Interview) -> str:
    return fixed_lines.line("approved", interview.language, name=interview.name_of(interview.primary))


# --- the answer -------------------------------------------------------------------------------------------------------


def plain_approval(interview: Interview, question: Question, cited: Line) -> Outcome | None:
    """ "Yes" approves what was shown, and only while it is still the same; a number says what is wrong."""
    if cited.author != interview.primary:
        return None
    if plain_yes(cited.text):
        if question.settles.version != interview.version or exits.incomplete(interview):
            return None  # something changed since it was shown, so that it is shown again
        if _goes_on(interview, cited):
            return None  # "yes" - "wait, no": what they say next answers it
        if weak_yes(cited.text):
            return _ask_plainly(interview, question)
        return approve(interview, cited)
    if plain_no(cited.text):
        return _what_to_change(interview, cited)
    return _numbers(interview, question, cited)


def _goes_on(interview: Interview, cited: Line) -> bool:
    later = [line for line in interview.inputs if line.author == cited.author and line.position > cited.position]
    return any(not plain_yes(line.text) and not is_reaction(line.text) for line in later)


def _ask_plainly(interview: Interview, question: Question) -> Outcome | None:
    """A mere "ok" may be for somebody else. Never asked a third time: then the page has the button."""
    if question.to_make_sure:
        return None
    name = interview.name_of(interview.primary)
    text = fixed_lines.line("approve_plainly", interview.language, name=name)
    return ask(interview, text, topic=APPROVAL, to=interview.primary, settles=question.settles, to_make_sure=True)


def approve(interview: Interview, cited: Line) -> Outcome:
    interview.close_question()
    interview.heard_from.add(str(cited.author))
    interview.approved_version = interview.version
    text = _thanks(interview)
    interview.said.append(text)
    author = str(cited.author)
    return done(CloseQuestion(), Approve(interview.version, author, cited.id), SendOwnPage(author), Write(text))


def _what_to_change(interview: Interview, cited: Line) -> Outcome:
    interview.close_question()
    interview.heard_from.add(str(cited.author))
    text = fixed_lines.line("what_to_change", interview.language, name=interview.name_of(cited.author))
    interview.said.append(text)
    return done(CloseQuestion(), Write(text))


def _numbers(interview: Interview, question: Question, cited: Line) -> Outcome | None:
    """ "3 is wrong", "not 5": taken off the profile, whatever it is."""
    shown = [item for item in recap(interview) if _was_shown(question, item)]
    answer = read_answer(cited.text, len(shown))
    if answer is None or not answer.wrong or question.settles.version != interview.version:
        return None
    wrong = [shown[number - 1] for number in sorted(answer.wrong)]
    interview.close_question()
    effects: list[Effect] = [CloseQuestion()]
    facts = [item for item in wrong if isinstance(item, Fact)]
    drafts = [item for item in wrong if isinstance(item, Draft)]
    if facts:
        effects += strike(interview, facts, cited).effects
    if drafts:
        interview.set_draft_state(drafts, DraftState.LEFT)
        effects.append(LeaveDrafts(tuple(draft.id for draft in drafts)))
    effects += [leave_out(interview, photo) for photo in wrong if isinstance(photo, Photo)]
    interview.heard_from.add(str(cited.author))
    return done(*effects)


def _was_shown(question: Question, item: Item) -> bool:
    settles = question.settles
    return item.number in settles.photos if isinstance(item, Photo) else item.id in (*settles.facts, *settles.drafts)
