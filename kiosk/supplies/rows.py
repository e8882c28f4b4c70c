"""What the screens are told about the shelf: frozen rows that may cross a thread."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from kiosk.protocol.supplies import CautionCard
from kiosk.protocol.text import LocalText
from kiosk.supplies.plan import Plan, Share


class StockState(StrEnum):
    """How an item stands, as far as the book knows."""

    UNCOUNTED = "uncounted"  # there is always some
    PLENTY = "plenty"
    LOW = "low"
    NONE = "none"  # the book has none; whoever sees one may take it all the same
    EXPIRED = "expired"  # all that is left is past its last good day


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item on the shelf; `quantity` is what may be taken."""

    id: str
    category: str
    name: LocalText
    unit: LocalText
    note: LocalText | None
    icon: str
    picture: Path | None
    loan: bool
    quantity: int
    state: StockState


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A group of items; `name` is None for one that nobody published."""

    id: str
    name: LocalText | None
    icon: str
    items: tuple[ItemRow, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """All a visitor has to know before taking an item.

    `plans[n - 1]` says where n of it lie; there are as many plans as may be taken at once. They lie in `lots` lots.
    `expired` lie there and may not be taken. `taken_today` is None where it is not counted: nobody was recognised, or
    the date is not known.
    """

    item: ItemRow
    plans: tuple[Plan, ...]
    lots: int
    expired: int
    daily_limit: int | None
    taken_today: int | None
    caution: CautionCard | None
    clock_sure: bool

    @property
    def most(self) -> int:
        return len(self.plans)

    def over_limit(self, quantity: int) -> bool:
        """Whether `quantity` more is over the day's limit. It is said, and nobody is kept from going on."""
        if self.daily_limit is None or self.taken_today is None:
            return False
        return self.taken_today + quantity > self.daily_limit


@dataclass(frozen=True, slots=True)
class Done:
    """What was written. `number` is that of a loan (0 = none); `undo_seconds` how long it can be taken back."""

    entry: str
    item: ItemRow
    quantity: int
    shares: tuple[Share, ...]
    beyond: int
    over_limit: bool
    number: int
    undo_seconds: float


@dataclass(frozen=True, slots=True)
class LoanRow:
    """An open loan. `since` is told only to the person who borrowed it, and to staff."""

    loan: str
    number: int
    item: str
    name: LocalText
    icon: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Loans:
    """Open loans: those of the person who is here, and the bare numbers of the others."""

    mine: tuple[LoanRow, ...]
    others: tuple[LoanRow, ...]
    items: tuple[ItemRow, ...]  # what can be brought back without a number


class LotState(StrEnum):
    GOOD = "good"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    UNKNOWN = "unknown"  # the clock cannot tell


@dataclass(frozen=True, slots=True)
class LotRow:
    """A lot as staff see it."""

    item: str
    lot: str
    name: LocalText
    unit: LocalText
    quantity: int
    expires: date | None
    place: LocalText | None
    state: LotState


@dataclass(frozen=True, slots=True)
class Difference:
    """The book and the shelf do not agree: `beyond` were taken that it did not have."""

    item: str
    name: LocalText
    unit: LocalText
    beyond: int


@dataclass(frozen=True, slots=True)
class Unmatched:
    """So many came back without a number; as many loans are still open that should not be."""

    item: str
    name: LocalText
    unit: LocalText
    quantity: int


@dataclass(frozen=True, slots=True)
class Warnings:
    """What the volunteer should look after. `clock_sure` False: dates were not judged."""

    low: tuple[ItemRow, ...]
    expired: tuple[LotRow, ...]
    expiring: tuple[LotRow, ...]
    differences: tuple[Difference, ...]
    unmatched: tuple[Unmatched, ...]
    clock_sure: bool

    @property
    def count(self) -> int:
        parts = (self.low, self.expired, self.expiring, self.differences, self.unmatched)
        return sum(len(part) for part in parts)


@dataclass(frozen=True, slots=True)
class PlaceRow:
    id: str
    name: LocalText
