from django.db import models


class ExportTarget(models.Model):
    """A dating app to which people take their profile along, and how much fits into its fields."""

    name = models.CharField(max_length=40, unique=True)
    bio_limit = models.PositiveIntegerField(
        verbose_name="characters of a bio", help_text="0 where the app has no such field."
    )
    prompts = models.PositiveSmallIntegerField(
        verbose_name="answers to prompts", help_text="How many people may give there; 0 where there are none."
    )
    prompt_limit = models.PositiveIntegerField(verbose_name="characters of an answer", default=0, db_default=0)
    checked_on = models.DateField(help_text="When somebody last looked. The apps change their limits unannounced.")
    note = models.CharField(max_length=200, blank=True, db_default="", help_text="Where that was seen.")

    class Meta:
        ordering = ("name",)
        verbose_name = "dating app"
        constraints = [
            models.CheckConstraint(
                name="export_target_answers_have_a_limit",
                condition=models.Q(prompts=0) | models.Q(prompt_limit__gt=0),
            )
        ]

    def __str__(self) -> str:
        return self.name
