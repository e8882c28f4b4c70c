"""What is still known of entries that were retired: eight bytes each, enough to tell an entry from another. Blocking.

A terminal that sends an entry again is told that it is held, one whose journal differs is noticed, and one that numbers
anew, with old entries under new numbers, has none of them taken twice: as if the rows were still there. That an entry
was poison, and why, is in the archive alone; sent again, it counts as taken.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from hub.database import Database, Row

_BYTES = 8
_APART = "!"  # before what stands for an entry that was kept apart: nothing was derived from that one
_KEEP = (
    "INSERT INTO journal_mark VALUES (?,?,?,?,?,?,?) ON CONFLICT (station, terminal, first)"
    " DO UPDATE SET last = excluded.last, low = excluded.low, high = excluded.high, marks = excluded.marks"
)


class Mark(NamedTuple):
    """An entry that will be retired."""

    station: str
    terminal: int
    seq: int
    id: str  # "" for one that has none
    mark: bytes


def mark_of(row: Row) -> Mark:
    """The mark of a row of the journal."""
    apart = bool(row["poison"])
    text = _APART + (row["id"] or row["body"]) if apart else row["id"]
    return Mark(row["station"], row["terminal"], row["seq"], "" if apart else row["id"], _hash(text))


def keep(db: Database, marks: Iterable[Mark]) -> None:
    """Keep marks, in order of station, terminal, number."""
    db.execute_many(_KEEP, [_packed(run) for run in _runs(marks)])


def held(db: Database, station: str, terminal: int, first: int, last: int) -> dict[int, bytes]:
    """The marks of a terminal's retired entries from `first` to `last`, by number."""
    found: dict[int, bytes] = {}
    sql = "SELECT first, last, marks FROM journal_mark WHERE station = ? AND terminal = ? AND first <= ? AND last >= ?"
    for row in db.rows(sql, (station, terminal, last, first)):
        for seq in range(max(first, row["first"]), min(last, row["last"]) + 1):
            at = (seq - row["first"]) * _BYTES
            found[seq] = bytes(row["marks"][at : at + _BYTES])
    return found


def same(mark: bytes, entry_id: str, body: str) -> bool:
    """Whether an entry may be the one that was retired in its place. `body` is the whole of it, as it is kept apart."""
    candidates = {_hash(_APART + body)} | ({_hash(entry_id), _hash(_APART + entry_id)} if entry_id else set())
    return mark in candidates


def places(db: Database, station: str, ids: list[str]) -> dict[str, int]:
    """Which of these ids belong to retired entries of this station, and the terminal.

    Ids begin with the time they were made at, so hardly ever is there a run to look into.
    """
    if not ids:
        return {}
    sql = "SELECT terminal, marks FROM journal_mark WHERE station = ? AND high >= ? AND low <= ? ORDER BY terminal"
    found: dict[str, int] = {}
    for row in db.rows(sql, (station, min(ids), max(ids))):
        packed = bytes(row["marks"])
        known = {packed[at : at + _BYTES] for at in range(0, len(packed), _BYTES)}
        found |= {entry_id: row["terminal"] for entry_id in ids if entry_id not in found and _hash(entry_id) in known}
    return found


def _runs(marks: Iterable[Mark]) -> Iterator[list[Mark]]:
    run: list[Mark] = []
    for mark in marks:
        if run and (mark.station, mark.terminal, mark.seq) != (run[-1].station, run[-1].terminal, run[-1].seq + 1):
            yield run
            run = []
        run.append(mark)
    if run:
        yield run


def _packed(run: list[Mark]) -> tuple[Any, ...]:
    ids = [mark.id for mark in run if mark.id] or [""]
    marks = b"".join(mark.mark for mark in run)
    return run[0].station, run[0].terminal, run[0].seq, run[-1].seq, min(ids), max(ids), marks


def _hash(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=_BYTES).digest()
