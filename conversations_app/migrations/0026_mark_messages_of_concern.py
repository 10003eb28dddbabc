from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversations_app", "0025_put_urgent_problems_first"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="concern",
            field=models.CharField(
                blank=True,
                choices=[
                    ("self_harm", "self harm"),
                    ("harassment", "harassment"),
                    ("threat", "threat"),
                    ("sexual_minors", "sexual minors"),
                    ("sexual", "sexual"),
                    ("violence", "violence"),
                ],
                db_default="",
                help_text="Why nothing in it becomes part of the profile, and staff were told of it.",
                max_length=20,
            ),
        ),
    ]
