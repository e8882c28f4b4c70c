"""A button that types: held, let go, pulled out, back again. The library is a double with evdev's calls over a pipe."""

import os
import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from kiosk.devices.io.keys import KeyBoard
from kiosk.devices.io.points import point
from kiosk.devices.ports import BoardFault, DeviceState, Reading
from tests.kiosk.devices.helpers import until

PEDAL, OTHER = point("pedal.key.KEY_F1"), point("!pedal.key.KEY_F2")


class Device:
    def __init__(self, desk: "Typing") -> None:
        self._desk = desk
        self.fd, self.wake = os.pipe()
        self.grabbed = False

    def grab(self) -> None:
        self.grabbed = True

    def active_keys(self) -> list[int]:
        return list(self._desk.down)

    def read(self) -> list[Any]:
        os.read(self.fd, 100)
        if self._desk.gone:
            raise OSError(19, "No such device")
        with self._desk.lock:
            events, self._desk.events = self._desk.events, []
        return events

    def close(self) -> None:
        os.close(self.fd)
        os.close(self.wake)


class Typing:
    """The library, and the hand on the keys."""

    def __init__(self) -> None:
        self.gone = False
        self.down: list[int] = []
        self.events: list[Any] = []
        self.lock = threading.Lock()
        self.device: Device | None = None
        self.ecodes = SimpleNamespace(ecodes={"KEY_F1": 59, "KEY_F2": 60}, EV_KEY=1)

    def InputDevice(self, _path: str) -> Device:
        if self.gone:
            raise OSError(2, "No such file")
        self.device = Device(self)
        return self.device

    def key(self, code: int, value: int) -> None:
        with self.lock:
            self.events.append(SimpleNamespace(type=1, code=code, value=value))
        assert self.device is not None
        os.write(self.device.wake, b"!")

    def unplug(self) -> None:
        self.gone = True
        assert self.device is not None
        os.write(self.device.wake, b"!")


@pytest.fixture
def typing() -> Typing:
    return Typing()


@pytest.fixture
def board(typing: Typing) -> Iterator[tuple[KeyBoard, list[Reading]]]:
    heard: list[Reading] = []
    made = KeyBoard("pedal", "/dev/input/by-id/pedal", (PEDAL, OTHER), lambda: typing)
    made.start(heard.append)
    made.start(heard.append)  # twice is once
    until(lambda: heard and made.health().state is DeviceState.WELL)
    yield made, heard
    made.stop()
    made.stop()


def test_a_key_is_on_while_it_is_held(board: tuple[KeyBoard, list[Reading]], typing: Typing) -> None:
    _, heard = board
    assert typing.device is not None
    assert typing.device.grabbed
    assert heard[-1].values == {PEDAL: 0, OTHER: 1}
    typing.key(59, 1)
    until(lambda: heard[-1].values[PEDAL] == 1)
    typing.key(59, 2)  # the repetition of a held key says nothing new
    typing.key(60, 1)
    until(lambda: heard[-1].values == {PEDAL: 1, OTHER: 0})
    typing.key(59, 0)
    until(lambda: heard[-1].values[PEDAL] == 0)


def test_pulled_out_and_back(board: tuple[KeyBoard, list[Reading]], typing: Typing) -> None:
    made, heard = board
    typing.unplug()
    until(lambda: made.health().state is DeviceState.SICK)
    until(lambda: heard[-1].values == {})
    typing.gone = False
    until(lambda: made.health().state is DeviceState.WELL)
    until(lambda: heard[-1].values == {PEDAL: 0, OTHER: 1})


def test_keys_switch_nothing(board: tuple[KeyBoard, list[Reading]]) -> None:
    made, _ = board
    with pytest.raises(BoardFault):
        made.switch(PEDAL, True)
    with pytest.raises(BoardFault):
        made.pulse(PEDAL, 1)
