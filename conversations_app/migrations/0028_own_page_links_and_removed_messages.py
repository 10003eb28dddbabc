import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversations_app", "0027_count_tokens_that_the_model_writes"),
        ("sessions_app", "0016_private_page_photos_drafts_and_versions"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="own_page",
            field=models.ForeignKey(
                blank=True,
                help_text="Whose link is added when it is sent, so that it stands in no row that others can read.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="sessions_app.ownpagelink",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="removed_at",
            field=models.DateTimeField(
                blank=True, help_text="Its author had it taken out: nothing of what it said is kept.", null=True
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="sealed_at",
            field=models.DateTimeField(
                blank=True, help_text="Kept from everybody, the matchmaker too, until staff have looked.", null=True
            ),
        ),
    ]
