"""Log a supply: the shelf, one item, what was written, bringing back; and the volunteer's pages behind the PIN."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ui.pages import Args, PageSpec, Sample, Tile

if TYPE_CHECKING:
    from ui.context import UiContext
    from ui.viewmodel import ViewModel


def _list(ui: "UiContext", _args: Args) -> "ViewModel":
    from ui.supplies.list_model import ListModel

    return ListModel(ui)


def _take(ui: "UiContext", args: Args) -> "ViewModel":
    from ui.supplies.take_model import TakeModel

    return TakeModel(ui, args)


def _done(ui: "UiContext", args: Args) -> "ViewModel":
    from ui.supplies.done_model import DoneModel

    return DoneModel(ui, args)


def _loans(ui: "UiContext", _args: Args) -> "ViewModel":
    from ui.supplies.loans_model import LoansModel

    return LoansModel(ui)


def _pin(ui: "UiContext", args: Args) -> "ViewModel":
    from ui.supplies.pin_model import PinModel

    return PinModel(ui, args)


def _staff(ui: "UiContext", _args: Args) -> "ViewModel":
    from ui.supplies.staff_model import StaffModel

    return StaffModel(ui)


def _stock(ui: "UiContext", args: Args) -> "ViewModel":
    from ui.supplies.stock_model import StockModel

    return StockModel(ui, args)


def _restock(ui: "UiContext", args: Args) -> "ViewModel":
    from ui.supplies.restock_model import RestockModel

    return RestockModel(ui, args)


def _count(ui: "UiContext", args: Args) -> "ViewModel":
    from ui.supplies.count_model import CountModel

    return CountModel(ui, args)


def _spoil(ui: "UiContext", args: Args) -> "ViewModel":
    from ui.supplies.spoil_model import SpoilModel

    return SpoilModel(ui, args)


def _samples(page: str) -> tuple[Sample, ...]:
    from ui.supplies.samples import SAMPLES

    return SAMPLES[page]


PAGES = (
    PageSpec("supplies.list", "supplies/ShelfPage.qml", _list, lambda: _samples("list")),
    PageSpec("supplies.take", "supplies/TakePage.qml", _take, lambda: _samples("take")),
    PageSpec("supplies.done", "supplies/DonePage.qml", _done, lambda: _samples("done")),
    PageSpec("supplies.loans", "supplies/LoansPage.qml", _loans, lambda: _samples("loans")),
    PageSpec("supplies.pin", "supplies/PinPage.qml", _pin, lambda: _samples("pin")),
    PageSpec("supplies.staff", "supplies/StaffPage.qml", _staff, lambda: _samples("staff")),
    PageSpec("supplies.stock", "supplies/StockPage.qml", _stock, lambda: _samples("stock")),
    PageSpec("supplies.restock", "supplies/RestockPage.qml", _restock, lambda: _samples("restock")),
    PageSpec("supplies.count", "supplies/CountPage.qml", _count, lambda: _samples("count")),
    PageSpec("supplies.spoil", "supplies/SpoilPage.qml", _spoil, lambda: _samples("spoil")),
)
TILES = (
    Tile(
        page="supplies.list",
        icon="mdi6.bottle-soda-outline",
        title=QT_TRANSLATE_NOOP("tiles", "领用物资"),
        hint=QT_TRANSLATE_NOOP("tiles", "喝的、药品、雨伞，人人可拿"),
        order=10,
        main=True,
    ),
)
