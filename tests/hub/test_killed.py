"""A hub killed while it takes entries: what it acknowledged is there afterwards, once and in order."""

import json
import random
import subprocess
import sys
import threading
from pathlib import Path

from hub.config import HubConfig
from hub.state import Hub
from hub.stations import new_enrolment
from kiosk.clock import SystemClock
from kiosk.config import HubConfig as LineConfig
from kiosk.errors import HubUnreachable, KioskError
from kiosk.identity import Identity
from kiosk.protocol.ids import uuid7
from kiosk.protocol.journal import Batch, Entry
from kiosk.sync.client import HubClient
from tests.ports import steady_port

ROOT = Path(__file__).resolve().parents[2]
KILLS, BATCH = 5, 20


class Running:
    """`python -m hub serve` on a fixed port, ready when it says so."""

    def __init__(self, data: Path, port: int) -> None:
        command = [sys.executable, "-m", "hub", "--data-dir", str(data), "serve", "--port", str(port)]
        self.process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
        assert self.process.stderr is not None
        seen = ""
        for line in self.process.stderr:
            seen += line
            if "Uvicorn running on" in line:
                return
        raise AssertionError(seen)

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


def entries(first: int) -> list[Entry]:
    now = SystemClock().now()
    return [
        Entry(id=uuid7(now), seq=seq, kind="session.started", at=now, body={"session": str(seq)})
        for seq in range(first, first + BATCH)
    ]


def test_what_was_acknowledged_survives_kill_9_at_any_moment(tmp_path: Path) -> None:
    chance = random.Random(20261125)
    data = tmp_path / "hub"
    port = steady_port()
    with Hub(HubConfig(data_dir=data)) as hub:
        code, _ = new_enrolment(hub, "WX-0001")
    client = HubClient(LineConfig(url=f"http://127.0.0.1:{port}"), Identity(tmp_path), SystemClock())
    sent: list[Entry] = []
    acknowledged = 0
    for number in range(KILLS + 1):
        running = Running(data, port)
        if number == 0:
            client.enrol(code)
        killing = threading.Timer(chance.uniform(0.02, 0.25), running.process.kill)
        if number < KILLS:
            killing.start()
        try:
            for _ in range(10_000 if number < KILLS else 2):
                if acknowledged == len(sent):
                    sent += entries(len(sent) + 1)
                acknowledged = client.push(Batch(entries=sent[acknowledged:])).acknowledged
        except HubUnreachable:
            assert number < KILLS
        except KioskError as error:
            raise AssertionError(error) from error
        finally:
            killing.cancel()
            running.kill()
        with Hub(HubConfig(data_dir=data)) as hub:
            rows = hub.db.rows("SELECT id, seq, body FROM journal WHERE position IS NOT NULL ORDER BY position")
        assert len(rows) >= acknowledged
        assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
        assert [row["id"] for row in rows] == [entry.id for entry in sent[: len(rows)]]
        assert all(json.loads(row["body"]) == entry.body for row, entry in zip(rows, sent, strict=False))
    client.close()
    assert acknowledged == len(sent) > KILLS * BATCH
