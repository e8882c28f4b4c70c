"""The telephone numbers that a visitor can dial by hand, as rows with whose they are."""

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ui.context import UiContext

_LABELS = {
    "110": QT_TRANSLATE_NOOP("shell", "报警"),
    "119": QT_TRANSLATE_NOOP("shell", "火警"),
    "120": QT_TRANSLATE_NOOP("shell", "急救"),
    "122": QT_TRANSLATE_NOOP("shell", "交通事故"),
    "12333": QT_TRANSLATE_NOOP("shell", "人社热线"),
    "12351": QT_TRANSLATE_NOOP("shell", "工会热线"),
}
_OTHER = QT_TRANSLATE_NOOP("shell", "值班电话")


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A telephone number to be dialled by hand."""

    number: str
    label: str


def number_rows(ui: UiContext, desk: bool = True) -> list[NumberRow]:
    """The emergency numbers of this station, and the desk's own where it has one."""
    settings = ui.station.settings
    own = [settings.desk_number] if desk and settings.desk_number else []
    return [NumberRow(number, number_label(number)) for number in (*settings.emergency_numbers, *own)]


def number_label(number: str) -> str:
    """Whose number it is."""
    return QCoreApplication.translate("shell", _LABELS.get(number, _OTHER))
