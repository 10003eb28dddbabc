from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def photo_store(settings: Any, tmp_path: Path) -> None:
    """A folder of this test's own."""
    photos = settings.STORAGES["photos"] | {"OPTIONS": {"location": tmp_path, "file_permissions_mode": 0o600}}
    settings.STORAGES = settings.STORAGES | {"photos": photos}
