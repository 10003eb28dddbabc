"""The field gets a telling name; its column keeps the old one, so that the release before can run meanwhile."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sessions_app", "0006_keep_photos_of_the_older_app"),
        # Its data migration still speaks of `leg`, so it has to run first.
        ("conversations_app", "0004_number_legs_and_keep_windows"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameField("session", "leg", "segment"),
                migrations.AlterField(
                    "session",
                    "segment",
                    models.PositiveSmallIntegerField(
                        db_column="leg",
                        db_default=1,
                        default=1,
                        help_text=(
                            "Rises with each new Conversation and change of transport; the transcript's first order."
                        ),
                    ),
                ),
            ]
        )
    ]
