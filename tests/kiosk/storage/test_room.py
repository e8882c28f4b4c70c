"""A disk that fills up: media goes first, then the room held back; what is acknowledged is kept to the end."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.clock import ManualClock
from kiosk.protocol.station import SessionStarted
from kiosk.storage import open_store
from kiosk.storage.files import FileStore
from kiosk.storage.room import DiskRoom
from tests.kiosk.storage.test_disk_full import NEW_ROOM, ROOT, can_mount

PROGRAM = """
import json, sys
from pathlib import Path
from kiosk.app import Station
from kiosk.config import load_config
from kiosk.demo import fill
from kiosk.errors import DiskFull
from kiosk.protocol.alarm import AlarmSource
from kiosk.protocol.station import SessionEnded
from kiosk.storage import room

room.LOW, room.HELD, room.PLENTY = 1 << 20, 2 << 20, 6 << 20
DiskRoom = room.DiskRoom
import kiosk.app_core
kiosk.app_core.DiskRoom = lambda file: DiskRoom(file, room.HELD, room.LOW, room.PLENTY)
folder = Path(sys.argv[1])
quiet = {"devices": {"camera": "", "microphone": "", "speech": "silent"}, "boards": {}, "doors": {}, "room": {}}
quiet["cabinets"] = {}
station = Station(load_config(None, data_dir=folder, **quiet))
station.desk.call(fill, station)
station.start()
media = [path for path in (folder / "files").rglob("*") if path.is_file()]
(folder / "files" / "partial").mkdir(parents=True, exist_ok=True)
(folder / "files" / "partial" / ("0" * 64)).write_bytes(bytes(1 << 20))
report = {"held": station.disk.is_held, "media": len(media)}
junk = (folder / "junk").open("wb")
while station.disk.free() > (1 << 20) + 200_000:
    junk.write(bytes(100_000)); junk.flush()
body = SessionEnded(session="x" * 900, reason="idle", seconds=1)
said = []
while station.desk.call(lambda: station.disk.is_held):
    said.append(station.desk.call(station.store.append, body).seq)
report["partial_gone"] = not list((folder / "files" / "partial").iterdir())
before = len(said)
try:
    while True:
        said.append(station.desk.call(station.store.append, body).seq)
except DiskFull:
    pass
report["from_reserve"] = len(said) - before
incident = station.desk.call(station.alarm.press, AlarmSource.SCREEN)
report["alarm"] = [bool(incident.id), incident.stored]
kept = {e.seq for e in station.desk.call(lambda: list(station.store.journal.all()))}
report["lost"] = len(set(said) - kept)
junk.close(); (folder / "junk").unlink()
station.desk.call(station.store.append, body)
station.desk.call(setattr, station.store, "_commits", 0)
station.desk.call(station.store.tidy)
report["held_again"] = station.disk.is_held
station.stop()
print("REPORT" + json.dumps(report))
"""


def test_a_station_on_a_disk_that_fills_up(tmp_path: Path) -> None:
    if not can_mount(tmp_path):
        pytest.skip("no user namespaces here")
    script = 'mount -t tmpfs -o size=40m none "$1" && exec "$2" -c "$3" "$1"'
    done = subprocess.run(
        [*NEW_ROOM, "sh", "-c", script, "sh", str(tmp_path), sys.executable, PROGRAM],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "REPORT" in done.stdout, done.stderr[-3000:]
    report = json.loads(done.stdout.split("REPORT")[1])
    assert report["held"]
    assert report["partial_gone"], "media goes before the room that is held back"
    assert report["from_reserve"] > 1000, "what was held back is the journal's"
    assert report["alarm"] == [True, False], "an alarm is raised, and says that it is not on disk"
    assert report["lost"] == 0
    assert report["held_again"]


def test_room_is_held_back_only_where_there_is_plenty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = DiskRoom(tmp_path / "room.held", 1000, 500, 5000)
    monkeypatch.setattr(DiskRoom, "free", lambda _self: 5999)
    room.hold()
    assert not room.is_held
    monkeypatch.setattr(DiskRoom, "free", lambda _self: 6000)
    room.hold()
    assert (tmp_path / "room.held").stat().st_size == 1000
    assert room.has_room_for(3000)
    assert not room.has_room_for(4000)


def test_media_is_asked_once_and_then_the_room_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = DiskRoom(tmp_path / "room.held", 1000, 500, 5000)
    monkeypatch.setattr(DiskRoom, "free", lambda _self: 6000)
    store = open_store(tmp_path / "station.db", ManualClock(), room=room)
    store.tidy()
    asked: list[int] = []
    room.make_room = lambda: asked.append(1) or 0  # type: ignore[func-returns-value]
    monkeypatch.setattr(DiskRoom, "free", lambda _self: 499)
    for _ in range(3):
        store.append(SessionStarted(session="s"))
    assert asked == [1]
    assert not room.is_held
    store.close()


def test_files_that_nothing_names_are_thrown_away(tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    for name in ("ab" * 32, "cd" * 32):
        (tmp_path / name[:2]).mkdir()
        (tmp_path / name[:2] / name).write_bytes(b"12345")
    (tmp_path / "partial").mkdir()
    (tmp_path / "partial" / "x").write_bytes(b"123")
    assert files.discard({"ab" * 32}) == 8
    assert files.path("ab" * 32) is not None
    assert files.path("cd" * 32) is None
