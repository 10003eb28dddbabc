"""What we want Twilio to be set to. `configure_twilio` makes it so, `doctor` compares with it, and the demo's and the
tests' emulator are set by it. Reference: "Conversations (classic) Webhooks" and the Messaging Service resource."""

from datetime import timedelta

# One only: while we are down, each pre-event holds people's messages up for five seconds.
PRE_EVENTS = ("onMessageAdd",)
# No more than these: each event costs a request and a row, and no other tells us anything to act on.
POST_EVENTS = (
    "onMessageAdded",
    "onDeliveryUpdated",
    "onParticipantAdded",
    "onParticipantRemoved",
    "onConversationStateUpdated",
    "onConversationRemoved",
)
FILTERS = (*PRE_EVENTS, *POST_EVENTS)


def pre_webhook_url(base: str) -> str:
    return f"{base}/webhooks/conversations/pre"


def post_webhook_url(base: str) -> str:
    return f"{base}/webhooks/conversations"


def inbound_url(base: str) -> str:
    return f"{base}/webhooks/sms"


def inactive_after(idle_days: int) -> timedelta:
    """Later than our own goodbye: what reaches an inactive Conversation is not documented."""
    return timedelta(days=idle_days + 7)


def closed_after(idle_days: int) -> timedelta:
    """A backstop for Conversations that we lost sight of: until then they hold their phones."""
    return timedelta(days=idle_days + 14)
