"""Bad networks, made in user space on loopback, for machines whose kernel cannot make them.

`Weather` stands between clients and one server. What passes is delayed, lost, held to a rate, or stopped altogether,
each way by itself, and can be changed at any moment. Datagrams (UDP) are lost as a real network loses them: by chance,
and when the queue of a narrow line is full. A stream (TCP) loses nothing; it is late, and stands still in an outage, as
a phone's connection in a lift does: neither end is told.
"""

import asyncio
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, cast

QUEUE = 0.25  # seconds that a narrow line lets packets wait before it drops them; what cheap routers were found to do
_PIECE = 16_384


@dataclass(frozen=True)
class Sky:
    """Each way: `delay` in seconds, `loss` 0..1, `rate` in bits a second (0: no limit), `out`: none passes."""

    delay: float = 0.0
    loss: float = 0.0
    rate: float = 0.0
    out: bool = False


class _Lane:
    """Passes what it is given on to `deliver`, in order, as the sky of its moment says."""

    def __init__(self, weather: "Weather", chance: random.Random) -> None:
        self._weather = weather
        self._chance = chance
        self._free = 0.0  # when the narrow line has sent what waits

    def pass_on(self, size: int, deliver: Callable[[], None]) -> None:
        sky = self._weather.sky
        loop = asyncio.get_running_loop()
        now = loop.time()
        self._weather.seen += 1
        if sky.out or self._chance.random() < sky.loss:
            self._weather.lost += 1
            return
        leaves = now
        if sky.rate:
            leaves = max(now, self._free) + size * 8 / sky.rate
            if leaves - now > QUEUE:
                self._weather.lost += 1
                return
            self._free = leaves
        due = leaves + sky.delay
        if due <= now:
            deliver()
        else:
            loop.call_at(due, deliver)


class Weather:
    """A port of loopback behind which the server on `target` is met. Usable from any thread; ends with `close`.

    `kind`: "udp" or "tcp". The same `seed` loses the same share in the same places of each lane.
    """

    def __init__(self, kind: str, target: int, seed: int = 1) -> None:
        self.sky = Sky()
        self.seen = self.lost = 0
        self._target = ("127.0.0.1", target)
        self._seeds = random.Random(seed)
        self._clear = asyncio.Event()
        self._clear.set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self._server: Any = self._on_loop(self._serve_udp() if kind == "udp" else self._serve_tcp())
        self.port: int = self._server_port()

    def set(self, **changes: Any) -> None:
        """The weather changes: fields of Sky; those that are not named become fair again."""
        sky = replace(Sky(), **changes)
        self._loop.call_soon_threadsafe(self._turn, sky)

    def cut(self) -> None:
        """Every stream that is open is broken off."""
        self._on_loop(self._cut())

    def close(self) -> None:
        self._on_loop(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _turn(self, sky: Sky) -> None:
        self.sky = sky
        if sky.out:
            self._clear.clear()
        else:
            self._clear.set()

    def _on_loop(self, what: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(what, self._loop).result()

    def _server_port(self) -> int:
        if isinstance(self._server, asyncio.Server):
            return int(self._server.sockets[0].getsockname()[1])
        return int(self._server.get_extra_info("sockname")[1])

    async def _cut(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _end(self) -> None:
        self._server.close()
        await self._cut()
        for _ in range(4):  # turns of the loop, in which what was closed says goodbye, and then what is behind it
            await asyncio.sleep(0)

    def _lane(self) -> _Lane:
        return _Lane(self, random.Random(self._seeds.random()))

    # -- datagrams ----------------------------------------------------------------------------------------------------

    async def _serve_udp(self) -> asyncio.DatagramTransport:
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(lambda: _Front(self), local_addr=("127.0.0.1", 0))
        return transport

    # -- streams ------------------------------------------------------------------------------------------------------

    async def _serve_tcp(self) -> asyncio.Server:
        return await asyncio.start_server(self._stream, "127.0.0.1", 0)

    async def _stream(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        writers = [writer]
        try:
            await self._clear.wait()  # in an outage nobody gets through, and nobody is told
            there_reader, there_writer = await asyncio.open_connection(*self._target)
            writers.append(there_writer)
            ways = [self._pump(reader, there_writer), self._pump(there_reader, writer)]
            await asyncio.gather(*ways)
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            for one in writers:
                one.transport.abort()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One way of a stream. Only the rate and the delay of the first bytes matter to it, and outages."""
        while piece := await reader.read(_PIECE):
            sky = self.sky
            await asyncio.sleep(sky.delay + (len(piece) * 8 / sky.rate if sky.rate else 0))
            await self._clear.wait()
            writer.write(piece)
            await writer.drain()
        writer.write_eof()


class _Front(asyncio.DatagramProtocol):
    """Where clients send to; each has a socket of its own towards the server, so that the server tells them apart."""

    def __init__(self, weather: Weather) -> None:
        self._weather = weather
        self._backs: dict[Any, _Back] = {}

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)

    def connection_lost(self, _: Exception | None) -> None:
        for back in self._backs.values():
            back.close()

    def datagram_received(self, data: bytes, client: Any) -> None:
        if (back := self._backs.get(client)) is None:
            back = self._backs[client] = _Back(self._weather, lambda answer: self._transport.sendto(answer, client))
        back.send(data)


class _Back(asyncio.DatagramProtocol):
    """One client's socket towards the server."""

    def __init__(self, weather: Weather, answer: Callable[[bytes], None]) -> None:
        self._answer = answer
        self._there, self._here = weather._lane(), weather._lane()
        self._waiting: list[bytes] = []
        self._transport: asyncio.DatagramTransport | None = None
        loop = asyncio.get_running_loop()
        opening = loop.create_datagram_endpoint(lambda: self, remote_addr=weather._target)
        self._opening = loop.create_task(opening)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)
        for data in self._waiting:
            self.send(data)
        self._waiting.clear()

    def send(self, data: bytes) -> None:
        if (transport := self._transport) is None:
            self._waiting.append(data)
        else:
            self._there.pass_on(len(data), lambda: transport.sendto(data))

    def datagram_received(self, data: bytes, _: Any) -> None:
        self._here.pass_on(len(data), lambda: self._answer(data))

    def error_received(self, _: Exception) -> None:
        pass

    def close(self) -> None:
        self._opening.cancel()
        if self._transport:
            self._transport.close()
