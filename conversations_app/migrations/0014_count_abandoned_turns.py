from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations_app", "0013_record_wait_reasons_and_purposes")]

    operations = [
        migrations.AddField(
            model_name="turn",
            name="abandonments",
            field=models.PositiveSmallIntegerField(
                db_default=0, default=0, help_text="How many workers were lost over these messages before."
            ),
        ),
    ]
