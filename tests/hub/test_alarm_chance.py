"""A station's alarm and the hub's incidents with a line between them that loses, repeats and reorders.

Whatever happens, the station's screen never says more than is so at the hub, and once everything has arrived both tell
the same.
"""

import random
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from hub.accounts import Role, Staff
from hub.alarm_store import Incidents
from hub.alarm_tables import INCIDENTS, REPORTED, report_entry
from hub.database import Database
from kiosk.alarm import Alarm, Incident, Reached
from kiosk.clock import ManualClock
from kiosk.events import EventBus
from kiosk.protocol.alarm import Alarm as AlarmMessage
from kiosk.protocol.alarm import AlarmSource, AlarmState
from kiosk.session import Session
from kiosk.storage import Store
from kiosk.storage.alarm import Alarms

PEOPLE = [Staff(name, name.upper(), frozenset({Role.DUTY})) for name in ("wang", "li")]


class _Anybody:
    def require(self) -> None:
        """Staff are always here."""


class Chance(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        root = Path(self.folder.name)
        self.clock = ManualClock()
        self.store = Store(root / "station.db", self.clock)
        self.db = Database(root / "hub.db")
        self.db.migrate("alarm", INCIDENTS)
        self.db.script(REPORTED.schema)
        self.incidents = Incidents(self.db)
        self.up: list[AlarmMessage] = []
        self.down: list[AlarmState] = []
        self.synced = 0
        self.start()

    def start(self) -> None:
        bus = EventBus()
        self.alarm = Alarm(
            self.clock,
            bus,
            Session(self.clock, bus, self.store.append),
            _Anybody(),
            self.store.append,
            self.store.append,
            lambda message: self.up.append(message) if isinstance(message, AlarmMessage) else None,
            lambda _tick: None,
            unfinished=self._unfinished,
        )
        self.alarm.start()

    def _unfinished(self) -> Incident | None:
        row = self.store.projection(Alarms).unfinished()
        return Incident.left(row, self.clock.monotonic()) if row else None

    def now(self) -> datetime:
        return datetime(2026, 12, 1, tzinfo=UTC) + timedelta(seconds=self.clock.monotonic())

    def teardown(self) -> None:
        self.settle()
        self.store.close()
        self.db.close()
        self.folder.cleanup()

    # -- the station --------------------------------------------------------------------------------------------------

    @rule(source=st.sampled_from([AlarmSource.SCREEN, AlarmSource.BUTTON]), drill=st.booleans())
    def press(self, source: AlarmSource, drill: bool) -> None:
        self.alarm.press(source, drill)

    @rule()
    def mistaken(self) -> None:
        self.alarm.say_mistaken()

    @precondition(lambda self: self.alarm.lasts)
    @rule()
    def close_here(self) -> None:
        self.alarm.close("按错了")

    @rule(seconds=st.sampled_from([0.5, 5.0, 20.0, 130.0]))
    def wait(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.alarm.tick()

    @rule()
    def power_cut(self) -> None:
        self.down.clear()
        self.start()

    # -- the line -----------------------------------------------------------------------------------------------------

    @precondition(lambda self: self.up)
    @rule(data=st.data(), keep=st.booleans())
    def arrive(self, data: Any, keep: bool) -> None:
        self._arrive(data.draw(st.integers(0, len(self.up) - 1)), keep)

    def _arrive(self, number: int, keep: bool = False) -> None:
        message = self.up[number] if keep else self.up.pop(number)
        taken = self.incidents.take("WX-1", message, self.now())
        assert taken is not None
        self.answer(taken.id)

    def answer(self, incident: str) -> None:
        known = self.incidents.get(incident)
        self.down.append(
            AlarmState(
                incident=known.id,
                acknowledged_by=known.holder_name,
                closed=known.closed is not None,
                closed_by=known.closed_by,
                reason=known.reason,
            )
        )

    @precondition(lambda self: self.down)
    @rule(data=st.data(), keep=st.booleans(), lost=st.booleans())
    def hear(self, data: Any, keep: bool, lost: bool) -> None:
        number = data.draw(st.integers(0, len(self.down) - 1))
        state = self.down[number] if keep else self.down.pop(number)
        if not lost:
            self.alarm.on_message(state)

    @rule(count=st.integers(1, 5))
    def sync(self, count: int) -> None:
        for entry in self.store.journal.after(self.synced, count):
            report_entry(self.db, "WX-1", entry)
            self.synced = entry.seq
        self.incidents.take_reported(self.now())

    # -- the desk -----------------------------------------------------------------------------------------------------

    @precondition(lambda self: self.incidents.open_ones())
    @rule(who=st.sampled_from(PEOPLE), what=st.sampled_from(["acknowledge", "offer", "close"]))
    def desk(self, who: Staff, what: str) -> None:
        incident = self.incidents.open_ones()[0].id
        match what:
            case "acknowledge":
                self.incidents.acknowledge(incident, who.name, who.display_name, self.now())
            case "offer":
                self.incidents.offer(incident, PEOPLE[0], who, "", self.now())
            case "close":
                self.incidents.close(incident, who, "好了", self.now())
        self.answer(incident)

    # -- what holds ---------------------------------------------------------------------------------------------------

    @invariant()
    def the_screen_says_no_more_than_is_so(self) -> None:
        incident, reached = self.alarm.incident, self.alarm.reached()
        if incident is None or reached in (Reached.SENDING, Reached.UNDELIVERED):
            return
        if reached is Reached.CLOSED and not incident.delivered:
            return  # ended on the spot before the hub had heard of it
        known = self.incidents.get(incident.id)
        if reached is Reached.ACKNOWLEDGED:
            assert known.acknowledged is not None
        if reached is Reached.CLOSED and incident.closed_by:
            assert known.closed_by == incident.closed_by

    def settle(self) -> None:
        """Everything that is under way arrives, in a random order, and the station says how it stands once more."""
        self.clock.advance(100)
        self.alarm.tick()
        chance = random.Random(len(self.up))
        while self.up:
            self._arrive(chance.randrange(len(self.up)))
        while self.store.journal.after(self.synced, 1):
            self.sync(100)
        for entry in self.store.journal.after(0, 10_000):
            if entry.kind == "alarm.raised":
                assert self.incidents.get(str(entry.body["incident"]))
        incident = self.alarm.incident
        if incident is None:
            return
        self.answer(incident.id)
        self.alarm.on_message(self.down[-1])
        here, there = self.alarm.incident, self.incidents.get(incident.id)
        assert here is not None
        assert (here.presses, here.mistaken, here.drill) == (there.presses, there.mistaken, there.drill)
        assert here.closed == (there.closed is not None)
        if not here.closed:
            assert here.by == there.holder_name


TestChance = Chance.TestCase
TestChance.settings = settings(max_examples=60, stateful_step_count=40)
