"""Tell Twilio (here: the emulator) where our webhooks are, through its real REST API."""

from collections.abc import Mapping

from twilio.base.exceptions import TwilioException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from conversations_app.gateway import webhook_urls
from devstack.errors import LaunchError

# SESSION_IDLE_DAYS, where nothing else is set.
IDLE_DAYS = 14


def provision(environment: Mapping[str, str]) -> None:
    """Set the Conversation service's webhooks, the messaging service's inbound webhook, and the timers."""
    client = local_client(environment)
    web = environment["PUBLIC_BASE_URL"]
    try:
        service = client.conversations.v1.services(environment["TWILIO_CONVERSATIONS_SERVICE_SID"])
        service.configuration.webhooks().update(
            pre_webhook_url=webhook_urls.pre_webhook_url(web),
            post_webhook_url=webhook_urls.post_webhook_url(web),
            method="POST",
            filters=list(webhook_urls.FILTERS),
        )
        client.messaging.v1.services(environment["TWILIO_MESSAGING_SERVICE_SID"]).update(
            inbound_request_url=webhook_urls.inbound_url(web), inbound_method="POST"
        )
        client.conversations.v1.configuration().update(
            default_inactive_timer=f"P{webhook_urls.inactive_after(IDLE_DAYS).days}D",
            default_closed_timer=f"P{webhook_urls.closed_after(IDLE_DAYS).days}D",
        )
    except (TwilioException, OSError) as error:
        raise LaunchError(f"The emulator did not take the webhooks' addresses: {error}") from error


def local_client(environment: Mapping[str, str]) -> Client:
    """A stock client whose calls go to one local server, with the product as the path's first part, past proxies."""
    http_client = TwilioHttpClient(timeout=10)
    http_client.session.trust_env = False
    account = environment["TWILIO_ACCOUNT_SID"], environment["TWILIO_AUTH_TOKEN"]
    client = Client(*account, http_client=http_client, environment={})
    for product in ("conversations", "messaging"):
        getattr(client, product).base_url = f"{environment['TWILIO_BASE_URL']}/{product}"
    return client
