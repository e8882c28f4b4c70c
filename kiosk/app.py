"""The composition root: configuration -> storage, devices, features, sync. It alone knows everybody.

Its bases hold what everything stands on (`app_core`), the features (`app_features`), what speaks with the hub
(`app_hub`), the doors and the room (`app_room`). Features are imported where they are made, and made when somebody
first asks for them (`built`), at the latest by `start`: the home screen is there before the parts it does not show.
"""

import contextlib
import inspect
import logging
from pathlib import Path

from kiosk.app_core import VERSION, Startable
from kiosk.app_features import ASSETS
from kiosk.app_trials import Tried
from kiosk.built import built
from kiosk.clock import Clock
from kiosk.config import load_config
from kiosk.errors import DiskFull
from kiosk.protocol.station import StationStarted, StationStopped

__all__ = ["ASSETS", "VERSION", "Station", "demo_station"]
log = logging.getLogger(__name__)
_RUNNING = "station.running"


class Station(Tried):
    """One rest station. Build it, `start()` it, `stop()` it. Features are attributes; call them on `desk`."""

    def start(self) -> None:
        """Open for visitors: make every part that was not asked for yet, journal the start, start what has a life.

        May run on a thread of its own; `stop` waits for it.
        """
        with self._turning:
            if not self._stopped:
                self._start()

    def _start(self) -> None:
        self.disk.make_room = self.make_room
        self.desk.call(self._record_start)
        for name, value in inspect.getmembers_static(type(self)):
            if isinstance(value, built):
                getattr(self, name)
        self.desk.call(self.learning.abandon_left_open)
        self.network.start()
        lively: tuple[Startable | None, ...] = (
            self.wires,
            self.courses,
            self.sync,
            self.reader,
            self.intercom,
            self.doors,
            self.link,
            self.alarm,
            self.entry,
            self.room,
            self.faces,
            self.sound_loop if self.config.devices.speech != "silent" else None,
            self.spare_copy,
            self.retention,
            *self.readers,
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
        if self._started:
            self.trials.cancel()  # what is tried is as it was before its board goes
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

    def _record_start(self) -> None:
        clean = self.store.meta(_RUNNING) != "yes"
        self.store.tidy()
        try:
            with self.store.transaction():
                self.store.append(StationStarted(version=VERSION, clean=clean))
                self.store.set_meta(_RUNNING, "yes")
        except DiskFull:  # doors and alarm do not wait for a disk
            log.exception("the start could not be written down")

    def _record_stop(self) -> None:
        with contextlib.suppress(DiskFull), self.store.transaction():
            self.store.append(StationStopped())
            self.store.set_meta(_RUNNING, "no")


def demo_station(data_dir: Path, clock: Clock | None = None, **overrides: object) -> Station:
    """A station with demo data and no network, in `data_dir`; not started yet."""
    from kiosk.demo import fill

    station = Station(load_config(None, data_dir=data_dir, **overrides), clock)
    station.desk.call(fill, station)
    return station
