from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations_app", "0010_rename_segment_and_messaging_sid")]

    operations = [
        migrations.AddField(
            model_name="problem",
            name="solved_by_itself",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Its cause went away before anybody marked it as solved.",
            ),
        ),
    ]
