"""Get in: by code, card, face or bell, decided by a policy that is data, and every attempt written down."""

from kiosk.entry.events import DoorNoticed, EntryDecided
from kiosk.entry.policy import Decision, Situation, Verdict
from kiosk.entry.service import TICK_SECONDS, Card, DoorPlan, Entry

__all__ = [
    "TICK_SECONDS",
    "Card",
    "Decision",
    "DoorNoticed",
    "DoorPlan",
    "Entry",
    "EntryDecided",
    "Situation",
    "Verdict",
]
