"""The first stock of a station, read from a file: what lies on the shelf on the day it opens."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from kiosk.errors import KioskError
from kiosk.protocol.catalogue import DocId
from kiosk.protocol.supplies import MOST_STOCKED, SupplyRestockedBody
from kiosk.protocol.text import LocalText
from kiosk.storage import Store


class OpeningStockInvalid(KioskError):
    """The file is not a list of lots. `where` and `problem` say why, for the person who wrote it."""

    code = "supply.opening_invalid"


class OpeningLot(BaseModel):
    """One lot: `expires` is its last good day, or `days` counts it from today (negative = past); neither = none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    item: DocId
    quantity: int = Field(ge=1, le=MOST_STOCKED)
    place: LocalText
    expires: date | None = None
    days: int | None = Field(default=None, ge=-3650, le=3650)


_FILE = TypeAdapter(list[OpeningLot])


def read_opening(path: Path, today: date) -> Iterator[SupplyRestockedBody]:
    """The entries that put it on the shelf. Raises OpeningStockInvalid."""
    try:
        lots = _FILE.validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise OpeningStockInvalid(path=str(path), where=where, problem=first["msg"]) from error
    except OSError as error:
        raise OpeningStockInvalid(path=str(path), where="", problem=str(error)) from error
    for number, lot in enumerate(lots, start=1):
        yield SupplyRestockedBody(
            item=lot.item,
            session="",
            day=today,
            lot=f"opening-{number}",
            quantity=lot.quantity,
            expires=lot.expires if lot.days is None else today + timedelta(days=lot.days),
            place=lot.place,
        )


def open_shelf(store: Store, path: Path, today: date) -> int:
    """Record the opening stock unless the shelf has a history. Returns the number of lots. On the desk thread."""
    if store.journal.newest("supply.", 1):
        return 0
    with store.transaction():
        return len([store.append(body) for body in read_opening(path, today)])
