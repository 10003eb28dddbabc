"""Only what admin shows: no statement reaches the database."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sessions_app", "0007_rename_segment"),
    ]

    operations = [
        migrations.AlterField(
            model_name="consent",
            name="kind",
            field=models.CharField(
                choices=[("profile", "having a profile made"), ("taking_part", "taking part in the group")],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="contact",
            name="display_name",
            field=models.CharField(blank=True, help_text="As their channel last gave it, cleaned up.", max_length=30),
        ),
        migrations.AlterField(
            model_name="contact",
            name="external_user_id",
            field=models.CharField(
                blank=True,
                help_text="WhatsApp's own id for the person, in case they hide their number one day.",
                max_length=140,
            ),
        ),
        migrations.AlterField(
            model_name="contact",
            name="wrong_codes",
            field=models.PositiveSmallIntegerField(
                db_default=0, default=0, help_text="Wrong codes this phone has tried since `wrong_codes_since`."
            ),
        ),
        migrations.AlterField(
            model_name="fact",
            name="is_author_known",
            field=models.BooleanField(
                db_default=True, default=True, help_text="Off when the older app did not record which friend said it."
            ),
        ),
        migrations.AlterField(
            model_name="session",
            name="is_adult",
            field=models.BooleanField(
                help_text="Whether the primary person said they are 18 or older; all we store before consent.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="session",
            name="move_refusal",
            field=models.CharField(blank=True, db_default="", help_text="Why the last move failed.", max_length=300),
        ),
        migrations.AlterField(
            model_name="session",
            name="quiet_until",
            field=models.DateTimeField(
                blank=True,
                help_text="Until then the matchmaker speaks half as often, because somebody asked for quiet.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="session",
            name="reads_from",
            field=models.DateTimeField(
                blank=True,
                help_text="When the interview last started over; nothing written before counts.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="session",
            name="restart_asked_by",
            field=models.ForeignKey(
                blank=True,
                help_text="Who asked to start over and has not confirmed yet.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="sessions_app.participant",
            ),
        ),
        migrations.AlterField(
            model_name="session",
            name="segment",
            field=models.PositiveSmallIntegerField(
                db_column="leg",
                db_default=1,
                default=1,
                help_text="Counts up with each new Conversation and change of transport; the transcript is sorted by it first.",
            ),
        ),
    ]
