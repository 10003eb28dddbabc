"""Children in the foreground: started, watched, written to one shared log, and all ended with the launcher."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Self

STOP_GRACE_S = 5.0
TAIL_LINES = 20
# The emulator too: what uses it may not fail while it ends, and its world is kept when nothing changes it any more.
SERVERS = ("emulator", "postgres", "redis")
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
COLOURS = {
    "web": 36,
    "worker": 32,
    "model-worker": 92,
    "beat": 33,
    "emulator": 35,
    "postgres": 34,
    "redis": 31,
    "play": 97,
}


# As structlog writes a line's level, after the time, and as granian does.
ROUTINE = re.compile(r"(\S+ )?\[(info|debug|INFO|DEBUG) *\]")


class SharedLog:
    """One log for all processes on the terminal, each line marked with the process that wrote it. `quiet`: processes
    whose lines only go to their files; `only_trouble`: so do those of the others that tell of nothing unusual."""

    def __init__(
        self, stream: IO[str] | None = None, *, quiet: Sequence[str] = (), only_trouble: bool = False
    ) -> None:
        self.stream = stream or sys.stdout
        self.quiet = frozenset(quiet)
        self.only_trouble = only_trouble
        self.hushed = False
        """Of the processes nothing is printed: while all start, and while all end."""
        self.coloured = self.stream.isatty() and "NO_COLOR" not in os.environ
        self.lock = threading.Lock()

    def write(self, name: str, line: str) -> None:
        """Print a line of a process, unless it is one for its file alone."""
        if name in self.quiet or self.hushed or (self.only_trouble and ROUTINE.match(line)):
            return
        label = f"{name:<12} |"
        if self.coloured:
            label = f"\033[{COLOURS.get(name, 37)}m{label}\033[0m"
        self.say(f"{label} {line}")

    def say(self, text: str) -> None:
        """Print a line of the launcher's own. When nobody reads any more, as in `make demo | head`, stop."""
        with self.lock:
            try:
                print(text, file=self.stream, flush=True)
            except BrokenPipeError:
                os.dup2(os.open(os.devnull, os.O_WRONLY), self.stream.fileno())
                os.kill(os.getpid(), signal.SIGTERM)


# Each child registers itself before it becomes the program, so that no moment is left in which it runs and the
# watchdog does not know. The watchdog's pipe is its standard input until then.
REGISTER = 'echo "add $$ $1" >&0; shift; exec "$@" </dev/null'


class Watchdog:
    """Keeps `watchdog.py` informed; see there."""

    def __init__(self, lock_fd: int) -> None:
        script = Path(__file__).with_name("watchdog.py")
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd="/",
            pass_fds=(lock_fd,),
            start_new_session=True,
        )

    @property
    def pipe(self) -> IO[bytes]:
        assert self.process.stdin is not None
        return self.process.stdin

    def add(self, process: subprocess.Popen[bytes]) -> None:
        """For a program that is no child of the log: it stays in our process group, at our terminal."""
        self.pipe.write(b"add %d %d\n" % (process.pid, signal.SIGTERM))

    def drop(self, pid: int) -> None:
        """That child has ended, and its process group with it."""
        with contextlib.suppress(BrokenPipeError):
            self.pipe.write(b"drop %d\n" % pid)

    def close(self) -> None:
        """Let it go; it ends whatever was not dropped."""
        with contextlib.suppress(BrokenPipeError):
            self.pipe.close()
        self.process.wait()


@dataclass(frozen=True)
class Program:
    """What to run. `uid` and `gid` are for servers that refuse to run as root."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    cwd: Path
    stop_signal: signal.Signals = signal.SIGTERM
    uid: int | None = None
    gid: int | None = None
    output: Path | None = None
    """Where stdout goes when it is not for the log; stderr is then what the log gets."""


class Child:
    """One running program: its output goes to the log and to a file, its last lines are kept."""

    def __init__(self, program: Program, watchdog: Watchdog, log: SharedLog, log_file: Path) -> None:
        self.program = program
        self.log = log
        self.tail: deque[str] = deque(maxlen=TAIL_LINES)
        self.process, lines = spawn(program, watchdog)
        self.reader = threading.Thread(target=self.read, args=(lines, log_file), daemon=True)
        self.reader.start()

    @property
    def name(self) -> str:
        return self.program.name

    def read(self, lines: IO[bytes], log_file: Path) -> None:
        with lines, log_file.open("a", encoding="utf-8") as kept:
            for raw in lines:
                line = raw.decode("utf-8", "replace").rstrip()
                self.tail.append(line)
                kept.write(line + "\n")
                kept.flush()
                self.log.write(self.name, line)

    def is_running(self) -> bool:
        return self.process.poll() is None

    def signal(self, number: int) -> None:
        if self.is_running():
            self.process.send_signal(number)

    def finish(self, deadline: float) -> None:
        """Wait until the monotonic time `deadline`, then kill it and whatever else is left of its process group."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.reader.join(timeout=1)

    def last_lines(self) -> str:
        self.reader.join(timeout=1)
        return "\n".join(self.tail) or "(it wrote nothing)"


def spawn(program: Program, watchdog: Watchdog) -> tuple[subprocess.Popen[bytes], IO[bytes]]:
    """Start it as the leader of its own session, so that Ctrl-C reaches the launcher alone; it, and its lines."""
    read_end, write_end = os.pipe()
    with os.fdopen(write_end, "wb") as logged, contextlib.ExitStack() as opened:
        output = opened.enter_context(program.output.open("wb")) if program.output else logged
        process = subprocess.Popen(
            ["/bin/sh", "-c", REGISTER, "sh", str(int(program.stop_signal)), *program.argv],
            env=dict(program.env),
            cwd=program.cwd,
            stdin=watchdog.pipe,
            stdout=output,
            stderr=logged,
            start_new_session=True,
            user=program.uid,
            group=program.gid,
            extra_groups=[] if program.uid is not None else None,
        )
    return process, os.fdopen(read_end, "rb")


@dataclass
class Supervisor:
    """The children of one launcher, in the order in which they were started."""

    log: SharedLog
    log_folder: Path
    lock_fd: int
    children: dict[str, Child] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.log_folder.mkdir(parents=True, exist_ok=True)
        self.watchdog = Watchdog(self.lock_fd)
        self.expected_to_end: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, program: Program) -> Child:
        log_file = self.log_folder / f"{program.name}.log"
        if program.name not in self.children:
            log_file.unlink(missing_ok=True)
        child = Child(program, self.watchdog, self.log, log_file)
        self.expected_to_end.discard(program.name)
        self.children[program.name] = child
        return child

    def restart(self, name: str) -> Child:
        program = self.children[name].program
        self.stop_some([name])
        return self.start(program)

    def kill(self, name: str, number: int) -> None:
        """Send a signal to a child, and to its own children, that may end of it."""
        self.expected_to_end.add(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.children[name].process.pid, number)

    def ended(self) -> list[Child]:
        """Children that ended although nobody asked them to."""
        return [c for n, c in self.children.items() if n not in self.expected_to_end and not c.is_running()]

    def stop_some(self, names: Sequence[str]) -> None:
        """End these together: each is asked, and killed when it has not gone in five seconds."""
        leaving = [self.children[name] for name in names]
        self.expected_to_end.update(names)
        for child in leaving:
            child.signal(child.program.stop_signal)
            child.signal(signal.SIGCONT)  # one that is held would not hear it
        deadline = time.monotonic() + STOP_GRACE_S
        for child in leaving:
            child.finish(deadline)
            self.watchdog.drop(child.process.pid)

    def stop(self) -> None:
        """End all: first what uses the servers, then the servers."""
        servers = [name for name in SERVERS if name in self.children]
        with undisturbed():
            self.stop_some([name for name in self.children if name not in servers])
            self.stop_some(servers)
            self.watchdog.close()


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Without interruption by impatient signals; the wait inside is short."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def wait_until(ready: Callable[[], bool], *, seconds: float, every_s: float = 0.02) -> bool:
    """True as soon as `ready` is, False when it was not for `seconds`."""
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            return False
        time.sleep(every_s)
    return True
