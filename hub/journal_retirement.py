"""Old months leave the hub's table for files, when everything in them has been taken. Blocking.

What follows from them stays: sums are in the tables of features, up to where a terminal was answered is in
`journal_head`, and `hub/journal_marks.py` knows each entry again. What goes is the entry itself: the console lists it
no more, and a terminal that has lost its disk gets back what is still here.
"""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import cast

import anyio
import anyio.to_thread
from fastapi import FastAPI

from hub import journal_archive, journal_marks, journal_months
from hub.database import Database
from hub.journal_archive import Manifest
from hub.journal_months import LATE, within
from hub.problems import Problem
from hub.running import running
from hub.state import Hub

log = logging.getLogger(__name__)
_BATCH = 2000  # rows deleted in one transaction, in a file
_LOOKED_AT = 3600.0  # seconds
_COUNT = "SELECT COUNT(*) FROM journal WHERE received >= ? AND received < ?"
_WAITING = """
    SELECT j.station, COUNT(*) AS entries FROM journal j JOIN station s ON s.id = j.station AND s.terminal = j.terminal
    LEFT JOIN journal_head h ON h.station = j.station AND h.terminal = j.terminal
    WHERE received >= ? AND received < ? AND j.seq > COALESCE(h.acknowledged, 0) GROUP BY j.station ORDER BY j.station
"""
_SOME = """
    DELETE FROM journal WHERE (station, terminal, seq) IN
    (SELECT station, terminal, seq FROM journal WHERE received >= ? AND received < ? LIMIT ?)
"""
_MINE = """
    INSERT INTO journal_chore VALUES ('retire', ?) ON CONFLICT (name) DO UPDATE SET day = excluded.day
    WHERE journal_chore.day < excluded.day
"""


class MonthNotOver(Problem):
    status = 422
    code = "retire.not_over"
    title = ("只能归档已经结束的月份（写作 YYYY-MM）", "Only months that are over can be retired (written YYYY-MM)")


class MonthWaits(Problem):
    status = 409
    code = "retire.waiting"
    title = (
        "这个月还有记录在等它前面的记录，暂不能归档",
        "Entries of this month wait for others that are missing; it cannot be retired yet",
    )


class MonthChanged(Problem):
    status = 409
    code = "retire.changed"
    title = ("归档期间这个月有变化，没有删除", "The month changed while it was written; nothing was deleted")


def retire(
    db: Database,
    before: str,
    folder: Path,
    now: datetime,
    tell: Callable[[Manifest], object] = lambda manifest: None,
    *,
    with_waiting: bool = False,
) -> list[Manifest]:
    """Write each month before `before` (YYYY-MM) into `folder` and take it out of the table, oldest first.

    `with_waiting`: also what waits for a missing entry; its terminal was not told that it is held, and sends it again.
    Broken off at any point it can be done again: a month is in the table, or in its file with a known hash, or both.
    Raises MonthNotOver, MonthWaits, MonthChanged, ArchiveFailed; the months before that one are done.
    """
    if not journal_months.is_month(before) or before > journal_months.month_of(now - LATE):
        raise MonthNotOver(before=before)
    journal_months.prepare(db, now)
    for row in db.rows("SELECT month FROM journal_month WHERE gone = 0"):
        _delete(db, row["month"])
    retired = {row["month"] for row in db.rows("SELECT month FROM journal_month")}
    done = []
    for month in journal_months.months_before(db, before):
        if month in retired:
            continue  # the hub's clock was set back: what came under a month that has its file already stays here
        if not with_waiting:
            _nobody_waits(db, month)
        written = journal_archive.write(db, month, folder, now)
        _mark(db, month)
        _let_go(db, written, now, with_waiting)
        done.append(written)
        tell(written)
    return done


def _nobody_waits(db: Database, month: str) -> None:
    """What a numbering that was given up left beyond a gap waits for nothing: sent again it is taken as new."""
    if waiting := db.rows(_WAITING, within(month)):
        first = waiting[0]
        raise MonthWaits(month=month, station=first["station"], entries=first["entries"], stations=len(waiting))


def _mark(db: Database, month: str) -> None:
    """Of everything that terminals were told is held. Marks beside rows that are still there do no harm."""
    for rows in journal_archive.rows_of(db, month):
        names = sorted({(row["station"], row["terminal"]) for row in rows})
        sql = "SELECT acknowledged FROM journal_head WHERE station = ? AND terminal = ?"
        heads = {name: int(db.value(sql, name) or 0) for name in names}
        with db.transaction():
            journal_marks.keep(
                db,
                (journal_marks.mark_of(row) for row in rows if row["seq"] <= heads[row["station"], row["terminal"]]),
            )


def _let_go(db: Database, written: Manifest, now: datetime, with_waiting: bool) -> None:
    month = written.month
    with db.transaction():
        retired = db.value("SELECT 1 FROM journal_month WHERE month = ?", (month,))
        if retired or db.value(_COUNT, within(month)) != written.entries:
            raise MonthChanged(month=month)
        if not with_waiting:
            _nobody_waits(db, month)
        values = (month, written.entries, written.sha256, now.isoformat(), int(db.is_server))
        db.execute("INSERT INTO journal_month VALUES (?,?,?,?,?)", values)
        if db.is_server:
            journal_months.drop(db, month)
    if not db.is_server:
        _delete(db, month)


def _delete(db: Database, month: str) -> None:
    """A little at a time, so that nobody waits long for their turn to write."""
    while db.execute(_SOME, (*within(month), _BATCH)):
        pass
    db.execute("UPDATE journal_month SET gone = 1 WHERE month = ?", (month,))


def daily(hub: Hub) -> list[Manifest]:
    """What is done once a day, by one of the processes: parts for the months to come, and old months go. Blocking."""
    now = hub.now()
    journal_months.prepare(hub.db, now)
    if not hub.config.journal_months or not hub.db.execute(_MINE, (f"{now:%Y-%m-%d}",)):
        return []
    before = journal_months.after(journal_months.month_of(now - LATE), -hub.config.journal_months)
    return retire(hub.db, before, hub.config.archive, now)


@asynccontextmanager
async def background(app: FastAPI) -> AsyncIterator[None]:
    """Old months go once a day."""
    async with running(_look(cast(Hub, app.state.hub))):
        yield


async def _look(hub: Hub) -> None:
    while True:
        try:
            for written in await anyio.to_thread.run_sync(daily, hub):
                log.info("%s: %d entries went into %s", written.month, written.entries, written.file)
        except Problem as problem:  # the next day comes
            log.warning("old months of the journal stay: %s %s", problem.code, problem.members)
        await anyio.sleep(_LOOKED_AT)
