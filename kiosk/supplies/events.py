"""What happened at the shelf."""

from dataclasses import dataclass

from kiosk.events import Event


@dataclass(frozen=True, slots=True)
class StockChanged(Event):
    """The book of `item` has changed."""

    item: str


@dataclass(frozen=True, slots=True)
class SupplyTaken(StockChanged):
    """Taken or borrowed; `entry` is the id of the journal entry."""

    entry: str
    quantity: int


@dataclass(frozen=True, slots=True)
class SupplyReturned(StockChanged):
    """A loan came back. `entry` is the id of the journal entry."""

    entry: str


@dataclass(frozen=True, slots=True)
class SupplyUndone(StockChanged):
    """The entry `of` was undone."""

    of: str
