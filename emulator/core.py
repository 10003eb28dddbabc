"""One emulator: its world, and the parts that act on it."""

import asyncio

from emulator.carrier import Carrier
from emulator.conversation_webhooks import ConversationWebhooks
from emulator.conversations import Conversations
from emulator.inbound import Inbound
from emulator.messaging_webhook import MessagingWebhook
from emulator.persistence import StateFile
from emulator.settings import Settings
from emulator.webhook_sender import WebhookSender
from emulator.world import World

_TICK_S = 0.5


class Emulator:
    def __init__(self, settings: Settings) -> None:
        self.world = World(settings)
        self.state_file = StateFile(settings.state_file, self.world) if settings.state_file else None
        if self.state_file:
            self.state_file.load()
        self.webhook_sender = WebhookSender(self.world)
        self.conversation_webhooks = ConversationWebhooks(self.world, self.webhook_sender)
        self.carrier = Carrier(self.world, self.webhook_sender, self.conversation_webhooks)
        self.conversations = Conversations(self.world, self.conversation_webhooks, self.carrier)
        messaging_webhook = MessagingWebhook(self.world, self.webhook_sender, self.carrier)
        self.inbound = Inbound(
            self.world, self.conversation_webhooks, self.conversations, self.carrier, messaging_webhook
        )

    async def watch_timers(self) -> None:
        """Change the state of conversations whose timers ran out, as long as the emulator runs."""
        while True:
            await asyncio.sleep(_TICK_S)
            self.conversations.run_timers()

    async def run(self) -> None:
        """For as long as the emulator runs; begins with what was under way when the world was kept."""
        self.carrier.resume()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.watch_timers())
            if self.state_file:
                self.state_file.save()
                tasks.create_task(self.state_file.keep_saving())

    async def close(self) -> None:
        self.world.cancel_tasks()
        await self.webhook_sender.close()
        if self.state_file:
            self.state_file.save()
