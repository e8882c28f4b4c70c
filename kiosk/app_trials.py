"""Which devices of a station somebody who stands in it can try, and how."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from kiosk.app_faces import Faced
from kiosk.built import built

if TYPE_CHECKING:
    from kiosk.protocol.health import Health
    from kiosk.retention import Retention
    from kiosk.station.sound_loop import SoundLoop
    from kiosk.station.spare import SpareCopy
    from kiosk.station.trials import Part, Trials

_SENTENCE = "这是驿站的声音，听到了请按“听到了”。"


class Tried(Faced):
    """A station whose devices can be tried."""

    @built
    def trials(self) -> "Trials":
        from kiosk.station.trials import Trials

        parts = (*self._door_parts(), *self._room_parts(), *self._terminal_parts())
        return Trials({part.id: part for part in parts}, self.bus, self.record_later)

    def health(self) -> "Health":
        from kiosk.health import health_of

        return health_of(self)

    @built
    def sound_loop(self) -> "SoundLoop":
        from kiosk.session import SessionState
        from kiosk.station.sound_loop import LOOK_SECONDS, SoundLoop

        def free() -> bool:
            quiet = self.session.state is SessionState.IDLE and not self.intercom.call.active
            return quiet and self.room.state.occupied is not True and not self.alarm.lasts

        return SoundLoop(
            self.microphone,
            self.player.play,
            self.local_now,
            free,
            self.record_later,
            watch=lambda look: self.network.repeat(LOOK_SECONDS, look),
        )

    @built
    def spare_copy(self) -> "SpareCopy":
        import time

        from kiosk.session import SessionState
        from kiosk.station.spare import LOOK_SECONDS, SpareCopy
        from kiosk.storage.backup import back_up, copies

        folder = self.config.backup_dir

        def age() -> float | None:
            newest = copies(folder)[:1] if folder else []
            return max(0.0, time.time() - newest[0].stat().st_mtime) if newest else None

        return SpareCopy(
            (lambda: back_up(self.store.path, folder)) if folder else None,
            age,
            lambda: self.session.state is SessionState.IDLE,
            self.clock.monotonic,
            watch=lambda look: self.network.repeat(LOOK_SECONDS, look),
        )

    @built
    def retention(self) -> "Retention":
        from kiosk.retention import LOOK_SECONDS, Retention
        from kiosk.session import SessionState

        return Retention(
            self.store,
            self.clock,
            self.desk,
            self.bus,
            self.applying.acknowledged,
            lambda: self.session.state is SessionState.IDLE,
            self.config.data_dir / "damaged",
            watch=lambda look: self.network.repeat(LOOK_SECONDS, look),
        )

    def _terminal_parts(self) -> "Iterator[Part]":
        from kiosk.devices.ports import DeviceState
        from kiosk.health import disk_problem
        from kiosk.station import probes
        from kiosk.station.trials import Method, Part

        if self.config.devices.camera:
            yield Part("camera", Method.LOOK, probes.look(partial(self.camera.lease, "trial")))
        for name, camera in self.other_cameras.items():
            yield Part(f"camera.{name}", Method.LOOK, probes.look(partial(camera.lease, "trial")), name)
        yield Part("speech", Method.HEAR, probes.hear(self._say_something))
        if self.microphone.health().state is not DeviceState.OFF:
            yield Part("microphone", Method.SPEAK, probes.speak(self.microphone))
            if self.config.devices.speech != "silent":
                yield Part("sound_loop", Method.KNOW, probes.agree(self.sound_loop.check))
        yield Part("scanner", Method.READ, probes.read(self._listen("scanner")))
        for place in self.card_readers:
            listen = self._listen(f"id_reader.{place}")
            yield Part(f"id_reader.{place}", Method.READ, probes.read(listen), place if place != "terminal" else "")
        yield Part("disk", Method.KNOW, probes.keep(lambda: disk_problem(self.config.data_dir)))

    def _door_parts(self) -> "Iterator[Part]":
        from kiosk.devices.io import point
        from kiosk.station import probes
        from kiosk.station.trials import Method, Part

        for name, door in self.config.doors.items():
            if name in self.locks:
                yield Part(f"lock.{name}", Method.SWITCH, probes.release(self.locks[name]), name)
            for what in ("contact", "bell", "exit"):
                if text := getattr(door, what):
                    yield Part(f"{what}.{name}", Method.PRESS, probes.press(self.wires, point(text)), name)

    def _room_parts(self) -> "Iterator[Part]":
        from kiosk.devices.io import point
        from kiosk.station import probes
        from kiosk.station.trials import Method, Part

        room, plan, wires = self.config.room, self.room.plan, self.wires
        for what, text in (("alarm_button", room.alarm_button), ("silent_button", room.silent_button)):
            if text:
                yield Part(what, Method.PRESS, probes.press(wires, point(text)))
        for kind, inputs in (("presence", plan.presence), ("smoke", plan.smoke)):
            for number, at in enumerate(inputs, start=1):
                yield Part(f"{kind}.{number}", Method.PRESS, probes.press(wires, at), _number(number, len(inputs)))
        for kind, outputs in (("light", plan.lights), ("socket", plan.sockets)):
            for number, at in enumerate(outputs, start=1):
                yield Part(f"{kind}.{number}", Method.SWITCH, probes.switch(wires, at), _number(number, len(outputs)))
        for kind, output in (("siren", plan.siren), ("beacon", plan.beacon)):
            if output is not None:
                yield Part(kind, Method.SWITCH, probes.switch(wires, output))
        for kind, register in (("temperature", plan.temperature), ("humidity", plan.humidity)):
            if register is not None:
                yield Part(kind, Method.KNOW, probes.know(wires, register))
        for key, cabinet in plan.cabinets:
            yield Part(f"cabinet.{key}", Method.KNOW, probes.know(wires, cabinet.free), key)

    def _say_something(self) -> bool:
        from kiosk.devices.ports import SpeechPriority, Utterance

        if not self.speech.available():
            return False
        self.speech.say(Utterance(_SENTENCE, "zh_CN", SpeechPriority.RESULT))
        return True

    def _listen(self, by: str) -> "Callable[[Callable[[], None]], Callable[[], None]]":
        from kiosk.members import SomethingRead

        def listen(heard: Callable[[], None]) -> Callable[[], None]:
            watches = by == "scanner"
            if watches:
                self.reader.watch("trial", True)
            end = self.bus.subscribe(SomethingRead, lambda event: heard() if event.by == by else None)

            def over() -> None:
                end()
                if watches:
                    self.reader.watch("trial", False)

            return over

        return listen


def _number(number: int, of: int) -> str:
    return str(number) if of > 1 else ""
