"""Files named by their SHA-256, visible only when complete and verified."""

import contextlib
import hashlib
import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from kiosk.errors import DiskFull, KioskError, StorageError
from kiosk.protocol.catalogue import FileRef

_CHUNK = 1 << 20
_ENOSPC = 28


class FileDamaged(KioskError):
    """What arrived does not have the SHA-256 it was announced with."""

    code = "file.damaged"


class FileStore:
    """`<folder>/ab/abcdef…` for whole files, `<folder>/partial/abcdef…` for those still on their way."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path | None:
        """Where the file is, None while it is not complete."""
        path = self._final(sha256)
        return path if path.is_file() else None

    def have(self, sha256: str) -> int:
        """Bytes of an unfinished file that are already here."""
        partial = self._partial(sha256)
        return partial.stat().st_size if partial.exists() else 0

    def add(self, ref: FileRef, chunks: Iterator[bytes], offset: int = 0) -> Path:
        """Append `chunks` to what is here from byte `offset` on; when the file is whole, verify and publish it.

        Raises FileDamaged (and drops the partial file), DiskFull, StorageError. A cut connection keeps the partial.
        """
        partial = self._partial(ref.sha256)
        try:
            partial.parent.mkdir(parents=True, exist_ok=True)
            with partial.open("r+b" if partial.exists() else "wb") as handle:
                handle.seek(offset)
                handle.truncate()
                for chunk in chunks:
                    handle.write(chunk)
                    if handle.tell() > ref.size:
                        break
                handle.flush()
                os.fsync(handle.fileno())
        except OSError as error:
            if error.errno == _ENOSPC:
                raise DiskFull(problem=str(error)) from error
            raise StorageError(problem=str(error)) from error
        if partial.stat().st_size < ref.size:
            raise FileDamaged(sha256=ref.sha256, have=partial.stat().st_size, size=ref.size)
        if partial.stat().st_size != ref.size or _digest(partial) != ref.sha256:
            partial.unlink()
            raise FileDamaged(sha256=ref.sha256, size=ref.size)
        final = self._final(ref.sha256)
        final.parent.mkdir(parents=True, exist_ok=True)
        partial.replace(final)
        return final

    def remove(self, sha256: str) -> None:
        """Drop a file that nothing names any more. Harmless when it is not here."""
        self._final(sha256).unlink(missing_ok=True)

    def discard(self, keep: Collection[str]) -> int:
        """Drop files that are on their way, and whole ones that are not in `keep`. Returns the bytes that gave."""
        gained = 0
        for path in [*self.folder.glob("partial/*"), *self.folder.glob("[0-9a-f][0-9a-f]/*")]:
            if path.parent.name == "partial" or path.name not in keep:
                with contextlib.suppress(OSError):
                    size = path.stat().st_size
                    path.unlink()
                    gained += size
        return gained

    def _final(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def _partial(self, sha256: str) -> Path:
        return self.folder / "partial" / sha256


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def file_refs(body: Any) -> Iterator[FileRef]:
    """Every file a document names, at any depth: each object that has `sha256` and `size`."""
    if isinstance(body, dict):
        if "sha256" in body and "size" in body:
            yield FileRef.model_validate(body)
        for value in body.values():
            yield from file_refs(value)
    elif isinstance(body, list):
        for value in body:
            yield from file_refs(value)
