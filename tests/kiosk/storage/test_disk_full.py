"""A disk that is really full: said as such, nothing lost, and work goes on once there is room."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
NEW_ROOM = ["unshare", "--user", "--map-root-user", "--mount"]
PROGRAM = """
import json, sys
from pathlib import Path
from kiosk.clock import ManualClock
from kiosk.errors import DiskFull, StorageError
from kiosk.protocol.station import SessionEnded
from kiosk.storage import Store

folder = Path(sys.argv[1])
ballast = folder / "ballast"
ballast.write_bytes(bytes(300_000))
store = Store(folder / "station.db", ManualClock())
said, refused = [], ""
try:
    while True:
        said.append(store.append(SessionEnded(session="x" * 900, reason="idle", seconds=1)).seq)
except StorageError as error:
    refused = error.code
kept = [entry.seq for entry in store.journal.all()]
before = store.derived()
ballast.unlink()
after = store.append(SessionEnded(session="after", reason="idle", seconds=1)).seq
store.close()
again = Store(folder / "station.db", ManualClock())
seqs = [entry.seq for entry in again.journal.all()]
again.rebuild()
same = again.derived() == before
again.close()
print(json.dumps({"said": said, "refused": refused, "kept": kept, "after": after, "seqs": seqs, "same": same}))
"""


def can_mount(folder: Path) -> bool:
    """Whether this machine lets us have a small disk of our own."""
    if shutil.which("unshare") is None:
        return False
    tried = subprocess.run([*NEW_ROOM, "mount", "-t", "tmpfs", "none", str(folder)], capture_output=True, check=False)
    return tried.returncode == 0


@pytest.mark.parametrize("kilobytes", [760, 900, 1100])
def test_a_disk_that_is_full(tmp_path: Path, kilobytes: int) -> None:
    if not can_mount(tmp_path):
        pytest.skip("no user namespaces here; test_store.py fills a database by its page limit")
    script = f'mount -t tmpfs -o size={kilobytes}k none "$1" && exec "$2" -c "$3" "$1"'
    done = subprocess.run(
        [*NEW_ROOM, "sh", "-c", script, "sh", str(tmp_path), sys.executable, PROGRAM],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["refused"] == "storage.disk_full"
    assert len(report["said"]) > 20
    assert report["kept"] == report["said"], "what was acknowledged is there, and what was refused is not"
    assert report["after"] == len(report["said"]) + 1, "once there is room it goes on, without a gap"
    assert report["seqs"] == [*report["said"], report["after"]]
    assert report["same"]
