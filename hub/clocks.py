"""Clocks that were wrong when something was written down, and were set right later: when it really happened.

An entry keeps the time it was written with. What is known better stands beside it: the sum of all corrections that came
after it in the same run of its terminal.
"""

import math
from datetime import datetime, timedelta
from typing import NamedTuple

from hub.database import Database
from hub.features import Projection
from kiosk.protocol.journal import Entry
from kiosk.protocol.station import ClockCorrected

PROJECTION = Projection(
    version=1,
    tables=("clock_correction",),
    schema="""
    CREATE TABLE clock_correction (
        station TEXT NOT NULL,
        id TEXT NOT NULL,
        first TEXT NOT NULL,
        seconds REAL NOT NULL,
        PRIMARY KEY (station, id)
    ) WITHOUT ROWID
    """,
)
# Positions, as entries of a station are taken in their order: between the first of the run and the correction itself.
_MOVED = """
    SELECT COALESCE(SUM(c.seconds), 0) FROM clock_correction c
    JOIN journal f ON f.id = c.first AND f.station = c.station AND f.position IS NOT NULL
    JOIN journal l ON l.id = c.id AND l.station = c.station AND l.position IS NOT NULL
    WHERE c.station = ? AND f.position <= ? AND l.position > ?
"""
_LONGEST = timedelta(days=40_000).total_seconds()  # no clock is further behind than 1970, none is moved out of sense


def on_entry(db: Database, station: str, entry: Entry) -> None:
    if entry.kind == ClockCorrected.kind:
        body = entry.parsed()
        assert isinstance(body, ClockCorrected)
        if abs(body.seconds) <= _LONGEST:
            values = (station, entry.id, body.first, body.seconds)
            db.execute("INSERT INTO clock_correction VALUES (?,?,?,?) ON CONFLICT DO NOTHING", values)


def corrected_stations(db: Database) -> frozenset[str]:
    """The few stations for which it is worth asking."""
    return frozenset(row["station"] for row in db.rows("SELECT DISTINCT station FROM clock_correction"))


def happened(db: Database, station: str, position: int, at: datetime) -> datetime:
    """When the entry at this position really happened, as far as its terminal learnt it later."""
    seconds = float(db.value(_MOVED, (station, position, position)) or 0)
    try:
        return at + timedelta(seconds=seconds)
    except OverflowError:
        return at


class Correction(NamedTuple):
    """Entries of a station from position `first` to before `own` happened `seconds` later than they say."""

    first: int
    own: int
    seconds: float


_ALL = """
    SELECT c.station, f.position AS first, l.position AS own, c.seconds FROM clock_correction c
    JOIN journal f ON f.id = c.first AND f.station = c.station AND f.position IS NOT NULL
    JOIN journal l ON l.id = c.id AND l.station = c.station AND l.position IS NOT NULL
    WHERE ? IN ('', c.station) ORDER BY l.position
"""


def corrections(db: Database, station: str = "") -> dict[str, list[Correction]]:
    """Every correction by station, of one or of all (""), in order. Blocking."""
    found: dict[str, list[Correction]] = {}
    for row in db.rows(_ALL, (station,)):
        found.setdefault(row["station"], []).append(Correction(row["first"], row["own"], row["seconds"]))
    return found


def moved(at: datetime, position: int, known: list[Correction]) -> datetime:
    """When the entry at this position really happened, as these corrections say. The order of them does not matter."""
    seconds = math.fsum(one.seconds for one in known if one.first <= position < one.own)
    try:
        return at + timedelta(seconds=seconds) if seconds else at
    except OverflowError:
        return at
