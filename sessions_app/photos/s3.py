"""Photos in any store that speaks S3. A module of its own: the packages for it take 30 MB that a folder does not need."""

from typing import Any

from botocore.config import Config
from storages.backends.s3 import S3Storage


def photos_in_s3(*, addressing_style: str = "auto", **options: Any) -> S3Storage:
    """Never public: browsers get photos from us, not from the store."""
    config = Config(
        # The package's own defaults would hold a worker for minutes; what fails is tried again later.
        connect_timeout=5,
        read_timeout=20,
        retries={"total_max_attempts": 2},
        # Whoever gives a config of their own has to give this in it.
        s3={"addressing_style": addressing_style},
    )
    return S3Storage(client_config=config, default_acl=None, file_overwrite=True, **options)
