"""Who may come in by which word: what the lobby decides, before anything is sent."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from conversations_app.delivery import direct_messages
from conversations_app.inbound import processing
from conversations_app.membership import transport_choice
from conversations_app.models import Binding, Delivery, InboxEvent, Message, Sender
from conversations_app.staff import interventions
from conversations_app.tests.webhook_requests import post_signed, text_received
from matchmaker import clock
from sessions_app import actions, invites
from sessions_app.models import Contact, Invite, Participant, Session

ZOE, SMS_ZOE = "whatsapp:+15550100009", "+15550100009"


@pytest.fixture
def writes(client: Client, db: None) -> Any:
    """Process a text to our number; returns the answers that are queued for its author."""

    def write(body: str, *, by: str = ZOE, to: str = "", **fields: str) -> list[str]:
        number = to or ("whatsapp:+15005550006" if by.startswith("whatsapp:") else "+15005550007")
        before = set(Delivery.objects.values_list("pk", flat=True))
        post_signed(client, "/webhooks/sms", text_received(From=by, To=number, Body=body, **fields))
        for event in processing.due_events(10):
            processing.take_in(event)
        return list(Delivery.objects.exclude(pk__in=before).values_list("body", flat=True))

    return write


@pytest.fixture
def session(writes: Any) -> Session:
    writes("start", by="whatsapp:+15550100001")
    return Session.objects.get()


def is_in(session: Session, address: str = ZOE) -> bool:
    return session.participants.present().filter(contact__address=address).exists()


@pytest.mark.parametrize("payload", ["join {}", "join_{}", "JOIN_{}"])
def test_a_join_button_lets_people_in(writes: Any, session: Session, payload: str) -> None:
    writes("Help Abby", ButtonText="Help Abby", ButtonPayload=payload.format(session.code))

    assert is_in(session)


def test_a_stop_button_opts_out(writes: Any, session: Session) -> None:
    assert writes("No more, please", ButtonText="No more, please", ButtonPayload="stop") == []

    assert Contact.objects.get(address=ZOE).opted_out_at is not None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"ButtonText": "Yes, it's me", "ButtonPayload": "confirm_yes"}, "Yes, it's me"),
        ({"ButtonPayload": "confirm_yes"}, "confirm_yes"),
        ({"ListTitle": "Bouldering", "ListId": "3"}, "Bouldering"),
        (
            {"Latitude": "45.5", "Longitude": "-73.6", "Label": "Café Olimpico", "Address": "124 St Viateur"},
            "📍 Café Olimpico, 124 St Viateur",
        ),
        (
            {"Latitude": "53.79648", "Longitude": "-1.54785"},
            "📍 a place: https://maps.google.com/?q=53.79648,-1.54785",
        ),
        (
            {"Latitude": "53.8", "Longitude": "-1.5", "Label": "Home"},
            "📍 Home: https://maps.google.com/?q=53.8,-1.5",
        ),
        ({"Latitude": "", "Longitude": "", "Address": "124 St Viateur"}, "📍 124 St Viateur"),
    ],
)
def test_taps_and_pinned_locations_appear_in_the_transcript(
    writes: Any, settings: Any, fields: dict[str, str], said: str
) -> None:
    settings.CONVERSATIONS_SHARE = 0
    writes("start")

    writes("", **fields)

    assert Message.objects.get(kind="person").body == said


@pytest.mark.parametrize("share", [0, 100])
def test_nothing_is_passed_on_of_what_whatsapp_does_not_show(writes: Any, settings: Any, share: int) -> None:
    settings.CONVERSATIONS_SHARE = share
    writes("start")

    assert writes("", MessageType="unsupported") == []

    assert not Message.objects.filter(kind__in=["person", "relay"]).exists()


@pytest.mark.parametrize("word", ["join {}", "JOIN {}.", " hi  {}", "Hi {}!", "join {} please", "switch {}"])
def test_it_understands_the_words_for_joining(writes: Any, session: Session, word: str) -> None:
    writes(word.format(session.code.lower()))

    assert is_in(session)


@pytest.mark.parametrize(
    "text",
    [
        *("{}", "{} 🎉", "Jion {}", "join code {}", "join{}", "Hi! Abby sent me this: {}"),
        "Fwd: Come and help with a dating profile! Send join {} to +15005550006 or tap https://x.example/join/{}",
    ],
)
def test_one_code_that_exists_lets_people_in_whatever_is_around_it(writes: Any, session: Session, text: str) -> None:
    writes(text.replace("{}", session.code))

    assert is_in(session)


def test_of_several_words_like_codes_the_one_that_exists_counts(writes: Any, session: Session) -> None:
    writes(f"is it {session.code} or ZZZZZ9?")

    assert is_in(session)


def test_several_codes_in_one_text_are_several_guesses(writes: Any, session: Session) -> None:
    for n in (2, 5):
        writes(f"ZZZZZ{n} or ZZZZZ{n + 1} or ZZZZZ{n + 2}")

    writes(f"join {session.code}")

    assert not is_in(session)


def test_a_code_that_is_known_hides_no_guess_beside_it(writes: Any, session: Session) -> None:
    for n in range(2, 4):
        writes(f"{session.code} or ZZZZZ{n}?")
        Participant.objects.exclude(is_creator=True).delete()

    assert Contact.objects.get(address=ZOE).wrong_codes == 2


def test_a_code_is_found_in_pieces(writes: Any, session: Session) -> None:
    writes(f"join {session.code[:3]} {session.code[3:]}")

    assert is_in(session)


@pytest.mark.parametrize("text", ["London", "LONDON", "thanks", "hi there"])
def test_words_are_no_guesses_at_a_code(writes: Any, session: Session, text: str) -> None:
    for _ in range(6):
        writes(text)

    writes(f"join {session.code}")

    assert is_in(session)


def test_codes_guessed_without_a_word_are_counted(writes: Any, session: Session) -> None:
    for n in range(2, 8):
        writes(f"ZZZZZ{n}")

    writes(session.code)
    writes(f"join {session.code}")

    assert not is_in(session)


def test_hi_without_a_code_is_just_a_greeting(writes: Any, session: Session) -> None:
    [answer] = writes("hi there")

    assert answer.startswith("Hi, this is Matchmaker")


def test_wrong_codes_are_counted_and_lead_to_a_lockout(writes: Any, session: Session) -> None:
    answers = [writes(f"join ZZZZZ{n}") for n in range(2, 8)]

    assert ["no group with the code" in text for [text] in answers[:4]] == [True] * 4
    assert "try again in an hour" in answers[4][0]
    assert answers[5] == []
    assert writes(f"join {session.code}") == []
    assert not is_in(session)


def test_codes_guessed_with_hi_are_counted(writes: Any, session: Session) -> None:
    for n in range(2, 8):
        writes(f"hi ZZZZZ{n}")

    writes(f"hi {session.code}")

    assert not is_in(session)


def test_the_right_code_works_after_the_lockout(writes: Any, session: Session) -> None:
    for n in range(2, 8):
        writes(f"join ZZZZZ{n}")
    Contact.objects.update(wrong_codes_since=clock.now() - timedelta(minutes=61))

    writes(f"join {session.code}")

    assert is_in(session)


@pytest.mark.parametrize(
    "change", [{"expires_at": "2026-01-01T00:00:00Z"}, {"most_uses": 0}, {"retired_at": "2026-01-01T00:00:00Z"}]
)
def test_an_expired_invite_lets_nobody_in(writes: Any, session: Session, change: dict[str, Any]) -> None:
    Invite.objects.update(**change)

    [answer] = writes(f"join {session.code}")

    assert "no longer valid" in answer
    assert not is_in(session)


def test_a_new_code_works_and_the_session_keeps_its_own(writes: Any, session: Session) -> None:
    invite = invites.rotate_invite(actions.lock_session(session.pk), at=clock.now())

    writes(f"join {invite.code}")

    session.refresh_from_db()
    assert is_in(session)
    assert session.code != invite.code
    assert Invite.objects.get(code=invite.code).uses == 1


def test_help_in_the_group_names_the_code_in_use(writes: Any, settings: Any) -> None:
    settings.CONVERSATIONS_SHARE = 0
    writes("start", by="whatsapp:+15550100001")
    invite = invites.rotate_invite(actions.lock_session(Session.objects.get().pk), at=clock.now())

    [answer] = writes("help", by="whatsapp:+15550100001")

    assert f"Friends join with: join {invite.code}" in answer


def test_a_replaced_code_no_longer_works(writes: Any, session: Session) -> None:
    interventions.new_invite(session, by="nora")

    [answer] = writes(f"join {session.code}")

    assert "no longer valid" in answer
    assert not is_in(session)


def test_a_refused_newcomer_does_not_use_up_an_invite(
    writes: Any, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MAX_PARTICIPANTS", 1)

    [answer] = writes(f"join {session.code}")

    assert "is full" in answer
    assert Invite.objects.get().uses == 0


def test_the_fiftieth_friend_is_refused_kindly(writes: Any, session: Session) -> None:
    at = clock.now()
    contacts = Contact.objects.bulk_create(
        Contact(address=f"+1555020{n:04d}", created_at=at) for n in range(actions.MAX_PARTICIPANTS - 1)
    )
    Participant.objects.bulk_create(
        Participant(session=session, contact=contact, name=f"F{n}", joined_at=at)
        for n, contact in enumerate(contacts)
    )

    [answer] = writes(f"join {session.code}")

    assert "is full: fifty phones is the limit" in answer


def test_a_strangers_stop_is_recorded_and_not_answered(writes: Any) -> None:
    assert writes("Stop") == []

    assert Contact.objects.get().opted_out_at is not None
    assert Session.objects.count() == 0


@pytest.mark.parametrize(
    ("by", "word", "stops"), [(SMS_ZOE, "end", True), (SMS_ZOE, "QUIT", True), (ZOE, "end", False)]
)
def test_carrier_stop_words_count_only_on_sms(writes: Any, by: str, word: str, stops: bool) -> None:
    writes(word, by=by)

    assert (Contact.objects.get().opted_out_at is not None) is stops


@pytest.mark.parametrize("text", ["stop!!", "Stop. Thank you", "please stop texting me", "ARRÊT", "BAJA por favor"])
def test_a_stranger_says_stop_in_any_words(writes: Any, text: str) -> None:
    assert writes(text) == []

    assert Contact.objects.get().opted_out_at is not None


def test_a_sentence_with_the_word_in_it_opts_nobody_out(writes: Any) -> None:
    writes("stop it, you're killing me")

    assert Contact.objects.get().opted_out_at is None


@pytest.mark.parametrize(("by", "opted_in"), [(SMS_ZOE, True), (ZOE, False)])
def test_yes_undoes_a_stop_where_carriers_let_it(writes: Any, by: str, opted_in: bool) -> None:
    writes("stop", by=by)

    writes("Yes!", by=by)

    assert (Contact.objects.get().opted_out_at is None) is opted_in


def test_only_after_a_stop_does_a_word_of_the_carriers_opt_in(writes: Any, settings: Any) -> None:
    settings.CONVERSATIONS_SHARE = 0
    writes("start", by=SMS_ZOE)

    writes("yes", by=SMS_ZOE, OptOutType="START")

    assert Message.objects.get(kind="person").body == "yes"


def test_yes_of_somebody_who_never_stopped_is_just_a_word(writes: Any) -> None:
    [answer] = writes("yes", by=SMS_ZOE)

    assert answer.startswith("Hi, this is Matchmaker")


def test_start_after_a_stop_only_opts_in(writes: Any) -> None:
    writes("stop")

    [answer] = writes("start")

    assert answer.startswith("Welcome back")
    assert Contact.objects.get().opted_out_at is None
    assert Session.objects.count() == 0


@pytest.mark.parametrize(("by", "opted_in"), [(ZOE, True), (SMS_ZOE, False)])
def test_joining_opts_in_where_the_carrier_has_no_say(writes: Any, session: Session, by: str, opted_in: bool) -> None:
    writes("stop", by=by)

    writes(f"join {session.code}", by=by)

    assert (Contact.objects.get(address=by).opted_out_at is None) is opted_in


@pytest.mark.parametrize(("by", "lets_in"), [(ZOE, True), (SMS_ZOE, False)])
def test_joining_undoes_a_stop_only_where_the_carrier_allows_it(
    writes: Any, session: Session, by: str, lets_in: bool
) -> None:
    writes("stop", by=by)

    answers = writes(f"join {session.code}", by=by)

    assert answers == []
    assert is_in(session, by) is lets_in
    assert Binding.objects.held().filter(address=by).exists() is lets_in
    note = InboxEvent.objects.latest("pk").note
    assert note == (f"Joined {session.code}." if lets_in else "Not answered: opted out.")


def test_a_stop_removes_the_phone_from_every_group(writes: Any, session: Session, settings: Any) -> None:
    settings.TWILIO_SENDERS = [*settings.TWILIO_SENDERS, "whatsapp:+15005550008"]
    writes("start", by="whatsapp:+15550100002")
    first, second = Session.objects.order_by("pk")
    writes(f"join {first.code}")
    writes(f"join {second.code}", to="whatsapp:+15005550008")
    Binding.objects.update(conversation=None, state="bound")

    writes("STOP")

    assert list(Binding.objects.filter(address=ZOE).values_list("state", "why_out")) == [("unbinding", "stopped")] * 2


def test_newcomers_are_not_put_on_a_number_that_is_switched_off(writes: Any, session: Session, settings: Any) -> None:
    settings.TWILIO_SENDERS = [*settings.TWILIO_SENDERS, "+15005550009"]
    Sender.objects.create(address="+15005550009", is_enabled=False)
    writes(f"join {session.code}", by=SMS_ZOE)
    writes("start", by="whatsapp:+15550100002")
    other = Session.objects.order_by("pk").last()
    assert other is not None
    Binding.objects.update(conversation=None, state="bound")

    [answer] = writes(f"join {other.code}", by=SMS_ZOE)

    assert f"switch {other.code}" in answer


def test_the_share_of_sessions_on_conversations_is_the_same_for_a_code_whenever_asked(settings: Any) -> None:
    codes = [f"AB{n:04d}" for n in range(1000)]
    settings.CONVERSATIONS_SHARE = 25

    chosen = [transport_choice.for_new_session(code) for code in codes]

    assert chosen == [transport_choice.for_new_session(code) for code in codes]
    assert 200 < chosen.count(Session.Transport.CONVERSATIONS) < 300


def test_a_command_is_recorded_as_a_command(writes: Any, session: Session) -> None:
    writes(f"join {session.code}")

    assert list(Message.objects.values_list("kind", flat=True)) == ["command", "command"]


HIDDEN = "whatsapp:US.13491208655302741918"


def test_someone_who_hides_their_number_starts_a_group_that_can_take_them(writes: Any) -> None:
    writes("start", by=HIDDEN)

    assert Session.objects.get().transport == "broadcast"


def test_someone_who_hides_their_number_is_told_why_a_group_cannot_take_them(writes: Any, session: Session) -> None:
    [answer] = writes(f"join {session.code}", by=HIDDEN)

    assert "hide their number" in answer
    assert not is_in(session, HIDDEN)


@pytest.mark.parametrize(("kind", "opted_out"), [("STOP", True), ("START", False)])
def test_the_carriers_own_words_count_whatever_they_are(writes: Any, kind: str, opted_out: bool) -> None:
    Contact.objects.create(address=SMS_ZOE, created_at=clock.now(), opted_out_at=None if opted_out else clock.now())

    writes("ARRET", by=SMS_ZOE, OptOutType=kind)

    assert (Contact.objects.get().opted_out_at is not None) is opted_out


def test_stop_counts_on_a_channel_that_is_switched_off(writes: Any, settings: Any) -> None:
    settings.CHANNELS_ENABLED = ["sms"]

    writes("stop")

    assert Contact.objects.get(address=ZOE).opted_out_at is not None


def test_nothing_goes_out_on_a_channel_that_is_switched_off(writes: Any, settings: Any) -> None:
    writes("hello?")
    settings.CHANNELS_ENABLED = ["sms"]
    text = Delivery.objects.get()

    direct_messages.send_text(text.pk)

    text.refresh_from_db()
    assert (text.state, text.error) == ("refused", "whatsapp is switched off.")
