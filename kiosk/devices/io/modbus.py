"""Modbus boards. Those on one connection share a thread, which polls them and does what they are told in between."""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import TypeVar

from kiosk.devices.io.debounce import Debounce
from kiosk.devices.io.modbus_wire import BoardRefused, Group, ModbusLine, groups
from kiosk.devices.io.points import COIL, INPUT
from kiosk.devices.ports import BoardFault, DeviceHealth, DeviceState, Point, Reading

log = logging.getLogger(__name__)
T = TypeVar("T")
POLL_SECONDS = 0.1
_EVERY = {INPUT: POLL_SECONDS, COIL: 1.0}  # a relay is read back when it is told, too; registers are slow things
_REGISTER_SECONDS = 2.0
SILENT_SECONDS = 3.0  # specs/devices.md, 2.3: after that it is a fault, and nothing is believed any more
ORDER_SECONDS = 2.0
_FIRST_PAUSE, _LAST_PAUSE = 0.05, 2.0


class ModbusBoard:
    """One unit on a bus. `watched` are the points that are read; `pulsed` the outputs that are only ever on for a time.

    `own_pulse`: the board times a pulse by itself (Waveshare's way). One that refuses is pulsed by us from then on.
    """

    def __init__(
        self,
        name: str,
        bus: "ModbusBus",
        unit: int = 1,
        watched: tuple[Point, ...] = (),
        pulsed: tuple[Point, ...] = (),
        own_pulse: bool = False,
    ) -> None:
        self.name = name
        self.unit = unit
        self.pulsed = pulsed
        self.own_pulse = own_pulse
        self.plan = [
            _Due(group, _EVERY.get(group.kind, _REGISTER_SECONDS)) for group in groups(unit, watched or pulsed)
        ]
        self.on_reading: Callable[[Reading], object] = lambda _reading: None
        self.debounce = Debounce()
        self.told: dict[Point, int] | None = None
        self.heard = 0.0
        self.settled = False  # pulsed outputs were seen to be off since the board was last lost
        self.offs: dict[Point, float] = {}  # when each output that is on for a time is due to go off, by our clock
        self.own_offs: dict[Point, float] = {}  # and by the board's own
        self.pause = _FIRST_PAUSE
        self.again = 0.0  # a board that says nothing is not asked before
        self._bus = bus
        self._health = DeviceHealth(DeviceState.OFF)

    def start(self, on_reading: Callable[[Reading], object]) -> None:
        self.on_reading = on_reading
        self.heard = time.monotonic()
        self._health = DeviceHealth(DeviceState.STARTING)
        self._bus.add(self)

    def stop(self) -> None:
        self._bus.remove(self)
        self._health = DeviceHealth(DeviceState.OFF)

    def switch(self, point: Point, on: bool) -> None:
        self._bus.order(self, lambda line: self._switch(line, point, on))

    def pulse(self, point: Point, seconds: float) -> bool:
        return self._bus.order(self, lambda line: self._pulse(line, point, seconds))

    def health(self) -> DeviceHealth:
        return self._health

    # -- on the thread of the bus -------------------------------------------------------------------------------------

    def _switch(self, line: ModbusLine, point: Point, on: bool) -> None:
        self.offs.pop(point, None)
        line.write(self.unit, _coil(point), on != point.inverted)
        self.answered({point: int(on)})

    def _pulse(self, line: ModbusLine, point: Point, seconds: float) -> bool:
        if self.own_pulse and not point.inverted:
            try:
                line.pulse(self.unit, _coil(point), seconds)
            except BoardRefused as refused:
                log.warning("board %s times no pulses: %s", self.name, refused)
                self.own_pulse = False
            else:
                self.own_offs[point] = time.monotonic() + seconds
                return True
        self.offs[point] = time.monotonic() + seconds  # before it is on: whatever happens, it is due to go off
        line.write(self.unit, _coil(point), not point.inverted)
        return False

    def settle(self, line: ModbusLine) -> None:
        """After the board was lost, or at the start: what is only ever on for a time is switched off."""
        if self.settled:
            return
        now = time.monotonic()
        for point in self.pulsed:
            if point not in self.offs and self.own_offs.get(point, 0.0) <= now:
                line.write(self.unit, _coil(point), point.inverted)
        self.settled = True

    def switch_due_off(self, line: ModbusLine, now: float) -> None:
        for point in [p for p, due in self.offs.items() if due <= now]:
            line.write(self.unit, _coil(point), point.inverted)
            del self.offs[point]

    def answered(self, read: dict[Point, int]) -> None:
        now = time.monotonic()
        self.heard, self.pause = now, _FIRST_PAUSE
        if self._health.state is not DeviceState.WELL:
            log.info("board %s answers", self.name)
            self._health = DeviceHealth(DeviceState.WELL)
        self._tell(self.debounce.feed(read), now)

    def failed(self, fault: BoardFault) -> None:
        now = time.monotonic()
        self.again = now + self.pause
        self.pause = min(self.pause * 2, _LAST_PAUSE)
        if now - self.heard >= SILENT_SECONDS and self._health.state is not DeviceState.SICK:
            log.warning("board %s: %s", self.name, fault)
            self._health = DeviceHealth(DeviceState.SICK, str(fault))
            self.settled = False
            self.debounce.forget()
            self._tell({}, now)

    def _tell(self, values: dict[Point, int], now: float) -> None:
        if values != self.told:
            self.told = values
            try:
                self.on_reading(Reading(values, now))
            except Exception:
                log.exception("a reading of board %s was not taken", self.name)


@dataclass(slots=True)
class _Due:
    group: Group
    every: float
    at: float = 0.0


@dataclass(slots=True)
class _Order:
    board: ModbusBoard
    run: Callable[[ModbusLine], object]
    done: "Future[object]" = field(default_factory=Future)


class ModbusBus:
    """The boards on one connection and their thread."""

    def __init__(self, connection: str, baud: int = 9600) -> None:
        self.line = ModbusLine(connection, baud)
        self._boards: list[ModbusBoard] = []
        self._orders: SimpleQueue[_Order | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def add(self, board: ModbusBoard) -> None:
        with self._lock:
            if board in self._boards:
                return
            self._boards.append(board)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=f"modbus {self.line.connection}", daemon=True)
                self._thread.start()

    def remove(self, board: ModbusBoard) -> None:
        with self._lock:
            if board not in self._boards:
                return
            try:
                self.order(board, lambda line: _all_off(board, line))
            except BoardFault as fault:
                log.warning("board %s was not left in order: %s", board.name, fault)
            self._boards.remove(board)
            if not self._boards and self._thread is not None:
                self._orders.put(None)
                self._thread.join(ORDER_SECONDS * 2)
                self._thread = None

    def order(self, board: ModbusBoard, run: Callable[[ModbusLine], T]) -> T:
        """Have `run` done on the thread, before the next poll. Raises BoardFault."""
        if self._thread is None or board not in self._boards:
            raise BoardFault(f"board {board.name} is not started")
        order = _Order(board, run)
        self._orders.put(order)
        try:
            return order.done.result(ORDER_SECONDS)  # type: ignore[return-value]
        except Late as late:
            if order.done.cancel():
                raise BoardFault(f"{self.line.connection} is busy") from late
            raise BoardFault(f"no answer from {self.line.connection}") from late

    def _run(self) -> None:
        while True:
            try:
                order = self._orders.get(timeout=self._pause())
            except Empty:
                order = None
            else:
                if order is None:
                    break
                self._obey(order)
                continue  # another order may be waiting: they come before polls
            for board in tuple(self._boards):
                self._look_after(board)
        self.line.close()

    def _pause(self) -> float:
        """Seconds until something is due."""
        now = time.monotonic()
        due = [now + POLL_SECONDS]
        for board in self._boards:
            soonest = [plan.at for plan in board.plan] + list(board.offs.values())
            if soonest:
                due.append(max(min(soonest), board.again))
        return max(0.0, min(due) - now)

    def _obey(self, order: _Order) -> None:
        if not order.done.set_running_or_notify_cancel():
            return
        for last in (False, True):
            try:
                order.board.settle(self.line)
                order.done.set_result(order.run(self.line))
                return
            except BoardFault as fault:
                if last or isinstance(fault, BoardRefused):
                    order.board.failed(fault)
                    order.done.set_exception(fault)
                    return
            except Exception as error:
                order.done.set_exception(error)
                return

    def _look_after(self, board: ModbusBoard) -> None:
        now = time.monotonic()
        if now < board.again:
            return
        try:
            board.settle(self.line)
            board.switch_due_off(self.line, now)
            for plan in board.plan:
                if plan.at <= now:
                    board.answered(self.line.read(plan.group))
                    plan.at = now + plan.every
            if not board.plan:
                board.answered({})
        except BoardFault as fault:
            board.failed(fault)


def _coil(point: Point) -> int:
    if point.kind != COIL:
        raise BoardFault(f"{point} is no output")
    return point.number


def _all_off(board: ModbusBoard, line: ModbusLine) -> None:
    for point in board.pulsed:
        line.write(board.unit, _coil(point), point.inverted)
    board.offs.clear()
