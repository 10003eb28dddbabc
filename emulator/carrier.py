"""Carries texts between our numbers and the phones: windows, opt-outs, statuses and what a phone shows."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from emulator.addresses import channel_of
from emulator.clock import to_millis
from emulator.conversation_webhooks import ConversationWebhooks
from emulator.delivery_errors import error_text
from emulator.delivery_rules import due_at, hides_read_receipts, is_switched_off, refusal_of, window_until
from emulator.entities import DeliveryOf, Pair, Receipt, Text
from emulator.limits import TYPING
from emulator.payloads import receipt_fields
from emulator.serializers import item_json
from emulator.webhook_sender import Webhook, WebhookSender
from emulator.world import World

_POLL_S = 0.05
# How far a text got: it never goes back.
_PROGRESS = ("accepted", "queued", "sent", "delivered", "read")
UNSENT = ("accepted", "queued")
_ON_THE_WAY = (*UNSENT, "sent")


class Carrier:
    def __init__(
        self, world: World, webhook_sender: WebhookSender, conversation_webhooks: ConversationWebhooks
    ) -> None:
        self._world = world
        self._webhook_sender = webhook_sender
        self._conversation_webhooks = conversation_webhooks

    def accept_from_phone(self, text: Text) -> None:
        """A text from a phone: it opens the window and marks the rest of the thread as read."""
        self._put(text)
        self._open_window(text.pair, text.created)
        self._read(text.pair)

    def add_history(self, text: Text) -> None:
        """An old text, with no effect except on the window."""
        self._put(text)
        if text.direction == "inbound":
            last = self._world.last_inbound.get(text.pair)
            self._open_window(text.pair, max(last, text.created) if last else text.created)
        self._world.threads[text.pair].sort(key=lambda item: item.created)

    def send(self, text: Text) -> None:
        """Send one of our texts to a phone, which shows it at once unless something holds it up."""
        refusal = refusal_of(self._world, text)
        due = self._world.now() if refusal else due_at(self._world, text)
        text.shown = not (refusal or due > self._world.now() or is_switched_off(self._world, text))
        self._put(text)
        self._world.spawn(self._fail(text, refusal) if refusal else self._deliver(text, due))

    def resume(self) -> None:
        """Resume the texts that were in transit."""
        for text in self._world.texts.values():
            if text.direction == "inbound" or text.status not in _ON_THE_WAY:
                continue
            refusal = refusal_of(self._world, text) if text.status != "sent" else None
            self._world.spawn(self._fail(text, refusal) if refusal else self._deliver(text, self._world.now()))

    def destroy(self, text: Text) -> None:
        """The pre-event webhook rejected it; the phone shows it as rejected."""
        text.destroyed = True
        self._show(text)

    def show_typing(self, text: Text) -> None:
        """Someone is typing a reply: the phone shows it, and that its text was read."""
        text.seen = True
        self._show(text)
        until = to_millis(self._world.now() + TYPING)
        address, number = text.pair
        self._world.events.publish("typing", **{"address": address, "with": number, "until": until})

    def set_status(self, text: Text, status: str, error_code: int = 0) -> None:
        """Change its status, its receipt and what the phone shows, and call the webhooks that want to know."""
        now = self._world.now()
        text.status, text.updated, text.error_code = status, now, error_code or None
        self._show(text)
        delivery = text.delivery_of
        if delivery:
            receipt = delivery.receipt
            receipt.status, receipt.updated, receipt.error_code = status, now, error_code
            self._send_receipt_webhook(text, delivery)
        if text.status_callback:
            self._world.spawn(self._webhook_sender.send_with_faults(self._status_webhook(text, text.status_callback)))

    def receipt(self, participant_sid: str, text: Text) -> Receipt:
        now = self._world.now()
        return Receipt(participant_sid, text.sid, None, 0, created=now, updated=now)

    def _put(self, text: Text) -> None:
        self._world.texts[text.sid] = text
        self._world.threads[text.pair].append(text)
        self._show(text)

    def _show(self, text: Text) -> None:
        address, number = text.pair
        kind = "thread" if text.shown else "missing"
        self._world.events.publish(kind, **{"address": address, "with": number, "item": item_json(self._world, text)})

    def _open_window(self, pair: Pair, at: datetime) -> None:
        self._world.last_inbound[pair] = at
        until = window_until(self._world, pair)
        if until and channel_of(pair[0]) == "whatsapp":
            self._world.events.publish("window", **{"address": pair[0], "with": pair[1], "until": to_millis(until)})

    def _read(self, pair: Pair) -> None:
        """Mark our messages as read: on WhatsApp, writing in a thread implies having read it."""
        if channel_of(pair[0]) != "whatsapp":
            return
        for text in self._world.threads[pair]:
            unread = text.shown and text.direction != "inbound" and text.status != "read"
            if unread and not hides_read_receipts(self._world, text):
                self.set_status(text, "read")

    async def _deliver(self, text: Text, due: datetime) -> None:
        self._queue(text)
        await self._wait(lambda: self._world.now() >= due)
        if text.status == "canceled":
            return
        text.shown = text.shown or not is_switched_off(self._world, text)
        self._advance_to(text, "sent")
        await asyncio.sleep(self._world.settings.carrier_delay_s)
        await self._wait(lambda: not is_switched_off(self._world, text))
        text.shown = True
        self._advance_to(text, "delivered")

    def _queue(self, text: Text) -> None:
        """With a messaging service it was accepted only: Twilio calls back for each change after the first status."""
        if text.status == "accepted":
            self.set_status(text, "queued")

    async def _wait(self, condition: Callable[[], bool]) -> None:
        while not condition():
            await asyncio.sleep(_POLL_S)

    def _advance_to(self, text: Text, status: str) -> None:
        # The person may write meanwhile, which marks it as read: then it stays read.
        if _PROGRESS.index(text.status) < _PROGRESS.index(status):
            self.set_status(text, status)

    async def _fail(self, text: Text, code: int) -> None:
        self._queue(text)
        # Twilio's own refusals (below 30000) end as `failed`, the network's as `undelivered`.
        status = "failed" if code < 30000 else "undelivered"
        self.set_status(text, status, code)

    def _send_receipt_webhook(self, text: Text, delivery: DeliveryOf) -> None:
        self._conversation_webhooks.send(
            delivery.conversation,
            "onDeliveryUpdated",
            receipt_fields(delivery.conversation, delivery.message, delivery.receipt),
            source=channel_of(text.recipient).upper(),
        )

    def _status_webhook(self, text: Text, url: str) -> Webhook:
        params = {
            "AccountSid": self._world.account.sid,
            "ApiVersion": "2010-04-01",
            "From": text.sender,
            "To": text.recipient,
            "MessageSid": text.sid,
            "MessageStatus": text.status,
            "SmsSid": text.sid,
            "SmsStatus": text.status,
        }
        if text.messaging_service_sid:
            params["MessagingServiceSid"] = text.messaging_service_sid
        if text.error_code:
            params |= {"ErrorCode": str(text.error_code), "ErrorMessage": error_text(text.error_code) or ""}
        if channel_of(text.recipient) == "whatsapp":
            params |= {"ChannelPrefix": "whatsapp", "ChannelToAddress": text.recipient}
        return Webhook("status", "messageStatus", url, params)
