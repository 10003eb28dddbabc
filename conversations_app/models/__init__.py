from conversations_app.models.delivery import Delivery, Receipt
from conversations_app.models.inbox import InboxEvent
from conversations_app.models.message import Message
from conversations_app.models.problem import Heartbeat, Problem
from conversations_app.models.routes import Binding, Conversation, Sender
from conversations_app.models.turn import Turn, TurnAction

__all__ = [
    "Binding",
    "Conversation",
    "Delivery",
    "Heartbeat",
    "InboxEvent",
    "Message",
    "Problem",
    "Receipt",
    "Sender",
    "Turn",
    "TurnAction",
]
