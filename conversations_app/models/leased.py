from django.db import models


class Leased(models.Model):
    """A row that one worker at a time may work on. Both columns are `claims`' to write.

    `leased_until` is on the database's clock. `generation` rises with each claim and is never set back, so it tells a
    worker that stalled past its lease from the one that came after it; counts of attempts cannot, since they are
    corrected and reset.
    """

    leased_until = models.DateTimeField(null=True, blank=True)
    generation = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        abstract = True
