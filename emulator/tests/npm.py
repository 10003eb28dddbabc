"""Packages of npm that tests use, kept under .run/ and never committed."""

import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

import pytest

_RUN = Path(__file__).resolve().parents[2] / ".run"
CLI_CORE = "@twilio/cli-core@8.3.2"
TWILIO = "twilio@6.2.0"


def openapi_folder() -> Path:
    """Twilio's own OpenAPI files, out of the package of its command line."""
    return _kept("npm-twilio-openapi", _fetch_openapi)


def node_twilio() -> Path:
    """A folder in which `require("twilio")` finds the stock Node client."""
    if shutil.which("node") is None:
        pytest.skip("SKIPPED LOUDLY: no node on this machine, the stock Node client was not tried")
    return _kept("npm-twilio-client", _install_client)


def _kept(name: str, fill) -> Path:
    """A folder, filled once: elsewhere first, so that a broken or a second installer leaves no half of one."""
    folder = _RUN / name
    if folder.exists():
        return folder
    if shutil.which("npm") is None:
        pytest.skip(f"SKIPPED LOUDLY: no npm on this machine, {name} could not be installed")
    _RUN.mkdir(exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=_RUN))
    fill(made)
    try:
        made.rename(folder)
    except OSError:  # another run was quicker
        shutil.rmtree(made)
    return folder


def _fetch_openapi(folder: Path) -> None:
    packed = _npm(folder, "pack", CLI_CORE, "--silent").splitlines()[-1].strip()
    with tarfile.open(folder / packed) as archive:
        for member in archive:
            if "/twilio-api/" in member.name and member.name.endswith(".json"):
                source = archive.extractfile(member)
                assert source is not None
                (folder / Path(member.name).name).write_bytes(source.read())
    (folder / packed).unlink()


def _install_client(folder: Path) -> None:
    (folder / "package.json").write_text('{"private": true}')
    _npm(folder, "install", TWILIO, "--no-audit", "--no-fund", "--ignore-scripts", "--silent")


def _npm(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["npm", *arguments], cwd=folder, capture_output=True, text=True, timeout=110, env=os.environ, check=False
    )
    if done.returncode:
        shutil.rmtree(folder)
        pytest.skip(f"SKIPPED LOUDLY: npm {arguments[0]} failed: {done.stderr.strip()[-300:]}")
    return done.stdout
