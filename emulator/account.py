"""The account: its numbers, services and webhook configuration. It survives a reset of the world."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from emulator.addresses import Channel, channel_of
from emulator.entities import AddressConfiguration, WebhookConfig
from emulator.settings import Settings
from emulator.sids import new_sid
from emulator.templates import Template


@dataclass
class ConversationService:
    friendly_name: str
    created: datetime
    updated: datetime
    sid: str = field(default_factory=lambda: new_sid("IS"))
    webhooks: WebhookConfig = field(default_factory=WebhookConfig)
    creator_role_sid: str = field(default_factory=lambda: new_sid("RL"))
    member_role_sid: str = field(default_factory=lambda: new_sid("RL"))
    service_role_sid: str = field(default_factory=lambda: new_sid("RL"))
    reachability_enabled: bool = False


@dataclass
class MessagingService:
    friendly_name: str
    created: datetime
    updated: datetime
    sid: str = field(default_factory=lambda: new_sid("MG"))
    inbound_request_url: str | None = None
    inbound_method: str = "POST"
    fallback_url: str | None = None
    fallback_method: str = "POST"
    status_callback: str | None = None
    use_inbound_webhook_on_number: bool = False
    usecase: str = "undeclared"
    switches: dict[str, bool] = field(
        default_factory=lambda: {
            "sticky_sender": True,
            "mms_converter": True,
            "smart_encoding": True,
            "fallback_to_long_code": True,
            "area_code_geomatch": True,
            "synchronous_validation": False,
        }
    )
    validity_period: int = 36000


@dataclass
class Number:
    """One of our numbers."""

    address: str
    created: datetime
    messaging_service_sid: str | None
    messaging_url: str | None = None
    sid: str = field(init=False)

    def __post_init__(self) -> None:
        self.sid = new_sid("PN" if self.channel == "sms" else "XE")

    @property
    def channel(self) -> Channel:
        return channel_of(self.address)


class Account:
    def __init__(self, settings: Settings, now: datetime) -> None:
        self.sid = settings.account_sid
        self.token = settings.auth_token
        self.created = now
        self.webhooks = WebhookConfig()
        self.default_inactive_after: timedelta | None = None
        self.default_closed_after: timedelta | None = None
        self.address_configurations: dict[str, AddressConfiguration] = {}
        service = _conversation_service(settings, now)
        messaging = _messaging_service(settings, now)
        self.services = {service.sid: service}
        self.messaging_services = {messaging.sid: messaging}
        self.default_service_sid = service.sid
        self.default_messaging_service_sid: str | None = messaging.sid
        self.templates: dict[str, Template] = {}
        self.numbers = {
            address: Number(address, created=now, messaging_service_sid=messaging.sid) for address in settings.senders
        }

    def pool(self, service: MessagingService, channel: Channel) -> list[Number]:
        """The numbers of a messaging service that speak this channel."""
        return [
            number
            for number in self.numbers.values()
            if number.messaging_service_sid == service.sid and number.channel == channel
        ]

    def messaging_service_of(self, address: str) -> MessagingService | None:
        number = self.numbers[address]
        return self.messaging_services.get(number.messaging_service_sid or "")

    def inbound_url(self, address: str) -> tuple[str, str] | None:
        """(URL, method) of the Messaging webhook for texts to this number: its own, else its messaging service's."""
        own = self.numbers[address].messaging_url
        if own:
            return own, "POST"
        service = self.messaging_service_of(address)
        if service and service.inbound_request_url:
            return service.inbound_request_url, service.inbound_method
        return None


def _conversation_service(settings: Settings, now: datetime) -> ConversationService:
    service = ConversationService("Default Conversations Service", created=now, updated=now)
    service.sid = settings.conversation_service_sid or service.sid
    return service


def _messaging_service(settings: Settings, now: datetime) -> MessagingService:
    service = MessagingService("Default Messaging Service for Conversations", created=now, updated=now)
    service.sid = settings.messaging_service_sid or service.sid
    return service
