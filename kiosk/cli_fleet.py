"""`fleet` plays many stations against a hub: days of visits, an outage, and everybody's return at once."""

import argparse
import json
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from kiosk.config import HubConfig
from kiosk.errors import ConfigError, KioskError
from kiosk.fleet import VISITS, Outcome, SimulatedStation, read_codes, summary
from kiosk.network import Network

_WRITERS = 4


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    fleet = subparsers.add_parser("fleet", help="play many stations against a hub, for a trial of it")
    fleet.add_argument("--hub", metavar="URL", required=True)
    fleet.add_argument("--stations", type=int, default=10, metavar="N")
    fleet.add_argument("--days", type=int, default=1, metavar="N", help="days without a line before they return")
    fleet.add_argument("--visits", type=float, default=VISITS, help="visits a station and day on average")
    fleet.add_argument("--seed", type=int, default=1, help="the same seed gives the same days")
    fleet.add_argument(
        "--codes", type=Path, required=True, metavar="FILE",
        help="one-time codes, as `python -m hub enrol WX-0001 --count N --json` prints them",
    )  # fmt: skip
    fleet.add_argument("--folder", type=Path, help="where the stations keep their data (default: thrown away)")
    fleet.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        codes = read_codes(args.codes)[: args.stations]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(problems=f"{args.codes}: {error}") from error
    if len(codes) < args.stations:
        raise ConfigError(problems=f"{args.codes} has {len(codes)} codes for {args.stations} stations")
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.folder or Path(scratch)
        hub = HubConfig(url=args.hub, timeout_seconds=60)
        network = Network()  # of nobody: they sync when they are told to
        stations = [SimulatedStation(name, folder / name, hub, args.seed, network) for name, _ in codes]
        try:
            _say("enrolling")
            for station, (_, code) in zip(stations, codes, strict=True):
                station.enrol(code)
            _say(f"{args.days} days without a line")
            first = datetime.now(UTC).date() - timedelta(days=args.days)
            with ThreadPoolExecutor(_WRITERS) as pool:
                entries = sum(pool.map(lambda station: station.live(first, args.days, args.visits), stations))
            _say(f"{entries} entries; everybody returns at once")
            print(json.dumps(return_at_once(stations)))
        finally:
            for station in stations:
                station.close()
            network.stop()
    return 0


def return_at_once(stations: list[SimulatedStation]) -> dict[str, float | int]:
    """All of them begin in the same moment, a thread each. Raises the first KioskError that somebody ended with."""
    outcomes: list[Outcome] = []
    errors: list[KioskError] = []
    start = threading.Barrier(len(stations) + 1)

    def back(station: SimulatedStation) -> None:
        start.wait()
        try:
            outcomes.append(station.come_back())
        except KioskError as error:
            errors.append(error)

    threads = [threading.Thread(target=back, args=(station,), daemon=True) for station in stations]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.monotonic()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return summary(outcomes, time.monotonic() - began)


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
