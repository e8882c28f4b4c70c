"""A station's database with real work in it, made once, and ways to damage a copy of it. For tests."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

from kiosk.clock import ManualClock
from kiosk.errors import KioskError
from kiosk.storage import Store
from tests.kiosk.supplies.conftest import ITEMS, World
from tests.kiosk.supplies.worker import step

SECTOR = 512


def worked(path: Path, steps: int = 150, seed: int = 7) -> Store:
    """A store in which somebody worked at the shelf. The caller closes it."""
    store = Store(path, ManualClock())
    world, chance, done = World(store, ManualClock()), random.Random(seed), ""
    world.publish(*ITEMS)
    world.session.wake()
    for _ in range(steps):
        try:
            done = step(world, chance, done) or done
        except KioskError:
            continue
    return store


def snapshot(path: Path, folder: Path) -> Path:
    """The files of a database that is open, as a power cut now would leave them."""
    folder.mkdir(parents=True, exist_ok=True)
    for tail in ("", "-wal"):
        if path.with_name(path.name + tail).exists():
            shutil.copyfile(path.with_name(path.name + tail), folder / f"station.db{tail}")
    return folder / "station.db"


def flip(data: bytearray, chance: random.Random) -> None:
    """A few bits turn."""
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def wipe(data: bytearray, chance: random.Random) -> None:
    """A sector or a page is gone."""
    size = chance.choice([SECTOR, 4096])
    at = chance.randrange(max(1, len(data) // size)) * size
    data[at : at + size] = bytes(len(data[at : at + size]))


def cut(data: bytearray, chance: random.Random) -> None:
    """The end is gone."""
    del data[chance.randrange(len(data)) :]


def garbage(data: bytearray, chance: random.Random) -> None:
    """A sector holds something else."""
    at = chance.randrange(max(1, len(data) // SECTOR)) * SECTOR
    data[at : at + SECTOR] = chance.randbytes(len(data[at : at + SECTOR]))


WAYS: tuple[Callable[[bytearray, random.Random], None], ...] = (flip, wipe, cut, garbage)


def damage(file: Path, chance: random.Random) -> str:
    """Damage a file in one of these ways. Returns which."""
    data = bytearray(file.read_bytes())
    if not data:
        return "empty"
    way = chance.choice(WAYS)
    way(data, chance)
    file.write_bytes(bytes(data))
    return way.__name__


def mixed(old: bytes, new: bytes, chance: random.Random) -> bytes:
    """A file of which some sectors were written and others were not: a disk that lied about its cache."""
    size = max(len(old), len(new))
    out = bytearray(size if chance.random() < 0.5 else len(new))
    for at in range(0, len(out), SECTOR):
        source = new if chance.random() < 0.5 or at >= len(old) else old
        piece = source[at : at + SECTOR]
        out[at : at + len(piece)] = piece
    return bytes(out)


def ids(path: Path) -> list[str]:
    """The ids in a database file that is whole."""
    db = sqlite3.connect(path)
    try:
        return [row[0] for row in db.execute("SELECT id FROM journal ORDER BY seq")]
    finally:
        db.close()
