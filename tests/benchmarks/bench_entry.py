"""The door and the button: from what a person does to the relay, beside the floor that wires and frames set in the run.

The board and the card reader are processes of their own that speak the real protocols at the real speed of the wire. A
floor is what no program could undercut: the bytes on the wires, half a frame of the camera, half a poll and one more
for a contact that must be read twice. The last figures are what the terminal costs while nobody
is there (bar: 10 % of a core).
"""

import argparse
import queue
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import psutil

from kiosk.app import ASSETS, demo_station
from kiosk.devices.cable import Weather
from kiosk.devices.camera import SyntheticCamera
from kiosk.devices.scanner.simulator import ScannerSimulator

CODES = ("rider", "driver", "cleaner")
BYTES_A_SECOND = {9600: 960.0, 115200: 11520.0}
FRAME, POLL, LOOK = 1 / 15, 0.1, 0.3
CARD_BYTES = 10 + 15 + 10 + 19 + 10 + 1295  # find, its answer, select, its answer, read, and what is on the card
WIRE = {"tcp": 0.0, "rtu": 8 / BYTES_A_SECOND[9600]}  # an order has reached the relay after its eight bytes


class Side:
    """The room's process."""

    def __init__(self, kind: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.room_side", kind],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._heard: queue.Queue[list[str]] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        _, self.board, self.reader = self._heard.get(timeout=20)

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._heard.put(line.split())

    def do(self, *words: object) -> float:
        """Returns when it was told, in monotonic seconds."""
        assert self.process.stdin
        at = time.monotonic()
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        return at

    def relay(self, number: int, on: bool) -> float:
        """When this relay moved so, next. Raises queue.Empty."""
        while True:
            what, relay, state, at = self._heard.get(timeout=10)
            if what == "relay" and (int(relay), state == "1") == (number, on):
                return float(at)

    def forget(self) -> None:
        """What moved until now is not what is waited for."""
        while not self._heard.empty():
            self._heard.get()

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(10)


def row(name: str, taken: list[float], floor: float) -> None:
    ordered = sorted(taken)
    p50 = statistics.median(ordered) * 1000
    p99 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))] * 1000
    print(
        f"{name:44} p50 {p50:7.1f} ms   p99 {p99:7.1f} ms   floor {floor * 1000:6.1f} ms   "
        f"p50 / floor {p50 / (floor * 1000):5.2f}",
        flush=True,
    )


def measure(count: int, act: Callable[[int], float], side: Side, relay: int, rest: Callable[[], object]) -> list[float]:
    found = []
    for number in range(count):
        time.sleep(random.uniform(0, 0.35))
        side.forget()
        began = act(number)
        found.append(side.relay(relay, True) - began)
        rest()
    return found


def settings(side: Side, scanner: Path) -> dict[str, Any]:
    point = "room.discrete_input"
    return {
        "boards": {"room": {"connection": side.board, "pulse": "waveshare"}},
        "doors": {
            "front": {
                "lock": "room.coil.0",
                "pulse_seconds": 0.1,
                "contact": f"{point}.0",
                "bell": f"{point}.1",
                "id_reader": side.reader,
                "scanners": [str(scanner)],
                "at_terminal": True,
            }
        },
        "room": {"siren": "room.coil.3", "alarm_button": f"{point}.3", "presence": [f"{point}.4"]},
        "cabinets": {},
        "devices": {"speech": "silent", "camera": "demo:"},
    }


def idle(station: Any, seconds: float) -> float:
    """Per cent of one core of this process, with the camera at 15 frames a second and looked at for codes."""
    station.reader.watch("bench", True)
    time.sleep(3)
    process = psutil.Process()
    before, began = sum(process.cpu_times()[:2]), time.monotonic()
    time.sleep(seconds)
    share = (sum(process.cpu_times()[:2]) - before) / (time.monotonic() - began) * 100
    station.reader.watch("bench", False)
    return float(share)


def run(kind: str, count: int, seconds: float) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        side = Side(kind)
        scanner = ScannerSimulator(folder / "scanner", weather=Weather(baud=115200, piece=64))
        station = demo_station(folder / "kiosk", **settings(side, scanner.port))
        station.start()
        camera = station.camera.driver
        assert isinstance(camera, SyntheticCamera)
        camera._approach = 0.001
        time.sleep(3)
        texts = [(ASSETS / "demo" / "codes" / f"{code}.txt").read_text().strip() for code in CODES]
        pictures = [cv2.imread(str(ASSETS / "demo" / "codes" / f"{code}.png")) for code in CODES]

        def scan(number: int) -> float:
            at = time.monotonic()
            scanner.scan(texts[number % 3])
            return at

        def show(number: int) -> float:
            at = time.monotonic()
            camera.show(np.asarray(pictures[number % 3], dtype=np.uint8))
            return at

        def hide() -> None:
            camera.hide()
            time.sleep(1.3)

        def lay(number: int) -> float:
            return side.do("lay", number)

        def lift() -> None:
            side.do("lift")
            time.sleep(1.2)

        def press(_number: int) -> float:
            return side.do("input", 3, 1)

        def let_go() -> None:
            side.do("input", 3, 0)
            station.desk.call(lambda: station.alarm._end(station.alarm.incident, "bench", station.store.append))
            side.relay(3, False)
            station.alarm.dismiss()
            time.sleep(0.5)

        wire = WIRE[kind]
        taken = measure(count, scan, side, 0, lambda: time.sleep(1.3))
        row(f"{kind}: code before the serial scanner to lock", taken, len(texts[0]) / BYTES_A_SECOND[115200] + wire)
        station.reader.watch("bench", True)
        time.sleep(2)
        row(f"{kind}: code before the camera to lock", measure(count, show, side, 0, hide), FRAME / 2 + wire)
        station.reader.watch("bench", False)
        floor = LOOK / 2 + CARD_BYTES / BYTES_A_SECOND[115200] + wire
        row(f"{kind}: ID card laid down to lock", measure(count, lay, side, 0, lift), floor)
        row(f"{kind}: button to siren", measure(count, press, side, 3, let_go), POLL * 1.5 + wire)
        for still in (False, True):
            if still:
                wall = camera._paint(0.0)
                camera._paint = lambda _seconds, wall=wall: wall.copy()  # type: ignore[method-assign]
            share = idle(station, seconds)
            what = "nothing moves" if still else "something always moves"
            print(
                f"{kind}: all devices polled, camera at 15/s looked at, {what}: {share:.1f} % of one core", flush=True
            )
        station.stop()
        scanner.unplug()
        side.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=30.0)
    args = parser.parse_args()
    for kind in ("tcp", "rtu"):
        run(kind, args.count, args.seconds)


if __name__ == "__main__":
    main()
