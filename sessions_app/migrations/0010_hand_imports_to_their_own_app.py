from django.db import migrations


class Migration(migrations.Migration):
    """The records of imported sessions belong to `sessions_app.legacy` now. Nothing changes in the database, so the
    release before works on while this runs."""

    dependencies = [("sessions_app", "0009_seal_profiles_and_make_sure_of_age")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel("LegacyPhoto"), migrations.DeleteModel("LegacyImport")]
        )
    ]
