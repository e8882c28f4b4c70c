"""What every part of a station stands on: configuration, clock, database, session, settings."""

import threading
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from kiosk.clock import Clock, SystemClock
from kiosk.config import StationConfig
from kiosk.desk import Desk
from kiosk.events import CatalogueUpdated, EventBus, JournalAppended
from kiosk.protocol.journal import JournalBody
from kiosk.protocol.station import NoticeDocument, PosterDocument, StationSettings
from kiosk.protocol.text import LocalText
from kiosk.session import Session, SessionFinished
from kiosk.storage import Store, open_store
from kiosk.storage.files import FileStore
from kiosk.storage.room import DiskRoom

if TYPE_CHECKING:
    from kiosk.protocol.alarm import AlarmSettings
    from kiosk.protocol.intercom import CallSettings

VERSION = "0.1.0"
_DEFAULT_SETTINGS = StationSettings(
    name=LocalText(zh_CN="工会驿站", en="Union rest station"),
    address=LocalText(zh_CN="尚未登记", en="Not enrolled yet"),
)


class Startable(Protocol):
    """A part with a life of its own, started after the database is open and stopped before it closes."""

    def start(self) -> None: ...
    def stop(self) -> None: ...


class Core:
    """The base of `kiosk.app.Station`; nothing here starts by itself."""

    def __init__(self, config: StationConfig, clock: Clock | None = None) -> None:
        self.config = config
        self.clock: Clock = clock or SystemClock()
        self.zone = ZoneInfo(config.time_zone)
        self.bus = EventBus()
        self.desk = Desk()
        self.disk = DiskRoom(config.data_dir / "room.held")
        self.store = self.desk.call(self._open_store)
        self.store.on_appended(lambda entry: self.bus.publish(JournalAppended(entry)))
        self._settings = self.desk.call(self._read_settings)
        self.session = Session(self.clock, self.bus, self.record_later, self._idle_limits)
        self.bus.subscribe(CatalogueUpdated, self._on_catalogue)
        self.bus.subscribe(SessionFinished, lambda _event: self.desk.post(self.store.tidy))
        self._started: list[Startable] = []
        self._stopped = False
        self._turning = threading.Lock()
        self.files = FileStore(config.data_dir / "files")

    def _open_store(self) -> Store:
        from kiosk.storage.backup import copies

        spares = copies(self.config.backup_dir) if self.config.backup_dir else []
        self.disk.check()
        return open_store(self.config.data_dir / "station.db", self.clock, spares, self.disk)

    @property
    def settings(self) -> StationSettings:
        """The published settings of this station, neutral defaults before they arrived. From any thread."""
        return self._settings

    def local_now(self) -> datetime:
        """The time where the station is, aware. From any thread."""
        return self.clock.now().astimezone(self.zone)

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

    def _read_alarm_settings(self) -> "AlarmSettings":
        from kiosk.protocol.alarm import AlarmSettings

        return self.store.catalogue.only(AlarmSettings) or AlarmSettings()

    def _read_settings(self) -> StationSettings:
        return self.store.catalogue.only(StationSettings) or _DEFAULT_SETTINGS

    def _idle_limits(self) -> tuple[int, int]:
        return self._settings.idle_seconds, self._settings.warning_seconds

    def _on_catalogue(self, event: CatalogueUpdated) -> None:
        if "station_settings" in event.kinds:
            self._settings = self.desk.call(self._read_settings)
        if "call_settings" in event.kinds:
            self._call_settings = self.desk.call(self._read_call_settings)
        if "alarm_settings" in event.kinds:
            self._alarm_settings = self.desk.call(self._read_alarm_settings)
