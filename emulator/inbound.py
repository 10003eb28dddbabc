"""An inbound text: keywords first, then its conversation, else the Messaging webhook."""

from dataclasses import dataclass
from typing import Literal

from emulator.carrier import Carrier
from emulator.conversation_webhooks import ConversationWebhooks
from emulator.conversations import Conversations
from emulator.entities import Conversation, Draft, Media, Pair, Participant, Phone, Place, Text
from emulator.keywords import ANSWERS, Keyword, keyword_of
from emulator.messaging_webhook import MessagingWebhook, reply_to
from emulator.serializers import phone_json
from emulator.world import World


@dataclass(frozen=True)
class Accepted:
    """What happened to a text; `sid` is Twilio's, None when the pre-event webhook rejected it."""

    text: Text
    sid: str | None
    outcome: Literal["published", "rejected", "messaging", "keyword"]
    conversation_sid: str | None = None


@dataclass
class Inbound:
    world: World
    conversation_webhooks: ConversationWebhooks
    conversations: Conversations
    carrier: Carrier
    messaging_webhook: MessagingWebhook

    async def receive(
        self,
        phone: Phone,
        number: str,
        body: str,
        media: list[Media],
        *,
        button: str | None = None,
        place: Place | None = None,
    ) -> Accepted:
        """Receive one text; those of one phone to one number are processed in order."""
        async with self.world.inbound_locks[(phone.address, number)]:
            text = self._written(phone, number, body, media)
            text.button, text.place = button, place
            text.is_unsupported = not (body or media or place)
            self.carrier.accept_from_phone(text)
            keyword = self._keyword(phone, text)
            if keyword:
                self._obey(keyword, text)
            return await self._route(phone, text, keyword)

    def _written(self, phone: Phone, number: str, body: str, media: list[Media]) -> Text:
        now = self.world.now()
        service = self.world.account.messaging_service_of(number)
        return Text(
            sender=phone.address,
            recipient=number,
            body=body,
            media=media,
            direction="inbound",
            status="received",
            created=now,
            updated=now,
            messaging_service_sid=service.sid if service else None,
        )

    async def _route(self, phone: Phone, text: Text, keyword: Keyword | None) -> Accepted:
        bound = self._captor(text)
        if not bound:
            self.messaging_webhook.call(phone, text, keyword)
            return Accepted(text, text.sid, "messaging")
        if self.world.faults.also_messaging_webhook:
            self.messaging_webhook.call(
                phone, text, keyword, own_only=self.world.faults.also_messaging_webhook == "own"
            )
        conversation, sender = bound
        text.captured = True
        if keyword and not self.world.faults.keywords_in_conversation:
            return Accepted(text, text.sid, "keyword", conversation.sid)
        draft = Draft(author=sender.name, body=text.body, media=text.media)
        verdict = await self.conversation_webhooks.ask_before_message(
            conversation, draft, source=sender.source, participant_sid=sender.sid
        )
        if not verdict.published:
            self.carrier.destroy(text)
            return Accepted(text, None, "rejected", conversation.sid)
        if self.world.holder_of(text.pair) != bound:
            # It was closed, or the person removed, while the webhook was pending.
            text.captured = False
            self.messaging_webhook.call(phone, text, keyword)
            return Accepted(text, text.sid, "messaging")
        message = self.conversations.publish_from_phone(conversation, sender, verdict.draft)
        return Accepted(text, message.sid, "published", conversation.sid)

    def _captor(self, text: Text) -> tuple[Conversation, Participant] | None:
        """The conversation that this text goes to, and its author's participant."""
        bound = self.world.holder_of(text.pair)
        asleep = bound and bound[0].state == "inactive" and self.world.faults.inactive_inbound == "messaging"
        return None if asleep else bound

    def _keyword(self, phone: Phone, text: Text) -> Keyword | None:
        readings = self.world.faults
        if phone.channel == "whatsapp" and not readings.whatsapp_keywords:
            return None
        has_opted_out = text.pair in self.world.opted_out
        return keyword_of(text.body, yes_opts_in=readings.yes_opts_in and has_opted_out)

    def _obey(self, keyword: Keyword, text: Text) -> None:
        pairs = self._left_by(text)
        if keyword == "START":
            self.world.opted_out -= pairs
        if self.world.faults.keyword_answers:
            self.carrier.send(reply_to(self.world, text, ANSWERS[keyword]))
        if keyword == "STOP":
            self.world.opted_out |= pairs
        phone = self.world.phones.get(text.sender)
        if phone and keyword != "HELP":
            self.world.events.publish("phone", phone=phone_json(self.world, phone))

    def _left_by(self, text: Text) -> set[Pair]:
        """The pairs a keyword applies to: the number it was sent to, or all of its messaging service."""
        if self.world.faults.opt_out_of == "number" or not text.messaging_service_sid:
            return {text.pair}
        numbers = self.world.account.numbers.values()
        return {(text.sender, n.address) for n in numbers if n.messaging_service_sid == text.messaging_service_sid}
