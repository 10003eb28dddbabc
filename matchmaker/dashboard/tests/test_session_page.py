from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models.signals import post_init
from django.test import Client
from django.utils import timezone

from conversations_app.erasing import panic
from conversations_app.membership import bindings
from conversations_app.models import Delivery, Message, Problem, Sender, Turn
from conversations_app.staff import reports
from conversations_app.tests.webhook_requests import sid
from matchmaker.dashboard.tests.sample_session import SampleSession, abbys_session
from matchmaker.dashboard.transcript import MOST_SHOWN
from sessions_app import actions
from sessions_app.models import Invite, Session


def address(sample: SampleSession, what: str = "change") -> str:
    return f"/admin/sessions_app/session/{sample.session.pk}/{what}/"


def page(client: Client, sample: SampleSession, **query: str) -> str:
    answer = client.get(address(sample), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_shows_each_value_with_who_said_it_and_where(staff: Client, sample: SampleSession) -> None:
    said = sample.says("Lena", "she lives for night swimming")
    sample.fact("Lena", "interests", "night swimming", said, "lives for night swimming", state="proposed")

    shown = page(staff, sample)

    assert 'night swimming</span><span class="mm-mark mm-warn mm-end">heard</span>' in shown
    assert '<q class="mm-quote" dir="auto">lives for night swimming</q>' in shown
    assert f'said by Lena, <a class="mm-link" href="#m{said.pk}"' in shown


def test_it_marks_unread_messages(staff: Client, sample: SampleSession) -> None:
    sample.we_say("Hello?", state=Message.State.REFUSED, error="The conversation had been closed at Twilio.")

    assert "Not sent: The conversation had been closed at Twilio." in page(staff, sample)


def test_it_shows_who_did_not_get_a_message_and_why(staff: Client, sample: SampleSession) -> None:
    hello = sample.we_say("Hello!")
    sample.receipt(hello, "Abby", "read")
    sample.receipt(hello, "Lena", "undelivered", "63016")

    shown = page(staff, sample)

    assert "Did not reach Lena: their 24-hour WhatsApp window is closed." in shown
    assert "<span>1 read</span>" in shown


def test_it_shows_what_a_turn_did_and_what_was_refused(staff: Client, sample: SampleSession) -> None:
    said = sample.says("Lena", "she is 27")
    sample.turn(
        {
            "name": "propose_fact",
            "arguments": {"field": "age", "value": 27, "about": f"p{sample.people['Abby'].pk}"},
            "message": said,
            "is_done": False,
            "why": "only the primary person can say age",
        },
        reason="Two friends are talking.",
        tokens=1630,
    )

    shown = page(staff, sample)

    assert "Two friends are talking." in shown
    assert "Age: 27, about Abby" in shown
    assert "refused: only the primary person can say age" in shown
    assert "1630 tokens" in shown


def test_it_says_when_a_group_is_asked_to_go_on(staff: Client, sample: SampleSession) -> None:
    Session.objects.update(nudge_at=datetime(2026, 11, 29, 8, tzinfo=UTC))

    assert "wants to go on later: asked 29 Nov, 08:00 unless somebody writes" in page(staff, sample)


def test_it_says_where_code_spoke_for_a_silent_model(staff: Client, sample: SampleSession) -> None:
    sample.turn(spoke=True, plain_line="asked", reason="the primary person asks something")

    why = "The model stayed silent, so code spoke: the primary person had asked something."
    assert why in page(staff, sample)
    assert "spoke, by code" in staff.get("/admin/conversations_app/turn/").content.decode()


def test_the_list_of_facts_shows_the_words_each_rests_on(staff: Client, sample: SampleSession) -> None:
    said = sample.says("Abby", "Leeds, born and bred")
    sample.fact("Abby", "area", "Leeds", said, "Leeds, born")

    shown = staff.get("/admin/sessions_app/fact/").content.decode()

    assert f'href="/admin/conversations_app/message/{said.pk}/change/">“Leeds, born”</a>' in shown


def test_it_shows_media_by_name_and_kind(staff: Client, sample: SampleSession) -> None:
    sample.says("Lena", "", media=[{"sid": "ME1", "content_type": "image/jpeg", "filename": "beach.jpg"}])

    assert "📷 beach.jpg" in page(staff, sample)


def test_it_escapes_what_people_write(staff: Client, sample: SampleSession) -> None:
    sample.says("Lena", "<script>alert(1)</script>")

    shown = page(staff, sample)

    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_it_shows_no_phone_number(staff: Client, db: None) -> None:
    shown = page(staff, abbys_session())

    assert "+1555" not in shown
    assert "whatsapp …" in shown


def test_it_shows_the_end_of_a_long_transcript_and_the_rest_on_demand(staff: Client, sample: SampleSession) -> None:
    first = sample.says("Abby", "the very first words")
    copies = [
        Message(
            session=sample.session,
            kind="person",
            author=sample.people["Lena"],
            body=f"line {n}",
            at=first.at,
            conversation=sample.conversation,
            index=n,
            sid=sid("IM"),
        )
        for n in range(1, MOST_SHOWN + 1)
    ]
    Message.objects.bulk_create(copies)

    assert "the very first words" not in page(staff, sample)
    assert "Show the 1 earlier messages" in page(staff, sample)
    assert "the very first words" in page(staff, sample, all="")


def test_it_loads_only_the_messages_that_it_shows(staff: Client, sample: SampleSession) -> None:
    Message.objects.bulk_create(
        Message(
            session=sample.session,
            conversation=sample.conversation,
            kind=Message.Kind.PERSON,
            author=sample.people["Lena"],
            body=f"words {n}",
            at=sample.now + timedelta(seconds=n),
            index=n,
            sid=sid("IM"),
        )
        for n in range(2 * MOST_SHOWN)
    )
    loaded: list[int] = []

    def note(instance: Message, **more: Any) -> None:
        loaded.append(instance.pk)

    post_init.connect(note, sender=Message)
    try:
        shown = page(staff, sample)
    finally:
        post_init.disconnect(note, sender=Message)

    assert f"words {2 * MOST_SHOWN - 1}<" in shown
    assert len(loaded) == MOST_SHOWN


def test_the_latest_messages_keep_the_place_of_what_came_outside_the_conversation(sample: SampleSession) -> None:
    for n in range(4):
        sample.says("Lena", f"before {n}")
    joining = sample.says("Abby", "join JS2HSG", kind=Message.Kind.COMMAND, index=None)
    Message.objects.filter(pk=joining.pk).update(conversation=None)
    for n in range(4):
        sample.says("Lena", f"after {n}")

    latest = reports.messages_in_order(sample.session, newest=6)

    assert latest == reports.messages_in_order(sample.session)[-6:]
    assert [message.body for message in latest][:2] == ["before 3", "join JS2HSG"]


def test_it_says_who_read_a_command(staff: Client, sample: SampleSession) -> None:
    sample.says("Lena", "who", kind=Message.Kind.COMMAND)
    sample.says("Lena", "my data", kind=Message.Kind.COMMAND, read_instead="(Lena had a quick word with Matchmaker)")
    sample.says("Lena", "join JS2HSG", kind=Message.Kind.COMMAND, is_for_us_alone=True)

    shown = page(staff, sample)

    assert "command · everybody read it" in shown
    assert "command · the group read: (Lena had a quick word with Matchmaker)" in shown
    assert "command · only Matchmaker read it" in shown


def test_it_pauses_and_resumes(staff: Client, sample: SampleSession) -> None:
    paused = staff.post(address(sample, "pause"), follow=True).content.decode()

    assert Session.objects.get().status == Session.Status.PAUSED
    assert "Resume the matchmaker" in paused
    assert "Pause the matchmaker" not in paused

    staff.post(address(sample, "resume"))

    assert Session.objects.get().status == Session.Status.ACTIVE
    assert [entry.change_message for entry in LogEntry.objects.order_by("pk")] == ["Paused.", "Resumed."]


def on_hold(sample: SampleSession) -> None:
    """With a profile that was known before somebody said that they are under 18."""
    said = sample.says("Abby", "I live in Leeds")
    sample.fact("Abby", "area", "Leeds", said)
    sample.fact("Abby", "quirk", "sings to her plants", said, state="rejected")
    sample.turn({"name": "propose_fact", "arguments": {"field": "area", "value": "Leeds"}, "message": said})
    with transaction.atomic():
        actions.hold_for_safety(session=actions.lock_session(sample.session.pk), at=sample.now)


def test_it_shows_nothing_of_a_sealed_profile(staff: Client, sample: SampleSession) -> None:
    on_hold(sample)

    shown = page(staff, sample)

    assert "1 value kept, and neither shown nor used until you decide" in shown
    assert shown.count("Leeds") == 1  # in the transcript
    assert "sings to her plants" not in shown
    assert "Leeds" not in staff.get("/admin/sessions_app/fact/").content.decode()
    assert "Leeds" not in staff.get(f"/admin/conversations_app/turn/{Turn.objects.get().pk}/change/").content.decode()


def test_it_releases_a_hold(staff: Client, sample: SampleSession) -> None:
    on_hold(sample)
    assert "Release the hold" in page(staff, sample)

    shown = staff.post(address(sample, "release"), follow=True).content.decode()

    assert Session.objects.get().status == Session.Status.ACTIVE
    assert '<span class="mm-value" dir="auto">Leeds</span>' in shown
    assert LogEntry.objects.get().change_message == "Released the safety hold."


def test_it_shows_what_somebody_said_who_left_by_their_panic_word_once_staff_look(
    staff: Client, sample: SampleSession
) -> None:
    said = sample.says("Lena", "he always knows where I am")
    copy = Delivery.objects.create(
        contact=sample.session.participants.get(name="Abby").contact,
        sender=Sender.objects.get_or_create(address="whatsapp:+15005550006")[0],
        message=said,
        reason="copy",
        body="Lena: he always knows where I am",
    )
    panic.leave(sample.session.participants.get(name="Lena"), sample.now)
    shown = page(staff, sample)
    assert "(sealed until staff have looked)" in shown
    for row in (f"message/{said.pk}", f"delivery/{copy.pk}"):
        shown += staff.get(f"/admin/conversations_app/{row}/change/").content.decode()
    assert "he always knows" not in shown

    shown = staff.post(address(sample, "unseal"), follow=True).content.decode()

    assert "he always knows where I am" in shown
    assert "Show what they said" not in shown
    assert LogEntry.objects.get().change_message == "Looked at what was sealed."


def test_it_closes_a_session_for_good(staff: Client, sample: SampleSession) -> None:
    assert "Close JS2HSG for good" in page(staff, sample)

    shown = staff.post(address(sample, "close"), follow=True).content.decode()

    assert Session.objects.get().status == Session.Status.CLOSED
    assert "Closed the session for good." in shown
    assert "Close JS2HSG for good" not in shown
    assert LogEntry.objects.get().change_message == "Closed the session for good."


def test_it_says_why_a_pause_is_not_possible(staff: Client, sample: SampleSession) -> None:
    Session.objects.update(status=Session.Status.CLOSED)

    shown = staff.post(address(sample, "pause"), follow=True).content.decode()

    assert "JS2HSG cannot be paused: it is" in shown
    assert not LogEntry.objects.exists()


def test_it_shows_the_invite_in_use(staff: Client, sample: SampleSession, settings: Any) -> None:
    settings.PUBLIC_BASE_URL = "https://match.test"
    Invite.objects.update(code="XYZ789", uses=3, expires_at=datetime(2031, 5, 7, 18, 30, tzinfo=UTC))

    shown = page(staff, sample)

    assert 'href="https://match.test/join/XYZ789"' in shown
    assert "Used 3 of 60 times · valid until 7 May 2031, 18:30" in shown
    assert '<span class="mm-mark mm-good">in use</span>' in shown


@pytest.mark.parametrize(
    ("change", "state"), [({"expires_at": "2026-01-01T00:00:00Z"}, "expired"), ({"uses": 60}, "used up")]
)
def test_it_says_why_an_invite_lets_nobody_in(
    staff: Client, sample: SampleSession, change: dict[str, Any], state: str
) -> None:
    Invite.objects.update(**change)

    assert f'<span class="mm-mark mm-warn">{state}</span>' in page(staff, sample)


def test_it_makes_a_new_invite_code(staff: Client, sample: SampleSession) -> None:
    shown = staff.post(address(sample, "invite"), follow=True).content.decode()

    new = Invite.objects.get(retired_at=None)
    assert new.code != sample.code
    assert f"/join/{new.code}" in shown
    assert f"/join/{sample.code}" not in shown
    assert LogEntry.objects.get().change_message == "Made a new invite code."


def test_it_makes_no_invite_to_a_group_that_has_ended(staff: Client, sample: SampleSession) -> None:
    Session.objects.update(status=Session.Status.CLOSED)

    shown = staff.post(address(sample, "invite"), follow=True).content.decode()

    assert "Nobody can be invited to JS2HSG" in shown
    assert "New invite code" not in shown
    assert Invite.objects.count() == 1


def test_it_queues_a_reply_for_the_whole_group(staff: Client, sample: SampleSession) -> None:
    answer = staff.post(address(sample, "say"), {"text": "  Hi all, Nora here.  "})

    message = Message.objects.get()
    assert answer.status_code == 302
    assert (message.kind, message.state, message.body) == ("staff", "waiting", "Hi all, Nora here.")
    assert message.out_seq == 1


def test_it_queues_a_reply_for_one_person_alone(staff: Client, sample: SampleSession) -> None:
    lena = sample.joins("Zoe")

    shown = staff.post(address(sample, "say"), {"text": "Hi Zoe, Nora here.", "to": lena.pk}, follow=True).content

    text = Delivery.objects.get()
    assert (text.contact, text.body) == (lena.contact, "Hi Zoe, Nora here.")
    assert not Message.objects.exists()
    assert "on its way to Zoe alone" in shown.decode()


def test_it_refuses_somebody_of_another_group(staff: Client, sample: SampleSession) -> None:
    stranger = SampleSession(code="WX4ZNA").joins("Zoe")

    staff.post(address(sample, "say"), {"text": "Hi", "to": stranger.pk})

    assert not Delivery.objects.exists()
    assert not Message.objects.exists()


def test_it_logs_who_replied_but_not_the_text(staff: Client, sample: SampleSession) -> None:
    staff.post(address(sample, "say"), {"text": "Hi all"})

    entry = LogEntry.objects.get()
    assert entry.user.get_username() == "nora"
    assert entry.change_message == f"Wrote to the group as staff (message {Message.objects.get().pk})."


def test_it_gives_back_a_reply_that_is_too_long(staff: Client, sample: SampleSession) -> None:
    text = "long " * 400

    shown = staff.post(address(sample, "say"), {"text": text}).content.decode()

    assert not Message.objects.exists()
    assert text.strip() in shown
    assert "are the most that phones get" in shown


def test_it_offers_no_reply_when_nobody_can_be_reached(staff: Client, sample: SampleSession) -> None:
    bindings.mark_closed(sample.conversation)

    assert 'id="id_text"' not in page(staff, sample)


def test_it_lets_a_reader_read_only(reader: Client, sample: SampleSession) -> None:
    problem = sample.problem("Trouble.")
    shown = page(reader, sample)

    assert "Pause the matchmaker" not in shown
    assert 'id="id_text"' not in shown
    assert "Mark as solved" not in shown
    assert "New invite code" not in shown
    assert "Close session" not in shown
    for what in ("pause", "resume", "release", "close", "say", "invite", f"solved/{problem.pk}"):
        assert reader.post(address(sample, what), {"text": "hi"}).status_code == 403
    assert not Message.objects.exists()


def test_it_acts_only_on_post(staff: Client, sample: SampleSession) -> None:
    for what in ("pause", "release", "close"):
        assert staff.get(address(sample, what)).status_code == 405
    assert staff.post(address(sample)).status_code == 405


def test_it_requires_a_csrf_token(nora: User, sample: SampleSession) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(nora)

    assert strict.post(address(sample, "pause")).status_code == 403


def test_it_marks_a_problem_as_solved(staff: Client, sample: SampleSession) -> None:
    problem = sample.problem("Trouble.")

    staff.post(address(sample, f"solved/{problem.pk}"))

    assert Problem.objects.get().solved_at is not None
    assert LogEntry.objects.get().change_message == "Marked as solved."


def test_it_leaves_the_problems_of_other_sessions_alone(staff: Client, sample: SampleSession) -> None:
    elsewhere = SampleSession().problem("Trouble.")

    staff.post(address(sample, f"solved/{elsewhere.pk}"))

    assert Problem.objects.get().solved_at is None


def test_it_answers_404_for_an_unknown_session(staff: Client, db: None) -> None:
    assert staff.get("/admin/sessions_app/session/4711/change/").status_code == 404
    assert staff.get("/admin/sessions_app/session/nonsense/change/").status_code == 404


def test_it_shows_the_closed_window_of_a_silent_phone(staff: Client, sample: SampleSession) -> None:
    lena = sample.people["Lena"].contact
    lena.windows.update(last_inbound_at=timezone.now() - timedelta(hours=25))

    assert "window closed" in page(staff, sample)


@pytest.mark.parametrize(
    ("silent_h", "missed", "shown"),
    [
        (25, 2, "window closed · reminded · template sent · missed 2 messages</p>"),
        (25, 1, "window closed · reminded · template sent · missed 1 message</p>"),
        (2, 0, "window open 22 h</p>"),
    ],
    ids=["in this window", "one message", "in a window before"],
)
def test_it_shows_what_was_done_about_a_window(
    staff: Client, sample: SampleSession, silent_h: int, missed: int, shown: str
) -> None:
    now = timezone.now()
    sample.people["Lena"].contact.windows.update(
        last_inbound_at=now - timedelta(hours=silent_h),
        reminded_at=now - timedelta(hours=3),
        template_sent_at=now - timedelta(hours=2, minutes=30),
    )
    for _ in range(missed):
        sample.receipt(sample.says("Abby", "anybody?"), "Lena", "failed", "63016")

    assert shown in page(staff, sample)
