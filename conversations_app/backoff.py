"""How long to wait after Twilio did not do what we asked."""

from django.conf import settings

from conversations_app.gateway.errors import GatewayError, Unclear, UnclearButOver

LONGEST_S = 30.0
_GROWING_S = (1.0, 2.0, 4.0, 8.0, 15.0, LONGEST_S)


def after(error: GatewayError, *, attempts: int) -> float:
    """Seconds. A call without an answer may still be carried out: nobody looks for its result before it has surely
    ended."""
    if isinstance(error, Unclear) and not isinstance(error, UnclearButOver):
        return settings.TWILIO_TIMEOUT_S
    return LONGEST_S if error.permanent else _GROWING_S[min(attempts, len(_GROWING_S) - 1)]
