"""What the core calls about sessions of the older app; see `conversations_app.extensions`."""

from collections.abc import Set
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from conversations_app.extensions import SessionLease, SessionSource
from conversations_app.gateway.payloads import MessageInfo
from conversations_app.legacy import adopting, session_import, standing_back, thread, waking
from conversations_app.models import Binding, Conversation
from sessions_app.legacy import forgetting, unsealing
from sessions_app.legacy.models import LegacyImport
from sessions_app.models import Contact, LockedSession, Participant, Session


class OlderApp(SessionSource):
    def imported_sessions(self) -> QuerySet[Any]:
        return LegacyImport.objects.values("session")

    def earlier_conversations(self) -> QuerySet[Any]:
        return LegacyImport.objects.exclude(conversation_sid="").values("conversation_sid")

    def conversations_of(self, session: Session) -> Set[str]:
        return {row["conversation_sid"] for row in self.earlier_conversations().filter(session=session)}

    def was_member_before(self, person: Participant) -> bool:
        return waking.is_from_there(person)

    def contact_wrote(self, contact: Contact) -> None:
        waking.learn_channel(contact)

    def text_elsewhere(self, conversation_sid: str, info: MessageInfo) -> str:
        return thread.take_in(conversation_sid, info)

    def session_woken(self, session: LockedSession) -> None:
        waking.begin_here(session)

    def consent_given(self, session: LockedSession, primary: Participant, *, message_id: int, at: datetime) -> bool:
        return bool(unsealing.unseal(session=session, primary=primary, message_id=message_id, at=at))

    def person_forgotten(self, session: LockedSession, person: Participant) -> None:
        forgetting.forget(session, person)

    def before_opening(self, lease: SessionLease, conversation: Conversation) -> bool:
        return adopting.settle(lease, conversation)

    def before_moving_into(self, lease: SessionLease, conversation: Conversation) -> None:
        adopting.adopt(lease, conversation)

    def release_phone(self, lease: SessionLease, binding: Binding, conversation_sid: str) -> bool:
        return standing_back.release_from_older_conversation(lease, binding, conversation_sid)

    def travels_once_asleep(self, session: LockedSession, to: Session.Transport) -> dict[str, str]:
        return session_import.on_the_way_to(to, has_older_one=waking.has_older_conversation(session))
