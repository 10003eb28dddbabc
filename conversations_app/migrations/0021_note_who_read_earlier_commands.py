from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Until now these were passed on to the group as they are, and the others as a line in their place.
PASSED_ON = ("help", "who", "invite", "quiet", "normal", "restart")


def note_readers(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    commands = apps.get_model("conversations_app", "Message").objects.filter(kind="command")
    commands.filter(conversation=None).update(is_for_us_alone=True)
    through_the_hook = commands.filter(conversation__isnull=False, was_named=True)
    for pk, body, name in through_the_hook.values_list("pk", "body", "author__name").iterator():
        if body.strip(" \"'“”*_.!,").casefold() not in PASSED_ON:
            commands.filter(pk=pk).update(read_instead=f"({name} used a command)")


class Migration(migrations.Migration):
    """Undone with the columns, by the migration before."""

    dependencies = [("conversations_app", "0020_note_who_read_a_command")]

    operations = [migrations.RunPython(note_readers, migrations.RunPython.noop)]
