"""Report what is broken: the picture of the thing, and "report" — two touches, and a photo for who wants to add one."""

import base64
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from kiosk.devices.camera import encode_jpeg
from kiosk.devices.ports import DeviceState, Frame
from kiosk.events import CatalogueUpdated
from kiosk.protocol.station_faults import FaultState, Thing
from kiosk.station import FaultRow, FaultsChanged
from ui.context import UiContext
from ui.lists import RowsModel
from ui.station.words import THINGS, fault_words, say, thanks_words, thing_words
from ui.viewmodel import ViewModel

_LOOK_MS = 200
_PREVIEW_WIDTH, _PHOTO_WIDTH, _PHOTO_QUALITY = 480, 1280, 80
_HOLD = "fault"


class Stage(StrEnum):
    CHOOSE = "choose"
    CONFIRM = "confirm"
    PHOTO = "photo"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class ThingRow:
    """A picture to choose by; `remark` where it is reported already."""

    key: str
    title: str
    drawing: str
    note: str
    mood: str


class ReportModel(ViewModel):
    """`stage` is one of `Stage`; `picture` is an address for an Image, "" for none."""

    stage_changed = Signal()
    picture_changed = Signal()

    def __init__(self, ui: UiContext) -> None:
        super().__init__(ui)
        self._things: RowsModel[ThingRow] = RowsModel(ThingRow, self)
        self._stage = Stage.CHOOSE
        self._thing: Thing | None = None
        self._known: dict[Thing, FaultRow] = {}
        self._photo = b""
        self._picture = ""
        self._made: FaultRow | None = None
        self._camera = ui.station.camera.lease("fault")
        self._frame: Frame | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self.subscribe(FaultsChanged, lambda _event: self.refresh())
        self.subscribe(CatalogueUpdated, lambda _event: self.refresh())

    def refresh(self) -> None:
        self.run(self.ui.station.fault_reports.rows).success(self._show)

    def hidden(self) -> None:
        self._stop_looking()

    def disposed(self) -> None:
        self._stop_looking()
        self._photo = b""

    def _show(self, rows: tuple[FaultRow, ...]) -> None:
        self._known = {row.thing: row for row in reversed(rows)}
        self._things.set_rows([self._row(thing) for thing in THINGS])
        self.stage_changed.emit()

    def _row(self, thing: Thing) -> ThingRow:
        title, drawing = THINGS[thing]
        known = self._known.get(thing) if thing is not Thing.OTHER else None
        remark, mood = fault_words(known.state) if known else ("", "")
        return ThingRow(str(thing), say(title), drawing, remark, mood)

    # -- what the visitor does ----------------------------------------------------------------------------------------

    @Slot(str)
    def choose(self, key: str) -> None:
        self._thing = Thing(key)
        self._go(Stage.CONFIRM)

    @Slot()
    def again(self) -> None:
        """Something else."""
        self._thing, self._made = None, None
        self._drop()
        self._go(Stage.CHOOSE)

    @Slot()
    def aim(self) -> None:
        """Show what the camera sees."""
        self._drop()
        self._camera.start()
        self._timer.start()
        self.ui.station.session.hold(_HOLD)
        self._go(Stage.PHOTO)

    @Slot()
    def take(self) -> None:
        """This picture."""
        frame = self._frame
        self._stop_looking()
        if frame is not None:
            self._photo = encode_jpeg(frame, _PHOTO_WIDTH, _PHOTO_QUALITY)
            self._set_picture(encode_jpeg(frame, _PREVIEW_WIDTH))
        self._go(Stage.CONFIRM)

    @Slot()
    def without(self) -> None:
        """No picture."""
        self._stop_looking()
        self._drop()
        self._go(Stage.CONFIRM)

    @Slot()
    def send(self) -> None:
        if self._thing is not None and not self._running:
            self.run(self.ui.station.fault_reports.report, self._thing, self._photo).success(self._sent)

    def _sent(self, made: FaultRow) -> None:
        self._made = made
        self._drop()
        self._go(Stage.DONE)

    # -- the camera ---------------------------------------------------------------------------------------------------

    @Slot()
    def _look(self) -> None:
        frame = self._camera.latest()
        if frame is not None and (self._frame is None or frame.index != self._frame.index):
            self._frame = frame
            self._set_picture(encode_jpeg(frame, _PREVIEW_WIDTH))

    def _stop_looking(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._camera.stop()
            self.ui.station.session.release(_HOLD)
        self._frame = None

    def _drop(self) -> None:
        self._photo = b""
        self._set_picture(b"")

    def _set_picture(self, jpeg: bytes) -> None:
        self._picture = f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}" if jpeg else ""
        self.picture_changed.emit()

    def _go(self, stage: Stage) -> None:
        self._stage = stage
        self.set_problem(None)
        self.stage_changed.emit()

    # -- for QML ------------------------------------------------------------------------------------------------------

    def _can_photograph(self) -> bool:
        return bool(self.ui.station.config.devices.camera) and self._camera.health().state is not DeviceState.SICK

    def _name(self) -> str:
        return thing_words(self._thing) if self._thing else ""

    def _already(self) -> str:
        known = self._known.get(self._thing) if self._thing and self._thing is not Thing.OTHER else None
        return fault_words(known.state)[0] if known and known.state is not FaultState.REPAIRED else ""

    def _thanks(self) -> str:
        station = self.ui.station
        link = station.link is not None and station.link.online
        return thanks_words(self._made.reports, link, station.session.person is not None) if self._made else ""

    stage = Property(str, lambda self: str(self._stage), notify=stage_changed)
    things = Property(QObject, lambda self: self._things, constant=True)
    name = Property(str, _name, notify=stage_changed)
    drawing = Property(str, lambda self: THINGS[self._thing][1] if self._thing else "", notify=stage_changed)
    already = Property(str, _already, notify=stage_changed)
    thanks = Property(str, _thanks, notify=stage_changed)
    canPhotograph = Property(bool, _can_photograph, notify=stage_changed)
    picture = Property(str, lambda self: self._picture, notify=picture_changed)
