"""Incidents in the database: what stations report, what people did, each change a step that is kept.

An incident comes on the live link and through the journal, in any order and any number of times; what is known of it
only ever grows, so both ways lead to the same. Everything that changes one is a transaction, and several processes of
the hub take turns at it.
"""

import secrets
from datetime import UTC, datetime, timedelta

from hub.accounts import Staff
from hub.alarm_rules import Incident, test_overdue
from hub.alarm_tables import Step, incident_of
from hub.database import Database
from hub.districts import Reach
from hub.problems import Problem
from kiosk.protocol.alarm import Alarm, AlarmSource, TestCode
from kiosk.protocol.ids import uuid7

_KEPT_DAYS = 90  # for so long the tests of stations are kept
_NEWS = """
    SELECT r.* FROM alarm_reported r LEFT JOIN alarm_incident i ON i.id = r.id
    WHERE i.id IS NULL OR r.presses > i.presses OR r.mistaken > i.mistaken OR (r.closed != '' AND i.closed = '')
    ORDER BY r.raised LIMIT 100
"""
_STEP = (
    "INSERT INTO alarm_step (incident, mark, at, kind, account, name, detail) VALUES (?,?,?,?,?,?,?) "
    "ON CONFLICT (incident, mark) DO NOTHING"
)
_PAST = "SELECT * FROM alarm_incident WHERE closed != '' AND :station IN ('', station) AND arrived < :before"
_STATIONS = """
    SELECT s.id, s.enrolled, MAX(t.at) AS passed FROM station s
    LEFT JOIN alarm_test t ON t.station = s.id AND t.code = 'passed' WHERE s.disabled = 0 GROUP BY s.id, s.enrolled
"""


class AlarmUnknown(Problem):
    status = 404
    code = "alarm.unknown"
    title = ("没有这个报警", "There is no such alarm")


class AlarmOver(Problem):
    status = 409
    code = "alarm.over"
    title = ("这个报警已经结束", "This alarm is over")


class Incidents:
    """Blocking: from threads. `now` is passed in, aware UTC."""

    def __init__(self, db: Database) -> None:
        self._db = db

    # -- from the stations --------------------------------------------------------------------------------------------

    def take(self, station: str, alarm: Alarm, now: datetime, way: str = "link") -> Incident | None:
        """A station says how its incident stands. None when another station's incident has this id."""
        raised = alarm.raised.astimezone(UTC).isoformat()
        with self._db.transaction():
            known = self._find(alarm.incident)
            if known is None:
                self._db.execute(
                    "INSERT INTO alarm_incident (id, station, source, raised, arrived, drill) VALUES (?,?,?,?,?,?)",
                    (alarm.incident, station, str(alarm.source), raised, now.isoformat(), int(alarm.drill)),
                )
                self.step(alarm.incident, "raised", now, mark="raised", detail=way)
                known = self.get(alarm.incident)
            if known.station != station:
                return None
            if alarm.presses > known.presses:
                self._set(known.id, presses=alarm.presses)
                self.step(known.id, "pressed", now, mark=f"pressed {alarm.presses}", detail=str(alarm.presses))
            if alarm.mistaken > known.mistaken:
                self._set(known.id, mistaken=alarm.mistaken)
                self.step(known.id, "mistaken", now, mark=f"mistaken {alarm.mistaken}")
            if alarm.call and alarm.call != known.call:
                self._set(known.id, call_id=alarm.call)
            if alarm.closed and known.closed is None:
                self._close(known.id, now, "station", alarm.closed_by, alarm.reason)
            return self.get(alarm.incident)

    def take_reported(self, now: datetime) -> int:
        """What came through the journals and not on the link, or more than the link had said. Returns how many."""
        rows = self._db.rows(_NEWS)
        for row in rows:
            alarm = Alarm(
                incident=row["id"],
                source=AlarmSource(row["source"]),
                raised=datetime.fromisoformat(row["raised"]),
                presses=row["presses"],
                drill=bool(row["drill"]),
                mistaken=row["mistaken"],
                closed=bool(row["closed"]),
                closed_by=row["closed_by"],
                reason=row["reason"],
            )
            self.take(row["station"], alarm, now, way="journal")
        return len(rows)

    def tested(self, test: str, station: str, code: TestCode, consoles: int, now: datetime) -> None:
        """How a station's own test ended here. One that passed ends the incident of those that did not."""
        with self._db.transaction():
            self._db.execute(
                "INSERT INTO alarm_test (id, station, at, code, consoles) VALUES (?,?,?,?,?) "
                "ON CONFLICT (id) DO UPDATE SET code = excluded.code, consoles = excluded.consoles",
                (test, station, now.isoformat(), str(code), consoles),
            )
            if code is TestCode.PASSED:
                for incident in self.open_ones(station):
                    if not incident.urgent:
                        self._close(incident.id, now, "station", "", "")

    def find_overdue(self, now: datetime) -> list[str]:
        """Stations whose test has not passed for too long, each with an incident from now on. Returns the new ones.

        Tests that are of no use to anybody any more are forgotten on this occasion.
        """
        self._db.execute("DELETE FROM alarm_test WHERE at < ?", ((now - timedelta(days=_KEPT_DAYS)).isoformat(),))
        found = []
        for row in self._db.rows(_STATIONS):
            passed = datetime.fromisoformat(row["passed"]) if row["passed"] else None
            if not test_overdue(datetime.fromisoformat(row["enrolled"]), passed, now):
                continue
            with self._db.transaction():
                if any(not one.urgent for one in self.open_ones(row["id"])):
                    continue
                alarm = Alarm(incident=uuid7(now), source=AlarmSource.SELF_TEST, raised=passed or now)
                self.take(row["id"], alarm, now, way="hub")
                found.append(row["id"])
        return found

    # -- from people --------------------------------------------------------------------------------------------------

    def acknowledge(self, incident: str, account: str, name: str, now: datetime) -> Incident:
        """Somebody has it. The first one stands, unless it was offered to this one. Raises AlarmUnknown, AlarmOver."""
        with self._db.transaction():
            known = self._open(incident)
            if known.acknowledged is None:
                self._set(known.id, acknowledged=now.isoformat(), acknowledged_by=name)
                self._hold(known.id, account, name, "acknowledged", now)
            elif known.offered == account and account:
                self._hold(known.id, account, name, "taken_over", now)
            return self.get(incident)

    def offer(self, incident: str, by: Staff, to: Staff, note: str, now: datetime) -> Incident:
        """Ask a colleague to take over; until then it stays with whoever has it."""
        with self._db.transaction():
            known = self._open(incident)
            self._set(known.id, offered=to.name)
            detail = f"{to.display_name}：{note}" if note else to.display_name
            self.step(known.id, "offered", now, by.name, by.display_name, detail)
            return self.get(incident)

    def note(self, incident: str, by: Staff, text: str, now: datetime) -> Incident:
        """A note; also on one that is over."""
        with self._db.transaction():
            known = self.get(incident)
            self.step(known.id, "note", now, by.name, by.display_name, text)
            return known

    def close(self, incident: str, by: Staff, reason: str, now: datetime) -> Incident:
        """Ended by a named person at the desk."""
        with self._db.transaction():
            self._open(incident)
            self._close(incident, now, "desk", by.display_name, reason, by.name)
            return self.get(incident)

    # -- looking ------------------------------------------------------------------------------------------------------

    def get(self, incident: str) -> Incident:
        """Raises AlarmUnknown."""
        found = self._find(incident)
        if found is None:
            raise AlarmUnknown(id=incident)
        return found

    def open_ones(self, station: str = "") -> list[Incident]:
        """Those that last, the newest first."""
        rows = self._db.rows(
            "SELECT * FROM alarm_incident WHERE closed = '' AND ? IN ('', station) ORDER BY arrived DESC, id",
            (station,),
        )
        return [incident_of(row) for row in rows]

    def past(self, station: str, before: str, limit: int, reach: Reach) -> list[Incident]:
        """Those that are over, the newest first; `before` is an arrival (ISO 8601), "" the end of time."""
        within, names = reach.sql("station")
        rows = self._db.rows(
            _PAST + within + " ORDER BY arrived DESC, id LIMIT :limit",
            {"station": station, "before": before or "9999", "limit": limit, **names},
        )
        return [incident_of(row) for row in rows]

    def steps(self, incident: str) -> list[Step]:
        rows = self._db.rows("SELECT * FROM alarm_step WHERE incident = ? ORDER BY number", (incident,))
        return [Step(datetime.fromisoformat(r["at"]), r["kind"], r["account"], r["name"], r["detail"]) for r in rows]

    def changed_since(self, number: int) -> list[Incident]:
        """Those with a step after this one (see `last_step`)."""
        rows = self._db.rows("SELECT DISTINCT incident FROM alarm_step WHERE number > ?", (number,))
        return [self.get(row["incident"]) for row in rows]

    def last_step(self) -> int:
        """A number that grows with every change of any incident."""
        return int(self._db.value("SELECT COALESCE(MAX(number), 0) FROM alarm_step") or 0)

    def tests(self) -> dict[str, datetime]:
        """When each station's own test passed last."""
        rows = self._db.rows("SELECT station, MAX(at) AS at FROM alarm_test WHERE code = 'passed' GROUP BY station")
        return {row["station"]: datetime.fromisoformat(row["at"]) for row in rows}

    # -- steps --------------------------------------------------------------------------------------------------------

    def step(
        self,
        incident: str,
        kind: str,
        at: datetime,
        account: str = "",
        name: str = "",
        detail: str = "",
        mark: str = "",
    ) -> bool:
        """Note what happened. With a `mark` only once; returns whether this was the time: who gets True acts."""
        values = (incident, mark or secrets.token_hex(8), at.isoformat(), kind, account, name, detail[:500])
        return self._db.execute(_STEP, values) > 0

    def _hold(self, incident: str, account: str, name: str, kind: str, now: datetime) -> None:
        self._set(incident, holder=account, holder_name=name, offered="")
        self.step(incident, kind, now, account, name)

    def _close(self, incident: str, now: datetime, where: str, by: str, reason: str, account: str = "") -> None:
        self._set(incident, closed=now.isoformat(), closed_by=by, closed_where=where, reason=reason, offered="")
        self.step(incident, "closed", now, account, by, reason)

    def _open(self, incident: str) -> Incident:
        known = self.get(incident)
        if known.closed is not None:
            raise AlarmOver(id=incident)
        return known

    def _find(self, incident: str) -> Incident | None:
        row = self._db.row("SELECT * FROM alarm_incident WHERE id = ?", (incident,))
        return incident_of(row) if row else None

    def _set(self, incident: str, **values: str | int) -> None:
        names = ", ".join(f"{name} = ?" for name in values)  # names are this module's own
        self._db.execute(f"UPDATE alarm_incident SET {names} WHERE id = ?", (*values.values(), incident))  # noqa: S608
