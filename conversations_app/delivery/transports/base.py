"""What every transport can do."""

from typing import Protocol

from conversations_app.delivery.leases import Lease
from conversations_app.models import Binding


# Modules of functions, since a transport has no state of its own: it is all in the rows.
class Transport(Protocol):
    """Each call is made by the worker that holds the session's lease, outside any transaction, and may raise
    GatewayError and ClaimLost. All may be repeated."""

    def add_participants(self, lease: Lease) -> None:
        """Everybody who waits to be in."""

    def remove_participant(self, lease: Lease, binding: Binding) -> None:
        """One phone; the caller frees the row afterwards."""

    def send(self, lease: Lease) -> float:
        """The group's waiting messages, in order; the seconds to wait if one is left."""

    def end(self, lease: Lease) -> None:
        """Nothing reaches the group by it any more, and all its phones are free."""
