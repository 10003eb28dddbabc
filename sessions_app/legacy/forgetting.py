"""What an imported session still holds of somebody who had themselves forgotten."""

from sessions_app.legacy.models import LegacyImport, LegacyPhoto
from sessions_app.models import Participant, Session


def forget(session: Session, person: Participant) -> None:
    """Its digest stays, so that the same copy does not come in again."""
    record = LegacyImport.objects.filter(session=session).first()
    if record is None:
        return
    # Names as they were, and whatever had no place here: nobody can tell whose it is.
    record.kept, record.problems = {}, []
    if person.is_primary or _may_be_about(record, person):
        LegacyPhoto.objects.filter(record=record).delete()
        record.sealed, record.unsealed, record.photos, record.primary_hint = [], [], [], None
    record.save()


def _may_be_about(record: LegacyImport, person: Participant) -> bool:
    """The older app took them for the single person, or nobody knows whom."""
    hint = record.primary_hint
    if hint is None:
        return not person.session.participants.filter(role=Participant.Role.PRIMARY).exists()
    number = str(hint.get("number") or "")
    return bool(number and person.contact.address.endswith(number)) or hint.get("name") == person.name
