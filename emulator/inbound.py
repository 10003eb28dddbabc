"""A person's text on its way in: keywords, then their conversation, else the Messaging webhook."""

from dataclasses import dataclass
from typing import Literal

from emulator.carrier import Carrier
from emulator.conversations import Conversations
from emulator.entities import Draft, Media, Phone, Text
from emulator.hooks import Hooks
from emulator.keywords import ANSWERS, Keyword, keyword_of
from emulator.messaging_hook import MessagingHook, reply_to
from emulator.shown import phone_json
from emulator.world import World


@dataclass(frozen=True)
class Accepted:
    """What became of a text; `sid` is Twilio's, None when the pre-event hook destroyed it."""

    text: Text
    sid: str | None
    outcome: Literal["published", "rejected", "messaging", "keyword"]
    conversation_sid: str | None = None


@dataclass
class Inbound:
    world: World
    hooks: Hooks
    conversations: Conversations
    carrier: Carrier
    messaging_hook: MessagingHook

    async def receive(self, phone: Phone, number: str, body: str, media: list[Media]) -> Accepted:
        """One text; texts of one phone to one number are taken in the order in which they came."""
        async with self.world.lanes[(phone.address, number)]:
            text = self._written(phone, number, body, media)
            self.carrier.take(text)
            keyword = keyword_of(body) if phone.channel == "sms" else None
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
        bound = self.world.bound(text.pair)
        if not bound:
            self.messaging_hook.call(phone, text, keyword)
            return Accepted(text, text.sid, "messaging")
        if self.world.faults.also_messaging_webhook:
            self.messaging_hook.call(phone, text, keyword)
        conversation, sender = bound
        if keyword and not self.world.faults.keywords_in_conversation:
            return Accepted(text, text.sid, "keyword", conversation.sid)
        draft = Draft(author=sender.name, body=text.body, media=text.media)
        verdict = await self.hooks.consult(conversation, sender, draft)
        if not verdict.published:
            self.carrier.destroy(text)
            return Accepted(text, None, "rejected", conversation.sid)
        if self.world.bound(text.pair) != bound:
            # Closed, or the person was removed, while the hook was thinking.
            self.messaging_hook.call(phone, text, keyword)
            return Accepted(text, text.sid, "messaging")
        message = self.conversations.hear(conversation, sender, verdict.draft)
        return Accepted(text, message.sid, "published", conversation.sid)

    def _obey(self, keyword: Keyword, text: Text) -> None:
        answer = reply_to(self.world, text, ANSWERS[keyword])
        if keyword == "START":
            self.world.opted_out.discard(text.pair)
        self.carrier.send(answer)
        if keyword == "STOP":
            self.world.opted_out.add(text.pair)
        phone = self.world.phones.get(text.sender)
        if phone and keyword != "HELP":
            self.world.events.tell("phone", phone=phone_json(self.world, phone))
