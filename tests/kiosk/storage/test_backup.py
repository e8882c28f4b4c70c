"""The copy in the second place: made while people work, read through, and good for starting again."""

import json
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kiosk.clock import ManualClock
from kiosk.devices.ports import DeviceState
from kiosk.protocol.station import SessionStarted
from kiosk.station.spare import SpareCopy
from kiosk.storage import Store
from kiosk.storage import backup as backup_module
from kiosk.storage.backup import KEEP, BackupFailed, back_up, copies
from kiosk.storage.rescue import examine
from tests.kiosk.storage.damage import ids, worked

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "second"
    folder.mkdir()
    return folder


def test_a_copy_is_whole_while_somebody_writes(tmp_path: Path, place: Path) -> None:
    store = worked(tmp_path / "station.db", 40)
    made: list[Path] = []
    copying = threading.Thread(target=lambda: made.extend(back_up(store.path, place) for _ in range(5)))
    copying.start()
    while copying.is_alive():
        store.append(SessionStarted(session="s" * 200))
    copying.join()
    written = [entry.id for entry in store.journal.all()]
    store.close()
    for copy in copies(place):
        assert examine(copy, whole=True) == ""
        have = ids(copy)
        assert have == written[: len(have)]
    assert copies(place) == made[: -KEEP - 1 : -1], "the newest are kept"
    assert not list(place.glob("*.part"))


def test_what_can_go_wrong_with_the_second_place(tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = worked(tmp_path / "station.db", 20)
    with pytest.raises(BackupFailed, match="not there"):
        back_up(store.path, tmp_path / "nowhere")
    back_up(store.path, place)
    with monkeypatch.context() as patched:
        patched.setattr(backup_module, "_ROOM", 1 << 60)
        with pytest.raises(BackupFailed, match="no room"):
            back_up(store.path, place)
    with monkeypatch.context() as patched:
        patched.setattr(backup_module, "examine", lambda *_args, **_kwargs: "a sector is gone")
        with pytest.raises(BackupFailed, match="a sector is gone"):
            back_up(store.path, place)
    assert [copy.name for copy in copies(place)] == ["station-1.db"], "what was good is still there, and nothing else"
    assert [file.name for file in place.iterdir()] == ["station-1.db"]
    store.close()


def test_once_a_day_and_when_nobody_is_here(tmp_path: Path) -> None:
    clock, made, here = ManualClock(), [], [True]
    looks = []

    def make() -> None:
        made.append(clock.monotonic())
        if len(made) == 2:
            raise BackupFailed(problem="the stick is gone")

    spare = SpareCopy(make, lambda: None, lambda: not here[0], clock.monotonic, looks.append)

    def look() -> None:
        looks[0]()
        for thread in threading.enumerate():
            if thread.name == "spare-copy":
                thread.join()

    spare.start()
    look()
    assert made == [], "somebody is here"
    here[0] = False
    look()
    look()
    assert len(made) == 1, "there was none, and now there is"
    clock.advance(86_401)
    look()
    assert (len(made), spare.health().state, spare.health().detail) == (2, DeviceState.SICK, "the stick is gone")
    look()
    assert len(made) == 2, "not again at once"
    here[0] = True
    clock.advance(3 * 3600)
    look()
    assert (len(made), spare.health().state) == (3, DeviceState.WELL), "a room that is never empty gets one too"
    spare.stop()
    assert SpareCopy(None, lambda: None, lambda: True, clock.monotonic).health().state is DeviceState.OFF


def command(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_with_the_commands_of_an_installer(tmp_path: Path, place: Path) -> None:
    data = tmp_path / "data"
    worked(data / "station.db", 30).close()
    before = ids(data / "station.db")
    done = command("--data-dir", str(data), "backup", "--to", str(place), "--json")
    assert done.returncode == 0, done.stderr
    copy = Path(json.loads(done.stdout)["copy"])
    store = Store(data / "station.db", ManualClock())
    late = store.append(SessionStarted(session="after the copy")).id
    refused = command("--data-dir", str(data), "restore", "--from", str(copy))
    assert (refused.returncode, "storage.in_use" in refused.stderr) == (2, True), refused.stderr
    name = store.journal_name
    store.close()
    with (data / "station.db").open("r+b") as file:
        file.truncate(5000)
    (data / "station.db-wal").unlink(missing_ok=True)
    done = command("--data-dir", str(data), "restore", "--from", str(copy), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["entries"] >= len(before)
    assert set(before) <= set(ids(data / "station.db"))
    again = Store(data / "station.db", ManualClock())
    assert again.journal_name != name
    assert again.meta("restore.station") is None, "the hub is asked for what came after the copy"
    again.close()
    assert late
    bad = place / "bad.db"
    shutil.copyfile(copy, bad)
    bad.write_bytes(bad.read_bytes()[:9000])
    wrong = command("--data-dir", str(data), "restore", "--from", str(bad))
    assert (wrong.returncode, "damaged itself" in wrong.stderr) == (2, True), wrong.stderr
    none = command("--data-dir", str(data), "backup")
    assert (none.returncode, "no second place" in none.stderr) == (2, True), none.stderr
