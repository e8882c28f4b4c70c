"""What of a station speaks with the hub: sync, the live link, calls, orders for doors, the alarm."""

from typing import TYPE_CHECKING

from kiosk.app_core import VERSION
from kiosk.app_features import Features
from kiosk.built import built
from kiosk.events import CatalogueUpdated

if TYPE_CHECKING:
    from kiosk.alarm import Alarm, SelfTest
    from kiosk.doors import Doors
    from kiosk.intercom import CallPicture, Intercom, Messages
    from kiosk.network import Network
    from kiosk.protocol.catalogue import FileRef
    from kiosk.protocol.health import Health
    from kiosk.protocol.link import LinkMessage
    from kiosk.sync.applying import Applying
    from kiosk.sync.client import HubClient
    from kiosk.sync.link import Link
    from kiosk.sync.runner import Sync
    from kiosk.sync.stick import Stick


class Hubbed(Features):
    """The end of every wire to the hub."""

    def health(self) -> "Health":
        """How this terminal is, for the desk. From a worker thread."""
        raise NotImplementedError

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

        self.guard_catalogue()
        return Sync(
            self.hub,
            self.store,
            self.files,
            self.desk,
            self.network,
            self.bus,
            station=lambda: self.identity.station_id,
            applying=self.applying,
            attachments=self._attachments,
            busy=lambda: bool(self.session.id),
            has_room=self.disk.has_room_for,
            linked=lambda: self.link is not None and self.link.online,
        )

    @built
    def applying(self) -> "Applying":
        from kiosk.sync.applying import Applying

        return Applying(self.store, lambda revision, kinds: self.bus.publish(CatalogueUpdated(revision, kinds)))

    @built
    def stick(self) -> "Stick":
        from kiosk.sync.stick import Stick

        self.guard_catalogue()
        return Stick(
            self.config.usb_dir,
            self.store,
            self.files,
            self.identity,
            self.desk,
            self.bus,
            self.applying,
            self._attachments,
            self.disk.has_room_for,
        )

    def guard_catalogue(self) -> None:
        """Before anything of the catalogue is applied: whose signature it needs, as far as somebody has said."""
        from kiosk.clock import BUILT, ClockQuality
        from kiosk.protocol.cose import Instant
        from kiosk.storage.catalogue_guard import Guard

        pins = self.config.hub.publisher_keys or self.identity.publisher_keys
        if not pins or self.store.catalogue.guarded:
            return

        def at() -> Instant:
            return Instant(self.clock.now(), self.clock.quality() is ClockQuality.DOUBTFUL, BUILT)

        self.desk.call(self.store.catalogue.guard, Guard(pins, lambda: self.identity.station_id, at))

    def _attachments(self) -> "list[FileRef]":
        """Sounds and pictures that entries of the journal name. On the desk thread."""
        from kiosk.storage.intercom import Calls
        from kiosk.storage.station import Faults

        return [*self.store.projection(Calls).voices(), *self.store.projection(Faults).photos()]

    def make_room(self) -> int:
        """Throw media away for the journal, what matters least first. On the desk thread. Returns the bytes gained."""
        from kiosk.storage.files import file_refs
        from kiosk.storage.room import PLENTY

        named = {ref.sha256 for body in self.store.catalogue.every_body() for ref in file_refs(body)}
        gained = self.files.discard(named | {ref.sha256 for ref in self._attachments()})
        gained += self.courses.make_room(lambda: self.disk.free() >= PLENTY, everything=not self.session.id)
        return gained

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
        from kiosk.intercom import Messages

        return Messages(self.clock, self.session, self.microphone, self.files, self.store.append, self.player.play)

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
            bus=self.bus,
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
            health=self.health,
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
