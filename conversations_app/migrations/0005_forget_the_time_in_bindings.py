"""The column stays for a release: the code before this one still writes it, and may be up while this runs."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("conversations_app", "0004_number_legs_and_keep_windows")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField(model_name="binding", name="last_inbound_at")]
        )
    ]
