from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations_app", "0016_ask_rarely_for_refused_removals")]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="missed_sids",
            field=models.JSONField(
                blank=True,
                db_default=models.Value([], models.JSONField()),
                default=list,
                help_text="Twilio's ids of earlier tries that met a closed window.",
            ),
        ),
    ]
