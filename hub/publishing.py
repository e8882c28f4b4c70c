"""The catalogue at the hub: versioned documents, each with a revision of its own and an owner.

The owner says who may change a document: "folder" for what `publish DIR` brought, a feature's name for what a feature
publishes (status lists, course packs). So a folder that is published without them does not delete them.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

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
    # Who published it: kiosk.protocol.proof. "": nobody has signed it yet.
    """
    ALTER TABLE catalogue ADD COLUMN proof TEXT NOT NULL DEFAULT '';
    ALTER TABLE catalogue ADD COLUMN serial INTEGER NOT NULL DEFAULT 0
    """,
)
# A document that once went to a station and no longer does is deleted there; others never hear of it.
_PAGE = """
    SELECT c.kind, c.id, c.revision, c.station, c.body, c.proof,
        (c.deleted = 1 OR c.station NOT IN ('', :station)) AS gone
    FROM catalogue c
    WHERE c.revision > :since AND c.revision <= :newest AND (:signed = 0 OR c.proof <> '') AND (
        (c.deleted = 0 AND c.station IN ('', :station)) OR (:since <> 0 AND EXISTS (
            SELECT 1 FROM catalogue_audience a WHERE a.kind = c.kind AND a.id = c.id AND a.station IN ('', :station))))
    ORDER BY c.revision LIMIT :limit
"""
# Whom to believe comes before what they have signed, whichever was published first.
_KEYS = """
    SELECT kind, id, revision, station, body, proof, 0 AS gone FROM catalogue
    WHERE kind IN ('publisher_key', 'hub_grant') AND deleted = 0 AND proof <> '' AND revision > ? ORDER BY kind DESC
"""

_STANDING = "SELECT kind, id, revision, station, body, proof, deleted, deleted AS gone FROM catalogue"


class Signer(Protocol):
    """What signs documents as they are written (`hub/proofs.py`)."""

    def active(self) -> bool: ...
    def sign(self, document: PlainDocument, deleted: bool, before: int) -> tuple[str, int]: ...


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
        self.signer: Signer | None = None  # None: nothing needs a signature

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
        signed = self.signer is not None and self.signer.active()
        names = {"station": station, "since": since, "newest": newest, "limit": documents + 1, "signed": int(signed)}
        rows = self._db.rows(_PAGE, names)
        page: list[Document] = []
        weight = 0
        for row in rows[:documents]:
            weight += len(row["body"])
            if page and weight > size:
                break
            page.append(_document(row))
        complete = len(page) == len(rows)
        reached = newest if complete else page[-1].revision
        if signed:
            here = {(document.kind, document.id) for document in page}
            keys = [_document(row) for row in self._db.rows(_KEYS, (since,)) if (row["kind"], row["id"]) not in here]
            page = [*keys, *page]
        return CatalogueBatch(revision=reached, documents=page, complete=complete)

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

    def serial(self, kind: str, doc_id: str) -> int:
        """The serial of a document's newest signature, 0 where there was none."""
        sql = "SELECT serial FROM catalogue WHERE kind = ? AND id = ?"
        return int(self._db.value(sql, (kind, doc_id)) or 0)

    def stands(self, kind: str, doc_id: str) -> Document | None:
        """A document as it stands, deleted or not."""
        row = self._db.row(f"{_STANDING} WHERE kind = ? AND id = ?", (kind, doc_id))
        return _document(row) if row else None

    def standing(self, kind: str) -> list[Document]:
        """Every document of a kind as it stands, deleted or not."""
        return [_document(row) for row in self._db.rows(f"{_STANDING} WHERE kind = ? ORDER BY id", (kind,))]

    def unsigned(self, owner: str = "") -> list[Document]:
        """What nobody has signed, of one owner or of all (""); deleted ones too."""
        sql = f"{_STANDING} WHERE proof = '' AND ? IN ('', owner) ORDER BY kind, id"
        return [_document(row) for row in self._db.rows(sql, (owner,))]

    def put_proof(self, kind: str, doc_id: str, proof: str, serial: int) -> None:
        """Somebody has signed a document as it stands: it goes out anew, with that. Within a transaction."""
        self._db.execute("UPDATE catalogue_counter SET revision = revision + 1")
        self._db.execute(
            "UPDATE catalogue SET proof = ?, serial = ?, revision = ? WHERE kind = ? AND id = ?",
            (proof, serial, self.revision(), kind, doc_id),
        )

    def put_signed(self, document: Document, owner: str, serial: int) -> None:
        """Publish, or take back, a document that came with its signature. Within a transaction."""
        self._db.execute("UPDATE catalogue_counter SET revision = revision + 1")
        body, gone = _dump(document.body), document.deleted
        self._insert(document.kind, document.id, document.station, owner, gone, body, document.proof, serial)

    def _insert(
        self, kind: str, doc_id: str, station: str, owner: str, deleted: bool, body: str, proof: str, serial: int
    ) -> None:
        names = "kind, id, revision, station, owner, deleted, body, proof, serial"
        anew = ", ".join(f"{name} = excluded.{name}" for name in names.split(", ")[2:])
        self._db.execute(
            f"INSERT INTO catalogue ({names}) VALUES (?,?,?,?,?,?,?,?,?) "  # noqa: S608 - our own names
            f"ON CONFLICT (kind, id) DO UPDATE SET {anew}",
            (kind, doc_id, self.revision(), station, owner, int(deleted), body, proof, serial),
        )
        if not deleted:
            self._db.execute(
                "INSERT INTO catalogue_audience VALUES (?,?,?) ON CONFLICT DO NOTHING", (kind, doc_id, station)
            )

    def _write(self, kind: str, doc_id: str, station: str, owner: str, deleted: bool, body: str) -> None:
        self._db.execute("UPDATE catalogue_counter SET revision = revision + 1")
        plain = PlainDocument(kind=kind, id=doc_id, station=station, body=json.loads(body))
        before = self.serial(kind, doc_id)
        proof, serial = self.signer.sign(plain, deleted, before) if self.signer else ("", before)
        self._insert(kind, doc_id, station, owner, deleted, body, proof, serial)


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
        proof=row["proof"],
    )


def _plain(row: Row) -> PlainDocument:
    return PlainDocument(kind=row["kind"], id=row["id"], station=row["station"], body=json.loads(row["body"]))
