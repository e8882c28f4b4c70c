"""What is broken in a room: reported by visitors, tracked at the desk until it is repaired, told to who reported it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import AwareDatetime, Field, StringConstraints

from kiosk.protocol.catalogue import CatalogueBody, FileRef, catalogue_body
from kiosk.protocol.journal import JournalBody, journal_body
from kiosk.protocol.text import LocalText

FaultId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f-]{36}$")]


class Thing(StrEnum):
    """What can be broken, as far as a picture on the screen can say it."""

    WATER = "water"
    MICROWAVE = "microwave"
    FRIDGE = "fridge"
    CLIMATE = "climate"
    CHARGING = "charging"
    BATTERY_SWAP = "battery_swap"
    LIGHT = "light"
    DOOR = "door"
    TOILET = "toilet"
    SEAT = "seat"
    TERMINAL = "terminal"
    OTHER = "other"


class FaultState(StrEnum):
    """`work`: somebody has it in hand."""

    OPEN = "open"
    WORK = "work"
    REPAIRED = "repaired"


@journal_body("station.fault_reported")
class FaultReported(JournalBody):
    """A visitor says that something is broken. The same `fault` again is somebody else who says so too.

    `member` is a pseudonym in hex, "" for somebody who is not recognised.
    """

    who: ClassVar[str] = "member"
    private: ClassVar[Mapping[str, Any]] = {"photo": None}
    keep_days: ClassVar[int] = 180

    fault: FaultId
    thing: Thing
    session: str
    member: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{2}){0,32}$")] = ""
    photo: FileRef | None = None


@journal_body("station.fault_told")
class FaultTold(JournalBody):
    """Whoever reported it was told that it is repaired."""

    who: ClassVar[str] = "member"
    keep_days: ClassVar[int] = 180

    fault: FaultId
    session: str
    member: str


@catalogue_body("station_fault")
class FaultDocument(CatalogueBody):
    """How a fault stands, for its own station. The id of the document is that of the fault. `note` is for visitors."""

    thing: Thing
    state: FaultState
    changed: AwareDatetime
    note: LocalText | None = Field(default=None)
