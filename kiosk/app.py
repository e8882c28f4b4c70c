"""The composition root: configuration -> storage, devices, features, sync. It alone knows everybody.

Its bases hold what everything stands on (`app_core`) and the features (`app_features`). Features are imported where
they are made, and made when somebody first asks for them (`built`), at the latest by `start`: the home screen is there
before the parts it does not show.
"""

import inspect
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app_core import Startable
from kiosk.app_features import ASSETS, Features
from kiosk.built import built
from kiosk.clock import Clock
from kiosk.config import load_config
from kiosk.events import CatalogueUpdated
from kiosk.protocol.station import StationStarted, StationStopped

if TYPE_CHECKING:
    from kiosk.alarm import Alarm, SelfTest
    from kiosk.doors import Doors
    from kiosk.intercom import CallPicture, Intercom, Messages
    from kiosk.network import Network
    from kiosk.protocol.link import LinkMessage
    from kiosk.sync.client import HubClient
    from kiosk.sync.link import Link
    from kiosk.sync.runner import Sync

__all__ = ["ASSETS", "VERSION", "Station", "demo_station"]
log = logging.getLogger(__name__)
VERSION = "0.1.0"
_RUNNING = "station.running"


class Station(Features):
    """One rest station. Build it, `start()` it, `stop()` it. Features are attributes; call them on `desk`."""

    def start(self) -> None:
        """Open for visitors: make every part that was not asked for yet, journal the start, start what has a life.

        May run on a thread of its own; `stop` waits for it.
        """
        with self._turning:
            if not self._stopped:
                self._start()

    def _start(self) -> None:
        self.desk.call(self._record_start)
        for name, value in inspect.getmembers_static(type(self)):
            if isinstance(value, built):
                getattr(self, name)
        self.desk.call(self.learning.abandon_left_open)
        self.network.start()
        lively: tuple[Startable | None, ...] = (
            self.courses,
            self.sync,
            self.reader,
            self.intercom,
            self.doors,
            self.link,
            self.alarm,
            self.alarm_test if self.link else None,
        )
        for part in lively:
            if part is not None:
                self._started.append(part)
                part.start()

    def stop(self) -> None:
        """Close in order; what was acknowledged is already durable. Stopping twice is harmless."""
        with self._turning:
            stopped, self._stopped = self._stopped, True
        if stopped:
            return
        self.session.finish("shutdown")
        for part in reversed(self._started):
            try:
                part.stop()
            except Exception:
                log.exception("%s did not stop", type(part).__name__)
        for camera in (self.camera, *self.other_cameras.values()):
            camera.stop()
        self.messages.discard()
        self.speech.close()
        self.network.stop()
        self.desk.call(self._record_stop)
        self.desk.call(self.store.close)
        self.desk.close()

    # -- the hub ------------------------------------------------------------------------------------------------------

    @built
    def network(self) -> "Network":
        from kiosk.network import Network

        return Network()

    @built
    def hub(self) -> "HubClient":
        from kiosk.sync.client import HubClient

        return HubClient(self.config.hub, self.identity, self.clock)

    @built
    def sync(self) -> "Sync | None":
        if not self.config.hub.url:
            return None
        from kiosk.storage.intercom import Calls
        from kiosk.sync.runner import Sync

        return Sync(
            self.hub,
            self.store,
            self.files,
            self.desk,
            self.network,
            self.bus,
            enrolled=lambda: bool(self.identity.station_id),
            on_catalogue=lambda revision, kinds: self.bus.publish(CatalogueUpdated(revision, kinds)),
            voices=self.store.projection(Calls).voices,
        )

    @built
    def intercom(self) -> "Intercom":
        from kiosk.intercom import TICK_SECONDS, Intercom
        from kiosk.protocol.intercom import CallTopic
        from kiosk.storage.intercom import Calls

        self._call_settings = self._read_call_settings()
        return Intercom(
            self.clock,
            self.bus,
            self.session,
            self.record_later,
            send=lambda message: self.link.send(message) if self.link else None,
            watch=lambda tick: self.network.repeat(TICK_SECONDS, tick),
            settings=lambda: self._call_settings,
            hurry=lambda: self.link.hurry() if self.link else None,
            unfinished=lambda: self.desk.call(self.store.projection(Calls).unfinished),
            topics=lambda: self.store.catalogue.all(CallTopic),
            hours=lambda: self.hours,
            cameras=self.call_picture.names if self.config.devices.camera or self.other_cameras else (),
            use_camera=self.call_picture.choose,
        )

    @built
    def alarm(self) -> "Alarm":
        from kiosk.alarm import TICK_SECONDS, Alarm, Incident
        from kiosk.protocol.intercom import ALARM
        from kiosk.storage.alarm import Alarms

        self._alarm_settings = self.desk.call(self._read_alarm_settings)

        def unfinished() -> Incident | None:
            row = self.desk.call(self.store.projection(Alarms).unfinished)
            return Incident.left(row, self.clock.monotonic()) if row else None

        def call() -> str:
            now = self.intercom.call
            return now.id if now.active and now.topic == ALARM else ""

        return Alarm(
            self.clock,
            self.bus,
            self.session,
            self.staff,
            self.store.append,
            self.record_later,
            send=lambda message: self.link.send(message) if self.link else None,
            watch=lambda tick: self.network.repeat(TICK_SECONDS, tick),
            settings=lambda: self._alarm_settings,
            hurry=lambda: self.link.hurry() if self.link else None,
            unfinished=unfinished,
            call=call,
        )

    @built
    def alarm_test(self) -> "SelfTest":
        from kiosk.alarm import LOOK_SECONDS, SelfTest
        from kiosk.storage.alarm import Alarms

        return SelfTest(
            self.clock,
            self.bus,
            self.record_later,
            send=lambda message: self.link.send(message) if self.link else None,
            online=lambda: self.link is not None and self.link.online,
            busy=lambda: self.alarm.lasts,
            settings=lambda: self.alarm.settings,
            last=lambda: self.desk.call(self.store.projection(Alarms).last_test),
            watch=lambda look: self.network.repeat(LOOK_SECONDS, look),
        )

    @built
    def messages(self) -> "Messages":
        from kiosk.devices.speech.player import open_player
        from kiosk.intercom import Messages

        _, _, device = self.config.devices.speech.partition(":")
        play = open_player(device).play
        return Messages(self.clock, self.session, self.microphone, self.files, self.store.append, play)

    @built
    def doors(self) -> "Doors":
        from kiosk.doors import Doors
        from kiosk.protocol.door import CommandKey
        from kiosk.storage.door import DoorOrders

        return Doors(
            self.locks,
            self.desk,
            self.store,
            keys=lambda: self.store.catalogue.all(CommandKey),
            seen=self.store.projection(DoorOrders).seen,
            station=lambda: self.identity.station_id,
            call=lambda: self.intercom.call.id if self.intercom.call.talking else "",
            hub_now=lambda: self.link.hub_now() if self.link else self.clock.now(),
            send=lambda message: self.link.send(message) if self.link else None,
        )

    @built
    def call_picture(self) -> "CallPicture":
        from kiosk.intercom import CallPicture

        cameras = {self.camera.name: self.camera, **self.other_cameras}
        return CallPicture({name: camera.lease("call") for name, camera in cameras.items()})

    @built
    def link(self) -> "Link | None":
        if not self.config.hub.url:
            return None
        from kiosk.health import health_of
        from kiosk.protocol.alarm import AlarmSource
        from kiosk.protocol.link import Hello
        from kiosk.sync.link import Link

        link = Link(
            self.config.hub,
            self.identity,
            self.clock,
            self.network,
            self.bus,
            hello=lambda: Hello(version=VERSION, call=self.intercom.call.id if self.intercom.call.active else ""),
            on_message=self._on_message,
            nudge=lambda: self.sync.nudge() if self.sync else None,
            health=lambda: health_of(self),
        )
        link.on_command("alarm_drill", lambda _args: self.desk.post(self.alarm.press, AlarmSource.SCREEN, drill=True))
        link.on_command("alarm_test", lambda _args: self.alarm_test.now())
        link.on_command("sync", lambda _args: self.sync.nudge() if self.sync else None)
        return link

    def _on_message(self, message: "LinkMessage") -> None:
        from kiosk.protocol.alarm import AlarmState, AlarmTested
        from kiosk.protocol.door import DoorOrder

        match message:
            case DoorOrder():
                self.doors.take(message)
            case AlarmState():
                self.alarm.on_message(message)
            case AlarmTested():
                self.alarm_test.on_message(message)
            case _:
                self.intercom.on_message(message)

    def _record_start(self) -> None:
        clean = self.store.meta(_RUNNING) != "yes"
        with self.store.transaction():
            self.store.append(StationStarted(version=VERSION, clean=clean))
            self.store.set_meta(_RUNNING, "yes")

    def _record_stop(self) -> None:
        with self.store.transaction():
            self.store.append(StationStopped())
            self.store.set_meta(_RUNNING, "no")


def demo_station(data_dir: Path, clock: Clock | None = None, **overrides: object) -> Station:
    """A station with demo data and no network, in `data_dir`; not started yet."""
    from kiosk.demo import fill

    station = Station(load_config(None, data_dir=data_dir, **overrides), clock)
    station.desk.call(fill, station)
    return station
