"""The composition root: configuration -> storage, devices, features, sync. It alone knows everybody.

Features are imported where they are made, and made when somebody first asks for them (`built`), at the latest by
`start`: the home screen is there before the parts it does not show.
"""

import logging
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from kiosk.built import built
from kiosk.clock import Clock, SystemClock
from kiosk.config import StationConfig, load_config
from kiosk.desk import Desk
from kiosk.events import CatalogueUpdated, EventBus, JournalAppended
from kiosk.protocol.journal import JournalBody
from kiosk.protocol.station import NoticeDocument, PosterDocument, StationSettings, StationStarted, StationStopped
from kiosk.protocol.text import LocalText
from kiosk.session import Session, SessionFinished
from kiosk.storage import Store
from kiosk.storage.files import FileStore

if TYPE_CHECKING:
    from kiosk.devices.camera.shared import SharedCamera
    from kiosk.devices.ports import Speech
    from kiosk.devices.scanner.wedge import WedgeScanner
    from kiosk.hours import OpenHours
    from kiosk.identity import Identity
    from kiosk.intercom import CallPicture, Intercom
    from kiosk.learning import Keeper, Learning, Library
    from kiosk.members import CodeReader, Members
    from kiosk.network import Network
    from kiosk.protocol.intercom import CallSettings
    from kiosk.services import Services
    from kiosk.staff import Staff
    from kiosk.supplies import Shelf, Stockroom, Supplies, Undo
    from kiosk.sync.client import HubClient
    from kiosk.sync.link import Link
    from kiosk.sync.runner import Sync

log = logging.getLogger(__name__)
VERSION = "0.1.0"
ASSETS = Path(__file__).resolve().parent.parent / "assets"
_RUNNING = "station.running"
_DEFAULT_SETTINGS = StationSettings(
    name=LocalText(zh_CN="工会驿站", en="Union rest station"),
    address=LocalText(zh_CN="尚未登记", en="Not enrolled yet"),
)


class Startable(Protocol):
    """A part with a life of its own, started after the database is open and stopped before it closes."""

    def start(self) -> None: ...
    def stop(self) -> None: ...


class Station:
    """One rest station. Build it, `start()` it, `stop()` it. Features are attributes; call them on `desk`."""

    def __init__(self, config: StationConfig, clock: Clock | None = None) -> None:
        self.config = config
        self.clock: Clock = clock or SystemClock()
        self.zone = ZoneInfo(config.time_zone)
        self.bus = EventBus()
        self.desk = Desk()
        self.store = self.desk.call(Store, config.data_dir / "station.db", self.clock)
        self.store.on_appended(lambda entry: self.bus.publish(JournalAppended(entry)))
        self._settings = self.desk.call(self._read_settings)
        self.session = Session(self.clock, self.bus, self.record_later, self._idle_limits)
        self.bus.subscribe(CatalogueUpdated, self._on_catalogue)
        self.bus.subscribe(SessionFinished, lambda _event: self.desk.post(self.store.tidy))
        self._started: list[Startable] = []
        self._stopped = False
        self._turning = threading.Lock()
        self.files = FileStore(config.data_dir / "files")

    def start(self) -> None:
        """Open for visitors: make every part that was not asked for yet, journal the start, start what has a life.

        May run on a thread of its own; `stop` waits for it.
        """
        with self._turning:
            if not self._stopped:
                self._start()

    def _start(self) -> None:
        self.desk.call(self._record_start)
        for name, value in vars(type(self)).items():
            if isinstance(value, built):
                getattr(self, name)
        self.desk.call(self.learning.abandon_left_open)
        self.network.start()
        lively: tuple[Startable | None, ...] = (self.courses, self.sync, self.reader, self.intercom, self.link)
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
        self.camera.stop()
        self.speech.close()
        self.network.stop()
        self.desk.call(self._record_stop)
        self.desk.call(self.store.close)
        self.desk.close()

    # -- features -----------------------------------------------------------------------------------------------------

    @built
    def members(self) -> "Members":
        from kiosk.members import Members

        return Members(self.store.catalogue, self.store, self.clock, self.bus, self.session, self.record_later)

    @built
    def hours(self) -> "OpenHours":
        from kiosk.hours import OpenHours

        return OpenHours(self.store.catalogue, self.clock, self.zone)

    @built
    def services(self) -> "Services":
        from kiosk.services import Services

        return Services(
            self.store.catalogue,
            self.hours,
            self.session,
            self.record_later,
            self.files.path,
            ASSETS / "services",
        )

    @built
    def staff(self) -> "Staff":
        from kiosk.staff import Staff

        pin = lambda: self._settings.staff_pin  # noqa: E731
        return Staff(pin, self.store, self.clock, self.bus, self.session, self.record_later)

    @built
    def _shelf(self) -> "Shelf":
        from kiosk.storage.supplies import SupplyTables
        from kiosk.supplies import Shelf

        tables = self.store.projection(SupplyTables)
        return Shelf(self.store.catalogue, tables, self.clock, self.zone, self.files.path, ASSETS / "supplies")

    @built
    def _undo(self) -> "Undo":
        from kiosk.supplies import Undo

        return Undo(self.store, self._shelf, self.clock, self.bus, self.session)

    @built
    def supplies(self) -> "Supplies":
        from kiosk.supplies import Supplies

        return Supplies(self._shelf, self._undo, self.store, self.bus, self.session)

    @built
    def stockroom(self) -> "Stockroom":
        from kiosk.supplies import Stockroom

        return Stockroom(self._shelf, self._undo, self.staff, self.store, self.bus, self.session)

    @built
    def _library(self) -> "Library":
        from kiosk.learning import Library
        from kiosk.storage.learning import LearningRecords

        return Library(
            self.config.data_dir / "courses",
            self.store.catalogue,
            self.store.projection(LearningRecords),
            self.clock,
            self.config.course_publishers,
        )

    @built
    def learning(self) -> "Learning":
        from kiosk.learning import Learning

        return Learning(
            self.store,
            self._library,
            self.identity,
            self.clock,
            self.bus,
            self.session,
            self.desk.post,
            self.config.hub.url,
        )

    @built
    def courses(self) -> "Keeper":
        from kiosk.learning import Keeper

        return Keeper(self._library, self.files, self.store, self.desk, self.bus, self.config.usb_dir)

    # -- devices ------------------------------------------------------------------------------------------------------

    @built
    def speech(self) -> "Speech":
        """Starts nothing before the first word."""
        from kiosk.devices.ports import Utterance
        from kiosk.devices.speech import WordsUnheard, open_speech

        def unheard(utterance: Utterance) -> None:
            self.bus.publish(WordsUnheard(utterance.text, utterance.language, utterance.priority))

        return open_speech(self.config.devices.speech, self.config.data_dir / "speech", on_unheard=unheard)

    @built
    def camera(self) -> "SharedCamera":
        from kiosk.devices.camera.registry import open_camera
        from kiosk.devices.camera.shared import SharedCamera

        return SharedCamera(open_camera(self.config.devices.camera))

    @built
    def wedge(self) -> "WedgeScanner":
        """A screen feeds it keys: `wedge.key(char)`."""
        from kiosk.devices.scanner.wedge import WedgeScanner

        return WedgeScanner()

    @built
    def reader(self) -> "CodeReader":
        from kiosk.devices.scanner.camera_scanner import CameraScanner
        from kiosk.devices.scanner.serial_scanner import SerialScanner
        from kiosk.intercom import CallChanged
        from kiosk.members import CodeFound, CodeReader

        looking = CameraScanner(self.camera.lease("scan"), lambda corners: self.bus.publish(CodeFound(corners)))
        serial = [SerialScanner(port) for port in self.config.devices.scanners]
        reader = CodeReader(
            [*serial, self.wedge],
            looking if self.config.devices.camera else None,
            self.desk,
            self.bus,
            self.members.handle,
        )
        reader.follow(self.session)
        self.bus.subscribe(CallChanged, lambda event: self.desk.post(reader.suspend, event.call.active))
        return reader

    # -- the hub ------------------------------------------------------------------------------------------------------

    @built
    def identity(self) -> "Identity":
        from kiosk.identity import Identity

        return Identity(self.config.data_dir)

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
        )

    @built
    def call_picture(self) -> "CallPicture":
        from kiosk.intercom import CallPicture

        return CallPicture(self.camera.lease("call"))

    @built
    def link(self) -> "Link | None":
        if not self.config.hub.url:
            return None
        from kiosk.health import health_of
        from kiosk.protocol.link import Hello
        from kiosk.sync.link import Link

        link = Link(
            self.config.hub,
            self.identity,
            self.clock,
            self.network,
            self.bus,
            hello=lambda: Hello(version=VERSION, call=self.intercom.call.id if self.intercom.call.active else ""),
            on_message=self.intercom.on_message,
            nudge=lambda: self.sync.nudge() if self.sync else None,
            health=lambda: health_of(self),
        )
        link.on_command("sync", lambda _args: self.sync.nudge() if self.sync else None)
        return link

    # -- the station itself -------------------------------------------------------------------------------------------

    @property
    def settings(self) -> StationSettings:
        """The published settings of this station, neutral defaults before they arrived. From any thread."""
        return self._settings

    def notices(self) -> tuple[NoticeDocument, ...]:
        """Notices that are valid now. On the desk thread."""
        now = self.clock.now().isoformat()
        found = self.store.catalogue.all(NoticeDocument).values()
        return tuple(n for n in found if not n.valid_until or n.valid_until > now)

    def posters(self) -> tuple[PosterDocument, ...]:
        """Posters of the idle loop in their order. On the desk thread."""
        return tuple(sorted(self.store.catalogue.all(PosterDocument).values(), key=lambda p: p.order))

    def record_later(self, body: JournalBody) -> None:
        """Append to the journal on the desk thread, without waiting."""
        self.desk.post(self.store.append, body)

    def _read_call_settings(self) -> "CallSettings":
        from kiosk.protocol.intercom import CallSettings

        return self.store.catalogue.only(CallSettings) or CallSettings()

    def _read_settings(self) -> StationSettings:
        return self.store.catalogue.only(StationSettings) or _DEFAULT_SETTINGS

    def _idle_limits(self) -> tuple[int, int]:
        return self._settings.idle_seconds, self._settings.warning_seconds

    def _on_catalogue(self, event: CatalogueUpdated) -> None:
        if "station_settings" in event.kinds:
            self._settings = self.desk.call(self._read_settings)
        if "call_settings" in event.kinds:
            self._call_settings = self.desk.call(self._read_call_settings)

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
