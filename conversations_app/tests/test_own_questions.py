"""The private questions on the primary person's own page."""

from typing import Any

import pytest

from conversations_app.tests.own_pages import OwnPage, group_of_two, heard
from sessions_app import actions
from sessions_app.models import Consent, Fact, PageAct, Participant, Session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _our_own_clock(settings: Any) -> None:
    settings.CLOCK_URL = ""


@pytest.fixture
def people() -> tuple[Participant, Participant]:
    return group_of_two()


@pytest.fixture
def abby(people: tuple[Participant, Participant]) -> Participant:
    return people[0]


def kept(person: Participant) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for fact in actions.live_facts(person.session):
        found.setdefault(fact.field, []).append(fact.value)
    return found


def test_answers_are_kept_as_confirmed_with_the_page_as_their_source(abby: Participant) -> None:
    OwnPage(abby).press(
        "questions",
        gender="woman",
        interested_in=["men", "women"],
        age_range_from="28",
        age_range_to="38",
        kids_has="no",
        dealbreakers=["smoking", "", "no dogs"],
    )

    assert kept(abby) == {
        "gender": ["woman"],
        "interested_in": ["men", "women"],
        "age_range": [[28, 38]],
        "kids_has": ["no"],
        "dealbreakers": ["smoking", "no dogs"],
    }
    act = PageAct.objects.get()
    for fact in Fact.objects.all():
        assert (fact.state, fact.source, fact.page_act, fact.decided_on_page) == ("confirmed", "page", act, act)
        assert not fact.is_public


def test_only_what_is_ticked_may_stand_on_the_profile(abby: Participant) -> None:
    page = OwnPage(abby)
    page.press("questions", gender="woman", gender_shown="on", orientation="rather_not_say", orientation_shown="on")

    assert dict(Fact.objects.values_list("field", "is_public")) == {"gender": True, "orientation": False}

    page.press("questions", gender="woman", orientation="rather_not_say")

    assert not Fact.objects.get(field="gender").is_public


def test_the_same_form_twice_is_once(abby: Participant) -> None:
    page = OwnPage(abby)
    page.press("questions", gender="woman", interested_in=["men"])

    shown = page.press("questions", gender="woman", interested_in=["men"])

    assert "That's how it was already." in shown
    assert Fact.objects.count() == 2
    assert PageAct.objects.count() == 1


def test_a_new_answer_stands_instead_of_the_old_one_and_can_be_undone(abby: Participant) -> None:
    page = OwnPage(abby)
    page.press("questions", gender="woman", dealbreakers=["smoking"])
    page.press("questions", gender="rather_not_say")
    assert kept(abby) == {"gender": ["rather_not_say"]}

    page.press("undo", id=PageAct.objects.latest("pk").pk)

    assert kept(abby) == {"gender": ["woman"], "dealbreakers": ["smoking"]}


def test_undoing_leaves_what_was_said_again_meanwhile(abby: Participant) -> None:
    page = OwnPage(abby)
    page.press("questions", interested_in="men")
    page.press("questions", interested_in="women")
    heard(abby, "interested_in", "men", quote="men too")

    page.press("undo", id=PageAct.objects.latest("pk").pk)

    assert kept(abby) == {"interested_in": ["men"]}


@pytest.mark.parametrize(
    ("said", "value"),
    [("genderfluid", "genderfluid"), ("🌈", "🌈"), ("امرأة", "امرأة"), ("  a \u202e woman\x07 ", "a woman")],
)
def test_own_words_are_kept_as_they_are_in_any_script(abby: Participant, said: str, value: str) -> None:
    shown = OwnPage(abby).press("questions", gender="own", gender_own=said)

    assert kept(abby) == {"gender": [value]}
    assert f'value="{value}"' in shown


def test_own_words_stand_beside_what_is_ticked(abby: Participant) -> None:
    page = OwnPage(abby)
    page.press("questions", interested_in=["men", "own"], interested_in_own="bears, otters")

    assert kept(abby) == {"interested_in": ["men", "bears", "otters"]}
    page.press("questions", interested_in=["men", "own"], interested_in_own="bears, otters")
    assert PageAct.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"gender": "own", "gender_own": "x" * 10_000}, "That's 10,000 characters, and 30 is the most"),
        ({"gender": "woman", "gender_own": "elf"}, "Please clear one of them"),
        ({"gender": "own", "gender_own": "call +1 555 010 0771"}, "no phone number"),
        ({"faith": "see https://x.example"}, "no link"),
        ({"politics": "<b>left</b>"}, "plain words"),
        ({"age_range_from": "28"}, "both ages, or neither"),
        ({"age_range_from": "17", "age_range_to": "20"}, "two ages from 18 to 99"),
        ({"age_range_from": "40", "age_range_to": "30"}, "the younger first"),
        ({"dealbreakers": ["a", "b", "c", "d"]}, "That's 4, and 3 is the most."),
    ],
)
def test_what_does_not_fit_gets_a_line_and_loses_nothing(
    abby: Participant, fields: dict[str, Any], line: str
) -> None:
    answer = OwnPage(abby).send("questions", **fields, orientation="queer")

    shown = answer.content.decode().replace("&#x27;", "'").replace("&lt;", "<").replace("&gt;", ">")
    assert answer.status_code == 422
    assert line in shown
    assert not Fact.objects.exists()
    assert 'value="queer" checked' in shown
    for value in fields.values():
        assert all(f'value="{text}"' in shown for text in ([value] if isinstance(value, str) else value))


def test_it_says_what_is_still_needed(abby: Participant) -> None:
    shown = OwnPage(abby).press("questions", faith="Quaker")

    assert "Still needed: What's your gender? Who would you like to meet?" in shown


def test_what_they_volunteered_in_the_chat_is_filled_in(abby: Participant) -> None:
    heard(abby, "gender", "woman")

    page = OwnPage(abby)
    assert 'value="woman" checked' in page.shows()
    page.press("questions", gender="woman")

    assert Fact.objects.get(state="confirmed").value == "woman"


@pytest.mark.parametrize("change", ["consent", "age", "role"])
def test_nothing_is_kept_of_somebody_who_has_not_agreed_to_it(abby: Participant, change: str) -> None:
    page = OwnPage(abby)
    page.get()
    if change == "consent":
        Consent.objects.filter(kind="profile").delete()
    elif change == "age":
        Session.objects.update(is_adult=None)
    else:
        Participant.objects.update(role="friend")

    page.press("questions", gender="woman")

    assert not Fact.objects.exists()


def test_friends_are_asked_nothing_private(people: tuple[Participant, Participant]) -> None:
    _, lena = people
    page = OwnPage(lena)

    assert "gender" not in page.shows()
    page.press("questions", gender="woman")

    assert not Fact.objects.exists()


def test_after_the_group_has_ended_answers_can_be_taken_out_and_none_added(abby: Participant) -> None:
    page = OwnPage(abby)
    page.press("questions", gender="woman")
    Session.objects.update(status="closed")

    shown = page.press("questions", gender="man")
    assert "This group has ended" in shown
    page.press("forget", id=Fact.objects.get().pk)

    assert kept(abby) == {}
