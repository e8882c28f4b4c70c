"""Documents about the station itself, and the entries of its own life."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from kiosk.protocol.catalogue import CatalogueBody, catalogue_body
from kiosk.protocol.journal import JournalBody, Uuid, journal_body
from kiosk.protocol.text import LocalText

PhoneNumber = Annotated[str, StringConstraints(pattern=r"^[0-9 +-]{2,20}$")]


@catalogue_body("station_settings")
class StationSettings(CatalogueBody):
    """Settings of one station, published for it alone. `staff_pin` is `scrypt$n$r$p$salt-hex$hash-hex`."""

    name: LocalText
    address: LocalText
    district: LocalText | None = None
    emergency_numbers: list[PhoneNumber] = Field(default=["110", "120"])
    desk_number: str = ""
    staff_pin: str = ""
    idle_seconds: int = Field(default=60, ge=10, le=600)
    warning_seconds: int = Field(default=30, ge=10, le=120)
    default_language: Literal["zh_CN", "en"] = "zh_CN"


@catalogue_body("notice")
class NoticeDocument(CatalogueBody):
    """A notice for the home screen: weather or news. `level` chooses icon and colour."""

    text: LocalText
    level: Literal["info", "advice", "warning"] = "info"
    topic: Literal["weather", "news"] = "news"
    valid_until: str = ""  # ISO 8601 with offset, "" = until withdrawn


@catalogue_body("poster")
class PosterDocument(CatalogueBody):
    """A poster of the idle loop: a picture file, or words on paper when there is none."""

    title: LocalText
    text: LocalText | None = None
    picture: str = ""  # name under assets/posters or a SHA-256
    order: int = 100


@journal_body("station.started")
class StationStarted(JournalBody):
    """The program started. `clean` is False when the previous run did not say goodbye."""

    version: str
    clean: bool


@journal_body("station.stopped")
class StationStopped(JournalBody):
    """The program ended in order."""


@journal_body("session.started")
class SessionStarted(JournalBody):
    """Somebody began to use the terminal. No name, no reference."""

    session: str


@journal_body("session.ended")
class SessionEnded(JournalBody):
    session: str
    reason: Literal["finished", "idle", "next_person", "shutdown"]
    seconds: float = Field(ge=0)


@journal_body("catalogue.refused")
class CatalogueRefused(JournalBody):
    """A catalogue batch was not applied. `problem` names the document and what was wrong with it."""

    revision: int
    problem: str


@journal_body("station.database_rescued")
class DatabaseRescued(JournalBody):
    """The database was damaged, and put together anew from what could be read and from the spare copy.

    `missing` are numbers of entries that were found nowhere here; the hub may hold them. `aside` is the folder to which
    the damaged file was moved.
    """

    problem: str
    kept: int
    missing: int
    catalogue: bool
    aside: str


@journal_body("station.journal_restored")
class JournalRestored(JournalBody):
    """Entries that the hub held and this terminal did not were put back into the journal."""

    entries: int


@journal_body("station.clock_corrected")
class ClockCorrected(JournalBody):
    """The clock was set right: every entry from `first` (its id) up to this one happened `seconds` later than it says.

    Later corrections come on top of earlier ones: a clock that leaps a day ahead and back again moves nothing.
    """

    first: Uuid
    seconds: float


@journal_body("station.sensed")
class StationSensed(JournalBody):
    """Smoke or heat, and its end; a sensor that is no longer heard, and its return. `sensor` is its point."""

    what: Literal["smoke", "smoke_over", "heat", "heat_over", "lost", "heard"]
    sensor: str = Field(max_length=80)
    celsius: float | None = None


@journal_body("station.device_tried")
class DeviceTried(JournalBody):
    """Staff tried a device at the terminal. `outcome` is "passed" or what was wrong, `detail` its own words."""

    part: str = Field(max_length=80)
    outcome: str = Field(max_length=40)
    detail: str = Field(default="", max_length=200)
    seconds: float = Field(ge=0)


@journal_body("station.switched")
class StationSwitched(JournalBody):
    """The desk turned the lights or the sockets on or off; the hub's audit says who."""

    what: Literal["lights", "sockets"]
    on: bool


@journal_body("station.emptied")
class StationEmptied(JournalBody):
    """The last people have left: from when to when somebody was there is this entry's time less these two.

    `minutes` they were there, `quiet` minutes ago the last of them was noticed.
    """

    minutes: float = Field(ge=0)
    quiet: float = Field(ge=0)
