"""A simulated relay board: a real Modbus server, over TCP on loopback or RTU on a serial cable that can be a bad one.

It has the map of the boards we know (specs/devices.md, 2.1): coils 0.. are relays, discrete inputs 0.., registers, and
the pulse that the board times itself. A test, a demonstration or `python -m kiosk room` moves its inputs.
"""

import asyncio
import struct
import tempfile
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

from pymodbus import FramerType
from pymodbus.pdu import ModbusPDU
from pymodbus.pdu.bit_message import WriteSingleCoilRequest
from pymodbus.server import ModbusSerialServer, ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

from kiosk.devices.cable import Cable, Weather
from kiosk.devices.io.modbus_wire import PULSE_BASE, PULSE_UNIT

T = TypeVar("T")
COILS, INPUTS, HOLDING, REGISTERS = 1, 2, 3, 4  # function codes that read them
SIZE = 32
_SECONDS = 5.0


class _CoilRequest(WriteSingleCoilRequest):
    """FC 05 as the board takes it: on, off, or for a time at an address of its own."""

    units = 0

    def decode(self, data: bytes) -> None:
        super().decode(data)
        self.units = struct.unpack(">H", data[2:4])[0]

    async def datastore_update(self, context: Any, device_id: int) -> ModbusPDU:
        relay = self.address - PULSE_BASE
        if not 0 <= relay < SIZE:
            return await super().datastore_update(context, device_id)
        board = SimulatedBoard.of(context)
        if board is None or not board.own_pulse:
            return await super().datastore_update(context, device_id)
        board.pulse(device_id, relay, self.units * PULSE_UNIT)
        answer = _CoilAnswer(dev_id=self.dev_id, transaction_id=self.transaction_id, address=self.address)
        answer.units = self.units
        return answer


class _CoilAnswer(ModbusPDU):
    function_code = 5
    rtu_frame_size = 8
    units = 0

    def encode(self) -> bytes:
        return struct.pack(">HH", self.address, self.units)


class SimulatedBoard:
    """Units 1.. on one connection; `connection` is what goes into the configuration.

    `port` makes it a serial board under that name, with `weather` for the cable. Use it as a context manager, or call
    `close`. `own_pulse`: it knows pulses. `stuck` relays take an order and do not move.
    """

    _all: "dict[int, SimulatedBoard]" = {}  # noqa: RUF012 - by the server's context, which is all a request knows

    def __init__(
        self, port: Path | None = None, units: int = 1, own_pulse: bool = True, weather: Weather | None = None
    ) -> None:
        self.own_pulse = own_pulse
        self.stuck: set[int] = set()
        self.pulses: list[tuple[int, float]] = []
        self.on_relay: Callable[[int, bool], object] = lambda _relay, _on: None  # on the board's own thread
        self._units = units
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="simulated board", daemon=True)
        self._thread.start()
        self._server: ModbusTcpServer | ModbusSerialServer | None = None
        self._tcp_port = 0
        self._folder = tempfile.TemporaryDirectory(prefix="board") if port else None
        self._inner: Cable | None = None
        self.cable: Cable | None = None
        self._kept: dict[tuple[int, int], list[Any]] = {}
        if port is not None and self._folder is not None:
            # Two pseudo-terminals: the server has one end of the inner cable, the program one of the outer one.
            self._inner = Cable(Path(self._folder.name) / "server", self._forward)
            self.cable = Cable(port, lambda data: self._inner.send(data) if self._inner else None, weather)
        self.plug()

    @classmethod
    def of(cls, context: object) -> "SimulatedBoard | None":
        return cls._all.get(id(context))

    @property
    def connection(self) -> str:
        return str(self.cable.port) if self.cable else f"tcp://127.0.0.1:{self._tcp_port}"

    # -- the hand that moves things -----------------------------------------------------------------------------------

    def set_input(self, number: int, on: bool, unit: int = 1) -> None:
        """A contact closes or opens."""
        self._set(unit, INPUTS, number, [on])

    def set_register(self, number: int, value: int, unit: int = 1) -> None:
        """An input register, and the holding register of the same address, shows `value` (may be negative)."""
        for code in (REGISTERS, HOLDING):
            self._set(unit, code, number, [value & 0xFFFF])

    def coil(self, number: int, unit: int = 1) -> bool:
        """Whether a relay is on."""
        return bool(self._run(self._the_server().async_getValues(unit, COILS, number, 1))[0])

    def force_coil(self, number: int, on: bool, unit: int = 1) -> None:
        """As the last run of the program may have left it."""
        self._set(unit, COILS, number, [on])

    def unplug(self) -> None:
        """Nobody answers any more. Twice is harmless."""
        if self.cable is not None:
            self.cable.unplug()
            return
        if (server := self._server) is not None:
            self._keep()
            self._server = None
            self._all.pop(id(server.context), None)
            self._run(server.shutdown())  # type: ignore[no-untyped-call]

    def plug(self) -> None:
        """Be there, with relays and inputs as they were."""
        if self.cable is not None and self._server is not None:
            self.cable.plug()
            return
        if self._server is None:
            self._server = self._run(self._serve())
            for (unit, code), values in self._kept.items():
                self._set(unit, code, 0, values)

    def close(self) -> None:
        """End. Closing twice is harmless."""
        if self._loop.is_closed():
            return
        if (server := self._server) is not None:
            self._server = None
            self._all.pop(id(server.context), None)
            self._run(server.shutdown())  # type: ignore[no-untyped-call]
        for cable in (self.cable, self._inner):
            if cable is not None:
                cable.unplug()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_SECONDS)
        self._loop.close()
        if self._folder is not None:
            self._folder.cleanup()

    def __enter__(self) -> "SimulatedBoard":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- inside -------------------------------------------------------------------------------------------------------

    def pulse(self, unit: int, relay: int, seconds: float) -> None:
        """On the loop: the board's own clock switches the relay off again."""
        self.pulses.append((relay, seconds))
        server = self._server
        if server is None or relay in self.stuck:
            return
        self.on_relay(relay, True)
        self._loop.create_task(server.async_setValues(unit, 5, relay, [True]))
        self._loop.call_later(seconds, lambda: self._loop.create_task(server.async_setValues(unit, 5, relay, [False])))

    def _forward(self, data: bytes) -> None:
        if self.cable is not None:
            try:
                self.cable.send(data)
            except OSError:  # pulled: what the board says is heard by nobody
                return

    async def _serve(self) -> "ModbusTcpServer | ModbusSerialServer":
        devices = [self._device(unit) for unit in range(1, self._units + 1)]
        kind: dict[str, Any] = {"custom_pdu": [_CoilRequest], "ignore_missing_devices": True}
        server: ModbusTcpServer | ModbusSerialServer
        if self._inner is not None:
            server = ModbusSerialServer(
                devices, framer=FramerType.RTU, port=str(self._inner.port), baudrate=9600, **kind
            )
        else:
            server = ModbusTcpServer(devices, address=("127.0.0.1", self._tcp_port), **kind)
        await server.serve_forever(background=True)
        if self._inner is None and not self._tcp_port:
            transport: Any = server.transport
            self._tcp_port = transport.sockets[0].getsockname()[1]
        self._all[id(server.context)] = self
        return server

    def _device(self, unit: int) -> SimDevice:
        bits = [SimData(0, count=SIZE, values=False, datatype=DataType.BITS)]
        words = [SimData(0, count=SIZE, values=0, datatype=DataType.REGISTERS)]
        blocks = (bits, bits, words, words)

        async def action(code: int, _start: int, address: int, _count: int, _now: Any, new: Any) -> None:
            if code == 5 and new is not None:
                if address in self.stuck:
                    new[0] = False
                self.on_relay(address, bool(new[0]))

        return SimDevice(unit, blocks, action=action)

    def _keep(self) -> None:
        server = self._the_server()
        for unit in range(1, self._units + 1):
            for code in (COILS, INPUTS, HOLDING, REGISTERS):
                self._kept[unit, code] = self._run(server.async_getValues(unit, code, 0, SIZE))

    def _set(self, unit: int, code: int, number: int, values: list[Any]) -> None:
        self._run(self._the_server().async_setValues(unit, code, number, values))

    def _the_server(self) -> "ModbusTcpServer | ModbusSerialServer":
        if self._server is None:
            raise OSError("unplugged")
        return self._server

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(_SECONDS)
