"""A real hub on a real port, staff who can sign in to it, and terminals that sign what they send."""

import asyncio
import itertools
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from hub.accounts import Accounts, Role
from hub.app import create_app
from hub.config import HubConfig
from hub.sockets import Sockets
from hub.state import Hub
from hub.stations import enrol_terminal, new_enrolment
from kiosk.protocol.enrol import EnrolRequest, enrolment_message
from kiosk.protocol.ids import uuid7
from kiosk.protocol.signing import sign_request

PASSWORD = "correct horse battery"
START = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)


class Time:
    """The hub's clock, moved by hand."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def advance(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


class _Prompt(uvicorn.Server):
    """Says when it is ready, and ends when it is told to, not at its next tick of a tenth of a second."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: Any = None) -> None:
        self.loop, self.told = asyncio.get_running_loop(), asyncio.Event()
        try:
            await super().startup(sockets)
        finally:
            self.ready.set()

    async def main_loop(self) -> None:
        await self.told.wait()

    def end(self) -> None:
        self.should_exit = True
        self.loop.call_soon_threadsafe(self.told.set)


class Server:
    """uvicorn with the settings of `serve`, in a thread, on a free port of loopback."""

    def __init__(self, config: HubConfig, now: Callable[[], datetime]) -> None:
        self.hub = Hub(config, now)
        self.app = create_app(config, self.hub)
        self._server = _Prompt(
            uvicorn.Config(self.app, port=0, log_config=None, access_log=False, ws=Sockets, timeout_graceful_shutdown=1)
        )
        self._thread = threading.Thread(target=self._server.run)
        self._thread.start()
        assert self._server.ready.wait(30)
        self.port = self._server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def stop(self) -> None:
        self._server.end()
        self._thread.join(30)


@dataclass
class Terminal:
    """A terminal as the hub sees it: its key, its station, its journal's next sequence number."""

    client: httpx.Client
    key: Ed25519PrivateKey
    station: str
    now: Callable[[], datetime]
    seq: Iterator[int]

    @property
    def public(self) -> str:
        return self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    def headers(self, method: str, target: str, body: bytes = b"") -> dict[str, str]:
        return sign_request(self.key.sign, self.station, method, target, body, self.now())

    def send(self, method: str, target: str, body: bytes = b"", **headers: str) -> httpx.Response:
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.request(method, target, content=body, headers=self.headers(method, target, body) | more)

    def post(self, target: str, value: Any) -> httpx.Response:
        return self.send("POST", target, json.dumps(value).encode(), content_type="application/json")

    def entry(self, kind: str, seq: int | None = None, **body: Any) -> dict[str, Any]:
        """The next entry of this terminal's journal, as JSON."""
        at = self.now()
        number = next(self.seq) if seq is None else seq
        return {"id": uuid7(at), "seq": number, "kind": kind, "at": at.isoformat(), "clock": "synced", "body": body}

    def push(self, *entries: dict[str, Any]) -> httpx.Response:
        return self.post("/api/journal", {"entries": list(entries)})


@pytest.fixture
def hub_time() -> Time:
    return Time()


@pytest.fixture
def hub_config(tmp_path: Path) -> HubConfig:
    return HubConfig(data_dir=tmp_path / "hub", attempts_per_minute=10_000)


@pytest.fixture
def server(hub_config: HubConfig, hub_time: Time) -> Iterator[Server]:
    """A running hub: `server.url`, and `server.hub` for what a test arranges or looks up directly."""
    running = Server(hub_config, hub_time)
    yield running
    running.stop()


@pytest.fixture
def http(server: Server) -> Iterator[httpx.Client]:
    """A caller nobody knows."""
    with httpx.Client(base_url=server.url, timeout=30, trust_env=False) as client:
        yield client


@pytest.fixture
def staff(server: Server) -> Iterator[Callable[..., httpx.Client]]:
    """`staff("duty")`: a client of somebody signed in who has these roles, and the header against forgery."""
    opened: list[httpx.Client] = []
    number = itertools.count(1)

    def sign_in(*roles: str) -> httpx.Client:
        name = f"staff{next(number)}"
        Accounts(server.hub.db).add(name, PASSWORD, [Role(role) for role in roles], server.hub.now())
        client = httpx.Client(base_url=server.url, timeout=30, trust_env=False)
        opened.append(client)
        answer = client.post("/api/session", json={"name": name, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        client.headers["X-CSRF-Token"] = answer.json()["csrf"]
        return client

    yield sign_in
    for client in opened:
        client.close()


@pytest.fixture
def enrolled(server: Server, http: httpx.Client, hub_time: Time) -> Callable[..., Terminal]:
    """`enrolled("WX-0001")`: a terminal with a key of its own that is that station."""

    def enrol(station: str = "WX-0001", key: Ed25519PrivateKey | None = None) -> Terminal:
        terminal = Terminal(http, key or Ed25519PrivateKey.generate(), station, hub_time, itertools.count(1))
        code, _ = new_enrolment(server.hub, station)
        proof = terminal.key.sign(enrolment_message(code, terminal.public)).hex()
        enrol_terminal(server.hub, EnrolRequest(code=code, public_key=terminal.public, proof=proof))
        return terminal

    return enrol


@pytest.fixture
def terminal(enrolled: Callable[..., Terminal]) -> Terminal:
    """A terminal that is WX-0001."""
    return enrolled()
