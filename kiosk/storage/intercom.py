"""Calls, from the journal: which have begun, been answered, ended, and the voices that were left."""

from typing import ClassVar

import peewee

from kiosk.protocol.catalogue import FileRef
from kiosk.protocol.intercom import CallAnswered, CallEnded, CallStarted
from kiosk.protocol.intercom_talk import MessageLeft
from kiosk.protocol.journal import Entry
from kiosk.storage.journal import Journal


class Calls:
    """One row a call. Times are ISO 8601, "" while it has not come to that."""

    name: ClassVar[str] = "intercom"
    version: ClassVar[int] = 2
    tables: ClassVar[tuple[str, ...]] = ("call", "voice_left")
    schema: ClassVar[str] = """
    CREATE TABLE call (
        id TEXT PRIMARY KEY,
        topic TEXT NOT NULL,
        started TEXT NOT NULL,
        answered TEXT NOT NULL DEFAULT '',
        ended TEXT NOT NULL DEFAULT '',
        reason TEXT NOT NULL DEFAULT ''
    ) WITHOUT ROWID;
    CREATE INDEX call_open ON call (ended) WHERE ended = '';
    CREATE TABLE voice_left (
        sha256 TEXT PRIMARY KEY,
        size INTEGER NOT NULL,
        media_type TEXT NOT NULL
    ) WITHOUT ROWID
    """

    def __init__(self, db: peewee.SqliteDatabase) -> None:
        self._db = db

    def apply(self, entry: Entry) -> None:
        if not entry.kind.startswith("call."):
            return
        at = entry.at.isoformat()
        match entry.parsed():
            case CallStarted(call=call, topic=topic):
                self._db.execute_sql(
                    "INSERT OR IGNORE INTO call (id, topic, started) VALUES (?,?,?)", (call, topic, at)
                )
            case CallAnswered(call=call):
                self._db.execute_sql("UPDATE call SET answered = ? WHERE id = ?", (at, call))
            case CallEnded(call=call, reason=reason):
                self._db.execute_sql(
                    "UPDATE call SET ended = ?, reason = ? WHERE id = ? AND ended = ''", (at, str(reason), call)
                )

            case MessageLeft(voice=FileRef() as voice):
                self._db.execute_sql(
                    "INSERT OR IGNORE INTO voice_left (sha256, size, media_type) VALUES (?,?,?)",
                    (voice.sha256, voice.size, voice.media_type),
                )

    def redact(self, before: Entry, now: Entry) -> None:
        if before.kind == MessageLeft.kind and (voice := before.body.get("voice")):
            self._db.execute_sql("DELETE FROM voice_left WHERE sha256 = ?", (voice["sha256"],))
            for entry in Journal.of_kinds(self._db, MessageLeft.kind):
                if (entry.body.get("voice") or {}).get("sha256") == voice["sha256"]:
                    self.apply(entry)  # another message has the same sound

    def voices(self) -> list[FileRef]:
        """The voice of every message that was ever left here."""
        rows = self._db.execute_sql("SELECT sha256, size, media_type FROM voice_left ORDER BY sha256").fetchall()
        return [FileRef(sha256=row[0], size=row[1], media_type=row[2]) for row in rows]

    def unfinished(self) -> list[str]:
        """Ids of calls that have begun and not ended."""
        rows = self._db.execute_sql("SELECT id FROM call WHERE ended = '' ORDER BY id").fetchall()
        return [row[0] for row in rows]


PROJECTION = Calls
