"""What our Twilio account holds, as far as we depend on it."""

from dataclasses import dataclass

from django.conf import settings

from conversations_app.gateway.client import calls_twilio, client

# The most that Twilio allows: one call for almost any account.
MOST_A_PAGE = 1000


@dataclass(frozen=True)
class Account:
    """`status`: active, suspended or closed."""

    status: str
    is_trial: bool


@calls_twilio
def fetch_account() -> Account:
    found = client().api.v2010.accounts(settings.TWILIO_ACCOUNT_SID).fetch()
    # A trial account reaches verified numbers only (21608): most friends would hear nothing of us.
    return Account(status=str(found.status), is_trial=str(found.type) == "Trial")


@calls_twilio
def conversation_service_name() -> str:
    return str(client().conversations.v1.services(settings.TWILIO_CONVERSATIONS_SERVICE_SID).fetch().friendly_name)


@calls_twilio
def messaging_service_name() -> str:
    return str(client().messaging.v1.services(settings.TWILIO_MESSAGING_SERVICE_SID).fetch().friendly_name)


@calls_twilio
def own_numbers() -> set[str]:
    """Those for SMS; Twilio lists WhatsApp senders by messaging service only."""
    return {str(one.phone_number) for one in client().incoming_phone_numbers.list(page_size=MOST_A_PAGE)}


@calls_twilio
def pool() -> set[str]:
    """Everything that our messaging service sends from, addresses as ours."""
    # A number outside the pool can send, but what people text to it goes to its own webhook instead of ours.
    service = client().messaging.v1.services(settings.TWILIO_MESSAGING_SERVICE_SID)
    numbers = {str(one.phone_number) for one in service.phone_numbers.list(page_size=MOST_A_PAGE)}
    return numbers | {str(one.sender) for one in service.channel_senders.list(page_size=MOST_A_PAGE)}
