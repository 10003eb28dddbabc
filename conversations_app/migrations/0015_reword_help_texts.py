"""Only what admin shows: no statement reaches the database."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversations_app", "0014_count_abandoned_turns"),
        ("sessions_app", "0008_reword_help_texts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="binding",
            name="moved_at",
            field=models.DateTimeField(
                blank=True, help_text="When it last changed transports, by the database's clock.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="binding",
            name="participant_sid",
            field=models.CharField(blank=True, help_text="MB… at Twilio.", max_length=34),
        ),
        migrations.AlterField(
            model_name="binding",
            name="refusal",
            field=models.CharField(blank=True, help_text="Why Twilio refused to add this person.", max_length=300),
        ),
        migrations.AlterField(
            model_name="binding",
            name="then_join",
            field=models.ForeignKey(
                blank=True,
                help_text="The group to join as soon as this number is free.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="sessions_app.session",
            ),
        ),
        migrations.AlterField(
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
                help_text="Why this person is being removed.",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="conversation",
            name="looked_at_closed",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Whether its messages were listed once more after it closed.",
            ),
        ),
        migrations.AlterField(
            model_name="conversation",
            name="number",
            field=models.PositiveSmallIntegerField(
                default=1, help_text="1 for the session's first Conversation, 2 for the next, and so on."
            ),
        ),
        migrations.AlterField(
            model_name="conversation",
            name="reconciled_at",
            field=models.DateTimeField(
                blank=True,
                help_text="When it was last compared with Twilio's own list, by the database's clock.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="conversation",
            name="segment",
            field=models.PositiveSmallIntegerField(
                db_column="leg", db_default=1, default=1, help_text="The segment of the session that it carries."
            ),
        ),
        migrations.AlterField(
            model_name="conversation",
            name="stage_told",
            field=models.CharField(
                blank=True,
                help_text="The stage last written to the Conversation's attributes at Twilio.",
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="content_sid",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="HX… of an approved template, which may be sent in a closed window.",
                max_length=34,
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="media",
            field=models.JSONField(
                blank=True,
                db_default=models.Value([], models.JSONField()),
                default=list,
                help_text="URLs of pictures and other files.",
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="message",
            field=models.ForeignKey(
                blank=True,
                help_text="The group message that this is one phone's copy of.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deliveries",
                to="conversations_app.message",
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="part",
            field=models.PositiveSmallIntegerField(
                db_default=1, default=1, help_text="The number of the part, when a copy is too long for one text."
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="receipt_looks",
            field=models.PositiveSmallIntegerField(
                db_default=0,
                default=0,
                help_text="How often we asked Twilio for its status, since no webhook told us.",
            ),
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
                    ("missed", "the window was closed"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="status",
            field=models.CharField(blank=True, help_text="Twilio's last status.", max_length=20),
        ),
        migrations.AlterField(
            model_name="inboxevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("conversation", "conversation event"),
                    ("messaging", "text to one of our numbers"),
                    ("status", "status callback"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="inboxevent",
            name="note",
            field=models.CharField(blank=True, help_text="What was done, or why nothing was.", max_length=300),
        ),
        migrations.AlterField(
            model_name="inboxevent",
            name="subject",
            field=models.CharField(
                blank=True,
                help_text="Events of one subject are processed one after the other, in order.",
                max_length=330,
            ),
        ),
        migrations.AlterField(
            model_name="inboxevent",
            name="wait_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("unknown_conversation", "This Conversation is not known here yet."),
                    ("unknown_message", "The message it is about is not known here yet."),
                    ("duplicate", "Waiting for the same text from its Conversation."),
                    ("joining", "This person is being added to the Conversation right now."),
                    ("leaving", "This person is being removed from the group right now."),
                    ("receipts", "Twilio has not said yet whom it reached."),
                    ("twilio", "Twilio is having trouble."),
                    ("error", "Something went wrong while processing it."),
                ],
                db_default="",
                help_text="Why it was postponed, if it was.",
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="at",
            field=models.DateTimeField(
                help_text="When it was written, by Twilio's clock, or by ours for what we wrote."
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="at_is_estimated",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="The older app did not store the time; only the order is certain.",
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="kind",
            field=models.CharField(
                choices=[
                    ("person", "Person"),
                    ("command", "Command"),
                    ("matchmaker", "Matchmaker"),
                    ("staff", "Staff"),
                    ("announcement", "Announcement"),
                    ("relay", "relayed for a person"),
                ],
                max_length=15,
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="messaging_sid",
            field=models.CharField(
                blank=True,
                db_column="twin_sid",
                help_text="The sid under which the Messaging webhook delivered the same text.",
                max_length=34,
                null=True,
                unique=True,
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="purpose",
            field=models.CharField(
                blank=True,
                choices=[("goodbye", "Goodbye")],
                db_default="",
                help_text="What one of our messages is for, where code needs to know.",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="receipt_looks",
            field=models.PositiveSmallIntegerField(
                db_default=0,
                default=0,
                help_text="How often we asked Twilio for its receipts, since no webhook told us.",
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="segment",
            field=models.PositiveSmallIntegerField(
                db_column="leg",
                db_default=1,
                default=1,
                help_text="The segment of the session it belongs to; 0 is the older app.",
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="was_named",
            field=models.BooleanField(
                blank=True, help_text="Whether it passed the pre-event hook, so phones showed a name.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="problem",
            name="key",
            field=models.CharField(help_text="Two reports with the same key are the same problem.", max_length=120),
        ),
        migrations.AlterField(
            model_name="receipt",
            name="caught_up_at",
            field=models.DateTimeField(
                blank=True, help_text="When it was sent to the person who had missed it.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="turn",
            name="at",
            field=models.DateTimeField(help_text="By the product's clock."),
        ),
        migrations.AlterField(
            model_name="turn",
            name="first_input",
            field=models.BigIntegerField(blank=True, help_text="Id of the first message read.", null=True),
        ),
        migrations.AlterField(
            model_name="turn",
            name="last_input",
            field=models.BigIntegerField(blank=True, help_text="Id of the last message read.", null=True),
        ),
        migrations.AlterField(
            model_name="window",
            name="reminded_at",
            field=models.DateTimeField(
                blank=True, help_text="When we reminded them that it was about to close.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="window",
            name="template_sent_at",
            field=models.DateTimeField(
                blank=True, help_text="When we last sent a template because it was closed.", null=True
            ),
        ),
    ]
