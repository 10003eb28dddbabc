"""How long to wait after something failed before it is tried again: every schedule of the product."""

from dataclasses import dataclass

from django.conf import settings

from conversations_app.gateway.errors import GatewayError, Unclear, UnclearButOver


@dataclass(frozen=True)
class Schedule:
    pauses_s: tuple[float, ...]

    def pause_after(self, failures: int) -> float:
        """Seconds after the nth failure in a row; the last pause repeats."""
        return self.pauses_s[min(failures, len(self.pauses_s)) - 1]

    def is_used_up(self, failures: int) -> bool:
        return failures > len(self.pauses_s)

    @property
    def longest_s(self) -> float:
        return self.pauses_s[-1]


# Quick at first, since most failed calls are one lost connection and people are waiting; half a minute in an outage.
TWILIO = Schedule((1.0, 2.0, 4.0, 8.0, 15.0, 30.0))
# A fault of ours in a webhook's event. Events of the same subject wait behind it, so it starts just as quickly.
EVENT = Schedule((1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0))
# The model: what people said is read again for some ten minutes before it is let go.
TURN = Schedule((5.0, 30.0, 60.0, 120.0, 300.0))
# What somebody wants forgotten at Twilio or in the photo storage: nobody waits for it, and it is never given up.
REMOVAL = Schedule((5.0, 30.0, 120.0, 600.0, 3600.0))

# A picture, from Twilio and into the storage: whoever sent it hears within some ten minutes that it did not come.
PHOTO = Schedule((3.0, 15.0, 60.0, 180.0, 300.0))
# Twilio's copy of one that is safe here: nobody waits.
TIDYING = Schedule((60.0, 300.0, 1800.0, 3600.0, 6 * 3600.0))

# For work that keeps no count of its failures: neither the first, hasty pauses nor the long ones.
UNCOUNTED = 3


def after(error: GatewayError, *, failures: int) -> float:
    """Seconds. A call without an answer may still be carried out: nobody looks for its result before it has surely
    ended."""
    if isinstance(error, Unclear) and not isinstance(error, UnclearButOver):
        return settings.TWILIO_TIMEOUT_S
    return TWILIO.longest_s if error.permanent else TWILIO.pause_after(failures)
