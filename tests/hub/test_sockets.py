"""The end of the server: a socket that is closing already must not break it off."""

import asyncio
from typing import Any

import uvicorn
from uvicorn.server import ServerState
from websockets.protocol import State

from hub.app import create_app
from hub.config import HubConfig
from hub.sockets import Sockets


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
