"""A catalogue as a folder of plain files, so that services, items and courses can be edited as data.

`<folder>/<anything>/<anything>.json`, one document a file: `{"kind": "item", "id": "water", "body": {...}}`, with an
optional `"station"` for a document meant for one station.

Files that documents name lie in `<folder>/files/`. Where a document has `{"name": …, "media_type": …}` without a
`sha256`, hash and size are those of `files/<name>`.
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from kiosk.protocol.catalogue import DocId, DocKind, Document


class FolderError(ValueError):
    """A file of the folder is not a document. `path` says which, the text says why, for the person who edits it."""

    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        super().__init__(f"{path}: {problem}")


class PlainDocument(BaseModel):
    """A document before the hub gave it a revision."""

    model_config = ConfigDict(extra="forbid")

    kind: DocKind
    id: DocId
    station: str = ""
    body: dict[str, Any]

    def at(self, revision: int) -> Document:
        """The document as published at `revision`. Raises pydantic.ValidationError if its body has the wrong shape."""
        document = Document(kind=self.kind, id=self.id, revision=revision, station=self.station, body=self.body)
        document.parsed()
        return document


FILES = "files"
NOT_HERE = "0" * 64  # the hash of a file that is announced and does not exist yet; no file has it
Absent = Literal["refuse", "leave_out", "announce"]
_CHUNK = 1 << 20


def read_folder(folder: Path, absent: Absent = "refuse") -> list[PlainDocument]:
    """Every document below `folder`, in order of path, each checked against its kind. Raises FolderError.

    `absent` says what becomes of a document that names a file which is not in `files/`: an error, left out, or
    announced with the hash NOT_HERE (for a terminal that shows what is still to come).
    """
    documents: list[PlainDocument] = []
    seen: dict[tuple[str, str], Path] = {}
    for path in sorted(folder.rglob("*.json")):
        try:
            plain = json.loads(path.read_text("utf-8"))
            if _resolve(plain, folder / FILES, absent):
                continue
            document = PlainDocument.model_validate(plain)
            document.at(1)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            raise FolderError(path, f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
        except (OSError, ValueError) as error:
            raise FolderError(path, str(error)) from error
        key = (document.kind, document.id)
        if key in seen:
            raise FolderError(path, f"{document.kind} {document.id} is already in {seen[key]}")
        seen[key] = path
        documents.append(document)
    return documents


def _resolve(value: Any, files: Path, absent: Absent) -> bool:
    """Fill in hash and size of named files, at any depth. True when one is missing and the document is left out."""
    if isinstance(value, list):
        return any(_resolve(item, files, absent) for item in value)
    if not isinstance(value, dict):
        return False
    name = value.get("name")
    if isinstance(name, str) and "media_type" in value and "sha256" not in value:
        path = files / Path(name).name
        if path.is_file():
            value |= {"sha256": _digest(path), "size": path.stat().st_size}
        elif absent == "announce":
            value |= {"sha256": NOT_HERE, "size": 0}
        elif absent == "leave_out":
            return True
        else:
            raise ValueError(f"{FILES}/{path.name} is missing")
    return any(_resolve(item, files, absent) for item in value.values())


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def write_folder(folder: Path, documents: Iterable[PlainDocument]) -> int:
    """Write one file a document, `<kind>/<id>.json`, and return how many. Existing files of that name are replaced."""
    count = 0
    for document in documents:
        path = folder / document.kind / f"{document.id}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(document.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False, indent=2)
        path.write_text(text + "\n", "utf-8")
        count += 1
    return count
