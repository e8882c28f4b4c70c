"""Brings packs in: those that sync has fetched for the catalogue, and those on a USB stick. Both by the same verifier.

The slow work (reading, hashing, writing) has a thread of its own; what it finds is recorded on the desk.
"""

import hashlib
import logging
import os
import queue
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from kiosk.desk import Desk
from kiosk.errors import KioskError
from kiosk.events import CatalogueUpdated, EventBus, FileArrived
from kiosk.learning.errors import REFUSED_AS, PackUnreadable
from kiosk.learning.events import CoursesChanged, StickRead
from kiosk.learning.library import Ledger, Library, Source, installed, refused
from kiosk.learning.rows import StickResult
from kiosk.protocol.catalogue import FileRef
from kiosk.protocol.pack import MAX_PACK_BYTES, Pack, PackRefused, open_pack
from kiosk.storage.files import FileStore

log = logging.getLogger(__name__)
SUFFIX = ".course.zip"
_LOOK_EVERY = 5.0  # seconds between looks at where sticks appear
_DEEPEST, _MOST_FOLDERS, _MOST_PACKS = 3, 500, 50
_CHUNK = 1 << 20
_KINDS = frozenset({"course", "course_publisher"})
_Mark = tuple[str, int, int]


class Keeper:
    """Started and stopped by the composition root. `install_waiting` and `read_stick` may also be called at once."""

    def __init__(
        self, library: Library, files: FileStore, ledger: Ledger, desk: Desk, bus: EventBus, stick: Path
    ) -> None:
        self._library = library
        self._files = files
        self._ledger = ledger
        self._desk = desk
        self._bus = bus
        self._stick = stick
        self._jobs: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._busy = threading.Lock()
        self._seen: set[_Mark] = set()
        self._refused: set[str] = set()  # packs of the hub that need not be tried again until something changes
        self._thread: threading.Thread | None = None
        bus.subscribe(CatalogueUpdated, self._on_catalogue)
        bus.subscribe(FileArrived, lambda _: self._jobs.put("hub"))

    def start(self) -> None:
        self._library.sweep()
        self.tidy()
        self._jobs.put("hub")
        self._thread = threading.Thread(target=self._run, name="courses", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish the pack at hand, then end the thread. Stopping twice is harmless."""
        if self._thread is not None:
            self._jobs.put("end")
            self._thread.join(60)
            self._thread = None

    def tidy(self) -> None:
        """Make room: older versions go, once a newer one is here. At the start, while nobody watches any of them."""
        kept = self._desk.call(self._library.published)
        for sha256 in self._desk.call(self._library.superseded):
            self._library.remove(sha256)
            if sha256 not in kept:  # else sync would only fetch it again
                self._files.remove(sha256)

    def make_room(self, enough: Callable[[], bool], everything: bool) -> int:
        """Throw away what the hub can send again, until that is enough: packs that are unpacked beside it, then (where
        `everything` may go) unpacked ones, the largest first. On the desk thread. Returns the bytes that gave.
        """
        gained = 0
        kept = self._library.published()
        for sha256 in kept:
            path = self._files.path(sha256)
            if path is not None and self._library.has(sha256) and not enough():
                gained += path.stat().st_size
                self._files.remove(sha256)
        for sha256 in sorted(kept, key=self._library.size, reverse=True) if everything else ():
            if not enough() and (size := self._library.size(sha256)):
                gained += size
                self._library.remove(sha256)
        if gained:
            self._bus.publish(CoursesChanged())
        return gained

    def look(self) -> None:
        """Somebody asks for the stick to be read now; the answer is the event `StickRead`. From any thread."""
        self._seen.clear()
        self._jobs.put("stick")

    def install_waiting(self) -> int:
        """Unpack what has been fetched (or was lost) and can be unpacked. Returns how many packs became whole."""
        with self._busy:
            wanted, lost = self._desk.call(self._library.wanted), self._desk.call(self._library.lost)
            done = sum(self._install_fetched(sha256) for sha256 in dict.fromkeys([*wanted, *lost]))
        if done:
            self._bus.publish(CoursesChanged())
        return done

    def read_stick(self) -> tuple[StickResult, ...]:
        """Import every pack below the folder where sticks appear that was not looked at before."""
        with self._busy:
            found = {mark: path for path in packs_below(self._stick) if (mark := _mark(path)) is not None}
            fresh = [path for mark, path in found.items() if mark not in self._seen]
            self._seen = set(found)
            results = tuple(self._import(path, "usb") for path in fresh)
        if any(not result.code and not result.already for result in results):
            self._bus.publish(CoursesChanged())
        return results

    def import_file(self, path: Path, source: Source) -> StickResult:
        """Import one pack. `code` of the result says what was wrong, "" when it is here now."""
        with self._busy:
            result = self._import(path, source)
        if not result.code:
            self._bus.publish(CoursesChanged())
        return result

    def _run(self) -> None:
        while True:
            try:
                job = self._jobs.get(timeout=_LOOK_EVERY)
            except queue.Empty:
                job = "look"
            if job == "end":
                return
            try:
                if job == "hub":
                    self.install_waiting()
                else:
                    results = self.read_stick()
                    if results or job == "stick":
                        self._bus.publish(StickRead(results))
            except Exception:
                log.exception("courses: %s failed", job)

    def _on_catalogue(self, event: CatalogueUpdated) -> None:
        if event.kinds & _KINDS:
            self._refused.clear()
            self._jobs.put("hub")
            self._bus.publish(CoursesChanged())

    def _install_fetched(self, sha256: str) -> bool:
        path = self._files.path(sha256)
        if path is None or sha256 in self._refused:
            return False
        try:
            with path.open("rb") as handle:
                self._unpack(handle, sha256, "hub")
        except (KioskError, OSError) as error:
            self._refused.add(sha256)
            self._note_refusal(sha256, error, "hub")
            return False
        return True

    def _import(self, path: Path, source: Source) -> StickResult:
        title = None
        try:
            with _open(path) as handle:
                ring, at = self._desk.call(self._library.trust)
                pack = open_pack(handle, ring, at)
                title = pack.manifest.title
                sha256, size = _digest(handle)
                if self._desk.call(self._library.has, sha256):
                    return StickResult(path.name, title, already=True)
                if self._files.path(sha256) is None:
                    self._files.add(FileRef(sha256=sha256, size=size), _chunks(handle))
            with (self._files.path(sha256) or path).open("rb") as handle:
                self._unpack(handle, sha256, source)
        except PackRefused as error:
            known = REFUSED_AS[error.problem](problem=error.problem.value, where=error.where)
            self._note_refusal(path.name, known, source)
            return StickResult(path.name, title, known.code)
        except (KioskError, OSError) as error:
            self._note_refusal(path.name, error, source)
            return StickResult(path.name, title, error.code if isinstance(error, KioskError) else PackUnreadable.code)
        return StickResult(path.name, title)

    def _unpack(self, handle: BinaryIO, sha256: str, source: Source) -> None:
        ring, at = self._desk.call(self._library.trust)
        wanted = self._desk.call(self._library.wanted).get(sha256)
        expected = (wanted[0], wanted[1].version) if wanted else None
        pack = self._library.unpack(handle, sha256, ring, at, expected)
        self._desk.call(self._record, pack, sha256, source)

    def _record(self, pack: Pack, sha256: str, source: Source) -> None:
        log.info("course %s version %d is here", pack.manifest.course, pack.manifest.version)
        self._ledger.append(installed(pack, sha256, source))

    def _note_refusal(self, name: str, error: KioskError | OSError, source: Source) -> None:
        known = error if isinstance(error, KioskError) else PackUnreadable(problem="unreadable", where=str(error)[:200])
        log.warning("pack %s was not taken: %s", name, known)
        self._desk.call(self._ledger.append, refused(name, known.details, known.code, source))


def packs_below(folder: Path) -> list[Path]:
    """Files that call themselves packs, at most a few folders deep. Links are not followed."""
    found: list[Path] = []
    for number, (root, names, files) in enumerate(os.walk(folder, followlinks=False), start=1):
        depth = len(Path(root).relative_to(folder).parts)
        names[:] = sorted(n for n in names if not n.startswith(".")) if depth < _DEEPEST else []
        found += [Path(root) / name for name in sorted(files) if name.lower().endswith(SUFFIX)]
        if number >= _MOST_FOLDERS or len(found) >= _MOST_PACKS:
            break
    return found[:_MOST_PACKS]


def _mark(path: Path) -> _Mark | None:
    try:
        info = path.lstat()
    except OSError:
        return None
    return (str(path), info.st_size, info.st_mtime_ns) if stat.S_ISREG(info.st_mode) else None


def _open(path: Path) -> BinaryIO:
    """The file itself: not what a link points to, and not a device that never ends."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    handle = os.fdopen(descriptor, "rb")
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        handle.close()
        raise OSError(f"{path.name} is not a file")
    return handle


def _digest(handle: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in _chunks(handle):
        digest.update(chunk)
        size += len(chunk)
        if size > MAX_PACK_BYTES:
            break
    return digest.hexdigest(), size


def _chunks(handle: BinaryIO) -> Iterator[bytes]:
    handle.seek(0)
    while chunk := handle.read(_CHUNK):
        yield chunk
