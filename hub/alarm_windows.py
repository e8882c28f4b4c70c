"""The windows of the desk that are open to alarms, in all processes of the hub; and tests, on their way to them.

Told through the database, like the alarms themselves: they must not depend on anything that calls need beside it.
"""

from datetime import datetime, timedelta

from hub.database import Database
from kiosk.protocol.alarm import TestCode

FRESH_SECONDS = 10.0  # a process that has not said for so long which windows it has is gone, and they with it
RUNNING = "running"  # a test without an outcome yet
WINDOWS = """
    CREATE TABLE alarm_window (
        process TEXT NOT NULL,
        number INTEGER NOT NULL,
        account TEXT NOT NULL,
        alive TEXT NOT NULL,
        PRIMARY KEY (process, number)
    ) WITHOUT ROWID
    """


class Windows:
    """Those of one process, and what it knows of the others'. Blocking; `now` is aware UTC."""

    def __init__(self, db: Database, process: str) -> None:
        self._db = db
        self._process = process

    def share(self, accounts: list[str], now: datetime) -> None:
        """Say whose windows are open here; those of processes that are gone are forgotten."""
        gone = (now - timedelta(seconds=10 * FRESH_SECONDS)).isoformat()
        with self._db.transaction():
            self._db.execute("DELETE FROM alarm_window WHERE process = ? OR alive < ?", (self._process, gone))
            for number, account in enumerate(accounts):
                values = (self._process, number, account, now.isoformat())
                self._db.execute("INSERT INTO alarm_window (process, number, account, alive) VALUES (?,?,?,?)", values)

    def elsewhere(self, now: datetime) -> list[str]:
        """Whose windows are open in other processes, an account for each window."""
        since = (now - timedelta(seconds=FRESH_SECONDS)).isoformat()
        rows = self._db.rows(
            "SELECT account FROM alarm_window WHERE process != ? AND alive >= ?", (self._process, since)
        )
        return [row["account"] for row in rows]

    # -- tests --------------------------------------------------------------------------------------------------------

    def begin_test(self, test: str, station: str, now: datetime) -> None:
        """A station's test has arrived; windows everywhere hear of it."""
        self._db.execute(
            "INSERT INTO alarm_test (id, station, at, code) VALUES (?,?,?,?) ON CONFLICT (id) DO NOTHING",
            (test, station, now.isoformat(), RUNNING),
        )

    def running_tests(self, now: datetime) -> list[str]:
        since = (now - timedelta(seconds=FRESH_SECONDS)).isoformat()
        rows = self._db.rows("SELECT id FROM alarm_test WHERE code = ? AND at >= ?", (RUNNING, since))
        return [row["id"] for row in rows]

    def heard_test(self, test: str) -> None:
        """A window says that it came as far as it."""
        self._db.execute("UPDATE alarm_test SET consoles = consoles + 1 WHERE id = ? AND code = ?", (test, RUNNING))

    def reached_by(self, test: str) -> int:
        """How many windows have said so."""
        return int(self._db.value("SELECT consoles FROM alarm_test WHERE id = ?", (test,)) or 0)

    @staticmethod
    def outcome(consoles: int) -> TestCode:
        return TestCode.PASSED if consoles else TestCode.NO_DESK
