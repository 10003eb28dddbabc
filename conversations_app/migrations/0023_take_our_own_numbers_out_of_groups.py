"""What another program posted under one of our numbers made that number a member of the group."""

from typing import Any

from django.db import migrations
from django.utils import timezone


def take_out(apps: Any, schema_editor: Any) -> None:
    ours = apps.get_model("conversations_app", "Sender").objects.values("address")
    Participant = apps.get_model("sessions_app", "Participant")
    Participant.objects.filter(contact__address__in=ours, left_at=None).update(left_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [
        ("conversations_app", "0022_note_what_other_programs_post"),
        ("sessions_app", "0011_know_both_forms_of_a_number"),
    ]

    operations = [migrations.RunPython(take_out, migrations.RunPython.noop)]
