"""Carries texts between our numbers and the handsets: windows, opt-outs, statuses and what a handset shows."""

import asyncio

from emulator.addresses import channel_of
from emulator.courier import Courier, Webhook
from emulator.entities import DeliveryOf, Pair, Receipt, Text
from emulator.hooks import Hooks
from emulator.limits import MAX_CHANNEL_BODY, WINDOW
from emulator.payloads import receipt_fields
from emulator.shown import item_json
from emulator.world import World

OPTED_OUT = 21610
TOO_LONG = 21617
OUTSIDE_WINDOW = 63016

_ERROR_TEXTS = {
    OPTED_OUT: "Attempt to send to unsubscribed recipient",
    TOO_LONG: "The concatenated message body exceeds the 1600 character limit",
    OUTSIDE_WINDOW: "Failed to send freeform message because you are outside the allowed window.",
}


def error_text(code: int | None) -> str | None:
    return _ERROR_TEXTS.get(code, "The message could not be delivered") if code else None


class Carrier:
    def __init__(self, world: World, courier: Courier, hooks: Hooks) -> None:
        self._world = world
        self._courier = courier
        self._hooks = hooks

    def take(self, text: Text) -> None:
        """A person's text, just written: it opens the window and means that the rest of the thread was read."""
        self._put(text)
        self._world.last_inbound[text.pair] = self._world.now()
        self._read(text.pair)

    def put_history(self, text: Text) -> None:
        """An old text of that handset, with no effect but on the window."""
        self._put(text)
        if text.direction == "inbound":
            last = self._world.last_inbound.get(text.pair)
            self._world.last_inbound[text.pair] = max(last, text.created) if last else text.created
        self._world.threads[text.pair].sort(key=lambda item: item.created)

    def send(self, text: Text) -> None:
        """One of our texts, on its way to a handset; the handset shows it at once unless the carrier refuses it."""
        refusal = self._refusal(text)
        text.shown = refusal is None
        self._put(text)
        if refusal:
            self._world.spawn(self._fail(text, refusal))
        else:
            self._world.spawn(self._deliver(text))

    def destroy(self, text: Text) -> None:
        """The pre-event hook did not let it pass; its handset marks it so."""
        text.destroyed = True
        self._show(text)

    def set_status(self, text: Text, status: str, error_code: int = 0) -> None:
        """Change it, its receipt, and what the handset shows, and tell whoever asked to be told."""
        now = self._world.now()
        text.status, text.updated, text.error_code = status, now, error_code or None
        self._show(text)
        delivery = text.delivery_of
        if delivery:
            receipt = delivery.receipt
            receipt.status, receipt.updated, receipt.error_code = status, now, error_code
            self._tell_of_receipt(text, delivery)
        elif text.status_callback:
            self._world.spawn(self._courier.send_faulty(self._status_webhook(text, text.status_callback)))

    def receipt(self, participant_sid: str, text: Text) -> Receipt:
        now = self._world.now()
        return Receipt(participant_sid, text.sid, "sent", 0, created=now, updated=now)

    def _put(self, text: Text) -> None:
        self._world.texts[text.sid] = text
        self._world.threads[text.pair].append(text)
        self._show(text)

    def _show(self, text: Text) -> None:
        if text.shown:
            address, number = text.pair
            self._world.events.tell(
                "thread", **{"address": address, "with": number, "item": item_json(self._world, text)}
            )

    def _read(self, pair: Pair) -> None:
        """WhatsApp tells the sender that a message was read; who writes in a thread has read it."""
        if channel_of(pair[0]) != "whatsapp":
            return
        for text in self._world.threads[pair]:
            if text.shown and text.direction != "inbound" and text.status != "read":
                self.set_status(text, "read")

    def _refusal(self, text: Text) -> int | None:
        """The error code with which this text ends, if it does."""
        if text.pair in self._world.opted_out:
            return OPTED_OUT
        if len(text.body) > MAX_CHANNEL_BODY:
            return TOO_LONG
        if not self._window_open(text.pair):
            return OUTSIDE_WINDOW
        rates = self._world.faults.receipts
        return next((int(code) for code, rate in rates.items() if self._world.chances.hit(rate)), None)

    def _window_open(self, pair: Pair) -> bool:
        """SMS has no window; WhatsApp's is open for 24 hours after the person's last text to this number."""
        if channel_of(pair[0]) != "whatsapp":
            return True
        last = self._world.last_inbound.get(pair)
        return last is not None and self._world.now() - last < WINDOW

    async def _deliver(self, text: Text) -> None:
        # A person who writes meanwhile has read it: then it stays read.
        if text.status != "read":
            self.set_status(text, "sent")
        await asyncio.sleep(self._world.settings.carrier_delay_s)
        if text.status == "sent":
            self.set_status(text, "delivered")

    async def _fail(self, text: Text, code: int) -> None:
        # Twilio's own refusals are failures, the network's are texts that could not be delivered.
        status = "failed" if code < 30000 else "undelivered"
        self.set_status(text, status, code)

    def _tell_of_receipt(self, text: Text, delivery: DeliveryOf) -> None:
        self._hooks.tell(
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
