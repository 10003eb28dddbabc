"""From photos to an approved profile: what the rows hold after each step, played with a scripted model."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from conversations_app import beside_the_chat
from conversations_app.models import Delivery, Message
from conversations_app.staff import reports
from conversations_app.staff.report_text import report_as_text
from conversations_app.tests.chat_harness import ChatHarness, Group
from conversations_app.turns.snapshot import interview_of
from matchmaker import clock
from sessions_app import actions, versions
from sessions_app.models import Draft, Fact, Participant, Photo, Poll, ProfileVersion, Session, StarterPrompt, Vote

KNOWN: dict[str, Any] = {
    "first_name": ["Abby"],
    "area": ["Leeds"],
    "gender": ["woman"],
    "interested_in": ["men"],
    "intention": ["long_term"],
    "first_date_idea": ["coffee by the canal"],
    "interests": ["bouldering", "sourdough", "sea swimming"],
    "stories": [
        "baked three loaves on Sunday and dropped one",
        "got stuck on a boulder for 20 minutes",
        "swam in the sea on New Year",
    ],
}


@pytest.fixture
def group(harness: ChatHarness) -> Group:
    """Abby has said yes and everything else; a photo of hers has just been kept."""
    group = harness.settled_group("Abby", "Lena")
    group["Abby"].write("it's about me, yes, I'm in, I'm 27")
    harness.settle()
    abby, lena = (person(group, name) for name in ("Abby", "Lena"))
    message = Message.objects.filter(author=abby).latest("pk")
    here = actions.Place(message_id=message.pk)
    settled: dict[str, Any] = {"where": here, "quote": "", "at": clock.now(), "confirmed": here, "confirmed_by": abby}
    for field, values in KNOWN.items():
        for value in values:
            actions.record_fact(session=group.session, field=field, value=value, said_by=abby, **settled)
    actions.record_fact(
        session=group.session, field="green_flags", value="drove two hours with soup", said_by=lena, **settled
    )
    Session.objects.filter(pk=group.session.pk).update(stage="photos")
    return group


def person(group: Group, name: str) -> Participant:
    return group.session.participants.get(name=name)


def call(name: str, **arguments: Any) -> dict[str, Any]:
    return {"name": name, "arguments": arguments}


SILENT = [call("stay_silent", reason="nothing to add")]


def photo_arrives(harness: ChatHarness, group: Group, sender: str = "Abby") -> Photo:
    by = person(group, sender)
    message = Message.objects.filter(author=by).latest("pk")
    number = group.session.photos.count() + 1
    photo = Photo.objects.create(
        session=group.session,
        sent_by=by,
        message=message,
        position_in_message=number,
        number=number,
        state=Photo.State.OFFERED,
        created_at=clock.now(),
    )
    with transaction.atomic():
        session = actions.lock_session(group.session.pk)
        beside_the_chat.note(session=session, person=by, what=f"sent photo {number}", at=clock.now())
    play(harness)
    photo.refresh_from_db()
    return photo


def write(harness: ChatHarness, group: Group, name: str, text: str, *script: list[dict[str, Any]]) -> None:
    group[name].write(text)
    play(harness, *script)


def play(harness: ChatHarness, *script: list[dict[str, Any]]) -> None:
    """The model answers with these, and is silent then; what the turns before left over is forgotten."""
    harness.emulator.delete("/emulator/model/script").raise_for_status()
    harness.script(*script, *[SILENT] * 8)
    harness.settle()


def fact_id(value: str) -> str:
    return f"f{Fact.objects.get(value=value).pk}"


def drafted() -> list[dict[str, Any]]:
    bouldering, sourdough, leeds = map(fact_id, ("bouldering", "sourdough", "Leeds"))
    loaves, stuck = map(fact_id, (KNOWN["stories"][0], KNOWN["stories"][1]))
    first = [
        {
            "text": "I boulder in Leeds, and once got stuck on one for 20 minutes.",
            "facts": [bouldering, leeds, stuck],
        },
        {"text": "On a Sunday I bake.", "facts": [loaves]},
    ]
    second = [
        {
            "text": "On Sunday I baked three sourdough loaves and dropped one, here in Leeds.",
            "facts": [loaves, sourdough, leeds],
        },
    ]
    return [call("draft_bio", sentences=first), call("draft_bio", sentences=second)]


def answered() -> list[dict[str, Any]]:
    starters = list(StarterPrompt.objects.values_list("text", flat=True))[:3]
    texts = ("why I got stuck on a boulder", "sourdough and three loaves", "I boulder, then I bake")
    facts = [fact_id(value) for value in ("bouldering", "sourdough", *KNOWN["stories"][:2])]
    return [
        call("draft_prompt", prompt=prompt, sentences=[{"text": text, "facts": facts}])
        for prompt, text in zip(starters, texts, strict=True)
    ]


def to_drafts(harness: ChatHarness, group: Group) -> None:
    photo_arrives(harness, group)
    write(harness, group, "Abby", "no", drafted())


def to_review(harness: ChatHarness, group: Group) -> None:
    to_drafts(harness, group)
    write(harness, group, "Abby", "2", answered())
    write(harness, group, "Abby", "yes")


def stage_of(group: Group) -> str:
    return Session.objects.get(pk=group.session.pk).stage


def test_code_asks_about_a_photo_and_her_no_puts_it_on_the_profile(harness: ChatHarness, group: Group) -> None:
    photo = photo_arrives(harness, group)
    assert group["Lena"].got("Photo 1 is in, thanks! Is anyone but you in it, Abby?") == 1
    assert group["Lena"].got("sent photo 1") == 0
    assert "sent photo 1  (beside the chat)" in report_as_text(reports.session_report(group.session))

    write(harness, group, "Abby", "no")

    photo.refresh_from_db()
    assert (photo.state, photo.place, photo.shows) == ("chosen", 1, "owner")
    assert stage_of(group) == "drafting"


def test_drafts_go_to_the_group_and_her_pick_beats_the_vote(harness: ChatHarness, group: Group) -> None:
    to_drafts(harness, group)
    assert group["Lena"].got("Which one sounds most like Abby?") == 1

    write(harness, group, "Lena", "the first one")
    write(harness, group, "Abby", "2")

    assert Vote.objects.get().draft.number == 1
    assert Draft.objects.get(state="picked").number == 2
    assert Poll.objects.get().closed_at is not None
    assert group["Lena"].got("Your friends saw it differently") == 1


def test_answers_are_shown_and_her_yes_leads_to_the_whole_profile(harness: ChatHarness, group: Group) -> None:
    to_review(harness, group)
    assert Draft.objects.filter(kind="prompt", state="picked").count() == 3
    assert stage_of(group) == "review"
    assert group["Abby"].got("this is your profile") == 1


def test_her_yes_approves_exactly_that_version(harness: ChatHarness, group: Group) -> None:
    to_review(harness, group)
    write(harness, group, "Abby", "yes")

    version = ProfileVersion.objects.get()
    abby = person(group, "Abby")
    assert version.approved_by == abby and version.approved_in is not None
    assert version.approved_in.body == "yes"
    assert stage_of(group) == "approved"
    assert group["Lena"].got("your profile is done") == 1
    assert Delivery.objects.filter(own_page__participant=abby).exists()
    assert versions.approved(group.session) == version


@pytest.mark.parametrize("text", ["ok", "yeah right"])
def test_anything_less_approves_nothing(harness: ChatHarness, group: Group, text: str) -> None:
    to_review(harness, group)
    write(harness, group, "Abby", text)
    assert not ProfileVersion.objects.exclude(approved_at=None).exists()


def test_a_friends_yes_approves_nothing(harness: ChatHarness, group: Group) -> None:
    to_review(harness, group)
    write(harness, group, "Lena", "yes")
    assert stage_of(group) == "review"


def test_what_is_taken_out_after_approval_takes_its_bio_and_the_page_along(
    harness: ChatHarness, group: Group
) -> None:
    to_review(harness, group)
    write(harness, group, "Abby", "yes")
    message = {"message": f"m{Message.objects.latest('pk').pk + 1}", "quote": "forget the loaves"}

    taken_out = [call("forget", field="stories", value=KNOWN["stories"][0], **message)]
    write(harness, group, "Abby", "forget the loaves", taken_out)

    assert Draft.objects.get(kind="bio", number=2).state == "fallen"
    assert versions.approved(group.session) is None
    assert stage_of(group) == "drafting"
    assert group["Abby"].got("It was in a text for the profile too") == 1


def test_a_draft_that_cites_nothing_real_is_never_shown(harness: ChatHarness, group: Group) -> None:
    photo_arrives(harness, group)
    invented = [{"text": "I am the best astronaut that Leeds has ever seen, truly.", "facts": ["f99999999"]}]
    write(harness, group, "Abby", "no", [call("draft_bio", sentences=invented)])
    assert not Draft.objects.exists()
    assert group["Lena"].got("astronaut") == 0


def test_a_larger_group_costs_a_turn_no_more_queries(harness: ChatHarness, group: Group) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as made:
            interview_of(group.session)
        return len(made)

    before = queries()
    for number in range(5):
        contact = actions.get_or_update_contact(address=f"whatsapp:+1555019000{number}", at=clock.now())
        group.session.participants.create(contact=contact, name=f"Friend {number}", joined_at=clock.now())
    assert queries() == before
