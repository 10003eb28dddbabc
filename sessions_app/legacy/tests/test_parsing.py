"""Reading one value of the older app."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from matchmaker.addresses import Channel
from sessions_app.legacy.parsing import NotASession, OldSession, parse_session
from sessions_app.legacy.phones import phone_in
from sessions_app.legacy.tests.old_app import ABBY, BEGAN, LATER, SAMPLES, answered, person, said, value
from sessions_app.legacy.times import spread

NOW = datetime(2026, 11, 25, tzinfo=UTC)
TEN = datetime(2026, 11, 1, 10, tzinfo=UTC)


def parsed(code: str = "OLDAB2", **changes: Any) -> OldSession:
    return parse_session(f"session:{code}", json.dumps(value(code, **changes)), now=NOW)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_it_reads_a_real_dump_of_either_generation_without_a_problem(sample: Any) -> None:
    kept = json.loads(sample.read_text(encoding="utf-8").splitlines()[-1])

    old = parse_session(kept["key"], kept["value"], now=NOW)

    assert old.problems == []
    assert [one.name for one in old.people] == ["Priya", "Zoë 🦊", "Marc-André"]
    assert old.stage_reached == "review"
    assert len(old.messages) == len(json.loads(kept["value"])["messages"])


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ('{"sessionId": "OLDAB2"', "not JSON"),
        ("", "not JSON"),
        ('{"data": {"age": NaN}}', "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "no object"),
        ('"OLDAB2"', "no object"),
    ],
)
def test_it_names_why_a_value_is_no_session(raw: str, why: str) -> None:
    with pytest.raises(NotASession, match=why):
        parse_session("session:OLDAB2", raw, now=NOW)


@pytest.mark.parametrize("code", ["OLD", "OLDAB23", "OLD-AB", ""])
def test_it_refuses_a_code_that_nobody_could_send_to_us(code: str) -> None:
    with pytest.raises(NotASession, match="five or six"):
        parse_session(f"session:{code}", json.dumps(value()), now=NOW)


@pytest.mark.parametrize("code", ["XAVNS", "JS2HSG", "xavns"])
def test_it_takes_codes_of_five_and_six_characters_in_any_case(code: str) -> None:
    assert parsed(code).code == code.upper()


@pytest.mark.parametrize(
    ("stage", "reached"),
    [
        ("introduction", "introduction"),
        ("greeting", "introduction"),
        ("profile_creation", "basics"),
        ("collecting", "basics"),
        ("profile_confirmation", "review"),
        ("confirming", "review"),
        ("reviewing", "review"),
        ("fetching_profiles", "review"),
        ("finalized", "review"),
        ("matching", "introduction"),
        (None, "introduction"),
        (["x"], "introduction"),
    ],
)
def test_it_says_where_a_stage_would_be_here_and_never_that_it_is_approved(stage: Any, reached: str) -> None:
    assert parsed(stage=stage).stage_reached == reached


@pytest.mark.parametrize(
    ("written", "number", "channel"),
    [
        ("+15550100301", "+15550100301", None),
        ("whatsapp:+15550100301", "+15550100301", Channel.WHATSAPP),
        ("WhatsApp: +49 (30) 901820-00", "+493090182000", Channel.WHATSAPP),
        ("sms:+15550100301", "+15550100301", Channel.SMS),
        ("0049 30 90182000", "+493090182000", None),
        ("972501234567", "+972501234567", None),
        ("\u202a+61 491 570 156\u202c", "+61491570156", None),
        (15550100301, "+15550100301", None),
        ("+290 22222", "+29022222", None),
        ("+٤٩٣٠٩٠١٨٢٠٠٠", "+493090182000", None),
        ("whatsapp:US.13491208655302741918", "US.13491208655302741918", Channel.WHATSAPP),
    ],
)
def test_it_reads_numbers_of_any_country(written: Any, number: str, channel: Channel | None) -> None:
    phone = phone_in(written)

    assert phone is not None
    assert (phone.number, phone.channel) == (number, channel)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+44 (0)20 7946 0958", "+442079460958"),
        ("(+44) 020 7946\u20110958", "+442079460958"),
        ("0049 [0] 30 901820-00", "+493090182000"),
        ("+4402079460958", "+442079460958"),
        ("+39 (0)6 1234567", "+39061234567"),  # part of Italian numbers
        ("+54 11 15 2345-6789", "+541123456789"),  # dialled only within Argentina
    ],
)
def test_it_leaves_out_what_is_dialled_only_within_a_country(written: str, number: str) -> None:
    phone = phone_in(written)

    assert phone is not None and phone.number == number


@pytest.mark.parametrize(
    ("written", "number", "address"),
    [
        ("whatsapp:+52 1 55 1234 5678", "+525512345678", "whatsapp:+5215512345678"),
        ("+55 41 8765-4321", "+5541987654321", "+554187654321"),
        ("+5541987654321", "+5541987654321", "+5541987654321"),
    ],
)
def test_it_compares_by_one_form_and_writes_to_the_other(written: str, number: str, address: str) -> None:
    phone = phone_in(written)

    assert phone is not None
    assert (phone.number, phone.address(Channel.SMS)) == (number, address)


@pytest.mark.parametrize(
    "written",
    [
        "5550100001",
        "(212) 555-0100",
        "whatsapp:5550100001",
        "020 7946 0958",
        "+1 555-010-0001 ext. 3",
        "+1 555-010-0001x3",
        "+1 555 010 0001 / 3",
        "+15550100001, +15550100002",
        "+1 555 010",
        "+999 123 456 789",
        "+1 (0)555 010 0001",
    ],
)
def test_a_number_that_is_not_whole_is_none(written: str) -> None:
    assert phone_in(written) is None


@pytest.mark.parametrize("written", [None, "", "Abby", "12", True, {}, "+1 555 0100 301 and more", 3.5])
def test_it_takes_nothing_else_for_a_number(written: Any) -> None:
    assert phone_in(written) is None


@pytest.mark.parametrize("name", [None, "", "Zoë 🦊", "\u202eיעל\u202c", "نور", "A" * 40, 7, ["Abby"]])
def test_it_takes_people_by_any_name_or_none(name: Any) -> None:
    old = parsed(participants=[person(ABBY, name)], messages=[])

    assert [one.phone.number for one in old.people if one.phone] == [ABBY]
    assert old.people[0].name == (name if isinstance(name, str) else "")


@pytest.mark.parametrize(
    ("hint", "expected"),
    [
        (None, None),
        ({}, None),
        ({"name": "Abby", "phoneNumber": ABBY}, (ABBY, "Abby")),
        ({"name": "Kim"}, ("", "Kim")),
        ("Kim", ("", "Kim")),
        (ABBY, (ABBY, "")),
        ("whatsapp:" + ABBY, (ABBY, "")),
    ],
)
def test_it_keeps_whom_the_older_app_took_for_the_single_person(hint: Any, expected: Any) -> None:
    primary = parsed(primaryUser=hint).primary

    assert (primary and (primary.phone.number if primary.phone else "", primary.name)) == expected


def test_both_forms_of_one_number_are_one_person() -> None:
    old = parsed(
        createdBy="+554187654321",
        participants=[person("+554187654321", "Bia"), person("whatsapp:+5541987654321", "")],
        messages=[said("oi", "+5541987654321", "Bia")],
    )

    assert [(one.name, one.is_creator) for one in old.people] == [("Bia", True)]
    assert old.messages[0].author is old.people[0]


@pytest.mark.parametrize("sender", [ABBY, "whatsapp:" + ABBY, "5550100301"])
def test_a_number_in_the_place_of_a_name_is_none(sender: str) -> None:
    old = parsed(participants=[person(ABBY, sender)], messages=[said("hi", ABBY, sender)])

    assert old.people[0].name == ""
    assert "messages" not in old.kept


def test_one_number_listed_twice_is_one_person() -> None:
    old = parsed(participants=[person(ABBY), person("whatsapp:" + ABBY, "Abs", "creator")])

    assert [(one.name, one.is_creator) for one in old.people] == [("Abby", True)]
    assert old.people[0].phone and old.people[0].phone.channel is Channel.WHATSAPP
    assert old.kept["participants"] == [{"position": 2, "name": "Abs"}]


def test_who_started_it_is_told_by_the_number_when_no_role_says_so() -> None:
    old = parsed(participants=[person("+15550100302", "Lena"), person(ABBY, "Abby")])

    assert [one.is_creator for one in old.people] == [False, True]


def test_who_wrote_without_being_listed_keeps_their_name() -> None:
    old = parsed(messages=[said("hi", "+15550100309", "Kim"), said("hello", "", "Jo"), said("me", "", "Lena")])

    assert [message.author.name for message in old.messages if message.author] == ["Kim", "Jo", "Lena"]
    assert [one.name for one in old.people if not one.is_listed] == ["Kim", "Jo"]


@pytest.mark.parametrize(
    ("content", "body"),
    [
        ("hi", "hi"),
        (None, ""),
        ("a\x00b\ud83d", "ab"),
        (
            [{"type": "text", "text": "look"}, {"type": "image_url", "image_url": {"url": "https://x.example/1"}}],
            "look",
        ),
        ({"odd": 1}, '{"odd": 1}'),
        (27, "27"),
    ],
)
def test_it_keeps_what_was_said_in_whatever_form(content: Any, body: str) -> None:
    assert parsed(messages=[said(content)]).messages[0].body == body


@pytest.mark.parametrize("role", [None, "system", ["user"], {"is": "user"}, 7])
def test_a_role_that_is_none_loses_no_words(role: Any) -> None:
    old = parsed(messages=[{"role": role, "content": "hi"}])

    assert [(message.voice, message.body) for message in old.messages] == [("announcement", "hi")]


def test_it_notes_photos_of_messages_and_of_the_profile() -> None:
    old = parsed(
        data={"photos": ["https://x.example/a.jpg", {"url": "https://x.example/b.jpg"}]},
        messages=[said("look", mediaUrl="https://x.example/c.jpg")],
    )

    assert [note["url"][-5:] for note in old.photos] == ["a.jpg", "b.jpg", "c.jpg"]


def test_fields_that_we_do_not_know_are_kept() -> None:
    old = parsed(
        mood="sunny",
        participants=[person(ABBY, favourite="Lena")],
        messages=[said("hi", reactions=["😂"])],
        data={"preferences": {"hair": "red"}},
    )

    assert old.kept["session"]["mood"] == "sunny"
    assert old.kept["participants"] == [{"position": 1, "favourite": "Lena"}]
    assert old.kept["messages"] == [{"position": 1, "reactions": ["😂"]}]
    assert {"origin": "data.preferences", "field": "", "value": {"hair": "red"}} in old.sealed


@pytest.mark.parametrize(
    "broken", [{"participants": "Abby"}, {"messages": {"0": "hi"}}, {"data": [1], "profileSchema": 5}]
)
def test_what_has_another_form_than_it_should_is_kept_as_it_is(broken: dict[str, Any]) -> None:
    old = parsed(**broken)

    assert broken.items() <= old.kept["session"].items()


def test_both_profiles_are_sealed_and_what_they_share_once() -> None:
    old = parsed(profileSchema={"name": "Abby", "age": 27, "pets": []}, data={"age": 27, "relationshipIntent": "fun"})

    assert [(item["field"], item["value"]) for item in old.sealed] == [
        ("first_name", "Abby"),
        ("age", 27),
        ("intention", "fun"),
    ]


def test_times_of_messages_are_spread_over_the_session_and_marked() -> None:
    old = parsed(messages=[answered("1"), said("2"), answered("3")])

    assert [message.at for message in old.messages] == [TEN + timedelta(minutes=15 * n) for n in (1, 2, 3)]
    assert all(message.is_estimated for message in old.messages)


def test_known_times_of_messages_stay() -> None:
    old = parsed(messages=[answered("1"), said("2", timestamp=1793529000000), answered("3", timestamp=LATER)])

    assert [message.is_estimated for message in old.messages] == [True, False, False]
    assert [message.at for message in old.messages] == [
        TEN + timedelta(minutes=15),
        TEN + timedelta(minutes=30),
        TEN + timedelta(hours=1),
    ]


def test_a_session_that_names_no_time_at_all_begins_now() -> None:
    old = parsed(createdAt="yesterday", participants=[], actions=[], messages=[said("hi")])

    assert old.created_at == old.last_known_at == NOW
    assert "it does not say when it began" in old.problems


def test_a_date_that_somebody_talks_of_is_no_time_of_the_session() -> None:
    old = parsed(data={"weddingAt": "2099-01-01T00:00:00Z"}, actions=[], messages=[said(BEGAN)])

    assert old.last_known_at == TEN


def test_gaps_between_known_times_are_shared_out_evenly() -> None:
    later = TEN + timedelta(hours=1)

    assert spread([None, later, None, None], start=TEN, end=TEN) == [TEN + timedelta(minutes=30), later, later, later]
