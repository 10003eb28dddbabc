"""The two programs that are no Python packages: a browser and nginx. Only tests use them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

from devstack.folder import RUN_ROOT

TOOLS = RUN_ROOT / "tools"
TRIED = TOOLS / "tried"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SYSTEM_PATH = "/usr/sbin:/usr/local/sbin:/opt/homebrew/bin"
APT = ("apt-get", "-q", "-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=20")


def find_browser() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def find_nginx() -> str | None:
    search = f"{os.environ.get('PATH', os.defpath)}:{SYSTEM_PATH}:{TOOLS / 'usr/sbin'}"
    return shutil.which("nginx", path=search)


def install_what_is_missing() -> None:
    """Once, with apt-get, where that may be done without asking; the tests say loudly what they went without."""
    missing = [name for name, found in (("chromium", find_browser()), ("nginx", find_nginx())) if not found]
    if not missing or TRIED.exists() or not shutil.which("apt-get"):
        return
    TOOLS.mkdir(parents=True, exist_ok=True)
    TRIED.touch()
    print(f"Fetching {' and '.join(missing)} for the tests (only this once; may take a minute) …", flush=True)
    root = as_root()
    if root is not None:
        tell([*root, *APT, "update"])
    if "chromium" in missing and root is not None:
        tell(
            [
                *root,
                "env",
                "DEBIAN_FRONTEND=noninteractive",
                *APT,
                "install",
                "-y",
                "--no-install-recommends",
                "chromium",
            ]
        )
    if "nginx" in missing:
        unpack_nginx()


def as_root() -> Sequence[str] | None:
    """What to put before a command that needs root; None when a password would be asked for."""
    if os.geteuid() == 0:
        return ()
    asked = shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ("sudo", "-n") if asked and asked.returncode == 0 else None


def unpack_nginx() -> None:
    """Beside the tests instead of into the system, where the package would start a server on port 80."""
    tell([*APT, "download", "nginx"])
    for package in TOOLS.glob("nginx_*.deb"):
        tell(["dpkg", "-x", str(package), str(TOOLS)])
        package.unlink()


def tell(command: Sequence[str]) -> None:
    """Run it in the tools' folder; what goes wrong is shown, and the tests go on without."""
    done = subprocess.run(command, cwd=TOOLS, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        print(f"{' '.join(command)} failed: {done.stderr.strip()[-500:]}", file=sys.stderr)
