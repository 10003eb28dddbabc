"""What the model keeps between requests: answers scripted by a scenario, and the random draws of its faults."""

import hmac
from collections import deque

from emulator.faults import Chances
from emulator.llm.chat_completions import Answer, Call
from emulator.llm.interview import Snapshot
from emulator.llm.modes import MALFORMED
from emulator.llm.readings import Readings
from emulator.llm.script import filled_in


class ModelState:
    """`api_key`: the only one accepted; without one, any is."""

    def __init__(self, *, api_key: str = "", seed: int = 7) -> None:
        self._api_key = api_key
        self._chances = Chances(seed)
        self.script: deque[list[Call]] = deque()
        self.readings = Readings()
        self.flags: dict[str, tuple[str, ...]] = {}
        self._malformed_so_far = 0

    def reset(self) -> None:
        self.script.clear()
        self.readings.clear()
        self.flags.clear()
        self._chances.reset()
        self._malformed_so_far = 0

    def accepts(self, authorization: str) -> bool:
        scheme, _, key = authorization.partition(" ")
        if not self._api_key:
            return True
        return scheme.lower() == "bearer" and hmac.compare_digest(key.strip().encode(), self._api_key.encode())

    def hit(self, rate: float) -> bool:
        return self._chances.hit(rate)

    def malformed(self, snapshot: Snapshot) -> Answer:
        """The broken answers in rotation."""
        broken = MALFORMED[self._malformed_so_far % len(MALFORMED)]
        self._malformed_so_far += 1
        return broken(snapshot)

    def scripted(self, snapshot: Snapshot) -> list[Call] | None:
        """The next scripted answer, its people and messages by the names that a scenario can know."""
        if not self.script:
            return None
        return [filled_in(call, snapshot) for call in self.script.popleft()]
