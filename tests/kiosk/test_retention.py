"""What tells of a person goes when its time is over or somebody asks, and what it counted stays right."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.clock import ClockQuality, ManualClock
from kiosk.desk import Desk
from kiosk.events import CatalogueUpdated, EventBus
from kiosk.protocol.catalogue import CatalogueBatch, Document, FileRef
from kiosk.protocol.entry import EntryAttempted, Reason, Result, Way
from kiosk.protocol.intercom_talk import MessageLeft
from kiosk.protocol.journal import JournalBody
from kiosk.protocol.learning import LearningClaimed, LearningLaunched
from kiosk.protocol.members import MemberRecognisedBody
from kiosk.protocol.redaction import NOBODY, Redaction, person_of, personal_kinds
from kiosk.protocol.registration import MemberRegistered
from kiosk.protocol.station_faults import FaultReported, FaultTold
from kiosk.protocol.supplies import SupplyBorrowedBody, SupplyTakenBody, SupplyUndoneBody
from kiosk.retention import Retention
from kiosk.storage import Store
from kiosk.storage.intercom import Calls
from kiosk.storage.redaction import redact_slice

PEOPLE = ("a1" * 8, "b2" * 8, "")
P, Q, _ = PEOPLE
START = datetime(2026, 1, 1, 8, tzinfo=UTC)


def uuid(number: int) -> str:
    return str(UUID(int=number))


def bodies(person: str, number: int, when: datetime) -> dict[str, JournalBody]:
    """One of each kind that tells of a person."""
    at = {"session": f"s{number % 3}"}
    fault = uuid(number % 2 + 1)
    picture = FileRef(sha256=f"{number % 2:064x}", size=1, media_type="image/jpeg") if number % 3 else None
    found: dict[str, JournalBody] = {
        "taken": SupplyTakenBody(item="water", day=when.date(), quantity=number % 3 + 1, person=person, **at),
        "borrowed": SupplyBorrowedBody(item="umbrella", day=when.date(), number=number + 1, person=person, **at),
        "reported": FaultReported(fault=fault, thing="water", member=person, photo=picture, **at),
        "told": FaultTold(fault=fault, member=person, **at),
        "attempted": EntryAttempted(
            door="front", way=Way.CODE, result=Result.OPENED, reason=Reason.ALLOWED, member=person
        ),
        "launched": LearningLaunched(
            registration=uuid(number % 4 + 10), launch=uuid(number + 100), session=uuid(number % 3 + 50), person=person,
            course="c", version=1, title={"zh_CN": "课"},
        ),
        "message": MessageLeft(
            call=uuid(number + 200), topic="help", text="我的电话", contact="13800000000",
            voice=FileRef(sha256=f"{number:064x}", size=1, media_type="audio/wav"),
        ),
    }  # fmt: skip
    if person:
        found["recognised"] = MemberRecognisedBody(member=person, **at)
        found["claimed"] = LearningClaimed(registration=uuid(number % 4 + 10), person=person)
        found["registered"] = MemberRegistered(
            member=person, way="phone", occupation="rider", token=f"{number:016x}", issued=when,
            expires=when + timedelta(days=90), card="c" * 32, phone="d" * 32, sealed="c2VhbGVk", **at,
        )  # fmt: skip
    return found


@pytest.fixture
def store(tmp_path: Path, clock: ManualClock) -> Iterator[Store]:
    made = Store(tmp_path / "station.db", clock)
    yield made
    made.close()


def go_over(store: Store, redaction: Redaction, settled: int | None = None, slice_: int = 7) -> int:
    after, total = 0, 0
    while True:
        after, changed = redact_slice(
            store, redaction, after, store.journal.last_seq() if settled is None else settled, slice_
        )
        total += changed
        if not after:
            return total


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ("taken", "borrowed", "reported", "told", "attempted", "launched", "claimed", "recognised", "registered",
             "message", "undo")
        ),
        st.sampled_from(PEOPLE),
        st.integers(0, 40),
        st.integers(0, 200),
    ),
    max_size=40,
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(STEPS, st.sets(st.sampled_from(PEOPLE[:2])), st.integers(0, 700), st.integers(1, 9))
def test_what_is_derived_is_what_a_rebuild_would_derive(
    steps: list[tuple[str, str, int, int]], erased: set[str], days: int, slice_: int
) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        clock = ManualClock(START)
        store = Store(Path(folder) / "station.db", clock)
        undoable: list[str] = []
        for what, person, choice, hours in steps:
            clock.advance(hours * 3600)
            if what == "undo":
                if undoable:
                    of = undoable.pop(choice % len(undoable))
                    store.append(SupplyUndoneBody(item="water", session="s", day=clock.now().date(), of=of))
                continue
            body = bodies(person, choice, clock.now()).get(what)
            if body is not None:
                entry = store.append(body)
                if what in ("taken", "borrowed"):
                    undoable.append(entry.id)
        limit = START + timedelta(hours=days)
        before = {kind: limit for kind, kind_body in personal_kinds().items() if kind_body.keep_days}
        go_over(store, Redaction(b"secret", erased, before), slice_=slice_)
        derived = store.derived()
        store.rebuild()
        assert store.derived() == derived
        for entry in store.journal.all():
            assert person_of(entry) not in erased
            if entry.kind in before and entry.at < limit:
                assert person_of(entry) in ("", NOBODY) or entry.kind.startswith("learning")
        assert go_over(store, Redaction(b"secret", erased, before)) == 0, "done once is done"
        store.close()


def test_who_asks_is_in_no_byte_of_the_folder_any_more(store: Store, clock: ManualClock, tmp_path: Path) -> None:
    for number in range(300):
        for body in bodies(P, number, clock.now()).values():
            store.append(body)
        store.append(SupplyTakenBody(item="tea", session="s", day=clock.now().date(), quantity=1, person=Q))
    store.raw.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    retention = runner(store, clock, tmp_path)
    erase(store, P)
    assert retention.run() > 0
    content = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert content.count(P.encode()) <= 4, "but for the wish itself (its id and its body, in the table and an index)"
    assert content.count(Q.encode()) > 300
    for secret in (b"c2VhbGVk", b"d" * 32):
        assert secret not in content


def runner(
    store: Store, clock: ManualClock, folder: Path, acknowledged: int = 10**9, bus: EventBus | None = None
) -> Retention:
    desk = Desk()
    desk.call = lambda fn, *args: fn(*args)  # type: ignore[method-assign]
    return Retention(store, clock, desk, bus or EventBus(), lambda: acknowledged, lambda: True, folder / "damaged")


def erase(store: Store, member: str = "", entry: str = "") -> None:
    revision = store.catalogue.revision() + 1
    body = {"member": member} if member else {"entry": entry}
    wish = Document(kind="erasure", id=member or entry, revision=revision, body=body)
    store.catalogue.apply(CatalogueBatch(revision=revision, documents=[wish]))


def test_a_pass_that_was_cut_short_goes_on_with_its_secret(
    store: Store, clock: ManualClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        store.append(bodies(P, number, clock.now())["launched"])
    erase(store, P)
    first = runner(store, clock, tmp_path)
    redaction = first._begin()
    redact_slice(store, redaction, 0, 10**9, 10)
    again = runner(store, clock, tmp_path)
    again.run()
    assert len({person_of(entry) for entry in store.journal.all()}) == 1
    derived = store.derived()
    store.rebuild()
    assert store.derived() == derived
    assert store.meta("retention.secret") == ""


def test_the_parts_of_a_record_cannot_be_joined(store: Store, clock: ManualClock, tmp_path: Path) -> None:
    for body in bodies(P, 3, clock.now()).values():
        store.append(body)
    erase(store, P)
    runner(store, clock, tmp_path).run()
    names: dict[str, set[str]] = {}
    for entry in store.journal.all():
        if person := person_of(entry):
            names.setdefault(entry.kind.split(".")[0], set()).add(person)
    assert all(len(found) == 1 for found in names.values())
    assert len(set.union(*names.values())) == len(names)


def test_age_alone_takes_nothing_that_the_hub_does_not_have(store: Store, clock: ManualClock, tmp_path: Path) -> None:
    left = store.append(bodies(P, 1, clock.now())["message"])
    attempt = store.append(bodies(P, 1, clock.now())["attempted"])
    clock.advance(1000 * 86400)
    assert runner(store, clock, tmp_path, acknowledged=1).run() == 1
    assert store.journal.get(left.id).body["text"] == ""  # type: ignore[union-attr]
    assert store.journal.get(attempt.id).body["member"] == P  # type: ignore[union-attr]
    assert store.projection(Calls).voices() == []
    erase(store, P)
    assert runner(store, clock, tmp_path, acknowledged=1).run() == 1, "who asks does not wait for a line"


def test_a_message_without_a_name_can_be_taken_back(store: Store, clock: ManualClock, tmp_path: Path) -> None:
    one, two = (store.append(bodies("", number, clock.now())["message"]) for number in (1, 2))
    erase(store, entry=one.id)
    runner(store, clock, tmp_path).run()
    assert [store.journal.get(entry.id).body["contact"] for entry in (one, two)] == ["", "13800000000"]  # type: ignore[union-attr]


def test_settings_of_the_catalogue_count(store: Store, clock: ManualClock, tmp_path: Path) -> None:
    attempt = store.append(bodies(P, 1, clock.now())["attempted"])
    clock.advance(3 * 86400)
    days: dict[str, Any] = {"days": {"entry.attempted": 2}}
    wish = Document(kind="retention_settings", id="district", revision=1, body=days)
    store.catalogue.apply(CatalogueBatch(revision=1, documents=[wish]))
    runner(store, clock, tmp_path).run()
    assert store.journal.get(attempt.id).body["member"] == ""  # type: ignore[union-attr]


def test_a_clock_in_doubt_ends_nothing(store: Store, clock: ManualClock, tmp_path: Path) -> None:
    store.append(bodies(P, 1, clock.now())["attempted"])
    clock.advance(1000 * 86400)
    clock.set(clock.now(), ClockQuality.DOUBTFUL)
    assert runner(store, clock, tmp_path).run() == 0


def test_when_it_runs(store: Store, clock: ManualClock, tmp_path: Path) -> None:
    bus, looks = EventBus(), []
    made = runner(store, clock, tmp_path, bus=bus)
    made._pass = lambda: looks.append(1)  # type: ignore[method-assign]
    made._watch = lambda look: look()
    made.start()
    assert made._look()
    bus.publish(CatalogueUpdated(3, frozenset({"erasure"})))
    assert made._look()
    clock.advance(86_401)
    assert made._look()
    made.stop()
    assert not made._look()


def test_a_damaged_database_that_was_set_aside_goes_after_a_while(
    store: Store, clock: ManualClock, tmp_path: Path
) -> None:
    import os

    for name, age in (("old", 91), ("new", 1)):
        folder = tmp_path / "damaged" / name
        folder.mkdir(parents=True)
        at = datetime.now(UTC).timestamp() - age * 86400
        os.utime(folder, (at, at))
    made = runner(store, clock, tmp_path)
    made._pass()
    assert [path.name for path in (tmp_path / "damaged").iterdir()] == ["new"]
