"""A terminal that was stolen, or is no longer trusted: shut out at once, on every process of the hub, and let in again.

What it signs from now on is refused (`check_signature` asks the database each time), and a live link that is open is
closed within a second. Its journal so far stays; a new one-time code makes another terminal that station.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from fastapi import APIRouter, Depends, FastAPI
from pydantic import BaseModel

from hub.auth import require
from hub.link import links_of
from hub.problems import Problem
from hub.running import running
from hub.state import Hub, HubDep
from kiosk.protocol.link import CLOSE_REVOKED

log = logging.getLogger(__name__)
router = APIRouter(tags=["stations"], dependencies=[Depends(require("administrator"))])
_LOOK_SECONDS = 1.0


class NoSuchStation(Problem):
    status = 404
    code = "station.none"
    title = ("没有登记过这个驿站", "No such station is enrolled")


class Trust(BaseModel):
    """Whether the terminal of a station is let in."""

    station: str
    revoked: bool


def set_revoked(hub: Hub, station: str, revoked: bool) -> Trust:
    """Shut a station's terminal out, or let it in again. Raises NoSuchStation. Blocking."""
    if not hub.db.execute("UPDATE station SET disabled = ? WHERE id = ?", (int(revoked), station)):
        raise NoSuchStation(station=station)
    log.warning("station %s is %s", station, "shut out" if revoked else "let in again")
    return Trust(station=station, revoked=revoked)


@router.post("/api/stations/{station}/revoke", summary="Shut a station's terminal out at once")
def revoke(station: str, hub: HubDep) -> Trust:
    return set_revoked(hub, station, True)


@router.post("/api/stations/{station}/restore", summary="Let a station's terminal in again")
def restore(station: str, hub: HubDep) -> Trust:
    return set_revoked(hub, station, False)


@asynccontextmanager
async def background(app: FastAPI) -> AsyncIterator[None]:
    """Closes the links of terminals that were shut out, whichever process or command did it."""
    async with running(_watch(app)):
        yield


async def _watch(app: FastAPI) -> None:
    hub: Hub = app.state.hub
    while True:
        with contextlib.suppress(Problem):
            rows = await anyio.to_thread.run_sync(hub.db.rows, "SELECT id FROM station WHERE disabled = 1")
            for row in rows:
                await links_of(app).drop(row["id"], CLOSE_REVOKED)
        await asyncio.sleep(_LOOK_SECONDS)
