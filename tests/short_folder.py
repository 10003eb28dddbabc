"""Folders that servers can be started in."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def short_folder() -> Iterator[Path]:
    """Short enough for a socket below it, and open to the account of the servers (pytest's own is neither)."""
    folder = Path(tempfile.mkdtemp(prefix="mm-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
