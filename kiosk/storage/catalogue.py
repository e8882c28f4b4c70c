"""The catalogue: what the hub has published, applied a batch at a time, whole or not at all."""

import json
from typing import Any, TypeVar, cast

import peewee
from pydantic import ValidationError

import kiosk.protocol.registry  # noqa: F401 - a batch is checked against every kind
from kiosk.errors import KioskError
from kiosk.protocol.catalogue import CatalogueBatch, CatalogueBody, Document
from kiosk.storage.catalogue_guard import CatalogueUnproven, Guard, Proven, remember, withdrawn

T = TypeVar("T", bound=CatalogueBody)
_REVISION = "catalogue.revision"


class CatalogueInvalid(KioskError):
    """A document in the batch is not what its kind promises; nothing of the batch was applied."""

    code = "catalogue.invalid"


class Catalogue:
    """Typed reads of published documents. Unknown kinds are kept untouched, for a newer program."""

    def __init__(self, db: peewee.SqliteDatabase) -> None:
        self._db = db
        self._parsed: dict[str, dict[str, CatalogueBody]] = {}
        self._guard: Guard | None = None

    def guard(self, guard: Guard | None) -> None:
        """From now on every document has to be proven to `guard`; None: the hub is believed whatever it says."""
        self._guard = guard
        if guard is not None:
            guard.begin(self._db)

    @property
    def guarded(self) -> bool:
        """Whether documents are believed only with their publisher's signature."""
        return self._guard is not None

    def revision(self) -> int:
        """The hub's revision up to which this catalogue is complete, 0 before the first batch."""
        row = self._db.execute_sql("SELECT value FROM meta WHERE name = ?", (_REVISION,)).fetchone()
        return int(row[0]) if row else 0

    def apply(self, batch: CatalogueBatch) -> frozenset[str]:
        """Apply a batch in one transaction and return the kinds it touched.

        Raises CatalogueInvalid(kind, id, problem) and changes nothing when any document has the wrong shape, and
        CatalogueUnproven when one is not signed by whom it should be.
        """
        anew = self.revision() == 0  # everything comes now: what a damaged database had left is not added to it
        proven = self._guard.proven(self._db, batch.documents, anew) if self._guard else None
        documents = [one.document for one in proven] if proven is not None else batch.documents
        for document in batch.documents:
            try:
                document.parsed()
            except ValidationError as error:
                first = error.errors(include_url=False)[0]
                problem = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
                raise CatalogueInvalid(kind=document.kind, id=document.id, problem=problem) from error
        with self._db.atomic():
            if anew:
                self._db.execute_sql("DELETE FROM catalogue")
                self._parsed.clear()
            for document in documents:
                self._write(document)
            lost = self._prove(proven or [])
            self._db.execute_sql(
                "INSERT OR REPLACE INTO meta (name, value) VALUES (?,?)", (_REVISION, str(batch.revision))
            )
        touched = frozenset(document.kind for document in documents) | lost
        for kind in touched:
            self._parsed.pop(kind, None)
        return touched

    def _write(self, document: Document) -> None:
        if document.deleted:
            self._db.execute_sql("DELETE FROM catalogue WHERE kind = ? AND id = ?", (document.kind, document.id))
            return
        self._db.execute_sql(
            "INSERT OR REPLACE INTO catalogue (kind, id, revision, station, body) VALUES (?,?,?,?,?)",
            (
                document.kind,
                document.id,
                document.revision,
                document.station,
                json.dumps(document.body, ensure_ascii=False),
            ),
        )

    def _prove(self, proven: list[Proven]) -> frozenset[str]:
        for one in proven:
            remember(self._db, one)
        return withdrawn(self._db, [one.document for one in proven])

    def check(self, document: Document) -> None:
        """Whether something that is not kept here was signed by whom it should be. Raises CatalogueUnproven."""
        if self._guard is not None and not self._guard.proven(self._db, [document], anew=False):
            raise CatalogueUnproven(kind=document.kind, id=document.id, problem="it is older than what is here")

    def all(self, body: type[T]) -> dict[str, T]:
        """Every document of a kind, by id, in order of id."""
        if body.kind not in self._parsed:
            rows = self._db.execute_sql("SELECT id, body FROM catalogue WHERE kind = ? ORDER BY id", (body.kind,))
            self._parsed[body.kind] = {row[0]: body.model_validate(json.loads(row[1])) for row in rows.fetchall()}
        return dict(cast(dict[str, T], self._parsed[body.kind]))

    def get(self, body: type[T], doc_id: str) -> T | None:
        return self.all(body).get(doc_id)

    def only(self, body: type[T]) -> T | None:
        """The single document of a kind such as `station_settings`, None before it arrived."""
        return next(iter(self.all(body).values()), None)

    def raw(self, kind: str) -> dict[str, dict[str, Any]]:
        """Bodies of any kind, known or not, by id."""
        rows = self._db.execute_sql("SELECT id, body FROM catalogue WHERE kind = ? ORDER BY id", (kind,)).fetchall()
        return {row[0]: json.loads(row[1]) for row in rows}

    def every_body(self) -> list[dict[str, Any]]:
        """The bodies of all documents, for what is common to every kind (the files they name)."""
        return [json.loads(row[0]) for row in self._db.execute_sql("SELECT body FROM catalogue").fetchall()]
