"""What is derived from the journal, table by table.

Each module of `kiosk.storage` that derives something exports `PROJECTION`, a class with this shape. Its `apply` is
the only writer of its tables, in the transaction of the entry itself, so a rebuild from the journal gives the same
rows.
A projection whose `version` changes is dropped and derived anew at the next start: derived tables need no migration.
"""

import importlib
import pkgutil
from functools import cache
from typing import ClassVar, Protocol

import peewee

from kiosk.protocol.journal import Entry


class Projection(Protocol):
    name: ClassVar[str]
    version: ClassVar[int]
    tables: ClassVar[tuple[str, ...]]
    schema: ClassVar[str]  # CREATE TABLE / CREATE INDEX statements, separated by ";"

    def __init__(self, db: peewee.SqliteDatabase) -> None: ...

    def apply(self, entry: Entry) -> None:
        """Write what follows from `entry`. Depends on the journal alone, never on catalogue, clock or chance."""
        ...

    def redact(self, before: Entry, now: Entry) -> None:
        """An entry does not tell of a person any more: change what was derived as if it had always been so."""
        ...


@cache
def projection_types() -> tuple[type[Projection], ...]:
    """Every projection of this package, in order of name."""
    package = importlib.import_module("kiosk.storage")
    modules = (importlib.import_module(m.name) for m in pkgutil.iter_modules(package.__path__, "kiosk.storage."))
    found = (getattr(module, "PROJECTION", None) for module in modules)
    return tuple(sorted((p for p in found if p is not None), key=lambda p: p.name))
