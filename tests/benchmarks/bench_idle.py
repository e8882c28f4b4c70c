"""What an idle terminal and its hub say to each other: real bytes in a stretch of time, scaled to a month.

The terminal is the whole core as it ships, with simulated devices and the demonstration's catalogue; the hub is
`python -m hub serve`. Between them stands a relay on loopback that counts data and pieces; headers of IP and TCP are
added by calculation, and beside it what TLS would add. Counted are a stretch in which nobody comes (the live link:
beats and pings), one look for news of the catalogue on a connection of its own, and one test that the alarm makes of
itself (with the entry of the journal that follows); the last two are scaled by how often they happen. The limit is
30 MB a month.
"""

import argparse
import logging
import sys
import tempfile
import time
from pathlib import Path

from hub.cli_serve import fill_demo
from hub.stations import new_enrolment
from kiosk.app import Station
from kiosk.config import load_config
from kiosk.sync import runner
from kiosk.sync.pulse import NEEDED_SECONDS
from tests.benchmarks.bench_fleet import one_process
from tests.benchmarks.counted import Counted, Traffic

MONTH = 30 * 86400.0
LIMIT = 30e6
_SETTLED = 6.0  # seconds without a byte, after which all that came first is done; between two pings
_TESTS = 30 * 1.06  # a month: a little more often than daily


def settled(station: Station, relay: Counted) -> None:
    """Wait until the link is up, everything is fetched, and nothing more goes over the line for a while."""
    before, since = relay.total(), time.monotonic()
    while time.monotonic() - since < _SETTLED:
        time.sleep(0.2)
        assert station.link is not None
        assert station.sync is not None
        done = station.link.online and station.sync.status.online and not station.sync.status.waiting
        if (now := relay.total()) != before or not done:
            before, since = now, time.monotonic()


def counted(relay: Counted, seconds: float) -> Traffic:
    before = relay.total()
    time.sleep(seconds)
    return relay.total() - before


def show(name: str, traffic: Traffic, times: float) -> tuple[float, float]:
    plain, tls = traffic.wire * times / 1e6, traffic.wire_tls * times / 1e6
    print(
        f"{name:34}{traffic.data:8} bytes of data in {traffic.parts:4} pieces, {traffic.connections} connections"
        f"   {times:8.1f} times a month: {plain:6.2f} MB, with TLS {tls:6.2f} MB",
        flush=True,
    )
    return plain, tls


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--seconds",
        type=float,
        default=420.0,
        help="the stretch; the lights go off ten minutes after the start, and that is no idling",
    )
    args = parser.parse_args()
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as name, one_process(Path(name) / "town") as town:
        fill_demo(town.hub)
        relay = Counted(town.processes[0].port)
        station = Station(load_config(None, data_dir=Path(name) / "terminal", hub={"url": relay.url}))
        code, _ = new_enrolment(town.hub, "WX-0001")
        station.hub.enrol(code)
        station.start()
        try:
            settled(station, relay)
            first = relay.total()
            print(f"enrolled, everything fetched: {first.data / 1e6:.1f} MB of data, once")
            time.sleep(NEEDED_SECONDS)  # the alarm's test at the start was a use of the line
            before = station.desk.call(station.store.journal.last_seq)
            stretch = counted(relay, args.seconds)
            if written := station.desk.call(station.store.journal.last_seq) - before:
                print(f"{written} entries were written in the stretch: something happened, and it is no idle one")
            assert station.sync is not None
            station.sync.nudge()
            poll = counted(relay, 2.0)
            station.alarm_test.now()
            test = counted(relay, 8.0)
        finally:
            station.stop()
            relay.close()
    sums = [
        show(f"a stretch of {args.seconds:.0f} s", stretch, MONTH / args.seconds),
        show("one look for news", poll, MONTH / runner.LINKED),
        show("one test of the alarm", test, _TESTS),
    ]
    plain, tls = (sum(one[index] for one in sums) for index in (0, 1))
    print(f"a month: {plain:.1f} MB, {plain * 1e6 / LIMIT:.2f} of the limit; with TLS {tls:.1f} MB")
    return 0 if plain * 1e6 <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
