from datetime import date

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

WRITTEN_ON = date(2026, 11, 28)
# Name, characters of a bio, answers, characters of an answer, where that was seen. Staff keep it up to date in the admin.
TARGETS = (
    ("Badoo", 500, 0, 0, "A cautious guess; nobody has looked in the app yet."),
    ("Bumble", 300, 3, 160, "The bio's limit as several guides give it; not seen in the app itself."),
    ("Feeld", 1000, 0, 0, "A cautious guess; nobody has looked in the app yet."),
    ("Hinge", 0, 3, 150, "Answers to prompts alone, as guides describe it; not seen in the app itself."),
    ("OkCupid", 500, 3, 500, "Its essays may be longer; this reads well there. Not seen in the app itself."),
    ("Tinder", 500, 0, 0, "As guides give it; not seen in the app itself."),
)


def seed(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    target = apps.get_model("sessions_app", "ExportTarget")
    target.objects.bulk_create(
        target(
            name=name,
            bio_limit=bio_limit,
            prompts=prompts,
            prompt_limit=prompt_limit,
            checked_on=WRITTEN_ON,
            note=note,
        )
        for name, bio_limit, prompts, prompt_limit, note in TARGETS
    )


class Migration(migrations.Migration):
    dependencies = [
        ("sessions_app", "0020_forget_and_seal_people"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExportTarget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, unique=True)),
                (
                    "bio_limit",
                    models.PositiveIntegerField(
                        help_text="0 where the app has no such field.", verbose_name="characters of a bio"
                    ),
                ),
                (
                    "prompts",
                    models.PositiveSmallIntegerField(
                        help_text="How many people may give there; 0 where there are none.",
                        verbose_name="answers to prompts",
                    ),
                ),
                (
                    "prompt_limit",
                    models.PositiveIntegerField(db_default=0, default=0, verbose_name="characters of an answer"),
                ),
                (
                    "checked_on",
                    models.DateField(
                        help_text="When somebody last looked. The apps change their limits unannounced."
                    ),
                ),
                (
                    "note",
                    models.CharField(blank=True, db_default="", help_text="Where that was seen.", max_length=200),
                ),
            ],
            options={
                "verbose_name": "dating app",
                "ordering": ("name",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("prompts", 0), ("prompt_limit__gt", 0), _connector="OR"),
                        name="export_target_answers_have_a_limit",
                    )
                ],
            },
        ),
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
