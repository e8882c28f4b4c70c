"""How the screen looks for the visitor who stands there: language, size, contrast. Back to the station's at the end."""

from typing import Literal

from PySide6.QtCore import Property, QObject, Signal, Slot

Language = Literal["zh_CN", "en"]
LANGUAGES: tuple[Language, ...] = ("zh_CN", "en")


class ScreenSettings(QObject):
    """Properties for QML; `language_changed` is emitted before anything is translated again."""

    language_changed = Signal()
    large_changed = Signal()
    high_contrast_changed = Signal()

    def __init__(self, parent: QObject | None = None, *, low_reach: bool = False) -> None:
        super().__init__(parent)
        self._language: Language = "zh_CN"
        self._default: Language = "zh_CN"
        self._large = self._high_contrast = False
        self._low_reach = low_reach  # how the panel hangs, so it stays

    @property
    def code(self) -> Language:
        """The language of the screen, "zh_CN" or "en"."""
        return self._language

    def set_default_language(self, language: Language) -> None:
        """The station's own language, taken at once and again after each visitor."""
        self._default = language
        self.set_language(language)

    def set_language(self, language: Language) -> None:
        if language != self._language:
            self._language = language
            self.language_changed.emit()

    def reset(self) -> None:
        """The next visitor finds the screen as the station has it."""
        self.set_language(self._default)
        self._set_large(False)
        self._set_high_contrast(False)

    @Slot()
    def switchLanguage(self) -> None:
        place = LANGUAGES.index(self._language)
        self.set_language(LANGUAGES[(place + 1) % len(LANGUAGES)])

    def _set_large(self, on: bool) -> None:
        if on != self._large:
            self._large = on
            self.large_changed.emit()

    def _set_high_contrast(self, on: bool) -> None:
        if on != self._high_contrast:
            self._high_contrast = on
            self.high_contrast_changed.emit()

    language = Property(str, lambda self: self._language, notify=language_changed)
    large = Property(bool, lambda self: self._large, _set_large, notify=large_changed)
    highContrast = Property(bool, lambda self: self._high_contrast, _set_high_contrast, notify=high_contrast_changed)
    lowReach = Property(bool, lambda self: self._low_reach, constant=True)
