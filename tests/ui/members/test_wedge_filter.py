"""The filter in a real application: real windows, real controls, real key events."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtQml import QQmlComponent, QQmlEngine
from PySide6.QtQuick import QQuickWindow

from kiosk.devices.ports import Scan
from kiosk.devices.scanner.wedge import WedgeScanner
from ui.members.wedge_filter import WedgeFilter

CODE = "GH1:6BF+70790T9WJWG.FKY*4GO0.O1CV2 ETEF2A %/:"
PAGE = b"""
import QtQuick
import QtQuick.Controls.Basic
Window {
    width: 400; height: 200; visible: true
    property int clicks: 0
    property alias text: field.text
    function focusField() { field.forceActiveFocus() }
    function focusButton() { button.forceActiveFocus() }
    TextField { id: field; width: 300 }
    Button { id: button; y: 80; text: "ok"; onClicked: clicks += 1; Keys.onReturnPressed: clicks += 1 }
}
"""


class Desk:
    """A window with a field and a button, the filter, and hands whose speed the test decides."""

    def __init__(self, app: QGuiApplication) -> None:
        self.now = 0.0
        self.scans: list[Scan] = []
        self.scanner = WedgeScanner(lambda: self.now)
        self.scanner.start(self.scans.append)
        self.filter = WedgeFilter(self.scanner, app)
        self.app = app
        self.engine = QQmlEngine()
        self.component = QQmlComponent(self.engine)  # it owns what it makes
        self.component.setData(PAGE, QUrl())
        window = self.component.create()
        assert isinstance(window, QQuickWindow), self.component.errorString()
        self.window = window
        window.installEventFilter(self.filter)
        self.window.requestActivate()
        for _ in range(200):
            if QGuiApplication.focusWindow() is window:
                break
            QCoreApplication.processEvents()
        assert QGuiApplication.focusWindow() is window

    def focus(self, what: str) -> None:
        self.window.metaObject().invokeMethod(self.window, f"focus{what}")

    def type(self, text: str, pause: float) -> None:
        for char in text:
            self.now += pause
            key = Qt.Key.Key_Return if char == "\r" else Qt.Key(ord(char.upper())) if char.isascii() else Qt.Key(0)
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QCoreApplication.sendEvent(self.window, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, char))

    def rest(self) -> None:
        self.now += 1.0
        self.filter._on_idle()

    @property
    def text(self) -> str:
        return str(self.window.property("text"))

    @property
    def clicks(self) -> int:
        return int(self.window.property("clicks"))

    def close(self) -> None:
        self.window.removeEventFilter(self.filter)
        self.window.close()
        self.component.deleteLater()
        self.engine.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def desk() -> Iterator[Desk]:
    app = QGuiApplication.instance() or QGuiApplication([])
    assert isinstance(app, QGuiApplication)
    made = Desk(app)
    yield made
    made.close()


def test_a_scan_into_a_field_types_nothing(desk: Desk) -> None:
    desk.focus("Field")
    desk.type(CODE + "\r", 0.003)
    desk.rest()
    assert [scan.text for scan in desk.scans] == [CODE]
    assert desk.text == ""


def test_a_foreign_code_presses_no_button(desk: Desk) -> None:
    desk.focus("Button")
    desk.type("https://example.org/x y\r", 0.003)
    desk.rest()
    assert [scan.text for scan in desk.scans] == ["https://example.org/x y"]
    assert desk.clicks == 0


def test_a_person_s_keys_reach_the_field_and_their_enter_the_button(desk: Desk) -> None:
    desk.focus("Field")
    for char in "gh1: abc 12345678":
        desk.type(char, 0.12)
        desk.rest()
    assert desk.text == "gh1: abc 12345678"
    desk.focus("Button")
    desk.type("\r", 0.12)
    assert desk.clicks == 1
    assert desk.scans == []


def test_keys_before_and_after_a_scan_are_kept_in_order(desk: Desk) -> None:
    desk.focus("Field")
    desk.type("ab", 0.04)  # quick fingers, still held back
    desk.type("c", 0.2)
    desk.rest()
    desk.type(CODE + "\r", 0.003)
    desk.type("d", 0.2)
    desk.rest()
    assert desk.text == "abcd"
    assert [scan.text for scan in desk.scans] == [CODE]


def test_an_editing_key_comes_after_what_was_held(desk: Desk) -> None:
    desk.focus("Field")
    desk.type("xy", 0.01)
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier, "\b")
        QCoreApplication.sendEvent(desk.window, event)
    assert desk.text == "x"


def test_a_flood_of_keys_types_nothing(desk: Desk) -> None:
    desk.focus("Field")
    desk.type("z" * 3000, 0.002)
    desk.rest()
    assert desk.text == ""
    desk.type("q", 0.2)
    desk.rest()
    assert desk.text == "q"


def test_a_stopped_station_leaves_keys_alone(desk: Desk) -> None:
    desk.scanner.stop()
    desk.focus("Field")
    desk.type("fast\r", 0.001)
    assert desk.text == "fast"


def test_other_events_pass(desk: Desk) -> None:
    assert not desk.filter.eventFilter(QObject(), QEvent(QEvent.Type.MouseMove))
