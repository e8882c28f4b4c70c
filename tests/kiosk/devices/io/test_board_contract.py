"""One contract for every board: open, use, unplug, return, close twice, flood, and what the last run left on."""

import itertools
import threading
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from pyModbusTCP.server import DataBank, ModbusServer

from kiosk.devices.cable import Weather
from kiosk.devices.io import modbus
from kiosk.devices.io.demo import DemoBoard
from kiosk.devices.io.gpio import GpioBoard
from kiosk.devices.io.modbus import ModbusBoard, ModbusBus
from kiosk.devices.io.points import point
from kiosk.devices.io.simulator import SimulatedBoard
from kiosk.devices.ports import Board, BoardFault, DeviceState, Point, Reading
from tests.kiosk.devices.helpers import until
from tests.kiosk.devices.io.pins import FakeChip
from tests.ports import steady_port

LOCK, LAMP = point("room.coil.0"), point("room.coil.1")
DOOR, BELL, OPENER = (point(f"{sign}room.discrete_input.{n}") for sign, n in (("", 0), ("", 1), ("!", 2)))
WARMTH = point("room.input_register.1")
ALL = (LOCK, LAMP, DOOR, BELL, OPENER, WARMTH)


class Rig(Protocol):
    """A board, its wires, and a hand that moves its contacts. The points are those of this rig."""

    board: Board
    lock: Point
    lamp: Point
    contact: Point
    inverted: Point

    def close_contact(self, on: bool) -> None: ...
    def is_on(self, output: Point) -> bool: ...
    def leave_on(self) -> None:
        """As the last run left the lock."""
        ...

    def unplug(self) -> None: ...
    def plug(self) -> None: ...
    def close(self) -> None: ...


class Simulated:
    lock, lamp, contact, inverted = LOCK, LAMP, DOOR, OPENER

    def __init__(self, folder: Path, serial: bool, own_pulse: bool, weather: Weather | None = None) -> None:
        self.hand = SimulatedBoard(folder / "rs485" if serial else None, own_pulse=own_pulse, weather=weather)
        self.board: Board = ModbusBoard("room", ModbusBus(self.hand.connection), 1, ALL, (LOCK,), True)

    def close_contact(self, on: bool) -> None:
        self.hand.set_input(0, on)

    def is_on(self, output: Point) -> bool:
        return self.hand.coil(output.number)

    def leave_on(self) -> None:
        self.hand.force_coil(0, True)

    def unplug(self) -> None:
        self.hand.unplug()

    def plug(self) -> None:
        self.hand.plug()

    def close(self) -> None:
        self.hand.close()


class Peer:
    """The server of another implementation (pyModbusTCP), which knows nothing of pulses."""

    lock, lamp, contact, inverted = LOCK, LAMP, DOOR, OPENER

    def __init__(self, _folder: Path) -> None:
        self.port = steady_port()
        self.bank = DataBank(coils_size=32, d_inputs_size=32, h_regs_size=32, i_regs_size=32)
        self.plug()
        self.board: Board = ModbusBoard("room", ModbusBus(f"tcp://127.0.0.1:{self.port}"), 1, ALL, (LOCK,), True)

    def close_contact(self, on: bool) -> None:
        self.bank.set_discrete_inputs(0, [on])

    def is_on(self, output: Point) -> bool:
        values = self.bank.get_coils(output.number)
        return bool(values and values[0])

    def leave_on(self) -> None:
        self.bank.set_coils(0, [True])

    def unplug(self) -> None:
        self.server.stop()

    def plug(self) -> None:
        self.server = ModbusServer("127.0.0.1", self.port, no_block=True, data_bank=self.bank)
        self.server.start()

    def close(self) -> None:
        self.server.stop()


class Pins:
    lock, lamp = point("room.line.17"), point("room.line.18")
    contact, inverted = point("room.line.4"), point("!room.line.5")

    def __init__(self, _folder: Path) -> None:
        self.chip = FakeChip()
        self.board: Board = GpioBoard(
            "room", "/dev/gpiochip0", (self.lock, self.lamp, self.contact, self.inverted), (self.lock,), self._library
        )

    def _library(self) -> Any:
        return self.chip.library

    def close_contact(self, on: bool) -> None:
        self.chip.drive(self.contact.number, on)

    def is_on(self, output: Point) -> bool:
        return self.chip.levels.get(output.number, False)

    def leave_on(self) -> None:
        self.chip.levels[self.lock.number] = True

    def unplug(self) -> None:
        self.chip.unplug()

    def plug(self) -> None:
        self.chip.plug()

    def close(self) -> None:
        self.chip.unplug()


BAD = {"split": Weather(piece=3), "slow": Weather(piece=2, baud=9600), "noisy": Weather(noise=0.3, piece=4)}
BAD |= {"corrupted": Weather(corrupt=0.1)}
MAKE: dict[str, Callable[[Path], Rig]] = {
    "tcp": lambda folder: Simulated(folder, serial=False, own_pulse=True),
    "tcp without pulses": lambda folder: Simulated(folder, serial=False, own_pulse=False),
    "rtu": lambda folder: Simulated(folder, serial=True, own_pulse=True),
    **{
        f"rtu {name}": (lambda folder, w=weather: Simulated(folder, serial=True, own_pulse=True, weather=w))
        for name, weather in BAD.items()
    },
    "another's server": Peer,
    "pins": Pins,
}


class Heard:
    """What a board told."""

    def __init__(self) -> None:
        self.all: list[Reading] = []

    def __call__(self, reading: Reading) -> None:
        self.all.append(reading)

    def value(self, which: Point) -> int | None:
        return self.all[-1].values.get(which) if self.all else None


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A board counts as lost sooner than in a station."""
    monkeypatch.setattr(modbus, "SILENT_SECONDS", 0.8)


@pytest.fixture(params=MAKE)
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    made = MAKE[request.param](tmp_path)
    yield made
    made.board.stop()
    made.close()


def started(rig: Rig) -> Heard:
    heard = Heard()
    rig.board.start(heard)
    until(lambda: rig.board.health().state is DeviceState.WELL)
    return heard


def pulse(rig: Rig, seconds: float) -> bool:
    """A bad line may fail an order; whoever gives it hears of it and may give it again."""
    for _ in range(20):
        try:
            return rig.board.pulse(rig.lock, seconds)
        except BoardFault:
            continue
    raise AssertionError("twenty orders failed")


def test_contacts_are_heard(rig: Rig) -> None:
    heard = started(rig)
    until(lambda: heard.value(rig.inverted) == 1)  # open, which is on for one that is inverted
    rig.close_contact(True)
    until(lambda: heard.value(rig.contact) == 1)
    rig.close_contact(False)
    until(lambda: heard.value(rig.contact) == 0)


def test_a_lock_is_on_for_a_time_and_then_off(rig: Rig) -> None:
    heard = started(rig)
    pulse(rig, 0.3)
    until(lambda: not rig.is_on(rig.lock))
    until(lambda: heard.value(rig.lock) in (0, None))


def test_what_the_last_run_left_on_is_off_at_the_start(rig: Rig) -> None:
    rig.leave_on()
    started(rig)
    until(lambda: not rig.is_on(rig.lock))


def test_a_pulse_that_the_program_leaves_behind_ends_with_it(rig: Rig) -> None:
    started(rig)
    pulse(rig, 60)
    rig.board.stop()
    assert not rig.is_on(rig.lock)


def test_a_lamp_stays_as_it_was_switched(rig: Rig) -> None:
    started(rig)
    for on in (True, False):
        for _ in range(20):
            try:
                rig.board.switch(rig.lamp, on)
                break
            except BoardFault:
                continue
        assert rig.is_on(rig.lamp) is on


def test_a_board_that_vanishes_is_said_and_comes_back(rig: Rig) -> None:
    heard = started(rig)
    rig.close_contact(True)
    until(lambda: heard.value(rig.contact) == 1)
    rig.unplug()
    until(lambda: rig.board.health().state is DeviceState.SICK)
    assert heard.all[-1].values == {}  # nothing is believed of a board that is silent
    with pytest.raises(BoardFault):
        rig.board.pulse(rig.lock, 0.3)
    rig.plug()
    until(lambda: rig.board.health().state is DeviceState.WELL)
    until(lambda: heard.value(rig.contact) == 1)
    pulse(rig, 0.2)


def test_closed_twice_and_orders_to_a_closed_board(rig: Rig) -> None:
    started(rig)
    rig.board.stop()
    rig.board.stop()
    assert rig.board.health().state is DeviceState.OFF


def test_a_flood_of_orders_and_changes_ends(rig: Rig) -> None:
    heard = started(rig)
    done: list[bool] = []

    def order() -> None:
        for _ in range(5):
            try:
                done.append(rig.board.pulse(rig.lock, 0.1))
            except BoardFault:
                done.append(False)

    threads = [threading.Thread(target=order) for _ in range(4)]
    for thread in threads:
        thread.start()
    for on in itertools.islice(itertools.cycle((True, False)), 20):
        rig.close_contact(on)
    rig.close_contact(True)
    for thread in threads:
        thread.join(60)
    assert len(done) == 20
    until(lambda: heard.value(rig.contact) == 1)
    until(lambda: not rig.is_on(rig.lock))


def test_a_board_that_times_the_pulse_says_so(tmp_path: Path) -> None:
    for own in (True, False):
        rig = Simulated(tmp_path, serial=False, own_pulse=own)
        try:
            started(rig)
            assert rig.board.pulse(LOCK, 0.2) is own
            assert (rig.hand.pulses == [(0, 0.2)]) is own
        finally:
            rig.board.stop()
            rig.close()


def test_a_relay_that_does_not_move_is_a_fault(tmp_path: Path) -> None:
    rig = Simulated(tmp_path, serial=False, own_pulse=True)
    try:
        started(rig)
        rig.hand.stuck = {0, 1}
        with pytest.raises(BoardFault, match="relay 0 says it is off"):
            rig.board.pulse(LOCK, 0.2)
        with pytest.raises(BoardFault, match="relay 1 says it is off"):
            rig.board.switch(LAMP, True)
    finally:
        rig.board.stop()
        rig.close()


def test_a_register_is_a_number(tmp_path: Path) -> None:
    rig = Simulated(tmp_path, serial=False, own_pulse=True)
    try:
        heard = started(rig)
        rig.hand.set_register(1, -53)
        until(lambda: heard.value(WARMTH) == 65_483)
    finally:
        rig.board.stop()
        rig.close()


def test_a_unit_that_is_dead_does_not_stop_the_other_on_the_same_wires(tmp_path: Path) -> None:
    hand = SimulatedBoard(tmp_path / "rs485")
    bus = ModbusBus(hand.connection)
    well = ModbusBoard("room", bus, 1, ALL, (LOCK,), True)
    dead = ModbusBoard("air", bus, 9, (point("air.input_register.1"),))
    heard = Heard()
    well.start(heard)
    dead.start(lambda _reading: None)
    try:
        until(lambda: dead.health().state is DeviceState.SICK)
        assert well.health().state is DeviceState.WELL
        hand.set_input(0, True)
        until(lambda: heard.value(DOOR) == 1)
        well.pulse(LOCK, 0.2)
        well.stop()
        assert dead.health().state is DeviceState.SICK
    finally:
        well.stop()
        dead.stop()
        hand.close()


def test_the_board_of_a_demonstration_is_a_room_at_rest() -> None:
    board = DemoBoard("room", ALL, (LOCK,), True)
    heard = Heard()
    assert board.health().state is DeviceState.OFF
    with pytest.raises(BoardFault):
        board.switch(LAMP, True)
    board.start(heard)
    try:
        until(lambda: heard.value(DOOR) == 1 and heard.value(WARMTH) == 234)
        assert board.pulse(LOCK, 0.1)
    finally:
        board.stop()
        board.stop()


def test_a_taker_that_fails_ends_nothing(tmp_path: Path) -> None:
    rig = Simulated(tmp_path, serial=False, own_pulse=True)
    calls: list[Reading] = []

    def fail(reading: Reading) -> None:
        calls.append(reading)
        raise RuntimeError("a taker of somebody else's")

    rig.board.start(fail)
    try:
        until(lambda: calls)
        rig.close_contact(True)
        until(lambda: calls[-1].values.get(DOOR) == 1)
    finally:
        rig.board.stop()
        rig.close()


def test_a_pedal_needs_no_library_until_it_is_used() -> None:
    def missing() -> types.ModuleType:
        raise ImportError("evdev is not installed")

    from kiosk.devices.io.keys import KeyBoard

    board = KeyBoard("pedal", "/dev/input/by-id/none", (point("pedal.key.KEY_F1"),), missing)
    board.start(lambda _reading: None)
    until(lambda: board.health().state is DeviceState.SICK)
    assert "evdev" in board.health().detail
    board.stop()
