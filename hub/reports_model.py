"""A report as it is told: to the console as JSON, and from there to a spreadsheet and to paper."""

from datetime import date, datetime

from pydantic import BaseModel

from hub.reports_period import Length

Texts = dict[str, str]


class Scope(BaseModel):
    """What it is about: "city" (whatever the reader may see of it), "district" or "station"; `id` names which."""

    kind: str
    id: str
    name: Texts


class Whole(BaseModel):
    """How much of something is here: `complete` of `of` station-days (or of stations, where it is of one time).

    Only what is over counts. `gaps` are the others, by what is the matter (`hub/reports_gaps.py`).
    """

    complete: int
    of: int
    gaps: dict[str, int] = {}


class Day(Whole):
    """`state` is "complete", "part", "gap", "running" or "ahead". Numbers are what is known: None = nothing at all.

    In a day that is not complete there may have been more.
    """

    day: date
    state: str
    visits: int | None
    given: int | None


class Hour(Whole):
    hour: int
    state: str
    visits: int | None


class Line(BaseModel):
    """How many of one thing. `unit` is empty for what is not measured in one."""

    key: str
    name: Texts
    unit: Texts = {}
    count: int | None


class Group(BaseModel):
    key: str
    name: Texts
    lines: list[Line]


class Place(Whole):
    """A part of what the report is about: a district, or a station."""

    kind: str
    id: str
    name: Texts
    visits: int | None
    given: int | None


class Report(Whole):
    """The numbers of a period. `running` are station-days that are not over. `previous` and `next` lie beside it.

    `hours` are the 24 of a day, of all days together. `places` are districts of a city and stations of a district.
    """

    length: Length
    first: date
    last: date
    previous: date | None
    next: date | None
    time_zone: str
    made: datetime
    scope: Scope
    stations: int
    running: int
    totals: list[Line]
    days: list[Day]
    hours: list[Hour]
    groups: list[Group]
    places: list[Place]


def texts(pair: tuple[str, str]) -> Texts:
    return {"zh_CN": pair[0], "en": pair[1]}
