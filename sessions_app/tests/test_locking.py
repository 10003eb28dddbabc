"""A `LockedSession` is one whose row is locked."""

import re
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from matchmaker import clock
from sessions_app import actions
from sessions_app.models import Session


@pytest.fixture
def session() -> Session:
    now = clock.now()
    return Session.objects.create(code="ABC234", stage_changed_at=now, created_at=now, last_activity_at=now)


@pytest.mark.django_db(transaction=True)
def test_a_session_in_other_hands_is_not_waited_for(session: Session) -> None:
    found: list[Session | None] = []

    def look() -> None:
        with transaction.atomic():
            found.append(actions.lock_session_if_free(session.pk, among=Session.objects.all()))
        connection.close()

    with transaction.atomic():
        actions.lock_session(session.pk)
        worker = threading.Thread(target=look)
        worker.start()
        worker.join(timeout=10)

    assert found == [None]


@pytest.mark.django_db
def test_only_one_of_those_asked_for_is_locked(session: Session) -> None:
    assert actions.lock_session_if_free(session.pk, among=Session.objects.filter(status="paused")) is None
    assert actions.lock_session_if_free(session.pk, among=Session.objects.open()) == session


def test_only_actions_calls_a_session_locked() -> None:
    root = Path(settings.BASE_DIR)
    sources = (
        path.relative_to(root)
        for app in ("sessions_app", "conversations_app", "matchmaker")
        for path in root.glob(f"{app}/**/*.py")
    )
    product = [path for path in sources if "tests" not in path.parts]

    makers = {str(path) for path in product if re.search(r"LockedSession\(\w", (root / path).read_text())}

    assert makers == {"sessions_app/actions.py"}
