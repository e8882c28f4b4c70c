"""Log a supply: what is on the shelf, taking, borrowing and bringing back, restock and stocktake."""

from kiosk.supplies.events import StockChanged, SupplyReturned, SupplyTaken, SupplyUndone
from kiosk.supplies.plan import Plan, Share
from kiosk.supplies.rows import (
    CategoryRow,
    Done,
    ItemRow,
    LoanRow,
    Loans,
    LotRow,
    LotState,
    Offer,
    PlaceRow,
    StockState,
    Warnings,
)
from kiosk.supplies.shelf import Shelf
from kiosk.supplies.stockroom import Counted, Reason, Stockroom, Written
from kiosk.supplies.supplies import Supplies
from kiosk.supplies.undo import UNDO_SECONDS, Undo

__all__ = [
    "UNDO_SECONDS",
    "CategoryRow",
    "Counted",
    "Done",
    "ItemRow",
    "LoanRow",
    "Loans",
    "LotRow",
    "LotState",
    "Offer",
    "PlaceRow",
    "Plan",
    "Reason",
    "Share",
    "Shelf",
    "StockChanged",
    "StockState",
    "Stockroom",
    "Supplies",
    "SupplyReturned",
    "SupplyTaken",
    "SupplyUndone",
    "Undo",
    "Warnings",
    "Written",
]
