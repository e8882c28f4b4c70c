"""Which courses this station has: what the catalogue publishes, and the packs that are here, verified and unpacked.

A pack lies unpacked in `<folder>/<sha256 of the pack>`. It is written under another name and renamed when it is whole,
so that nothing partial is ever visible. Of several versions of a course the highest that is here is offered.
"""

import logging
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, Protocol, TypeVar

from pydantic import ValidationError

from kiosk.clock import BUILT, Clock, ClockQuality
from kiosk.disk import sync_to_disk
from kiosk.errors import DiskFull, StorageError
from kiosk.learning.errors import REFUSED_AS
from kiosk.protocol import pack as packs
from kiosk.protocol.catalogue import CatalogueBody
from kiosk.protocol.cose import Instant, KeyRing, TrustedKey, key_id
from kiosk.protocol.course import Manifest
from kiosk.protocol.journal import Entry, JournalBody
from kiosk.protocol.learning import CourseDocument, CourseInstalled, CoursePublisherDocument, CourseRefused
from kiosk.protocol.text import LocalText

log = logging.getLogger(__name__)
T = TypeVar("T", bound=CatalogueBody)
Source = Literal["hub", "usb", "cli"]
_SPARE = 64 << 20  # bytes that stay free for the journal
_NEW = ".new-"
_ENOSPC = 28


class Documents(Protocol):
    """The part of the catalogue that is needed here."""

    def all(self, body: type[T]) -> dict[str, T]: ...


class Ledger(Protocol):
    """Where what happened is written."""

    def append(self, body: JournalBody) -> Entry: ...


class Packs(Protocol):
    """Which packs were ever installed, as the journal says."""

    def packs(self) -> dict[str, tuple[str, int, str]]: ...


@dataclass(frozen=True, slots=True)
class Offer:
    """A course as it is offered here. `manifest` and `folder` are None while its media are on their way."""

    id: str
    title: LocalText
    summary: LocalText | None
    icon: str
    order: int
    minutes: int
    version: int
    manifest: Manifest | None = None
    folder: Path | None = None


class Library:
    """The folder of unpacked packs. Reading belongs to the desk thread; `install` does its slow part on any thread."""

    def __init__(
        self, folder: Path, documents: Documents, records: Packs, clock: Clock, publishers: Mapping[str, str]
    ) -> None:
        self.folder = folder
        self._documents = documents
        self._records = records
        self._clock = clock
        self._publishers = publishers
        self._manifests: dict[str, Manifest] = {}

    def offers(self) -> dict[str, Offer]:
        """Every course by its id, in the order of the list. On the desk thread."""
        here: dict[str, tuple[str, Manifest]] = {}
        for sha256 in self._records.packs():
            manifest = self.manifest(sha256)
            if manifest and (manifest.course not in here or manifest.version > here[manifest.course][1].version):
                here[manifest.course] = (sha256, manifest)
        published = self._documents.all(CourseDocument)
        offers = [self._offer(name, published.get(name), here.get(name)) for name in {*here, *published}]
        wanted = [o for o in offers if not (o.id in published and published[o.id].withdrawn)]
        return {offer.id: offer for offer in sorted(wanted, key=lambda o: (o.order, o.id))}

    def wanted(self) -> dict[str, tuple[str, CourseDocument]]:
        """Published packs that are not unpacked here, and not older than what is: course and document by SHA-256."""
        best = self._best()
        found = self._documents.all(CourseDocument).items()
        return {
            document.pack.sha256: (name, document)
            for name, document in found
            if not document.withdrawn and document.version >= best.get(name, 0) and not self.has(document.pack.sha256)
        }

    def lost(self) -> list[str]:
        """Packs that were installed once, are not whole now and would be offered, by SHA-256. On the desk thread."""
        best = self._best()
        return [
            sha256
            for sha256, (course, version, _) in self._records.packs().items()
            if version > best.get(course, 0) and self.manifest(sha256) is None
        ]

    def superseded(self) -> list[str]:
        """Packs that are here in vain, as a higher version of their course is here too. On the desk thread."""
        best = self._best()
        found = [(sha256, self.manifest(sha256)) for sha256 in self._records.packs()]
        return [sha256 for sha256, manifest in found if manifest and manifest.version < best[manifest.course]]

    def published(self) -> frozenset[str]:
        """The packs that the catalogue names, by SHA-256. On the desk thread."""
        return frozenset(document.pack.sha256 for document in self._documents.all(CourseDocument).values())

    def size(self, sha256: str) -> int:
        """Bytes of an unpacked pack, 0 where it is not here."""
        manifest = self.manifest(sha256)
        return sum(file.size for file in manifest.files) if manifest else 0

    def remove(self, sha256: str) -> None:
        """Delete an unpacked pack."""
        self._manifests.pop(sha256, None)
        shutil.rmtree(self.folder / sha256, ignore_errors=True)

    def has(self, sha256: str) -> bool:
        """Whether a pack is unpacked here, whole, and on record. On the desk thread."""
        return sha256 in self._records.packs() and self.manifest(sha256) is not None

    def trust(self) -> tuple[KeyRing, Instant]:
        """Whom to believe, and what time it is as far as can be known. On the desk thread."""
        keys = [doc.trusted(name) for name, doc in self._documents.all(CoursePublisherDocument).items()]
        for name, public in self._publishers.items():
            raw = bytes.fromhex(public)
            keys.append(TrustedKey(key_id(raw), raw, name, BUILT.replace(year=2000), BUILT.replace(year=9000)))
        doubtful = self._clock.quality() is ClockQuality.DOUBTFUL
        return KeyRing(keys), Instant(self._clock.now(), doubtful, BUILT)

    def manifest(self, sha256: str) -> Manifest | None:
        """The manifest of an unpacked pack whose files are all there in their size, None otherwise."""
        folder = self.folder / sha256
        known = self._manifests.get(sha256)
        try:
            if known is None:
                known = Manifest.model_validate_json((folder / packs.MANIFEST).read_bytes())
            whole = all((folder / file.name).stat().st_size == file.size for file in known.files)
        except (OSError, ValidationError):
            whole = False
        if not whole or known is None:
            self._manifests.pop(sha256, None)
            return None
        self._manifests[sha256] = known
        return known

    def unpack(
        self, handle: BinaryIO, sha256: str, ring: KeyRing, at: Instant, expected: tuple[str, int] | None = None
    ) -> packs.Pack:
        """Verify the pack in `handle` and unpack it. On any one thread at a time.

        `expected` is the course and version it was published as.
        Raises a PackError, DiskFull or StorageError; then nothing of it is visible.
        """
        target, fresh = self.folder / sha256, self.folder / f"{_NEW}{sha256}"
        try:
            pack = packs.open_pack(handle, ring, at)
            if expected not in (None, (pack.manifest.course, pack.manifest.version)):
                raise packs.PackRefused(packs.PackProblem.MANIFEST, f"published as {expected}")
            self.folder.mkdir(parents=True, exist_ok=True)
            size = sum(file.size for file in pack.manifest.files)
            if shutil.disk_usage(self.folder).free < size + _SPARE:
                raise DiskFull(problem=f"{size} bytes of course media")
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir()
            packs.unpack(handle, pack, fresh)
            shutil.rmtree(target, ignore_errors=True)  # one that lost files
            fresh.replace(target)
            sync_to_disk(self.folder)
        except packs.PackRefused as error:
            raise REFUSED_AS[error.problem](problem=error.problem.value, where=error.where) from error
        except OSError as error:
            raise (DiskFull if error.errno == _ENOSPC else StorageError)(problem=str(error)) from error
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        return pack

    def sweep(self) -> None:
        """Remove what an earlier run had not finished."""
        for left in self.folder.glob(f"{_NEW}*"):
            shutil.rmtree(left, ignore_errors=True)

    def _best(self) -> dict[str, int]:
        """The highest version that is here, by course."""
        best: dict[str, int] = {}
        for sha256 in self._records.packs():
            if manifest := self.manifest(sha256):
                best[manifest.course] = max(manifest.version, best.get(manifest.course, 0))
        return best

    def _offer(self, name: str, document: CourseDocument | None, here: tuple[str, Manifest] | None) -> Offer:
        sha256, manifest = here or ("", None)
        icon, order = (document.icon, document.order) if document else ("mdi6.school-outline", 100)
        if manifest is None:
            assert document is not None
            return Offer(name, document.title, document.summary, icon, order, document.minutes, document.version)
        minutes = max(1, round(manifest.duration_ms / 60_000))
        if document is not None and document.version == manifest.version:
            minutes = document.minutes
        return Offer(
            name,
            manifest.title,
            manifest.summary,
            icon,
            order,
            minutes,
            manifest.version,
            manifest,
            self.folder / sha256,
        )


def installed(pack: packs.Pack, sha256: str, source: Source) -> CourseInstalled:
    """The journal's word for a pack that is here now."""
    manifest = pack.manifest
    return CourseInstalled(
        course=manifest.course,
        version=manifest.version,
        sha256=sha256,
        title=manifest.title,
        publisher=pack.publisher,
        source=source,
    )


def refused(name: str, details: Mapping[str, object], code: str, source: Source) -> CourseRefused:
    """The journal's word for a pack that was not taken."""
    return CourseRefused(
        name=name[:200],
        problem=str(details.get("problem", code))[:200],
        where=str(details.get("where", ""))[:300],
        source=source,
    )
