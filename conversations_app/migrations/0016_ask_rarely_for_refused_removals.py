from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """While the index is built, people go on coming and leaving."""

    atomic = False

    dependencies = [("conversations_app", "0015_reword_help_texts")]

    operations = [
        migrations.AddField(
            model_name="binding",
            name="removal_due_at",
            field=models.DateTimeField(
                blank=True, help_text="Twilio refused to remove this person; when it is asked again.", null=True
            ),
        ),
        AddIndexConcurrently(
            model_name="binding",
            index=models.Index(
                models.F("removal_due_at"),
                condition=models.Q(("removal_due_at__isnull", False)),
                name="binding_removal_due",
            ),
        ),
    ]
