"""A stick that is carried by hand, for a station whose line is down for long, or that has none.

What the hub wrote to it is taken first (and with it the key to seal with), then what waits here is written, read back,
and only then is it said that the stick may be pulled out. The files are those of `kiosk.protocol.stick`.
"""

import errno
import hashlib
import logging
import os
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from kiosk.desk import Desk
from kiosk.disk import sync_to_disk
from kiosk.errors import KioskError
from kiosk.events import EventBus, FileArrived
from kiosk.identity import Identity
from kiosk.protocol.catalogue import CatalogueBatch, Document, FileRef
from kiosk.protocol.journal import Batch
from kiosk.protocol.registration import RegistrationSettings
from kiosk.protocol.stick import ACK, CATALOGUE, FILES, MAX_JSON, JournalAck, journal_name, parcel_name, write_line
from kiosk.station.carrying import (
    Carried,
    CarryChanged,
    Outbox,
    PoisonRow,
    SealKeyUnknown,
    StickAbsent,
    StickDamaged,
    StickForeign,
    StickFull,
    StickUnproven,
    StickUnwritable,
)
from kiosk.storage import Store
from kiosk.storage.files import FileStore, file_refs
from kiosk.sync.applying import POISON, Applying
from kiosk.sync.runner import SENT

log = logging.getLogger(__name__)
_BATCH = 500
_CHUNK = 1 << 20
_SHOWN = 20
_DEEPEST = 2  # /media/<label> or /media/<user>/<label>


class Stick:
    """`exchange` does it on a thread of its own; `outbox` is for the desk thread.

    `folder` is where sticks appear, `mounted` whether a folder is one; `attachments` are those that entries name.
    """

    def __init__(
        self,
        folder: Path,
        store: Store,
        files: FileStore,
        identity: Identity,
        desk: Desk,
        bus: EventBus,
        applying: Applying,
        attachments: Callable[[], list[FileRef]],
        has_room: Callable[[int], bool],
        mounted: Callable[[Path], bool] = os.path.ismount,
    ) -> None:
        self._folder = folder
        self._store = store
        self._files = files
        self._identity = identity
        self._desk = desk
        self._bus = bus
        self._applying = applying
        self._attachments = attachments
        self._has_room = has_room
        self._mounted = mounted
        self._busy = threading.Lock()

    def outbox(self) -> Outbox:
        """What waits here, and what the hub keeps apart."""
        reached, journal = self._applying.acknowledged(), self._store.journal
        oldest = next(iter(journal.after(reached, 1)), None)
        seqs = sorted((int(name.removeprefix(POISON)) for name in self._store.metas(POISON)), reverse=True)
        rows: list[PoisonRow] = []
        for seq in seqs[:_SHOWN]:
            for entry in journal.after(seq - 1, 1):
                if entry.seq == seq:
                    reason = self._store.meta(f"{POISON}{seq}") or ""
                    rows.append(PoisonRow(seq, entry.kind, entry.at, reason))
        return Outbox(journal.last_seq() - reached, oldest.at if oldest else None, tuple(rows))

    def begin(self) -> None:
        """Read and write the stick on a thread of its own; the answer is the event `CarryChanged`. From any thread."""
        threading.Thread(target=self._exchange, name="stick", daemon=True).start()

    def _exchange(self) -> None:
        if not self._busy.acquire(blocking=False):
            return
        try:
            self._bus.publish(CarryChanged(True))
            try:
                done = CarryChanged(False, self.exchange())
            except KioskError as error:
                log.warning("the stick was not used: %s", error)
                done = CarryChanged(False, problem=error.code)
            except Exception:
                log.exception("the stick was not used")
                done = CarryChanged(False, problem=KioskError.code)
        finally:
            self._busy.release()
        self._bus.publish(done)

    def exchange(self) -> Carried:
        """Take what is on the stick and write what waits here. Blocking, not on the desk thread.

        Raises StickAbsent, StickForeign, StickFull, StickUnwritable, SealKeyUnknown. What came and could not be used
        does not keep the journal here: `refused` of the result says why.
        """
        stick = self._find()
        revision = files = confirmed = 0
        refused = ""
        try:
            revision, files, confirmed = self._take(stick)
        except StickForeign:
            raise
        except KioskError as error:
            log.warning("what is on the stick was not used: %s", error)
            refused = error.code
        except (OSError, zipfile.BadZipFile, ValidationError, ValueError, KeyError) as error:
            log.warning("what is on the stick cannot be read: %r", error)
            refused = StickDamaged.code
        written, attachments = self._write(stick)
        return Carried(written, attachments, revision, files, confirmed, refused)

    def _find(self) -> Path:
        """The stick with something for this station, else the only one there is. Raises StickAbsent, StickForeign."""
        found = [path for path in _below(self._folder, _DEEPEST) if self._mounted(path) or _parcels(path)]
        ours = [path for path in found if (path / parcel_name(self._identity.station_id)).is_file()]
        if ours:
            return ours[0]
        free = [path for path in found if not _parcels(path)]
        if not free:
            raise StickForeign() if found else StickAbsent()
        return free[0]

    # -- what comes ---------------------------------------------------------------------------------------------------

    def _take(self, stick: Path) -> tuple[int, int, int]:
        """The revision that came (0: none newer), how many files, and how many entries are confirmed."""
        path = stick / parcel_name(self._identity.station_id)
        if not path.is_file():
            return 0, 0, 0
        if not self._store.catalogue.guarded:
            raise StickUnproven()
        with zipfile.ZipFile(path) as parcel:
            batch = CatalogueBatch.model_validate_json(_member(parcel, CATALOGUE))
            before = self._desk.call(self._store.catalogue.revision)
            if batch.revision > before:
                self._desk.call(self._applying.apply, batch)
            files = self._take_files(parcel)
            confirmed = self._desk.call(self._confirm, Document.model_validate_json(_member(parcel, ACK)))
        return (batch.revision if batch.revision > before else 0), files, confirmed

    def _take_files(self, parcel: zipfile.ZipFile) -> int:
        """Files that the catalogue names and that are not here, as far as there is room."""
        bodies = self._desk.call(self._store.catalogue.every_body)
        wanted = {ref.sha256: ref for body in bodies for ref in file_refs(body)}
        names, count = set(parcel.namelist()), 0
        for sha256, ref in wanted.items():
            if FILES + sha256 in names and self._files.path(sha256) is None and self._has_room(ref.size):
                with parcel.open(FILES + sha256) as handle:
                    self._files.add(ref, _chunks(handle))
                self._bus.publish(FileArrived(sha256))
                count += 1
        return count

    def _confirm(self, document: Document) -> int:
        """The hub has what an earlier stick carried. Raises CatalogueUnproven, pydantic.ValidationError."""
        self._store.catalogue.check(document)
        ack = document.parsed()
        if not isinstance(ack, JournalAck) or ack.journal != self._store.journal_name:
            return 0
        before = self._applying.acknowledged()
        reached = max(before, min(ack.acknowledged, self._store.journal.last_seq()))
        self._applying.acknowledge(reached, ack.poison)
        for sha256 in {ref.sha256 for ref in self._attachments()} & set(ack.files):
            self._store.set_meta(SENT + sha256, "sent")
            self._files.remove(sha256)
        return reached - before

    # -- what goes ----------------------------------------------------------------------------------------------------

    def _write(self, stick: Path) -> tuple[int, int]:
        """How many entries and attachments lie on the stick now, read back."""
        path = stick / journal_name(self._identity.station_id)
        waiting = self._desk.call(self._waiting_attachments)
        if not waiting and not self._desk.call(lambda: self._store.journal.after(self._applying.acknowledged(), 1)):
            path.unlink(missing_ok=True)  # everything that is on it is at the hub
            return 0, 0
        settings = self._desk.call(self._store.catalogue.only, RegistrationSettings)
        if settings is None:
            raise SealKeyUnknown()
        growing, digest = path.with_name(path.name + ".part"), hashlib.sha256()
        entries = attachments = 0
        try:
            with growing.open("wb") as handle:
                for line, count in self._lines(bytes.fromhex(settings.seal_key), waiting):
                    handle.write(line)
                    digest.update(line)
                    entries, attachments = entries + count, attachments + (count == 0)
                handle.flush()
                os.fsync(handle.fileno())
            _read_back(growing, digest.hexdigest())
            growing.replace(path)
            sync_to_disk(stick)
        except OSError as error:
            with_room = error.errno not in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
            raise (StickUnwritable if with_room else StickFull)(problem=str(error)) from error
        finally:
            _remove(growing)
        return entries, attachments

    def _lines(self, seal_to: bytes, attachments: list[FileRef]) -> Iterator[tuple[bytes, int]]:
        """Each line with the number of entries in it. Attachments first: who has the entries has them as well."""
        station, key = self._identity.station_id, self._identity.public_key.hex()
        sign = self._identity.sign
        for ref in attachments:
            if (path := self._files.path(ref.sha256)) is not None:
                data = path.read_bytes()
                yield write_line(data, station, "file", seal_to, key, sign, ref.sha256, ref.media_type), 0
        after = self._desk.call(self._applying.acknowledged)
        while entries := self._desk.call(self._store.journal.after, after, _BATCH):
            after = entries[-1].seq
            batch = Batch(journal=self._desk.call(lambda: self._store.journal_name), entries=entries)
            yield write_line(batch.model_dump_json().encode(), station, "batch", seal_to, key, sign), len(entries)

    def _waiting_attachments(self) -> list[FileRef]:
        return [ref for ref in self._attachments() if self._store.meta(SENT + ref.sha256) is None]


def _below(folder: Path, depth: int) -> Iterator[Path]:
    try:
        inside = sorted(path for path in folder.iterdir() if path.is_dir() and not path.is_symlink())
    except OSError:
        return
    for path in inside:
        yield path
        if depth > 1:
            yield from _below(path, depth - 1)


def _parcels(folder: Path) -> bool:
    """Whether a hub has written something to this stick."""
    try:
        return any(folder.glob(parcel_name("*")))
    except OSError:
        return False


def _member(parcel: zipfile.ZipFile, name: str) -> bytes:
    if parcel.getinfo(name).file_size > MAX_JSON:
        raise StickDamaged(problem=f"{name} is too large")
    with parcel.open(name) as handle:
        return handle.read(MAX_JSON)


def _chunks(handle: IO[bytes]) -> Iterator[bytes]:
    while chunk := handle.read(_CHUNK):
        yield chunk


def _read_back(path: Path, expected: str) -> None:
    """From the stick itself and not from memory, as far as that can be had. Raises StickUnwritable."""
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        os.posix_fadvise(handle.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        for chunk in _chunks(handle):
            digest.update(chunk)
    if digest.hexdigest() != expected:
        raise StickUnwritable(problem="it gave back something else than was written")


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        log.info("%s stays on the stick: %s", path.name, error)
