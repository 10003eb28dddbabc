import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversations_app", "0002_relations_and_constraints"),
        ("sessions_app", "0004_give_each_session_its_invite"),
    ]

    operations = [
        migrations.CreateModel(
            name="Window",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("last_inbound_at", models.DateTimeField()),
                ("reminded_at", models.DateTimeField(blank=True, help_text="That it is about to shut.", null=True)),
                ("template_sent_at", models.DateTimeField(blank=True, help_text="Since it shut.", null=True)),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.RemoveIndex(
            model_name="message",
            name="message_in_order",
        ),
        migrations.AddField(
            model_name="binding",
            name="freed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="binding",
            name="moved_at",
            field=models.DateTimeField(
                blank=True, help_text="When it last changed its transport, by the database's clock.", null=True
            ),
        ),
        migrations.AddField(
            model_name="binding",
            name="then_join",
            field=models.ForeignKey(
                blank=True,
                help_text="The group that they change over to as soon as this is free.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="sessions_app.session",
            ),
        ),
        migrations.AddField(
            model_name="binding",
            name="why_out",
            field=models.CharField(
                blank=True,
                choices=[
                    ("left", "they left"),
                    ("stopped", "they opted out"),
                    ("removed", "somebody removed them at Twilio"),
                    ("ended", "the conversation ended"),
                ],
                db_default="",
                help_text="Why this person is taken out.",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="leg",
            field=models.PositiveSmallIntegerField(
                db_default=1, default=1, help_text="The session's leg that it carries."
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="content_sid",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="HX… of an approved template, which a shut window lets pass.",
                max_length=34,
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="content_variables",
            field=models.JSONField(blank=True, db_default=models.Value({}, models.JSONField()), default=dict),
        ),
        migrations.AddField(
            model_name="delivery",
            name="media",
            field=models.JSONField(
                blank=True,
                db_default=models.Value([], models.JSONField()),
                default=list,
                help_text="Addresses of pictures and the like.",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="message",
            field=models.ForeignKey(
                blank=True,
                help_text="The group's message of which this is one phone's copy.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deliveries",
                to="conversations_app.message",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="part",
            field=models.PositiveSmallIntegerField(
                db_default=1, default=1, help_text="Of a copy that is too long for one."
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="leg",
            field=models.PositiveSmallIntegerField(
                db_default=1, default=1, help_text="The session's leg in which it was written."
            ),
        ),
        migrations.AddField(
            model_name="receipt",
            name="caught_up_at",
            field=models.DateTimeField(
                blank=True, help_text="When the person, who had missed it, was sent it after all.", null=True
            ),
        ),
        migrations.AddField(
            model_name="sender",
            name="is_enabled",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AlterField(
            model_name="binding",
            name="state",
            field=models.CharField(
                choices=[("binding", "Binding"), ("bound", "Bound"), ("unbinding", "Unbinding"), ("freed", "Freed")],
                default="binding",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="body",
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "waiting to be sent"),
                    ("sent", "Sent"),
                    ("refused", "refused for good"),
                    ("held", "held back for staff"),
                    ("missed", "the window was shut"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                models.F("contact"),
                models.F("sender"),
                models.F("id"),
                condition=models.Q(("state", "waiting")),
                name="delivery_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(models.F("session"), models.F("leg"), models.F("index"), name="message_in_order"),
        ),
        migrations.AddIndex(
            model_name="receipt",
            index=models.Index(
                models.F("participant"),
                condition=models.Q(("caught_up_at__isnull", True), ("error_code", "63016")),
                name="receipt_missed",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                models.F("message"), models.F("contact"), models.F("part"), name="delivery_once_a_phone"
            ),
        ),
        migrations.AddField(
            model_name="window",
            name="contact",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="windows", to="sessions_app.contact"
            ),
        ),
        migrations.AddField(
            model_name="window",
            name="sender",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="windows", to="conversations_app.sender"
            ),
        ),
        migrations.AddIndex(
            model_name="window",
            index=models.Index(models.F("last_inbound_at"), name="window_by_last_inbound"),
        ),
        migrations.AddConstraint(
            model_name="window",
            constraint=models.UniqueConstraint(models.F("contact"), models.F("sender"), name="window_once"),
        ),
    ]
