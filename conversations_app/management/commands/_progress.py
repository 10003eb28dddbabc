"""How far a long command is: a bar on a terminal, a plain line now and then elsewhere."""

import time

from django.core.management.base import OutputWrapper

WIDTH = 30
REDRAW_EVERY_S = 0.2
LINE_EVERY_S = 10.0


class Progress:
    def __init__(self, stream: OutputWrapper, *, total: int, what: str) -> None:
        self._stream, self._total, self._what = stream, total, what
        self._is_terminal = bool(stream.isatty())
        self._done, self._told_at = 0, time.monotonic()

    def step(self) -> None:
        self._done += 1
        if time.monotonic() - self._told_at >= (REDRAW_EVERY_S if self._is_terminal else LINE_EVERY_S):
            self._told_at = time.monotonic()
            self._tell()

    def end(self) -> None:
        if self._is_terminal and self._done:
            self._tell()
            self._write("\n")

    def _tell(self) -> None:
        counted = f"{self._done} of {self._total} {self._what}"
        if not self._is_terminal:
            self._write(f"{counted}\n")
            return
        filled = WIDTH * min(self._done, self._total) // max(self._total, 1)
        self._write(f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] {counted}")

    def _write(self, text: str) -> None:
        self._stream.write(text, style_func=str, ending="")
        self._stream.flush()
