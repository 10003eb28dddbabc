"""What a version holds, who approves it, and when it goes offline."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from conversations_app.models import Message
from matchmaker import clock
from sessions_app import actions, versions
from sessions_app.models import Consent, Draft, Fact, LockedSession, PageAct, Photo, ProfileVersion, Session
from sessions_app.tests.profiles import BIO, Profile

pytestmark = pytest.mark.django_db


@pytest.fixture
def profile() -> Profile:
    return Profile().complete()


def current(profile: Profile) -> ProfileVersion:
    return versions.current(session=profile.session, at=clock.now())


def approve(profile: Profile, version: ProfileVersion, **changes: Any) -> ProfileVersion:
    how: dict[str, Any] = {
        "by": profile.abby,
        "where": profile.act(PageAct.What.APPROVED),
        "at": clock.now(),
    } | changes
    return versions.approve(version=version, **how)


def row(profile: Profile, field: str) -> list[str]:
    rows = versions.content_of(profile.session)["facts"]
    return next((row["words"] for row in rows if row["field"] == field), [])


# --- content ----------------------------------------------------------------------------------------------------------


def test_it_holds_what_a_stranger_would_see(profile: Profile) -> None:
    content = versions.content_of(profile.session)

    assert (content["first_name"], content["age"], content["area"]) == ("Abby", 29, "Leeds")
    assert content["bio"] == BIO
    assert len(content["answers"]) == 3
    assert content["photos"] == [{"id": profile.session.photos.get().pk, "alt": "Abby"}]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("intention", "long_open_short", "Long-term, open to short"),
        ("height_cm", 180, "180 cm (5′11″)"),
        ("height_cm", 182, "182 cm (6′0″)"),
        ("smoke", "no", "Doesn't smoke"),
        ("diet", "vegan", "Vegan"),
        ("languages", "português", "Português"),
    ],
)
def test_facts_read_as_people_say_them(field: str, value: Any, words: str) -> None:
    profile = Profile()
    profile.fact(field, value)

    assert row(profile, field) == [words]


@pytest.mark.parametrize(
    ("bio", "words"),
    [
        ("Ich bin nachts im Krankenhaus und backe um sechs Brot, das nach mir riecht.", ["Raucht nicht"]),
        ("Soy enfermera de noche y a las seis hago pan con mi abuela.", ["No fuma"]),
    ],
)
def test_they_read_in_the_language_of_the_bio(bio: str, words: list[str]) -> None:
    profile = Profile()
    profile.fact("smoke", "no")
    profile.draft(bio)

    assert row(profile, "smoke") == words


@pytest.mark.parametrize(
    "changes",
    [{"confirmed": None}, {"is_public": False}, {"value": "rather_not_say"}],
    ids=["heard", "kept", "declined"],
)
def test_it_shows_neither_what_was_only_heard_nor_what_is_to_stay_private(changes: dict[str, Any]) -> None:
    profile = Profile()
    value = changes.pop("value", "sometimes")

    profile.fact("smoke", value, **changes)

    assert row(profile, "smoke") == []


def test_a_private_answer_is_shown_only_if_its_owner_says_so(profile: Profile) -> None:
    profile.fact("faith", "Quaker")
    assert row(profile, "faith") == []

    profile.fact("faith", "Quaker", is_public=True)

    assert row(profile, "faith") == ["Quaker"]


def test_a_private_answer_without_that_box_is_not_shown(profile: Profile) -> None:
    said = Message.objects.create(
        session=profile.session, kind="person", author=profile.abby, body="a woman", at=clock.now()
    )
    here = actions.Place(message_id=said.pk)
    profile.fact("gender", "woman", where=here, confirmed=here, is_public=True)

    assert row(profile, "gender") == []


def test_private_answers_from_before_are_put_right_and_ticked_ones_left(profile: Profile) -> None:
    said = Message.objects.create(
        session=profile.session, kind="person", author=profile.abby, body="a woman", at=clock.now()
    )
    here = actions.Place(message_id=said.pk)
    from_before = profile.fact("gender", "woman", where=here, confirmed=here, is_public=True)
    ticked = profile.fact("faith", "Quaker", is_public=True)
    migration = import_module("sessions_app.migrations.0022_keep_private_answers_off_the_profile")

    migration.keep_private_matters_off_the_profile(apps, None)

    assert list(Fact.objects.filter(is_public=False)) == [from_before]
    assert Fact.objects.get(pk=ticked.pk).is_public


def test_a_draft_is_not_shown_without_what_it_rests_on(profile: Profile) -> None:
    fact = profile.session.facts.get(field="job_or_study")
    actions.strike_facts(
        session=profile.session, facts=[fact.pk], by=profile.abby, where=profile.act(), at=clock.now()
    )

    assert versions.content_of(profile.session)["bio"] == ""
    assert versions.missing(profile.session) == ["bio"]


def test_a_draft_stands_when_the_same_thing_is_said_again(profile: Profile) -> None:
    profile.fact("job_or_study", "Night nurse")

    assert versions.content_of(profile.session)["bio"] == BIO


def test_an_idea_for_a_first_date_is_not_told_twice() -> None:
    profile = Profile()
    idea = profile.fact("first_date_idea", "Coffee, then the flea market")
    assert row(profile, "first_date_idea") == ["Coffee, then the flea market"]

    draft = profile.draft(
        "Coffee, then we see who finds the worst painting.", idea, prompt="Our first hour could be:"
    )

    assert row(profile, "first_date_idea") == []
    made_from = versions.content_of(profile.session)["made_from"]
    assert (made_from["facts"], made_from["drafts"]) == ([idea.pk], [draft.pk])


def test_a_quote_stands_on_it_with_both_permissions(profile: Profile) -> None:
    profile.fact("vouch_quote", "She drove two hours to bring me soup.", said_by=profile.sam, confirmed=None)
    assert versions.content_of(profile.session)["friends"] == []

    profile.session.facts.filter(field="vouch_quote").update(
        state=Fact.State.CONFIRMED,
        **profile.act().as_decision(by=profile.abby, at=clock.now()),
    )

    friends = versions.content_of(profile.session)["friends"]
    assert friends == [{"text": "She drove two hours to bring me soup.", "by": "Sam"}]


def test_praise_is_shown_in_their_own_words_once_its_author_allows_it(profile: Profile) -> None:
    words = "honestly she shows up with soup every single time"
    praise = profile.fact("green_flags", "Kind: brings soup to people who are ill", said_by=profile.sam, quote=words)
    assert versions.content_of(profile.session)["friends"] == []

    act = profile.act(PageAct.What.ALLOWED, by=profile.sam).page_act_id
    assert act is not None
    assert not actions.allow_quoting(session=profile.session, fact=praise.pk, by=profile.abby, page_act_id=act)
    assert actions.allow_quoting(session=profile.session, fact=praise.pk, by=profile.sam, page_act_id=act)

    assert versions.content_of(profile.session)["friends"] == [{"text": words, "by": "Sam"}]


def test_praise_by_nobody_knows_whom_is_not_shown(profile: Profile) -> None:
    praise = profile.fact("green_flags", "Kind: brings soup to people who are ill", said_by=profile.sam)
    act = profile.act(PageAct.What.ALLOWED, by=profile.sam).page_act_id
    Fact.objects.filter(pk=praise.pk).update(is_author_known=False, allowed_on_page=act)

    assert versions.content_of(profile.session)["friends"] == []


def test_photos_come_in_their_order_and_wait_until_it_is_known_who_is_in_them(profile: Profile) -> None:
    profile.photo(shows=Photo.Shows.UNKNOWN)
    beach = profile.photo(shows=Photo.Shows.TOGETHER)
    dog = profile.photo(shows=Photo.Shows.OTHERS, alt_text="A dog asleep on a sofa")
    profile.photo(is_chosen=False)

    shown = versions.content_of(profile.session)["photos"][1:]

    assert shown == [{"id": beach.pk, "alt": "Abby with others"}, {"id": dog.pk, "alt": "A dog asleep on a sofa"}]


@pytest.mark.parametrize("change", [{"sealed_at": clock.now()}, {"status": Session.Status.SAFETY_HOLD}])
def test_while_staff_have_to_look_nothing_is_shown(profile: Profile, change: dict[str, Any]) -> None:
    version = profile.approved()
    assert versions.approved(profile.session) == version
    Session.objects.filter(pk=profile.session.pk).update(**change)
    profile.session.refresh_from_db()

    content = versions.content_of(profile.session)

    assert not any(content[part] for part in ("first_name", "bio", "answers", "photos", "facts", "friends"))
    assert versions.approved(profile.session) is None


# --- versions and approval --------------------------------------------------------------------------------------------


def test_the_same_profile_is_the_same_version(profile: Profile) -> None:
    first = current(profile)

    assert current(profile) == first

    profile.fact("drink", "sometimes")
    assert (current(profile).number, versions.listed(profile.session).count()) == (2, 2)


def test_its_owner_approves_it_once(profile: Profile) -> None:
    version = approve(profile, current(profile))
    approved_at = version.approved_at

    again = approve(profile, version)

    profile.session.refresh_from_db()
    assert (profile.session.stage, again.approved_at) == ("approved", approved_at)
    assert versions.approved(profile.session) == version


def test_a_friend_cannot_approve_it(profile: Profile) -> None:
    with pytest.raises(versions.NotTheirs):
        approve(profile, current(profile), by=profile.sam)

    assert versions.approved(profile.session) is None


def test_nobody_approves_it_once_consent_was_withdrawn(profile: Profile) -> None:
    version = current(profile)
    Consent.objects.update(withdrawn_at=clock.now())

    with pytest.raises(versions.NotTheirs):
        approve(profile, version)


def test_what_changed_since_it_was_shown_is_not_approved(profile: Profile) -> None:
    shown = current(profile)
    profile.fact("drink", "sometimes")

    with pytest.raises(versions.HasChanged):
        approve(profile, shown)

    assert versions.listed(profile.session).get() == shown


def test_it_says_what_is_missing(profile: Profile) -> None:
    Draft.objects.filter(kind=Draft.Kind.PROMPT, number=1).update(state=Draft.State.FALLEN)

    with pytest.raises(versions.StillMissing, match="it still needs three answers that you've picked"):
        approve(profile, current(profile))


def test_a_photo_may_come_later(profile: Profile) -> None:
    Photo.objects.all().delete()
    assert versions.missing(profile.session) == ["photos"]

    assert approve(profile, current(profile)).approved_at


def test_after_a_change_strangers_see_what_was_approved_until_the_new_one_is(profile: Profile) -> None:
    first = profile.approved()
    profile.fact("age", 30)
    second = current(profile)
    assert versions.approved(profile.session) == first

    approve(profile, second)

    assert versions.approved(profile.session) == second


def test_undoing_a_change_needs_no_new_approval(profile: Profile) -> None:
    version = profile.approved()
    drink = profile.fact("drink", "sometimes")
    assert current(profile) != version

    actions.strike_facts(
        session=profile.session, facts=[drink.pk], by=profile.abby, where=profile.act(), at=clock.now()
    )

    assert current(profile) == version


# --- taking something out ---------------------------------------------------------------------------------------------


def test_a_version_is_withdrawn_with_what_it_shows(profile: Profile) -> None:
    version = profile.approved()
    cat = profile.session.facts.get(field="pets")

    assert versions.withdraw_those_with(session=profile.session, facts=[cat.pk], at=clock.now()) == 1

    assert versions.approved(profile.session) is None
    assert current(profile) != version


@pytest.mark.parametrize("kind", ["facts", "photos", "drafts"])
def test_it_is_not_shown_once_something_in_it_is_gone(profile: Profile, kind: str) -> None:
    profile.approved()

    if kind == "facts":
        profile.session.facts.filter(field="pets").update(state=Fact.State.REJECTED)
    if kind == "photos":
        profile.session.photos.update(state=Photo.State.LEFT_OUT, place=None)
    if kind == "drafts":
        profile.session.drafts.filter(number=1).update(state=Draft.State.FALLEN)

    assert versions.approved(profile.session) is None


def test_an_older_version_does_not_take_the_place_of_one_that_was_withdrawn(profile: Profile) -> None:
    profile.approved()
    profile.fact("drink", "sometimes")
    newest = profile.approved()
    ProfileVersion.objects.filter(pk=newest.pk).update(withdrawn_at=clock.now())

    assert versions.approved(profile.session) is None


def test_what_is_forgotten_is_in_no_version_any_more(profile: Profile) -> None:
    version = profile.approved()
    cat = profile.session.facts.get(field="pets")

    versions.erase_those_with(session=profile.session, facts=[cat.pk], at=clock.now())

    version.refresh_from_db()
    assert (version.content, version.withdrawn_at is None) == ({}, False)


# --- going back -------------------------------------------------------------------------------------------------------


def go_back(profile: Profile, version: ProfileVersion) -> ProfileVersion:
    return versions.go_back_to(
        session=profile.session, version=version, by=profile.abby, where=profile.act(), at=clock.now()
    )


def test_an_earlier_version_can_be_had_again_and_left_again(profile: Profile) -> None:
    first = profile.approved()
    profile.fact("area", "York", replaces=[profile.session.facts.get(field="area").pk])
    profile.fact("pets", "two goldfish")
    Draft.objects.filter(kind=Draft.Kind.BIO).update(state=Draft.State.LEFT)
    profile.draft("Nurse. Insomniac. Decent at chess.")
    profile.photo()
    second = profile.approved()

    third = go_back(profile, first)

    assert (third.number, third.approved_at) == (3, None)
    assert third.content == first.content
    assert go_back(profile, second).content == second.content


def test_going_back_brings_nothing_back_that_was_taken_out(profile: Profile) -> None:
    first = profile.approved()
    cat = profile.session.facts.get(field="pets")
    actions.strike_facts(
        session=profile.session, facts=[cat.pk], by=profile.abby, where=profile.act(), at=clock.now()
    )

    again = go_back(profile, first)

    assert "pets" not in [row["field"] for row in again.content["facts"]]


def test_going_back_brings_no_private_answer_back_over_a_later_one(profile: Profile) -> None:
    before = profile.fact("gender", "woman", is_public=True)
    first = profile.approved()
    profile.fact("gender", "non-binary", replaces=[before.pk])

    again = go_back(profile, first)

    assert "gender" not in [row["field"] for row in again.content["facts"]]
    assert actions.live_facts(profile.session).get(field="gender").value == "non-binary"


def test_going_back_picks_no_text_without_its_facts(profile: Profile) -> None:
    first = profile.approved()
    Draft.objects.filter(kind=Draft.Kind.BIO).update(state=Draft.State.LEFT)
    job = profile.session.facts.get(field="job_or_study")
    actions.strike_facts(
        session=profile.session, facts=[job.pk], by=profile.abby, where=profile.act(), at=clock.now()
    )

    go_back(profile, first)

    assert Draft.objects.get(kind=Draft.Kind.BIO).state == "fallen"


def test_a_friend_cannot_go_back(profile: Profile) -> None:
    first = current(profile)

    with pytest.raises(versions.NotTheirs):
        versions.go_back_to(
            session=LockedSession(profile.session),
            version=first,
            by=profile.sam,
            where=profile.act(by=profile.sam),
            at=clock.now(),
        )
