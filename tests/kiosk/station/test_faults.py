"""Fault reports at the terminal: counted, limited, kept, and the end of one told once to whoever made it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.clock import ManualClock
from kiosk.events import EventBus
from kiosk.protocol.catalogue import CatalogueBatch, Document
from kiosk.protocol.station_faults import FaultState, Thing
from kiosk.session import Person, Session
from kiosk.station import FaultReports, FaultsRepaired
from kiosk.station.faults import MOST, PHOTO_BYTES, FaultLimit
from kiosk.storage import Store
from kiosk.storage.files import FileStore
from kiosk.storage.station import Faults

ALICE, BOB = Person("aa" * 10), Person("bb" * 10)
PHOTO = b"\xff\xd8\xff picture"


class Room:
    def __init__(self, store: Store, clock: ManualClock, bus: EventBus, folder: Path) -> None:
        self.store, self.clock, self.files = store, clock, FileStore(folder)
        self.session = Session(clock, bus, store.append)
        self.kept = store.projection(Faults)
        self.told: list[tuple[Thing, ...]] = []
        bus.subscribe(FaultsRepaired, lambda event: self.told.append(event.things))
        self.faults = FaultReports(
            store.catalogue, self.kept, self.files, clock, bus, self.session, store.append, lambda work: work()
        )

    def say(self, fault: str, thing: Thing, state: FaultState, after: float = 0) -> None:
        changed = (self.clock.now() + timedelta(seconds=after)).isoformat()
        body = {"thing": str(thing), "state": str(state), "changed": changed}
        revision = self.store.catalogue.revision() + 1
        document = Document(kind="station_fault", id=fault, revision=revision, body=body)
        self.store.catalogue.apply(CatalogueBatch(revision=revision, documents=[document]))

    def states(self) -> list[tuple[str, str, int]]:
        return [(str(row.thing), str(row.state), row.reports) for row in self.faults.rows()]


@pytest.fixture
def room(store: Store, clock: ManualClock, bus: EventBus, tmp_path: Path) -> Room:
    return Room(store, clock, bus, tmp_path / "files")


def test_two_who_say_the_same_are_one_fault(room: Room) -> None:
    first = room.faults.report(Thing.WATER)
    room.session.finish()
    second = room.faults.report(Thing.WATER)
    assert (first.fault, second.reports) == (second.fault, 2)
    room.faults.report(Thing.LIGHT)
    assert sorted(room.states()) == [("light", "open", 1), ("water", "open", 2)]


def test_something_else_is_a_fault_of_its_own_each_time(room: Room) -> None:
    one, two = room.faults.report(Thing.OTHER), room.faults.report(Thing.OTHER)
    assert one.reports == 1
    assert len({row.fault for row in room.faults.rows()}) == 2
    assert two.thing is Thing.OTHER


def test_a_picture_is_kept_by_its_hash_until_the_hub_has_it(room: Room) -> None:
    room.faults.report(Thing.SEAT, PHOTO)
    (ref,) = room.kept.photos()
    path = room.files.path(ref.sha256)
    assert path is not None
    assert (path.read_bytes(), ref.media_type) == (PHOTO, "image/jpeg")
    room.faults.report(Thing.TOILET, bytes(PHOTO_BYTES + 1))  # no picture of that size comes from our camera
    assert len(room.kept.photos()) == 1


def test_a_visit_reports_so_much_and_the_next_begins_anew(room: Room) -> None:
    for thing in list(Thing)[:MOST]:
        room.faults.report(thing)
    with pytest.raises(FaultLimit):
        room.faults.report(Thing.TERMINAL)
    room.session.finish()
    room.faults.report(Thing.TERMINAL)


def test_whoever_reported_it_is_told_once(room: Room) -> None:
    room.session.recognise(ALICE)
    fault = room.faults.report(Thing.WATER).fault
    room.session.finish()
    room.session.recognise(BOB)
    room.faults.report(Thing.WATER)
    room.session.finish()
    room.say(fault, Thing.WATER, FaultState.WORK)
    room.session.recognise(ALICE)
    assert room.told == []
    assert room.states() == [("water", "work", 2)]
    room.session.finish()
    room.say(fault, Thing.WATER, FaultState.REPAIRED)
    for person, times in ((ALICE, 1), (ALICE, 1), (Person("cc" * 10), 1), (BOB, 2)):
        room.session.recognise(person)
        assert len(room.told) == times
        room.session.finish()
    assert room.told == [(Thing.WATER,), (Thing.WATER,)]


def test_what_was_repaired_can_break_again(room: Room) -> None:
    first = room.faults.report(Thing.FRIDGE).fault
    room.say(first, Thing.FRIDGE, FaultState.REPAIRED)
    assert room.states() == [("fridge", "repaired", 1)]
    second = room.faults.report(Thing.FRIDGE).fault
    assert first != second
    room.clock.advance(timedelta(days=8).total_seconds())
    assert room.states() == [("fridge", "open", 1)]  # the old one is history


def test_it_outlives_the_program_and_a_rebuild(room: Room) -> None:
    room.session.recognise(ALICE)
    room.faults.report(Thing.WATER, PHOTO)
    before = {name: rows for name, rows in room.store.derived().items() if name.startswith("fault")}
    assert all(before.values())
    room.store.rebuild()
    assert {name: rows for name, rows in room.store.derived().items() if name.startswith("fault")} == before
    assert room.faults.rows()[0].since == datetime(2026, 12, 1, 8, tzinfo=UTC)
