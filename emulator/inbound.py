"""A person's text on its way in: keywords, then their conversation, else the Messaging webhook."""

from dataclasses import dataclass
from typing import Literal

from emulator.addresses import bare, channel_of, is_number
from emulator.carrier import Carrier
from emulator.conversations import Conversations
from emulator.courier import Answer, Courier, Webhook
from emulator.entities import Media, Phone, Text
from emulator.hooks import Draft, Hooks
from emulator.keywords import ANSWERS, Keyword, keyword_of
from emulator.twiml import InvalidTwiml, Reply, parse_replies
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
    courier: Courier
    hooks: Hooks
    conversations: Conversations
    carrier: Carrier

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
            self._call_webhook(phone, text, keyword)
            return Accepted(text, text.sid, "messaging")
        if self.world.faults.also_messaging_webhook:
            self._call_webhook(phone, text, keyword)
        conversation, sender = bound
        if keyword and not self.world.faults.keywords_in_conversation:
            return Accepted(text, text.sid, "keyword", conversation.sid)
        draft = Draft(author=sender.name, body=text.body, attributes="{}", media=text.media)
        verdict = await self.hooks.consult(conversation, sender, draft)
        if not verdict.published:
            self.carrier.destroy(text)
            return Accepted(text, None, "rejected", conversation.sid)
        if self.world.bound(text.pair) != bound:
            # Closed, or the person was removed, while the hook was thinking.
            self._call_webhook(phone, text, keyword)
            return Accepted(text, text.sid, "messaging")
        message = self.conversations.hear(conversation, sender, verdict.draft)
        return Accepted(text, message.sid, "published", conversation.sid)

    def _obey(self, keyword: Keyword, text: Text) -> None:
        answer = self._reply_to(text, ANSWERS[keyword])
        if keyword == "START":
            self.world.opted_out.discard(text.pair)
        self.carrier.send(answer)
        if keyword == "STOP":
            self.world.opted_out.add(text.pair)
        phone = self.world.phones.get(text.sender)
        if phone and keyword != "HELP":
            self.world.events.tell("phone", phone=phone_json(self.world, phone))

    def _call_webhook(self, phone: Phone, text: Text, keyword: Keyword | None) -> None:
        target = self.world.account.inbound_url(text.recipient)
        if not target:
            return
        url, method = target
        params = inbound_params(self.world, phone, text)
        if keyword and self.world.faults.advanced_opt_out:
            params["OptOutType"] = keyword
        self.world.spawn(self._ask(Webhook("messaging", "inbound", url, params, method), text))

    async def _ask(self, webhook: Webhook, text: Text) -> None:
        answer = await self.courier.send_faulty(webhook)
        if answer and answer.ok:
            self._answer(answer, text)

    def _answer(self, answer: Answer, text: Text) -> None:
        try:
            replies = parse_replies(answer.content_type, answer.body)
        except InvalidTwiml as error:
            self.courier.close_entry(answer, "failed", str(error))
            return
        for reply in replies:
            self.carrier.send(self._from_twiml(reply, text))

    def _from_twiml(self, reply: Reply, text: Text) -> Text:
        sent = self._reply_to(text, reply.body)
        sent.recipient = reply.to or sent.recipient
        return sent

    def _reply_to(self, text: Text, body: str) -> Text:
        now = self.world.now()
        return Text(
            sender=text.recipient,
            recipient=text.sender,
            body=body,
            media=[],
            direction="outbound-reply",
            status="queued",
            created=now,
            updated=now,
            messaging_service_sid=text.messaging_service_sid,
        )


def inbound_params(world: World, phone: Phone, text: Text) -> dict[str, str]:
    """The fields of the Messaging webhook."""
    params = {
        "AccountSid": world.account.sid,
        "ApiVersion": "2010-04-01",
        "MessageSid": text.sid,
        "SmsSid": text.sid,
        "SmsMessageSid": text.sid,
        "SmsStatus": "received",
        "From": text.sender,
        "To": text.recipient,
        "Body": text.body,
        "NumMedia": str(len(text.media)),
        "NumSegments": "1",
    }
    if text.messaging_service_sid:
        params["MessagingServiceSid"] = text.messaging_service_sid
    for position, media in enumerate(text.media):
        params[f"MediaUrl{position}"] = message_media_url(world, text, media)
        params[f"MediaContentType{position}"] = media.content_type
    return params | (_whatsapp_params(phone, text) if phone.channel == "whatsapp" else _sms_params(text))


def message_media_url(world: World, text: Text, media: Media) -> str:
    account = f"{world.settings.public_url}/api/2010-04-01/Accounts/{world.account.sid}"
    return f"{account}/Messages/{text.sid}/Media/{media.sid}"


def _whatsapp_params(phone: Phone, text: Text) -> dict[str, str]:
    params = {
        "ProfileName": phone.name,
        "WaId": bare(phone.address).lstrip("+"),
        "MessageType": text.media[0].content_type.partition("/")[0] if text.media else "text",
    }
    if not is_number(phone.address):
        params["ExternalUserId"] = phone.address
    return params


def _sms_params(text: Text) -> dict[str, str]:
    """Where the two numbers are; empty fields are sent too, as Twilio does."""
    params: dict[str, str] = {}
    for side, address in (("From", text.sender), ("To", text.recipient)):
        country = "US" if bare(address).startswith("+1") else ""
        params |= {f"{side}City": "", f"{side}State": "", f"{side}Zip": "", f"{side}Country": country}
    return params


def phone_json(world: World, phone: Phone) -> dict[str, object]:
    opted_out = any(address == phone.address for address, _ in world.opted_out)
    return {
        "address": phone.address,
        "name": phone.name,
        "channel": channel_of(phone.address),
        "opted_out": opted_out,
    }
