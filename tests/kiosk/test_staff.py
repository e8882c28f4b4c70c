"""The staff PIN: five tries, five minutes, and pulling the plug does not help."""

from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.app import ASSETS
from kiosk.clock import ManualClock
from kiosk.errors import StaffPinLocked, StaffPinWrong
from kiosk.events import EventBus
from kiosk.protocol.folder import read_folder
from kiosk.protocol.station import StationSettings
from kiosk.session import Session
from kiosk.staff import Staff, StaffArrived, StaffPinUnset, hash_pin
from kiosk.storage import Store

PIN = hash_pin("2468", b"salt", n=16)


class Door:
    def __init__(self, store: Store, clock: ManualClock, pin: str = PIN) -> None:
        self.store, self.clock = store, clock
        bus = EventBus()
        self.arrived: list[StaffArrived] = []
        bus.subscribe(StaffArrived, self.arrived.append)
        self.session = Session(clock, bus, store.append)
        self.staff = Staff(lambda: pin, store, clock, bus, self.session, store.append)

    def wrong(self, times: int) -> list[object]:
        left = []
        for _ in range(times):
            with pytest.raises(StaffPinWrong) as caught:
                self.staff.unlock("0000")
            left.append(caught.value.details["left"])
        return left

    def lock(self) -> None:
        self.wrong(4)
        with pytest.raises(StaffPinLocked):
            self.staff.unlock("0000")


@pytest.fixture
def door(store: Store, clock: ManualClock) -> Door:
    return Door(store, clock)


def test_the_right_pin_opens_one_session(door: Door) -> None:
    assert not door.staff.unlocked
    door.staff.unlock("2468")
    assert door.staff.unlocked
    assert len(door.arrived) == 1
    door.session.finish()
    assert not door.staff.unlocked
    door.session.wake()
    assert not door.staff.unlocked
    assert "2468" not in "".join(entry.model_dump_json() for entry in door.store.journal.all())


def test_five_wrong_tries_lock_five_minutes(door: Door, clock: ManualClock) -> None:
    assert door.wrong(4) == [4, 3, 2, 1]
    with pytest.raises(StaffPinLocked) as caught:
        door.staff.unlock("0000")
    assert caught.value.details == {"seconds": 300, "minutes": 5}
    with pytest.raises(StaffPinLocked):
        door.staff.unlock("2468")  # the right one neither
    clock.advance(299)
    assert door.staff.locked_seconds == 1
    with pytest.raises(StaffPinLocked):
        door.staff.unlock("2468")
    clock.advance(1)
    door.staff.unlock("2468")
    assert [e.kind for e in door.store.journal.newest("staff.")] == ["staff.unlocked", "staff.locked"]


def test_the_right_pin_forgives(door: Door) -> None:
    door.wrong(4)
    door.staff.unlock("2468")
    assert door.wrong(1) == [4]


def test_tries_and_lock_survive_a_restart(door: Door, store: Store, clock: ManualClock) -> None:
    door.wrong(3)
    again = Door(store, clock)
    assert again.wrong(1) == [1]
    with pytest.raises(StaffPinLocked):
        again.staff.unlock("0000")
    clock.advance(100)
    third = Door(store, clock)
    assert third.staff.locked_seconds == 200
    clock.advance(201)
    assert Door(store, clock).staff.locked_seconds == 0


def test_a_clock_that_goes_back_does_not_lock_longer(door: Door, store: Store, clock: ManualClock) -> None:
    door.lock()
    clock.set(clock.now() - timedelta(days=900))
    assert Door(store, clock).staff.locked_seconds == 300


@pytest.mark.parametrize("typed", ["", "24680", "２４６８", "2468" + "0" * 100, "\x00", "\ud800", "2468 "])
def test_odd_things_typed_are_wrong_and_nothing_more(door: Door, typed: str) -> None:
    with pytest.raises(StaffPinWrong):
        door.staff.unlock(typed)


@pytest.mark.parametrize(
    "published",
    [
        "",
        "2468",
        "scrypt$16$8$1$zz$" + "0" * 64,
        "scrypt$15$8$1$00$" + "0" * 64,
        "scrypt$16$8$1$00$00",
        "scrypt$1073741824$8$1$00$" + "0" * 64,
        "scrypt$-1$8$1$00$" + "0" * 64,
        "md5$16$8$1$00$" + "0" * 64,
    ],
)
def test_a_pin_that_cannot_be_used_opens_nothing(store: Store, clock: ManualClock, published: str) -> None:
    door = Door(store, clock, published)
    for typed in ("", "2468"):
        with pytest.raises(StaffPinUnset):
            door.staff.unlock(typed)
    assert not door.staff.unlocked


def test_the_demonstrations_pin_is_2468(store: Store, clock: ManualClock) -> None:
    folder = Path(ASSETS) / "demo" / "catalogue" / "station"
    (body,) = [d.body for d in read_folder(folder) if d.kind == "station_settings"]
    Door(store, clock, StationSettings.model_validate(body).staff_pin).staff.unlock("2468")
