"""A copy of the database in a second place (another partition, a stick that stays), made daily and read back.

A copy is visible only when it is complete, on the disk, and read through. It holds no key: whoever has a copy is not
this terminal.
"""

import contextlib
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from kiosk.disk import sync_to_disk
from kiosk.errors import StorageError
from kiosk.storage.rescue import examine

KEEP = 2
_ROOM = 8 << 20  # bytes that stay free in the second place


class BackupFailed(StorageError):
    """No copy was made: the second place is not there, is full, or gave back something else than was written."""

    code = "backup.failed"


def copies(folder: Path) -> list[Path]:
    """The copies in a folder, newest first. None where the folder is not there."""
    with contextlib.suppress(OSError):
        return sorted(folder.glob("station-[0-9]*.db"), key=_number, reverse=True)
    return []


def back_up(path: Path, folder: Path) -> Path:
    """Copy the database at `path` while it is in use, read the copy through, and return where it is.

    From a thread of its own: writers go on meanwhile. Raises BackupFailed.
    """
    before = copies(folder)
    done = folder / f"station-{_number(before[0]) + 1 if before else 1}.db"
    growing = done.with_suffix(".part")
    try:
        if not folder.is_dir():
            raise BackupFailed(path=str(folder), problem="the folder is not there")
        if shutil.disk_usage(folder).free < path.stat().st_size + _ROOM:
            raise BackupFailed(path=str(folder), problem="there is no room for a copy")
        growing.unlink(missing_ok=True)
        source = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=30)
        with closing(source), closing(sqlite3.connect(growing)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        sync_to_disk(growing)
        if problem := examine(growing, whole=True):
            raise BackupFailed(path=str(growing), problem=problem)
        growing.replace(done)
        sync_to_disk(folder)
    except (OSError, sqlite3.Error) as error:
        raise BackupFailed(path=str(folder), problem=str(error)) from error
    finally:
        with contextlib.suppress(OSError):
            growing.unlink(missing_ok=True)
    for old in copies(folder)[KEEP:]:
        with contextlib.suppress(OSError):
            old.unlink()
    return done


def _number(path: Path) -> int:
    digits = path.stem.removeprefix("station-")
    return int(digits) if digits.isdigit() else 0
