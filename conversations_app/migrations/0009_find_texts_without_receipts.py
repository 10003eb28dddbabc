from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """While they are built, messages go on being read and written."""

    atomic = False

    dependencies = [
        ("conversations_app", "0008_count_looks_for_receipts"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="delivery",
            index=models.Index(
                models.F("created_at"),
                condition=models.Q(("state", "sent"), ("status__in", ["", "accepted", "queued", "sending", "sent"])),
                name="delivery_on_its_way",
            ),
        ),
        AddIndexConcurrently(
            model_name="message",
            index=models.Index(
                models.F("created_at"), condition=models.Q(("sid__isnull", False)), name="message_at_twilio"
            ),
        ),
    ]
