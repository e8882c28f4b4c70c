"""Supplies on the wire: what can be taken (documents), and what was taken, brought and counted (entries).

The shelf as the book has it is a sum: every entry has an `effect`, an undo has the reversed effect of the entry it
names. Kiosk and hub both add up effects, so both come to the same numbers.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from kiosk.protocol.catalogue import CatalogueBody, DocId, FileRef, catalogue_body
from kiosk.protocol.journal import Entry, JournalBody, Uuid, journal_body
from kiosk.protocol.text import LocalText

MOST_TAKEN, MOST_STOCKED = 99, 9999
Icon = Annotated[str, StringConstraints(pattern=r"^mdi6\.[a-z0-9-]{1,60}$")]
LotId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")]
Person = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{2}){0,32}$")]  # a pseudonym, "" = nobody recognised
PictureName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,60}\.(png|jpg|svg)$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class CautionCard(_Part):
    """What has to be heard before an item is taken. The words are a professional's and are never made here.

    `version` changes with the words; an acknowledgement names it. `source` says where the words come from.
    """

    version: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    title: LocalText
    points: list[LocalText] = Field(min_length=1, max_length=8)
    source: LocalText


@catalogue_body("item_category")
class ItemCategory(CatalogueBody):
    """A group of items on the supplies page."""

    name: LocalText
    icon: Icon = "mdi6.package-variant-closed"
    order: int = 100


@catalogue_body("supply_place")
class SupplyPlace(CatalogueBody):
    """A place of the station where a lot can lie, in words that follow "from": "the left box"."""

    name: LocalText
    order: int = 100


@catalogue_body("item")
class ItemDocument(CatalogueBody):
    """Something people take (`consumable`) or borrow (`loan`) at a station.

    `counted` is False for what has no stock, such as hot water from the tap. `daily_limit` is per person and local
    day, None = none, and always soft. `low_stock` is the quantity at which the volunteer is told (0 = never);
    `expiry_warning_days` how long before the last good day a lot is announced.
    """

    name: LocalText
    unit: LocalText
    category: DocId
    use: Literal["consumable", "loan"] = "consumable"
    icon: Icon = "mdi6.package-variant-closed"
    picture: FileRef | PictureName | None = None
    note: LocalText | None = None
    order: int = 100
    counted: bool = True
    daily_limit: int | None = Field(default=None, ge=1, le=MOST_TAKEN)
    max_quantity: int = Field(default=5, ge=1, le=MOST_TAKEN)
    caution: CautionCard | None = None
    low_stock: int = Field(default=0, ge=0, le=MOST_STOCKED)
    expiry_warning_days: int = Field(default=7, ge=0, le=400)


class LotShare(_Part):
    """So many of one lot."""

    lot: LotId
    quantity: int = Field(ge=1, le=MOST_STOCKED)


class LotCount(_Part):
    """What the book had of a lot, and what was found."""

    lot: LotId
    expected: int = Field(ge=0, le=MOST_STOCKED)
    counted: int = Field(ge=0, le=MOST_STOCKED)


@dataclass(frozen=True, slots=True)
class Effect:
    """What an entry changes. Quantities are signed.

    `beyond` counts what was taken although the book had none; `unmatched` what was brought back without its number.
    `opens` and `closes` are the id of the entry that began a loan. `person_day` is (person, day, quantity).
    """

    lots: tuple[tuple[str, int], ...] = ()
    beyond: int = 0
    unmatched: int = 0
    opens: str = ""
    closes: str = ""
    person_day: tuple[str, str, int] | None = None

    def reversed(self) -> "Effect":
        day = self.person_day
        return replace(
            self,
            lots=tuple((lot, -change) for lot, change in self.lots),
            beyond=-self.beyond,
            unmatched=-self.unmatched,
            opens=self.closes,
            closes=self.opens,
            person_day=day and (day[0], day[1], -day[2]),
        )


class SupplyBody(JournalBody):
    """What all entries of the shelf have. `day` is the station's local date when it was written."""

    item: DocId
    session: str
    day: date

    def effect(self, entry_id: str) -> Effect:
        """What the entry with this body and `entry_id` changes."""
        return Effect()


@journal_body("supply.taken")
class SupplyTakenBody(SupplyBody):
    """Somebody took something. `beyond` of the quantity were not in the book: the next stocktake tells why."""

    who: ClassVar[str] = "person"
    keep_days: ClassVar[int] = 400

    quantity: int = Field(ge=1, le=MOST_TAKEN)
    lots: list[LotShare] = Field(default=[])
    beyond: int = Field(default=0, ge=0, le=MOST_TAKEN)
    person: Person = ""
    over_limit: bool = False

    def effect(self, entry_id: str) -> Effect:
        day = (self.person, self.day.isoformat(), self.quantity) if self.person else None
        return Effect(tuple((s.lot, -s.quantity) for s in self.lots), beyond=self.beyond, person_day=day)


@journal_body("supply.borrowed")
class SupplyBorrowedBody(SupplyBody):
    """Somebody borrowed one. `number` is what they bring back with it: unique among the open loans of the station."""

    who: ClassVar[str] = "person"
    keep_days: ClassVar[int] = 400

    number: int = Field(ge=1)
    lots: list[LotShare] = Field(default=[], max_length=1)
    beyond: int = Field(default=0, ge=0, le=1)
    person: Person = ""
    over_limit: bool = False

    def effect(self, entry_id: str) -> Effect:
        day = (self.person, self.day.isoformat(), 1) if self.person else None
        lots = tuple((s.lot, -s.quantity) for s in self.lots)
        return Effect(lots, beyond=self.beyond, opens=entry_id, person_day=day)


@journal_body("supply.returned")
class SupplyReturnedBody(SupplyBody):
    """One came back into `lot`. `loan` is the entry that began it, "" when nobody knew the number."""

    lot: LotId
    loan: Uuid | Literal[""] = ""
    number: int | None = None

    def effect(self, entry_id: str) -> Effect:
        return Effect(((self.lot, 1),), unmatched=0 if self.loan else 1, closes=self.loan)


@journal_body("supply.loan_closed")
class LoanClosedBody(SupplyBody):
    """Staff closed a loan: `found` means it was among those returned without a number, else it is given up."""

    loan: Uuid
    number: int
    found: bool

    def effect(self, entry_id: str) -> Effect:
        return Effect(unmatched=-1 if self.found else 0, closes=self.loan)


@journal_body("supply.restocked")
class SupplyRestockedBody(SupplyBody):
    """A lot arrived or grew. `expires` is its last good day, None for what does not expire."""

    lot: LotId
    quantity: int = Field(ge=1, le=MOST_STOCKED)
    expires: date | None = None
    place: LocalText

    def effect(self, entry_id: str) -> Effect:
        return Effect(((self.lot, self.quantity),))


@journal_body("supply.spoiled")
class SupplySpoiledBody(SupplyBody):
    """Staff took some of a lot out of use."""

    lot: LotId
    quantity: int = Field(ge=1, le=MOST_STOCKED)
    reason: Literal["expired", "damaged", "lost"]

    def effect(self, entry_id: str) -> Effect:
        return Effect(((self.lot, -self.quantity),))


@journal_body("supply.counted")
class SupplyCountedBody(SupplyBody):
    """Staff counted the lots of an item. `beyond` is what had been taken beyond the book and is settled by this."""

    lots: list[LotCount] = Field(min_length=1)
    beyond: int = Field(default=0, ge=0)

    def effect(self, entry_id: str) -> Effect:
        lots = tuple((c.lot, c.counted - c.expected) for c in self.lots if c.counted != c.expected)
        return Effect(lots, beyond=-self.beyond)


@journal_body("supply.cautioned")
class SupplyCautionedBody(SupplyBody):
    """A caution card was acknowledged. `spoken` is False where the machine is silent and only showed the words."""

    version: str
    spoken: bool


@journal_body("supply.undone")
class SupplyUndoneBody(SupplyBody):
    """The entry `of` did not happen after all: its effect is reversed."""

    of: Uuid


def supply_body(entry: Entry) -> SupplyBody | None:
    """The body of an entry of the shelf, None for any other. Raises pydantic.ValidationError for the wrong shape."""
    if not entry.kind.startswith("supply."):
        return None
    body = entry.parsed()
    return body if isinstance(body, SupplyBody) else None
