"""How long an invite lets people in, what replacing its code does, and what guessing codes leads to."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from sessions_app import actions, invites
from sessions_app.codes import code_in, new_code
from sessions_app.models import Contact, Invite, Session

NOW = datetime(2026, 11, 25, 20, 0, tzinfo=UTC)


@pytest.fixture
def abby(db: None) -> Contact:
    return Contact.objects.create(address="+15550100001", created_at=NOW)


@pytest.fixture
def session(abby: Contact) -> Session:
    return actions.start_session(contact=abby, at=NOW).session


def draw(monkeypatch: pytest.MonkeyPatch, codes: Iterator[str]) -> None:
    monkeypatch.setattr(invites, "new_code", lambda: next(codes))
    monkeypatch.setattr(actions, "new_code", lambda: next(codes))


def test_it_lets_in_until_the_moment_it_expires(session: Session) -> None:
    invite = invites.current_invite(session)
    end = NOW + invites.VALID_FOR

    invites.use(invite, at=end - timedelta(seconds=1))

    with pytest.raises(invites.InviteNotValid):
        invites.use(invite, at=end)


def test_it_lets_in_up_to_its_limit_and_counts_only_those(session: Session) -> None:
    invite = invites.current_invite(session)
    Invite.objects.update(uses=invites.MOST_USES - 1)

    invites.use(invite, at=NOW)

    with pytest.raises(invites.InviteNotValid):
        invites.use(invite, at=NOW)
    invite.refresh_from_db()
    assert invite.uses == invites.MOST_USES


def test_it_gives_a_replaced_code_a_fresh_successor(session: Session) -> None:
    first = invites.current_invite(session)
    later = NOW + timedelta(days=20)

    second = invites.rotate_invite(actions.lock_session(session.pk), at=later)

    invites.use(second, at=later)
    with pytest.raises(invites.InviteNotValid):
        invites.use(first, at=NOW)
    assert invites.current_invite(session) == second
    assert (first.code, second.expires_at) == (session.code, later + invites.VALID_FOR)


def test_it_draws_another_code_when_one_is_or_was_taken(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    used = invites.rotate_invite(actions.lock_session(session.pk), at=NOW)
    draw(monkeypatch, iter([session.code, used.code, "FREE23"]))

    invite = invites.rotate_invite(actions.lock_session(session.pk), at=NOW)

    assert invite.code == "FREE23"
    assert session.invites.filter(retired_at=None).count() == 1


def test_it_starts_no_session_under_a_code_in_use_elsewhere(
    session: Session, abby: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = invites.rotate_invite(actions.lock_session(session.pk), at=NOW)
    draw(monkeypatch, iter([taken.code, "FREE23"]))

    other = actions.start_session(contact=abby, at=NOW).session

    assert (other.code, invites.current_invite(other).code) == ("FREE23", "FREE23")


def test_it_gives_up_when_no_code_is_free(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invites, "new_code", lambda: session.code)

    with pytest.raises(RuntimeError, match="were taken"):
        invites.rotate_invite(actions.lock_session(session.pk), at=NOW)


def test_it_recognises_the_wrong_code_that_is_one_too_many(abby: Contact) -> None:
    told = [invites.record_wrong_code(abby, at=NOW) for _ in range(6)]

    assert told == [False, False, False, False, True, False]
    assert invites.is_guessing_blocked(abby, at=NOW)


def test_it_lets_a_phone_try_again_when_its_hour_is_over(abby: Contact) -> None:
    for _ in range(5):
        invites.record_wrong_code(abby, at=NOW)
    later = NOW + invites.REST

    assert not invites.is_guessing_blocked(abby, at=later)
    assert not invites.record_wrong_code(abby, at=later)
    assert not invites.is_guessing_blocked(abby, at=later)


def test_it_counts_each_phone_separately(abby: Contact) -> None:
    lena = Contact.objects.create(address="+15550100002", created_at=NOW)

    for _ in range(5):
        invites.record_wrong_code(abby, at=NOW)

    assert not invites.is_guessing_blocked(lena, at=NOW)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ABC234", "ABC234"),
        ("abcd5", "ABCD5"),
        ("join abc234, please", "ABC234"),
        ("(ABC234).\n", "ABC234"),
        ("ABC2345", ""),
        ("ABC 234", ""),
        ("ＡＢＣ２３４", ""),
        ("", ""),
    ],
)
def test_it_finds_the_code_in_what_was_copied(text: str, code: str) -> None:
    assert code_in(text) == code


def test_a_new_code_is_neither_a_word_nor_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    characters = iter("234567ABCDEFABC234")
    monkeypatch.setattr("sessions_app.codes.secrets.choice", lambda _: next(characters))

    assert new_code() == "ABC234"
