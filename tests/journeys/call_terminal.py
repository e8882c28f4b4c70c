"""A terminal for the call's journeys and benchmark: a real station and its real media page, driven over stdin.

`python -m tests.journeys.call_terminal '{"data_dir": …, "hub": {"url": …}, "code": …}' FD`. Commands are lines of JSON
on stdin; answers and events are lines of JSON on file descriptor FD. Times are `time.time()`, as Chromium's clocks are.
"""

import contextlib
import json
import logging
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from ui.intercom import engine

engine.prepare()

from PySide6.QtCore import Q_ARG, QMetaObject, QObject, QTimer, QUrl, Signal  # noqa: E402 - the engine comes before the application
from PySide6.QtGui import QGuiApplication  # noqa: E402
from PySide6.QtQml import QQmlComponent, QQmlEngine  # noqa: E402
from PySide6.QtQuick import QQuickItem, QQuickWindow  # noqa: E402

from kiosk.app import Station  # noqa: E402
from kiosk.config import load_config  # noqa: E402
from kiosk.devices.camera import SharedCamera, SyntheticCamera  # noqa: E402
from kiosk.devices.ports import SpeechPriority  # noqa: E402
from kiosk.events import LinkChanged  # noqa: E402
from kiosk.intercom import CallChanged, CallPicture  # noqa: E402
from ui import ops  # noqa: E402
from ui.intercom.help import HelpModel  # noqa: E402
from ui.relay import Relay  # noqa: E402

EVENTS = int(sys.argv[2])
VIEW = Path(__file__).resolve().parents[2] / "ui" / "intercom" / "CallMediaView.qml"


def say(**what: Any) -> None:
    # One write of one line: events come from several threads.
    os.write(EVENTS, (json.dumps(what | {"at": time.time()}) + "\n").encode())


class StripedCamera(SyntheticCamera):
    """The room with the time painted into it: see `stripe`."""

    def _paint(self, seconds: float) -> Any:
        picture = super()._paint(seconds)
        stripe(picture, int(time.time() * 1000))
        return picture


def stripe(picture: Any, millis: int) -> None:
    """Sixteen black or white blocks along the top edge: the Gray code of the low 16 bits of `millis`, highest first."""
    code = (millis & 0xFFFF) ^ ((millis & 0xFFFF) >> 1)
    width = picture.shape[1] // 16
    for bit in range(16):
        picture[:32, bit * width : (bit + 1) * width] = 255 if code >> (15 - bit) & 1 else 0


class Pages(logging.Handler):
    """What the media page logs for the benchmark."""

    def emit(self, record: logging.LogRecord) -> None:
        _, mark, rest = record.getMessage().partition("bench: ")
        if mark:
            say(event="bench", value=json.loads(rest))


class Context:
    """The little of a UiContext that the page needs."""

    language = "zh_CN"

    def __init__(self, station: Station, parent: QObject) -> None:
        self.station = station
        self.relay = Relay(station.bus, parent)
        self.navigator = QObject(parent)

    def text(self, words: Any) -> str:
        return words.get(self.language) if words else ""

    def say(self, text: str, priority: SpeechPriority = SpeechPriority.RESULT) -> None:
        pass


class Screen(QObject):
    """One page in a window, and the commands."""

    commanded = Signal(object)

    def __init__(self, station: Station) -> None:
        super().__init__()
        self.station = station
        self.context = Context(station, self)
        self.window = QQuickWindow()
        self.window.resize(1080, 1200)
        self.window.show()
        self.qml = QQmlEngine(self)
        self.component = QQmlComponent(self.qml, QUrl.fromLocalFile(str(VIEW)), self)
        self.view: QQuickItem | None = None
        self.model: HelpModel | None = None
        self.commanded.connect(self.obey)
        self.context.relay.subscribe(CallChanged, self._tell_call)
        station.bus.subscribe(LinkChanged, lambda event: say(event="link", online=event.online))

    def _tell_call(self, event: CallChanged) -> None:
        call = event.call
        say(
            event="call", phase=call.phase.value, reason=call.reason, rung=call.rung, staff=call.staff, free=call.free,
            position=call.position, by=call.by, media=call.media, desk=call.desk, text=call.text, link=call.link,
        )  # fmt: skip

    def listen(self) -> None:
        for line in sys.stdin:
            self.commanded.emit(json.loads(line))
        self.commanded.emit({"do": "quit"})

    def obey(self, command: dict[str, Any]) -> None:
        getattr(self, f"do_{command.pop('do')}")(**command)

    def do_open(self, **args: Any) -> None:
        """The page is touched open."""
        say(event="touched")
        self.model = HelpModel(self.context, args)  # type: ignore[arg-type]
        self.model.media_changed.connect(self._place)
        self.model.facts_changed.connect(self._facts)
        self.model.refresh()
        self.model.shown()

    def _facts(self) -> None:
        if self.model is not None:
            say(event="facts", pictured=self.model.pictured, no_camera=self.model.noCamera,
                no_microphone=self.model.noMicrophone)  # fmt: skip

    def _place(self) -> None:
        media = self.model.media if self.model else None
        if self.view is not None:
            self.view.setParentItem(None)
            self.view.deleteLater()
            self.view = None
        if media is not None:
            made = self.component.createWithInitialProperties({"end": media})
            assert isinstance(made, QQuickItem), self.component.errors()
            made.setParentItem(self.window.contentItem())
            made.setSize(self.window.contentItem().size())
            self.view = made

    def do_again(self) -> None:
        assert self.model
        self.model.again()

    def do_hang_up(self) -> None:
        assert self.model
        self.model.hangUp()

    def do_close(self) -> None:
        """The page is left."""
        if self.model is not None:
            self.model.hidden()
            self.model.dispose()
            self.model.deleteLater()
            self.model = None
        say(event="closed")

    def do_script(self, code: str) -> None:
        """Run JavaScript in the media page. What it logs as "bench: …" comes back as an event."""
        loader = (
            next(child for child in self.view.childItems() if child.property("sourceComponent")) if self.view else None
        )
        assert loader is not None
        QMetaObject.invokeMethod(loader.property("item"), "runJavaScript", Q_ARG(str, code))

    def do_finish(self) -> None:
        self.station.session.finish()

    def do_unplug(self) -> None:
        camera = self.station.camera.driver
        assert isinstance(camera, SyntheticCamera)
        camera.unplug()

    def do_plug(self) -> None:
        camera = self.station.camera.driver
        assert isinstance(camera, SyntheticCamera)
        camera.plug()

    def do_kill_renderer(self) -> None:
        """The media page's process dies, as after a crash."""
        import psutil

        for process in psutil.Process().children(recursive=True):
            with contextlib.suppress(psutil.Error):
                parent = process.parent()
                if parent and "--type=zygote" in process.cmdline() and "--type=zygote" in parent.cmdline():
                    os.kill(process.pid, signal.SIGKILL)

    def do_state(self) -> None:
        media = self.model.media if self.model else None
        journal = self.station.desk.call(
            lambda: [(e.kind, e.body) for e in self.station.store.journal.all() if e.kind.startswith("call.")]
        )
        say(
            event="state",
            counters=media.counters if media is not None else {},
            view=self.view is not None,
            title=self.model.title if self.model else "",
            numbers=self.model.numbers if self.model else [],
            journal=journal,
            held=self.station.session.seconds_left() == float("inf"),
        )

    def do_quit(self) -> None:
        self.do_close()
        QTimer.singleShot(0, QGuiApplication.quit)


def main() -> None:
    settings = json.loads(sys.argv[1])
    app = QGuiApplication(sys.argv[:1])
    code, fps = settings.pop("code", ""), settings.pop("fps", 0)
    settings["data_dir"] = Path(settings["data_dir"])
    station = Station(load_config(None, **settings))
    if fps:  # a quicker camera than the demonstration's
        station.camera = SharedCamera(StripedCamera(width=640, height=480, fps=fps))
        station.call_picture = CallPicture(station.camera.lease("call"))
    if code and not station.identity.station_id:
        station.hub.enrol(code)
    pages = logging.getLogger("ui.intercom.media")
    pages.setLevel(logging.INFO)
    pages.addHandler(Pages())
    ops.connect(station.desk)
    screen = Screen(station)
    station.start()
    threading.Thread(target=screen.listen, daemon=True).start()
    say(event="ready")
    app.exec()
    screen.context.relay.close()
    ops.disconnect()
    station.stop()
    say(event="stopped")
    sys.stdout.flush()
    os._exit(0)  # the engine's own processes end with us


if __name__ == "__main__":
    main()
