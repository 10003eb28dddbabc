from conversations_app.models.delivery import ON_ITS_WAY, WINDOW_SHUT, Delivery, Receipt
from conversations_app.models.inbox import EMPTIED, InboxEvent
from conversations_app.models.leased import Leased
from conversations_app.models.message import Message
from conversations_app.models.problem import TEXTS_ELSEWHERE, Heartbeat, Problem
from conversations_app.models.removal import Removal
from conversations_app.models.routes import WINDOW, Binding, Conversation, Sender, Window
from conversations_app.models.turn import Turn, TurnAction

__all__ = [
    "EMPTIED",
    "ON_ITS_WAY",
    "TEXTS_ELSEWHERE",
    "WINDOW",
    "WINDOW_SHUT",
    "Binding",
    "Conversation",
    "Delivery",
    "Heartbeat",
    "InboxEvent",
    "Leased",
    "Message",
    "Problem",
    "Receipt",
    "Removal",
    "Sender",
    "Turn",
    "TurnAction",
    "Window",
]
