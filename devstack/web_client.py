"""HTTP to our own processes on this machine, never through a proxy."""

import json
import urllib.error
import urllib.request
from typing import Any

_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def status_of(url: str) -> int:
    """0 when nobody answers."""
    return ask(url)[0]


def ask(url: str, *, seconds: float = 5) -> tuple[int, str]:
    """Status and body of a GET; (0, "") when nobody answers."""
    status, body = download(url, seconds=seconds)
    return status, body.decode("utf-8", "replace")


def download(url: str, *, seconds: float = 30) -> tuple[int, bytes]:
    """The same, byte for byte."""
    try:
        with _direct.open(url, timeout=seconds) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
    except OSError:
        return 0, b""


def post_json(url: str, content: Any, *, seconds: float = 10) -> Any:
    body = json.dumps(content).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    with _direct.open(request, timeout=seconds) as answer:
        return json.load(answer)
