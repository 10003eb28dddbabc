"""The profile's texts on somebody's own page: votes, picks, and words of one's own."""

from typing import Any

import pytest
from django.db import transaction

from conversations_app.models import Message
from conversations_app.tests.own_pages import OwnPage, group_of_two, heard, wrote
from matchmaker import clock
from sessions_app import actions, drafts
from sessions_app.models import Draft, PageAct, Participant, Question, Session, Vote
from sessions_app.models.drafts import StarterPrompt

pytestmark = pytest.mark.django_db

BIOS = ("Night nurse in Leeds who bakes bread at six.", "Bread at six, night shifts after.")
MINE = "I bake bread at six in the morning, after a night of other people's hearts."


@pytest.fixture(autouse=True)
def _our_own_clock(settings: Any) -> None:
    settings.CLOCK_URL = ""


@pytest.fixture
def people() -> tuple[Participant, Participant]:
    people = group_of_two()
    Session.objects.update(stage="drafting")
    return people


@pytest.fixture
def abby(people: tuple[Participant, Participant]) -> Participant:
    return people[0]


@pytest.fixture
def lena(people: tuple[Participant, Participant]) -> Participant:
    return people[1]


@pytest.fixture
def bios(abby: Participant) -> list[Draft]:
    """Two, which the group votes on."""
    fact = heard(abby, "interests", "baking bread")
    actions.confirm_facts(
        session=abby.session,
        facts=[fact.pk],
        by=abby,
        where=actions.Place(message_id=fact.message_id),
        replaces=[],
        at=clock.now(),
    )
    with transaction.atomic():
        session = actions.lock_session(abby.session_id)
        made = [
            drafts.add(session=session, kind="bio", sentences=[(text, [fact.pk])], at=clock.now()) for text in BIOS
        ]
        shown = wrote(abby, "here they are")
        drafts.open_poll(session=session, drafts=[draft.pk for draft in made], message_id=shown.pk, at=clock.now())
    return made


def picked(person: Participant) -> list[str]:
    return list(person.session.drafts.filter(state=Draft.State.PICKED).values_list("text", flat=True))


def test_a_text_falls_when_its_owner_undoes_their_yes_to_what_it_tells(abby: Participant) -> None:
    fact = heard(abby, "interests", "night climbing")
    page = OwnPage(abby)
    page.press("agree", id=fact.pk)
    with transaction.atomic():
        session = actions.lock_session(abby.session_id)
        draft = drafts.add(session=session, kind="bio", sentences=[(BIOS[0], [fact.pk])], at=clock.now())
    page.press("text-pick", id=draft.pk)

    page.press("undo", id=PageAct.objects.get(what="confirmed").pk)

    draft.refresh_from_db()
    assert draft.state == "fallen"


def test_what_was_left_cannot_be_picked_once_its_facts_are_taken_out(abby: Participant, bios: list[Draft]) -> None:
    page = OwnPage(abby)
    page.press("text-pick", id=bios[0].pk)
    page.press("forget", id=bios[1].facts.get().pk)

    assert "isn't there any more" in page.press("text-pick", id=bios[1].pk)
    assert picked(abby) == []


def test_picking_here_closes_the_question_in_the_chat(abby: Participant, bios: list[Draft]) -> None:
    asked = wrote(abby, "which one?")
    actions.open_question(session=abby.session, topic="bio", asked_to=abby, message_id=asked.pk, at=clock.now())

    OwnPage(abby).press("text-pick", id=bios[0].pk)

    assert Question.objects.get().was_answered


def test_friends_vote_once_and_change_their_mind(lena: Participant, bios: list[Draft]) -> None:
    page = OwnPage(lena)

    page.press("text-vote", id=bios[0].pk)
    page.press("text-vote", id=bios[0].pk)
    shown = page.press("text-vote", id=bios[1].pk)

    assert "that's your vote" in shown
    assert Vote.objects.get().draft == bios[1]


def test_the_primary_person_sees_the_votes_and_picks_against_them(
    abby: Participant, lena: Participant, bios: list[Draft]
) -> None:
    OwnPage(lena).press("text-vote", id=bios[0].pk)
    page = OwnPage(abby)
    assert "1 vote: <bdi>Lena</bdi>" in page.shows()

    page.press("text-pick", id=bios[1].pk)
    page.press("text-pick", id=bios[1].pk)

    assert picked(abby) == [BIOS[1]]
    assert "The vote on that one is over." in OwnPage(lena).press("text-vote", id=bios[0].pk)
    assert Message.objects.filter(kind="event", body="picked a text on their own page").count() == 1


def test_friends_see_what_the_group_was_shown_and_nothing_written_since(
    abby: Participant, lena: Participant, bios: list[Draft]
) -> None:
    OwnPage(abby).press("text-write", kind="bio", text=MINE)

    assert MINE not in OwnPage(lena).shows()

    abby.session.polls.all().delete()
    assert MINE not in OwnPage(lena).shows()


@pytest.mark.parametrize("what", ["text-pick", "text-write"])
def test_friends_pick_and_write_nothing(lena: Participant, bios: list[Draft], what: str) -> None:
    OwnPage(lena).send(what, id=bios[0].pk, kind="bio", text=MINE)

    assert picked(lena) == []
    assert not PageAct.objects.exists()


def test_the_primary_person_does_not_vote(abby: Participant, bios: list[Draft]) -> None:
    assert "Friends vote" in OwnPage(abby).press("text-vote", id=bios[0].pk)


def test_own_words_are_kept_word_for_word_and_picked(abby: Participant, bios: list[Draft]) -> None:
    page = OwnPage(abby)

    page.press("text-write", kind="bio", text=f"  {MINE}\r\n🍞 ", id=bios[0].pk)
    shown = page.press("text-write", kind="bio", text=f"{MINE} 🍞", id=bios[0].pk)

    assert picked(abby) == [f"{MINE} 🍞"]
    assert "That's how it was already." in shown
    assert "in your own words" in shown


def test_three_answers_may_be_to_any_of_the_prompts(abby: Participant, bios: list[Draft]) -> None:
    prompt = StarterPrompt.objects.first()
    assert prompt is not None

    OwnPage(abby).press("text-write", kind="prompt", prompt=prompt.text, text="الخبز في السادسة صباحًا، دائمًا")

    assert picked(abby) == ["الخبز في السادسة صباحًا، دائمًا"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Too short.", "yours has 2 words"),
        ("bread " * 2000, "yours has 2000 words"),
        ("Write to me any time you like at insta @breadatsix, I do answer there.", "Leave out links"),
    ],
)
def test_words_that_cannot_stand_come_back_with_a_line(
    abby: Participant, bios: list[Draft], text: str, line: str
) -> None:
    answer = OwnPage(abby).send("text-write", kind="bio", text=text, id=bios[0].pk)

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert line in shown
    assert f">{text.strip()}</textarea>" in shown
    assert picked(abby) == []


@pytest.mark.parametrize("fields", [{}, {"kind": "poem"}, {"kind": "prompt", "prompt": "Call me?", "text": MINE}])
def test_a_form_that_is_none_of_ours_changes_nothing(
    abby: Participant, bios: list[Draft], fields: dict[str, str]
) -> None:
    assert 'class="said warning"' in OwnPage(abby).press("text-write", **fields)
    assert picked(abby) == []


def test_a_text_falls_with_what_it_rests_on(abby: Participant, bios: list[Draft]) -> None:
    page = OwnPage(abby)
    page.press("text-pick", id=bios[0].pk)

    page.press("forget", id=bios[0].facts.get().pk)

    assert picked(abby) == []
    assert "something in it was taken out" in page.press("text-pick", id=bios[0].pk)


def test_a_text_of_another_group_is_nobodys_here(abby: Participant, bios: list[Draft]) -> None:
    stranger, _ = group_of_two(number=30)

    shown = OwnPage(stranger).press("text-pick", id=bios[0].pk)

    assert "from an older page" in shown
    assert picked(abby) == []
