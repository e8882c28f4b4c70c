"""The room of bench_entry, in a process of its own: a relay board and a card reader, moved over stdin.

Commands are lines "input N 0|1", "lay SEED", "lift"; lines "port ADDRESS READER" and "relay N 0|1 TIME" come back, with
the time of `time.monotonic()`, which all processes of a machine share.
"""

import sys
import tempfile
import time
from pathlib import Path

from kiosk.devices.cable import Weather
from kiosk.devices.id_reader.simulator import IdReaderSimulator, somebody
from kiosk.devices.io.simulator import SimulatedBoard


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def main() -> None:
    serial = sys.argv[1] == "rtu"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        board = SimulatedBoard(folder / "rs485" if serial else None, weather=Weather(baud=9600, piece=8))
        board.on_relay = lambda relay, on: say("relay", relay, int(on), time.monotonic())
        board.set_input(0, True)
        reader = IdReaderSimulator(folder / "reader", Weather(baud=115200, piece=16))
        say("port", board.connection, reader.port)
        for line in sys.stdin:
            match line.split():
                case ["input", number, on]:
                    board.set_input(int(number), on == "1")
                case ["lay", seed]:
                    reader.lay(somebody(int(seed)))
                case ["lift"]:
                    reader.lift()
        reader.unplug()
        board.close()


if __name__ == "__main__":
    main()
