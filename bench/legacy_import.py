"""Measures how long importing the older app's sessions takes, and how much memory, on a dump of invented ones.

Run it with `make bench`, on servers of its own; `--sessions 100000` for as many as there are.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
BEGAN = datetime(2026, 10, 1, 18, 0, tzinfo=UTC)
NAMES = ("Priya", "Zoë 🦊", "Marc-André")
TALK = (
    "she remembers every birthday, even my dog's 😂",
    "bouldering and pottery, and once a year a very long walk by the sea",
    "ok c'est fini?",
    "I think that one about the goldfish should go on there, it is so very her",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=500)
    parser.add_argument("--messages", type=int, default=40)
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / "dump.jsonl"
        write_dump(dump, sessions=wish.sessions, messages=wish.messages)
        with own_database() as url:
            manage(url, "migrate", "-v0")
            before, began = cpu_s(), time.perf_counter()
            report = json.loads(manage(url, "migrate_legacy_sessions", "--dump", str(dump), "--apply", "--json"))
            wall = time.perf_counter() - began
        tell(report, wall=wall, cpu=cpu_s() - before, megabytes=dump.stat().st_size / 1e6)


@contextmanager
def own_database() -> Iterator[str]:
    """The address of an empty database, beside the one that the environment names: other data must not slow it down."""
    server = os.environ["DATABASE_URL"]
    name = f"bench_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def manage(database_url: str, *arguments: str) -> str:
    # As in production: with DEBUG, Django keeps the last thousands of queries in memory.
    environment = os.environ | {"DATABASE_URL": database_url, "DEBUG": "false", "ALLOW_EMULATOR": "true"}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def peak_mb() -> float:
    """Of the largest process; macOS counts bytes, Linux kilobytes."""
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3


def tell(report: dict[str, Any], *, wall: float, cpu: float, megabytes: float) -> None:
    sessions = report["imported"]
    print(f"{sessions} sessions, {report['messages']} messages, a dump of {megabytes:.0f} MB")
    print(f"{wall:.1f} s ({sessions / wall:.0f} sessions a second), of which {cpu:.1f} s our own work")
    print(f"at most {peak_mb():.0f} MB of memory")
    print(f"100,000 such sessions: about {100_000 / sessions * wall / 60:.1f} minutes")


# --- the dump ---------------------------------------------------------------------------------------------------------


def write_dump(path: Path, *, sessions: int, messages: int) -> None:
    with path.open("w", encoding="utf-8") as lines:
        for number in range(sessions):
            for name, value in _keys(number, messages):
                lines.write(json.dumps({"key": name, "type": "string", "ttl": -1, "value": value}) + "\n")


def _keys(number: int, messages: int) -> Iterator[tuple[str, str]]:
    code, phones = _code(number), [f"+1555{number * 3 + who:07d}" for who in range(3)]
    for phone in phones:
        yield f"phone:{phone}", code
    yield f"session:{code}", json.dumps(_session(code, phones, messages), ensure_ascii=False)


def _code(number: int) -> str:
    code = ""
    for _ in range(6):
        number, place = divmod(number, len(ALPHABET))
        code += ALPHABET[place]
    return code


def _session(code: str, phones: list[str], messages: int) -> dict[str, Any]:
    people = [
        {"phoneNumber": phone, "name": name, "joinedAt": _at(who), "role": "friend" if who else "creator"}
        for who, (phone, name) in enumerate(zip(phones, NAMES, strict=True))
    ]
    return {
        "sessionId": code,
        "createdAt": _at(0),
        "createdBy": phones[0],
        "conversationSid": None,
        "participants": people,
        "primaryUser": None,
        "stage": "confirming",
        "profileSchema": {"name": "Priya", "age": 27, "height": "168cm", "interests": ["bouldering", "ramen"]},
        "data": {"photos": [], "interests": [], "preferences": {}},
        "messages": [_message(number, phones) for number in range(messages)],
        "actions": [{"timestamp": _at(number), "type": "send_message", "success": True} for number in range(10)],
    }


def _message(number: int, phones: list[str]) -> dict[str, Any]:
    text = TALK[number % len(TALK)]
    if number % 2 == 0:
        return {"role": "assistant", "content": f"Tell me more about that. {text}"}
    who = number // 2 % 3
    return {"role": "user", "content": text, "sender": NAMES[who], "phoneNumber": phones[who]}


def _at(minutes: int) -> str:
    return (BEGAN + timedelta(minutes=minutes)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


if __name__ == "__main__":
    main()
