from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from matchmaker.dashboard.tests.sample_session import SampleSession


@pytest.fixture(autouse=True)
def _our_own_clock(settings: Any) -> None:
    settings.CLOCK_URL = ""


@pytest.fixture
def nora(db: None) -> User:
    """A superuser, without a password because hashing one is slow."""
    return User.objects.create(username="nora", is_staff=True, is_superuser=True)


@pytest.fixture
def staff(client: Client, nora: User) -> Client:
    client.force_login(nora)
    return client


@pytest.fixture
def reader(db: None) -> Client:
    """A staff user with view permissions only."""
    user = User.objects.create(username="reader", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def sample(db: None) -> SampleSession:
    sample = SampleSession(code="JS2HSG")
    sample.joins("Abby", role="primary", address="whatsapp:+15550100771")
    sample.joins("Lena")
    return sample
