"""Whatever has arrived so far: a day that is called complete has the very numbers its terminal wrote down."""

import itertools
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hub import journal
from hub.config import HubConfig
from hub.districts import Reach
from hub.features import features
from hub.reports import Wanted, wanted
from hub.reports_period import Length
from hub.state import Hub

STATION = "WX-0001"
ENROLLED = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
LOCAL = timedelta(hours=8)
OFF = timedelta(days=20_000)


@dataclass
class Life:
    """What a terminal wrote down, and what truly happened on which local day."""

    entries: list[dict[str, Any]]
    visits: Counter[date]
    last: datetime
    times: list[datetime]


@st.composite
def lives(draw: st.DrawFn) -> Life:
    at, wrong, first_of_run = ENROLLED, False, ""
    life = Life([], Counter(), at, [])

    def write(kind: str, body: dict[str, Any]) -> None:
        seq = len(life.entries) + 1
        said, clock = (at - OFF, "doubtful") if wrong else (at, "synced")
        ident = f"00000000-0000-7000-8000-{seq:012x}"
        raw = {"id": ident, "seq": seq, "kind": kind, "at": said.isoformat(), "clock": clock, "body": body}
        life.entries.append(raw)
        life.last = at
        life.times.append(at)

    for _ in range(draw(st.integers(3, 14))):
        at += timedelta(hours=draw(st.sampled_from([0, 1, 5, 14, 26, 50])), minutes=draw(st.integers(1, 59)))
        kind = draw(st.sampled_from(["visit", "visit", "visit", "start", "start", "correct"]))
        if kind == "start":
            wrong = draw(st.booleans())
            first_of_run = f"00000000-0000-7000-8000-{len(life.entries) + 1:012x}"
            write("station.started", {"version": "1", "clean": False})
        elif kind == "correct" and wrong:
            wrong = False
            write("station.clock_corrected", {"first": first_of_run, "seconds": OFF.total_seconds()})
        else:
            write("session.started", {"session": "s"})
            life.visits[(at + LOCAL).date()] += 1
    return life


def days_of(life: Life, arriving: list[list[int]], now: datetime) -> list[tuple[date, str, int | None]]:
    clock: Callable[[], datetime] = lambda: now  # noqa: E731
    with tempfile.TemporaryDirectory() as folder, Hub(HubConfig(data_dir=Path(folder)), clock) as hub:
        hub.db.execute(
            "INSERT INTO station (id, public_key, terminal, enrolled, last_seen) VALUES (?,'',1,?,'')",
            (STATION, ENROLLED.isoformat()),
        )
        hub.db.execute("INSERT INTO station_key VALUES (?,'',?)", (STATION, ENROLLED.isoformat()))
        for seqs in arriving:
            entries = [life.entries[seq - 1] for seq in seqs if seq <= len(life.entries)]
            if entries:
                journal.take(hub.db, features(), STATION, 1, entries, now.isoformat())
        found = []
        for month in (12, 13):
            day = date(2026 + month // 13, (month - 1) % 12 + 1, 1)
            report = wanted(hub, Reach(), "", Wanted(length=Length.MONTH, day=day, station=STATION))
            found += [(one.day, one.state, one.visits) for one in report.days]
        return found


@settings(max_examples=40, deadline=None)
@given(lives(), st.lists(st.lists(st.integers(1, 14), min_size=1, max_size=8), max_size=6), st.integers(1, 60))
def test_what_is_called_complete_is(life: Life, arriving: list[list[int]], later: int) -> None:
    for day, state, visits in days_of(life, arriving, life.last + timedelta(hours=later)):
        if state == "complete":
            assert visits == life.visits[day], day
        elif state == "gap":
            assert visits != 0, day


@settings(max_examples=40, deadline=None)
@given(lives(), st.integers(1, 60))
def test_what_has_all_arrived_is_complete_as_far_as_its_clock_was_good(life: Life, later: int) -> None:
    """On days of which it wrote something down; what a clock was wrong about in the end harms no day before."""
    whole = [list(range(1, len(life.entries) + 1))]
    days = days_of(life, whole, life.last + timedelta(hours=later))
    pairs = zip(life.entries, life.times, strict=True)
    sure = itertools.takewhile(lambda pair: pair[0]["clock"] != "doubtful", pairs)
    written = {(at + LOCAL).date() for _, at in sure}
    last = max(written, default=date(2026, 12, 1))
    for day, state, _ in days:
        if date(2026, 12, 1) < day < last and day in written:
            assert state == "complete", day
