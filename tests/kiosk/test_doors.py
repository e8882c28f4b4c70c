"""Orders to open a door: carried out once and recorded with what the lock said, or refused; never repeated."""

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from kiosk.clock import ManualClock
from kiosk.desk import Desk
from kiosk.devices.ports import LockReport
from kiosk.doors import Doors
from kiosk.errors import StorageError
from kiosk.events import EventBus
from kiosk.protocol.cose import SigningKey
from kiosk.protocol.door import CommandKey, DoorOrder, DoorOrdered, DoorReport, Order, write_order
from kiosk.protocol.link import LinkMessage
from kiosk.storage import Store
from kiosk.storage.door import DoorOrders
from tests.kiosk.locks import TestLock

CALL = "01a2108b-1c11-7757-a23c-a2a668e46f55"
KEY = SigningKey.from_seed("hub", bytes(range(32)))


class Entrance:
    """A station's doors over a real store; reports that go to the hub are kept."""

    def __init__(self, clock: ManualClock, store: Store) -> None:
        self.clock = clock
        self.store = store
        self.desk = Desk()
        self.lock = TestLock("front")
        self.call = CALL
        self.reports: list[LinkMessage] = []
        self._reported = threading.Condition()
        published = CommandKey(
            public_key=KEY.public.hex(),
            not_before=clock.now() - timedelta(days=1),
            not_after=clock.now() + timedelta(days=1),
        )
        self.doors = Doors(
            {"front": self.lock},
            self.desk,
            store,
            keys=lambda: {KEY.kid.hex(): published, "not hex": published},
            seen=store.projection(DoorOrders).seen,
            station=lambda: "WX-0001",
            call=lambda: self.call,
            hub_now=clock.now,
            send=self._send,
            bus=EventBus(),
        )
        self.doors.start()

    def _send(self, message: LinkMessage) -> None:
        with self._reported:
            self.reports.append(message)
            self._reported.notify_all()

    def order(self, door: str = "front", number: int = 1, station: str = "WX-0001", call: str = CALL) -> str:
        now = datetime.fromtimestamp(int(self.clock.now().timestamp()), self.clock.now().tzinfo)
        order = Order(
            id=f"{number:032x}",
            station=station,
            door=door,
            call=call,
            account="wang",
            by="王师傅",
            reason="轮椅",
            issued=now,
            expires=now + timedelta(seconds=15),
        )
        return write_order(order, KEY)

    def take(self, token: str) -> str:
        before = len(self.reports)
        self.doors.take(DoorOrder(token=token))
        with self._reported:
            assert self._reported.wait_for(lambda: len(self.reports) > before, 30)
        report = self.reports[-1]
        assert isinstance(report, DoorReport)
        return report.code

    def journal(self) -> list[DoorOrdered]:
        self.doors.stop()
        bodies = [entry.parsed() for entry in self.desk.call(lambda: list(self.store.journal.all()))]
        return [body for body in bodies if isinstance(body, DoorOrdered)]


@pytest.fixture
def entrance(clock: ManualClock, store: Store) -> Iterator[Entrance]:
    made = Entrance(clock, store)
    yield made
    made.doors.stop()
    made.desk.close()


def test_an_order_opens_once_and_tells_who_and_why(entrance: Entrance) -> None:
    token = entrance.order()
    assert entrance.take(token) == "opened"
    assert entrance.reports[-1] == DoorReport(id=f"{1:032x}", code="opened", report="bolt released")
    assert entrance.take(token) == "replayed"
    assert entrance.lock.released == 1
    opened, replayed = entrance.journal()
    assert (opened.by, opened.reason, opened.call, opened.code) == ("王师傅", "轮椅", CALL, "opened")
    assert (replayed.order, replayed.code) == (opened.order, "replayed")


def test_late_foreign_forged_and_unknown(entrance: Entrance) -> None:
    late = entrance.order()
    entrance.clock.advance(15)
    assert entrance.take(late) == "late"
    assert entrance.take(late) == "replayed"  # refused once is refused for ever
    assert entrance.take(entrance.order(number=2, station="WX-0002")) == "foreign"
    assert entrance.take(entrance.order(number=3, call=CALL.replace("5", "6"))) == "foreign"
    entrance.call = ""
    assert entrance.take(entrance.order(number=4)) == "foreign"  # nobody of the desk is in a call here
    entrance.call = CALL
    assert entrance.take("GD1:" + "A" * 40) == "forged"
    assert entrance.take(entrance.order(number=5, door="cellar")) == "unknown_door"
    assert entrance.lock.released == 0
    codes = ["late", "replayed", "foreign", "foreign", "foreign", "forged", "unknown_door"]
    assert [body.code for body in entrance.journal()] == codes


@pytest.mark.parametrize("how", ["stuck", "silent"])
def test_a_lock_that_does_not_open_is_not_called_open(entrance: Entrance, how: str) -> None:
    entrance.lock.how = how
    assert entrance.take(entrance.order()) == "lock_failed"
    (entry,) = entrance.journal()
    assert entry.report
    assert entrance.lock.health().detail == how


def test_a_driver_that_raises_is_a_lock_that_failed(entrance: Entrance, monkeypatch: pytest.MonkeyPatch) -> None:
    def release() -> LockReport:
        raise OSError("the bus is down")

    monkeypatch.setattr(entrance.lock, "release", release)
    assert entrance.take(entrance.order()) == "lock_failed"
    assert "the bus is down" in entrance.journal()[0].report


def test_the_power_goes_while_the_lock_is_told(entrance: Entrance, monkeypatch: pytest.MonkeyPatch) -> None:
    class PowerCut(BaseException):
        pass

    gone = threading.Event()

    def release() -> LockReport:
        gone.set()
        raise PowerCut

    monkeypatch.setattr(entrance.lock, "release", release)
    token = entrance.order()
    with pytest.raises(PowerCut):
        entrance.doors._carry_out(token)
    assert gone.is_set()
    again = Entrance(entrance.clock, entrance.store)
    assert again.take(token) == "replayed"
    begun, replayed = again.journal()
    assert (begun.code, replayed.code) == ("lock_failed", "replayed")
    assert "interrupted" in begun.report
    assert again.lock.released == 0
    again.desk.close()


def test_what_cannot_be_written_down_is_not_done(entrance: Entrance, monkeypatch: pytest.MonkeyPatch) -> None:
    def set_meta(name: str, value: str) -> None:
        raise StorageError(problem="no")

    monkeypatch.setattr(entrance.store, "set_meta", set_meta)
    assert entrance.take(entrance.order()) == "lock_failed"
    assert entrance.lock.released == 0


def test_what_is_refused_is_derived_from_the_journal_alone(entrance: Entrance) -> None:
    entrance.take(entrance.order())
    entrance.doors.stop()
    kept = entrance.store.derived()["door_order"]
    entrance.store.rebuild()
    assert entrance.store.derived()["door_order"] == kept
