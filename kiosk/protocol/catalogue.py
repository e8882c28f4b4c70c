"""The catalogue on the wire: versioned documents that come down a batch at a time, whole or not at all.

A feature defines the documents it reads in `kiosk/protocol/<feature>.py`:

    @catalogue_body("item")
    class ItemDocument(CatalogueBody): ...
"""

from collections.abc import Callable
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

DocId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,95}$")]
DocKind = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,40}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class CatalogueBody(BaseModel):
    """Base of a typed document body. Unknown fields are kept, for a newer reader."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    kind: ClassVar[str] = ""


_BODIES: dict[str, type[CatalogueBody]] = {}
C = TypeVar("C", bound=CatalogueBody)


def catalogue_body(kind: str) -> Callable[[type[C]], type[C]]:
    """Class decorator: documents of `kind` are of this type."""

    def register(body: type[C]) -> type[C]:
        if kind in _BODIES:
            raise ValueError(f"catalogue kind {kind} is defined twice")
        body.kind = kind
        _BODIES[kind] = body
        return body

    return register


def document_type(kind: str) -> type[CatalogueBody] | None:
    """The type of documents of `kind`, None for a kind this program does not know."""
    return _BODIES.get(kind)


class Document(BaseModel):
    """One published document. `revision` is the hub's counter at its last change; a deleted one has an empty body.

    `station` restricts it to one station ("" = all). `proof` says who published it (`kiosk.protocol.proof`).
    """

    model_config = ConfigDict(frozen=True)

    kind: DocKind
    id: DocId
    revision: int = Field(ge=1)
    deleted: bool = False
    station: str = ""
    body: dict[str, Any] = {}
    proof: Annotated[str, Field(max_length=2048)] = ""

    def parsed(self) -> CatalogueBody | None:
        """The typed body, None for unknown kinds. Raises pydantic.ValidationError for the wrong shape."""
        known = document_type(self.kind)
        return known.model_validate(self.body) if known and not self.deleted else None


class CatalogueBatch(BaseModel):
    """Everything that changed after the revision asked for, up to `revision`. `complete` is False when more follows."""

    revision: int = Field(ge=0)
    documents: list[Document]
    complete: bool = True


class FileRef(BaseModel):
    """A file named by its SHA-256 (hex), fetched from `/api/files/<sha256>` in ranges."""

    model_config = ConfigDict(frozen=True)

    sha256: Sha256
    size: int = Field(ge=0)
    name: str = ""
    media_type: str = "application/octet-stream"
