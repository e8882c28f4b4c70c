"""The program with a face: application object, engine, window, and everything between a station and its screen."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine, QQmlError
from PySide6.QtQuick import QQuickItem, QQuickWindow

import ui.ops
from kiosk.app import Station
from ui.context import UiContext
from ui.i18n import Languages
from ui.navigator import Navigator
from ui.pages import Args, PageSpec
from ui.qr import QrProvider
from ui.relay import Relay
from ui.settings import ScreenSettings
from ui.shell import Shell
from ui.start import UI, Complaint, make_application, make_engine
from ui.touch import FirstTouch
from ui.viewmodel import ViewModel
from ui.voice import Voice

__all__ = ["Face", "make_application"]
log = logging.getLogger(__name__)


class Face:
    """All that the screen of one station needs. Build it after the station has started; `close` it before it stops."""

    def __init__(
        self,
        station: Station,
        app: QGuiApplication,
        *,
        turn: str = "auto",
        on_warning: Complaint | None = None,
        engine: QQmlApplicationEngine | None = None,
    ) -> None:
        self.station = station
        self.app = app
        ui.ops.connect(station.desk)
        self._root = QObject()
        self.relay = Relay(station.bus, self._root)
        self.settings = ScreenSettings(self._root, low_reach=station.config.panel.low_reach)
        self.navigator = Navigator(self._root)
        self.voice = Voice(lambda: station.speech, self.relay, self.settings, self._root)
        self.context = UiContext(station, self.relay, self.navigator, self.settings, self.voice)
        self.navigator.connect_models(self._model)
        self.engine = engine or make_engine()
        self.engine.addImageProvider("qr", QrProvider())
        self.window_filters: list[QObject] = []  # event filters that features bring; never for the application
        self.strips: list[tuple[str, QObject]] = []  # QML below ui/, and a model with `alive` and `wanted`
        self.drawn = False  # whether something was on the screen, and what came after it is done
        self._later: list[Callable[[], object]] = []
        self._extras()
        self.languages = Languages(app)
        self.settings.language_changed.connect(self._on_language)
        if on_warning is not None:
            self.engine.warnings.connect(lambda errors: [on_warning(_words(error)) for error in errors])
        self.shell = Shell(self.context, self._root)
        self.navigator.home()
        self.engine.setInitialProperties(
            {
                "shell": self.shell,
                "navigator": self.navigator,
                "settings": self.settings,
                "voice": self.voice,
                "strips": [{"source": QUrl.fromLocalFile(str(UI / qml)), "vm": vm} for qml, vm in self.strips],
                "turn": turn,
                "longMm": station.config.panel.long_mm,
            }
        )
        self.engine.load(QUrl.fromLocalFile(str(UI / "Main.qml")))
        roots = self.engine.rootObjects()
        if not roots or not isinstance(roots[0], QQuickWindow):
            raise RuntimeError("the screen could not be made; see the log")
        self.window: QQuickWindow = roots[0]
        for window_filter in self.window_filters:
            self.window.installEventFilter(window_filter)
        self.window.frameSwapped.connect(self._first_frame)
        self.first_touch = FirstTouch(self.window, station.session, self._root)

    @property
    def page(self) -> QQuickItem | None:
        """The item of the page on the screen."""
        item = self.window.property("page")
        return item if isinstance(item, QQuickItem) else None

    def close(self) -> None:
        """Take everything down in order; harmless when done again."""
        if self._root is None:
            return
        for window_filter in (*self.window_filters, self.first_touch):
            self.window.removeEventFilter(window_filter)
        self.voice.stop()
        self.languages.use("zh_CN")  # translators belong to the application, which may get another face
        self.navigator.close()
        self.relay.close()
        ui.ops.disconnect()
        self.window.close()
        self.engine.deleteLater()
        self._root.deleteLater()
        self._root = None  # type: ignore[assignment]

    def later(self, fn: Callable[[], object]) -> None:
        """Call `fn` on the Qt thread once something is on the screen. For `extend`: nobody waits for it."""
        self._later.append(fn)

    def _first_frame(self) -> None:
        self.window.frameSwapped.disconnect(self._first_frame)
        QTimer.singleShot(0, self._root, self._do_later)

    def _do_later(self) -> None:
        later, self._later = self._later, []
        for fn in later:
            fn()
        self.drawn = True

    def _extras(self) -> None:
        """What features bring beside their pages: `extend(face)` in `ui/<feature>/extend.py`."""
        import importlib

        from ui.discovery import feature_modules

        for name in feature_modules("extend"):
            importlib.import_module(name).extend(self)

    def _model(self, spec: PageSpec, args: Args) -> ViewModel:
        return spec.model(self.context, args)

    def _on_language(self) -> None:
        self.languages.use(self.settings.code)
        self.engine.setUiLanguage(self.settings.code)
        self.engine.retranslate()
        self.navigator.translate_again()


def _words(error: QQmlError) -> str:
    return str(error.toString())
