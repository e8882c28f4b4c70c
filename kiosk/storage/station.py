"""Faults of the room, from the journal: what was reported here, by whom, and who was told of the repair."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

import peewee

from kiosk.protocol.catalogue import FileRef
from kiosk.protocol.journal import Entry
from kiosk.protocol.station_faults import FaultReported, FaultTold
from kiosk.storage.journal import Journal


@dataclass(frozen=True, slots=True)
class ReportedFault:
    """`reports` is how many visitors said so; `since` is aware."""

    fault: str
    thing: str
    since: datetime
    reports: int


class Faults:
    """One row a fault, one a member who reported it, one a picture."""

    name: ClassVar[str] = "station"
    version: ClassVar[int] = 1
    tables: ClassVar[tuple[str, ...]] = ("fault", "fault_reporter", "fault_photo")
    schema: ClassVar[str] = """
    CREATE TABLE fault (
        fault TEXT PRIMARY KEY,
        thing TEXT NOT NULL,
        since TEXT NOT NULL,
        reports INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX fault_thing ON fault (thing, since);
    CREATE TABLE fault_reporter (
        member TEXT NOT NULL,
        fault TEXT NOT NULL,
        told INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (member, fault)
    ) WITHOUT ROWID;
    CREATE TABLE fault_photo (sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, media_type TEXT NOT NULL) WITHOUT ROWID
    """

    def __init__(self, db: peewee.SqliteDatabase) -> None:
        self._db = db

    def apply(self, entry: Entry) -> None:
        if not entry.kind.startswith("station.fault_"):
            return
        match entry.parsed():
            case FaultReported(fault=fault, thing=thing):
                self._db.execute_sql(
                    "INSERT INTO fault (fault, thing, since, reports) VALUES (?,?,?,1)"
                    " ON CONFLICT (fault) DO UPDATE SET reports = reports + 1",
                    (fault, str(thing), entry.at.isoformat()),
                )
                self._note_photo(entry)
        self._note_reporter(entry)

    def redact(self, before: Entry, now: Entry) -> None:
        if not before.kind.startswith("station.fault_"):
            return
        if (photo := before.body.get("photo")) and not now.body.get("photo"):
            self._db.execute_sql("DELETE FROM fault_photo WHERE sha256 = ?", (photo["sha256"],))
            for entry in Journal.of_kinds(self._db, FaultReported.kind):
                self._note_photo(entry)
        fault = before.body["fault"]
        self._db.execute_sql("DELETE FROM fault_reporter WHERE fault = ?", (fault,))
        for entry in Journal.of_kinds(self._db, FaultReported.kind, FaultTold.kind):
            if entry.body.get("fault") == fault:
                self._note_reporter(entry)

    def _note_photo(self, entry: Entry) -> None:
        if photo := entry.body.get("photo"):
            values = (photo["sha256"], photo["size"], photo["media_type"])
            self._db.execute_sql("INSERT OR IGNORE INTO fault_photo VALUES (?,?,?)", values)

    def _note_reporter(self, entry: Entry) -> None:
        fault, member = entry.body["fault"], entry.body.get("member", "")
        if entry.kind == FaultTold.kind:
            sql = "UPDATE fault_reporter SET told = 1 WHERE member = ? AND fault = ?"
        elif member:
            sql = "INSERT OR IGNORE INTO fault_reporter (member, fault) VALUES (?,?)"
        else:
            return
        self._db.execute_sql(sql, (member, fault))

    def all(self) -> list[ReportedFault]:
        """Newest first."""
        rows = self._db.execute_sql("SELECT fault, thing, since, reports FROM fault ORDER BY since DESC, fault")
        return [ReportedFault(r[0], r[1], datetime.fromisoformat(r[2]), r[3]) for r in rows.fetchall()]

    def untold(self, member: str) -> list[str]:
        """Faults that this member reported and was not told the end of."""
        sql = "SELECT fault FROM fault_reporter WHERE member = ? AND told = 0 ORDER BY fault"
        return [row[0] for row in self._db.execute_sql(sql, (member,)).fetchall()]

    def photos(self) -> list[FileRef]:
        """The picture of every report that was ever made here."""
        rows = self._db.execute_sql("SELECT sha256, size, media_type FROM fault_photo ORDER BY sha256").fetchall()
        return [FileRef(sha256=row[0], size=row[1], media_type=row[2]) for row in rows]


PROJECTION = Faults
