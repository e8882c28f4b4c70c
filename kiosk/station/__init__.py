"""Keep the room: lights, sockets, climate, smoke, cabinets, and who is in it as far as that is known."""

from kiosk.station.events import Cabinet, RoomChanged, RoomState
from kiosk.station.faults import FaultReports, FaultRow, FaultsChanged, FaultsRepaired
from kiosk.station.room import TICK_SECONDS, CabinetPlan, Room, RoomPlan, points
from kiosk.station.rules import Timing

__all__ = [
    "TICK_SECONDS",
    "Cabinet",
    "CabinetPlan",
    "FaultReports",
    "FaultRow",
    "FaultsChanged",
    "FaultsRepaired",
    "Room",
    "RoomChanged",
    "RoomPlan",
    "RoomState",
    "Timing",
    "points",
]
