"""What a terminal that knows its publisher asks of every document, and how nothing older ever comes back."""

import hashlib
import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

import peewee
from pydantic import ValidationError

from kiosk.errors import KioskError
from kiosk.protocol.catalogue import CatalogueBody, Document
from kiosk.protocol.cose import Instant
from kiosk.protocol.proof import GRANT, PUBLISHER, Authority, Claim, HubGrant, ProofRefused, PublisherKey

_PINS = "catalogue.pins"
_REVISION = "catalogue.revision"
T = TypeVar("T", bound=CatalogueBody)


class CatalogueUnproven(KioskError):
    """A document was not signed by the publisher, or by a hub that may say it; nothing of the batch was applied."""

    code = "catalogue.unproven"


@dataclass(frozen=True, slots=True)
class Proven:
    """A document of a batch that may be applied, and by whose key (kid, hex) it was signed."""

    document: Document
    claim: Claim
    signer: str


class Guard:
    """Believes `pins` (public keys, hex), and whom they name. On the desk thread.

    `station` is who this terminal is, `at` the time as far as it can be known.
    """

    def __init__(self, pins: Iterable[str], station: Callable[[], str], at: Callable[[], Instant]) -> None:
        self.pins = tuple(sorted(set(pins)))
        self._station = station
        self._at = at

    def begin(self, db: peewee.SqliteDatabase) -> None:
        """Where the publisher is another one than before, everything comes anew, with its proof."""
        mark = hashlib.sha256(" ".join(self.pins).encode()).hexdigest()
        with db.atomic():
            row = db.execute_sql("SELECT value FROM meta WHERE name = ?", (_PINS,)).fetchone()
            if row is None or row[0] != mark:
                db.execute_sql("DELETE FROM meta WHERE name = ?", (_REVISION,))
                db.execute_sql("INSERT OR REPLACE INTO meta (name, value) VALUES (?,?)", (_PINS, mark))

    def proven(self, db: peewee.SqliteDatabase, documents: Iterable[Document], anew: bool) -> list[Proven]:
        """What of a batch is to be applied, all of it proven; what is older than what is here is left out.

        `anew`: nothing that was here before counts. Raises CatalogueUnproven.
        """
        documents = list(documents)
        keys = {} if anew else _known(db, PublisherKey)
        grants = {} if anew else _known(db, HubGrant)
        found: list[Proven] = []
        for kinds in ((PUBLISHER,), (GRANT,), ()):
            authority = Authority(self.pins, keys.values(), grants.values())
            for document in documents:
                if (document.kind in kinds) if kinds else document.kind not in (PUBLISHER, GRANT):
                    proof = self._check(authority, document)
                    if proof.claim.serial < _serial(db, document):
                        continue
                    found.append(proof)
                    if kinds == (PUBLISHER,):
                        _note(keys, PublisherKey, document)
                    elif kinds == (GRANT,):
                        _note(grants, HubGrant, document)
        return found

    def _check(self, authority: Authority, document: Document) -> Proven:
        try:
            claim, key = authority.claim(document, self._station(), self._at())
        except ProofRefused as error:
            raise CatalogueUnproven(kind=document.kind, id=document.id, problem=error.reason) from error
        return Proven(document, claim, key.kid.hex())


def remember(db: peewee.SqliteDatabase, proven: Proven) -> None:
    """The serial that no later document of this name may be below. Within the transaction of the batch."""
    document = proven.document
    db.execute_sql(
        "INSERT OR REPLACE INTO catalogue_serial (kind, id, serial, signer) VALUES (?,?,?,?)",
        (document.kind, document.id, proven.claim.serial, proven.signer),
    )


def withdrawn(db: peewee.SqliteDatabase, documents: Iterable[Document]) -> frozenset[str]:
    """A key that is no longer believed takes with it what it has signed. Returns the kinds that lost something."""
    kinds: set[str] = set()
    signed = "kind, id FROM catalogue_serial WHERE signer = ?"
    for document in documents:
        if document.deleted and document.kind in (PUBLISHER, GRANT):
            kinds |= {row[0] for row in db.execute_sql(f"SELECT {signed}", (document.id,)).fetchall()}
            db.execute_sql(f"DELETE FROM catalogue WHERE (kind, id) IN (SELECT {signed})", (document.id,))
    return frozenset(kinds)


def _serial(db: peewee.SqliteDatabase, document: Document) -> int:
    row = db.execute_sql(
        "SELECT serial FROM catalogue_serial WHERE kind = ? AND id = ?", (document.kind, document.id)
    ).fetchone()
    return int(row[0]) if row else 0


def _known(db: peewee.SqliteDatabase, body: type[T]) -> dict[str, T]:
    rows = db.execute_sql("SELECT id, body FROM catalogue WHERE kind = ?", (body.kind,)).fetchall()
    return {row[0]: body.model_validate(json.loads(row[1])) for row in rows}


def _note(known: dict[str, T], body: type[T], document: Document) -> None:
    """What the batch itself says of keys, for the documents that come with it."""
    known.pop(document.id, None)
    if not document.deleted:
        with suppress(ValidationError):  # said when the whole batch is looked at
            known[document.id] = body.model_validate(document.body)
