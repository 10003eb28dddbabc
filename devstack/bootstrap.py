"""Set-up before the first command: the virtual environment and the packages in it.

Runs with whatever Python is there, so it uses the standard library alone. When nothing changed since the last
time it returns at once.
"""

import hashlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
VENV = REPOSITORY / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK_FILE = REPOSITORY / "requirements-dev.txt"
STAMP = VENV / "installed.sha256"
UV = "uv==0.13.9"
HEARTBEAT_S = 5
# This may be the Python of the very environment that is to be made anew.
OUTER_PYTHON = getattr(sys, "_base_executable", sys.executable)


class SetUpFailed(Exception):
    """The message says why and what to do."""


def main() -> int:
    try:
        if wanted() != installed():
            set_up()
    except SetUpFailed as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def wanted() -> str:
    return hashlib.sha256(LOCK_FILE.read_bytes()).hexdigest()


def installed() -> str:
    return STAMP.read_text() if STAMP.exists() and works(PYTHON) else ""


def works(python: Path) -> bool:
    """False too for an environment whose Python was removed, or whose making was interrupted."""
    try:
        return subprocess.run([python, "-c", "import pip"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def set_up() -> None:
    if not works(PYTHON):
        say(f"Creating the virtual environment with Python {sys.version.split()[0]} …")
        shown([OUTER_PYTHON, "-m", "venv", "--clear", str(VENV)])
    count = sum(line[:1].isalnum() for line in LOCK_FILE.read_text().splitlines())
    say(f"Installing {count} packages …")
    started = time.monotonic()
    if not installed_with_uv():
        shown([str(PYTHON), "-m", "pip", "install", "--require-hashes", "-r", str(LOCK_FILE)])
    STAMP.write_text(wanted())
    say(f"Installed in {time.monotonic() - started:.0f} s.")


def installed_with_uv() -> bool:
    """Some ten times quicker than pip; False when it cannot be had or cannot reach the packages."""
    try:
        shown([str(PYTHON), "-m", "pip", "install", "--quiet", UV])
        uv = [str(PYTHON), "-m", "uv", "pip", "install", "--require-hashes", "--python", str(PYTHON)]
        shown([*uv, "-r", str(LOCK_FILE)], {**uv_settings(), **os.environ})
    except SetUpFailed:
        say("uv did not work here; going on with pip, which takes about a minute …")
        return False
    return True


def uv_settings() -> dict[str, str]:
    """pip's own settings for where packages are, which uv does not read."""
    listed = subprocess.run([PYTHON, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False)
    lines = [line.partition("=") for line in listed.stdout.splitlines()]
    found = {key.split(".")[-1]: value.strip("'\"") for key, _, value in lines}
    names = {"index-url": "UV_DEFAULT_INDEX", "cert": "SSL_CERT_FILE"}
    return {uv: found[pip] for pip, uv in names.items() if pip in found}


def shown(command: Sequence[str], env: dict[str, str] | None = None) -> None:
    """Run it, with a sign of life every few seconds; its output only when it fails."""
    done = threading.Event()
    threading.Thread(target=show_life, args=(done,), daemon=True).start()
    try:
        ran = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    finally:
        done.set()
    if ran.returncode != 0:
        raise SetUpFailed(f"This failed: {' '.join(command)}\n{(ran.stdout + ran.stderr).strip()[-3000:]}")


def show_life(done: threading.Event) -> None:
    started = time.monotonic()
    while not done.wait(HEARTBEAT_S):
        say(f"  … {time.monotonic() - started:.0f} s")


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
