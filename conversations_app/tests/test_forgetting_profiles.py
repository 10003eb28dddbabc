"""What becomes of a whole profile when its owner, or a friend who helped with it, has themselves forgotten."""

import json
from io import StringIO
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command

from conversations_app import erasing
from conversations_app.erasing import elsewhere
from conversations_app.erasing.rows import empty_contact
from conversations_app.models import InboxEvent, Message, Problem, Removal, Turn, TurnAction
from conversations_app.tests.test_forgetting import tables_with
from conversations_app.tests.webhook_requests import sid
from matchmaker import clock
from sessions_app import actions, versions
from sessions_app.actions import Place
from sessions_app.models import Contact, Draft, Fact, PageAct, Participant, Poll, Session, Vote
from sessions_app.photos import storage
from sessions_app.tests.profiles import Profile

pytestmark = pytest.mark.django_db

CANARY = "quokkazine"


@pytest.fixture
def profile() -> Profile:
    return Profile().complete()


def forget(person: Participant) -> None:
    erasing.forget_me(person, clock.now())


def said(profile: Profile, who: Participant, body: str) -> Message:
    return Message.objects.create(
        session=profile.session, kind="person", author=who, body=body, at=clock.now(), sid=sid("IM")
    )


def test_drafts_and_versions_with_a_friends_words_fall_and_are_emptied(profile: Profile) -> None:
    praise = profile.fact("vouch_quote", f"Her {CANARY} is the best.", said_by=profile.sam)
    bio = profile.draft(f"Friends swear by my {CANARY}.", praise, is_picked=False)
    version = profile.approved()

    forget(profile.sam)

    bio.refresh_from_db()
    version.refresh_from_db()
    assert (bio.state, bio.text, bio.sentences) == (Draft.State.FALLEN, "", [])
    assert version.withdrawn_at is not None
    assert version.content == {}
    assert tables_with(CANARY) == []


def test_of_an_approved_profile_with_their_words_a_new_version_is_up_for_review(profile: Profile) -> None:
    profile.fact("vouch_quote", f"Her {CANARY} is the best.", said_by=profile.sam)
    profile.approved()

    forget(profile.sam)

    session = Session.objects.get()
    assert session.stage == "review"
    assert versions.approved(session) is None


def test_with_a_picked_bio_that_rested_on_them_it_is_back_to_drafting(profile: Profile) -> None:
    bio = profile.session.drafts.get(kind="bio")
    bio.facts.add(profile.fact("green_flags", f"lets everybody ride the {CANARY}", said_by=profile.sam))
    profile.approved()

    forget(profile.sam)

    assert Session.objects.get().stage == "drafting"


def test_an_approved_profile_without_a_word_of_theirs_stays_online(profile: Profile) -> None:
    version = profile.approved()

    forget(profile.sam)

    assert versions.approved(Session.objects.get()) == version


def test_their_photos_go_with_their_files_and_the_order_closes_up(profile: Profile) -> None:
    lake = profile.photo_file("lake", sent_by=profile.sam)
    last = profile.photo_file("cafe")
    assert storage.read(lake, "small")

    forget(profile.sam)
    for removal in Removal.objects.filter(what="photo"):
        assert elsewhere.carry_out(removal.pk)

    last.refresh_from_db()
    assert last.place == 2
    with pytest.raises(FileNotFoundError):
        storage.read(lake, "small")
    assert storage.read(last, "small")


def test_their_votes_go_and_others_stay(profile: Profile) -> None:
    bio = profile.session.drafts.get(kind="bio")
    shown = said(profile, profile.abby, "look")
    poll = Poll.objects.create(session=profile.session, message=shown, opened_at=clock.now())
    for person in (profile.sam, profile.abby):
        act = profile.act(by=person)
        Vote.objects.create(poll=poll, participant=person, draft=bio, page_act_id=act.page_act_id, at=clock.now())

    forget(profile.sam)

    assert [vote.participant for vote in Vote.objects.all()] == [profile.abby]


def test_a_value_that_theirs_had_replaced_counts_again(profile: Profile) -> None:
    before = profile.fact("quirk", "hums", confirmed=None)
    profile.fact("quirk", "whistles", said_by=profile.sam, confirmed=None, replaces=(before.pk,))

    forget(profile.sam)

    assert list(Fact.objects.filter(field="quirk").values_list("value", "state")) == [("hums", "proposed")]


def test_nothing_of_the_owner_is_left_but_that_and_when_they_agreed(profile: Profile) -> None:
    profile.fact("quirk", f"collects {CANARY}s")
    profile.draft(f"Ask me about the {CANARY}.", profile.fact("interests", CANARY), is_picked=False)
    profile.approved()

    forget(profile.abby)

    assert tables_with(CANARY) == []
    for rows in (profile.session.facts, profile.session.drafts, profile.session.versions, profile.session.photos):
        assert not rows.exists()
    assert not PageAct.objects.exists()
    consents = list(profile.abby.consents.all())
    assert consents and all(consent.withdrawn_at for consent in consents)


def test_withdrawing_keeps_the_tap_by_which_it_was_done(profile: Profile) -> None:
    profile.approved()
    act = PageAct.objects.create(participant=profile.abby, what=PageAct.What.WITHDREW, at=clock.now())

    assert erasing.withdraw_consent(profile.abby, Place(page_act_id=act.pk), clock.now())

    assert list(PageAct.objects.all()) == [act]
    assert not Fact.objects.exists()
    assert not erasing.withdraw_consent(profile.abby, Place(page_act_id=act.pk), clock.now())


def test_starting_over_deletes_what_the_profile_was_made_from(profile: Profile) -> None:
    profile.fact("quirk", f"collects {CANARY}s")
    photo = profile.photo_file("cafe")
    profile.approved()

    erasing.drop_interview(profile.session, clock.now())

    assert tables_with(CANARY) == []
    assert not profile.session.versions.exists()
    assert Removal.objects.filter(what="photo", subject=str(photo.folder)).exists()
    assert versions.approved(Session.objects.get()) is None


def test_what_a_turn_and_staff_noted_of_them_is_emptied(profile: Profile) -> None:
    line = said(profile, profile.sam, f"her {CANARY} is famous around here")
    turn = Turn.objects.create(
        session=profile.session, state="closed", stage="stories", at=clock.now(), reason=f"they like the {CANARY}"
    )
    TurnAction.objects.create(
        turn=turn, position=0, name="propose_fact", arguments={"value": CANARY}, message=line, is_done=True
    )
    TurnAction.objects.create(
        turn=turn, position=1, name="ask", arguments={"to": f"p{profile.sam.pk}"}, is_done=False, why="Sam is busy"
    )
    TurnAction.objects.create(turn=turn, position=2, name="ask", arguments={"field": "age"}, is_done=True)
    Problem.report("some", session=profile.session, what="Sam of the group wrote something.")
    staff = User.objects.create(username="ops")
    LogEntry.objects.create(
        user=staff,
        content_type=ContentType.objects.get_for_model(Session),
        object_id=str(profile.session.pk),
        object_repr="ABC234",
        action_flag=CHANGE,
        change_message="Wrote to Sam alone as staff.",
    )

    forget(profile.sam)

    assert tables_with(CANARY) == []
    assert [action.arguments for action in TurnAction.objects.all()] == [{}, {}, {"field": "age"}]
    assert TurnAction.objects.get(position=1).why == ""
    assert Problem.objects.get(key="some").what == "somebody of the group wrote something."
    assert LogEntry.objects.get().change_message == "Wrote to somebody alone as staff."


def test_a_webhook_that_comes_again_brings_nothing_back(profile: Profile) -> None:
    line = said(profile, profile.sam, CANARY)
    payload: dict[str, Any] = {"MessageSid": line.sid, "Body": CANARY}
    InboxEvent.objects.create(
        kind="conversation",
        event_type="onMessageAdded",
        key=f"onMessageAdded:{line.sid}",
        payload=payload,
        state="done",
    )

    forget(profile.sam)

    event = InboxEvent.objects.get()
    assert event.is_emptied
    assert Message.objects.get(sid=line.sid).shown_body == "(removed)"


def test_other_peoples_lines_and_values_stay_as_they_are(profile: Profile) -> None:
    mine = said(profile, profile.abby, "I bake at six in the morning")
    before = Fact.objects.filter(said_by=profile.abby).count()

    forget(profile.sam)

    mine.refresh_from_db()
    assert mine.body == "I bake at six in the morning"
    assert Fact.objects.filter(said_by=profile.abby).count() == before


def test_a_second_time_there_is_nothing_to_do(profile: Profile) -> None:
    assert erasing.forget_me(profile.sam, clock.now())
    assert not erasing.forget_me(profile.sam, clock.now())


# --- erase_person -----------------------------------------------------------------------------------------------------


def erase(address: str, **options: Any) -> str:
    out = StringIO()
    call_command("erase_person", address, stdout=out, **options)
    return out.getvalue()


def test_erase_person_first_says_what_it_would_do(profile: Profile) -> None:
    said = erase("whatsapp:+15550100001")

    assert f"This would erase whatsapp …01 from {profile.session.code}." in said
    assert f"The profiles of {profile.session.code} go with them." in said
    assert "Add --apply" in said
    assert profile.session.facts.exists()


def test_erase_person_fails_by_name_for_a_number_that_nobody_has(profile: Profile) -> None:
    with pytest.raises(CommandError, match=r"Nobody with the address sms …77 is known") as failed:
        erase("+15550100077", apply=True)

    assert failed.value.returncode == 1


def test_erase_person_drops_the_number_and_all_that_it_is_known_by(profile: Profile) -> None:
    erase("whatsapp:+15550100002", apply=True)
    empty_contact(profile.sam.contact)

    assert tables_with("15550100002") == []
    assert erase("whatsapp:+15550100001", json=True)


def test_erase_person_keeps_the_number_of_who_has_opted_out(profile: Profile) -> None:
    Contact.objects.filter(pk=profile.sam.contact_id).update(opted_out_at=clock.now())

    assert "so their number stays" in erase("whatsapp:+15550100002", apply=True)
    empty_contact(profile.sam.contact)

    contact = Contact.objects.get(pk=profile.sam.contact_id)
    assert (contact.address, contact.display_name) == ("whatsapp:+15550100002", "")


def test_erase_person_forgets_them_in_each_of_their_groups(profile: Profile) -> None:
    other = actions.start_session(contact=profile.sam.contact, at=clock.now())

    told = json.loads(erase("whatsapp:+15550100002", apply=True, json=True))

    assert told["groups"] == [profile.session.code, other.session.code]
    assert not Participant.objects.filter(contact=profile.sam.contact, forgotten_at=None).exists()
