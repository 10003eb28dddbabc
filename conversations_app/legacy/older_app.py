"""What only the older app would write, and whether it still answers in a Conversation."""

from collections.abc import Sequence
from datetime import timedelta

from conversations_app.extensions import MoveBlocked
from conversations_app.gateway.payloads import MessageInfo
from conversations_app.membership import senders
from matchmaker import clock

# Long enough for its slowest answer, short enough that a session which staff have just moved can be used the same evening.
SILENT_FOR = timedelta(hours=1)


class OlderAppStillAnswering(MoveBlocked):
    """It wrote in the session's Conversation within the hour."""

    def __init__(self, sid: str, listed: Sequence[MessageInfo]) -> None:
        super().__init__("The older app still answers in its Conversation: stop it for this session first.")
        self.sid, self.listed = sid, listed


def is_of_older_app(info: MessageInfo) -> bool:
    """Nobody wrote it on a phone, and neither did we."""
    return not senders.is_person(info.author) and not info.ours.get("ref")


def last_of_older_app(listed: Sequence[MessageInfo]) -> MessageInfo | None:
    return next((info for info in reversed(listed) if is_of_older_app(info)), None)


def is_answering(listed: Sequence[MessageInfo]) -> bool:
    last = last_of_older_app(listed)
    return last is not None and clock.now() - last.at < SILENT_FOR
