from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversations_app", "0028_own_page_links_and_removed_messages"),
    ]

    operations = [
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
                    ("program", "from another program"),
                    ("event", "done beside the chat"),
                ],
                max_length=15,
            ),
        ),
    ]
