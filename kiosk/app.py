"""The composition root: configuration -> storage, devices, features, sync. It alone knows everybody."""

import logging
import threading
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from kiosk.clock import Clock, SystemClock
from kiosk.config import StationConfig, load_config
from kiosk.desk import Desk
from kiosk.devices.camera.registry import open_camera
from kiosk.devices.camera.shared import SharedCamera
from kiosk.devices.ports import Utterance
from kiosk.devices.scanner import CameraScanner, SerialScanner, WedgeScanner
from kiosk.devices.speech import WordsUnheard, open_speech
from kiosk.events import CatalogueUpdated, EventBus, JournalAppended
from kiosk.identity import Identity
from kiosk.intercom import TICK_SECONDS, CallChanged, CallPicture, Intercom
from kiosk.learning import Keeper, Learning, Library
from kiosk.members import CodeFound, CodeReader, Members
from kiosk.network import Network
from kiosk.protocol.intercom import CallSettings, CallTopic
from kiosk.protocol.journal import JournalBody
from kiosk.protocol.link import Hello
from kiosk.protocol.station import NoticeDocument, PosterDocument, StationSettings, StationStarted, StationStopped
from kiosk.protocol.text import LocalText
from kiosk.services import Services
from kiosk.session import Session, SessionFinished
from kiosk.staff import Staff
from kiosk.storage import Store
from kiosk.storage.files import FileStore
from kiosk.storage.intercom import Calls
from kiosk.storage.learning import LearningRecords
from kiosk.storage.supplies import SupplyTables
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
        self.network = Network()
        self.identity = Identity(config.data_dir)
        self.store = self.desk.call(Store, config.data_dir / "station.db", self.clock)
        self.store.on_appended(lambda entry: self.bus.publish(JournalAppended(entry)))
        self._settings = self.desk.call(self._read_settings)
        self.session = Session(self.clock, self.bus, self.record_later, self._idle_limits)
        self.bus.subscribe(CatalogueUpdated, self._on_catalogue)
        self.bus.subscribe(SessionFinished, lambda _event: self.desk.post(self.store.tidy))
        self._parts: list[Startable] = []
        self._stopped = threading.Event()
        self.files = FileStore(config.data_dir / "files")
        self.members = Members(self.store.catalogue, self.store, self.clock, self.bus, self.session, self.record_later)
        self.services = Services(
            self.store.catalogue,
            self.clock,
            self.zone,
            self.session,
            self.record_later,
            self.files.path,
            ASSETS / "services",
        )
        self.staff = self.desk.call(
            Staff,
            lambda: self._settings.staff_pin,
            self.store,
            self.clock,
            self.bus,
            self.session,
            self.record_later,
        )
        shelf = Shelf(
            self.store.catalogue,
            self.store.projection(SupplyTables),
            self.clock,
            self.zone,
            self.files.path,
            ASSETS / "supplies",
        )
        undo = Undo(self.store, shelf, self.clock, self.bus, self.session)
        self.supplies = Supplies(shelf, undo, self.store, self.bus, self.session)
        self.stockroom = Stockroom(shelf, undo, self.staff, self.store, self.bus, self.session)
        self.speech = open_speech(
            config.devices.speech, config.data_dir / "speech", on_unheard=self._on_unheard
        )  # starts nothing before the first word
        library = self.desk.call(
            Library,
            config.data_dir / "courses",
            self.store.catalogue,
            self.store.projection(LearningRecords),
            self.clock,
            config.course_publishers,
        )
        self.learning = Learning(
            self.store, library, self.identity, self.clock, self.bus, self.session, self.desk.post, config.hub.url
        )
        self.courses = Keeper(library, self.files, self.store, self.desk, self.bus, config.usb_dir)
        self._parts.append(self.courses)
        self.hub = HubClient(config.hub, self.identity, self.clock)
        self.sync: Sync | None = self._make_sync() if config.hub.url else None
        self.camera = SharedCamera(open_camera(config.devices.camera))
        self.wedge = WedgeScanner()  # a screen feeds it keys: `wedge.key(char)`
        self.reader = self._make_reader()
        self._call_settings = self.desk.call(self._read_call_settings)
        self.intercom = self._make_intercom()
        self.call_picture = CallPicture(self.camera.lease("call"))
        self.link: Link | None = self._make_link() if config.hub.url else None

    def start(self) -> None:
        """Open for visitors: journal the start, then start every part."""
        self.desk.call(self._record_start)
        self.desk.call(self.learning.abandon_left_open)
        self.network.start()
        for part in self._parts:
            part.start()

    def stop(self) -> None:
        """Close in order; what was acknowledged is already durable. Stopping twice is harmless."""
        if self._stopped.is_set():
            return
        self._stopped.set()
        self.session.finish("shutdown")
        for part in reversed(self._parts):
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

    def _make_sync(self) -> Sync:
        sync = Sync(
            self.hub,
            self.store,
            self.files,
            self.desk,
            self.network,
            self.bus,
            enrolled=lambda: bool(self.identity.station_id),
            on_catalogue=lambda revision, kinds: self.bus.publish(CatalogueUpdated(revision, kinds)),
        )
        self._parts.append(sync)
        return sync

    def _make_reader(self) -> CodeReader:
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
        self._parts.append(reader)
        return reader

    def _make_intercom(self) -> Intercom:
        intercom = Intercom(
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
        self._parts.append(intercom)
        return intercom

    def _make_link(self) -> Link:
        link = Link(
            self.config.hub,
            self.identity,
            self.clock,
            self.network,
            self.bus,
            hello=lambda: Hello(version=VERSION, call=self.intercom.call.id if self.intercom.call.active else ""),
            on_message=self.intercom.on_message,
            nudge=lambda: self.sync.nudge() if self.sync else None,
        )
        link.on_command("sync", lambda _args: self.sync.nudge() if self.sync else None)
        self._parts.append(link)
        return link

    def _read_call_settings(self) -> CallSettings:
        return self.store.catalogue.only(CallSettings) or CallSettings()

    def _read_settings(self) -> StationSettings:
        return self.store.catalogue.only(StationSettings) or _DEFAULT_SETTINGS

    def _idle_limits(self) -> tuple[int, int]:
        return self._settings.idle_seconds, self._settings.warning_seconds

    def _on_unheard(self, utterance: Utterance) -> None:
        self.bus.publish(WordsUnheard(utterance.text, utterance.language, utterance.priority))

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
