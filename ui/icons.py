"""Icons by name, from the Material Design Icons font that comes inside QtAwesome (`mdi6.home`, …)."""

import importlib.util
import json
import logging
from functools import cache
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QFontDatabase

log = logging.getLogger(__name__)
_PREFIX = "mdi6."
_UNKNOWN = "help-circle-outline"


def _folder() -> Path:
    # QtAwesome itself is never imported: it would bring a second way into Qt. Only its fonts are used.
    spec = importlib.util.find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise RuntimeError("the icon font is missing: install the locked dependencies")
    return Path(spec.origin).parent / "fonts"


@cache
def glyphs() -> dict[str, str]:
    """Character of each icon name (without its prefix)."""
    chart = next(_folder().glob("materialdesignicons6-webfont-charmap-*.json"))
    return {name: chr(int(code, 16)) for name, code in json.loads(chart.read_text("utf-8")).items()}


class Icons(QObject):
    """For QML: `glyph("mdi6.home")` in the font `family`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        font = next(path for path in _folder().glob("materialdesignicons6-webfont-*.ttf"))
        number = QFontDatabase.addApplicationFont(str(font))
        families = QFontDatabase.applicationFontFamilies(number)
        self.font_family = families[0] if families else ""

    @Slot(str, result=str)
    def glyph(self, name: str) -> str:
        found = glyphs().get(name.removeprefix(_PREFIX))
        if found is None:
            log.warning("there is no icon %s", name)
            return glyphs()[_UNKNOWN]
        return found

    @Slot(result=str)
    def family(self) -> str:
        return self.font_family
