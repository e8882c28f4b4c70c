"""What follows from the record of learning: how far each person is, what is still open, certificates, packs.

A registration without a person belongs to the visit it was begun in and goes with it; of a person who was recognised
meanwhile it becomes theirs (`learning.claimed`), joined to what they had before.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

import peewee

from kiosk.protocol.journal import Entry


@dataclass(frozen=True, slots=True)
class Registration:
    """One way through one version of a course. `score` (0..1) is that of the best quiz so far.

    `earned` is the launch in which it was passed, or else completed; "" before that.
    """

    id: str
    person: str
    session: str
    course: str
    version: int
    completed: bool
    passed: bool
    score: float | None
    tries: int
    seconds: float  # spent in sittings that have ended
    earned: str


@dataclass(frozen=True, slots=True)
class StepProgress:
    """Where somebody is in a step, and the furthest they were without a gap, in ms of its length."""

    step: str
    position_ms: int
    reached_ms: int
    length_ms: int


@dataclass(frozen=True, slots=True)
class OpenLaunch:
    """A sitting that has not ended: `first` and `last` are the times of its first and newest entry."""

    id: str
    registration: str
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class StoredCertificate:
    number: str
    registration: str
    person: str
    course: str
    version: int
    title: dict[str, str]
    score: float | None
    issued: datetime
    token: str


class LearningRecords:
    name: ClassVar[str] = "learning"
    version: ClassVar[int] = 1
    tables: ClassVar[tuple[str, ...]] = (
        "learning_registration",
        "learning_step",
        "learning_launch",
        "learning_certificate",
        "learning_pack",
    )
    schema: ClassVar[str] = """
        CREATE TABLE learning_registration (
            id TEXT PRIMARY KEY,
            person TEXT NOT NULL,
            session TEXT NOT NULL,
            course TEXT NOT NULL,
            version INTEGER NOT NULL,
            completed INTEGER NOT NULL DEFAULT 0,
            passed INTEGER NOT NULL DEFAULT 0,
            score REAL,
            tries INTEGER NOT NULL DEFAULT 0,
            seconds REAL NOT NULL DEFAULT 0,
            earned TEXT NOT NULL DEFAULT ''
        ) WITHOUT ROWID;
        CREATE INDEX learning_registration_person ON learning_registration (person, course, version);
        CREATE INDEX learning_registration_session ON learning_registration (session);
        CREATE TABLE learning_step (
            registration TEXT NOT NULL,
            step TEXT NOT NULL,
            position_ms INTEGER NOT NULL,
            reached_ms INTEGER NOT NULL,
            length_ms INTEGER NOT NULL,
            PRIMARY KEY (registration, step)
        ) WITHOUT ROWID;
        CREATE TABLE learning_launch (
            id TEXT PRIMARY KEY,
            registration TEXT NOT NULL,
            first TEXT NOT NULL,
            last TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE learning_certificate (
            number TEXT PRIMARY KEY,
            registration TEXT NOT NULL UNIQUE,
            person TEXT NOT NULL,
            course TEXT NOT NULL,
            version INTEGER NOT NULL,
            title TEXT NOT NULL,
            score REAL,
            issued TEXT NOT NULL,
            token TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX learning_certificate_person ON learning_certificate (person, course);
        CREATE TABLE learning_pack (
            sha256 TEXT PRIMARY KEY,
            course TEXT NOT NULL,
            version INTEGER NOT NULL,
            publisher TEXT NOT NULL
        ) WITHOUT ROWID;
    """

    def __init__(self, db: peewee.SqliteDatabase) -> None:
        self._db = db

    # -- what is written ------------------------------------------------------------------------------------------

    def apply(self, entry: Entry) -> None:
        family, _, what = entry.kind.partition(".")
        if family == "learning":
            self._learning(what, entry)
        elif entry.kind == "course.installed":
            pack = (entry.body["sha256"], entry.body["course"], entry.body["version"], entry.body["publisher"])
            self._run("INSERT OR REPLACE INTO learning_pack VALUES (?,?,?,?)", *pack)
        elif entry.kind == "session.ended":
            self._forget("session = ?", entry.body["session"])
        elif entry.kind == "station.started":
            self._forget("1")  # a visit does not outlast the program

    def redact(self, before: Entry, now: Entry) -> None:
        if before.kind.partition(".")[0] == "learning":
            for table in ("learning_registration", "learning_certificate"):
                self._run(f"UPDATE {table} SET person = ? WHERE person = ?", now.body["person"], before.body["person"])

    def _learning(self, what: str, entry: Entry) -> None:
        body = entry.body
        if what == "claimed":
            self._claim(body["registration"], body["person"])
            return
        if what == "certified":
            self._certify(body)
            return
        if what == "launched":
            self._launch(entry)
        elif what in ("terminated", "abandoned"):
            self._run("DELETE FROM learning_launch WHERE id = ?", body["launch"])
            self._run(
                "UPDATE learning_registration SET seconds = seconds + ? WHERE id = ?",
                body["seconds"],
                body["registration"],
            )
        else:
            self._run("UPDATE learning_launch SET last = ? WHERE id = ?", entry.at.isoformat(), body["launch"])
        if what == "progressed":
            self._progress(body)
        elif what == "completed":
            self._run(
                "UPDATE learning_registration SET completed = 1, earned = CASE passed WHEN 1 THEN earned ELSE ? END"
                " WHERE id = ?",
                body["launch"],
                body["registration"],
            )
        elif what in ("passed", "failed"):
            self._run(
                "UPDATE learning_registration SET tries = tries + 1, passed = passed OR ?,"
                " earned = CASE ? WHEN 1 THEN ? ELSE earned END, score = MAX(COALESCE(score, 0), ?) WHERE id = ?",
                int(what == "passed"),
                int(what == "passed"),
                body["launch"],
                body["score"],
                body["registration"],
            )

    def _launch(self, entry: Entry) -> None:
        body = entry.body
        registration = (body["registration"], body["person"], body["session"], body["course"], body["version"])
        self._run(
            "INSERT INTO learning_registration (id, person, session, course, version) VALUES (?,?,?,?,?)"
            " ON CONFLICT (id) DO UPDATE SET session = excluded.session",
            *registration,
        )
        at = entry.at.isoformat()
        self._run("INSERT OR REPLACE INTO learning_launch VALUES (?,?,?,?)", body["launch"], registration[0], at, at)

    def _progress(self, body: dict[str, Any]) -> None:
        self._run(
            "INSERT INTO learning_step VALUES (?,?,?,?,?) ON CONFLICT (registration, step) DO UPDATE SET"
            " position_ms = excluded.position_ms, reached_ms = MAX(reached_ms, excluded.reached_ms),"
            " length_ms = excluded.length_ms",
            body["registration"],
            body["step"],
            body["position_ms"],
            body["reached_ms"],
            body["length_ms"],
        )

    def _claim(self, registration: str, person: str) -> None:
        mine = self.registration(registration)
        if mine is None or mine.person:
            return
        before = self.of_person(person, mine.course, mine.version)
        if before is None:
            self._run("UPDATE learning_registration SET person = ? WHERE id = ?", person, registration)
            return
        # The older registration goes on, and takes over what was done without a name.
        self._run(
            "INSERT INTO learning_step SELECT ?, step, position_ms, reached_ms, length_ms FROM learning_step"
            " WHERE registration = ? ON CONFLICT (registration, step) DO UPDATE SET"
            " position_ms = MAX(position_ms, excluded.position_ms), reached_ms = MAX(reached_ms, excluded.reached_ms)",
            before.id,
            registration,
        )
        self._run(
            "UPDATE learning_registration SET"
            " earned = CASE WHEN earned = '' OR (? AND NOT passed) THEN ? ELSE earned END,"
            " completed = completed OR ?, passed = passed OR ?, tries = tries + ?,"
            " seconds = seconds + ?, score = CASE WHEN ? IS NULL THEN score ELSE MAX(COALESCE(score, 0), ?) END,"
            " session = ? WHERE id = ?",
            int(mine.passed),
            mine.earned,
            int(mine.completed),
            int(mine.passed),
            mine.tries,
            mine.seconds,
            mine.score,
            mine.score,
            mine.session,
            before.id,
        )
        self._run("UPDATE learning_launch SET registration = ? WHERE registration = ?", before.id, registration)
        self._forget("id = ?", registration)

    def _certify(self, body: dict[str, Any]) -> None:
        self._run(
            "INSERT OR IGNORE INTO learning_certificate VALUES (?,?,?,?,?,?,?,?,?)",
            body["number"],
            body["registration"],
            body["person"],
            body["course"],
            body["version"],
            json.dumps(body["title"], ensure_ascii=False),
            body["score"],
            body["issued"],
            body["token"],
        )

    def _forget(self, where: str, *values: str) -> None:
        """Drop registrations without a person."""
        self._run(
            f"DELETE FROM learning_step WHERE registration IN"
            f" (SELECT id FROM learning_registration WHERE person = '' AND {where})",
            *values,
        )
        self._run(f"DELETE FROM learning_registration WHERE person = '' AND {where}", *values)

    # -- what is asked --------------------------------------------------------------------------------------------

    def registration(self, registration: str) -> Registration | None:
        found = self._registrations("id = ?", registration)
        return found[0] if found else None

    def of_person(self, person: str, course: str, version: int) -> Registration | None:
        """The registration of a recognised person (hex) in a version of a course."""
        found = self._registrations(
            "person = ? AND person <> '' AND course = ? AND version = ?", person, course, version
        )
        return found[0] if found else None

    def of_session(self, session: str, course: str, version: int) -> Registration | None:
        """The registration that a visit without a name has begun."""
        found = self._registrations(
            "session = ? AND person = '' AND course = ? AND version = ?", session, course, version
        )
        return found[0] if found else None

    def unclaimed(self, session: str) -> tuple[Registration, ...]:
        """What a visit has begun without a name."""
        return self._registrations("session = ? AND person = ''", session)

    def steps(self, registration: str) -> dict[str, StepProgress]:
        rows = self._run(
            "SELECT step, position_ms, reached_ms, length_ms FROM learning_step WHERE registration = ?", registration
        )
        return {row[0]: StepProgress(*row) for row in rows}

    def open_launches(self) -> tuple[OpenLaunch, ...]:
        """Sittings that have neither been terminated nor abandoned, oldest first."""
        rows = self._run("SELECT id, registration, first, last FROM learning_launch ORDER BY id")
        return tuple(
            OpenLaunch(row[0], row[1], datetime.fromisoformat(row[2]), datetime.fromisoformat(row[3])) for row in rows
        )

    def certificate_of(self, registration: str) -> StoredCertificate | None:
        found = self._certificates("registration = ?", registration)
        return found[0] if found else None

    def certificates(self, person: str) -> tuple[StoredCertificate, ...]:
        """A person's certificates, newest first."""
        return self._certificates("person = ? AND person <> ''", person)

    def certificate_count(self) -> int:
        return int(self._run("SELECT COUNT(*) FROM learning_certificate")[0][0])

    def packs(self) -> dict[str, tuple[str, int, str]]:
        """Course, version and publisher of every pack that was ever installed here, by SHA-256."""
        rows = self._run("SELECT sha256, course, version, publisher FROM learning_pack")
        return {row[0]: (row[1], row[2], row[3]) for row in rows}

    def _registrations(self, where: str, *values: object) -> tuple[Registration, ...]:
        rows = self._run(
            "SELECT id, person, session, course, version, completed, passed, score, tries, seconds, earned"
            f" FROM learning_registration WHERE {where} ORDER BY id",
            *values,
        )
        return tuple(_registration(row) for row in rows)

    def _certificates(self, where: str, *values: object) -> tuple[StoredCertificate, ...]:
        rows = self._run(
            "SELECT number, registration, person, course, version, title, score, issued, token"
            f" FROM learning_certificate WHERE {where} ORDER BY issued DESC, number DESC",
            *values,
        )
        return tuple(_certificate(row) for row in rows)

    def _run(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return list(self._db.execute_sql(sql, values).fetchall())


def _registration(row: tuple[Any, ...]) -> Registration:
    ident, person, session, course, version, completed, passed, score, tries, seconds, earned = row
    return Registration(
        ident, person, session, course, version, bool(completed), bool(passed), score, tries, float(seconds), earned
    )


def _certificate(row: tuple[Any, ...]) -> StoredCertificate:
    number, registration, person, course, version, title, score, issued, token = row
    return StoredCertificate(
        number, registration, person, course, version, json.loads(title), score, datetime.fromisoformat(issued), token
    )


PROJECTION = LearningRecords
