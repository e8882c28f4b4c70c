"""Somebody watches, and the power goes: nothing that was acknowledged is lost, and they go on where they were."""

import json
import select
import signal
import subprocess
import sys
from pathlib import Path

from kiosk.clock import ManualClock
from kiosk.session import Person
from kiosk.storage import Store
from tests.kiosk.learning.conftest import PackMaker, Room, publisher_document

ALICE = Person("aa" * 10)
CHILD = """
import json, sys
from pathlib import Path
from kiosk.clock import ManualClock
from kiosk.session import Person
from kiosk.storage import Store
from tests.kiosk.learning.conftest import Room

folder = Path(sys.argv[1])
clock = ManualClock()
store = Store(folder / "station.db", clock)
room = Room(folder, store, clock)
room.session.recognise(Person("aa" * 10))
sitting = room.learning.open("safety")
position = sitting.films[0].position_ms
while True:
    clock.advance(1)
    room.learning.report(sitting.launch, "film", position)
    written = [e.body["position_ms"] for e in store.journal.newest("learning.progressed", 1)]
    print(json.dumps([position, written[0] if written else 0]), flush=True)
    position = position + 1000 if position < 50_000 else position
    sys.stdin.readline()
"""


def test_after_kill_minus_nine_the_film_goes_on_where_it_was(tmp_path: Path) -> None:
    maker = PackMaker(tmp_path / "packs")
    maker.folder.mkdir()
    store = Store(tmp_path / "station.db", ManualClock())
    room = Room(tmp_path, store, ManualClock())
    room.offer(maker())
    room.desk.close()
    store.close()
    resumed = 0
    for steps in (13, 4, 22):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(tmp_path)],
            cwd=Path(__file__).parents[3],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdin is not None
        assert child.stdout is not None
        said = [0, 0]
        for number in range(steps):
            said = json.loads(child.stdout.readline())
            if number == 0:
                assert said[0] == resumed  # it goes on where the journal says
            if number < steps - 1:
                child.stdin.write("\n")
                child.stdin.flush()
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdin.close()
        child.stdout.close()
        store = Store(tmp_path / "station.db", ManualClock())
        room = Room(tmp_path, store, ManualClock())
        assert room.learning.abandon_left_open() == 1
        room.session.recognise(ALICE)
        (film,) = room.learning.open("safety").films
        room.session.finish()
        assert film.position_ms == said[1]  # what was acknowledged is there
        assert said[0] - film.position_ms <= 10_000  # and no more than ten seconds are lost
        resumed = film.position_ms
        room.desk.close()
        store.close()


UNPACKER = """
import sys
from pathlib import Path
from kiosk.clock import ManualClock
from kiosk.storage import Store
from tests.kiosk.learning.conftest import Room

folder = Path(sys.argv[1])
store = Store(folder / "station.db", ManualClock())
room = Room(folder, store, ManualClock())
print("ready", flush=True)
sys.stdin.readline()
room.keeper.import_file(folder / "packs" / "safety.course.zip", "cli")
print("done", flush=True)
sys.stdin.readline()
"""


def test_a_pack_is_whole_or_not_there_whenever_the_power_goes(tmp_path: Path) -> None:
    maker = PackMaker(tmp_path / "packs")
    maker.folder.mkdir()
    maker.files["film.mp4"] = bytes(range(256)) * 60_000  # 15 MB, long enough to be hit in the middle
    maker()
    store = Store(tmp_path / "station.db", ManualClock())
    Room(tmp_path, store, ManualClock()).publish(publisher_document())
    store.close()
    for milliseconds in (15, 40, 80, 150):
        child = subprocess.Popen(
            [sys.executable, "-c", UNPACKER, str(tmp_path)],
            cwd=Path(__file__).parents[3],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        child.stdin.write("\n")
        child.stdin.flush()
        select.select([child.stdout], [], [], milliseconds / 1000)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdin.close()
        child.stdout.close()
        store = Store(tmp_path / "station.db", ManualClock())
        room = Room(tmp_path, store, ManualClock())
        visible = [path for path in room.library.folder.glob("*") if not path.name.startswith(".")]
        for folder in visible:
            assert {path.name for path in folder.iterdir()} == {"manifest.json", *maker.files}
            assert all((folder / name).read_bytes() == data for name, data in maker.files.items())
        assert room.learning.courses() == () or visible
        room.library.sweep()
        room.desk.close()
        store.close()
    store = Store(tmp_path / "station.db", ManualClock())
    room = Room(tmp_path, store, ManualClock())
    assert room.keeper.import_file(tmp_path / "packs" / "safety.course.zip", "cli").code == ""
    assert len(room.learning.courses()) == 1
    room.desk.close()
    store.close()
