from sessions_app.models.interview import Fact, Question, Stage
from sessions_app.models.invites import Invite
from sessions_app.models.people import Consent, Contact, Participant
from sessions_app.models.session import OLDER_APP_SEGMENT, LockedSession, Session

__all__ = [
    "OLDER_APP_SEGMENT",
    "Consent",
    "Contact",
    "Fact",
    "Invite",
    "LockedSession",
    "Participant",
    "Question",
    "Session",
    "Stage",
]
