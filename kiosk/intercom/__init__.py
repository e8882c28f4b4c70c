"""Call for help: one touch, and a person at the duty desk answers with picture and sound."""

from kiosk.intercom.call import Call, Line, Move, Own, Person, Phase, PushedPage
from kiosk.intercom.events import CallChanged, MediaClosed, MediaDelivered, MediaOpened, MediaRelays, MediaRenamed
from kiosk.intercom.messages import Messages
from kiosk.intercom.picture import CallPicture
from kiosk.intercom.service import HOLD, TICK_SECONDS, Intercom, Queue

__all__ = [
    "HOLD",
    "TICK_SECONDS",
    "Call",
    "CallChanged",
    "CallPicture",
    "Intercom",
    "Line",
    "MediaClosed",
    "MediaDelivered",
    "MediaOpened",
    "MediaRelays",
    "MediaRenamed",
    "Messages",
    "Move",
    "Own",
    "Person",
    "Phase",
    "PushedPage",
    "Queue",
]
