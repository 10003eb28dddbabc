"""The database's clock: leases, batching and back-off go by it, so that all workers agree and nothing jumps."""

from datetime import timedelta

from django.db.models import DateTimeField, ExpressionWrapper
from django.db.models.expressions import Combinable, CombinedExpression, Func, Value


class ClockTime(Func):
    """Postgres' clock_timestamp(): the time of this very statement, also late in a transaction."""

    function = "CLOCK_TIMESTAMP"
    template = "%(function)s()"
    output_field = DateTimeField()


def in_seconds(seconds: float) -> "ExpressionWrapper[CombinedExpression]":
    shifted: CombinedExpression = ClockTime() + Value(timedelta(seconds=seconds))
    return ExpressionWrapper(shifted, output_field=DateTimeField())


def later(moment: Combinable, seconds: float) -> "ExpressionWrapper[CombinedExpression]":
    return ExpressionWrapper(moment + Value(timedelta(seconds=seconds)), output_field=DateTimeField())
