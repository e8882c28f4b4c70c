"""Files named by their SHA-256, visible only when complete and synced to disk."""

import hashlib
import mimetypes
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from hub.disk import sync_folder
from hub.problems import Problem
from kiosk.protocol.catalogue import FileRef

_CHUNK = 1 << 20


class FileUnknown(Problem):
    status = 404
    code = "file.unknown"
    title = ("没有这个文件", "There is no such file")


class FileMismatch(Problem):
    status = 409
    code = "file.mismatch"
    title = ("文件内容与说明的校验值不符", "The file is not what its hash says")


class FileStore:
    """`<folder>/ab/abcdef…`. Writing the same content twice is harmless."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the file is. Raises FileUnknown."""
        path = self.folder / sha256[:2] / sha256
        if not path.is_file():
            raise FileUnknown(sha256=sha256)
        return path

    def has(self, sha256: str) -> bool:
        return (self.folder / sha256[:2] / sha256).is_file()

    def all(self) -> list[Path]:
        """Every complete file."""
        return [path for path in self.folder.glob("[0-9a-f][0-9a-f]/*") if path.is_file()]

    def remove(self, sha256: str) -> None:
        """Drop a file that nothing names any more. Harmless when it is not here."""
        (self.folder / sha256[:2] / sha256).unlink(missing_ok=True)

    def begin(self) -> "Incoming":
        """A file on its way in."""
        return Incoming(self.folder)

    def add(self, chunks: Iterable[bytes], name: str = "", media_type: str = "", expected: str = "") -> FileRef:
        """Store a stream of bytes and say what a document calls it. Raises FileMismatch when it is not `expected`."""
        with self.begin() as incoming:
            for chunk in chunks:
                incoming.write(chunk)
            return incoming.finish(name, media_type, expected)

    def add_path(self, path: Path, expected: str = "") -> FileRef:
        """Store a copy of a file. Raises OSError, FileMismatch."""
        return self.add(_read(path), path.name, expected=expected)


class Incoming:
    """Bytes that become a file when `finish` says so, and vanish otherwise. One thread at a time."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._digest, self._size = hashlib.sha256(), 0
        handle, temporary = tempfile.mkstemp(prefix="new-", dir=folder)
        self._out, self._temporary = os.fdopen(handle, "wb"), Path(temporary)

    def __enter__(self) -> "Incoming":
        return self

    def __exit__(self, *_: object) -> None:
        self._out.close()
        self._temporary.unlink(missing_ok=True)

    def write(self, chunk: bytes) -> None:
        self._digest.update(chunk)
        self._size += len(chunk)
        self._out.write(chunk)

    def finish(self, name: str = "", media_type: str = "", expected: str = "") -> FileRef:
        """Make the file visible under its hash, synced to disk. Raises FileMismatch."""
        sha256 = self._digest.hexdigest()
        if expected and sha256 != expected:
            raise FileMismatch(sha256=sha256, expected=expected)
        self._out.flush()
        os.fsync(self._out.fileno())
        final = self._folder / sha256[:2] / sha256
        final.parent.mkdir(parents=True, exist_ok=True)
        self._temporary.replace(final)
        sync_folder(final.parent)
        guessed = media_type or mimetypes.guess_type(name)[0] or "application/octet-stream"
        return FileRef(sha256=sha256, size=self._size, name=name, media_type=guessed)


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            yield chunk
