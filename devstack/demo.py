"""`make demo`: everything up, a scenario played live, the addresses printed, and on until Ctrl-C."""

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from devstack.environment import DEMO, FILE_NAME, Ports, for_process, make_environment, write_environment
from devstack.errors import LaunchError
from devstack.external import check_external
from devstack.folder import REPOSITORY, RUN_ROOT, RunFolder
from devstack.last_demo import GOES_ON, LastDemo
from devstack.model import own_model, who_plays
from devstack.postgres import Postgres
from devstack.processes import SharedLog, Supervisor
from devstack.stack import Stack, check_free, ended_by_itself
from devstack.valkey import Valkey
from devstack.web_client import download

ADMIN = "admin"
EVENING = "scenarios/demo.yaml"
PURPOSES = {
    "emulator": "stands in for Twilio and the phones",
    "postgres": "keeps the sessions",
    "redis": "wakes the workers",
    "migrate": "brings the database up to date",
    "web": "takes Twilio's webhooks, shows the admin",
    "worker": "carries out commands, sends messages",
    "model-worker": "asks the model what to say",
    "beat": "looks for what got lost",
}
QUICKER_PACE = "0.25"


@dataclass(frozen=True)
class Wish:
    """What was asked for: the scenario to play (None: none), whether to leave after it, whether somebody named that
    scenario, and whether to forget the last demo."""

    scenario: Path | None
    leave: bool
    is_chosen: bool = False
    fresh: bool = False


def demo(wish: Wish, root: Path = RUN_ROOT) -> int:
    """The exit code. With `leave`: 0 only if the scenario's expectations held."""
    check_scenario(wish.scenario)
    check_external(os.environ)
    check_fresh(wish, os.environ)
    own_model(os.environ)
    ports = read_ports()
    log = SharedLog(quiet=("postgres", "redis", "migrate"), only_trouble=True)
    log.hushed = True
    with RunFolder(DEMO, root) as folder:
        check_free(ports.web, "PORT")
        check_free(ports.emulator, "EMULATOR_PORT")
        with Supervisor(log, folder.logs, folder.lock_fd) as supervisor:
            try:
                return Demo(wish, ports, folder, supervisor).go()
            except KeyboardInterrupt:
                log.say("\nStopping …")
                return 130 if wish.leave else 0
            finally:
                log.hushed = True
                (folder.path / FILE_NAME).unlink(missing_ok=True)


def check_scenario(path: Path | None) -> None:
    if path and not path.is_file():
        raise LaunchError(f"There is no scenario {path}. Name a file, or SCENARIO=none for none.")


def check_fresh(wish: Wish, environment: Mapping[str, str]) -> None:
    if wish.fresh and environment.get("DATABASE_URL"):
        raise LaunchError("FRESH=1 does not empty a database of yours: name an empty one in DATABASE_URL.")


def read_ports() -> Ports:
    ports = Ports(web=read_port("PORT", 8000), emulator=read_port("EMULATOR_PORT", 8010))
    if ports.web == ports.emulator:
        raise LaunchError(f"PORT and EMULATOR_PORT are both {ports.web}. Choose two different ones.")
    return ports


def read_port(name: str, default: int) -> int:
    text = os.environ.get(name) or str(default)
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise LaunchError(f"{name} must be a port number from 1 to 65535, not {text!r}.")
    return int(text)


@dataclass
class Demo:
    wish: Wish
    ports: Ports
    folder: RunFolder
    supervisor: Supervisor
    started: float = field(default_factory=time.monotonic)
    parent: int = field(default_factory=os.getppid)

    def go(self) -> int:
        password = Secret.kept_in(self.folder.path / "admin-password", length=9)
        goes_on = self.settle_the_last_one()
        stack = Stack(
            self.supervisor, self.ports, self.environment(), for_preparation(password), self.world(), self.announce
        )
        self.start(stack)
        self.supervisor.log.hushed = False
        write_environment(self.folder.path / FILE_NAME, stack.environment)
        self.say(f"Ready after {time.monotonic() - self.started:.1f} s.")
        self.say(self.addresses(password))
        if self.wish.leave:
            return self.play_and_leave(stack, self.wish.scenario) if self.wish.scenario else 0
        if self.wish.scenario and (self.wish.is_chosen or not goes_on):
            self.play(stack, self.wish.scenario)
            self.say(self.addresses(password))
        self.say("Everything stays up until Ctrl-C.")
        self.watch(lambda: False)
        return 0

    def settle_the_last_one(self) -> bool:
        """Keep or drop the previous demo; True when this one continues it."""
        if os.environ.get("DATABASE_URL"):
            self.say("The database is yours: no phones are kept beside it.")
            return False
        outcome = self.last_demo.settle(fresh=self.wish.fresh)
        if outcome:
            self.say(outcome)
        return outcome == GOES_ON

    def world(self) -> Path | None:
        return None if os.environ.get("DATABASE_URL") else self.last_demo.world

    @cached_property
    def last_demo(self) -> LastDemo:
        return LastDemo(self.folder)

    @cached_property
    def own_model(self) -> dict[str, str]:
        return own_model(os.environ)

    def environment(self) -> dict[str, str]:
        """With servers of ours where none were given from outside. The secret key stays, and with it logins."""
        made = make_environment(
            ports=self.ports,
            database_url=os.environ.get("DATABASE_URL") or Postgres(self.folder).url(),
            redis_url=os.environ.get("REDIS_URL") or Valkey(self.folder).url(),
            photos=self.folder.photos,
            turn_pace=os.environ.get("TURN_PACE") or (QUICKER_PACE if self.wish.leave else "1.0"),
            secret_key=Secret.kept_in(self.folder.path / "secret-key", length=48).text,
        )
        return made | self.last_demo.account | self.own_model

    def start(self, stack: Stack) -> None:
        self.say(f"Starting. What each process says is kept in {shown(self.folder.logs)}.")
        self.say(who_plays(self.own_model, os.environ))
        stack.start_one("emulator")
        if not os.environ.get("DATABASE_URL"):
            self.announce("postgres")
            Postgres(self.folder).start(self.supervisor)
        if not os.environ.get("REDIS_URL"):
            self.announce("redis")
            Valkey(self.folder).start(self.supervisor)
        stack.start_product()

    def announce(self, name: str) -> None:
        self.say(f"  {name:<12}  {PURPOSES[name]}")

    def play(self, stack: Stack, scenario: Path) -> int:
        self.say(f"Playing {scenario} …")
        return self.finish(stack, ("manage.py", "play", str(scenario)))

    def play_and_leave(self, stack: Stack, scenario: Path) -> int:
        """Play it, then print the session that came of it."""
        self.say(f"Playing {scenario} …")
        result_file = self.folder.path / "played.json"
        code = self.finish(stack, ("manage.py", "play", str(scenario), "--json"), result_file)
        result = read_result(result_file)
        if result.get("code"):
            show = [sys.executable, "manage.py", "show", str(result["code"])]
            subprocess.run(show, cwd=REPOSITORY, env=for_process(stack.environment, "command"), check=False)
        if result.get("profile"):
            self.say(f"\nThe profile, as its owner sees it\n\n{result['profile']}\n")
            self.say(self.where_to_share(str(result["share_address"]), str(result["code"])))
        held = code == 0 and result.get("ok") is True
        self.say("All expectations held." if held else f"This did not hold:\n{failures_in(result)}")
        return 0 if held else 1

    def where_to_share(self, address: str, code: str) -> str:
        """The page goes with this demo; the card stays."""
        status, card = download(f"{address}/card.png")
        file = self.folder.path / f"card-{code}.png"
        if status == 200:
            file.write_bytes(card)
        kept = shown(file) if status == 200 else f"could not be fetched ({status or 'no answer'})"
        return f"  To share  {address}\n  Card      {kept}\n            {address}/card.png\n"

    def finish(self, stack: Stack, command: tuple[str, ...], output: Path | None = None) -> int:
        """Run a command to its end, its lines in the shared log; its exit code."""
        child = self.supervisor.start(replace(stack.python("play", *command), output=output))
        self.supervisor.expected_to_end.add(child.name)
        self.watch(lambda: not child.is_running())
        self.supervisor.stop_some([child.name])
        return child.process.returncode

    def watch(self, done: Callable[[], bool]) -> None:
        """Until `done`; raises when one of the processes ends by itself, and when a `make` above us was killed."""
        under_make = "MAKELEVEL" in os.environ
        while not done():
            if ended := self.supervisor.ended():
                raise LaunchError("\n\n".join(ended_by_itself(child) for child in ended))
            if under_make and os.getppid() != self.parent:
                raise KeyboardInterrupt
            time.sleep(0.1)

    def addresses(self, password: "Secret") -> str:
        web, emulator = f"http://127.0.0.1:{self.ports.web}", f"http://127.0.0.1:{self.ports.emulator}"
        return f"\n  Phones   {emulator}/phones\n  Admin    {web}/admin/\n  Login    {ADMIN} / {password.text}\n"

    def say(self, text: str) -> None:
        self.supervisor.log.say(text)


def shown(path: Path) -> str:
    """As short as it can be typed from here."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def read_result(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text())
    except (OSError, json.JSONDecodeError):
        return {}
    return found if isinstance(found, dict) else {}


def failures_in(result: Mapping[str, Any]) -> str:
    return "\n".join(f"  {failure}" for failure in result.get("failures") or ["the play itself: see the log above"])


@dataclass(frozen=True)
class Secret:
    """Made once per run folder, so that a browser may remember it."""

    text: str
    is_new: bool

    @classmethod
    def kept_in(cls, path: Path, *, length: int) -> "Secret":
        if path.exists():
            return cls(path.read_text().strip(), is_new=False)
        made = cls(secrets.token_urlsafe(length), is_new=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(made.text)
        return made


def for_preparation(password: Secret) -> dict[str, str]:
    return {
        "ADMIN_NAME": ADMIN,
        "ADMIN_PASSWORD": password.text,
        "ADMIN_PASSWORD_IS_NEW": str(password.is_new).lower(),
    }
