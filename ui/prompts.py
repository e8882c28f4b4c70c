"""Prompts that are always the same, worked out in advance so that they are heard at once: refusals, cautions, calls."""

import importlib
from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

from kiosk.devices.ports import Utterance
from kiosk.errors import KioskError
from kiosk.events import CatalogueUpdated
from kiosk.supplies import Supplies
from ui.context import UiContext
from ui.discovery import feature_modules
from ui.ops import Op
from ui.problems import all_problems

_LATER_MS = 15_000  # the first visitor has the machine to himself
_KINDS = frozenset({"item", "item_category"})


class Prompts(QObject):
    """Prepares speech in the language of the screen: some time after the start, in a new language, for new cautions.

    A feature lists what it says with `PROMPTS: tuple[tuple[context, source], …]` in `ui/<feature>/words.py`.
    """

    def __init__(self, ui: UiContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ui = ui
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_LATER_MS)
        self._wait.timeout.connect(self.prepare)
        ui.settings.language_changed.connect(self._wait.start)
        ui.relay.subscribe(CatalogueUpdated, self._on_catalogue)
        self._wait.start()

    @Slot()
    def prepare(self) -> None:
        """Now. What is already in the cache costs nothing."""
        self._say(fixed_sentences())
        Op(_cautions, self._ui.station.supplies, self._ui.language).success(self._say).start()

    def _say(self, texts: Iterable[str]) -> None:
        language = self._ui.language
        self._ui.station.speech.prepare([Utterance(text, language) for text in texts])

    def _on_catalogue(self, event: CatalogueUpdated) -> None:
        if event.kinds & _KINDS:
            self._wait.start()


def fixed_sentences() -> list[str]:
    """Every sentence of a problem without a gap to fill, and what the features say, in the present language."""
    sources = [("problems", text) for problem in all_problems().values() for text in problem[:2]]
    for name in feature_modules("words"):
        sources.extend(getattr(importlib.import_module(name), "PROMPTS", ()))
    return [QCoreApplication.translate(context, source) for context, source in sources if source and "{" not in source]


def _cautions(supplies: Supplies, language: str) -> list[str]:
    """On the desk thread: title and points of every caution card."""
    found: list[str] = []
    for category in supplies.categories():
        for item in category.items:
            try:
                card = supplies.offer(item.id).caution
            except KioskError:
                continue
            if card is not None:
                found += [card.title.get(language), *(point.get(language) for point in card.points)]
    return found
