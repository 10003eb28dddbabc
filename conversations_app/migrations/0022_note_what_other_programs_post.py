from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations_app", "0021_note_who_read_earlier_commands")]

    operations = [
        migrations.AlterField(
            "message",
            "kind",
            models.CharField(
                choices=[
                    ("person", "Person"),
                    ("command", "Command"),
                    ("matchmaker", "Matchmaker"),
                    ("staff", "Staff"),
                    ("announcement", "Announcement"),
                    ("relay", "relayed for a person"),
                    ("program", "from another program"),
                ],
                max_length=15,
            ),
        ),
    ]
