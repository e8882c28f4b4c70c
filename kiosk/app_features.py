"""The features of a station and its devices, each made when it is first asked for. The base of `kiosk.app.Station`."""

from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app_core import Core
from kiosk.built import built

if TYPE_CHECKING:
    from kiosk.devices.camera.shared import SharedCamera
    from kiosk.devices.ports import Board, Lock, Microphone, Speech
    from kiosk.devices.scanner.wedge import WedgeScanner
    from kiosk.devices.speech.player import Player
    from kiosk.hours import OpenHours
    from kiosk.identity import Identity
    from kiosk.learning import Keeper, Learning, Library
    from kiosk.members import CodeReader, Members, Slips
    from kiosk.services import Services
    from kiosk.staff import Staff
    from kiosk.station import FaultReports
    from kiosk.supplies import Shelf, Stockroom, Supplies, Undo

ASSETS = Path(__file__).resolve().parent.parent / "assets"


class Features(Core):
    """What visitors use, and what it is made of."""

    @built
    def identity(self) -> "Identity":
        from kiosk.identity import Identity

        return Identity(self.config.data_dir)

    # -- features -----------------------------------------------------------------------------------------------------

    @built
    def members(self) -> "Members":
        from kiosk.members import Members, own_key

        return Members(
            self.store.catalogue,
            self.store,
            self.clock,
            self.bus,
            self.session,
            self.record_later,
            own_key(self.identity),
        )

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
    def fault_reports(self) -> "FaultReports":
        from kiosk.station import FaultReports
        from kiosk.storage.station import Faults

        return FaultReports(
            self.store.catalogue,
            self.store.projection(Faults),
            self.files,
            self.clock,
            self.bus,
            self.session,
            self.store.append,
            self.desk.post,
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
    def player(self) -> "Player":
        """Plays a sound where speech is heard."""
        from kiosk.devices.speech.player import open_player

        _, _, device = self.config.devices.speech.partition(":")
        return open_player(device)

    @built
    def camera(self) -> "SharedCamera":
        from kiosk.devices.camera.registry import open_camera
        from kiosk.devices.camera.shared import SharedCamera

        return SharedCamera(open_camera(self.config.devices.camera))

    @built
    def other_cameras(self) -> "dict[str, SharedCamera]":
        """Those that only a call looks through, by name."""
        from kiosk.devices.camera.registry import open_camera
        from kiosk.devices.camera.shared import SharedCamera

        found = self.config.devices.cameras.items()
        return {name: SharedCamera(open_camera(spec, name)) for name, spec in found if name != self.camera.name}

    @built
    def microphone(self) -> "Microphone":
        from kiosk.devices.microphone import open_microphone

        return open_microphone(self.config.devices.microphone)

    @built
    def locks(self) -> "dict[str, Lock]":
        from kiosk.devices.io import BoardLock, point

        doors = {name: door for name, door in self.config.doors.items() if door.lock}
        return {
            name: BoardLock(name, self.boards[point(door.lock).board], point(door.lock), door.pulse_seconds)
            for name, door in doors.items()
        }

    @built
    def boards(self) -> "dict[str, Board]":
        from kiosk.config_room import boards_of

        return boards_of(self.config)

    @built
    def slips(self) -> "Slips":
        from kiosk.devices.printer import open_printer
        from kiosk.members import Slips

        return Slips(open_printer(self.config.devices.printer), self.bus)

    @built
    def wedge(self) -> "WedgeScanner":
        """A screen feeds it keys: `wedge.key(char)`."""
        from kiosk.devices.scanner.wedge import WedgeScanner

        return WedgeScanner()

    @built
    def reader(self) -> "CodeReader":
        from kiosk.devices.scanner import open_scanner
        from kiosk.devices.scanner.camera_scanner import CameraScanner
        from kiosk.intercom import CallChanged
        from kiosk.members import CodeFound, CodeReader

        looking = CameraScanner(self.camera.lease("scan"), lambda corners: self.bus.publish(CodeFound(corners)))
        others = [open_scanner(spec) for spec in self.config.devices.scanners]
        reader = CodeReader(
            [*others, self.wedge],
            looking if self.config.devices.camera else None,
            self.desk,
            self.bus,
            self.members.handle,
        )
        reader.follow(self.session)
        self.bus.subscribe(CallChanged, lambda event: self.desk.post(reader.suspend, event.call.active))
        return reader
