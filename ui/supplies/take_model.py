"""One item: how many, from where, what has to be heard first, and the one button that takes it."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot

from kiosk.devices.ports import SpeechPriority
from kiosk.devices.speech import WordsUnheard
from kiosk.errors import KioskError
from kiosk.session import SessionPersonChanged
from kiosk.supplies import Done, Offer, StockChanged, StockState
from ui.context import UiContext
from ui.lists import RowsModel
from ui.pages import Args
from ui.supplies.words import ShelfWords
from ui.viewmodel import ViewModel


@dataclass(frozen=True, slots=True)
class PointRow:
    """One thing to heed."""

    text: str


class TakeModel(ViewModel):
    offer_changed = Signal()
    quantity_changed = Signal()
    heard_changed = Signal()

    def __init__(self, ui: UiContext, args: Args) -> None:
        super().__init__(ui)
        self._item = str(args.get("item", ""))
        self.source = ui.station.supplies.offer
        self._words = ShelfWords(ui)
        self._offer: Offer | None = None
        self._quantity = 1
        self._points: RowsModel[PointRow] = RowsModel(PointRow, self)
        self._heard = False
        self._spoken = ""
        self._aloud = False
        self._visible = False
        self._taking = False
        self.subscribe(WordsUnheard, self._unheard)
        self.subscribe(StockChanged, self._stock_changed)
        self.subscribe(SessionPersonChanged, lambda _: self.refresh())

    def refresh(self) -> None:
        self.run(self.source, self._item).success(self._show)

    def shown(self) -> None:
        self._visible = True
        self._speak_caution()

    def hidden(self) -> None:
        self._visible = False
        self._spoken = ""

    def _show(self, offer: Offer) -> None:
        if self._offer is not None and self._offer.caution != offer.caution:
            self._heard = False
        self._offer = offer
        self._quantity = max(1, min(self._quantity, offer.most))
        card = offer.caution
        self._points.set_rows([PointRow(self.ui.text(point)) for point in card.points] if card else [])
        self.offer_changed.emit()
        self.quantity_changed.emit()
        self.heard_changed.emit()
        self._speak_caution()

    def _speak_caution(self) -> None:
        """Said once for each language, as soon as the page is on the screen and the words are known."""
        card = self._offer.caution if self._offer and self._offer.most else None
        if card is None or not self._visible or self._spoken == self.ui.language:
            return
        self._spoken, self._aloud = self.ui.language, True
        lines = [self.ui.text(card.title), *(row.text for row in self._points.rows)]
        self.ui.say("\n".join(lines), SpeechPriority.CAUTION)

    def _unheard(self, event: WordsUnheard) -> None:
        """This machine is silent: the card itself shows the words, a second time they would only cover it."""
        if event.priority is SpeechPriority.CAUTION:
            self._aloud = False
            self.ui.voice.hideWords()

    @Slot(int)
    def change(self, by: int) -> None:
        """More or fewer."""
        wanted = max(1, min(self._quantity + by, self._most()))
        if wanted != self._quantity:
            self._quantity = wanted
            self.quantity_changed.emit()

    @Slot()
    def acknowledge(self) -> None:
        """The visitor says that the caution card was understood."""
        self._heard = True
        self.heard_changed.emit()

    @Slot()
    def hearAgain(self) -> None:
        self._spoken = ""
        self._speak_caution()

    @Slot()
    def leave(self) -> None:
        """Back to the shelf."""
        self.ui.navigator.back()

    @Slot()
    def take(self) -> None:
        offer = self._offer
        if offer is None or self._taking or not self._ready():
            return
        self._taking = True
        version = offer.caution.version if offer.caution else ""
        supplies = self.ui.station.supplies
        if offer.item.loan:
            op = self.run(supplies.borrow, self._item, version, self._aloud)
        else:
            op = self.run(supplies.take, self._item, self._quantity, version, self._aloud)
        op.success(self._taken).failure(self._not_taken)

    def _taken(self, done: Done) -> None:
        self.ui.replace("supplies.done", {"done": done})

    def _not_taken(self, error: KioskError) -> None:
        self._taking = False
        self.set_problem(error, self.take)
        self.refresh()

    def _stock_changed(self, event: StockChanged) -> None:
        if event.item == self._item and not self._taking:
            self.refresh()

    def _most(self) -> int:
        return self._offer.most if self._offer else 1

    def _ready(self) -> bool:
        offer = self._offer
        return offer is not None and offer.most > 0 and (offer.caution is None or self._heard)

    def _name(self) -> str:
        return self.ui.text(self._offer.item.name) if self._offer else ""

    def _unit(self) -> str:
        return self._words.counter(self._offer.item.unit) if self._offer else ""

    def _take_words(self) -> str:
        return self._words.take(self._offer, self._quantity) if self._offer else ""

    def _note(self) -> str:
        return self.ui.text(self._offer.item.note) if self._offer else ""

    def _icon(self) -> str:
        return self._offer.item.icon if self._offer else ""

    def _picture(self) -> str:
        return self._offer.item.picture.as_uri() if self._offer and self._offer.item.picture else ""

    def _stock(self) -> str:
        return self._words.stock(self._offer.item) if self._offer else ""

    def _state(self) -> str:
        return self._offer.item.state.value if self._offer else ""

    def _advice(self) -> str:
        return self._words.advice(self._offer, self._quantity) if self._offer and self._offer.most else ""

    def _doubt(self) -> str:
        return self._words.look_at_date(self._offer.plans[self._quantity - 1]) if self._offer and self._most() else ""

    def _limit(self) -> str:
        return self._words.limit(self._offer, self._quantity) if self._offer and self._offer.most else ""

    def _caution_title(self) -> str:
        return self.ui.text(self._offer.caution.title) if self._offer and self._offer.caution else ""

    def _caution_source(self) -> str:
        return self.ui.text(self._offer.caution.source) if self._offer and self._offer.caution else ""

    def _blocked(self) -> bool:
        return self._offer is not None and self._offer.most == 0

    def _loan(self) -> bool:
        return self._offer is not None and self._offer.item.loan

    def _missing(self) -> bool:
        return self._offer is not None and self._offer.item.state is StockState.NONE

    loaded = Property(bool, lambda self: self._offer is not None, notify=offer_changed)
    name = Property(str, _name, notify=offer_changed)
    unit = Property(str, _unit, notify=offer_changed)
    note = Property(str, _note, notify=offer_changed)
    icon = Property(str, _icon, notify=offer_changed)
    picture = Property(str, _picture, notify=offer_changed)
    stock = Property(str, _stock, notify=offer_changed)
    state = Property(str, _state, notify=offer_changed)
    loan = Property(bool, _loan, notify=offer_changed)
    blocked = Property(bool, _blocked, notify=offer_changed)
    missing = Property(bool, _missing, notify=offer_changed)
    most = Property(int, _most, notify=offer_changed)
    cautionTitle = Property(str, _caution_title, notify=offer_changed)
    cautionSource = Property(str, _caution_source, notify=offer_changed)
    points = Property(QObject, lambda self: self._points, constant=True)
    quantity = Property(int, lambda self: self._quantity, notify=quantity_changed)
    takeWords = Property(str, _take_words, notify=quantity_changed)
    advice = Property(str, _advice, notify=quantity_changed)
    doubt = Property(str, _doubt, notify=quantity_changed)
    limit = Property(str, _limit, notify=quantity_changed)
    heard = Property(bool, lambda self: self._heard, notify=heard_changed)
    ready = Property(bool, _ready, notify=heard_changed)
