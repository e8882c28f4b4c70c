"""A window of the desk that is open: what it is sent, and how it ends when its session does."""

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import anyio.to_thread
from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket, WebSocketDisconnect

from hub.accounts import Role
from hub.auth import find_session
from hub.problems import Problem
from hub.state import Hub

log = logging.getLogger(__name__)
CLOSE_SIGNED_OUT = 4401
CLOSE_ODD = 4400
_OUTBOX = 512
_SESSION_SECONDS = 30.0  # how soon a console notices that its session has ended
Outbox = asyncio.Queue[dict[str, Any]]


def new_outbox() -> Outbox:
    return asyncio.Queue(_OUTBOX)


def post(outbox: Outbox | None, message: dict[str, Any]) -> None:
    """Send now or never. None is a window that has closed."""
    if outbox is not None:
        try:
            outbox.put_nowait(message)
        except asyncio.QueueFull:
            log.warning("a console does not take its messages")


@asynccontextmanager
async def serving(socket: WebSocket, hub: Hub, outbox: Outbox, *roles: Role) -> AsyncIterator[None]:
    """While this lasts the window gets what is put into its outbox, as long as its person has one of these roles."""
    helpers = (asyncio.create_task(_write(socket, outbox)), asyncio.create_task(_watch_session(socket, hub, roles)))
    try:
        yield
    except WebSocketDisconnect:
        pass
    finally:
        for helper in helpers:
            helper.cancel()


async def _write(socket: WebSocket, outbox: Outbox) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):  # the reader sees the same
        while True:
            await socket.send_text(json.dumps(await outbox.get()))


async def _watch_session(socket: WebSocket, hub: Hub, roles: tuple[Role, ...]) -> None:
    """Who signed out elsewhere, was disabled, or is past the end of the shift hears no more."""
    connection = cast(HTTPConnection, socket)
    while True:
        await asyncio.sleep(_SESSION_SECONDS)
        try:
            session = await anyio.to_thread.run_sync(find_session, connection, hub)
        except Problem:
            continue
        if session is None or not any(session.staff.may(role) for role in roles):
            with contextlib.suppress(WebSocketDisconnect, RuntimeError):
                await socket.close(CLOSE_SIGNED_OUT)
            return
