"""The journal on the wire: entries go up in order, by (station, sequence), and are taken exactly once.

A feature defines the bodies of its entries in `kiosk/protocol/<feature>.py`:

    @journal_body("supply.taken")
    class SupplyTakenBody(JournalBody): ...
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

Uuid = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$")]
JournalName = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{32})?$")]
Kind = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*\.[a-z][a-z_]*$", max_length=64)]


class JournalBody(BaseModel):
    """Base of the typed body of an entry. Unknown fields are kept: an old reader does not lose a new writer's.

    `who`, `private` and `keep_days` say what of it tells of a person (`kiosk.protocol.redaction`).
    """

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    kind: ClassVar[str] = ""
    who: ClassVar[str] = ""
    private: ClassVar[Mapping[str, Any]] = {}
    keep_days: ClassVar[int] = 0


_BODIES: dict[str, type[JournalBody]] = {}
B = TypeVar("B", bound=JournalBody)


def journal_body(kind: str) -> Callable[[type[B]], type[B]]:
    """Class decorator: bodies of `kind` are of this type."""

    def register(body: type[B]) -> type[B]:
        if kind in _BODIES:
            raise ValueError(f"journal kind {kind} is defined twice")
        body.kind = kind
        _BODIES[kind] = body
        return body

    return register


def all_bodies() -> dict[str, type[JournalBody]]:
    """Every kind that this program knows."""
    return dict(_BODIES)


def body_type(kind: str) -> type[JournalBody] | None:
    """The type of the bodies of `kind`, None for a kind this program does not know."""
    return _BODIES.get(kind)


class Entry(BaseModel):
    """One thing that happened. `seq` is gapless from 1 in its station; `clock` says how much `at` can be trusted."""

    model_config = ConfigDict(frozen=True)

    id: Uuid
    seq: int = Field(ge=1)
    kind: Kind
    at: AwareDatetime
    clock: Annotated[str, StringConstraints(pattern=r"^(synced|held|doubtful)$")] = "held"
    body: dict[str, Any]

    def parsed(self) -> JournalBody | None:
        """The typed body, None for an unknown kind. Raises pydantic.ValidationError for a body of the wrong shape."""
        known = body_type(self.kind)
        return known.model_validate(self.body) if known else None


class Batch(BaseModel):
    """Entries in order of `seq`, as one station sends them. At most 500.

    `journal` names the numbering: a terminal whose database had to be put together anew numbers its entries anew, under
    a new name, and those that the hub has already are known by their ids.
    """

    journal: JournalName = ""
    entries: list[Entry] = Field(min_length=1, max_length=500)


class OwnPage(BaseModel):
    """What the hub holds of a station, in its own order: for a terminal that has lost it. `after` asks for more.

    Empty when there is no more.
    """

    entries: list[Entry]
    after: int = Field(ge=0)


class Poison(BaseModel):
    """An entry the hub kept apart because its body is not what its kind promises."""

    seq: int
    reason: str


class Acknowledgement(BaseModel):
    """`acknowledged` is the highest sequence number up to which the hub holds everything durably."""

    acknowledged: int = Field(ge=0)
    poison: list[Poison] = []
    hub_time: datetime
