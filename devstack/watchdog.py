"""Ends what a launcher started, should the launcher itself be killed outright.

Runs as a process of its own, beside the launcher, and reads one order a line from a pipe. Each child writes
``add PID SIGNAL`` before it becomes its program (it leads a process group of its own), and the launcher writes
``drop PID`` when one has ended. When the pipe closes while children are left, the launcher is gone without
tidying up.

It also inherits the launcher's lock on the run folder, so that the next launcher waits for this one to finish.
"""

import contextlib
import os
import signal
import sys
import time

GRACE_S = 5.0


def main() -> None:
    # Signals to the whole process group are for the launcher; the watchdog has to outlive it.
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    children: dict[int, int] = {}
    for line in sys.stdin:
        order, pid, *rest = line.split()
        if order == "add":
            children[int(pid)] = int(rest[0])
        else:
            children.pop(int(pid), None)
    end(children)


def end(children: dict[int, int]) -> None:
    """Ask the newest first (servers were started before what uses them), then kill what is left of each group."""
    for pid, stop_signal in reversed(children.items()):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, stop_signal)
    deadline = time.monotonic() + GRACE_S
    while time.monotonic() < deadline and any(is_alive(pid) for pid in children):
        time.sleep(0.05)
    for pid in children:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


if __name__ == "__main__":
    main()
