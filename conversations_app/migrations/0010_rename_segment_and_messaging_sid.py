"""Two fields get telling names; their columns keep the old ones, so that the release before can run meanwhile."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations_app", "0009_find_texts_without_receipts")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveIndex("message", "message_in_order"),
                migrations.RenameField("conversation", "leg", "segment"),
                migrations.AlterField(
                    "conversation",
                    "segment",
                    models.PositiveSmallIntegerField(
                        db_column="leg",
                        db_default=1,
                        default=1,
                        help_text="The session's segment that it carries.",
                    ),
                ),
                migrations.RenameField("message", "leg", "segment"),
                migrations.AlterField(
                    "message",
                    "segment",
                    models.PositiveSmallIntegerField(
                        db_column="leg",
                        db_default=1,
                        default=1,
                        help_text="The session's segment in which it was written; 0: the older app.",
                    ),
                ),
                migrations.RenameField("message", "twin_sid", "messaging_sid"),
                migrations.AlterField(
                    "message",
                    "messaging_sid",
                    models.CharField(
                        blank=True,
                        db_column="twin_sid",
                        help_text="The same text's sid at the Messaging webhook.",
                        max_length=34,
                        null=True,
                        unique=True,
                    ),
                ),
                migrations.AddIndex(
                    "message",
                    models.Index(
                        models.F("session"), models.F("segment"), models.F("index"), name="message_in_order"
                    ),
                ),
            ]
        )
    ]
