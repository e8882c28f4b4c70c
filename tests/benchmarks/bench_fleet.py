"""A city on one hub: stations linked, calls signalled at once, an alarm from the station to a window of the desk.

The hub is `python -m hub serve` as it ships: one process on its SQLite file, then two processes on PostgreSQL and Redis
(synced commits both times). Stations and windows are WebSocket clients of this process, on the same two cores. Beside
the alarm stands the floor of the machine, measured in turn with it: one durable SQLite insert and one echo over a bare
WebSocket on loopback, which is what an alarm that is kept and told cannot be without.
"""

import argparse
import asyncio
import contextlib
import itertools
import json
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import psutil
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import serve

from hub.alarm_desk import PATH as ALARMS
from hub.intercom import PATH as CALLS
from kiosk.protocol.alarm import Alarm, AlarmSource
from kiosk.protocol.folder import PlainDocument
from kiosk.protocol.health import Beat, Health
from kiosk.protocol.ids import uuid7
from kiosk.protocol.intercom import Answered, CallEnd, EndReason, Ring
from kiosk.protocol.link import LINK_PATH, Hello, LinkMessage, Welcome, read_message, write_message
from kiosk.protocol.signing import sign_request
from tests.hub.city import City, Process, city
from tests.hub.postgres import cluster
from tests.hub.redis import redis_server

CALL_COUNT, ALARM_COUNT = 20, 200
AT_ONCE = 64  # links that are being opened at a time


@dataclass
class Terminal:
    """A station's end: its id, its key, its open link."""

    station: str
    key: Ed25519PrivateKey
    socket: ClientConnection | None = None

    async def open(self, port: int) -> None:
        headers = sign_request(self.key.sign, self.station, "GET", LINK_PATH, b"", datetime.now(UTC))
        url = f"ws://127.0.0.1:{port}{LINK_PATH}"
        self.socket = await connect(
            url, additional_headers=headers, proxy=None, open_timeout=120, ping_interval=None, max_queue=64
        )
        await self.say(Hello(version="bench"))
        await self.hear(Welcome)

    async def say(self, message: LinkMessage) -> None:
        assert self.socket is not None
        await self.socket.send(write_message(message))

    async def hear(self, kind: type[LinkMessage]) -> LinkMessage:
        assert self.socket is not None
        while True:
            if isinstance(message := read_message(await self.socket.recv()), kind):
                return message


class Window:
    """A console's socket; `next(kind)` waits for a message of it that fits."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    async def next(self, kind: str, fits: Any = lambda _: True) -> dict[str, Any]:
        while True:
            message: dict[str, Any] = json.loads(await self.socket.recv())
            if message["type"] == kind and fits(message):
                return message

    async def say(self, **message: Any) -> None:
        await self.socket.send(json.dumps(message))


@asynccontextmanager
async def window(process: Process, client: httpx.Client, path: str) -> Any:
    cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    url = f"ws://127.0.0.1:{process.port}{path}"
    headers = {"Cookie": cookie}
    async with connect(url, additional_headers=headers, origin=process.url, proxy=None, max_size=None) as socket:  # type: ignore[arg-type]
        yield Window(socket)


def enrol(town: City, count: int) -> list[Terminal]:
    """Stations straight into the table: enrolment by code is another matter."""
    made, now = [], datetime.now(UTC).isoformat()
    with town.hub.db.transaction():
        for number in range(count):
            key = Ed25519PrivateKey.generate()
            public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
            values = (f"WX-{number:05}", public, 1, now, "")
            town.hub.db.execute(
                "INSERT INTO station (id, public_key, terminal, enrolled, last_seen) VALUES (?,?,?,?,?)", values
            )
            made.append(Terminal(values[0], key))
    town.hub.catalogue.publish((settings(number) for number in range(count)), owner="bench", whole=True)
    return made


def settings(number: int) -> PlainDocument:
    """A name, an address and one of seven districts, as a city publishes them."""
    body = {
        "name": {"zh_CN": f"第{number}号工会驿站", "en": f"Union rest station {number}"},
        "address": {"zh_CN": f"中山路{number % 997}号", "en": f"{number % 997} Zhongshan Road"},
        "district": {"zh_CN": f"第{number % 7}区", "en": f"District {number % 7}"},
    }
    return PlainDocument(kind="station_settings", id=f"WX-{number:05}", station=f"WX-{number:05}", body=body)


async def link_all(terminals: list[Terminal], ports: list[int]) -> float:
    """Every station opens its link. Returns seconds."""
    gate, homes = asyncio.Semaphore(AT_ONCE), itertools.cycle(ports)

    async def one(terminal: Terminal, port: int) -> None:
        async with gate:
            await terminal.open(port)
            await terminal.say(Beat(health=Health(version="bench", devices={"camera": "well"})))

    began = time.perf_counter()
    await asyncio.gather(*(one(terminal, next(homes)) for terminal in terminals))
    return time.perf_counter() - began


async def beats(terminals: list[Terminal]) -> None:
    """A beat a minute of each, spread over the minute."""
    for terminal in itertools.cycle(terminals):
        await terminal.say(Beat(health=Health(version="bench", devices={"camera": "well"})))
        await asyncio.sleep(60 / len(terminals))


async def idle(processes: list[Process], seconds: float) -> tuple[float, float]:
    """Share of one core, and MiB, of the hub's processes while nothing happens but beats."""
    watched = [psutil.Process(process.process.pid) for process in processes]
    before = sum(sum(one.cpu_times()[:2]) for one in watched)
    await asyncio.sleep(seconds)
    used = sum(sum(one.cpu_times()[:2]) for one in watched) - before
    return used / seconds, sum(one.memory_info().rss for one in watched) / 2**20


async def calls(terminals: list[Terminal], desk: Window) -> list[float]:
    """So many stations ring in one moment: ms until each is answered by one pair of hands that takes one at a time."""
    ringing = {uuid7(datetime.now(UTC)): terminal for terminal in terminals[:CALL_COUNT]}
    began, rung, times = time.perf_counter(), dict[str, float](), list[float]()
    await asyncio.gather(*(terminal.say(Ring(call=call, topic="help")) for call, terminal in ringing.items()))
    seen: set[str] = set()
    while seen != ringing.keys():
        rows = (await desk.next("calls"))["calls"]
        for row in rows:
            if row["call"] in ringing and row["call"] not in seen:
                seen.add(row["call"])
                rung[row["call"]] = (time.perf_counter() - began) * 1000
    for call, terminal in ringing.items():
        asked = time.perf_counter()
        await desk.say(type="answer", call=call)
        await terminal.hear(Answered)
        times.append((time.perf_counter() - asked) * 1000)
        await terminal.say(CallEnd(call=call, reason=EndReason.HUNG_UP))
        await desk.next("ended")
    return [max(rung.values()), *times]


async def alarms(terminals: list[Terminal], desk: Window, floor: "Floor") -> tuple[list[float], list[float]]:
    """ms from a station's word to a window that shows it, and of the floor, in turn."""
    ours, bare = [], []
    step = max(1, len(terminals) // ALARM_COUNT)
    for terminal in itertools.islice(itertools.cycle(terminals[::step]), ALARM_COUNT):
        incident = uuid7(datetime.now(UTC))
        began = time.perf_counter()
        raised = Alarm(incident=incident, source=AlarmSource.SCREEN, raised=datetime.now(UTC))
        await terminal.say(raised)
        await desk.next("alarms", lambda message, i=incident: any(row["id"] == i for row in message["alarms"]))
        ours.append((time.perf_counter() - began) * 1000)
        await terminal.say(raised.model_copy(update={"closed": True, "reason": "bench"}))
        await desk.next("alarms", lambda message: not message["alarms"])
        bare.append(await floor.once())
    return ours, bare


class Floor:
    """One durable SQLite insert and one echo over a bare WebSocket."""

    def __init__(self, folder: Path, socket: ClientConnection) -> None:
        self._socket = socket
        self._db = sqlite3.connect(folder / "floor.db", isolation_level=None)
        for sql in (
            "PRAGMA journal_mode=wal",
            "PRAGMA synchronous=full",
            "CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT)",
        ):
            self._db.execute(sql)

    async def once(self) -> float:
        began = time.perf_counter()
        self._db.execute("INSERT INTO t (x) VALUES (?)", ("x" * 200,))
        await self._socket.send("x" * 300)
        await self._socket.recv()
        return (time.perf_counter() - began) * 1000


@asynccontextmanager
async def opened_floor(folder: Path) -> Any:
    async def echo(socket: Any) -> None:
        async for message in socket:
            await socket.send(message)

    async with serve(echo, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        async with connect(f"ws://127.0.0.1:{port}", proxy=None) as socket:
            yield Floor(folder, socket)


def wire(client: httpx.Client, known: str = "") -> tuple[int, dict[str, Any]]:
    """Bytes of an answer about the fleet as they go over the wire, and the answer."""
    request = client.build_request("GET", f"/api/console/fleet?known={known}", headers={"Accept-Encoding": "gzip"})
    answer = client.send(request, stream=True)
    raw = b"".join(answer.iter_raw())
    import gzip

    body = gzip.decompress(raw) if answer.headers.get("Content-Encoding") == "gzip" else raw
    return len(raw), json.loads(body)


def share(values: list[float], percent: int) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


async def measure(town: City, count: int, folder: Path) -> dict[str, float]:
    processes = town.processes
    client = town.staff(processes[-1])
    terminals = await asyncio.to_thread(enrol, town, count)
    seconds = await link_all(terminals, [process.port for process in processes])
    beating = asyncio.create_task(beats(terminals))
    found: dict[str, float] = {"stations": count, "linked_per_second": count / seconds}
    try:
        begun = time.perf_counter()
        while True:
            whole, fleet = await asyncio.to_thread(wire, client)
            if len(fleet["stations"]) == count and all(row["state"] == "online" for row in fleet["stations"]):
                break
        found["all_online_ms"] = (time.perf_counter() - begun) * 1000
        found["fleet_kib"] = whole / 1024
        found["cpu"], found["mib"] = await idle(processes, 20)
        later, _ = await asyncio.to_thread(wire, client, fleet["token"])
        found["fleet_later_bytes"] = later
        async with (
            window(processes[-1], client, CALLS) as desk,
            window(processes[-1], client, ALARMS) as watch,
            opened_floor(folder) as floor,
        ):
            await desk.next("welcome")
            last, *times = await calls(terminals, desk)
            found |= {"rung_last": last, "answered_p50": statistics.median(times), "answered_worst": max(times)}
            await watch.next("alarms")
            ours, bare = await alarms(terminals, watch, floor)
            found |= {"alarm_p50": statistics.median(ours), "alarm_p99": share(ours, 99)}
            found |= {"floor_p50": statistics.median(bare), "floor_p99": share(bare, 99)}
    finally:
        beating.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await beating
    gone = terminals[:: max(1, count // 50)]
    for terminal in gone:
        assert terminal.socket is not None
        terminal.socket.transport.abort()
    begun = time.perf_counter()
    names = {terminal.station for terminal in gone}
    while any(
        row["state"] == "online" for row in (await asyncio.to_thread(wire, client))[1]["stations"] if row["id"] in names
    ):
        pass
    found["gone_seen_ms"] = (time.perf_counter() - begun) * 1000
    for terminal in terminals:
        assert terminal.socket is not None
        terminal.socket.transport.abort()
    return found


@contextmanager
def one_process(folder: Path) -> Iterator[City]:
    with city(folder, "", "") as town:
        town.start()
        yield town


@contextmanager
def two_processes(folder: Path) -> Iterator[City]:
    with (
        cluster(folder, fsync="on") as postgres,
        redis_server() as bus,
        city(folder, postgres.database(), bus.address()) as town,
    ):
        town.start()
        town.start()
        town.leader()
        yield town


def show(kind: str, found: dict[str, float]) -> None:
    where = "two processes on PostgreSQL and Redis" if kind == "two" else "one process on SQLite"
    lines = (
        ("links opened a second", "{linked_per_second:.0f}"),
        ("all are said to be online after", "{all_online_ms:.0f} ms"),
        ("broken links are seen after", "{gone_seen_ms:.0f} ms"),
        ("idle: share of one core", "{cpu:.2f}, {mib:.0f} MiB"),
        ("the fleet on the wire", "{fleet_kib:.1f} KiB, 20 s later {fleet_later_bytes:.0f} B"),
        (f"{CALL_COUNT} calls at once: the last rings after", "{rung_last:.1f} ms"),
        ("answer to the station, p50, worst", "{answered_p50:.1f}, {answered_worst:.1f} ms"),
        ("alarm to a window, p50, p99", "{alarm_p50:.1f}, {alarm_p99:.1f} ms"),
        ("the floor, p50, p99", "{floor_p50:.1f}, {floor_p99:.1f} ms"),
    )
    print(f"-- {found['stations']:.0f} stations, {where}")
    for name, text in lines:
        print(f"{name:<40}{text.format(**found)}")
    ratios = (found[f"alarm_p{p}"] / found[f"floor_p{p}"] for p in (50, 99))
    print(f"{'alarm beside the floor':<40}{', '.join(f'{ratio:.1f}' for ratio in ratios)} times", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stations", type=int, nargs="+", default=[801, 5000])
    parser.add_argument("--kinds", nargs="+", choices=["one", "two"], default=["one", "two"])
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))  # the hub inherits it
    results = []
    for kind, count in itertools.product(args.kinds, args.stations):
        with (
            tempfile.TemporaryDirectory() as folder,
            {"one": one_process, "two": two_processes}[kind](Path(folder)) as town,
        ):
            found = asyncio.run(measure(town, count, Path(folder)))
        results.append({"kind": kind, **found})
        if args.json:
            print(json.dumps(results[-1]))
            continue
        show(kind, found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
