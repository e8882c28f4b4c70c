"""The bell at the door to the desk that rings: a contact is pressed, and a signed-in desk hears of the call.

The board is a process of its own at the real speed of the wire, the hub another, and the desk a WebSocket of the
console. The floor is half a poll and one more for a contact that must be read twice, the wire, and the way to the hub
and on to the desk and back again, measured in the same run.
"""

import argparse
import json
import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx
from websockets.sync.client import ClientConnection, connect

from kiosk.app import Station
from kiosk.config import load_config
from tests.benchmarks.bench_entry import POLL, WIRE, Side, row
from tests.journeys.call_scene import NAME, PASSWORD, HubProcess

LIVE = "/api/console/calls/live"
BELL = 1
# No hours but one day long ago: closed, whatever the clock says, so that the bell always asks the desk.
NIGHT = {"hours": {"dates": {"2000-01-01": []}}, "after_hours": "members", "desk_away_after_hours": "nobody"}


def settings(side: Side, hub: str, folder: Path) -> dict[str, Any]:
    point = "room.discrete_input"
    return {
        "data_dir": folder,
        "hub": {"url": hub},
        "boards": {"room": {"connection": side.board, "pulse": "waveshare"}},
        "doors": {"front": {"lock": "room.coil.0", "contact": f"{point}.0", "bell": f"{point}.{BELL}"}},
        "room": {},
        "cabinets": {},
        "policy": NIGHT,
        "devices": {"speech": "silent", "camera": "demo:", "microphone": ""},
    }


def desk(hub: HubProcess, client: httpx.Client) -> ClientConnection:
    """Somebody signed in, who is free."""
    assert client.post("/api/session", json={"name": NAME, "password": PASSWORD}).status_code == 200
    cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    address = f"ws://127.0.0.1:{hub.port}{LIVE}"
    return connect(address, additional_headers={"Cookie": cookie}, origin=hub.url, proxy=None)  # type: ignore[arg-type]


def rings(socket: ClientConnection) -> float:
    """When the desk hears of a call, in monotonic seconds."""
    while True:
        message = json.loads(socket.recv(20))
        if message["type"] == "calls" and message["calls"]:
            return time.monotonic()


def silent(socket: ClientConnection) -> None:
    """Until there is no call any more."""
    while True:
        message = json.loads(socket.recv(20))
        if message["type"] == "calls" and not message["calls"]:
            return


def way(socket: ClientConnection) -> float:
    """There and back again between a desk and the hub, p50 of twenty, in seconds."""
    found = []
    for _ in range(20):
        began = time.monotonic()
        assert socket.ping().wait(5)
        found.append(time.monotonic() - began)
    return statistics.median(found)


def run(kind: str, count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        hub, side = HubProcess(folder / "hub"), Side(kind)
        hub.prepare(no_staff_seconds=3)
        hub.start()
        station = Station(load_config(None, **settings(side, hub.url, folder / "kiosk")))
        station.hub.enrol(hub.enrol("WX-0001"))
        station.start()
        try:
            with httpx.Client(base_url=hub.url, trust_env=False) as client, desk(hub, client) as socket:
                while not (station.link and station.link.online):
                    time.sleep(0.1)
                time.sleep(3)
                floor = POLL * 1.5 + WIRE[kind] + way(socket)
                taken = []
                for _ in range(count):
                    time.sleep(random.uniform(0, 0.3))
                    began = side.do("input", BELL, 1)
                    taken.append(rings(socket) - began)
                    side.do("input", BELL, 0)
                    station.intercom.hang_up()
                    silent(socket)
                    station.intercom.dismiss()
                    time.sleep(3.2)  # who presses a bell twice within three seconds rings once
                row(f"{kind}: bell at the door to ringing at the desk", taken, floor)
        finally:
            station.stop()
            hub.stop()
            side.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=30)
    args = parser.parse_args()
    for kind in ("tcp", "rtu"):
        run(kind, args.count)


if __name__ == "__main__":
    main()
