"""The records: what exists in the emulated account and on the phones. Their rules live elsewhere."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from emulator.addresses import Channel, channel_of
from emulator.sids import new_sid
from emulator.templates import Content

ConversationState = Literal["initializing", "active", "inactive", "closed"]
Pair = tuple[str, str]
"""(a phone's address, one of our numbers)"""


@dataclass(eq=False)
class Media:
    content_type: str
    filename: str | None
    data: bytes
    created: datetime
    service_sid: str | None = None
    used_by: str | None = None
    """The message that carries it; uploaded media may be used once."""
    source_url: str | None = None
    """Where it lies, when it was sent by its URL."""
    is_deleted: bool = False
    """At Twilio; handsets keep what they got."""
    sid: str = field(default_factory=lambda: new_sid("ME"))


@dataclass(eq=False)
class WebhookConfig:
    """Where events go: of the whole account, or of one conversation service."""

    pre_url: str | None = None
    post_url: str | None = None
    method: str = "POST"
    filters: list[str] = field(default_factory=list)
    target: str = "webhook"

    @property
    def is_set(self) -> bool:
        return bool(self.pre_url or self.post_url)


@dataclass(eq=False)
class ScopedWebhook:
    """A webhook of one conversation."""

    target: str
    url: str | None
    method: str
    filters: list[str]
    triggers: list[str]
    flow_sid: str | None
    created: datetime
    updated: datetime
    sid: str = field(default_factory=lambda: new_sid("WH"))


@dataclass(eq=False)
class Binding:
    address: str
    proxy_address: str

    @property
    def channel(self) -> Channel:
        return channel_of(self.address)

    @property
    def pair(self) -> Pair:
        return (self.address, self.proxy_address)


@dataclass(eq=False)
class Participant:
    identity: str | None
    binding: Binding | None
    attributes: str
    role_sid: str
    created: datetime
    updated: datetime
    last_read_index: int | None = None
    last_read_at: str | None = None
    sid: str = field(default_factory=lambda: new_sid("MB"))

    @property
    def name(self) -> str:
        """As it stands in a message's author."""
        return self.binding.address if self.binding else (self.identity or "")

    @property
    def source(self) -> str:
        """Where their own messages come from, in the words of webhooks."""
        return self.binding.channel.upper() if self.binding else "SDK"


@dataclass(frozen=True)
class Draft:
    """A message before it is published."""

    author: str
    body: str
    attributes: str = "{}"
    media: list[Media] = field(default_factory=list)
    content: Content | None = None
    """The template that it was made from."""


@dataclass(eq=False)
class Receipt:
    participant_sid: str
    channel_message_sid: str
    status: str | None
    """None until it was sent."""
    error_code: int
    created: datetime
    updated: datetime
    sid: str = field(default_factory=lambda: new_sid("DY"))


@dataclass(eq=False)
class Message:
    """A message of a conversation."""

    index: int
    author: str
    body: str | None
    media: list[Media]
    attributes: str
    participant_sid: str | None
    created: datetime
    updated: datetime
    content: Content | None = None
    receipts: dict[str, Receipt] = field(default_factory=dict)
    sid: str = field(default_factory=lambda: new_sid("IM"))


@dataclass(eq=False)
class Timers:
    inactive_after: timedelta | None = None
    closed_after: timedelta | None = None
    inactive_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(eq=False)
class Conversation:
    service_sid: str
    messaging_service_sid: str | None
    friendly_name: str | None
    unique_name: str | None
    attributes: str
    created: datetime
    updated: datetime
    state: ConversationState = "active"
    timers: Timers = field(default_factory=Timers)
    participants: dict[str, Participant] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    webhooks: dict[str, ScopedWebhook] = field(default_factory=dict)
    next_index: int = 0
    sid: str = field(default_factory=lambda: new_sid("CH"))

    @property
    def on_phones(self) -> list[Participant]:
        return [person for person in self.participants.values() if person.binding]


@dataclass(eq=False)
class DeliveryOf:
    """Which receipt a text stands for."""

    conversation: Conversation
    message: Message
    receipt: Receipt


@dataclass(frozen=True)
class Place:
    """What somebody shared on WhatsApp with the paper clip."""

    latitude: float
    longitude: float
    label: str = ""
    address: str = ""


@dataclass(eq=False)
class Text:
    """One SMS or WhatsApp message between a phone and one of our numbers."""

    sender: str
    recipient: str
    body: str
    media: list[Media]
    direction: Literal["inbound", "outbound-api", "outbound-reply"]
    status: str
    created: datetime
    updated: datetime
    messaging_service_sid: str | None = None
    status_callback: str | None = None
    error_code: int | None = None
    content: Content | None = None
    is_redacted: bool = False
    """Its record at Twilio has no words any more; the handset has them still."""
    shown: bool = True
    """Whether the handset shows it."""
    seen: bool = False
    """A person's text that a typing indicator marked as read."""
    captured: bool = False
    """A person's text that went to a conversation."""
    destroyed: bool = False
    """A person's text that the pre-event hook did not let pass."""
    place: Place | None = None
    is_unsupported: bool = False
    """Something that WhatsApp does not give to businesses, such as a poll."""
    button: str | None = None
    """What the button means that the person tapped; its words are the body."""
    delivery_of: DeliveryOf | None = None
    sid: str = ""

    def __post_init__(self) -> None:
        self.sid = self.sid or new_sid("MM" if self.media else "SM")

    @property
    def pair(self) -> Pair:
        inbound = self.direction == "inbound"
        return (self.sender, self.recipient) if inbound else (self.recipient, self.sender)


@dataclass(eq=False)
class Phone:
    address: str
    name: str
    external_user_id: str | None = None
    """The id behind which its owner hides, where the contact book pairs it with the number."""

    @property
    def channel(self) -> Channel:
        return channel_of(self.address)


@dataclass
class AutoCreation:
    """What happens to a text of a pair that no conversation holds."""

    enabled: bool = False
    type: str = "default"
    conversation_service_sid: str | None = None
    webhook_url: str | None = None
    webhook_method: str | None = None
    webhook_filters: list[str] = field(default_factory=list)
    studio_flow_sid: str | None = None
    studio_retry_count: int | None = None


@dataclass(eq=False)
class AddressConfiguration:
    """Of one of our numbers."""

    type: str
    address: str
    friendly_name: str | None
    address_country: str | None
    auto_creation: AutoCreation
    created: datetime
    updated: datetime
    sid: str = field(default_factory=lambda: new_sid("IG"))
