"""Random visitors against a plain model in memory: stock never disagrees with the journal, an undo is the identity."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kiosk.clock import ClockQuality, ManualClock
from kiosk.protocol.text import LocalText
from kiosk.storage import Store
from kiosk.supplies import Counted
from kiosk.supplies.errors import OnlyExpiredLeft, RestExpired, UndoNotYours, UndoTooLate
from tests.kiosk.supplies.conftest import ANNA, BO, ITEMS, World

KEPT = ("water", "drops", "umbrella", "cable")
PLACE = LocalText(zh_CN="架子")


@dataclass
class Plain:
    """The shelf as a dictionary would have it: (item, lot) -> quantity, item -> beyond, and what people took."""

    lots: dict[tuple[str, str], int] = field(default_factory=dict)
    expires: dict[tuple[str, str], Any] = field(default_factory=dict)
    beyond: dict[str, int] = field(default_factory=dict)
    unmatched: dict[str, int] = field(default_factory=dict)
    out: dict[str, str] = field(default_factory=dict)  # loan -> item
    days: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def add(self, table: str, key: Any, change: int) -> None:
        counts = getattr(self, table)
        counts[key] = counts.get(key, 0) + change

    def live(self, table: str) -> dict[Any, int]:
        return {key: count for key, count in getattr(self, table).items() if count}


class Visitors(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store(Path(self.folder.name) / "station.db", ManualClock())
        self.clock = self.store.journal._clock
        self.world = World(self.store, self.clock)  # type: ignore[arg-type]
        self.plain = Plain()
        self.undoable: list[tuple[str, dict[str, str], Callable[[], None], int]] = []

    @initialize()
    def open(self) -> None:
        self.world.publish(*ITEMS)
        self.world.session.wake()

    def teardown(self) -> None:
        kept = self.store.derived()
        self.store.rebuild()
        assert self.store.derived() == kept, "a rebuild gives what was kept"
        self.store.close()
        self.folder.cleanup()

    def remember(self, entry: str, before: dict[str, str], back: Callable[[], None]) -> None:
        self.undoable = [(entry, before, back, self.store.journal.last_seq())]

    # -- what the visitor sees of dates, said again in plain words

    def good(self, item: str) -> list[tuple[str, int]]:
        today = self.world.today()
        rows = [
            (self.plain.expires[key] or today.max, number, key[1], quantity)
            for number, (key, quantity) in enumerate(self.plain.lots.items())
            if key[0] == item and quantity and not (self.plain.expires[key] and self.plain.expires[key] < today)
        ]
        return [(lot, quantity) for _, _, lot, quantity in sorted(rows)]

    def expired(self, item: str) -> int:
        good = dict(self.good(item))
        return sum(q for (i, lot), q in self.plain.lots.items() if i == item and lot not in good)

    # -- rules

    @rule(item=st.sampled_from(["water", "drops"]), quantity=st.integers(1, 2))
    def take(self, item: str, quantity: int) -> None:
        self.hand_out(item, quantity, lambda: self.world.supplies.take(item, quantity, caution="v1"))

    @rule(item=st.sampled_from(["umbrella", "cable"]))
    def borrow(self, item: str) -> None:
        self.hand_out(item, 1, lambda: self.world.supplies.borrow(item))

    def hand_out(self, item: str, quantity: int, act: Callable[[], Any]) -> None:
        before, good = self.world.state(), self.good(item)
        held = sum(count for _, count in good)
        if self.expired(item) and held < quantity:
            try:
                act()
                raise AssertionError("an expired lot was given out")
            except (OnlyExpiredLeft, RestExpired):
                return
        person = self.world.session.person
        done = act()
        moved: list[tuple[str, int]] = []
        left = quantity
        for lot, count in good:
            part = min(left, count)
            if part:
                moved.append((lot, part))
            left -= part
        assert [(share.lot, share.quantity) for share in done.shares] == moved, "first expired, first out"
        day = self.world.today().isoformat()

        def change(sign: int) -> None:
            for lot, count in moved:
                self.plain.add("lots", (item, lot), -sign * count)
            self.plain.add("beyond", item, sign * left)
            if person:
                self.plain.add("days", (person.ref, day, item), sign * quantity)
            if done.number:
                self.plain.out.pop(done.entry, None)
                if sign > 0:
                    self.plain.out[done.entry] = item

        change(1)
        self.remember(done.entry, before, lambda: change(-1))

    @precondition(lambda self: self.plain.out)
    @rule(data=st.data())
    def give_back(self, data: st.DataObject) -> None:
        loan = data.draw(st.sampled_from(list(self.plain.out)))
        item, before = self.plain.out[loan], self.world.state()
        done = self.world.supplies.give_back(loan)
        lot = self.store.journal.get(done.entry).body["lot"]  # type: ignore[union-attr]
        self.came_back(item, lot)
        del self.plain.out[loan]

        def back() -> None:
            self.plain.add("lots", (item, lot), -1)
            self.plain.out[loan] = item

        self.remember(done.entry, before, back)

    @precondition(lambda self: self.plain.out)
    @rule(item=st.sampled_from(["umbrella", "cable"]))
    def give_back_unnumbered(self, item: str) -> None:
        before = self.world.state()
        done = self.world.supplies.give_back_unnumbered(item)
        lot = self.store.journal.get(done.entry).body["lot"]  # type: ignore[union-attr]
        self.came_back(item, lot)
        self.plain.add("unmatched", item, 1)

        def back() -> None:
            self.plain.add("lots", (item, lot), -1)
            self.plain.add("unmatched", item, -1)

        self.remember(done.entry, before, back)

    def came_back(self, item: str, lot: str) -> None:
        self.plain.expires.setdefault((item, lot), None)
        self.plain.add("lots", (item, lot), 1)

    @rule(item=st.sampled_from(KEPT), quantity=st.integers(1, 6), days=st.none() | st.integers(0, 4))
    def restock(self, item: str, quantity: int, days: int | None) -> None:
        before = self.world.state()
        expires = None if days is None or item in ("umbrella", "cable") else self.world.today() + timedelta(days=days)
        done = self.world.as_staff().restock(item, quantity, PLACE, expires)
        key = (item, done.lot)
        self.plain.lots.pop(key, None)  # a lot of that name that was undone is not the same one
        self.plain.expires[key] = expires
        self.plain.add("lots", key, quantity)
        self.remember(done.entry, before, lambda: self.plain.add("lots", key, -quantity))

    @precondition(lambda self: self.plain.live("lots"))
    @rule(data=st.data())
    def spoil(self, data: st.DataObject) -> None:
        item, lot = data.draw(st.sampled_from(sorted(self.plain.live("lots"))))
        quantity = data.draw(st.integers(1, self.plain.lots[item, lot]))
        before = self.world.state()
        done = self.world.as_staff().spoil(item, lot, quantity, "damaged")
        self.plain.add("lots", (item, lot), -quantity)
        self.remember(done.entry, before, lambda: self.plain.add("lots", (item, lot), quantity))

    @rule(item=st.sampled_from(KEPT), change=st.integers(-3, 3))
    def stocktake(self, item: str, change: int) -> None:
        rows = self.world.stockroom.lots(item)
        if not rows:
            return
        before = self.world.state()
        counts = [Counted(row.lot, row.quantity, max(0, row.quantity + change)) for row in rows]
        done = self.world.as_staff().stocktake(item, counts)
        beyond = self.plain.beyond.get(item, 0)

        def apply(sign: int) -> None:
            for line in counts:
                self.plain.add("lots", (item, line.lot), sign * (line.counted - line.expected))
            self.plain.add("beyond", item, -sign * beyond)

        apply(1)
        self.remember(done.entry, before, lambda: apply(-1))

    @precondition(lambda self: self.undoable)
    @rule()
    def undo(self) -> None:
        entry, before, back, seq = self.undoable.pop()
        try:
            self.world.supplies.undo(entry)
        except (UndoTooLate, UndoNotYours):  # never UndoBlocked: nothing was built on it
            return
        back()
        assert self.world.state() == before, f"undo of entry {seq} is the identity"

    @rule(person=st.sampled_from([ANNA, BO, None]))
    def somebody_comes(self, person: Any) -> None:
        if person is None:
            self.world.session.finish()
            self.world.session.wake()
        else:
            self.world.session.recognise(person)

    @rule(seconds=st.sampled_from([1.0, 9.0, 3600.0, 86400.0]))
    def time_passes(self, seconds: float) -> None:
        assert isinstance(self.clock, ManualClock)
        self.clock.advance(seconds)

    @rule()
    def power_comes_back(self) -> None:
        self.store.close()
        assert isinstance(self.clock, ManualClock)
        self.store = Store(Path(self.folder.name) / "station.db", self.clock)
        self.world = World(self.store, self.clock)
        self.world.session.wake()
        self.undoable.clear()

    # -- what is always so

    @invariant()
    def the_book_is_the_plain_one(self) -> None:
        tables = self.world.tables
        assert {(lot.item, lot.lot): lot.quantity for lot in tables.lots()} == self.plain.live("lots")
        assert {i: b for i, (b, _) in tables.beyond().items() if b} == self.plain.live("beyond")
        assert {i: u for i, (_, u) in tables.beyond().items() if u} == self.plain.live("unmatched")
        assert {loan.loan: loan.item for loan in tables.loans()} == self.plain.out
        numbers = [loan.number for loan in tables.loans()]
        assert len(set(numbers)) == len(numbers)
        for (person, day, item), quantity in self.plain.days.items():
            assert tables.taken_on(person, self.world.today().fromisoformat(day), item) == quantity
        assert self.clock.quality() is ClockQuality.SYNCED


STEPS = int(os.environ.get("STEPS", "1800"))  # random steps at the shelf; `make soak` takes a hundred thousand
Visitors.TestCase.settings = settings(max_examples=STEPS // 30, stateful_step_count=30)
TestVisitors = Visitors.TestCase
