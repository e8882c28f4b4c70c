"""Which lots to take from: first expired, first out. Pure functions of lots and of what is known about today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kiosk.protocol.text import LocalText
from kiosk.storage.supplies import Lot


@dataclass(frozen=True, slots=True)
class Today:
    """The local date. While the clock is doubtful (`sure` False) only `not_before` is known, None = not even that."""

    day: date
    sure: bool
    not_before: date | None

    def is_past(self, last_good_day: date | None) -> bool:
        """Whether that day is surely over. What cannot be known is not claimed."""
        bound = self.day if self.sure else self.not_before
        return last_good_day is not None and bound is not None and last_good_day < bound


def today(day: date, clock_trusted: bool, seen: date | None) -> Today:
    """`day` is the clock's local date, `seen` the latest date this station has surely lived through."""
    return Today(day, clock_trusted and (seen is None or day >= seen), seen)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of one lot, and where it lies."""

    lot: str
    quantity: int
    place: LocalText | None
    expires: date | None


@dataclass(frozen=True, slots=True)
class Plan:
    """How a quantity is taken. `beyond` of it are not in the book.

    `unsure`: the clock cannot tell whether these are still good, the visitor has to look at the package.
    """

    shares: tuple[Share, ...]
    beyond: int
    unsure: bool


@dataclass(frozen=True, slots=True)
class Split:
    """Lots of one item: those that may be taken in the order they should be, and those past their last good day."""

    good: tuple[Lot, ...]
    past: tuple[Lot, ...]

    @property
    def quantity(self) -> int:
        """How many may be taken."""
        return sum(lot.quantity for lot in self.good)

    @property
    def expired(self) -> int:
        """How many lie there and may not."""
        return sum(lot.quantity for lot in self.past)


def split(lots: Iterable[Lot], now: Today) -> Split:
    """First expired, first out; what does not expire comes last, of equals the one that arrived first comes first."""
    held = sorted((lot for lot in lots if lot.quantity > 0), key=_fefo)
    return Split(
        tuple(lot for lot in held if not now.is_past(lot.expires)),
        tuple(lot for lot in held if now.is_past(lot.expires)),
    )


def make_plan(lots: Split, quantity: int, now: Today) -> Plan:
    """Take `quantity` from the good lots. What they do not have is `beyond`: whoever sees one may take it."""
    shares: list[Share] = []
    left = quantity
    for lot in lots.good:
        if left == 0:
            break
        part = min(left, lot.quantity)
        shares.append(Share(lot.lot, part, lot.place, lot.expires))
        left -= part
    return Plan(tuple(shares), left, not now.sure and any(share.expires for share in shares))


def _fefo(lot: Lot) -> tuple[date, int, str]:
    return (lot.expires or date.max, lot.opened, lot.lot)
