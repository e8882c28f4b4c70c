"""Registration on the screen: how (card, or name and number), as what, and the code that comes of it."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Property, QObject, Signal, Slot

from kiosk.devices.ports import SpeechPriority
from kiosk.devices.printer import Slip
from kiosk.errors import KioskError
from kiosk.members import CardSeen, CardTroubled, NewMember, SlipPrinted
from kiosk.members.registration import clean_name, clean_phone
from kiosk.protocol.registration import Occupation
from kiosk.session import SessionPersonChanged
from ui.context import UiContext
from ui.hours import day_words
from ui.lists import RowsModel
from ui.members.words import KEEP_CODE, OCCUPATIONS, card_trouble, card_words, say, slip_words
from ui.pages import Args
from ui.viewmodel import ViewModel

ID_CARD, PHONE = "id_card", "phone"
_LONGEST = 11


@dataclass(frozen=True, slots=True)
class OccupationRow:
    """A picture to choose by."""

    key: str
    title: str
    drawing: str


class RegisterModel(ViewModel):
    """The first page: what registering is, what is kept, and how it is done here. A card that is laid down goes on."""

    ways_changed = Signal()
    heard_changed = Signal()

    def __init__(self, ui: UiContext) -> None:
        super().__init__(ui)
        self._ways: tuple[str, ...] = ()
        self._has_card = self._asked = False
        self._last: CardSeen | CardTroubled | None = None
        self.subscribe(CardSeen, self._on_card)
        self.subscribe(CardTroubled, self._hear)
        self.subscribe(SessionPersonChanged, self._on_person)

    def refresh(self) -> None:
        registrar = self.ui.station.registrar
        self.run(lambda: (registrar.ways(), registrar.has_card)).success(lambda found: self.show_ways(*found))

    def show_ways(self, ways: tuple[str, ...], has_card: bool) -> None:
        """How one may register here, and whether a card was read already."""
        self._ways, self._has_card = ways, has_card
        self._asked = True
        self.ways_changed.emit()
        self.heard_changed.emit()

    def _on_card(self, event: CardSeen) -> None:
        goes_on = event.valid and not event.known
        self._hear(None if goes_on else event)
        if goes_on:
            self.byCard()

    def _on_person(self, event: SessionPersonChanged) -> None:
        """Whoever is known needs no registration."""
        if event.person is not None and self.ui.navigator.page_name == "members.register":
            self.ui.replace("members.show")

    def _hear(self, event: CardSeen | CardTroubled | None) -> None:
        self._last = event
        self.heard_changed.emit()

    def _heard(self) -> str:
        match self._last:
            case CardSeen(known=known, valid=valid):
                return card_words(known, valid)
            case CardTroubled(trouble=trouble):
                return card_trouble(trouble)
        return ""

    @Slot()
    def byCard(self) -> None:
        """Go on with the card that was read."""
        self.ui.open("members.occupation", {"way": ID_CARD})

    @Slot()
    def byPhone(self) -> None:
        self.ui.open("members.person")

    cards = Property(bool, lambda self: ID_CARD in self._ways, notify=ways_changed)
    phones = Property(bool, lambda self: PHONE in self._ways, notify=ways_changed)
    closed = Property(bool, lambda self: self._asked and not self._ways, notify=ways_changed)
    hasCard = Property(bool, lambda self: self._has_card, notify=ways_changed)
    heard = Property(str, _heard, notify=heard_changed)


class PersonModel(ViewModel):
    """A name and a number. What is wrong with them is said when the visitor goes on."""

    stage_changed = Signal()
    phone_changed = Signal()

    def __init__(self, ui: UiContext) -> None:
        super().__init__(ui)
        self._name = self._phone = ""
        self._naming = True

    @Slot(str)
    def named(self, text: str) -> None:
        self._name = text

    @Slot(str)
    def press(self, digit: str) -> None:
        if len(self._phone) < _LONGEST:
            self._set_phone(self._phone + digit)

    @Slot()
    def erase(self) -> None:
        self._set_phone(self._phone[:-1])

    @Slot()
    def goOn(self) -> None:
        """From the name to the number, and from there to the next page."""
        try:
            if self._naming:
                clean_name(self._name)
                self._go(False)
            else:
                args = {"way": PHONE, "name": clean_name(self._name), "phone": clean_phone(self._phone)}
                self.set_problem(None)
                self.ui.open("members.occupation", args)
        except KioskError as error:
            self.set_problem(error)

    @Slot()
    def backToName(self) -> None:
        self._go(True)

    def _go(self, naming: bool) -> None:
        self._naming = naming
        self.set_problem(None)
        self.stage_changed.emit()

    def _set_phone(self, phone: str) -> None:
        self._phone = phone
        self.set_problem(None)
        self.phone_changed.emit()

    naming = Property(bool, lambda self: self._naming, notify=stage_changed)
    name = Property(str, lambda self: self._name, notify=stage_changed)
    phone = Property(str, lambda self: self._phone, notify=phone_changed)
    full = Property(bool, lambda self: len(self._phone) == _LONGEST, notify=phone_changed)


class OccupationModel(ViewModel):
    """What somebody works as, by picture. The touch registers."""

    def __init__(self, ui: UiContext, args: Args) -> None:
        super().__init__(ui)
        self._args = {name: str(value) for name, value in args.items()}
        self._rows: RowsModel[OccupationRow] = RowsModel(OccupationRow, self)

    def refresh(self) -> None:
        self._rows.set_rows([OccupationRow(str(key), say(title), icon) for key, (title, icon) in OCCUPATIONS.items()])

    @Slot(str)
    def choose(self, key: str) -> None:
        if self._running:
            return
        registrar, occupation = self.ui.station.registrar, Occupation(key)
        if self._args.get("way") == ID_CARD:
            self.run(registrar.by_card, occupation).success(self._done)
        else:
            name, phone = self._args.get("name", ""), self._args.get("phone", "")
            self.run(registrar.by_phone, name, phone, occupation).success(self._done)

    def _done(self, made: NewMember) -> None:
        self._args = {}
        self.ui.navigator.home()
        self.ui.open(
            "members.code",
            {"code": made.code, "until": made.expires, "again": made.again, "link": made.link},
        )

    rows = Property(QObject, lambda self: self._rows, constant=True)


class NewCodeModel(ViewModel):
    """The code, and what to do with it."""

    words_changed = Signal()

    def __init__(self, ui: UiContext, args: Args) -> None:
        super().__init__(ui)
        self._code = str(args.get("code", ""))
        self._again = bool(args.get("again"))
        self._link = str(args.get("link", ""))
        self._sending = False
        until = args.get("until")
        self._until = until if isinstance(until, datetime) else None
        self._day = self._printed = ""
        self._printing = False
        self.subscribe(SlipPrinted, self._on_printed)

    def refresh(self) -> None:
        self._day = self._words_of(self._until) if self._until else ""
        self.words_changed.emit()

    def shown(self) -> None:
        if self.ui.station.speech.available():
            self.ui.say(say(KEEP_CODE), SpeechPriority.RESULT)

    def _words_of(self, until: datetime) -> str:
        station = self.ui.station
        return day_words(until.astimezone(station.zone).date(), station.local_now().date())

    @Slot()
    def print(self) -> None:
        """On paper, for who has no phone."""
        self.wait_for_paper()
        lines = slip_words(self._day, self.ui.text(self.ui.station.settings.name))
        self.ui.station.slips.print(Slip(lines[0], self._code, tuple(lines[1:])))

    def wait_for_paper(self) -> None:
        self._printing, self._printed = True, ""
        self.words_changed.emit()

    def _on_printed(self, event: SlipPrinted) -> None:
        if self._printing:
            self._printing = False
            self._printed = "good" if event.ok else "bad"
            self.words_changed.emit()

    @Slot()
    def turn(self) -> None:
        """From the code to the address that brings it to a phone, and back."""
        self._sending = not self._sending
        self.words_changed.emit()

    @Slot()
    def goOn(self) -> None:
        self.ui.navigator.home()

    @Slot()
    def finish(self) -> None:
        self.ui.station.session.finish()

    code = Property(str, lambda self: self._code, constant=True)
    again = Property(bool, lambda self: self._again, constant=True)
    link = Property(str, lambda self: self._link, constant=True)
    sending = Property(bool, lambda self: self._sending, notify=words_changed)
    day = Property(str, lambda self: self._day, notify=words_changed)
    canPrint = Property(bool, lambda self: self.ui.station.slips.usable, constant=True)
    printing = Property(bool, lambda self: self._printing, notify=words_changed)
    printed = Property(str, lambda self: self._printed, notify=words_changed)
