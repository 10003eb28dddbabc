"""Codes for what code branches on, in place of the sentences that staff read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversations_app", "0012_claims_count_up"),
    ]

    operations = [
        migrations.AddField(
            model_name="inboxevent",
            name="wait_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("unknown_conversation", "This Conversation is not known here yet."),
                    ("unknown_message", "The message it is about is not known here yet."),
                    ("duplicate", "Waiting for the same text from its Conversation."),
                    ("joining", "This person is just being added to the Conversation."),
                    ("leaving", "This person is just being taken out of the group."),
                    ("receipts", "Twilio has not told yet whom it reached."),
                    ("twilio", "Twilio is in trouble."),
                    ("error", "Something went wrong while it was processed."),
                ],
                db_default="",
                help_text="Why it was put off, if it was.",
                max_length=30,
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="purpose",
            field=models.CharField(
                blank=True,
                choices=[("goodbye", "Goodbye")],
                db_default="",
                help_text="What a line of ours is for, where that matters later.",
                max_length=20,
            ),
        ),
    ]
