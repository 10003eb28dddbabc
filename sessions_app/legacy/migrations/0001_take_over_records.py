import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

RECORDS = ("legacyimport", "legacyphoto")


def _rename(apps: Apps, *, before: str, after: str) -> None:
    apps.get_model("contenttypes", "ContentType").objects.filter(app_label=before, model__in=RECORDS).update(
        app_label=after
    )


def keep_permissions(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Who of staff may read these records may go on reading them."""
    _rename(apps, before="sessions_app", after="sessions_legacy")


def give_back_permissions(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _rename(apps, before="sessions_legacy", after="sessions_app")


class Migration(migrations.Migration):
    """The tables are there, made by `sessions_app`, and keep their names: only who they belong to changes."""

    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("sessions_app", "0010_hand_imports_to_their_own_app"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="LegacyImport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(help_text="Of the value in the older app's Redis.", max_length=200)),
                        (
                            "digest",
                            models.CharField(
                                help_text="Of the value and of who had left, so that a change shows.", max_length=64
                            ),
                        ),
                        (
                            "transcript_digest",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                help_text="Of its messages, to which a later copy may add.",
                                max_length=64,
                            ),
                        ),
                        (
                            "stage_then",
                            models.CharField(blank=True, help_text="The older app's word for it.", max_length=60),
                        ),
                        (
                            "stage_reached",
                            models.CharField(help_text="Where that would be in this interview.", max_length=30),
                        ),
                        (
                            "conversation_sid",
                            models.CharField(
                                blank=True, help_text="The Conversation of the older app.", max_length=60
                            ),
                        ),
                        (
                            "primary_hint",
                            models.JSONField(
                                blank=True,
                                help_text="Whom the older app took for the single person; nobody's word here.",
                                null=True,
                            ),
                        ),
                        (
                            "assumed_channel",
                            models.JSONField(
                                blank=True,
                                default=list,
                                help_text="Participants whose channel the older app did not keep.",
                            ),
                        ),
                        ("sealed", models.JSONField(blank=True, default=list)),
                        (
                            "kept",
                            models.JSONField(
                                blank=True, default=dict, help_text="Whatever has no place of its own here."
                            ),
                        ),
                        (
                            "photos",
                            models.JSONField(
                                blank=True, default=list, help_text="Addresses of photos, as a note to staff."
                            ),
                        ),
                        (
                            "photos_are_open",
                            models.BooleanField(
                                db_default=False,
                                default=False,
                                help_text="The person whom they show has said yes here.",
                            ),
                        ),
                        ("problems", models.JSONField(blank=True, default=list)),
                        ("participants_in", models.PositiveIntegerField()),
                        ("participants_out", models.PositiveIntegerField()),
                        ("messages_in", models.PositiveIntegerField()),
                        ("messages_out", models.PositiveIntegerField()),
                        (
                            "last_known_at",
                            models.DateTimeField(
                                help_text="The last time that the value names: a newer copy has a later one."
                            ),
                        ),
                        ("imported_at", models.DateTimeField()),
                        ("unsealed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "unsealed",
                            models.JSONField(
                                blank=True, default=list, help_text="What became of each sealed value, and why."
                            ),
                        ),
                        (
                            "session",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="legacy_import",
                                to="sessions_app.session",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "imported session",
                        "db_table": "sessions_app_legacyimport",
                    },
                ),
                migrations.CreateModel(
                    name="LegacyPhoto",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(help_text="Of its address among the record's photos."),
                        ),
                        ("content_type", models.CharField(max_length=20)),
                        ("data", models.BinaryField()),
                        ("fetched_at", models.DateTimeField()),
                        (
                            "record",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="sessions_legacy.legacyimport",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "photo of the older app",
                        "verbose_name_plural": "photos of the older app",
                        "db_table": "sessions_app_legacyphoto",
                    },
                ),
                migrations.AddIndex(
                    model_name="legacyimport",
                    index=models.Index(
                        models.F("conversation_sid"),
                        condition=models.Q(("conversation_sid", ""), _negated=True),
                        name="legacy_conversation",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="legacyphoto",
                    constraint=models.UniqueConstraint(
                        models.F("record"), models.F("position"), name="legacy_photo_once"
                    ),
                ),
            ]
        ),
        migrations.RunPython(keep_permissions, give_back_permissions),
    ]
