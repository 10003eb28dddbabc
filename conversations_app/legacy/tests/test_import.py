"""The older app's sessions taken over by `migrate_legacy_sessions`."""

import json
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import redis
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError

from conversations_app.legacy import session_import
from conversations_app.models import Message
from conversations_app.staff import reports
from matchmaker import clock
from matchmaker.addresses import canonical
from sessions_app.legacy import importing, parsing
from sessions_app.legacy.models import LegacyImport
from sessions_app.legacy.reading import LiveRedis, SourceLost
from sessions_app.legacy.tests.old_app import (
    ABBY,
    LENA,
    SAM,
    SAMPLES,
    answered,
    key,
    person,
    said,
    session_key,
    value,
    write_dump,
)
from sessions_app.models import Contact, Invite, Participant, Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    return tmp_path / "dump.jsonl"


def migrate(*arguments: Any, failing: int | None = None) -> dict[str, Any]:
    """The command's report; `failing`: the exit code that it must end with."""
    out = StringIO()
    options = [str(argument) for argument in arguments]
    if failing is None:
        call_command("migrate_legacy_sessions", *options, "--json", stdout=out, stderr=StringIO())
    else:
        with pytest.raises(CommandError) as ended:
            call_command("migrate_legacy_sessions", *options, "--json", stdout=out, stderr=StringIO())
        assert ended.value.returncode == failing
    report: dict[str, Any] = json.loads(out.getvalue() or "{}")
    return report


def people_of(code: str) -> dict[str, str]:
    """By number: here or past."""
    rows = Participant.objects.filter(session__code=code).select_related("contact")
    numbers = {row: canonical(row.contact.address).removeprefix("whatsapp:") for row in rows}
    return {number: "past" if row.left_at else "here" for row, number in numbers.items()}


def transcript_of(code: str) -> list[tuple[str, str]]:
    return [(line["author"], line["body"]) for line in reports.transcript(Session.objects.get(code=code))]


# --- what becomes of a session ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_real_dump_comes_over_person_by_person_and_message_by_message(sample: Path) -> None:
    kept = json.loads(json.loads(sample.read_text(encoding="utf-8").splitlines()[-1])["value"])

    report = migrate("--dump", sample, "--apply")

    assert (report["found"], report["imported"], report["failed"]) == (1, 1, [])
    assert (report["participants"], report["messages"]) == (3, len(kept["messages"]))
    told = [(item.get("sender", settings.MATCHMAKER_NAME), item["content"]) for item in kept["messages"]]
    assert transcript_of(kept["sessionId"]) == told
    people = Participant.objects.order_by("pk").values_list("name", "contact__address", "is_creator", "role")
    assert list(people) == [
        (item["name"], f"whatsapp:{item['phoneNumber']}", item["role"] == "creator", "friend")
        for item in kept["participants"]
    ]


def test_it_sleeps_here_with_its_code_and_nobody_is_asked_to_answer_it(dump: Path) -> None:
    migrate("--dump", write_dump(dump, session_key(stage="finalized", conversationSid="CHold")), "--apply")

    session = Session.objects.get(code="OLDAB2")
    assert (session.status, session.stage, session.turn_due_at) == ("dormant", "introduction", None)
    assert Invite.objects.get(session=session).code == "OLDAB2"
    assert not Message.objects.filter(needs_turn=True).exists()
    record = session.legacy_import
    assert (record.stage_then, record.stage_reached, record.conversation_sid) == ("finalized", "review", "CHold")


def test_the_dry_run_tells_the_same_and_writes_nothing(dump: Path) -> None:
    write_dump(dump, session_key(), session_key("OLDAB3", participants="?"), key("session:OLDAB4", "{"), "not JSON")

    dry = migrate("--dump", dump, failing=1)
    nothing = Session.objects.exists() or Contact.objects.exists()
    applied = migrate("--dump", dump, "--apply", failing=1)

    assert not nothing
    assert dry | {"applied": True} == applied
    assert (applied["found"], applied["imported"], len(applied["failed"])) == (4, 2, 2)


def test_a_second_run_changes_nothing(dump: Path) -> None:
    write_dump(dump, session_key(), session_key("OLDAB3"))
    migrate("--dump", dump, "--apply")
    before = list(Message.objects.order_by("pk").values())

    report = migrate("--dump", dump, "--apply")

    assert (report["imported"], report["skipped"]) == (0, 2)
    assert list(Message.objects.order_by("pk").values()) == before


def test_every_failure_is_named_and_the_rest_comes_over(dump: Path) -> None:
    taken = Session.objects.create(
        code="TAKEN2", stage_changed_at=clock.now(), created_at=clock.now(), last_activity_at=clock.now()
    )
    Invite.objects.create(session=taken, code="DOOR23", most_uses=60, created_at=clock.now(), expires_at=clock.now())
    write_dump(
        dump,
        "{",
        '{"type": "string"}',
        key("session:BROKE2", '{"a":'),
        key("session:HASHED", "x", "hash"),
        key("session:TOOLONG", "{}"),
        {"key": "session:NOTEXT", "type": "string", "ttl": -1, "value": {"a": 1}},
        session_key("TAKEN2"),
        session_key("DOOR23"),
        session_key(),
        key("phone:" + ABBY, "OLDAB2", "list"),
        key("bull:queue:" + LENA, "x", "zset"),
    )

    report = migrate("--dump", dump, "--apply", failing=1)

    whys = {item["key"]: item["why"] for item in report["failed"]}
    assert set(whys) == {
        "line 1",
        "line 2",
        "session:BROKE2",
        "session:HASHED",
        "session:TOOLONG",
        "session:NOTEXT",
        "session:TAKEN2",
        "session:DOOR23",
    }
    assert whys["session:HASHED"] == "it is a hash, not a string"
    assert report["found"] == report["imported"] + report["skipped"] + len(report["failed"]) == 9
    assert report["other_keys"] == {
        "phone:* (it is a list, not a string)": 1,
        "bull:* (it is a zset, not a string)": 1,
    }
    assert "+1555" not in json.dumps(report)


def test_values_that_were_wrapped_come_over_like_any_other(dump: Path) -> None:
    buffer = {"type": "Buffer", "data": list(json.dumps(value("OLDAB3")).encode())}
    write_dump(
        dump,
        key("session:OLDAB2", json.dumps(json.dumps(value("OLDAB2")))),
        {**key("session:OLDAB3", ""), "value": buffer},
        {**key("session:OLDAB4", ""), "value": value("OLDAB4")},
    )

    report = migrate("--dump", dump, "--apply")

    assert (report["imported"], report["failed"]) == (3, [])
    assert all(people_of(f"OLDAB{n}").keys() == {ABBY, LENA} for n in (2, 3, 4))
    assert transcript_of("OLDAB2") == transcript_of("OLDAB3") == transcript_of("OLDAB4") != []


def test_the_same_code_twice_in_a_dump_comes_over_once(dump: Path) -> None:
    write_dump(dump, session_key(), session_key(), key("session:oldab2", "{}"), session_key(stage="reviewing"))

    report = migrate("--dump", dump, "--apply", failing=1)

    assert (report["imported"], report["skipped"], len(report["failed"])) == (1, 1, 2)
    assert Session.objects.get().legacy_import.stage_then == "collecting"


def test_only_the_chosen_codes_come_over(dump: Path) -> None:
    write_dump(dump, session_key(), session_key("OLDAB3"), session_key("OLDAB4"))

    report = migrate("--dump", dump, "--code", "oldab3", "--apply")

    assert report["found"] == 1
    assert Session.objects.get().code == "OLDAB3"


@pytest.mark.parametrize(
    ("value", "why"),
    [("1e400", "Postgres cannot store"), ("[" * 400 + "]" * 400, "")],
    ids=["infinite", "deep"],
)
def test_a_value_that_cannot_be_kept_fails_alone(dump: Path, value: str, why: str) -> None:
    odd = json.dumps(session_key("OLDAB3")).replace('\\"createdBy\\"', f'\\"odd\\": {value}, \\"createdBy\\"')
    write_dump(dump, odd, session_key())

    report = migrate("--dump", dump, "--apply", failing=1 if why else None)

    assert Session.objects.filter(code="OLDAB2").exists()
    assert [why in item["why"] for item in report["failed"]] == ([True] if why else [])


def test_a_fault_of_ours_fails_one_session_alone(dump: Path) -> None:
    def stumbles(name: str, *arguments: Any, **more: Any) -> Any:
        if name == "session:OLDAB2":
            raise ZeroDivisionError
        return parsing.parse_session(name, *arguments, **more)

    with patch.object(session_import, "parse_session", stumbles):
        report = migrate("--dump", write_dump(dump, session_key(), session_key("OLDAB3")), "--apply", failing=1)

    assert report["failed"] == [{"key": "session:OLDAB2", "why": "a fault of ours (ZeroDivisionError)"}]
    assert Session.objects.get().code == "OLDAB3"


def test_a_chosen_session_that_cannot_be_read_is_a_failure(dump: Path) -> None:
    report = migrate("--dump", write_dump(dump, key("session:BROKE2", "{")), "--code", "BROKE2", failing=1)

    assert report["failed"] == [{"key": "session:BROKE2", "why": "its value is not JSON"}]


def test_a_code_that_is_not_there_is_wrong_use(dump: Path) -> None:
    migrate("--dump", write_dump(dump, session_key()), "--code", "NOSUCH", "--apply", failing=2)

    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("more", "words"),
    [([], "required"), (["--dump", "x", "--redis-url", "redis://127.0.0.1:9"], "not allowed with")],
)
def test_it_wants_one_source(more: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("migrate_legacy_sessions", *more)


def test_without_json_it_says_it_in_words(dump: Path) -> None:
    out = StringIO()
    write_dump(dump, session_key(), key("session:BROKE2", "{"))

    with pytest.raises(CommandError, match="1 could not be imported"):
        call_command("migrate_legacy_sessions", "--dump", str(dump), stdout=out, stderr=StringIO())

    assert "Found 2 sessions: 1 would be imported, 0 would be skipped, 1 failed." in out.getvalue()
    assert "session:BROKE2: its value is not JSON" in out.getvalue()
    assert "Nothing was changed" in out.getvalue()


# --- people -----------------------------------------------------------------------------------------------------------


def test_one_phone_in_several_sessions_is_in_the_one_that_its_own_key_tells(dump: Path) -> None:
    write_dump(
        dump,
        key("phone:" + ABBY, "OLDAB3"),
        session_key("OLDAB2"),
        session_key("OLDAB3", participants=[person(ABBY, "Abby", "creator")]),
    )

    migrate("--dump", dump, "--apply")

    assert people_of("OLDAB2") == {ABBY: "past", LENA: "here"}
    assert people_of("OLDAB3") == {ABBY: "here"}


def test_its_own_key_may_have_the_other_form_of_the_number(dump: Path) -> None:
    write_dump(
        dump,
        key("phone:+525512345678", "OLDAB3"),
        session_key("OLDAB2", participants=[person(ABBY), person("+5215512345678", "Ana")]),
        session_key("OLDAB3", participants=[person(LENA)], messages=[]),
    )

    migrate("--dump", dump, "--apply")

    assert people_of("OLDAB2") == {ABBY: "here", "+525512345678": "past"}
    assert people_of("OLDAB3") == {LENA: "here", "+525512345678": "here"}


def test_a_phone_whose_two_forms_are_in_two_sessions_stays_in_both(dump: Path) -> None:
    write_dump(
        dump,
        key("phone:+525512345678", "OLDAB3"),
        key("phone:+5215512345678", "OLDAB2"),
        session_key("OLDAB2", participants=[person("+5215512345678", "Ana")], messages=[]),
        session_key("OLDAB3", participants=[person("+5215512345678", "Ana")], messages=[]),
    )

    migrate("--dump", dump, "--apply")

    assert people_of("OLDAB2") == people_of("OLDAB3") == {"+525512345678": "here"}


def test_without_such_a_key_a_phone_is_where_it_was_taken_in_last(dump: Path) -> None:
    later = person(ABBY) | {"joinedAt": "2026-11-03T10:00:00Z"}
    gone = key("phone:" + LENA, "NOSUCH")
    write_dump(dump, session_key("OLDAB2"), session_key("OLDAB3", participants=[later]), gone)

    migrate("--dump", dump, "--apply")

    assert people_of("OLDAB2") == {ABBY: "past", LENA: "here"}
    assert people_of("OLDAB3") == {ABBY: "here"}


def test_who_is_in_by_their_own_key_alone_is_taken_in(dump: Path) -> None:
    write_dump(dump, key("phone:" + SAM, "OLDAB2"), session_key())

    report = migrate("--dump", dump, "--apply")

    assert people_of("OLDAB2") == {ABBY: "here", LENA: "here", SAM: "here"}
    assert (report["participants_in"], report["participants_added"], report["participants"]) == (2, 1, 3)


def test_names_are_made_fit_and_kept_as_they_were(dump: Path) -> None:
    names = ["Abby", "Abby", None, "Matchmaker", "ب" * 40]
    people = [person(f"+1555010040{n}", name) for n, name in enumerate(names)]

    migrate("--dump", write_dump(dump, session_key(participants=people, messages=[])), "--apply")

    shown = list(Participant.objects.order_by("pk").values_list("name", flat=True))
    assert shown == ["Abby", "Abby (2)", "Friend", "Friend (2)", "ب" * 30]
    assert LegacyImport.objects.get().kept["names"] == {"2": "Abby", "4": "Matchmaker", "5": "ب" * 40}


def test_a_channel_that_was_not_kept_is_the_one_that_the_operator_names(dump: Path) -> None:
    people = [person(ABBY), person("whatsapp:" + LENA, "Lena")]
    write_dump(dump, session_key(participants=people))

    migrate("--dump", dump, "--channel", "sms", "--apply")

    assert list(Contact.objects.order_by("pk").values_list("address", flat=True)) == [ABBY, "whatsapp:" + LENA]
    abby = Participant.objects.get(contact__address=ABBY)
    assert LegacyImport.objects.get().assumed_channel == [abby.pk]


def test_somebody_without_a_number_keeps_their_words_under_their_name(dump: Path) -> None:
    write_dump(dump, session_key(messages=[said("I made this", "", "Jo"), said("me too", LENA, "Lena")]))

    migrate("--dump", dump, "--apply")

    assert transcript_of("OLDAB2") == [("Jo", "I made this"), ("Lena", "me too")]
    assert Participant.objects.get(name="Jo").left_at is not None


def test_a_contact_that_is_known_here_is_the_same_person(dump: Path) -> None:
    known = Contact.objects.create(address="whatsapp:" + ABBY, display_name="Abigail", created_at=clock.now())

    migrate("--dump", write_dump(dump, session_key()), "--apply")

    assert Participant.objects.get(name="Abby").contact == known
    known.refresh_from_db()
    assert known.display_name == "Abigail"


def test_ids_of_messages_are_kept_once(dump: Path) -> None:
    sid = "SM" + "0" * 32
    write_dump(dump, session_key(messages=[said("one", sid=sid), said("again", sid=sid), answered("hi", sid="x")]))

    migrate("--dump", dump, "--apply")

    assert list(Message.objects.order_by("index").values_list("sid", flat=True)) == [sid, None, None]


def test_a_time_that_is_still_to_come_is_taken_for_unknown(dump: Path) -> None:
    to_come = (clock.now() + timedelta(days=400)).isoformat()

    report = migrate("--dump", write_dump(dump, session_key(messages=[said("hello", timestamp=to_come)])), "--apply")

    assert Message.objects.get().at < clock.now() and Message.objects.get().at_is_estimated
    assert "still to come" in report["notes"][0]["what"]


@pytest.mark.parametrize(
    "source", [("--redis-url", "foo"), ("--dump", "nowhere.jsonl"), ("--give-back", "--code", "NOPE22")]
)
def test_what_there_is_not_is_wrong_use(source: tuple[str, ...]) -> None:
    assert migrate(*source, failing=2) == {}


def test_a_dry_run_tells_which_photos_it_would_fetch(dump: Path) -> None:
    urls = ["https://ours.example/1.jpg", "http://ours.example/2.jpg", "https://other.example/3.jpg", "https://[::"]
    urls += ["https://other.example\\@ours.example/5.jpg", "https://me:you@ours.example/6.jpg"]
    write_dump(dump, session_key(data={"photos": urls}))

    report = migrate("--dump", dump, "--photo-host", "Ours.example")

    assert (report["photos"], report["photos_to_fetch"], report["photos_fetched"]) == (6, 1, 0)


# --- again ------------------------------------------------------------------------------------------------------------


def test_a_newer_copy_takes_the_place_of_one_that_still_sleeps(dump: Path) -> None:
    migrate("--dump", write_dump(dump, session_key()), "--apply")
    newer = session_key(messages=[said("one"), said("two"), said("three"), said("four"), said("five")])

    report = migrate("--dump", write_dump(dump, newer), "--apply")

    assert (report["imported"], report["updated"]) == (1, 1)
    assert [body for _, body in transcript_of("OLDAB2")] == ["one", "two", "three", "four", "five"]


@pytest.mark.parametrize("older", [{"messages": [said("one")]}, {"actions": []}])
def test_an_older_copy_is_left_alone(dump: Path, older: dict[str, Any]) -> None:
    migrate("--dump", write_dump(dump, session_key()), "--apply")

    report = migrate("--dump", write_dump(dump, session_key(**older)), "--apply")

    assert (report["skipped"], report["notes"][0]["key"]) == (1, "session:OLDAB2")
    assert Message.objects.count() == 4


def _wake(session: Session) -> None:
    session.resume()


def _say_something(session: Session) -> None:
    Message.objects.create(session=session, kind="announcement", body="Hello again", at=clock.now())


@pytest.mark.parametrize("live", [_wake, _say_something])
def test_a_session_that_lives_on_here_is_never_overwritten(dump: Path, live: Any) -> None:
    migrate("--dump", write_dump(dump, session_key()), "--apply")
    live(Session.objects.get())
    before = list(Message.objects.order_by("pk").values())

    report = migrate("--dump", write_dump(dump, session_key(messages=[said(str(n)) for n in range(9)])), "--apply")

    assert (report["skipped"], report["notes"][0]["what"]) == (1, session_import.LIVES_ON)
    assert list(Message.objects.order_by("pk").values()) == before


def test_what_the_older_app_heard_since_is_added_to_a_session_that_lives_on_here(dump: Path) -> None:
    migrate("--dump", write_dump(dump, session_key()), "--apply")
    session = Session.objects.get()
    _wake(session)
    _say_something(session)
    there = value()
    people = [*there["participants"], person(SAM, "Sam")]
    later = session_key(
        messages=[*there["messages"], said("back here"), said("so am I", SAM, "Sam")], participants=people
    )

    reports = [migrate("--dump", write_dump(dump, later), "--apply") for _ in range(2)]

    assert [(one["imported"], one["updated"], one["skipped"]) for one in reports] == [(1, 1, 0), (0, 0, 1)]
    assert "written in the older app since (2 messages)" in reports[0]["notes"][0]["what"]
    said_here = transcript_of("OLDAB2")
    assert said_here[4:] == [("Abby", "back here"), ("Sam", "so am I"), ("Matchmaker", "Hello again")]
    assert not Message.objects.filter(needs_turn=True).exists()
    assert people_of("OLDAB2")[SAM] == "here"


def test_a_session_that_wakes_while_it_is_imported_again_is_not_overwritten(dump: Path) -> None:
    migrate("--dump", write_dump(dump, session_key()), "--apply")
    newer = write_dump(dump, session_key(messages=[said(str(n)) for n in range(9)]))

    with patch.object(session_import, "lives_on", side_effect=[False, True]):
        report = migrate("--dump", newer, "--apply")

    assert report["skipped"] == 1
    assert Message.objects.count() == 4


def test_what_was_cut_off_half_way_is_finished_by_the_next_run(dump: Path) -> None:
    write_dump(dump, *(session_key(f"OLDAB{n}") for n in range(2, 8)))
    write_record, calls = importing.write_record, iter(range(100))

    def killed_at_the_fourth(*arguments: Any, **more: Any) -> Any:
        if next(calls) == 3:
            raise OperationalError
        return write_record(*arguments, **more)

    with patch.object(importing, "write_record", killed_at_the_fourth):
        first = migrate("--dump", dump, "--apply", failing=1)
    half = Session.objects.count(), Message.objects.count()
    second = migrate("--dump", dump, "--apply")

    assert first["stopped"] and half == (3, 12)
    assert (second["imported"], second["skipped"]) == (3, 3)
    assert Session.objects.count() == 6 and Message.objects.count() == 24


# --- a live Redis -----------------------------------------------------------------------------------------------------


@pytest.fixture
def old_redis() -> Iterator[tuple[str, "redis.Redis"]]:
    """A database of its own on the tests' server."""
    cache = str(settings.CACHES["default"]["LOCATION"])
    url = f"{cache.partition('?')[0]}?db=9"
    client = redis.Redis.from_url(url)
    client.flushdb()
    yield url, client
    client.flushdb()
    client.close()


def test_a_live_redis_is_read_and_not_touched(old_redis: Any) -> None:
    url, client = old_redis
    for kept in (session_key(), key("phone:" + ABBY, "OLDAB2"), key("other", "x")):
        client.set(kept["key"], kept["value"])
    client.hset("session:HASHED", "a", "b")
    client.set("session:BYTES2", b"\xff\xfe")
    before = {name: (client.type(name), client.ttl(name)) for name in client.scan_iter()}

    report = migrate("--redis-url", url, "--apply", failing=1)

    assert (report["found"], report["imported"]) == (3, 1)
    assert {item["key"]: item["why"] for item in report["failed"]} == {
        "session:HASHED": "it is a hash, not a string",
        "session:BYTES2": "its value is no text",
    }
    assert report["other_keys"] == {"other": 1}
    assert {name: (client.type(name), client.ttl(name)) for name in client.scan_iter()} == before


def test_an_empty_redis_holds_nothing_to_import(old_redis: Any) -> None:
    assert migrate("--redis-url", old_redis[0], "--apply")["found"] == 0


def test_a_redis_that_goes_away_half_way_is_a_clear_failure_and_what_was_done_stays(old_redis: Any) -> None:
    url, client = old_redis
    for number in range(2, 8):
        client.set(f"session:OLDAB{number}", session_key(f"OLDAB{number}")["value"])
    entries, looks = LiveRedis.entries, iter(range(2))

    def gone_on_the_second_look(self: LiveRedis) -> Iterator[Any]:
        look = next(looks)
        for count, entry in enumerate(entries(self)):
            if look == 1 and count == 3:
                raise SourceLost("The Redis cannot be read any further (ConnectionError).")
            yield entry

    with (
        patch.object(session_import, "SESSIONS_AT_ONCE", 2),
        patch.object(LiveRedis, "entries", gone_on_the_second_look),
    ):
        first = migrate("--redis-url", url, "--apply", failing=1)
    second = migrate("--redis-url", url, "--apply")

    assert "cannot be read any further" in first["stopped"]
    assert (first["imported"], second["imported"], second["skipped"]) == (2, 4, 2)


def test_a_redis_that_is_not_there_is_named() -> None:
    assert "cannot be read" in migrate("--redis-url", "redis://127.0.0.1:9/0", failing=1)["stopped"]
