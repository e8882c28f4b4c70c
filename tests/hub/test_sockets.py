"""The end of the server: a socket that is closing already must not break it off."""

import asyncio
import logging
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from uvicorn.server import ServerState
from websockets.protocol import State

from hub import cli_serve
from hub.__main__ import main
from hub.app import create_app
from hub.config import HubConfig
from hub.sockets import Sockets
from hub.state import Hub
from kiosk.protocol.link import ANSWER_SECONDS, SILENT_SECONDS


class Pipe(asyncio.Transport):
    """What a protocol writes to; it remembers that it was closed."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.closed = False

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return ("127.0.0.1", 1) if name in ("peername", "sockname") else default

    def write(self, data: Any) -> None:
        self.written += bytes(data)

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed


def test_a_socket_that_is_closing_is_closed(hub_config: HubConfig) -> None:
    async def scene() -> Pipe:
        config = uvicorn.Config(create_app(hub_config), ws=Sockets, log_config=None)
        config.load()
        protocol = Sockets(config=config, server_state=ServerState(), app_state={})
        pipe = Pipe()
        protocol.connection_made(pipe)
        protocol.handshake_complete = True
        protocol.conn.state = State.CLOSING  # the browser closed its window a moment ago
        protocol.shutdown()
        return pipe

    assert asyncio.run(scene()).closed


@pytest.mark.parametrize(("heard", "asked"), [(29.0, False), (31.0, True)])
def test_only_who_was_silent_is_asked(hub_config: HubConfig, heard: float, asked: bool) -> None:
    async def scene() -> tuple[bytes, bool, bool]:
        config = uvicorn.Config(create_app(hub_config), ws=Sockets, log_config=None, ws_ping_interval=30.0)
        config.load()
        protocol = Sockets(config=config, server_state=ServerState(), app_state={})
        pipe = Pipe()
        protocol.connection_made(pipe)
        protocol.conn.state = State.OPEN
        protocol.heard = asyncio.get_running_loop().time() - heard
        protocol.send_keepalive_ping()
        waits = protocol.pong_timer is not None, protocol.ping_timer is not None
        protocol.stop_keepalive()
        return pipe.written, *waits

    written, for_an_answer, for_the_next = asyncio.run(scene())
    assert (bool(written), for_an_answer, for_the_next) == (asked, asked, not asked)


def test_what_is_heard_is_remembered(hub_config: HubConfig) -> None:
    async def scene() -> float:
        config = uvicorn.Config(create_app(hub_config), ws=Sockets, log_config=None)
        config.load()
        protocol = Sockets(config=config, server_state=ServerState(), app_state={})
        protocol.connection_made(Pipe())
        protocol.data_received(b"GET / HTTP/1.1\r\n")
        return protocol.heard

    assert asyncio.run(scene()) > 0


def test_the_server_asks_as_late_as_was_agreed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configs: list[uvicorn.Config] = []
    hubs: list[Hub] = []
    monkeypatch.setattr(logging, "basicConfig", lambda **_: None)
    monkeypatch.setattr(cli_serve, "create_app", lambda _config, hub: hubs.append(hub))
    monkeypatch.setattr(uvicorn.Server, "run", lambda server: configs.append(server.config))
    main(["--data-dir", str(tmp_path), "serve"])
    hubs[0].close()
    assert (configs[0].ws_ping_interval, configs[0].ws_ping_timeout) == (SILENT_SECONDS, ANSWER_SECONDS)
    assert configs[0].ws is Sockets
