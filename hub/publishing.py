"""The catalogue at the hub: versioned documents, each with a revision of its own and an owner.

The owner says who may change a document: "folder" for what `publish DIR` brought, a feature's name for what a feature
publishes (status lists, course packs). So a folder that is published without them does not delete them.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hub.database import Database, Row
from hub.filestore import FileStore
from hub.problems import Problem
from kiosk.protocol.catalogue import CatalogueBatch, Document, FileRef
from kiosk.protocol.folder import FILES, PlainDocument

FOLDER = "folder"
MIGRATIONS = (
    """
    CREATE TABLE catalogue (
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        revision INTEGER NOT NULL UNIQUE,
        station TEXT NOT NULL,
        owner TEXT NOT NULL,
        deleted INTEGER NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (kind, id)
    );
    CREATE TABLE catalogue_audience (
        kind TEXT NOT NULL,
        id TEXT NOT NULL,
        station TEXT NOT NULL,
        PRIMARY KEY (kind, id, station)
    ) WITHOUT ROWID;
    CREATE TABLE catalogue_counter (revision INTEGER NOT NULL);
    INSERT INTO catalogue_counter VALUES (0);
    """,
)
# A document that once went to a station and no longer does is deleted there; others never hear of it.
_PAGE = """
    SELECT c.kind, c.id, c.revision, c.station, c.body, (c.deleted = 1 OR c.station NOT IN ('', :station)) AS gone
    FROM catalogue c
    WHERE c.revision > :since AND c.revision <= :newest AND (
        (c.deleted = 0 AND c.station IN ('', :station)) OR (:since <> 0 AND EXISTS (
            SELECT 1 FROM catalogue_audience a WHERE a.kind = c.kind AND a.id = c.id AND a.station IN ('', :station))))
    ORDER BY c.revision LIMIT :limit
"""


class DocumentOwned(Problem):
    status = 409
    code = "catalogue.owned"
    title = ("这份文档由另一个来源发布，不能覆盖", "This document is published by another source and is not replaced")


class FileMissing(Problem):
    status = 409
    code = "catalogue.file_missing"
    title = ("文档引用的文件不在这里", "A file that a document refers to is not here")


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication changed: keys are `kind/id`. `revision` is the catalogue's after it."""

    revision: int
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    unchanged: int = 0


class Catalogue:
    """Publishing and reading. Blocking. Revisions are counted by document, so that a page may end anywhere."""

    def __init__(self, db: Database, files: FileStore) -> None:
        self._db = db
        self._files = files

    def revision(self) -> int:
        return int(self._db.value("SELECT revision FROM catalogue_counter") or 0)

    def publish(
        self, documents: Iterable[PlainDocument], owner: str, *, whole: bool = False, dry_run: bool = False
    ) -> Published:
        """Publish documents in one transaction. `whole`: what else `owner` has published is deleted.

        Raises pydantic.ValidationError, DocumentOwned, FileMissing, and changes nothing then. What is as it was
        keeps its revision. `dry_run` only says what would change.
        """
        documents = list(documents)
        for document in documents:
            document.at(1)
            for ref in file_refs(document.body):
                if not self._files.has(ref.sha256):
                    raise FileMissing(document=f"{document.kind}/{document.id}", file=ref.name, sha256=ref.sha256)
        added: list[str] = []
        changed: list[str] = []
        deleted: list[str] = []
        same = 0
        with self._db.transaction():
            for document in documents:
                key, body = f"{document.kind}/{document.id}", _dump(document.body)
                row = self._db.row("SELECT * FROM catalogue WHERE kind = ? AND id = ?", (document.kind, document.id))
                if row and not row["deleted"] and row["owner"] != owner:
                    raise DocumentOwned(document=key, owner=row["owner"])
                if row and not row["deleted"] and (row["body"], row["station"]) == (body, document.station):
                    same += 1
                    continue
                (changed if row and not row["deleted"] else added).append(key)
                if not dry_run:
                    self._write(document.kind, document.id, document.station, owner, False, body)
            if whole:
                keep = {(document.kind, document.id) for document in documents}
                for row in self._db.rows("SELECT * FROM catalogue WHERE owner = ? AND deleted = 0", (owner,)):
                    if (row["kind"], row["id"]) not in keep:
                        deleted.append(f"{row['kind']}/{row['id']}")
                        if not dry_run:
                            self._write(row["kind"], row["id"], row["station"], owner, True, "{}")
            return Published(self.revision(), tuple(added), tuple(changed), tuple(deleted), same)

    def delete(self, keys: Iterable[tuple[str, str]], owner: str) -> int:
        """Delete documents (kind, id) of this owner and return how many there were."""
        count = 0
        with self._db.transaction():
            for kind, doc_id in keys:
                row = self._db.row("SELECT * FROM catalogue WHERE kind = ? AND id = ? AND deleted = 0", (kind, doc_id))
                if row and row["owner"] != owner:
                    raise DocumentOwned(document=f"{kind}/{doc_id}", owner=row["owner"])
                if row:
                    self._write(kind, doc_id, row["station"], owner, True, "{}")
                    count += 1
        return count

    def batch(self, station: str, since: int, documents: int = 500, size: int = 4 << 20) -> CatalogueBatch:
        """What changed for `station` after revision `since`: at most so many documents, of about so many bytes."""
        newest = self.revision()  # what is published while we read has a higher one, and comes with the next batch
        if since > newest:  # this hub was restored from an older copy: everything anew, deletions too
            since = -1
        rows = self._db.rows(_PAGE, {"station": station, "since": since, "newest": newest, "limit": documents + 1})
        page: list[Document] = []
        weight = 0
        for row in rows[:documents]:
            weight += len(row["body"])
            if page and weight > size:
                break
            page.append(_document(row))
        complete = len(page) == len(rows)
        return CatalogueBatch(revision=newest if complete else page[-1].revision, documents=page, complete=complete)

    def documents(self, owner: str = "", kind: str = "") -> list[PlainDocument]:
        """What is published now, of one owner or kind or of all ("")."""
        rows = self._db.rows(
            "SELECT * FROM catalogue WHERE deleted = 0 AND ? IN ('', owner) AND ? IN ('', kind) ORDER BY kind, id",
            (owner, kind),
        )
        return [_plain(row) for row in rows]

    def get(self, kind: str, doc_id: str) -> PlainDocument | None:
        row = self._db.row("SELECT * FROM catalogue WHERE kind = ? AND id = ? AND deleted = 0", (kind, doc_id))
        return _plain(row) if row else None

    def _write(self, kind: str, doc_id: str, station: str, owner: str, deleted: bool, body: str) -> None:
        self._db.execute("UPDATE catalogue_counter SET revision = revision + 1")
        self._db.execute(
            "INSERT INTO catalogue (kind, id, revision, station, owner, deleted, body) VALUES (?,?,?,?,?,?,?) "
            "ON CONFLICT (kind, id) DO UPDATE SET revision = excluded.revision, station = excluded.station, "
            "owner = excluded.owner, deleted = excluded.deleted, body = excluded.body",
            (kind, doc_id, self.revision(), station, owner, int(deleted), body),
        )
        if not deleted:
            self._db.execute(
                "INSERT INTO catalogue_audience VALUES (?,?,?) ON CONFLICT DO NOTHING", (kind, doc_id, station)
            )


def file_refs(body: Any) -> Iterable[FileRef]:
    """Every file a document names, at any depth: each object that has `sha256` and `size`."""
    if isinstance(body, dict):
        if "sha256" in body and "size" in body:
            yield FileRef.model_validate(body)
        body = list(body.values())
    if isinstance(body, list):
        for value in body:
            yield from file_refs(value)


def store_files(files: FileStore, documents: Iterable[PlainDocument], folder: Path) -> int:
    """Put the files that documents of a folder name into the store, from its `files/`. Returns how many were new."""
    new = 0
    for ref in (ref for document in documents for ref in file_refs(document.body)):
        path = folder / FILES / Path(ref.name).name
        if ref.name and not files.has(ref.sha256) and path.is_file():
            files.add_path(path, expected=ref.sha256)
            new += 1
    return new


def _dump(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _document(row: Row) -> Document:
    body = {} if row["gone"] else json.loads(row["body"])
    return Document(
        kind=row["kind"],
        id=row["id"],
        revision=row["revision"],
        deleted=bool(row["gone"]),
        station="" if row["gone"] else row["station"],
        body=body,
    )


def _plain(row: Row) -> PlainDocument:
    return PlainDocument(kind=row["kind"], id=row["id"], station=row["station"], body=json.loads(row["body"]))
