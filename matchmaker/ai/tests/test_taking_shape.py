"""Photos, drafts, votes and approval in the chat: what each person's words may do, and what code shows next."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from matchmaker.ai import drafting, exits
from matchmaker.ai.actions import (
    ACTIONS,
    AskAboutPhotos,
    ChooseDraft,
    DraftBio,
    DraftPrompt,
    OpenVote,
    PlainLine,
    RequestApproval,
    SendLinkToOwnPage,
    ShowAnswers,
    TagPhoto,
    TakeAnswer,
    TurnDownDraft,
    WriteInOwnWords,
)
from matchmaker.ai.actions.drafts import Sentence
from matchmaker.ai.actions.steps import due_steps
from matchmaker.ai.effects import (
    AddDraft,
    Approve,
    Ask,
    CastVote,
    CloseQuestion,
    Effect,
    LeaveDrafts,
    LeaveOutPhoto,
    PickDrafts,
    SendOwnPage,
    StrikeFacts,
    UsePhoto,
    Write,
    WriteOwn,
)
from matchmaker.ai.interview import Interview
from matchmaker.ai.records import (
    ANSWERS,
    APPROVAL,
    BIO,
    PHOTO_USE,
    Draft,
    DraftKind,
    DraftState,
    Fact,
    LineKind,
    Photo,
    Question,
    Settles,
    Shows,
    State,
)
from matchmaker.ai.tests.interviews import START, a_fact, an_interview
from matchmaker.ai.turn_taking import Cause, Floor, Judge

FACTS = [
    a_fact("first_name", "Abby"),
    a_fact("age", 27),
    a_fact("area", "Leeds"),
    a_fact("intention", "long_term"),
    a_fact("first_date_idea", "coffee by the canal"),
    a_fact("gender", "woman"),
    a_fact("interested_in", "men"),
    *[a_fact("interests", value) for value in ("bouldering", "sourdough", "sea swimming")],
    *[
        a_fact("stories", value)
        for value in (
            "baked three loaves on Sunday and dropped one",
            "got stuck on a boulder for 20 minutes",
            "swam in the sea on New Year",
        )
    ],
    a_fact("green_flags", "she drove two hours to bring me soup", said_by="lena"),
]
OWN = Photo(1, "abby")
PROMPTS = ("Slowly building:", "Ask me to explain…", "Proof I was paying attention:", "Our first hour could be:")


def shaping(*said: tuple[str, str], stage: str = "drafting", **changes: Any) -> Interview:
    known = {"facts": list(FACTS), "photos": [replace(OWN, shows=Shows.OWNER, place=1)], "prompts": PROMPTS}
    return an_interview(*said or [("abby", "hm")], stage=stage, **{**known, **changes})


def bio(number: int = 1, text: str = "", **changes: Any) -> Draft:
    facts = ("interests=bouldering", "area=Leeds")
    return Draft(f"d{number}", DraftKind.BIO, number, text or f"Bio {number}", facts=facts, **changes)


def answer(number: int, **changes: Any) -> Draft:
    return Draft(f"a{number}", DraftKind.PROMPT, number, f"Answer {number}", prompt=PROMPTS[number - 1], **changes)


def finished(*said: tuple[str, str], stage: str = "review", **changes: Any) -> Interview:
    picked = [bio(state=DraftState.PICKED), *(answer(number, state=DraftState.PICKED) for number in (1, 2, 3))]
    return shaping(*said, stage=stage, **{"drafts": picked, **changes})


def written(*sentences: tuple[str, list[str]]) -> list[Sentence]:
    return [Sentence(text=text, facts=facts) for text, facts in sentences]


GOOD = written(
    ("I boulder in Leeds, and once got stuck on one for 20 minutes.", ["interests=bouldering", "area=Leeds"]),
    ("I bake three sourdough loaves on a Sunday.", ["stories=baked three loaves on Sunday and dropped one"]),
    ("That boulder still waits.", ["stories=got stuck on a boulder for 20 minutes", "interests=sourdough"]),
)


def asked_for(topic: str, **settles: Any) -> Question:
    return Question(topic, None if topic == BIO else "abby", position=0, settles=Settles(**settles))


def says(interview: Interview) -> tuple[Effect, ...]:
    """What code makes of the newest line."""
    return TakeAnswer(message=interview.lines[-1].id).carry_out(interview).effects


def kinds(effects: tuple[Effect, ...]) -> list[type]:
    return [type(effect) for effect in effects]


# --- photos -----------------------------------------------------------------------------------------------------------


def with_photos(*said: tuple[str, str], photos: list[Photo], **changes: Any) -> Interview:
    question = asked_for(PHOTO_USE, photos=tuple(photo.number for photo in photos))
    return shaping(*said, stage="photos", **{"photos": photos, "question": question, **changes})


def test_nobody_else_in_them_puts_their_own_photos_on_the_profile() -> None:
    interview = with_photos(("abby", "nope, just me"), photos=[OWN, Photo(2, "abby")])
    interview.lines[-1] = replace(interview.lines[-1], text="no")
    effects = says(interview)
    assert effects == (CloseQuestion(), UsePhoto(1, Shows.OWNER), UsePhoto(2, Shows.OWNER))
    assert [photo.place for photo in interview.photos] == [1, 2]


@pytest.mark.parametrize(("text", "effect"), [("yes", UsePhoto(3, Shows.TOGETHER)), ("no", LeaveOutPhoto(3))])
def test_a_friends_photo_waits_for_the_primary_persons_own_word(text: str, effect: Effect) -> None:
    interview = with_photos(("abby", text), photos=[Photo(3, "lena")])
    assert says(interview) == (CloseQuestion(), effect)


@pytest.mark.parametrize("text", ["yes", "Lena's in the second one", "hm"])
def test_of_their_own_photos_a_yes_is_for_the_model_to_follow_up(text: str) -> None:
    assert says(with_photos(("abby", text), photos=[OWN])) == ()


def test_a_friends_answer_about_photos_settles_nothing() -> None:
    assert says(with_photos(("lena", "no"), photos=[OWN])) == ()


def tag(interview: Interview, **arguments: Any) -> tuple[Effect, ...]:
    line = interview.lines[-1]
    return TagPhoto(message=line.id, quote=line.text, **arguments).carry_out(interview).effects


def test_the_main_photo_moves_to_the_front() -> None:
    photos = [replace(OWN, shows=Shows.OWNER, place=1), Photo(2, "abby", Shows.TOGETHER)]
    interview = with_photos(("abby", "2 is my main one"), photos=photos)
    assert tag(interview, photo=2, main=True) == (CloseQuestion(), UsePhoto(2, Shows.TOGETHER, is_main=True))
    assert [photo.number for photo in interview.chosen_photos] == [2, 1]


@pytest.mark.parametrize(
    ("who", "arguments"),
    [
        ("lena", {"photo": 1, "shows": "owner"}),
        ("abby", {"photo": 9, "shows": "owner"}),
        ("abby", {"photo": 1}),
        ("abby", {"photo": 1, "shows": "others", "main": True}),
        ("abby", {"photo": 1, "shows": "others"}),
    ],
    ids=["a friend", "unknown", "nobody said who is in it", "others as main", "others first"],
)
def test_a_photo_is_not_used_without(who: str, arguments: dict[str, Any]) -> None:
    assert tag(with_photos((who, "that one"), photos=[OWN]), **arguments) == ()


def test_code_asks_about_photos_that_have_come_and_the_primary_persons_first() -> None:
    interview = shaping(stage="photos", photos=[Photo(1, "lena"), Photo(2, "abby"), Photo(3, "abby")])
    [step] = due_steps(interview)
    [effect] = step.carry_out(interview).effects
    assert isinstance(effect, Ask)
    assert (effect.topic, effect.settles.photos, effect.to) == (PHOTO_USE, (2, 3), "abby")
    assert "photos 2 and 3" in effect.text.lower()


def test_a_photo_in_the_middle_of_banter_is_asked_about() -> None:
    interview = shaping(("lena", "haha"), ("abby", "lol"), stage="photos", photos=[OWN])
    judge = Judge("Matchmaker")
    assert judge(interview).floor is Floor.LISTEN_ONLY
    interview.lines[-1] = replace(interview.lines[-1], has_media=True)
    assert judge(interview).floor is Floor.MUST_SPEAK


def test_a_group_without_photos_goes_on_at_the_third_asking() -> None:
    interview = shaping(stage="photos", photos=[])
    assert exits.missing(interview) == ["photos"]
    for _ in range(2):
        interview.open_question(Question("photos", "abby", 1), "photos?")
    assert exits.reached(interview) == "drafting"


# --- drafts -----------------------------------------------------------------------------------------------------------


def test_a_draft_of_facts_is_kept_with_what_it_rests_on() -> None:
    interview = shaping()
    outcome = DraftBio(sentences=GOOD).carry_out(interview)
    assert outcome.done, outcome.why
    [effect] = outcome.effects
    assert isinstance(effect, AddDraft)
    assert interview.standing(DraftKind.BIO)[0].number == 1


PADDING = (
    "I boulder and bake sourdough in Leeds on a Sunday, and swim in the sea.",
    ["interests=sourdough", "area=Leeds"],
)


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        (("I am a gorgeous astronaut.", ["area=Leeds"]), "gorgeous"),
        (("I boulder in Paris.", ["interests=bouldering"]), "paris"),
        (("I own 4 boulders.", ["interests=bouldering"]), "4"),
        (("I boulder.", ["interests=chess"]), "no confirmed fact"),
        (("I boulder.", []), "cite at least one"),
        (("Lena brought me soup.", ["green_flags=she drove two hours to bring me soup"]), "no confirmed fact"),
        (("I am a woman.", ["gender=woman"]), "no confirmed fact"),
        (("Lena and I boulder.", ["interests=bouldering"]), "Lena has not agreed"),
        (("Call me on +44 7700 900123.", ["area=Leeds"]), "phone number"),
        (("Find me on insta.", ["area=Leeds"]), "no way to reach"),
        (("</messages> I boulder.", ["interests=bouldering"]), "markup"),
        (("Bouldering and good vibes.", ["interests=bouldering"]), "good vibes"),
    ],
)
def test_a_draft_may_not_say(sentence: tuple[str, list[str]], why: str) -> None:
    interview = shaping(cliches=("good vibes",))
    facts = ["interests=bouldering", "interests=sea swimming", "stories=baked three loaves on Sunday and dropped one"]
    outcome = DraftBio(sentences=written((PADDING[0], [*PADDING[1], *facts]), sentence)).carry_out(interview)
    assert not outcome.done
    assert why in outcome.why


def test_one_fact_is_not_enough_for_a_draft() -> None:
    text = "I boulder, and I boulder, and then again I boulder, as ever and always."
    outcome = DraftBio(sentences=written((text, ["interests=bouldering"]))).carry_out(shaping())
    assert "at least 2 facts" in outcome.why


@pytest.mark.parametrize("sentences", [1, 15])
def test_a_bio_has_its_length(sentences: int) -> None:
    one = ("In Leeds I boulder and boulder.", ["interests=bouldering", "area=Leeds"])
    assert "a bio has 10 to 80 words" in drafting.why_not(shaping(), DraftKind.BIO, [one] * sentences)


@pytest.mark.parametrize(
    ("language", "text", "claims"),
    [
        ("es", "Escalo en Leeds y me encanta el pan de masa madre.", ["escalo", "leeds", "pan", "masa", "madre"]),
        ("de", "Ich klettere gern in Leeds und backe am Sonntag.", ["klettere", "leeds", "backe", "sonntag"]),
        ("fr", "Je grimpe à Leeds avec 3 amis.", ["leeds", "3"]),
    ],
)
def test_what_a_text_claims_is_found_in_other_languages(language: str, text: str, claims: list[str]) -> None:
    assert sorted(set(drafting._claims_of(text, language))) == sorted(set(claims))


def test_an_answer_needs_a_starter_of_ours_and_answers_it_once() -> None:
    interview = shaping()
    sentences = written(("the sourdough that I bake on a Sunday", ["interests=sourdough", FACTS[10].id]))
    assert not DraftPrompt(prompt="My star sign:", sentences=sentences).carry_out(interview).done
    assert DraftPrompt(prompt=PROMPTS[0], sentences=sentences).carry_out(interview).done
    assert not DraftPrompt(prompt=PROMPTS[0], sentences=sentences).carry_out(interview).done


def test_nothing_is_drafted_before_its_time() -> None:
    interview = shaping(stage="stories")
    interview.facts = [fact for fact in FACTS if fact.field != "stories"]
    assert not DraftBio(sentences=GOOD).carry_out(interview).done
    assert not DraftBio.is_offered(interview)


def test_a_draft_falls_with_what_it_rests_on_and_drafting_begins_again() -> None:
    interview = finished(("abby", "2 is wrong"))
    bouldering = next(fact for fact in interview.facts if fact.value == "bouldering")
    interview.drop([bouldering])
    assert interview.fallen == {DraftKind.BIO}
    assert exits.reached(interview) == "drafting"


# --- votes ------------------------------------------------------------------------------------------------------------


def voting(*said: tuple[str, str], **changes: Any) -> Interview:
    shown = {"drafts": [bio(1), bio(2), bio(3)], "poll": ("d1", "d2", "d3")}
    return shaping(*said, **{**shown, "question": asked_for(BIO, drafts=shown["poll"]), **changes})


def test_code_shows_the_bios_once_there_are_two() -> None:
    interview = shaping(drafts=[bio(1, "I boulder."), bio(2, "I bake.")])
    [step] = due_steps(interview)
    [effect] = step.carry_out(interview).effects
    assert isinstance(effect, Ask)
    assert "1. I boulder." in effect.text and "2. I bake." in effect.text
    assert effect.settles.drafts == ("d1", "d2")
    assert due_steps(interview) == []


def test_a_photo_that_came_meanwhile_is_asked_about_before_the_vote() -> None:
    interview = shaping(drafts=[bio(1), bio(2)], photos=[replace(OWN, shows=Shows.OWNER, place=1), Photo(2, "lena")])
    assert not OpenVote().carry_out(interview).done
    [step] = due_steps(interview)
    assert isinstance(step, AskAboutPhotos)


@pytest.mark.parametrize("text", ["2", "number 2", "the second one", "2!"])
def test_a_friend_votes_by_number_or_in_words(text: str) -> None:
    interview = voting(("lena", text))
    assert says(interview) == (CastVote("d2", "lena", "m1"),)
    assert interview.question is not None


def test_changing_ones_mind_counts_once() -> None:
    interview = voting(("lena", "3"), votes={"lena": "d1"})
    says(interview)
    assert interview.votes == {"lena": "d3"}


def test_the_primary_persons_pick_wins_against_the_vote() -> None:
    interview = voting(("abby", "2"), votes={"lena": "d1"})
    effects = says(interview)
    assert kinds(effects) == [CloseQuestion, Write, PickDrafts]
    assert [draft.id for draft in interview.picked(DraftKind.BIO)] == ["d2"]
    assert [draft.state for draft in interview.drafts] == [DraftState.LEFT, DraftState.PICKED, DraftState.LEFT]


def test_a_number_that_answers_another_question_is_no_vote() -> None:
    question = Question("intention", "lena", 0, settles=Settles(options=("long_term", "friendship")))
    assert says(voting(("lena", "2"), question=question)) == ()


def test_the_numbers_of_new_drafts_go_on_and_their_places_count_too() -> None:
    shown = [bio(4), bio(5)]
    interview = voting(("abby", "the second one"), drafts=shown, poll=("d4", "d5"))
    says(interview)
    assert [draft.number for draft in interview.picked(DraftKind.BIO)] == [5]


def test_a_friend_votes_and_cannot_pick() -> None:
    interview = voting(("lena", "I like the one with the bread"))
    choice = ChooseDraft(message="m1", quote="the one with the bread", kind="bio", number=2)
    assert kinds(choice.carry_out(interview).effects) == [CastVote]
    answer_choice = replace(interview, drafts=[answer(1)])
    refused = ChooseDraft(message="m1", quote="the one", kind="answer", number=1).carry_out(answer_choice)
    assert not refused.done


def test_answers_are_shown_once_a_bio_is_picked_and_a_yes_picks_them() -> None:
    interview = shaping(("abby", "yes"), drafts=[bio(state=DraftState.PICKED), answer(1), answer(2), answer(3)])
    [step] = due_steps(interview)
    step.carry_out(interview)
    assert interview.question is not None and interview.question.topic == ANSWERS
    interview.question = replace(interview.question, position=0)

    effects = says(interview)

    assert effects == (CloseQuestion(), PickDrafts(("a1", "a2", "a3"), "abby", "m1"))
    assert exits.reached(interview) == "review"


def test_answers_of_which_one_fell_are_shown_again_at_once() -> None:
    shown = [bio(state=DraftState.PICKED), answer(1), answer(2), answer(3)]
    interview = shaping(drafts=shown)
    due_steps(interview)[0].carry_out(interview)
    interview.question = None
    assert due_steps(interview) == []
    interview.drafts = [*shown[:3], answer(4)]
    assert isinstance(due_steps(interview)[0], ShowAnswers)


def test_an_answer_that_they_do_not_like_is_left_and_the_others_picked() -> None:
    drafts = [bio(state=DraftState.PICKED), answer(1), answer(2), answer(3)]
    interview = shaping(("abby", "2 is wrong"), drafts=drafts, question=asked_for(ANSWERS, drafts=("a1", "a2", "a3")))
    assert says(interview) == (LeaveDrafts(("a2",)), CloseQuestion(), PickDrafts(("a1", "a3"), "abby", "m1"))
    assert exits.reached(interview) == "drafting"


def test_none_of_these_makes_room_for_new_ones() -> None:
    interview = voting(("abby", "none of these is me"))
    outcome = TurnDownDraft(message="m1", quote="none of these", kind="bio").carry_out(interview)
    assert outcome.effects == (LeaveDrafts(("d1", "d2", "d3")), CloseQuestion())
    assert DraftBio.is_offered(interview)
    assert not TurnDownDraft(message="m1", quote="none", kind="bio").carry_out(voting(("lena", "none"))).done


OWN_WORDS = "I climb rocks that do not care, bake bread that does, and swim when it is too cold."


def test_their_own_words_are_kept_word_for_word() -> None:
    interview = voting(("abby", f"make it: {OWN_WORDS}"))
    own = WriteInOwnWords(message="m1", quote=OWN_WORDS, kind="bio").carry_out(interview)
    assert kinds(own.effects) == [CloseQuestion, WriteOwn]
    assert [draft.text for draft in interview.picked(DraftKind.BIO)] == [OWN_WORDS]


@pytest.mark.parametrize(
    ("who", "text", "quote"),
    [("lena", OWN_WORDS, OWN_WORDS), ("abby", "I climb", OWN_WORDS), ("abby", "Text me: abby@example.com", "")],
    ids=["a friend's", "not their words", "how to reach them"],
)
def test_nothing_else_counts_as_their_own_words(who: str, text: str, quote: str) -> None:
    interview = voting((who, text))
    assert not WriteInOwnWords(message="m1", quote=quote or text, kind="bio").carry_out(interview).done


# --- review -----------------------------------------------------------------------------------------------------------


def test_the_whole_profile_is_shown_and_private_matters_are_not() -> None:
    interview = finished()
    [step] = due_steps(interview)
    assert isinstance(step, RequestApproval)
    [effect] = step.carry_out(interview).effects
    assert isinstance(effect, Ask)
    assert "Bio 1" in effect.text and "age: 27" in effect.text
    assert "woman" not in effect.text
    assert (effect.topic, effect.to, effect.settles.version) == (APPROVAL, "abby", interview.version)


def approving(*said: tuple[str, str], **changes: Any) -> Interview:
    interview = finished(*said, **changes)
    shown = Settles(
        facts=tuple(fact.id for fact in drafting.citable(interview)),
        drafts=tuple(draft.id for draft in interview.drafts),
        photos=(1,),
        version=interview.version,
    )
    interview.question = Question(APPROVAL, "abby", 0, settles=shown)
    return interview


@pytest.mark.parametrize("text", ["yes", "Yes!", "sí", "ja", "yes please"])
def test_their_plain_yes_approves_what_was_shown(text: str) -> None:
    interview = approving(("abby", text))
    effects = says(interview)
    assert Approve(interview.version, "abby", "m1") in effects
    assert exits.reached(interview) == "approved"


@pytest.mark.parametrize(
    "text", ["yeah right", "I guess", "looks ok I suppose?", "haha yes if you say so", "👍 lena"]
)
def test_anything_vague_approves_nothing(text: str) -> None:
    assert not any(isinstance(effect, Approve) for effect in says(approving(("abby", text))))


def test_a_mere_ok_is_asked_about_once_more() -> None:
    interview = approving(("abby", "ok"))
    [effect] = says(interview)
    assert isinstance(effect, Ask) and effect.to_make_sure
    assert not interview.is_approved


def test_a_friends_yes_approves_nothing() -> None:
    assert says(approving(("lena", "yes"))) == ()


def test_a_yes_to_what_has_changed_since_approves_nothing() -> None:
    interview = approving(("abby", "yes"))
    interview.facts.append(a_fact("job_or_study", "nurse"))
    assert says(interview) == ()


def test_no_tool_of_the_models_approves() -> None:
    assert "approve" not in ACTIONS
    assert all(not issubclass(Approve, type(action)) for action in ACTIONS.values())


@pytest.mark.parametrize(
    ("number", "effect"),
    [
        (1, StrikeFacts),
        (len(drafting.citable(shaping())) + 1, LeaveDrafts),
        (len(drafting.citable(shaping())) + 5, LeaveOutPhoto),
    ],
    ids=["a fact", "the bio", "a photo"],
)
def test_a_number_takes_off_whatever_stands_there(number: int, effect: type) -> None:
    effects = says(approving(("abby", f"{number} is wrong")))
    assert kinds(effects) == [CloseQuestion, effect]


def test_a_change_after_approval_goes_back_to_review_with_another_version() -> None:
    interview = finished(stage="approved")
    interview.approved_version = interview.version
    assert exits.settle_stage(interview) == []
    interview.facts.append(a_fact("quirk", "names her plants"))
    assert exits.settle_stage(interview) == ["review"]


def test_after_approval_we_leave_them_to_their_talk_until_they_turn_to_us() -> None:
    judge = Judge("Matchmaker")
    interview = finished(("lena", "so who is coming to the pub on Friday"), stage="approved")
    interview.approved_version = interview.version
    assert judge(interview).floor is Floor.LISTEN_ONLY
    interview.lines[-1] = replace(interview.lines[-1], author="abby", text="Matchmaker, can we change my bio")
    assert judge(interview).floor is Floor.MUST_SPEAK


def test_what_is_only_heard_leaves_an_approved_profile_alone() -> None:
    interview = finished(stage="approved")
    interview.approved_version = interview.version
    interview.facts.append(a_fact("quirk", "names her plants", state=State.PROPOSED))
    assert interview.is_approved


@pytest.mark.parametrize(
    ("missing", "line"),
    [("gender", "Still missing: a few questions just for you."), ("first_name", "Still missing: your first name.")],
)
def test_what_is_missing_is_told_once_with_the_link(missing: str, line: str) -> None:
    interview = finished(private_questions_sent=True)
    interview.facts = [fact for fact in interview.facts if fact.field != missing]
    [step] = due_steps(interview)
    page, told = step.carry_out(interview).effects
    assert page == SendOwnPage("abby")
    assert isinstance(told, Write) and line in told.text
    assert due_steps(interview) == []


def test_private_questions_are_sent_once_and_not_asked_in_the_group() -> None:
    facts = [fact for fact in FACTS if fact.field not in ("gender", "interested_in", "intention")]
    interview = shaping(stage="looking_for", facts=facts, photos=[])
    [step] = due_steps(interview)
    effects = step.carry_out(interview).effects
    assert effects[0] == SendOwnPage("abby")
    assert due_steps(interview) == []


def test_approval_on_their_page_is_thanked_for_in_the_group() -> None:
    interview = finished(("abby", "approved the profile"), stage="approved")
    interview.approved_version = interview.version
    interview.lines[-1] = replace(interview.lines[-1], kind=LineKind.EVENT)
    [step] = due_steps(interview)
    [effect] = step.carry_out(interview).effects
    assert isinstance(effect, Write) and "your profile is done" in effect.text


def test_whoever_asks_for_their_page_is_sent_the_link_and_nobody_elses() -> None:
    interview = shaping(("lena", "what do you have on me?"))
    sent = SendLinkToOwnPage(message="m1", person="lena").carry_out(interview)
    assert sent.effects[0] == SendOwnPage("lena")
    mischief = replace(interview, people=[*interview.people, replace(interview.people[1], id="sam", name="Sam")])
    assert not SendLinkToOwnPage(message="m1", person="sam").carry_out(mischief).done


def test_nothing_can_be_quoted_from_what_was_done_beside_the_chat() -> None:
    interview = shaping(("abby", "chose photos on their own page"))
    interview.lines[-1] = replace(interview.lines[-1], kind=LineKind.EVENT)
    assert tag(interview, photo=1, shows="owner") == ()


def test_sealed_and_heard_things_carry_no_draft() -> None:
    heard = Fact("interests", "chess", State.PROPOSED, "abby", "m0", id="f9")
    assert heard not in drafting.citable(shaping(facts=[*FACTS, heard]))


# --- what the copy and the rows agree on ------------------------------------------------------------------------------


def test_friends_words_that_were_allowed_since_make_it_another_profile() -> None:
    interview = approving(("abby", "yes"))
    interview.facts = [replace(fact, is_quoted=fact.field == "green_flags") for fact in interview.facts]
    assert says(interview) == ()


def test_friends_words_stand_in_the_recap_and_what_is_private_does_not() -> None:
    interview = finished()
    interview.facts = [replace(fact, is_quoted=fact.field == "green_flags") for fact in interview.facts]
    [effect] = RequestApproval().carry_out(interview).effects
    assert isinstance(effect, Ask)
    assert "soup” (Lena says)" in effect.text
    assert "what you chose to show on your own page" in effect.text  # gender is public in these facts


@pytest.mark.parametrize("text", ["2", "yes"])
def test_whoever_has_left_since_decides_nothing(text: str) -> None:
    for interview in (voting(("abby", text)), approving(("abby", text))):
        interview.people = [replace(interview.people[0], has_left=True), interview.people[1]]
        assert says(interview) == ()


def test_a_yes_that_is_taken_back_at_once_approves_nothing() -> None:
    interview = approving(("abby", "yes"), ("abby", "wait no, 3 is wrong"))
    interview.lines = [replace(line, is_new=True) for line in interview.lines]
    assert TakeAnswer(message="m1").carry_out(interview).effects == ()
    interview.lines[-1] = replace(interview.lines[-1], text="🎉")
    assert TakeAnswer(message="m1").carry_out(interview).done


def test_a_number_said_to_a_friend_picks_nothing() -> None:
    assert says(voting(("lena", "how many loaves did you drop again?"), ("abby", "1"))) == ()


def test_one_bio_is_shown_when_the_model_writes_no_other() -> None:
    interview = shaping(drafts=[bio(1)])
    [step] = due_steps(interview)
    assert isinstance(step, OpenVote)
    alone = shaping()
    DraftBio(sentences=GOOD).carry_out(alone)
    assert due_steps(alone) == []


def test_a_fourth_answer_takes_the_place_of_the_earliest() -> None:
    answers = [
        answer(number, state=DraftState.PICKED, picked_at=START + timedelta(minutes=number)) for number in (1, 2, 3)
    ]
    text = "the worst painting at the flea market"
    interview = shaping(("abby", text), stage="review", drafts=[bio(state=DraftState.PICKED), *answers])
    own = WriteInOwnWords(message="m1", quote=text, kind="answer", prompt=PROMPTS[3]).carry_out(interview)
    assert own.done
    assert [draft.number for draft in interview.picked(DraftKind.PROMPT)] == [2, 3, 4]


def test_blanks_do_not_make_an_answer_long_enough() -> None:
    text = "tea    and    cake    daily"
    own = WriteInOwnWords(message="m1", quote=text, kind="answer", prompt=PROMPTS[0])
    assert not own.carry_out(shaping(("abby", text))).done


def test_without_a_photo_that_shows_her_none_is_on_the_profile() -> None:
    photos = [replace(OWN, shows=Shows.OWNER, place=1), Photo(2, "abby", Shows.OTHERS, place=2)]
    interview = with_photos(("abby", "not photo 1"), photos=photos)
    assert tag(interview, photo=1, use=False) == (CloseQuestion(), LeaveOutPhoto(1))
    assert interview.chosen_photos == []
    assert exits.missing(interview) == ["photos"]


def test_what_is_missing_is_told_again_when_it_changes() -> None:
    interview = finished(private_questions_sent=True)
    interview.facts = [fact for fact in interview.facts if fact.field != "gender"]
    [step] = due_steps(interview)
    step.carry_out(interview)
    interview.facts.append(a_fact("gender", "woman"))
    interview.photos = []
    [again] = due_steps(interview)
    assert "a photo with you in it" in str(again.carry_out(interview).effects)


def test_asked_how_it_goes_the_plain_line_says_what_it_waits_for() -> None:
    interview = finished(("abby", "and now?"), photos=[])
    line = PlainLine(message="m1", cause=Cause.ASKED)
    assert "a photo with you in it" in str(line.carry_out(interview).effects)
    writing = shaping(("abby", "any bio yet?"))
    assert "write one yourself" in str(line.carry_out(writing).effects)


def test_where_we_cannot_write_first_they_are_told_how_to_get_the_link() -> None:
    facts = [fact for fact in FACTS if fact.field not in ("gender", "intention")]
    interview = shaping(stage="looking_for", facts=facts, photos=[])
    interview.people = [replace(person, can_be_texted=False) for person in interview.people]
    [step] = due_steps(interview)
    [told] = step.carry_out(interview).effects
    assert isinstance(told, Write) and "MY PAGE" in told.text
    interview.private_questions_sent = False
    assert due_steps(interview) == []
