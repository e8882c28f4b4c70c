"""The board of a demonstration: a real Modbus server on loopback, started with the driver that talks to it."""

import threading
from collections.abc import Callable
from functools import partial

from kiosk.devices.io.modbus import ModbusBoard, ModbusBus
from kiosk.devices.io.simulator import SimulatedBoard
from kiosk.devices.ports import BoardFault, DeviceHealth, DeviceState, Point, Reading


class DemoBoard:
    """`hand` is what moves its inputs while it runs: for a staff page, a test, a demonstration."""

    def __init__(self, name: str, watched: tuple[Point, ...], pulsed: tuple[Point, ...], own_pulse: bool) -> None:
        self.name = name
        self.hand: SimulatedBoard | None = None
        self._make = partial(SimulatedBoard, own_pulse=own_pulse)
        self._how = (watched, pulsed, own_pulse)
        self._board: ModbusBoard | None = None
        self._lock = threading.Lock()

    def start(self, on_reading: Callable[[Reading], object]) -> None:
        watched, pulsed, own_pulse = self._how
        with self._lock:
            if self._board is None:
                self.hand = self._make()
                self._furnish(self.hand)
                bus = ModbusBus(self.hand.connection)
                self._board = ModbusBoard(self.name, bus, 1, watched, pulsed, own_pulse)
            self._board.start(on_reading)

    def stop(self) -> None:
        with self._lock:
            if self._board is not None and self.hand is not None:
                self._board.stop()
                self.hand.close()
            self._board = self.hand = None

    def switch(self, point: Point, on: bool) -> None:
        self._started().switch(point, on)

    def pulse(self, point: Point, seconds: float) -> bool:
        return self._started().pulse(point, seconds)

    def health(self) -> DeviceHealth:
        board = self._board
        if board is None:
            return DeviceHealth(DeviceState.OFF)
        health = board.health()
        return DeviceHealth(health.state, health.detail or "simulated")

    def _started(self) -> ModbusBoard:
        if (board := self._board) is None:
            raise BoardFault(f"board {self.name} is not started")
        return board

    def _furnish(self, hand: SimulatedBoard) -> None:
        """A room at rest: its door shut, 23.4 degrees, 48 per cent, five batteries in the cabinet."""
        hand.set_input(0, True)
        for register, value in ((1, 234), (2, 480), (10, 5)):
            hand.set_register(register, value)
