"""Photos in any store that speaks S3. A module of its own: the packages for it take 30 MB that a folder does not need."""

from typing import Any

from botocore.config import Config
from storages.backends.s3 import S3Storage


class PhotosInS3(S3Storage):  # type: ignore[misc]  # the package carries no types
    """Never public: browsers get photos from us, not from the store."""

    def get_default_settings(self) -> dict[str, Any]:
        of_package: dict[str, Any] = super().get_default_settings()
        return of_package | {
            "default_acl": None,
            "file_overwrite": True,
            # The package's own defaults would hold a worker for minutes; what fails is tried again later.
            "client_config": Config(connect_timeout=5, read_timeout=20, retries={"total_max_attempts": 2}),
        }
