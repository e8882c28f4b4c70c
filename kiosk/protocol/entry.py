"""Getting in, on the wire: who is let in when (`entry_policy`), declared weather, and every attempt as an entry."""

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from kiosk.protocol.catalogue import CatalogueBody, catalogue_body
from kiosk.protocol.door import DoorName
from kiosk.protocol.journal import JournalBody, journal_body
from kiosk.protocol.services import OpeningHours

Tier = Annotated[str, StringConstraints(max_length=16)]


class Way(StrEnum):
    """How somebody asks to be let in."""

    CODE = "code"  # a member code
    ID_CARD = "id_card"  # a resident ID card
    FACE = "face"
    BELL = "bell"  # nothing but the bell: a guest


class Access(StrEnum):
    """Who is let in, from the widest to the narrowest."""

    EVERYBODY = "everybody"
    IDENTIFIED = "identified"  # by a member code, a card or a face
    MEMBERS = "members"  # by a member code, or a card or face that is known to be a member's
    NOBODY = "nobody"  # only whom the desk lets in


class Reason(StrEnum):
    """Why a door opens, or why the desk is asked, or why neither."""

    ALLOWED = "allowed"
    WEATHER = "weather"  # let in because of declared heat, cold or storm
    DESK_AWAY = "desk_away"  # let in because nobody at the desk can be reached
    CLOSED = "closed"  # outside the hours
    IDENTIFY = "identify"  # open, for somebody who shows a code or a card
    MEMBERS_ONLY = "members_only"
    TIER = "tier"  # a member, of a kind this station does not let in
    FULL = "full"
    PASSBACK = "passback"  # the same code or card came in a moment ago
    NOT_VALID = "not_valid"  # a code or card that is not genuine, expired or revoked


class Result(StrEnum):
    """What became of an attempt."""

    OPENED = "opened"
    ASKED = "asked"  # the desk was rung
    REFUSED = "refused"
    FAILED = "failed"  # it was to open, and the lock did not


@catalogue_body("entry_policy")
class EntryPolicy(CatalogueBody):
    """Who is let in when; one document a station. The same keys stand in `[policy]` of a station's own file.

    `hours` are those of the station with its holidays; `always` is the 24-hour mode. Three pairs say who is let in by
    the station itself, and who when nobody at the desk can be reached: in hours, after hours, and while heat, cold or
    a storm is declared (the wider of that and the usual one counts). Whoever is not let in may ring.

    `passback_minutes`: one code or card opens once in so many minutes (0 = as often as it is shown). `capacity`: beyond
    so many people the desk is asked (0 = no limit). `tiers`: only members of these (empty = all). `unsure`: which
    hours count while the terminal does not know what time it is.
    """

    hours: OpeningHours = OpeningHours(always=True)
    in_hours: Access = Access.IDENTIFIED
    after_hours: Access = Access.MEMBERS
    in_weather: Access = Access.EVERYBODY
    desk_away_in_hours: Access = Access.EVERYBODY
    desk_away_after_hours: Access = Access.MEMBERS
    desk_away_in_weather: Access = Access.EVERYBODY
    passback_minutes: int = Field(default=0, ge=0, le=1440)
    capacity: int = Field(default=0, ge=0, le=10_000)
    tiers: tuple[Tier, ...] = Field(default=(), max_length=50)
    unsure: Literal["in_hours", "after_hours"] = "in_hours"


@catalogue_body("weather_mode")
class WeatherMode(CatalogueBody):
    """Weather that was declared, by the weather service or the union, for as long as it holds."""

    mode: Literal["heat", "cold", "storm"]
    begins: AwareDatetime
    ends: AwareDatetime


@journal_body("entry.attempted")
class EntryAttempted(JournalBody):
    """Somebody asked to be let in. `seconds` from the moment they were read (or rang) until the lock said it is open.

    `member` is the pseudonym of a known member in hex, "" for everybody else. `more` counts refusals of the same kind
    that were not written one by one before.
    """

    who: ClassVar[str] = "member"
    keep_days: ClassVar[int] = 90

    door: DoorName
    way: Way
    result: Result
    reason: Reason
    member: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{2}){0,32}$")] = ""
    source: str = Field(default="", max_length=40)
    seconds: float | None = Field(default=None, ge=0)
    detail: str = Field(default="", max_length=200)
    more: int = Field(default=0, ge=0)


@journal_body("entry.door")
class EntryDoor(JournalBody):
    """Something about a door that somebody should know of.

    "forced" it opened and nobody let anybody in; "held" it stays open; "shut" one of those is over; "lost" its contact
    is no longer heard; "heard" it is again. `seconds` is how long the door had been open.
    """

    door: DoorName
    what: Literal["forced", "held", "shut", "lost", "heard"]
    seconds: float = Field(default=0, ge=0)
