"""Who registered at this terminal, from the journal: a card is known here at once, and a code can be made again."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

import peewee

from kiosk.protocol.journal import Entry
from kiosk.protocol.registration import MemberRegistered
from kiosk.storage.journal import Journal


@dataclass(frozen=True, slots=True)
class Registered:
    """A registration. `member` and `token` in hex, as they are in the code; times are aware."""

    member: str
    token: str
    issued: datetime
    expires: datetime


class Registrations:
    """`card` is the keyed hash of an ID card's number in hex, "" for none."""

    name: ClassVar[str] = "members"
    version: ClassVar[int] = 1
    tables: ClassVar[tuple[str, ...]] = ("registration",)
    schema: ClassVar[str] = """
    CREATE TABLE registration (
        member TEXT PRIMARY KEY,
        card TEXT NOT NULL,
        token TEXT NOT NULL,
        issued TEXT NOT NULL,
        expires TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX registration_card ON registration (card) WHERE card <> ''
    """

    def __init__(self, db: peewee.SqliteDatabase) -> None:
        self._db = db

    def apply(self, entry: Entry) -> None:
        if entry.kind != MemberRegistered.kind:
            return
        body = entry.parsed()
        assert isinstance(body, MemberRegistered)
        times = body.issued.isoformat(), body.expires.isoformat()
        self._db.execute_sql(
            "INSERT OR REPLACE INTO registration (member, card, token, issued, expires) VALUES (?,?,?,?,?)",
            (body.member, body.card, body.token, *times),
        )

    def redact(self, before: Entry, now: Entry) -> None:
        if before.kind == MemberRegistered.kind:
            self._db.execute_sql("DELETE FROM registration WHERE member = ?", (before.body["member"],))
            for entry in Journal.of_kinds(self._db, MemberRegistered.kind):
                if entry.body["member"] in (before.body["member"], now.body["member"]):
                    self.apply(entry)

    def of_card(self, card: str) -> Registered | None:
        """The last registration with this card (hex)."""
        row = self._db.execute_sql(
            "SELECT member, token, issued, expires FROM registration WHERE card = ? AND card <> ''"
            " ORDER BY issued DESC LIMIT 1",
            (card,),
        ).fetchone()
        if row is None:
            return None
        return Registered(row[0], row[1], datetime.fromisoformat(row[2]), datetime.fromisoformat(row[3]))


PROJECTION = Registrations
