"""Drafts of the bio and of the answers to starter prompts: written from confirmed facts, voted on by friends, picked by
the primary person, whose own words go before any draft."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from matchmaker.ai import drafting, exits, fixed_lines
from matchmaker.ai.actions.base import Action, Outcome, QuotingAction, ShortWords, done, refused
from matchmaker.ai.actions.questions import ask
from matchmaker.ai.effects import AddDraft, CastVote, CloseQuestion, Effect, LeaveDrafts, PickDrafts, Write, WriteOwn
from matchmaker.ai.interview import MOST_ASKINGS, Interview
from matchmaker.ai.reading.answers import chosen_option
from matchmaker.ai.reading.read_back import read_answer
from matchmaker.ai.records import (
    ANSWERS,
    APPROVAL,
    BIO,
    Draft,
    DraftKind,
    DraftState,
    Line,
    LineKind,
    Question,
    Settles,
)


class Sentence(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    text: ShortWords
    facts: Annotated[list[str], Field(max_length=8, description="ids of the facts that it rests on, from `facts`")]


Sentences = Annotated[list[Sentence], Field(min_length=1, max_length=6)]


class _Drafting(Action):
    """What both kinds of draft share."""

    sentences: Sentences

    def words(self) -> str:
        return " ".join(sentence.text for sentence in self.sentences)

    def _add(self, interview: Interview, kind: DraftKind, prompt: str = "") -> Outcome:
        if interview.is_over or not interview.may_keep_facts:
            return refused("there is no profile to draft")
        if exits.reached(interview) != "drafting":
            return refused("it is not time to draft yet")
        said = tuple((sentence.text, tuple(sentence.facts)) for sentence in self.sentences)
        why_not = drafting.why_not(interview, kind, said)
        if why_not:
            return refused(why_not)
        text = drafting.joined(said)
        if any(draft.text.casefold() == text.casefold() for draft in interview.drafts if draft.kind is kind):
            return refused("that very draft is there already")
        facts = tuple(dict.fromkeys(fact for _, facts in said for fact in facts))
        draft = interview.add_draft(Draft("", kind, 0, text, prompt, facts))
        return done(AddDraft(draft.id, kind, prompt, said), why=f"it is draft {draft.number}; code shows it to them")


class DraftBio(_Drafting):
    """Write one bio of 15 to 45 words in the first person, from facts alone: concrete, warm, no praise, no list of
    adjectives. Call it two or three times for bios that differ; friends vote and the primary person picks."""

    name = "draft_bio"

    @classmethod
    def is_offered(cls, interview: Interview) -> bool:
        return _drafts(interview) and not interview.picked(DraftKind.BIO) and _has_room(interview)

    def carry_out(self, interview: Interview) -> Outcome:
        if interview.picked(DraftKind.BIO):
            return refused("a bio is picked already")
        if not _has_room(interview):
            return refused(f"{drafting.MOST_BIOS} bios are enough; let them choose")
        return self._add(interview, DraftKind.BIO)


def _drafts(interview: Interview) -> bool:
    return exits.reached(interview) == "drafting"


def _has_room(interview: Interview) -> bool:
    return len(interview.standing(DraftKind.BIO)) < drafting.MOST_BIOS


class DraftPrompt(_Drafting):
    """Answer one of the starter `prompts` in 20 to 150 characters, in the first person and from facts alone. Three
    different ones are needed."""

    name = "draft_prompt"

    prompt: ShortWords

    @classmethod
    def is_offered(cls, interview: Interview) -> bool:
        return _drafts(interview) and len(interview.standing(DraftKind.PROMPT)) < exits.ANSWERS

    def carry_out(self, interview: Interview) -> Outcome:
        if self.prompt not in interview.prompts:
            return refused("choose one of `prompts`, as it stands there")
        answered = interview.standing(DraftKind.PROMPT)
        if any(draft.prompt == self.prompt for draft in answered):
            return refused("that prompt has its answer; choose another one")
        if len(answered) >= exits.ANSWERS:
            return refused("three answers are enough")
        return self._add(interview, DraftKind.PROMPT, self.prompt)


# --- showing them -----------------------------------------------------------------------------------------------------


class OpenVote(Action):
    """Show the bios to the group, numbered: friends vote, the primary person picks."""

    name = "open_vote"
    speaks = True

    @classmethod
    def is_offered(cls, interview: Interview) -> bool:
        return is_vote_due(interview)

    def carry_out(self, interview: Interview) -> Outcome:
        if not is_vote_due(interview):
            return refused("there are not two new bios to choose from, or a photo comes first; code shows them")
        bios = interview.standing(DraftKind.BIO)
        key = "vote" if any(not person.is_primary for person in interview.people) else "choose_bio"
        items = "\n\n".join(f"{draft.number}. {draft.text}" for draft in bios)
        name = interview.name_of(interview.primary)
        text = fixed_lines.line(key, interview.language, name=name, items=items)
        ids = tuple(draft.id for draft in bios)
        interview.poll, interview.votes = ids, {}
        return ask(interview, text, topic=BIO, to=None, settles=Settles(drafts=ids))


def is_vote_due(interview: Interview) -> bool:
    """Enough bios, of which some were not shown yet, and no photo to ask about first: one question at a time."""
    if exits.photos_to_ask_about(interview):
        return False
    bios = interview.standing(DraftKind.BIO)
    # The model may have written one alone, and nothing more since: better one than none.
    is_enough = len(bios) >= drafting.FEWEST_BIOS_TO_VOTE_ON or any(not bio.is_new for bio in bios)
    return is_enough and not interview.picked(DraftKind.BIO) and {bio.id for bio in bios} != set(interview.poll)


class ShowAnswers(Action):
    """Show the answers to the prompts, and ask the primary person whether they may stand."""

    name = "show_answers"
    speaks = True

    @classmethod
    def is_offered(cls, interview: Interview) -> bool:
        return are_answers_due(interview)

    def carry_out(self, interview: Interview) -> Outcome:
        if not are_answers_due(interview):
            return refused("there are no three answers to show")
        answers = [draft for draft in interview.standing(DraftKind.PROMPT) if draft.state is DraftState.OFFERED]
        items = fixed_lines.numbered([f"{draft.prompt} {draft.text}" for draft in answers])
        name = interview.name_of(interview.primary)
        text = fixed_lines.line("answers", interview.language, name=name, items=items)
        settles = Settles(drafts=tuple(draft.id for draft in answers))
        return ask(interview, text, topic=ANSWERS, to=interview.primary, settles=settles)


def are_answers_due(interview: Interview) -> bool:
    """Three that stand, one of them at least not picked yet, once there is a bio; or as many as there are, where the
    model has written no more since."""
    answers = interview.standing(DraftKind.PROMPT)
    offered = [draft for draft in answers if draft.state is DraftState.OFFERED]
    is_enough = len(answers) >= exits.ANSWERS or any(not draft.is_new for draft in offered)
    if not interview.picked(DraftKind.BIO) or not offered or not is_enough:
        return False
    askings = [
        asked for asked in interview.asked if asked.topic == ANSWERS and {*asked.drafts} >= {d.id for d in offered}
    ]
    return len(askings) < MOST_ASKINGS and not any(map(interview.was_asked_lately, askings))


# --- choosing ---------------------------------------------------------------------------------------------------------


class ChooseDraft(QuotingAction):
    """Somebody says which draft they like, in whatever words. Of the bios a friend's choice is a vote; the primary
    person's settles it."""

    name = "choose_draft"

    kind: Literal["bio", "answer"]
    number: int = Field(ge=1, le=99)

    @classmethod
    def is_offered(cls, interview: Interview) -> bool:
        return any(draft.state is DraftState.OFFERED for draft in interview.drafts)

    def carry_out_on(self, interview: Interview, cited: Line) -> Outcome:
        kind = DraftKind.BIO if self.kind == "bio" else DraftKind.PROMPT
        found = next((draft for draft in interview.standing(kind) if draft.number == self.number), None)
        if found is None:
            return refused("there is no draft with that number")
        if cited.author == interview.primary:
            return pick(interview, [found], cited)
        if kind is not DraftKind.BIO:
            return refused("the primary person decides about the answers")
        return vote(interview, found, cited)


class TurnDownDraft(QuotingAction):
    """The primary person wants another text: this one goes, picked or not, and new ones can be drafted. Without a number
    all of that kind go ("none of these")."""

    name = "turn_down_draft"

    kind: Literal["bio", "answer"]
    number: int | None = Field(None, ge=1, le=99)

    @classmethod
    def is_offered(cls, interview: Interview) -> bool:
        return any(draft.is_standing for draft in interview.drafts)

    def carry_out_on(self, interview: Interview, cited: Line) -> Outcome:
        if cited.author != interview.primary:
            return refused("only the primary person turns a text of theirs down")
        kind = DraftKind.BIO if self.kind == "bio" else DraftKind.PROMPT
        unwanted = [draft for draft in interview.standing(kind) if self.number in (None, draft.number)]
        if not unwanted:
            return refused("there is no such draft")
        return done(*turn_down(interview, unwanted, cited), why="it is gone; draft another one")


def turn_down(interview: Interview, drafts: list[Draft], cited: Line) -> list[Effect]:
    interview.set_draft_state(drafts, DraftState.LEFT)
    interview.heard_from.add(str(cited.author))
    left: list[Effect] = [LeaveDrafts(tuple(draft.id for draft in drafts))]
    if interview.question is not None and interview.question.topic in (BIO, ANSWERS, APPROVAL):
        interview.close_question()
        left.append(CloseQuestion())
    return left


class WriteInOwnWords(QuotingAction):
    """The primary person gives a text of their own for the bio, or for a prompt: it is kept word for word. The quote is
    that text and nothing around it."""

    name = "write_in_own_words"

    quote: str = Field(min_length=1, max_length=drafting.BIO_CHARACTERS)
    kind: Literal["bio", "answer"]
    prompt: ShortWords | None = None

    @classmethod
    def is_offered(cls, interview: Interview) -> bool:
        return exits.reached(interview) in ("drafting", *exits.SHAPED)

    def carry_out_on(self, interview: Interview, cited: Line) -> Outcome:
        if cited.author != interview.primary:
            return refused("only the primary person can write for themselves")
        kind = DraftKind.BIO if self.kind == "bio" else DraftKind.PROMPT
        prompt = self.prompt or ""
        if kind is DraftKind.PROMPT and prompt not in interview.prompts:
            return refused("choose one of `prompts`, as it stands there")
        text = " ".join(self.quote.split())
        why_not = drafting.refusal_of_own_words(kind, text)
        if why_not:
            return refused(why_not)
        draft = interview.add_draft(Draft("", kind, 0, text, prompt if kind is DraftKind.PROMPT else "", is_own=True))
        effects = _settle(interview, [draft], cited)
        own = WriteOwn(draft.id, kind, draft.prompt, text, str(cited.author), cited.id)
        return done(*effects, own, why="it is theirs, word for word")


def vote(interview: Interview, draft: Draft, cited: Line) -> Outcome:
    """A friend's, for a bio that is shown. Changing one's mind is all right until the primary person picks."""
    if draft.id not in interview.poll or cited.author is None:
        return refused("nobody votes on that one now")
    interview.votes[cited.author] = draft.id
    interview.heard_from.add(cited.author)
    return done(CastVote(draft.id, cited.author, cited.id))


def pick(interview: Interview, drafts: list[Draft], cited: Line) -> Outcome:
    effects = _settle(interview, drafts, cited)
    picked = PickDrafts(tuple(draft.id for draft in drafts), str(cited.author), cited.id)
    return done(*effects, picked)


def _settle(interview: Interview, drafts: list[Draft], cited: Line) -> list[Effect]:
    """These are picked from now on, and what stood in their place is not."""
    effects: list[Effect] = []
    kind = drafts[0].kind
    topic = BIO if kind is DraftKind.BIO else ANSWERS
    interview.heard_from.add(str(cited.author))
    if interview.question is not None and interview.question.topic == topic:
        interview.close_question()
        effects.append(CloseQuestion())
    prompts = {draft.prompt for draft in drafts}
    replaced = [other for other in interview.standing(kind) if other not in drafts and other.prompt in prompts]
    interview.set_draft_state(replaced, DraftState.LEFT)
    interview.pick_drafts(drafts)
    if kind is DraftKind.PROMPT:
        earliest_first = sorted(interview.picked(kind), key=lambda draft: (draft.picked_at, draft.number))
        interview.set_draft_state(earliest_first[: -exits.ANSWERS], DraftState.LEFT)
    if kind is DraftKind.BIO:
        effects += _say_who_voted(interview, drafts[0])
        interview.poll = ()
    return effects


def _say_who_voted(interview: Interview, picked: Draft) -> list[Effect]:
    """Friends took part, so they hear what came of it."""
    voters = [interview.name_of(person) for person, draft in interview.votes.items() if draft == picked.id]
    if not interview.votes:
        return []
    key = "picked_with_votes" if voters else "picked_against_votes"
    text = fixed_lines.line(
        key,
        interview.language,
        name=interview.name_of(interview.primary),
        number=picked.number,
        friends=fixed_lines.listed(voters, interview.language) if voters else "",
    )
    interview.said.append(text)
    return [Write(text)]


# --- plain answers, read by code --------------------------------------------------------------------------------------


def plain_choice(interview: Interview, cited: Line) -> Outcome | None:
    """A number, or "the second one", while the bios are on the screen."""
    shown = [draft for draft in interview.drafts if draft.id in interview.poll and draft.is_standing]
    ours = [line.position for line in interview.lines if line.kind is LineKind.MATCHMAKER]
    if not shown or not interview.is_to_us(cited, since=max(ours, default=0)):
        return None
    found = _chosen(cited.text, shown)
    if found is None:
        return None
    return pick(interview, [found], cited) if cited.author == interview.primary else vote(interview, found, cited)


def _chosen(text: str, shown: list[Draft]) -> Draft | None:
    """By its number or, where the numbers go on from earlier drafts, by its place in the list."""
    number = chosen_option(text, max(draft.number for draft in shown))
    by_number = next((draft for draft in shown if draft.number == number), None)
    if by_number is not None:
        return by_number
    place = chosen_option(text, len(shown))
    return shown[place - 1] if place else None


def plain_answers(interview: Interview, question: Question, cited: Line) -> Outcome | None:
    """Whether the answers to the prompts may stand: a yes, or which numbers may not."""
    if cited.author != interview.primary:
        return None
    shown = [draft for draft in interview.drafts if draft.id in question.settles.drafts]
    answer = read_answer(cited.text, len(shown))
    if answer is None or not (answer.all_right or answer.wrong):
        return None
    unwanted = [draft for number, draft in enumerate(shown, start=1) if number in answer.wrong]
    good = [draft for draft in shown if draft not in unwanted]
    interview.set_draft_state(unwanted, DraftState.LEFT)
    left: list[Effect] = [LeaveDrafts(tuple(draft.id for draft in unwanted))] if unwanted else []
    if good:
        return done(*left, *pick(interview, good, cited).effects)
    interview.close_question()
    interview.heard_from.add(str(cited.author))
    return done(*left, CloseQuestion())
