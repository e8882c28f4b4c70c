"""A process that works at a shelf until it is killed: `worker.py DATABASE`. Not a test; test_kill.py runs it.

It reads a seed a line from standard input and forks a child that does random things at the shelf, writing
`ack SEQ ID` for every entry once it is durable. The fork spares a hundred starts of Python. After the child has died it
writes `dead`.
"""

import os
import random
import sys
from pathlib import Path

from kiosk.clock import ManualClock
from kiosk.errors import KioskError
from kiosk.protocol.text import LocalText
from kiosk.storage import Store
from kiosk.supplies import Counted
from tests.kiosk.supplies.conftest import ANNA, BO, ITEMS, World

PLACE = LocalText(zh_CN="左边的箱子", en="the left box")


def say(line: str) -> None:
    """One write: lines of a pipe arrive whole, or not at all."""
    os.write(1, line.encode() + b"\n")


def work(path: Path, chance: random.Random) -> None:
    """Go on for ever. Leaves what the last one left as it is."""
    store = Store(path, ManualClock())
    store.on_appended(lambda entry: say(f"ack {entry.seq} {entry.id}"))
    world = World(store, ManualClock())
    if not store.catalogue.revision():
        world.publish(*ITEMS)
    world.session.wake()
    done = ""
    while True:
        try:
            done = step(world, chance, done) or done
        except KioskError:
            continue


def step(world: World, chance: random.Random, done: str) -> str:
    """One random thing. Returns the entry that can be undone, "" = none."""
    supplies = world.supplies
    match chance.randrange(9):
        case 0 | 1:
            return supplies.take("water", chance.randint(1, 4)).entry
        case 2:
            return supplies.take("drops", 1, caution="v1").entry
        case 3:
            return supplies.borrow("umbrella").entry
        case 4 if world.tables.loans():
            return supplies.give_back(chance.choice(world.tables.loans()).loan).entry
        case 5:
            supplies.undo(done)
        case 6:
            item = chance.choice(["water", "drops", "umbrella"])
            return world.as_staff().restock(item, chance.randint(1, 9), PLACE).entry
        case 7:
            rows = world.stockroom.lots("water")
            counts = [Counted(row.lot, row.quantity, chance.randint(0, 5)) for row in rows]
            return world.as_staff().stocktake("water", counts).entry
        case _:
            world.session.recognise(chance.choice([ANNA, BO]))
    return ""


def main() -> None:
    path = Path(sys.argv[1])
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            work(path, random.Random(int(line)))
        say(f"child {child}")
        os.waitpid(child, 0)
        say("dead")


if __name__ == "__main__":
    main()
