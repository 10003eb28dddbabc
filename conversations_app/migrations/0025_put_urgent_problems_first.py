from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversations_app", "0024_note_plain_lines_and_outages"),
    ]

    operations = [
        migrations.AlterModelOptions(name="problem", options={"ordering": ("-is_urgent", "-last_at")}),
        migrations.AddField(
            model_name="problem",
            name="is_urgent",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Somebody may come to harm: it stands above all others.",
            ),
        ),
    ]
