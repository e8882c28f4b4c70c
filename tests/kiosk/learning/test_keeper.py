"""Packs from the hub and from a stick: the same verifier, the same words in the journal, nothing partial to be seen."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.events import FileArrived
from kiosk.learning import CoursesChanged, CourseState, StickRead
from kiosk.learning.errors import REFUSED_AS
from kiosk.learning.keeper import packs_below
from kiosk.protocol.cose import SigningKey
from kiosk.protocol.pack import PackProblem
from kiosk.storage import Store
from tests.kiosk.learning.conftest import PackMaker, Room, course_document, publisher_document

Maker = PackMaker


def visible(room: Room) -> list[str]:
    folder = room.library.folder
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def only(room: Room) -> Any:
    (row,) = room.learning.courses()
    return row


# -- from the hub -------------------------------------------------------------------------------------------------


def test_a_published_course_waits_for_its_media_and_then_is_there(room: Room, make_pack: Maker) -> None:
    pack = make_pack()
    document = course_document(pack)
    room.publish(publisher_document(), document)
    assert (only(room).state, only(room).title.get("en")) == (CourseState.WAITING, "Safety")
    assert room.keeper.install_waiting() == 0
    parsed: Any = document.parsed()
    room.files.add(parsed.pack, iter([pack.read_bytes()]))
    assert room.keeper.install_waiting() == 1
    assert (only(room).state, only(room).has_quiz) == (CourseState.READY, True)
    assert visible(room) == [parsed.pack.sha256]
    (installed,) = room.bodies("course.installed")
    assert (installed["course"], installed["version"], installed["source"]) == ("safety", 1, "hub")
    assert installed["publisher"] == "wuxi"
    assert room.keeper.install_waiting() == 0
    assert CoursesChanged() in room.events


def test_a_damaged_pack_from_the_hub_is_journalled_once_and_shows_nothing(room: Room, make_pack: Maker) -> None:
    pack = make_pack()
    pack.write_bytes(pack.read_bytes().replace(b"filmfilm", b"filmFilm", 1))  # the hub was given a bad file
    room.offer(pack)
    assert (only(room).state, visible(room)) == (CourseState.WAITING, [])
    room.keeper.install_waiting()
    (refused,) = room.bodies("course.refused")
    assert (refused["problem"], refused["where"], refused["source"]) == ("hash", "film.mp4", "hub")


def test_a_publisher_s_key_that_arrives_later_lets_the_pack_in(room: Room, make_pack: Maker) -> None:
    pack = make_pack()
    document = course_document(pack)
    room.publish(document)
    parsed: Any = document.parsed()
    room.files.add(parsed.pack, iter([pack.read_bytes()]))
    assert room.keeper.install_waiting() == 0
    assert [body["problem"] for body in room.bodies("course.refused")] == ["unknown_publisher"]
    room.publish(publisher_document())
    assert room.keeper.install_waiting() == 1


def test_a_pack_published_under_another_name_is_refused(room: Room, make_pack: Maker) -> None:
    room.offer(make_pack(), version=2)
    assert only(room).state is CourseState.WAITING
    assert room.bodies("course.refused")[0]["problem"] == "manifest"


def test_the_old_version_stays_until_the_new_one_is_whole(offered: Room, make_pack: Maker) -> None:
    second = make_pack("second.course.zip", version=2)
    document = course_document(second, version=2)
    offered.publish(document)
    assert (only(offered).state, only(offered).version) == (CourseState.READY, 1)
    parsed: Any = document.parsed()
    offered.files.add(parsed.pack, iter([second.read_bytes()]))
    offered.keeper.install_waiting()
    assert only(offered).version == 2


def test_at_the_next_start_an_older_version_makes_room(offered: Room, make_pack: Maker) -> None:
    (old,) = visible(offered)
    offered.offer(make_pack("second.course.zip", version=2), version=2)
    assert len(visible(offered)) == 2  # somebody may be watching it
    offered.keeper.tidy()
    (new,) = visible(offered)
    assert new != old
    assert (offered.files.path(old), only(offered).version) == (None, 2)
    assert offered.keeper.install_waiting() == 0
    assert only(offered).state is CourseState.READY


def test_a_stick_with_a_newer_version_than_the_hub_s_is_not_undone(offered: Room, make_pack: Maker) -> None:
    assert offered.keeper.import_file(make_pack("newer.course.zip", version=5), "usb").code == ""
    offered.keeper.tidy()
    assert only(offered).version == 5
    assert offered.keeper.install_waiting() == 0
    assert len(visible(offered)) == 1


def test_a_withdrawn_course_is_gone(offered: Room, make_pack: Maker) -> None:
    offered.publish(course_document(make_pack(), withdrawn=True))
    assert offered.learning.courses() == ()


def test_what_was_lost_from_the_disk_is_unpacked_again(offered: Room) -> None:
    (sha256,) = visible(offered)
    (offered.library.folder / sha256 / "film.mp4").write_bytes(b"short")
    assert only(offered).state is CourseState.WAITING
    assert offered.keeper.install_waiting() == 1
    assert only(offered).state is CourseState.READY
    assert (offered.library.folder / sha256 / "film.mp4").read_bytes() == b"film" * 1000


def test_what_a_power_cut_left_half_unpacked_is_swept_away(offered: Room) -> None:
    left = offered.library.folder / ".new-abc"
    left.mkdir()
    (left / "film.mp4").write_bytes(b"half")
    offered.library.sweep()
    assert not left.exists()
    assert only(offered).state is CourseState.READY


def test_a_crash_between_unpacking_and_writing_it_down_is_made_good(room: Room, make_pack: Maker) -> None:
    pack = make_pack()
    document = course_document(pack)
    room.publish(publisher_document(), document)
    parsed: Any = document.parsed()
    room.files.add(parsed.pack, iter([pack.read_bytes()]))
    with pack.open("rb") as handle:
        room.library.unpack(handle, parsed.pack.sha256, *room.library.trust())
    assert only(room).state is CourseState.WAITING  # it is not on record
    assert room.keeper.install_waiting() == 1
    assert only(room).state is CourseState.READY


# -- from a stick -------------------------------------------------------------------------------------------------


def test_a_stick_brings_a_course_that_no_hub_has_published(room: Room, make_pack: Maker) -> None:
    room.publish(publisher_document())
    shutil.copy(make_pack(), room.stick / "Safety.COURSE.zip")
    (result,) = room.keeper.read_stick()
    assert (result.name, result.code, result.already) == ("Safety.COURSE.zip", "", False)
    assert result.title is not None
    assert (only(room).id, only(room).state) == ("safety", CourseState.READY)
    assert room.bodies("course.installed")[0]["source"] == "usb"
    assert room.keeper.read_stick() == ()  # the same stick is not read over and over


def test_a_stick_spares_the_line_what_the_hub_has_published(room: Room, make_pack: Maker) -> None:
    pack = make_pack()
    document = course_document(pack)
    room.publish(publisher_document(), document)
    shutil.copy(pack, room.stick)
    room.keeper.read_stick()
    parsed: Any = document.parsed()
    assert room.files.path(parsed.pack.sha256) is not None  # sync has nothing left to fetch
    assert only(room).state is CourseState.READY
    room.keeper._seen.clear()
    assert [result.already for result in room.keeper.read_stick()] == [True]


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[data.rindex(b"filmfilm")] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (flip, "pack.damaged"),
        (lambda path: path.write_bytes(path.read_bytes()[:-1]), "pack.damaged"),
        (lambda path: path.write_bytes(b""), "pack.damaged"),
        (lambda path: path.write_bytes(b"<html>not a pack</html>"), "pack.damaged"),
    ],
)
def test_a_bad_pack_on_a_stick_is_named_and_journalled(
    room: Room, make_pack: Maker, spoil: Callable[[Path], None], code: str
) -> None:
    room.publish(publisher_document())
    path = room.stick / "bad.course.zip"
    shutil.copy(make_pack(), path)
    spoil(path)
    (result,) = room.keeper.read_stick()
    assert result.code == code
    assert [body["name"] for body in room.bodies("course.refused")] == ["bad.course.zip"]
    assert (visible(room), room.learning.courses()) == ([], ())


def test_a_stranger_s_pack_on_a_stick_is_not_trusted(room: Room, make_pack: Maker) -> None:
    room.publish(publisher_document())
    shutil.copy(make_pack(key=SigningKey.from_seed("evil", b"e" * 32)), room.stick)
    assert [result.code for result in room.keeper.read_stick()] == ["pack.untrusted"]


def test_links_devices_and_other_files_on_a_stick_are_left_alone(room: Room, make_pack: Maker) -> None:
    room.publish(publisher_document())
    pack = make_pack()
    (room.stick / "link.course.zip").symlink_to(pack)
    os.mkfifo(room.stick / "pipe.course.zip")
    (room.stick / "photos.zip").write_bytes(b"PK")
    deep = room.stick / "a" / "b" / "c" / "d"
    deep.mkdir(parents=True)
    shutil.copy(pack, deep)
    assert room.keeper.read_stick() == ()
    assert packs_below(room.stick / "nothing there") == []
    assert room.kinds("course.") == []


def test_a_pack_given_by_name_may_not_be_a_link_or_a_pipe(room: Room, make_pack: Maker, tmp_path: Path) -> None:
    room.publish(publisher_document())
    link, pipe = tmp_path / "link", tmp_path / "pipe"
    link.symlink_to(make_pack())
    os.mkfifo(pipe)
    for path in (link, pipe, tmp_path / "none"):
        assert room.keeper.import_file(path, "cli").code == "pack.unreadable"


def test_a_full_disk_is_said_and_nothing_is_left(room: Room, make_pack: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    room.publish(publisher_document())
    shutil.copy(make_pack(), room.stick)
    usage = shutil.disk_usage(room.stick)
    monkeypatch.setattr("kiosk.learning.library.shutil.disk_usage", lambda _: usage._replace(free=1000))
    assert [result.code for result in room.keeper.read_stick()] == ["storage.disk_full"]
    assert visible(room) == []


def test_a_key_from_the_configuration_is_believed(tmp_path: Path, store: Store, make_pack: Maker, room: Room) -> None:
    key = SigningKey.from_seed("config", b"c" * 32)
    room.library._publishers = {"config": key.public.hex()}
    assert room.keeper.import_file(make_pack(key=key), "cli").code == ""
    assert room.bodies("course.installed")[0]["publisher"] == "config"


def test_every_problem_has_an_error() -> None:
    assert set(REFUSED_AS) == set(PackProblem)


# -- its own thread -----------------------------------------------------------------------------------------------


def test_the_keeper_works_by_itself(tmp_path: Path, make_pack: Maker) -> None:
    """A real station: what arrives is unpacked, and a stick is read when somebody asks."""
    import threading

    from kiosk.app import Station
    from kiosk.config import load_config
    from kiosk.protocol.catalogue import CatalogueBatch

    (tmp_path / "usb").mkdir()
    config = load_config(
        None, data_dir=tmp_path / "data", usb_dir=tmp_path / "usb", devices={"camera": "", "speech": "silent"}
    )
    station = Station(config)
    arrived, read = threading.Event(), threading.Event()
    station.bus.subscribe(CoursesChanged, lambda _: arrived.set())
    station.bus.subscribe(StickRead, lambda _: read.set())
    station.start()
    try:
        pack = make_pack()
        document = course_document(pack)
        batch = CatalogueBatch(revision=1, documents=[publisher_document(), document])
        station.desk.call(station.store.catalogue.apply, batch)
        parsed: Any = document.parsed()
        station.files.add(parsed.pack, iter([pack.read_bytes()]))
        station.bus.publish(FileArrived(parsed.pack.sha256))
        assert arrived.wait(60)
        (row,) = station.desk.call(station.learning.courses)
        assert row.state is CourseState.READY
        station.courses.look()
        assert read.wait(60)
    finally:
        station.stop()
