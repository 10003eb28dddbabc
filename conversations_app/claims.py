"""Who may work on a row: the one claim, lease and fence of the product.

A worker claims a row for some seconds, works on it with nothing locked, and writes what came of it only while the claim
is still its own. A worker that is killed loses its claim when the lease ends; one that merely stalled finds that the
row's generation has moved on, and writes nothing.

Leases go by the database's clock, so that workers whose own clocks differ agree on when one ends.
"""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from conversations_app.db_clock import ClockTime, in_seconds

Row = TypeVar("Row", bound=Model)


class ClaimLost(Exception):
    """Another worker has taken over; it looks for what this one did."""


@dataclass(frozen=True, eq=False, repr=False)
class Claims(Generic[Row]):
    """The claims on one model's rows: on `rows`, so that a row that has left them (it is done) is nobody's any more.

    `lease_s` has to be longer than the longest step between two renewals.
    """

    rows: QuerySet[Row]
    lease_s: float
    until: str = "leased_until"
    generation: str = "generation"

    def free(self) -> Q:
        """In nobody's hands, or in those of a worker whose lease has ended."""
        return Q(**{f"{self.until}__isnull": True}) | Q(**{f"{self.until}__lt": ClockTime()})

    def held(self) -> Q:
        return Q(**{f"{self.until}__gte": ClockTime()})

    def take(self, rows: QuerySet[Row], pk: int, **changes: Any) -> Row | None:
        """Claim the row if it is free and among `rows`, with `changes` written beside; None when it is not.

        It is chosen, counted up and leased under one row lock, so no two workers can leave with the same generation,
        however long one of them stalls on the way. A locked row is passed over rather than waited for (SKIP LOCKED):
        whoever holds it is claiming it or changing what is due, and the dispatcher looks again in a fifth of a second.
        NO KEY, since rows that merely refer to this one take nothing away from it.
        """
        with transaction.atomic():
            free = rows.filter(self.free(), pk=pk).select_for_update(skip_locked=True, no_key=True, of=("self",))
            row = free.first()
            if row is None:
                return None
            generation = getattr(row, self.generation) + 1
            leased = {self.until: in_seconds(self.lease_s), self.generation: generation}
            self.rows.filter(pk=pk).update(**leased, **changes)
            row.refresh_from_db(fields=[*leased, *changes])
        return row

    def mine(self, row: Row) -> QuerySet[Row]:
        """The row while it is still ours, for an update that must not undo another worker's."""
        return self.rows.filter(**{"pk": row.pk, self.generation: getattr(row, self.generation)})

    def renew(self, row: Row) -> None:
        """Before each call to the outside, so that the lease outlasts it. Raises ClaimLost."""
        if not self.mine(row).update(**{self.until: in_seconds(self.lease_s)}):
            raise ClaimLost

    def lock(self, row: Row) -> None:
        """Inside a transaction: nobody can take it over before the transaction ends. Raises ClaimLost."""
        if not self.mine(row).select_for_update(no_key=True).exists():
            raise ClaimLost

    def release(self, row: Row, **changes: Any) -> bool:
        """Give it back with what came of it; False, and nothing written, when it is no longer ours."""
        return bool(self.mine(row).update(**{self.until: None}, **changes))
