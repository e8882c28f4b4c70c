"""A stage for pages: shows any page in any state and mode, waits until it is ready, photographs and presses it."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QMouseEvent
from PySide6.QtQuick import QQuickItem

import ui.ops
from kiosk.app import Station
from ui.app import Face
from ui.modes import Mode
from ui.pages import PageSpec, Sample, all_pages
from ui.viewmodel import ViewModel

_PATIENCE = 30.0  # seconds; a machine under load is slow, not broken


class NotReady(Exception):
    """Something that was waited for did not come."""


class Stage:
    """One face over one started station. `complaints` collects warnings of Qt and QML."""

    def __init__(self, station: Station, app: QGuiApplication, complaints: list[str]) -> None:
        self.station = station
        self.app = app
        self.complaints = complaints
        self.face = Face(station, app, on_warning=complaints.append)
        self._frames = 0
        self.face.window.frameSwapped.connect(self._count_frame)
        self.face.window.resize(*Mode().size)
        self.face.window.show()
        self.until(lambda: self.face.drawn, "the first frame")

    def close(self) -> None:
        self.face.close()
        self.spin(0.0)

    # -- time -----------------------------------------------------------------------------------------------------

    def spin(self, seconds: float) -> None:
        """Let Qt work for so long."""
        until = time.monotonic() + seconds
        while True:
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
            self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            if time.monotonic() >= until:
                return

    def frame(self) -> None:
        """Until what has been asked for so far is laid out and drawn."""
        before = self._frames
        self.face.window.update()
        self.until(lambda: self._frames > before, "a frame")

    def _count_frame(self) -> None:
        self._frames += 1

    def until(self, ready: Callable[[], object], what: str = "") -> None:
        """Let Qt work until `ready` says so. Raises NotReady."""
        deadline = time.monotonic() + _PATIENCE
        while not ready():
            self.spin(0.0)
            if time.monotonic() > deadline:
                raise NotReady(what or getattr(ready, "__name__", "?"))

    def settle(self) -> None:
        """Until nothing is under way: no operation, nothing queued, and what came of it is drawn."""
        for _ in range(2):
            self.station.desk.call(lambda: None)
            self.until(lambda: ui.ops.pending() == 0, "operations")
            self.frame()

    # -- pages ----------------------------------------------------------------------------------------------------

    def set_mode(self, mode: Mode) -> None:
        self.face.window.resize(*mode.size)
        self.face.settings.set_language(mode.language)
        self.face.settings.large = mode.large
        self.face.settings.highContrast = mode.contrast
        self.settle()

    def begin(self) -> None:
        """A visitor has come: the idle screen is gone."""
        self.station.session.wake()
        self.until(lambda: not self.face.shell.idle, "a session")

    def show(self, spec: PageSpec, sample: Sample) -> ViewModel:
        """A fresh session with this page in this state."""
        self.station.session.finish("finished")
        self.settle()
        self.begin()
        home = spec.name == self.face.navigator.page_name
        model = self.face.navigator.model if home else self.face.navigator.open(spec.name, sample.args)
        assert model is not None
        self.settle()
        if sample.prepare is not None:
            sample.prepare(model)
            self.settle()
        if sample.ready is not None:
            ready = sample.ready
            self.until(lambda: ready(model), f"{spec.name} {sample.state}")
        self.until(lambda: self.face.page is not None, f"the page {spec.name}")
        self.face.voice.hideWords()
        self.settle()
        return model

    def samples(self, prefix: str = "") -> Iterator[tuple[PageSpec, Sample]]:
        for name, spec in sorted(all_pages().items()):
            if name.startswith(prefix):
                for sample in spec.samples():
                    yield spec, sample

    def grab(self, path: Path | None = None) -> QImage:
        """What is on the screen; saved as PNG when a path is given."""
        self.frame()
        self.frame()  # what the first one brought about: sizes that follow from others
        picture = self.face.window.grabWindow()
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            picture.save(str(path))
        return picture

    # -- as a visitor ---------------------------------------------------------------------------------------------

    def tap_at(self, x: float, y: float, held_enough: Callable[[], object] = lambda: True) -> None:
        """Press at a point of the window, and release when that is long enough."""
        where = QPointF(x, y)
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        for kind, held in ((QEvent.Type.MouseButtonPress, left), (QEvent.Type.MouseButtonRelease, none)):
            event = QMouseEvent(kind, where, where, left, held, Qt.KeyboardModifier.NoModifier)
            self.app.postEvent(self.face.window, event)
            self.spin(0.0)
            if held is left:
                self.until(held_enough, "a touch that is long enough")
        self.settle()

    def tap(self, name: str) -> None:
        """Press what has this accessible name (or begins with it). Raises NotReady when it is not on the screen."""
        item = self.find(name)
        self.until(lambda: not item.property("deaf"), "the end of a double tap")
        where = self._within_reach(item, name).toPoint()
        self.tap_at(where.x(), where.y())

    def hold(self, name: str) -> None:
        """Press what has this accessible name until it has been held for long enough."""
        item = self.find(name)
        where = self._within_reach(item, name)
        self.tap_at(where.x(), where.y(), lambda: item.property("holdShare") >= 1)

    def find(self, name: str) -> QQuickItem:
        """The pressable item with this accessible name. Waits for it."""
        found: list[QQuickItem] = []

        def look() -> bool:
            named = [(item, spoken_name(item)) for item in pressables(self.face.window.contentItem())]
            found[:] = [i for i, n in named if n == name] or [i for i, n in named if n.startswith(name)]
            return bool(found)

        self.until(look, f"something called {name}")
        return found[0]

    def _within_reach(self, item: QQuickItem, name: str) -> QPointF:
        """The middle of an item, once a finger there meets it: rows that are new lie on top of each other at first."""

        def middle() -> QPointF:
            return item.mapToScene(QPointF(item.width() / 2, item.height() / 2))

        self.until(lambda: topmost(self.face.window.contentItem(), middle()) is item, f"{name}, within reach")
        return middle()


def topmost(root: QQuickItem, where: QPointF) -> QQuickItem | None:
    """The button a finger meets at a point of the scene."""
    met = [item for item in pressables(root) if item.contains(item.mapFromScene(where))]
    return met[-1] if met else None


def pressables(root: QQuickItem) -> list[QQuickItem]:
    """Every visible button below `root`, the ones on top last."""
    found = []
    for item in sorted(root.childItems(), key=QQuickItem.z):
        if not item.isVisible() or item.opacity() < 0.01:
            continue
        if item.inherits("QQuickAbstractButton"):
            found.append(item)
        found.extend(pressables(item))
    return found


def spoken_name(item: QQuickItem) -> str:
    """The accessible name of a control, as its QML declares it."""
    for child in item.children():
        if child.metaObject().className() == "QQuickAccessibleAttached":
            return str(child.property("name") or "")
    return str(item.property("text") or "")
