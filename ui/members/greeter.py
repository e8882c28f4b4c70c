"""A code that is shown while another page is on the screen: who was recognised, or why not, is said."""

from PySide6.QtCore import QObject

from kiosk.devices.ports import SpeechPriority
from kiosk.members import CardSeen, CardTroubled, MemberRecognised, MemberRefused
from kiosk.protocol.text import LocalText
from ui.context import UiContext
from ui.members.words import card_trouble, card_words, greeting
from ui.ops import Op
from ui.problems import words_for

SHOW_PAGE = "members.show"
HOME_PAGE = "home.main"
REGISTER_PAGE = "members.register"


class Greeter(QObject):
    """Lives as long as the program. A member who comes to the home page sees the page of their own; one who is in the
    middle of something is only greeted."""

    def __init__(self, ui: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._ui = ui
        ui.relay.subscribe(MemberRecognised, self._on_recognised)
        ui.relay.subscribe(MemberRefused, self._on_refused)
        ui.relay.subscribe(CardSeen, self._on_card)
        ui.relay.subscribe(CardTroubled, self._on_trouble)

    def _on_recognised(self, event: MemberRecognised) -> None:
        navigator = self._ui.navigator
        if navigator.page_name == SHOW_PAGE:
            return
        if navigator.page_name == HOME_PAGE:
            self._ui.open(SHOW_PAGE)
        tier = event.person.tier
        Op(self._ui.station.members.tier_name, tier).success(self._greet).start()

    def _on_refused(self, event: MemberRefused) -> None:
        if self._ui.navigator.page_name == SHOW_PAGE:
            return
        from ui.members.show_model import refusal_of

        words = words_for(refusal_of(event.code))
        self._ui.say(words.sentence + words.next_step, SpeechPriority.RESULT)

    def _on_card(self, event: CardSeen) -> None:
        """A card that is no member's: said, unless it opens a door, or is to be registered, which is said there."""
        navigator = self._ui.navigator
        if self._ui.station.terminal_door or navigator.page_name == REGISTER_PAGE:
            return
        if words := card_words(event.known, event.valid):
            self._ui.say(words, SpeechPriority.RESULT)
        if event.valid and not event.known and navigator.page_name in (HOME_PAGE, SHOW_PAGE):
            self._ui.open(REGISTER_PAGE)

    def _on_trouble(self, event: CardTroubled) -> None:
        self._ui.say(card_trouble(event.trouble), SpeechPriority.HINT)

    def _greet(self, tier: LocalText | None) -> None:
        self._ui.say(greeting(self._ui, tier), SpeechPriority.RESULT)


def install_greeter(ui: UiContext, parent: QObject) -> Greeter:
    """Greet whoever shows a code, whatever page is on the screen."""
    return Greeter(ui, parent)
