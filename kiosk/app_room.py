"""The doors and the room of a station: boards, readers at the doors, entry, and what the room does by itself."""

from typing import TYPE_CHECKING

from kiosk.app_hub import Hubbed
from kiosk.built import built
from kiosk.events import CatalogueUpdated

if TYPE_CHECKING:
    from kiosk.alarm import AlarmChanged
    from kiosk.app_core import Startable
    from kiosk.devices.id_reader import IdCard
    from kiosk.devices.io.wires import Wires
    from kiosk.devices.ports import CardTrouble, IdReader, Point, Scan
    from kiosk.entry import Entry, Situation
    from kiosk.intercom import CallChanged
    from kiosk.members import CardBook, CodeReader, MemberRecognised, Registrar
    from kiosk.protocol.alarm import AlarmSource
    from kiosk.protocol.entry import EntryPolicy
    from kiosk.station import Room, RoomPlan

DOOR_TOPIC = "door"


class Roomed(Hubbed):
    """What opens, lights up and listens."""

    @built
    def wires(self) -> "Wires":
        from kiosk.devices.io.wires import Wires

        return Wires(self.boards)

    @built
    def cards(self) -> "CardBook":
        from kiosk.members import CardBook
        from kiosk.storage.members import Registrations

        kept = self.store.projection(Registrations)
        return CardBook(self.store.catalogue, kept, self.config.data_dir, self.clock, self.zone)

    @built
    def registrar(self) -> "Registrar":
        from kiosk.members import Registrar
        from kiosk.storage.members import Registrations

        return Registrar(
            self.store.catalogue,
            self.store.projection(Registrations),
            self.cards,
            self.identity,
            self.clock,
            self.bus,
            self.session,
            self.store.append,
            self.desk.post,
            reads_cards=any(reader.at_terminal for reader in self.card_readers.values()),
            hub_url=self.config.hub.url,
        )

    # -- entry --------------------------------------------------------------------------------------------------------

    @built
    def entry(self) -> "Entry":
        from kiosk.devices.io import point
        from kiosk.doors import DoorReleased
        from kiosk.entry import TICK_SECONDS, DoorPlan, Entry
        from kiosk.intercom import CallChanged
        from kiosk.members import MemberRecognised

        self._policy = self._read_policy()
        plans = {
            name: DoorPlan(name, self.locks.get(name), door.pulse_seconds, door.held_seconds)
            for name, door in self.config.doors.items()
        }
        entry = Entry(
            plans,
            self.clock,
            self.bus,
            policy=lambda: self._policy,
            situation=self._situation,
            verify=self.members.verify,
            ring=self._ring_desk,
            inside=lambda: self.room.state.occupied,
            record=self.record_later,  # a disk that is full stops neither a door nor an alarm
            later=self.desk.post,
            watch=lambda tick: self.network.repeat(TICK_SECONDS, tick),
        )

        def on_wire(name: str, what: str, value: "int | None") -> None:
            match what:
                case "contact":
                    self.desk.post(entry.on_contact, name, None if value is None else bool(value))
                case "exit" if value == 1:
                    self.desk.post(entry.on_exit, name)
                case "bell" if value == 1:
                    self.desk.post(entry.ring, name)

        for name, door in self.config.doors.items():
            for what in ("contact", "exit", "bell"):
                if text := getattr(door, what):
                    self.wires.watch([point(text)], lambda _p, v, n=name, w=what: on_wire(n, w, v))  # type: ignore[misc]
        self.bus.subscribe(CallChanged, self._on_call_over)
        self.bus.subscribe(MemberRecognised, self._on_recognised)
        self.bus.subscribe(DoorReleased, lambda event: self.desk.post(entry.on_released, event.door))
        self.bus.subscribe(CatalogueUpdated, self._on_policy)
        return entry

    @property
    def terminal_door(self) -> str:
        """The door at which the terminal itself stands, "" none."""
        return next((name for name, door in self.config.doors.items() if door.at_terminal), "")

    def _situation(self, policy: "EntryPolicy") -> "Situation":
        from kiosk.entry import Situation
        from kiosk.protocol.entry import WeatherMode

        now = self.clock.now()
        modes = self.store.catalogue.all(WeatherMode).values()
        return Situation(
            hours=self.hours.now(policy.hours),
            weather=any(mode.begins <= now < mode.ends for mode in modes),
            people=self.room.state.people,
            desk=self.link is not None and self.link.online,
        )

    def _read_policy(self) -> "EntryPolicy":
        from kiosk.protocol.entry import EntryPolicy

        return self.store.catalogue.only(EntryPolicy) or self.config.policy

    def _on_policy(self, event: CatalogueUpdated) -> None:
        if "entry_policy" in event.kinds:
            self._policy = self.desk.call(self._read_policy)

    def _ring_desk(self, door: str) -> str:
        """Call the desk for somebody at a door, with the picture from outside. Returns the id of the call."""
        call = self.intercom.ring(DOOR_TOPIC)
        if (camera := self.config.doors[door].camera) in self.other_cameras:
            self.call_picture.choose(camera)
        return call

    def _on_call_over(self, event: "CallChanged") -> None:
        if event.call.reason is not None:
            self.desk.post(self.entry.call_over, event.call.id, event.call.answered is not None)

    def _on_recognised(self, event: "MemberRecognised") -> None:
        """Whoever the terminal at the door recognised is let in, on the desk thread where this is published."""
        from kiosk.protocol.entry import Way

        if door := self.terminal_door:
            way = {"id_card": Way.ID_CARD, "face": Way.FACE}.get(event.person.way, Way.CODE)
            self.entry.by_person(door, event.person, way, event.source, event.at)

    # -- readers ------------------------------------------------------------------------------------------------------

    @built
    def readers(self) -> "tuple[Startable, ...]":
        """What reads codes and cards at the doors, and cards at the terminal."""
        found: list[Startable] = []
        for name, door in self.config.doors.items():
            if door.camera or door.scanners:
                found.append(self._door_reader(name))
        return (*found, *self.card_readers.values())

    @built
    def card_readers(self) -> "dict[str, CardDesk]":
        """By the name of a door, or "terminal"."""
        from kiosk.devices.id_reader import open_id_reader

        found: dict[str, CardDesk] = {}
        specs = {name: door.id_reader for name, door in self.config.doors.items()}
        specs["terminal"] = self.config.devices.id_reader
        for name, spec in specs.items():
            where = "devices.id_reader" if name == "terminal" else f"doors.{name}.id_reader"
            if (reader := open_id_reader(spec, where)) is not None:
                found[name] = CardDesk(self, reader, name)
        return found

    def _door_reader(self, name: str) -> "CodeReader":
        from kiosk.devices.ports import Scanner
        from kiosk.devices.scanner import open_scanner
        from kiosk.devices.scanner.camera_scanner import CameraScanner
        from kiosk.members import CodeReader

        door = self.config.doors[name]
        scanners: list[Scanner] = [open_scanner(spec) for spec in door.scanners]
        if door.camera:
            scanners.append(CameraScanner(self.other_cameras[door.camera].lease("door"), lambda _corners: None))

        def take(scan: "Scan") -> None:
            self.entry.by_code(name, scan.text, scan.source, scan.at)

        return CodeReader(scanners, None, self.desk, self.bus, take)

    # -- the room -----------------------------------------------------------------------------------------------------

    @built
    def room(self) -> "Room":
        from kiosk.alarm import AlarmChanged
        from kiosk.devices.io import point
        from kiosk.entry import EntryDecided
        from kiosk.protocol.alarm import AlarmSource
        from kiosk.protocol.entry import Result
        from kiosk.session import SessionBegan
        from kiosk.station import TICK_SECONDS, Room

        room = Room(
            self._room_plan(),
            self.wires,
            self.clock,
            self.bus,
            record=self.record_later,  # a disk that is full stops neither a door nor an alarm
            later=self.desk.post,
            raise_alarm=self._raise_alarm,
            open_now=self._open_now,
            people=self._people,
            watch=lambda tick: self.network.repeat(TICK_SECONDS, tick),
            on_trial=self.wires.is_quiet,
        )

        def on_input(at: "Point", value: "int | None") -> None:
            self.desk.post(room.on_input, at, value)

        self.wires.watch(room.plan.inputs, on_input)
        self.wires.watch(room.plan.outputs, lambda _at, _value: self.desk.post(room.look))
        buttons = {
            AlarmSource.BUTTON: self.config.room.alarm_button,
            AlarmSource.SILENT: self.config.room.silent_button,
        }
        for source, text in buttons.items():
            if text:
                self.wires.watch([point(text)], lambda _at, value, s=source: self._on_button(value, s))  # type: ignore[misc]

        if self.link is not None:
            self.link.on_command("lights_on", lambda _args: self.desk.call(room.order, "lights", True))
            self.link.on_command("lights_off", lambda _args: self.desk.call(room.order, "lights", False))
            self.link.on_command("sockets_on", lambda _args: self.desk.call(room.order, "sockets", True))
            self.link.on_command("sockets_off", lambda _args: self.desk.call(room.order, "sockets", False))

        def on_alarm(event: "AlarmChanged") -> None:
            incident = event.incident
            lasts = incident is not None and not incident.closed
            silent = incident is not None and incident.source is AlarmSource.SILENT
            self.desk.post(room.alarmed, lasts, silent)

        self.bus.subscribe(AlarmChanged, on_alarm)
        self.bus.subscribe(SessionBegan, lambda _event: self.desk.post(room.notice))
        self.bus.subscribe(
            EntryDecided, lambda event: self.desk.post(room.notice) if event.result is Result.OPENED else None
        )
        return room

    def _room_plan(self) -> "RoomPlan":
        from kiosk.devices.io import point
        from kiosk.station import CabinetPlan, RoomPlan, Timing, points

        room = self.config.room
        cabinets = self.config.cabinets.items()
        return RoomPlan(
            lights=points(room.lights),
            sockets=points(room.sockets),
            siren=point(room.siren) if room.siren else None,
            beacon=point(room.beacon) if room.beacon else None,
            presence=points(room.presence),
            smoke=points(room.smoke),
            temperature=point(room.temperature) if room.temperature else None,
            humidity=point(room.humidity) if room.humidity else None,
            timing=Timing(room.lights_minutes * 60, room.sockets_minutes * 60),
            heat_celsius=room.heat_celsius,
            cabinets=tuple((key, CabinetPlan(c.name, c.kind, point(c.free), c.total)) for key, c in cabinets),
        )

    def _on_button(self, value: "int | None", source: "AlarmSource") -> None:
        if value == 1:
            self.desk.post(self._raise_alarm, source)

    def _raise_alarm(self, source: "AlarmSource") -> None:
        """Persisted before anything else; the siren, the words and the desk follow from it."""
        self.alarm.press(source)

    def _open_now(self) -> bool:
        from kiosk.hours import Openness

        return self.hours.now(self._policy.hours).state is not Openness.CLOSED

    def _people(self) -> int | None:
        """How many are inside by the doors, None without a door that says so."""
        watched = [name for name, door in self.config.doors.items() if door.contact]
        if not watched:
            return None
        states = [self.entry.state(name) for name in watched]
        return max(0, sum(state.passed for state in states) - sum(state.left for state in states))


class CardDesk:
    """An ID card reader and where it stands: what it reads is a person at the terminal, at a door, or both."""

    def __init__(self, station: Roomed, reader: "IdReader", place: str) -> None:
        self.reader = reader
        self._station = station
        self._place = place
        self.at_terminal = place in ("terminal", station.terminal_door)
        self._door = station.terminal_door if place == "terminal" else place

    def start(self) -> None:
        station = self._station
        self.reader.start(
            lambda card, at: station.desk.post(self._take, card, at),
            self._trouble,
        )

    def stop(self) -> None:
        self.reader.stop()

    def _trouble(self, trouble: "CardTrouble") -> None:
        from kiosk.members import CardTroubled

        self._station.bus.publish(CardTroubled(trouble))

    def _take(self, card: "IdCard", at: float) -> None:
        from kiosk.entry import Card
        from kiosk.members import CardSeen, SomethingRead

        station = self._station
        station.bus.publish(SomethingRead(f"id_reader.{self._place}"))
        known = station.cards.look(card)
        if self.at_terminal:
            if known.person is None:
                station.registrar.laid(known.key, known.valid)
            station.bus.publish(CardSeen(known.person is not None, known.valid))
        if self.at_terminal and known.valid and known.person is not None:
            station.members.recognise_card(known.person, at)  # which lets in whoever stands at the terminal's door
        elif self._door:
            station.entry.by_card(self._door, Card(known.key, known.valid, known.person), at)
