"""Is everything well? Each check stands alone: one that fails or crashes keeps no other from being made."""

from collections.abc import Iterator

from conversations_app.doctor import account, servers, the_model, traffic, way_in
from conversations_app.doctor.findings import Check, Finding, bad
from conversations_app.gateway.errors import GatewayError

CHECKS: dict[str, Check] = {
    "postgres": servers.postgres,
    "cache": servers.cache_server,
    "broker": servers.broker,
    "processes": servers.processes,
    "credentials": account.credentials,
    "services": account.services,
    "webhooks": account.webhooks,
    "numbers": account.senders,
    "template": account.template,
    "address": way_in.public_address,
    "signature": way_in.signature,
    "pre-event": way_in.before_each_message,
    "model": the_model.answers,
    "model's extras": the_model.extras,
    "names": traffic.names_on_phones,
    "unsigned": traffic.unsigned,
    "retries": traffic.retries,
    "problems": traffic.problems,
}


def examine() -> Iterator[tuple[str, Finding]]:
    """(name of the check, what it found), as they are made."""
    for name, check in CHECKS.items():
        for finding in _made(check):
            yield name, finding


def _made(check: Check) -> Iterator[Finding]:
    try:
        yield from check()
    except GatewayError as error:
        yield bad(
            f"Twilio could not be asked: {error.words}.", "Look at the lines above, and at Twilio's status page."
        )
    except Exception as error:  # whatever keeps a check from being made is what it found
        yield bad(
            f"It could not be looked at ({type(error).__name__}).", "Check the address of that server, and its log."
        )
