"""Call for help: one touch, and a person at the duty desk answers with picture and sound."""

from kiosk.intercom.events import CallChanged, MediaClosed, MediaDelivered, MediaOpened
from kiosk.intercom.machine import Call, Phase
from kiosk.intercom.picture import CallPicture
from kiosk.intercom.service import HOLD, TICK_SECONDS, Intercom

__all__ = [
    "HOLD",
    "TICK_SECONDS",
    "Call",
    "CallChanged",
    "CallPicture",
    "Intercom",
    "MediaClosed",
    "MediaDelivered",
    "MediaOpened",
    "Phase",
]
