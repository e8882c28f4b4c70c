"""kill -9 at two hundred random moments (`make soak`: ten thousand): nothing that was acknowledged is lost."""

import itertools
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.clock import ManualClock
from kiosk.storage import Store

ROOT = Path(__file__).resolve().parents[3]
KILLS = int(os.environ.get("KILLS", "200"))


class Worker:
    """The process of worker.py, and what its children have acknowledged so far."""

    def __init__(self, path: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.kiosk.supplies.worker", str(path)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def run_until_killed(self, seed: int, chance: random.Random) -> dict[int, str]:
        """Start a child, kill it after a random number of entries and a random moment more. Returns what it said."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{seed}\n")
        said: dict[int, str] = {}
        child, patience = 0, chance.choice([0, 0, 1, 2, 5, 9])
        killed = False
        while (line := self.line()) != "dead":
            if line.startswith("child"):
                child = int(line.split()[1])
            else:
                _, seq, entry = line.split()
                said[int(seq)] = entry
            if child and not killed and len(said) >= patience:
                for _ in itertools.repeat(None, chance.randrange(60_000)):
                    pass  # anywhere between two commits, in one, or in the opening of the database
                os.kill(child, signal.SIGKILL)
                killed = True
        return said

    def line(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the worker ended by itself"
        return line.strip()

    def end(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(30)
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.mark.slow
@pytest.mark.timeout(60 + KILLS * 2)
def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    path, chance = tmp_path / "station.db", random.Random(20261125)
    worker, checked = Worker(path), 0
    acknowledged, unsaid = 0, 0
    try:
        for kill in range(KILLS):
            said = worker.run_until_killed(kill, chance)
            store = Store(path, ManualClock())
            entries = store.journal.after(checked, limit=100_000)
            assert [entry.seq for entry in entries] == list(range(checked + 1, checked + 1 + len(entries)))
            have = {entry.seq: entry.id for entry in entries}
            assert said.items() <= have.items(), f"kill {kill}: an acknowledged entry is gone"
            whole_transactions([entry.kind for entry in entries])
            kept = store.derived()
            store.rebuild()
            assert store.derived() == kept, f"kill {kill}: what is derived does not follow from the journal"
            store.close()
            checked += len(entries)
            acknowledged += len(said)
            unsaid += len(entries) - len(said)
    finally:
        worker.end()
    assert acknowledged > KILLS, "the children did work"
    assert unsaid <= KILLS * 2, "what was durable and not said yet is one transaction a kill"


def whole_transactions(kinds: list[str]) -> None:
    """A caution card and what was taken after it are written together."""
    for number, kind in enumerate(kinds):
        if kind == "supply.cautioned":
            assert kinds[number + 1 : number + 2] == ["supply.taken"], "half a transaction"
