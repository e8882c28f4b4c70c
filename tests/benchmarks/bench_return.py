"""A city that returns at once: stations that were without a line for days send all they have, and alarms go on.

The hub is `python -m hub serve` as it ships, one process on its SQLite file. The stations are those of
`python -m kiosk fleet` in a process of their own: real databases, the real sync, with the pauses that terminals make.
Both are on the same two cores. Meanwhile another station raises an alarm twice a second, and a window of the desk says
when it is there; beside it the same before.
"""

import argparse
import asyncio
import contextlib
import json
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hub.alarm_desk import PATH as ALARMS
from hub.stations import enrol_terminal, new_enrolment
from kiosk.cli_fleet import return_at_once
from kiosk.config import HubConfig
from kiosk.fleet import SimulatedStation
from kiosk.identity import Identity
from kiosk.network import Network
from kiosk.protocol.alarm import Alarm, AlarmSource
from kiosk.protocol.enrol import EnrolRequest, enrolment_message
from kiosk.protocol.ids import uuid7
from tests.benchmarks.bench_fleet import Terminal, Window, beats, enrol, one_process, share, window
from tests.hub.city import City

BEFORE = 40


def place(town: City, count: int, folder: Path) -> None:
    """Every station has its key and its place, as if it had been enrolled."""
    for number in range(count):
        name = f"CITY-{number:04}"
        identity = Identity(folder / name)
        code, _ = new_enrolment(town.hub, name)
        public = identity.public_key.hex()
        proof = identity.sign(enrolment_message(code, public)).hex()
        enrol_terminal(town.hub, EnrolRequest(code=code, public_key=public, proof=proof))
        identity.enrolled(name, "")


def play(url: str, folder: Path, count: int, days: int) -> None:
    """The stations' process."""
    network, line = Network(), HubConfig(url=url, timeout_seconds=60)
    names = [f"CITY-{number:04}" for number in range(count)]
    stations = [SimulatedStation(name, folder / name, line, 1, network) for name in names]
    first = datetime.now(UTC).date() - timedelta(days=days)
    for station in stations:
        station.live(first, days)
    print("ready", flush=True)
    print(json.dumps(return_at_once(stations)), flush=True)


async def alarm(terminal: Terminal, desk: Window) -> float:
    """ms from a station's word to a window that shows it."""
    raised = Alarm(incident=uuid7(datetime.now(UTC)), source=AlarmSource.SCREEN, raised=datetime.now(UTC))
    began = time.perf_counter()
    await terminal.say(raised)
    await desk.next("alarms", lambda message: any(row["id"] == raised.incident for row in message["alarms"]))
    took = (time.perf_counter() - began) * 1000
    await terminal.say(raised.model_copy(update={"closed": True, "reason": "bench"}))
    await desk.next("alarms", lambda message: not message["alarms"])
    return took


async def drained(terminal: Terminal) -> None:
    """Read what the hub says: a socket that nobody reads from answers no ping either."""
    assert terminal.socket is not None
    async for _ in terminal.socket:
        pass


async def measure(town: City, stations: int, days: int, folder: Path) -> None:
    (live,) = await asyncio.to_thread(enrol, town, 1)
    await asyncio.to_thread(place, town, stations, folder)
    process = town.processes[0]
    client = town.staff(process)
    await live.open(process.port)
    living = asyncio.gather(beats([live] * 6), drained(live))  # a beat every ten seconds
    async with window(process, client, ALARMS) as desk:
        await desk.next("alarms")
        quiet = [await alarm(live, desk) for _ in range(BEFORE)]
        fleet = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.benchmarks.bench_return", "--play", process.url, str(folder),
            "--stations", str(stations), "--days", str(days),
            stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert fleet.stdout is not None
        assert await fleet.stdout.readline() == b"ready\n"
        meanwhile: list[float] = []
        ended = asyncio.create_task(fleet.wait())
        while not ended.done():
            meanwhile.append(await alarm(live, desk))
            await asyncio.wait({ended}, timeout=0.5)
        report = json.loads(await fleet.stdout.read())
    living.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await living
    print(
        f"{report['stations']} stations after {days} days, {report['entries']} entries: everything is here after"
        f" {report['seconds']} s ({report['entries_per_second']}/s), a station p50 {report['station_p50']},"
        f" p99 {report['station_p99']} s; sent away {report['sent_away']} times, failed {report['failed']} times"
    )
    for name, values in (("before", quiet), ("meanwhile", meanwhile)):
        print(
            f"an alarm to a window, {name:<9} p50 {statistics.median(values):6.1f}   p99 {share(values, 99):6.1f}"
            f"   worst {max(values):6.1f} ms   ({len(values)} alarms)"
        )
    print(f"meanwhile / before: p50 {statistics.median(meanwhile) / statistics.median(quiet):.1f} times")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stations", type=int, default=801)
    parser.add_argument("--days", type=int, default=3)
    parser.add_argument("--play", nargs=2, metavar=("URL", "FOLDER"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.play:
        play(args.play[0], Path(args.play[1]), args.stations, args.days)
        return 0
    with tempfile.TemporaryDirectory() as name, one_process(Path(name)) as town:
        asyncio.run(measure(town, args.stations, args.days, Path(name)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
