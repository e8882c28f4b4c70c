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
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Q_ARG, QMetaObject, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem

from kiosk.app import Station
from kiosk.config import load_config
from kiosk.devices.camera import SharedCamera, SyntheticCamera, encode_jpeg
from kiosk.devices.id_reader.simulator import somebody
from kiosk.events import LinkChanged
from kiosk.intercom import CallChanged, CallPicture, machine
from kiosk.protocol.registration import Occupation
from kiosk.protocol.station_faults import Thing
from kiosk.station import Timing
from ui.app import Face, make_application
from ui.intercom.help import HelpModel
from ui.intercom.strip import centre_of

EVENTS = int(sys.argv[2])
PAGE = "intercom.help"


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


class Screen(QObject):
    """The face of the station, and the commands."""

    commanded = Signal(object)

    def __init__(self, station: Station, app: QGuiApplication) -> None:
        super().__init__()
        self.station = station
        self.face = Face(station, app)
        self.face.window.resize(1080, 1920)
        self.face.window.show()
        self.face.relay.subscribe(CallChanged, self._tell_call)
        self._told: tuple[bool, ...] = ()
        self.commanded.connect(self.obey)
        station.bus.subscribe(LinkChanged, lambda event: say(event="link", online=event.online))
        say(event="link", online=station.link is not None and station.link.online)

    @property
    def model(self) -> HelpModel | None:
        model = self.face.navigator.model
        return model if isinstance(model, HelpModel) else None

    @property
    def view(self) -> QQuickItem | None:
        """The engine's view, wherever it is on the screen."""
        waiting = [self.face.window.contentItem()]
        while waiting:
            item = waiting.pop()
            if item.metaObject().className().startswith("QQuickWebEngineView"):
                return item
            waiting.extend(item.childItems())
        return None

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
        model = self.face.navigator.open(PAGE, args)
        assert isinstance(model, HelpModel)
        model.call_changed.connect(self._facts)

    def do_bar(self, button: str) -> None:
        """A button of the bar: "callHelp", "raiseAlarm"."""
        say(event="touched")
        getattr(self.face.shell, button)()
        if self.model is not None:
            self.model.call_changed.connect(self._facts)

    def _facts(self) -> None:
        if self.model is None:
            return
        facts = (self.model.pictured, self.model.noCamera, self.model.noMicrophone)
        if facts != self._told:
            self._told = facts
            say(event="facts", pictured=facts[0], no_camera=facts[1], no_microphone=facts[2])

    def do_grab(self, path: str) -> None:
        self.face.window.grabWindow().save(path)
        say(event="grabbed")

    def do_again(self) -> None:
        assert self.model
        self.model.again()

    def do_hang_up(self) -> None:
        assert self.model
        self.model.hangUp()

    def do_close(self) -> None:
        """The page is left."""
        self.face.navigator.home()
        say(event="closed")

    def do_script(self, code: str) -> None:
        """Run JavaScript in the media page. What it logs as "bench: …" comes back as an event."""
        view = self.view
        assert view is not None
        QMetaObject.invokeMethod(view, "runJavaScript", Q_ARG(str, code))

    def do_patience(self, seconds: float) -> None:
        """A call without media is given up after so long."""
        machine.MEDIA_GRACE = seconds

    def do_hurry(self) -> None:
        """Do not wait for the next attempt to reach the hub."""
        assert self.station.link
        self.station.link.hurry()

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
        media = centre_of(self.face.context).media
        journal = self.station.desk.call(
            lambda: [(e.kind, e.body) for e in self.station.store.journal.all() if e.kind.startswith("call.")]
        )
        say(
            event="state",
            counters=media.counters if media is not None else {},
            view=self.view is not None,
            title=self.model.title if self.model else "",
            numbers=[row.number for row in self.model.numbers.rows] if self.model and self.model.numbersWanted else [],
            journal=journal,
            quality=self.station.intercom.call.own.quality,
            held=self.station.session.seconds_left() == float("inf"),
            alarm=self.station.alarm.reached(),
        )

    # -- the room -----------------------------------------------------------------------------------------------------

    def do_contact(self, number: int, on: bool) -> None:
        """Somebody presses, opens, shuts, comes or goes: an input of the simulated board."""
        self.station.boards["room"].hand.set_input(number, on)

    def do_lay_card(self, seed: int) -> None:
        """An ID card of somebody who does not exist is laid on the reader and taken away again."""
        hand = self.station.card_readers["front"].reader.hand
        hand.lay(somebody(seed))
        QTimer.singleShot(1000, hand.lift)

    def do_haste(self, lights: float, sockets: float) -> None:
        """Lights and sockets go off after so many seconds of emptiness."""
        room = self.station.room
        room.plan = replace(room.plan, timing=Timing(lights, sockets))

    def do_take(self, item: str) -> None:
        self.station.desk.call(self.station.supplies.take, item)

    def do_register(self, occupation: str) -> None:
        """Whoever laid a card down that nobody knows registers with it."""
        made = self.station.desk.call(self.station.registrar.by_card, Occupation(occupation))
        say(event="registered", member=made.person.ref, tier=made.person.tier)

    def do_report(self, thing: str) -> None:
        """Something is broken, with a picture from the camera."""
        lease = self.station.camera.lease("fault")
        lease.start()
        frame = lease.wait(-1, 5)
        lease.stop()
        made = self.station.desk.call(self.station.fault_reports.report, Thing(thing), encode_jpeg(frame))
        say(event="reported", fault=made.fault)

    def do_room(self) -> None:
        hand = self.station.boards["room"].hand
        journal = self.station.desk.call(lambda: [(e.kind, e.body) for e in self.station.store.journal.all()])
        say(
            event="room",
            coils=[hand.coil(number) for number in range(5)],
            pulses=hand.pulses,
            occupied=self.station.room.state.occupied,
            journal=journal,
        )

    def do_quit(self) -> None:
        QTimer.singleShot(0, QGuiApplication.quit)


def main() -> None:
    settings = json.loads(sys.argv[1])
    app = make_application()
    code, fps = settings.pop("code", ""), settings.pop("fps", 0)
    if client := settings.pop("call_client", ""):  # another file for that module of the media page
        from ui.intercom import scheme  # the engine's, which wants an application first

        scheme._FILES["/call.js"] = (client, b"text/javascript")
    settings["data_dir"] = Path(settings["data_dir"])
    station = Station(load_config(None, **settings))
    if fps:  # a quicker camera than the demonstration's
        station.camera = SharedCamera(StripedCamera(width=640, height=480, fps=fps))
        station.call_picture = CallPicture({"room": station.camera.lease("call")})
    if code and not station.identity.station_id:
        station.hub.enrol(code)
    pages = logging.getLogger("ui.intercom.media")
    pages.setLevel(logging.INFO)
    pages.addHandler(Pages())
    station.start()
    screen = Screen(station, app)
    threading.Thread(target=screen.listen, daemon=True).start()
    say(event="ready")
    app.exec()
    screen.face.close()
    station.stop()
    say(event="stopped")
    sys.stdout.flush()
    os._exit(0)  # the engine's own processes end with us


if __name__ == "__main__":
    main()
