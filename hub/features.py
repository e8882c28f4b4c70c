"""Finding what the hub can do: each module of `hub/` may bring routes, tables, a projection, a command.

What a module may export (all optional) is said in `Feature`.
"""

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

from fastapi import APIRouter, FastAPI

import hub
from hub.database import Database
from hub.dialect import Script
from kiosk.protocol.journal import Entry

if TYPE_CHECKING:
    from hub.state import Hub


class Placed(NamedTuple):
    """An entry that was taken, with the hub's own count, and whose it is."""

    position: int
    station: str
    entry: Entry


OnEntry = Callable[[Database, str, Entry], None]
OnRedacted = Callable[[Database, str, Entry, Entry], None]
OnEntries = Callable[[Database, Sequence[Placed]], None]


@dataclass(frozen=True, slots=True)
class Projection:
    """Tables that follow from the journal alone. A new `version` has them dropped and derived anew at the next start.

    `tables` in an order in which they can be dropped; `schema` plain CREATE statements separated by ";".
    """

    version: int
    tables: tuple[str, ...]
    schema: str


@dataclass(frozen=True, slots=True)
class Feature:
    """One module of the hub, by what it exports."""

    name: str
    router: APIRouter | None  # `router`
    migrations: tuple[Script, ...]  # `MIGRATIONS`: durable tables, forward only
    projection: Projection | None  # `PROJECTION`: derived tables, written by `on_entry(s)` only
    on_entry: OnEntry | None  # `on_entry(db, station, entry)`
    on_redacted: OnRedacted | None  # `on_redacted(db, station, before, now)`: an entry tells of nobody any more
    background: Callable[[FastAPI], AbstractAsyncContextManager[None]] | None  # `background(app)`
    add_parser: Callable[[Any], None] | None  # `add_parser(subparsers)`
    body_limits: dict[str, int]  # `BODY_LIMITS`: largest body in bytes by path prefix
    on_demo: "Callable[[Hub], None] | None"  # `on_demo(hub)`: data for `serve --demo`, harmless when done twice
    on_entries: OnEntries | None = None  # `on_entries(db, placed)`: as `on_entry`, for what adds up; after all of those


def _feature(module: ModuleType) -> Feature:
    take = module.__dict__.get
    return Feature(
        name=module.__name__.removeprefix("hub."),
        router=take("router"),
        migrations=tuple(take("MIGRATIONS", ())),
        projection=take("PROJECTION"),
        on_entry=take("on_entry"),
        on_redacted=take("on_redacted"),
        background=take("background"),
        add_parser=take("add_parser"),
        body_limits=dict(take("BODY_LIMITS", {})),
        on_demo=take("on_demo"),
        on_entries=take("on_entries"),
    )


@cache
def features() -> tuple[Feature, ...]:
    """Every module of this package as a feature, in order of name."""
    names = sorted(m.name for m in pkgutil.iter_modules(hub.__path__, "hub.") if m.name != "hub.__main__")
    return tuple(_feature(importlib.import_module(name)) for name in names)
