"""Both forms of a Mexican, Argentinian, Brazilian or Beninese number are one contact.

Contacts that were two are merged, in the transaction that adds the constraint and with the table locked, so that the
release before cannot add another pair meanwhile; afterwards it cannot either. It tries a webhook again that needs one,
until this release is there.
"""

from typing import Any

from django.db import migrations, models
from django.db.models import Count, F, Func, Max
from django.utils import timezone

_FUNCTION = r"""
CREATE FUNCTION canonical_address(address text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT regexp_replace(regexp_replace(regexp_replace(regexp_replace(address,
        '^(whatsapp:)?\+521([0-9]{10})$', '\1+52\2'),
        '^(whatsapp:)?\+549([0-9]{10})$', '\1+54\2'),
        '^(whatsapp:)?\+55([0-9]{2})([16-9][0-9]{7})$', '\1+55\29\3'),
        '^(whatsapp:)?\+229([0-9]{8})$', '\1+22901\2')
$$
"""


def merge_contacts(apps: Any, schema_editor: Any) -> None:
    Contact = apps.get_model("sessions_app", "Contact")
    named = Contact.objects.annotate(canonical=Func(F("address"), function="canonical_address"))
    pairs = named.values("canonical").annotate(count=Count("pk")).filter(count__gt=1)
    for canonical in list(pairs.values_list("canonical", flat=True)):
        written = named.filter(canonical=canonical).annotate(wrote_at=Max("windows__last_inbound_at"))
        kept, *others = written.order_by(F("wrote_at").desc(nulls_last=True), "-pk")
        for other in others:
            _merge(apps, kept, other)


def _merge(apps: Any, kept: Any, other: Any) -> None:
    """Into the one who wrote last. Whoever opted out under either form stays out, until they text START."""
    Participant = apps.get_model("sessions_app", "Participant")
    in_both = Participant.objects.filter(contact=other, session__participants__contact=kept)
    for double in list(in_both):
        _keep_one(apps, Participant.objects.get(contact=kept, session=double.session_id), double)
    Participant.objects.filter(contact=other).update(contact=kept)
    apps.get_model("conversations_app", "Delivery").objects.filter(contact=other).update(contact=kept)
    _merge_windows(apps, kept, other)
    opted_out = [at for at in (kept.opted_out_at, other.opted_out_at) if at]
    kept.opted_out_at = min(opted_out, default=None)
    kept.display_name = kept.display_name or other.display_name
    kept.external_user_id = kept.external_user_id or other.external_user_id
    kept.save(update_fields=["opted_out_at", "display_name", "external_user_id"])
    other.delete()


def _keep_one(apps: Any, mine: Any, double: Any) -> None:
    """They came into one group twice. The row that is in use stays theirs; the other keeps its words as a past
    member's, whom nothing is sent to, and Twilio is told to let go of its phone."""
    Binding = apps.get_model("conversations_app", "Binding")
    held = Binding.objects.exclude(state="freed")
    in_use = max(
        mine, double, key=lambda one: (one.left_at is None, held.filter(participant=one).exists(), one is mine)
    )
    past = double if in_use is mine else mine
    theirs, their_role = mine.contact, past.role
    former = _former_contact(apps, past)
    apps.get_model("conversations_app", "Delivery").objects.filter(
        contact=past.contact, message__session=past.session_id
    ).update(contact=former)
    now = timezone.now()
    past.contact, past.left_at, past.role = former, past.left_at or now, "friend"
    past.save(update_fields=["contact", "left_at", "role"])
    in_use.contact = theirs
    in_use.role = their_role if their_role == "primary" else in_use.role
    in_use.save(update_fields=["contact", "role"])
    if held.filter(participant=past).update(state="unbinding", announce_at=None, then_join=None):
        apps.get_model("sessions_app", "Session").objects.filter(pk=past.session_id).update(delivery_due_at=now)


def _former_contact(apps: Any, participant: Any) -> Any:
    """An address that nothing can be sent to, as of people whose number the older app did not know."""
    Contact = apps.get_model("sessions_app", "Contact")
    contact = participant.contact
    return Contact.objects.create(
        address=f"former:{participant.pk}:{contact.address}"[:160],
        display_name=contact.display_name,
        created_at=contact.created_at,
    )


def _merge_windows(apps: Any, kept: Any, other: Any) -> None:
    Window = apps.get_model("conversations_app", "Window")
    for window in Window.objects.filter(contact=other):
        mine = Window.objects.filter(contact=kept, sender=window.sender_id)
        if mine.exists():
            later = mine.filter(last_inbound_at__lt=window.last_inbound_at)
            later.update(last_inbound_at=window.last_inbound_at)
        else:
            Window.objects.filter(pk=window.pk).update(contact=kept)


class Migration(migrations.Migration):
    dependencies = [
        ("sessions_app", "0010_hand_imports_to_their_own_app"),
        ("conversations_app", "0019_count_unprompted_messages"),
    ]

    operations = [
        migrations.RunSQL(_FUNCTION, "DROP FUNCTION canonical_address"),
        migrations.RunSQL("LOCK TABLE sessions_app_contact IN ACCESS EXCLUSIVE MODE", migrations.RunSQL.noop),
        migrations.RunPython(merge_contacts, migrations.RunPython.noop),
        # What is merged has foreign keys still to be checked, which an index cannot wait for.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            "contact",
            "address",
            models.CharField(help_text="In the form of their last text.", max_length=160, unique=True),
        ),
        migrations.AddConstraint(
            "contact",
            models.UniqueConstraint(
                models.Func(models.F("address"), function="canonical_address"), name="contact_once_a_number"
            ),
        ),
    ]
