from sessions_app.models.drafts import Cliche, Draft, Poll, ProfileVersion, StarterPrompt, Vote
from sessions_app.models.export_targets import ExportTarget
from sessions_app.models.interview import Fact, Question, Stage
from sessions_app.models.invites import Invite
from sessions_app.models.pages import OwnPageLink, PageAct, ShareLink, nonce_in
from sessions_app.models.people import Consent, Contact, Participant
from sessions_app.models.photos import Photo
from sessions_app.models.session import OLDER_APP_SEGMENT, LockedSession, Session

__all__ = [
    "OLDER_APP_SEGMENT",
    "Cliche",
    "Consent",
    "Contact",
    "Draft",
    "ExportTarget",
    "Fact",
    "Invite",
    "LockedSession",
    "OwnPageLink",
    "PageAct",
    "Participant",
    "Photo",
    "Poll",
    "ProfileVersion",
    "Question",
    "Session",
    "ShareLink",
    "Stage",
    "StarterPrompt",
    "Vote",
    "nonce_in",
]
