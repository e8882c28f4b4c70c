"""The alarm: raised by one key, said until a person has it, ended by a person."""

from kiosk.alarm.incident import Incident, Reached, reached
from kiosk.alarm.selftest import LOOK_SECONDS, SelfTest
from kiosk.alarm.service import TICK_SECONDS, Alarm, AlarmChanged, AlarmNone

__all__ = [
    "LOOK_SECONDS",
    "TICK_SECONDS",
    "Alarm",
    "AlarmChanged",
    "AlarmNone",
    "Incident",
    "Reached",
    "SelfTest",
    "reached",
]
