"""A session's own code lets people in until it is rotated, so each open session gets it as its first invite."""

from datetime import timedelta

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

VALID_FOR = timedelta(days=14)
MOST_USES = 60


def give(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Session, Invite = apps.get_model("sessions_app", "Session"), apps.get_model("sessions_app", "Invite")
    now = timezone.now()
    for session in Session.objects.exclude(invites__isnull=False).iterator():
        Invite.objects.create(
            session=session, code=session.code, most_uses=MOST_USES, created_at=now, expires_at=now + VALID_FOR
        )


class Migration(migrations.Migration):
    dependencies = [("sessions_app", "0003_invites_quiet_hours_and_legs")]

    # Backwards there is nothing to do: the table goes.
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
