"""Several hub processes of one city, as `python -m hub serve` runs them, on a real PostgreSQL and a real Redis."""

import itertools
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hub.accounts import Accounts, Role
from hub.config import HubConfig
from hub.state import Hub
from hub.stations import enrol_terminal, new_enrolment
from kiosk.protocol.enrol import EnrolRequest, enrolment_message
from tests.hub.conftest import PASSWORD, Terminal

ROOT = Path(__file__).resolve().parents[2]


class Process:
    """A hub process, ready when it says so. What it wrote is in `log`."""

    def __init__(self, number: int, folder: Path, env: dict[str, str]) -> None:
        self.log = folder / f"process{number}-{os.urandom(2).hex()}.log"
        # One folder for all, as a city on one machine, or on a volume that the machines share.
        command = [sys.executable, "-m", "hub", "--data-dir", str(folder / "hub"), "serve", "--port", "0"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, env=env)
        while "Uvicorn running on" not in (text := self.log.read_text()):
            assert self.process.poll() is None, text
        self.port = int(text.split("Uvicorn running on http://127.0.0.1:")[1].split()[0])
        self.url = f"http://127.0.0.1:{self.port}"

    def ready(self) -> dict[str, Any]:
        return httpx.get(f"{self.url}/readyz", timeout=30, trust_env=False).json()  # type: ignore[no-any-return]

    def until(self, **wanted: str) -> None:
        """Ask until it says so."""
        while not wanted.items() <= self.ready().items():
            assert self.process.poll() is None, self.log.read_text()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def end(self) -> None:
        """In order."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait()


class City:
    """`start()` brings one more process up. Accounts and terminals are arranged in the database directly."""

    def __init__(self, folder: Path, database: str, bus: str) -> None:
        self._folder, self.processes = folder, list[Process]()
        self._env = os.environ | {"HUB_DATABASE_URL": database, "HUB_BUS_URL": bus}
        self.hub = Hub(HubConfig(data_dir=folder / "hub", database_url=database))
        self._clients: list[httpx.Client] = []
        self._number = itertools.count(1)

    def start(self) -> Process:
        self.processes.append(Process(len(self.processes), self._folder, self._env))
        return self.processes[-1]

    def leader(self) -> Process:
        """Whoever leads, as soon as somebody does and everybody else follows."""
        while True:
            alive = [process for process in self.processes if process.process.poll() is None]
            standing = [process.ready()["standing"] for process in alive]
            if sorted(standing) == ["following"] * (len(alive) - 1) + ["leading"]:
                return alive[standing.index("leading")]

    def other(self, process: Process) -> Process:
        return next(p for p in self.processes if p is not process and p.process.poll() is None)

    def terminal(self, station: str = "WX-0001") -> Terminal:
        terminal = Terminal(httpx.Client(), Ed25519PrivateKey.generate(), station, self.hub.now, itertools.count(1))
        self._clients.append(terminal.client)
        code, _ = new_enrolment(self.hub, station)
        proof = terminal.key.sign(enrolment_message(code, terminal.public)).hex()
        enrol_terminal(self.hub, EnrolRequest(code=code, public_key=terminal.public, proof=proof))
        return terminal

    def staff(self, process: Process, *roles: str) -> httpx.Client:
        """Somebody signed in; the session holds at every process."""
        name = f"staff{next(self._number)}"
        Accounts(self.hub.db).add(name, PASSWORD, [Role(role) for role in roles or ("duty",)], self.hub.now())
        client = httpx.Client(base_url=process.url, timeout=30, trust_env=False)
        self._clients.append(client)
        answer = client.post("/api/session", json={"name": name, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        client.headers["X-CSRF-Token"] = answer.json()["csrf"]
        return client

    def close(self) -> None:
        for process in self.processes:
            process.end()
        for client in self._clients:
            client.close()
        self.hub.close()


@contextmanager
def city(folder: Path, database: str, bus: str) -> Iterator[City]:
    opened = City(folder, database, bus)
    try:
        yield opened
    finally:
        opened.close()
