"""The shelf as the journal tells it: lots, what was taken beyond the book, loans, and who took what today."""

import logging
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

import peewee
from pydantic import ValidationError

from kiosk.clock import ClockQuality
from kiosk.protocol.journal import Entry
from kiosk.protocol.supplies import (
    Effect,
    SupplyBody,
    SupplyBorrowedBody,
    SupplyRestockedBody,
    SupplyTakenBody,
    SupplyUndoneBody,
    supply_body,
)
from kiosk.protocol.text import LocalText
from kiosk.storage.journal import Journal

log = logging.getLogger(__name__)
_DAY = "newest sure day"


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot of an item. `expires` is the last good day; `opened` orders lots by arrival; `place` is where it lies."""

    item: str
    lot: str
    quantity: int
    expires: date | None
    place: LocalText | None
    opened: int


@dataclass(frozen=True, slots=True)
class Loan:
    """An open loan. `loan` is the id of the entry that began it, `lot` "" when the book had none to lend."""

    loan: str
    number: int
    item: str
    lot: str
    person: str
    at: datetime


class SupplyTables:
    """Writes with `apply` alone; everything else reads. On the desk thread."""

    name: ClassVar[str] = "supplies"
    version: ClassVar[int] = 1
    tables: ClassVar[tuple[str, ...]] = (
        "supply_lots",
        "supply_items",
        "supply_days",
        "supply_loans",
        "supply_undone",
        "supply_facts",
    )
    schema: ClassVar[str] = """
    CREATE TABLE supply_lots (
        item TEXT NOT NULL, lot TEXT NOT NULL, quantity INTEGER NOT NULL, expires TEXT,
        place_zh TEXT NOT NULL, place_en TEXT NOT NULL, opened INTEGER NOT NULL,
        PRIMARY KEY (item, lot)
    ) WITHOUT ROWID;
    CREATE TABLE supply_items (
        item TEXT PRIMARY KEY, beyond INTEGER NOT NULL, unmatched INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE supply_days (
        person TEXT NOT NULL, day TEXT NOT NULL, item TEXT NOT NULL, quantity INTEGER NOT NULL,
        PRIMARY KEY (person, day, item)
    ) WITHOUT ROWID;
    CREATE TABLE supply_loans (
        loan TEXT PRIMARY KEY, number INTEGER NOT NULL, item TEXT NOT NULL, lot TEXT NOT NULL,
        person TEXT NOT NULL, at TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE supply_undone (entry TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE supply_facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID
    """

    def __init__(self, db: peewee.SqliteDatabase) -> None:
        self._db = db

    # -- writing --------------------------------------------------------------------------------------------------

    def apply(self, entry: Entry) -> None:
        # What an older or newer program wrote must never keep this one from starting: it is logged and passed over.
        try:
            body = supply_body(entry)
        except ValidationError as error:
            log.error("entry %d (%s) is not what its kind promises: %s", entry.seq, entry.kind, error)
            return
        if body is None:
            return
        if isinstance(body, SupplyUndoneBody):
            self._undo(body)
        else:
            if isinstance(body, SupplyRestockedBody):
                self._open_lot(body, entry.seq)
            self._change(body.item, body.effect(entry.id), entry)
        if entry.clock == ClockQuality.SYNCED:
            self._note_day(body.day)

    def redact(self, before: Entry, now: Entry) -> None:
        old, new = supply_body(before), supply_body(now)
        if not isinstance(old, SupplyTakenBody | SupplyBorrowedBody) or type(new) is not type(old):
            return
        assert isinstance(new, SupplyTakenBody | SupplyBorrowedBody)
        self._sql("UPDATE supply_loans SET person = ? WHERE loan = ?", new.person, before.id)
        if not self._sql("SELECT COUNT(*) FROM supply_undone WHERE entry = ?", before.id).fetchone()[0]:
            for effect in (old.effect(before.id).reversed(), new.effect(now.id)):
                self._change(old.item, Effect(person_day=effect.person_day), now)

    def _undo(self, body: SupplyUndoneBody) -> None:
        original = self._entry(body.of)
        undone = supply_body(original) if original else None
        if original is None or undone is None or isinstance(undone, SupplyUndoneBody):
            log.error("nothing to undo: %s", body.of)
            return
        if self._sql("INSERT OR IGNORE INTO supply_undone (entry) VALUES (?)", body.of).rowcount == 0:
            return
        effect = undone.effect(original.id).reversed()
        self._change(undone.item, effect, original)
        for lot, _ in effect.lots:  # a lot that this entry had brought into being was never there
            self._sql(
                "DELETE FROM supply_lots WHERE item = ? AND lot = ? AND quantity = 0 AND opened = ?",
                undone.item,
                lot,
                original.seq,
            )

    def _change(self, item: str, effect: Effect, entry: Entry) -> None:
        for lot, change in effect.lots:
            done = self._sql(
                "UPDATE supply_lots SET quantity = quantity + ? WHERE item = ? AND lot = ?", change, item, lot
            )
            if done.rowcount == 0 and change > 0:
                self._sql("INSERT INTO supply_lots VALUES (?,?,?,NULL,'','',?)", item, lot, change, entry.seq)
        if effect.beyond or effect.unmatched:
            self._sql(
                "INSERT INTO supply_items VALUES (?,?,?) ON CONFLICT (item) DO UPDATE SET"
                " beyond = beyond + excluded.beyond, unmatched = unmatched + excluded.unmatched",
                item,
                effect.beyond,
                effect.unmatched,
            )
            self._sql("DELETE FROM supply_items WHERE item = ? AND beyond = 0 AND unmatched = 0", item)
        if effect.person_day:
            person, day, quantity = effect.person_day
            self._sql(
                "INSERT INTO supply_days VALUES (?,?,?,?)"
                " ON CONFLICT (person, day, item) DO UPDATE SET quantity = quantity + excluded.quantity",
                person,
                day,
                item,
                quantity,
            )
            if quantity < 0:
                self._sql(
                    "DELETE FROM supply_days WHERE person = ? AND day = ? AND item = ? AND quantity = 0",
                    person,
                    day,
                    item,
                )
        if effect.closes:
            self._sql("DELETE FROM supply_loans WHERE loan = ?", effect.closes)
        if effect.opens:
            self._open_loan(effect.opens)

    def _open_lot(self, body: SupplyRestockedBody, seq: int) -> None:
        self._sql(
            "INSERT OR IGNORE INTO supply_lots VALUES (?,?,0,?,?,?,?)",
            body.item,
            body.lot,
            body.expires and body.expires.isoformat(),
            body.place.zh_CN,
            body.place.en,
            seq,
        )

    def _open_loan(self, loan: str) -> None:
        entry = self._entry(loan)
        body = supply_body(entry) if entry else None
        if entry is None or not isinstance(body, SupplyBorrowedBody):
            log.error("no loan began with %s", loan)
            return
        self._sql(
            "INSERT OR REPLACE INTO supply_loans VALUES (?,?,?,?,?,?)",
            loan,
            body.number,
            body.item,
            body.lots[0].lot if body.lots else "",
            body.person,
            entry.at.isoformat(),
        )

    def _note_day(self, day: date) -> None:
        text = day.isoformat()
        if self._sql("UPDATE supply_facts SET value = ? WHERE name = ? AND value < ?", text, _DAY, text).rowcount == 0:
            self._sql("INSERT OR IGNORE INTO supply_facts VALUES (?,?)", _DAY, text)

    # -- reading --------------------------------------------------------------------------------------------------

    def lots(self, item: str = "", empty: bool = False) -> list[Lot]:
        """Lots of `item` ("" = all) that have something left (`empty`: and those that do not), in order of arrival."""
        where = ("item = ?" if item else "? = ''") + ("" if empty else " AND quantity > 0")
        rows = self._sql(
            f"SELECT item, lot, quantity, expires, place_zh, place_en, opened FROM supply_lots WHERE {where}"
            " ORDER BY opened, lot",
            item,
        ).fetchall()
        return [_lot(row) for row in rows]

    def lot(self, item: str, lot: str) -> Lot | None:
        row = self._sql(
            "SELECT item, lot, quantity, expires, place_zh, place_en, opened FROM supply_lots"
            " WHERE item = ? AND lot = ?",
            item,
            lot,
        ).fetchone()
        return _lot(row) if row else None

    def beyond(self) -> dict[str, tuple[int, int]]:
        """By item: (taken beyond the book, brought back without a number), where either is not 0."""
        rows = self._sql("SELECT item, beyond, unmatched FROM supply_items").fetchall()
        return {row[0]: (row[1], row[2]) for row in rows}

    def taken_on(self, person: str, day: date, item: str) -> int:
        """How many of `item` the person took on that local day."""
        row = self._sql(
            "SELECT quantity FROM supply_days WHERE person = ? AND day = ? AND item = ?", person, day.isoformat(), item
        ).fetchone()
        return int(row[0]) if row else 0

    def loans(self, item: str = "", person: str = "") -> list[Loan]:
        """Open loans in order of their number, of one item or one person where given."""
        rows = self._sql(
            "SELECT loan, number, item, lot, person, at FROM supply_loans"
            " WHERE (? = '' OR item = ?) AND (? = '' OR person = ?) ORDER BY number, loan",
            item,
            item,
            person,
            person,
        ).fetchall()
        return [Loan(r[0], r[1], r[2], r[3], r[4], datetime.fromisoformat(r[5])) for r in rows]

    def loan(self, loan: str) -> Loan | None:
        row = self._sql("SELECT loan, number, item, lot, person, at FROM supply_loans WHERE loan = ?", loan).fetchone()
        return Loan(row[0], row[1], row[2], row[3], row[4], datetime.fromisoformat(row[5])) if row else None

    def undone(self, entry_id: str) -> bool:
        return self._sql("SELECT 1 FROM supply_undone WHERE entry = ?", entry_id).fetchone() is not None

    def sure_day(self) -> date | None:
        """The latest local day this station has surely seen: today is not before it, whatever the clock says."""
        row = self._sql("SELECT value FROM supply_facts WHERE name = ?", _DAY).fetchone()
        return date.fromisoformat(row[0]) if row else None

    def body(self, entry_id: str) -> SupplyBody | None:
        """The entry of the shelf with this id, None when there is none."""
        entry = self._entry(entry_id)
        return supply_body(entry) if entry else None

    def _entry(self, entry_id: str) -> Entry | None:
        return Journal.read(self._db, entry_id)

    def _sql(self, statement: str, *values: object) -> Any:
        return self._db.execute_sql(statement, values)


def _lot(row: tuple[Any, ...]) -> Lot:
    item, lot, quantity, expires, place_zh, place_en, opened = row
    place = LocalText(zh_CN=place_zh, en=place_en) if place_zh else None
    return Lot(item, lot, quantity, date.fromisoformat(expires) if expires else None, place, opened)


PROJECTION = SupplyTables
