"""Events and texts get a generation of their own to fence late workers, where counts of attempts stood in for it.

With a default in the database, so that the release before can add rows meanwhile.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations_app", "0011_mark_problems_solved_by_themselves")]

    operations = [
        migrations.AddField("delivery", "generation", models.PositiveIntegerField(default=0, db_default=0)),
        migrations.AddField("inboxevent", "generation", models.PositiveIntegerField(default=0, db_default=0)),
        migrations.AlterField("turn", "generation", models.PositiveIntegerField(default=0, db_default=0)),
    ]
