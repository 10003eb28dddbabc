"""One emulator: its world, and the parts that act on it."""

import asyncio

from emulator.carrier import Carrier
from emulator.conversations import Conversations
from emulator.courier import Courier
from emulator.hooks import Hooks
from emulator.inbound import Inbound
from emulator.messaging_hook import MessagingHook
from emulator.settings import Settings
from emulator.world import World

_TICK_S = 0.5


class Emulator:
    def __init__(self, settings: Settings) -> None:
        self.world = World(settings)
        self.courier = Courier(self.world)
        self.hooks = Hooks(self.world, self.courier)
        self.carrier = Carrier(self.world, self.courier, self.hooks)
        self.conversations = Conversations(self.world, self.hooks, self.carrier)
        messaging_hook = MessagingHook(self.world, self.courier, self.carrier)
        self.inbound = Inbound(self.world, self.hooks, self.conversations, self.carrier, messaging_hook)

    async def watch_timers(self) -> None:
        """Move conversations whose timers ran out, for as long as the emulator runs."""
        while True:
            await asyncio.sleep(_TICK_S)
            self.conversations.run_timers()

    async def close(self) -> None:
        self.world.cancel_tasks()
        await self.courier.close()
