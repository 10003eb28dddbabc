from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from matchmaker.dashboard.tests.sample_session import SampleSession
from sessions_app.legacy.models import LegacyImport

PRIVATE = "+1555"


@pytest.fixture
def record(db: None, settings: Any) -> LegacyImport:
    settings.CLOCK_URL = ""
    sample = SampleSession(code="JS2HSG")
    sample.joins("Abby", role="primary", address="whatsapp:+15550100771")
    contact = sample.session.participants.earliest("pk").contact
    return LegacyImport.objects.create(
        session=sample.session,
        key="session:OLDAB2",
        stage_reached="review",
        primary_hint={"number": PRIVATE},
        sealed=[{"origin": "data.age", "field": "age", "value": PRIVATE}],
        participants_in=2,
        participants_out=2,
        messages_in=4,
        messages_out=4,
        last_known_at=contact.created_at,
        imported_at=contact.created_at,
    )


def address(what: str, *arguments: object) -> str:
    return reverse(f"admin:{LegacyImport._meta.app_label}_legacyimport_{what}", args=arguments)


def test_it_lists_imported_sessions_without_a_phone_number(admin_client: Client, record: LegacyImport) -> None:
    answer = admin_client.get(address("changelist"))

    assert record.session.code in answer.content.decode()
    assert PRIVATE not in answer.content.decode()


def test_it_shows_one_without_its_sealed_values_and_without_a_way_to_change_it(
    admin_client: Client, record: LegacyImport
) -> None:
    page = address("change", record.pk)

    assert 'name="_save"' not in admin_client.get(page).content.decode()
    assert PRIVATE not in admin_client.get(page).content.decode()
    assert admin_client.post(page, {}).status_code == 403
    assert admin_client.get(address("add")).status_code == 403
    assert admin_client.post(address("delete", record.pk), {"post": "yes"}).status_code == 403
