from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """While the index is built, people go on coming and leaving."""

    atomic = False

    dependencies = [
        ("conversations_app", "0017_remember_texts_that_met_a_closed_window"),
    ]

    operations = [
        migrations.AddField(
            model_name="binding",
            name="announce_at",
            field=models.DateTimeField(
                blank=True,
                help_text="When the group is told that this person has come, should we not know their name sooner.",
                null=True,
            ),
        ),
        AddIndexConcurrently(
            model_name="binding",
            index=models.Index(
                models.F("announce_at"),
                condition=models.Q(("announce_at__isnull", False)),
                name="binding_to_be_announced",
            ),
        ),
    ]
