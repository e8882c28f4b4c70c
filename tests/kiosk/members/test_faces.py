"""Faces of members: when one is somebody's, what is kept, how it goes away, and what the terminal does with it."""

import os
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.clock import ManualClock
from kiosk.devices.face import similarity
from kiosk.devices.face.engine import SIZE, Template, normal
from kiosk.devices.ports import Frame
from kiosk.events import EventBus
from kiosk.members import FaceHint, FaceHinted, Faces, FaceTaken, MemberRefused
from kiosk.members.face_rules import AGREE, FRAMES, Votes, best, confirms
from kiosk.members.face_watch import FaceWatch
from kiosk.members.faces import RENEW, FaceBook
from kiosk.protocol.journal import JournalBody
from kiosk.protocol.members import FaceDeleted, FaceEnrolled
from kiosk.session import Person
from tests.kiosk.devices.face.people import empty, engine, picture
from tests.kiosk.devices.helpers import until

ALICE, BOB = Person("aa" * 10, "member"), Person("bb" * 10, "model")


def vector(seed: int) -> Template:
    return normal(np.random.default_rng(seed).standard_normal(SIZE).astype(np.float32))


def near(one: Template, cosine: float) -> Template:
    """A template at this angle from another."""
    other = vector(99)
    across = normal(np.asarray(other - similarity(one, other) * one, np.float32))
    return normal(np.asarray(cosine * one + (1 - cosine**2) ** 0.5 * across, np.float32))


# -- rules ------------------------------------------------------------------------------------------------------------


def test_one_of_many_has_to_be_like_and_liker_than_the_next() -> None:
    mine = vector(1)
    assert best(near(mine, 0.46), {"a": mine, "b": vector(2)}) == "a"
    assert best(near(mine, 0.44), {"a": mine, "b": vector(2)}) == ""
    assert best(mine, {"a": mine, "twin": near(mine, 0.97)}) == ""
    assert best(mine, {}) == ""


def test_who_said_who_they_are_need_be_less_alike() -> None:
    mine = vector(1)
    assert confirms(near(mine, 0.37), mine)
    assert not confirms(near(mine, 0.35), mine)


@given(st.lists(st.sampled_from(["", "a", "b"]), max_size=40))
def test_nobody_is_known_without_enough_of_the_last_pictures(seen: list[str]) -> None:
    votes = Votes()
    for number, who in enumerate(seen):
        said = votes.add(who)
        last = seen[max(0, number + 1 - FRAMES) : number + 1]
        assert said in ("", who)
        assert (said != "") == (who != "" and last.count(who) >= AGREE)


# -- what is kept -----------------------------------------------------------------------------------------------------


class Keeper:
    def __init__(self, folder: Path, clock: ManualClock) -> None:
        self.folder, self.clock = folder, clock
        self.written: list[JournalBody] = []
        self.book = FaceBook(folder, clock, self.written.append, timedelta(days=180))

    def again(self) -> FaceBook:
        """As after a restart."""
        return FaceBook(self.folder, self.clock, self.written.append)


@pytest.fixture
def keeper(tmp_path: Path, clock: ManualClock) -> Keeper:
    return Keeper(tmp_path, clock)


def test_a_face_outlives_the_program_and_cannot_be_read_from_its_file(keeper: Keeper) -> None:
    keeper.book.enrol(ALICE, vector(1), "words")
    (path,) = (keeper.folder / "faces").iterdir()
    kept = path.read_bytes()
    assert bytes.fromhex(ALICE.ref) not in kept
    assert ALICE.ref not in path.name
    assert vector(1).tobytes()[:16] not in kept
    assert os.stat(path).st_mode & 0o077 == os.stat(keeper.folder / "faces.key").st_mode & 0o077 == 0
    again = keeper.again().get(ALICE.ref)
    assert again is not None
    assert similarity(again.template, vector(1)) == pytest.approx(1, abs=1e-5)
    (entry,) = keeper.written
    assert isinstance(entry, FaceEnrolled)
    assert "template" not in entry.model_dump_json()


def test_it_is_deleted_on_the_spot(keeper: Keeper) -> None:
    keeper.book.enrol(ALICE, vector(1), "words")
    assert keeper.book.delete(ALICE.ref)
    assert not keeper.book.delete(ALICE.ref)
    assert list((keeper.folder / "faces").iterdir()) == []
    assert keeper.again().get(ALICE.ref) is None
    assert [type(entry) for entry in keeper.written] == [FaceEnrolled, FaceDeleted]


def test_who_is_not_here_for_long_is_forgotten_and_who_is_no_member_too(keeper: Keeper) -> None:
    for person in (ALICE, BOB):
        keeper.book.enrol(person, vector(int(person.ref[0], 16)), "words")
    keeper.clock.advance(timedelta(days=179).total_seconds())
    keeper.book.noticed(Person(BOB.ref, BOB.tier, "face"))
    keeper.clock.advance(timedelta(days=2).total_seconds())
    assert keeper.book.sweep() == 1
    assert keeper.book.get(ALICE.ref) is None
    assert keeper.book.sweep(lambda member: member == BOB.ref) == 1
    assert [entry.why for entry in keeper.written if isinstance(entry, FaceDeleted)] == ["idle", "ended"]


def test_a_face_alone_is_enough_for_a_month_after_a_code(keeper: Keeper) -> None:
    keeper.book.enrol(ALICE, vector(1), "words")
    keeper.clock.advance((RENEW + timedelta(days=1)).total_seconds())
    keeper.book.noticed(Person(ALICE.ref, ALICE.tier, "face"))
    assert keeper.book.matchable() == {}
    keeper.book.noticed(ALICE)  # by a code
    assert list(keeper.book.matchable()) == [ALICE.ref]


@given(st.binary(max_size=300), st.integers(0, 400))
def test_a_file_that_was_altered_is_nobody(tmp_path_factory: pytest.TempPathFactory, junk: bytes, place: int) -> None:
    keeper = Keeper(tmp_path_factory.mktemp("faces"), ManualClock())
    keeper.book.enrol(ALICE, vector(1), "words")
    (path,) = (keeper.folder / "faces").iterdir()
    good = path.read_bytes()
    spoilt = bytearray(good)
    spoilt[place % len(good)] ^= 1
    for data in (bytes(spoilt), junk, good[: place % len(good)]):
        path.write_bytes(data)
        assert len(keeper.again()) == 0
    path.write_bytes(good)
    path.rename(path.with_name("0" * 32 + ".face"))  # of somebody else
    assert len(keeper.again()) == 0


# -- before a camera --------------------------------------------------------------------------------------------------


class Booth:
    """A lease of a camera that sees what a test says; and the desk of faces around it."""

    def __init__(self, keeper: Keeper, bus: EventBus, use: str) -> None:
        self.scene = empty()
        self.number = 0
        self.running = 0
        self.lock = threading.Lock()
        self.known: list[Person] = []
        self.seen: list[object] = []
        for kind in (FaceHinted, FaceTaken, MemberRefused):
            bus.subscribe(kind, self.seen.append)
        self.watch = FaceWatch(lambda: self, engine())
        self.ended: set[str] = set()
        self.faces = Faces(
            keeper.book, self.watch, "alone" if use == "alone" else "confirm", self, bus,
            lambda work, *args: work(*args), keeper.clock.monotonic, self.ended.__contains__,
        )  # fmt: skip

    def start(self) -> None:
        self.running += 1

    def stop(self) -> None:
        self.running -= 1

    def wait(self, _after: int, _timeout: float) -> Frame | None:
        with self.lock:
            self.number += 1
            return Frame(self.scene.bgr, float(self.number), self.number)

    def show(self, *people: tuple[int, int, int]) -> None:
        with self.lock:
            self.scene = picture(*people)

    def recognise_face(self, person: Person, at: float) -> None:
        self.known.append(person)

    def hints(self) -> list[FaceHint]:
        return [event.hint for event in self.seen if isinstance(event, FaceHinted)]

    def taken(self) -> list[bool]:
        return [event.ok for event in self.seen if isinstance(event, FaceTaken)]


@pytest.fixture(params=["alone", "confirm"])
def booth(request: pytest.FixtureRequest, keeper: Keeper, bus: EventBus) -> Iterator[Booth]:
    made = Booth(keeper, bus, request.param)
    yield made
    made.faces.stop()
    assert made.running == 0  # the camera is given back


alone = pytest.mark.parametrize("booth", ["alone"], indirect=True)
confirm = pytest.mark.parametrize("booth", ["confirm"], indirect=True)


def enrol(booth: Booth, person: Person, seed: int) -> None:
    before = len(booth.taken())
    booth.show((seed, 4, 3))
    booth.faces.enrol(person, "words")
    until(lambda: len(booth.taken()) > before)
    assert booth.taken()[-1]


@alone
def test_a_face_is_taken_with_advice_and_known_afterwards(booth: Booth) -> None:
    booth.faces.enrol(ALICE, "words")
    until(lambda: FaceHint.NOBODY in booth.hints())
    booth.show((1, 2, 2), (2, 7, 4))
    until(lambda: FaceHint.SEVERAL in booth.hints())
    booth.show((1, 4, 3))
    until(booth.taken)
    assert booth.taken() == [True]
    enrol(booth, BOB, 2)
    for seed, person in ((1, ALICE), (2, BOB)):
        booth.known.clear()
        booth.show((seed, 6, 4))
        booth.faces.look(True)
        until(lambda: booth.known)
        assert [(found.ref, found.way) for found in booth.known] == [(person.ref, "face")]


@alone
def test_a_stranger_is_nobody_and_who_is_no_member_is_forgotten(booth: Booth) -> None:
    enrol(booth, ALICE, 1)
    booth.show((7, 4, 3))
    booth.faces.look(True)
    before = booth.number
    until(lambda: booth.number > before + 2 * FRAMES)
    assert booth.known == []
    booth.ended.add(ALICE.ref)
    booth.show((1, 4, 3))
    until(lambda: booth.faces.book.get(ALICE.ref) is None)
    assert booth.known == []


@confirm
def test_whoever_shows_a_code_is_looked_at(booth: Booth) -> None:
    enrol(booth, ALICE, 1)
    assert not booth.faces.asks(BOB)  # never asked for it
    assert booth.faces.asks(ALICE)
    until(lambda: booth.known)
    assert [(found.ref, found.way) for found in booth.known] == [(ALICE.ref, "code")]


@confirm
def test_another_with_the_card_of_a_member_is_refused(booth: Booth, monkeypatch: pytest.MonkeyPatch) -> None:
    enrol(booth, ALICE, 1)
    booth.show((7, 4, 3))
    face = booth.faces.book.get(ALICE.ref)
    assert face is not None
    refused: list[bool] = []
    booth.watch.confirm(face.template, refused.append, seconds=1.0)
    until(lambda: refused)
    assert refused == [False]
    booth.faces._asked(ALICE, False)
    assert [event.code for event in booth.seen if isinstance(event, MemberRefused)] == ["member.face_differs"]


@confirm
def test_without_alone_nobody_is_looked_for(booth: Booth) -> None:
    enrol(booth, ALICE, 1)
    until(lambda: booth.running == 0)
    before = booth.number
    booth.faces.look(True)
    assert booth.running == 0
    assert booth.number <= before + 1


def test_without_models_nothing_is_offered(keeper: Keeper, bus: EventBus) -> None:
    taken: list[bool] = []
    bus.subscribe(FaceTaken, lambda event: taken.append(event.ok))
    nothing = Faces(
        keeper.book, None, "alone", None, bus, lambda work, *args: work(*args), lambda: 0.0, lambda _: False
    )  # type: ignore[arg-type]
    assert not nothing.usable
    assert not nothing.asks(ALICE)
    nothing.look(True)
    nothing.enrol(ALICE, "words")
    assert taken == [False]
