"""Each Conversation of a session so far was a leg of it; a window belongs to a phone and a number, not to a binding."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Max


def number_legs(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Conversation, Message = (apps.get_model("conversations_app", name) for name in ("Conversation", "Message"))
    Conversation.objects.update(leg=F("number"))
    for conversation in Conversation.objects.filter(leg__gt=1).iterator():
        Message.objects.filter(conversation=conversation).update(leg=conversation.leg)
        conversation.session.leg = max(conversation.session.leg, conversation.leg)
        conversation.session.save(update_fields=["leg"])


def keep_windows(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Binding, Window = (apps.get_model("conversations_app", name) for name in ("Binding", "Window"))
    known = Binding.objects.exclude(last_inbound_at=None).values("participant__contact", "sender")
    for row in known.annotate(last=Max("last_inbound_at")).order_by("participant__contact", "sender"):
        Window.objects.get_or_create(
            contact_id=row["participant__contact"], sender_id=row["sender"], defaults={"last_inbound_at": row["last"]}
        )


class Migration(migrations.Migration):
    dependencies = [("conversations_app", "0003_windows_and_both_transports")]

    # Backwards there is nothing to do: the columns and the table go, and bindings still have their times.
    operations = [
        migrations.RunPython(number_legs, migrations.RunPython.noop),
        migrations.RunPython(keep_windows, migrations.RunPython.noop),
    ]
