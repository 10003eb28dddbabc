"""The product's clock: windows, reminders, idle, expiry and budgets go by it. Leases and batching do not.

With `CLOCK_URL` set (an emulator's), it can be advanced from there.
"""

import threading
import time
from datetime import datetime, timedelta

import requests
from django.conf import settings
from django.utils import timezone

# Often enough for tests and demos, rarely enough that asking costs nothing.
_ASK_AGAIN_S = 0.5


class _Offset:
    """The emulator's offset, asked for at most twice a second; while it does not answer, the last one holds."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked_at = 0.0
        self._value = timedelta()
        self._http = requests.Session()
        # The emulator is on loopback, which a proxy from the environment could not reach.
        self._http.trust_env = False

    def get(self) -> timedelta:
        with self._lock:
            if time.monotonic() - self._asked_at >= _ASK_AGAIN_S:
                self._ask()
            return self._value

    def _ask(self) -> None:
        try:
            answer = self._http.get(settings.CLOCK_URL, timeout=1.0)
            answer.raise_for_status()
            self._value = timedelta(seconds=float(answer.json()["offset_s"]))
        except (requests.RequestException, ValueError, KeyError, TypeError):
            # The last offset holds: falling back to zero would make time run backwards.
            pass
        self._asked_at = time.monotonic()


_offset = _Offset()


def now() -> datetime:
    """Aware, in UTC."""
    return timezone.now() + _offset.get() if settings.CLOCK_URL else timezone.now()
