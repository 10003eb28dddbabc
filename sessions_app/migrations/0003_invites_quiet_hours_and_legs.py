import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversations_app", "0002_relations_and_constraints"),
        ("sessions_app", "0002_seed_stages"),
    ]

    operations = [
        migrations.CreateModel(
            name="Invite",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=6, unique=True)),
                ("most_uses", models.PositiveSmallIntegerField()),
                ("uses", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("created_at", "pk"),
            },
        ),
        migrations.AddField(
            model_name="consent",
            name="channel",
            field=models.CharField(
                blank=True,
                choices=[("whatsapp", "whatsapp"), ("sms", "sms"), ("chat", "chat")],
                db_default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="text_version",
            field=models.CharField(blank=True, db_default="", max_length=20),
        ),
        migrations.AddField(
            model_name="contact",
            name="wrong_codes",
            field=models.PositiveSmallIntegerField(
                db_default=0, default=0, help_text="Codes of no group that this phone tried since the time beside."
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="wrong_codes_since",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="session",
            name="leg",
            field=models.PositiveSmallIntegerField(
                db_default=1,
                default=1,
                help_text="Rises with each new Conversation and change of transport; the transcript's first order.",
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="move_refusal",
            field=models.CharField(
                blank=True, db_default="", help_text="Why the last move was given up.", max_length=300
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="moving_to",
            field=models.CharField(
                blank=True,
                choices=[("conversations", "Conversations"), ("broadcast", "Broadcast")],
                db_default="",
                help_text="The transport it is being moved to.",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="quiet_until",
            field=models.DateTimeField(
                blank=True,
                help_text="Until then the matchmaker speaks half as often; somebody there asked for it.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="reads_from",
            field=models.DateTimeField(
                blank=True,
                help_text="What was written before does not count: the interview was begun anew.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="restart_asked_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="session",
            name="restart_asked_by",
            field=models.ForeignKey(
                blank=True,
                help_text="Who wants to begin anew, and has not said yes to it yet.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="sessions_app.participant",
            ),
        ),
        migrations.AlterField(
            model_name="consent",
            name="kind",
            field=models.CharField(
                choices=[("profile", "to having a profile made"), ("taking_part", "to taking part in the group")],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="consent",
            name="message",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="conversations_app.message",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "profile"), _negated=True), ("message__isnull", False), _connector="OR"
                ),
                name="consent_to_a_profile_has_its_message",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "taking_part"), _negated=True),
                    models.Q(models.Q(("text_version", ""), _negated=True), models.Q(("channel", ""), _negated=True)),
                    _connector="OR",
                ),
                name="consent_to_taking_part_names_its_text",
            ),
        ),
        migrations.AddField(
            model_name="invite",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="invites", to="sessions_app.session"
            ),
        ),
        migrations.AddConstraint(
            model_name="invite",
            constraint=models.UniqueConstraint(
                models.F("session"), condition=models.Q(("retired_at", None)), name="invite_one_in_use_a_session"
            ),
        ),
    ]
