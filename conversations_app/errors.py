from django.db import models


class WaitReason(models.TextChoices):
    """Why something is looked at again later. Code branches on the value; staff read the label."""

    UNKNOWN_CONVERSATION = "unknown_conversation", "This Conversation is not known here yet."
    UNKNOWN_MESSAGE = "unknown_message", "The message it is about is not known here yet."
    DUPLICATE = "duplicate", "Waiting for the same text from its Conversation."
    JOINING = "joining", "This person is being added to the Conversation right now."
    LEAVING = "leaving", "This person is being removed from the group right now."
    RECEIPTS = "receipts", "Twilio has not said yet whom it reached."
    TWILIO = "twilio", "Twilio is having trouble."
    ERROR = "error", "Something went wrong while processing it."


class TryAgainLater(Exception):
    """Too early to tell: look at it again after a pause. Not a failure, so it does not count as an attempt."""

    def __init__(self, reason: WaitReason, *, pause_s: float, detail: str = "") -> None:
        super().__init__(detail or str(reason.label))
        self.reason, self.pause_s = reason, pause_s
