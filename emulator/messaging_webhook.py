"""The Messaging webhook: the fields it gets for a text, and the messages its TwiML answer sends back."""

import mimetypes
from dataclasses import dataclass
from urllib.parse import urlsplit

from emulator.addresses import bare, is_number, is_phone
from emulator.carrier import Carrier
from emulator.entities import Media, Phone, Place, Text
from emulator.keywords import Keyword
from emulator.segments import num_segments
from emulator.twiml import InvalidTwiml, Reply, parse_replies
from emulator.webhook_sender import Answer, Webhook, WebhookSender
from emulator.world import World


@dataclass
class MessagingWebhook:
    world: World
    webhook_sender: WebhookSender
    carrier: Carrier

    def call(self, phone: Phone, text: Text, keyword: Keyword | None, *, own_only: bool = False) -> None:
        """Tell it of a person's text, if there is one for this number (`own_only`: one set on the number itself)."""
        target = self.world.account.inbound_url(text.recipient)
        if not target or (own_only and not self.world.account.numbers[text.recipient].messaging_url):
            return
        url, method = target
        params = inbound_params(self.world, phone, text)
        if keyword and self.world.faults.advanced_opt_out:
            params["OptOutType"] = keyword
        self.world.spawn(self._ask(Webhook("messaging", "inbound", url, params, method), text))

    async def _ask(self, webhook: Webhook, text: Text) -> None:
        answer = await self.webhook_sender.send_with_faults(webhook)
        if answer and answer.ok:
            self._answer(answer, text)

    def _answer(self, answer: Answer, text: Text) -> None:
        try:
            replies = parse_replies(answer.content_type, answer.body)
            texts = [self._written(reply, text) for reply in replies]
        except InvalidTwiml as error:
            self.webhook_sender.close_entry(answer, "failed", str(error))
            return
        for reply in texts:
            self.carrier.send(reply)

    def _written(self, reply: Reply, text: Text) -> Text:
        if reply.to is not None and not is_phone(reply.to):
            raise InvalidTwiml("21211: the recipient is not a phone number")
        media = [linked_media(self.world, url) for url in reply.media_urls if url]
        if not (reply.body or media):
            raise InvalidTwiml("14103: the message is empty")
        return reply_to(self.world, text, reply.body, media=media, recipient=reply.to)


def reply_to(
    world: World, text: Text, body: str, *, media: list[Media] | None = None, recipient: str | None = None
) -> Text:
    """A text back to whoever wrote, from the number that they wrote to."""
    now = world.now()
    return Text(
        sender=text.recipient,
        recipient=recipient or text.sender,
        body=body,
        media=media or [],
        direction="outbound-reply",
        status="queued",
        created=now,
        updated=now,
        messaging_service_sid=text.messaging_service_sid,
    )


def linked_media(world: World, url: str) -> Media:
    """A file that stays where it lies; its kind is guessed from its name."""
    kind = mimetypes.guess_type(urlsplit(url).path)[0] or "application/octet-stream"
    return Media(kind, None, b"", world.now(), source_url=url)


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
        "NumSegments": str(num_segments(text)),
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
        "MessageType": text.media[0].content_type.partition("/")[0] if text.media else "text",
    }
    if is_number(phone.address):
        params["WaId"] = bare(phone.address).lstrip("+")
    if text.is_unsupported:
        params["MessageType"] = "unsupported"
    if text.place is not None:
        params |= _place_params(text.place)
    if text.button is not None:
        params |= {"MessageType": "button", "ButtonText": text.body, "ButtonPayload": text.button}
    external = phone.external_user_id if is_number(phone.address) else phone.address
    return params | ({"ExternalUserId": external} if external else {})


def _place_params(place: Place) -> dict[str, str]:
    named = {"Label": place.label, "Address": place.address}
    return {
        "MessageType": "location",
        "Latitude": str(place.latitude),
        "Longitude": str(place.longitude),
        **{name: value for name, value in named.items() if value},
    }


def _sms_params(text: Text) -> dict[str, str]:
    """Where the two numbers are; empty fields are sent too, as Twilio does."""
    params: dict[str, str] = {}
    for side, address in (("From", text.sender), ("To", text.recipient)):
        country = "US" if bare(address).startswith("+1") else ""
        params |= {f"{side}City": "", f"{side}State": "", f"{side}Zip": "", f"{side}Country": country}
    return params
