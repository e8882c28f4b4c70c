"""Orders to open a door from a call: the hub's command key, signing, and what is kept of who ordered what.

The key is made at the first start and stays in the data folder; its public half is the catalogue document
`command_key`. Who may order is decided by the switchboard: somebody on duty who takes part in a call that is under way.
"""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Annotated, cast

import anyio.to_thread
from fastapi import APIRouter, Depends, FastAPI, Query
from pydantic import BaseModel

from hub import audit
from hub.auth import require
from hub.problems import Problem
from hub.running import running
from hub.seeds import kept_seed
from hub.state import Hub, HubDep
from hub.switchboard_calls import DoorWanted
from kiosk.protocol.cose import SigningKey
from kiosk.protocol.door import ORDER_SECONDS, Order, write_order
from kiosk.protocol.folder import PlainDocument

log = logging.getLogger(__name__)
router = APIRouter(tags=["doors"])
OWNER = "door"
KEY_YEARS = 10
MIGRATIONS = (
    """
    CREATE TABLE door_key (kid TEXT PRIMARY KEY, not_before TEXT NOT NULL, not_after TEXT NOT NULL);
    CREATE TABLE door_order (
        id TEXT PRIMARY KEY,
        at TEXT NOT NULL,
        station TEXT NOT NULL,
        door TEXT NOT NULL,
        call_id TEXT NOT NULL,
        account TEXT NOT NULL,
        by_name TEXT NOT NULL,
        reason TEXT NOT NULL,
        code TEXT NOT NULL DEFAULT '',
        report TEXT NOT NULL DEFAULT '',
        reported TEXT NOT NULL DEFAULT ''
    );
    CREATE INDEX door_order_at ON door_order (at)
    """,
)


_ORDERED = (
    "INSERT INTO door_order (id, at, station, door, call_id, account, by_name, reason) VALUES (?,?,?,?,?,?,?,?) "
    "ON CONFLICT (id) DO NOTHING"
)
_REPORTED = "UPDATE door_order SET code = ?, report = ?, reported = ? WHERE id = ?"
_ORDERS = """
    SELECT * FROM door_order WHERE (:station = '' OR station = :station) ORDER BY at DESC, id DESC LIMIT :limit
"""
_AGAIN_SECONDS = 2.0


class CommandKeyLost(Problem):
    status = 503
    code = "door.key_lost"
    title = ("签发开门指令的密钥文件丢失或损坏", "The key file that signs door orders is lost or damaged")


class Doors:
    """Signs orders. Opening it makes the key and publishes it where that was not done yet (blocking).

    A key file that is lost is made anew, and processes with folders of their own have keys of their own: a station
    believes each that is published.
    """

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._key = SigningKey.from_seed("hub", kept_seed(hub.config.data_dir / "command.key", CommandKeyLost))
        kid, now = self._key.kid.hex(), hub.now().replace(microsecond=0)
        with hub.db.transaction():
            # A day before, for stations whose clock is behind.
            begins, ends = now - timedelta(days=1), now + timedelta(days=365 * KEY_YEARS)
            hub.db.execute(
                "INSERT INTO door_key (kid, not_before, not_after) VALUES (?,?,?) ON CONFLICT (kid) DO NOTHING",
                (kid, begins.isoformat(), ends.isoformat()),
            )
            row = hub.db.row("SELECT * FROM door_key WHERE kid = ?", (kid,))
            assert row is not None
            body = {
                "public_key": self._key.public.hex(),
                "not_before": row["not_before"],
                "not_after": row["not_after"],
            }
            hub.catalogue.publish([PlainDocument(kind="command_key", id=kid, body=body)], OWNER)
        self._not_after = datetime.fromisoformat(row["not_after"])
        self.news: asyncio.Queue[tuple[str, tuple[str | int, ...]]] = (
            asyncio.Queue()
        )  # statements to be written, in order

    def order(self, wanted: DoorWanted) -> tuple[str, str] | None:
        """The id and the token of an order that holds from now for ORDER_SECONDS. None: the key has run out."""
        now = self._hub.now().replace(microsecond=0)
        if now >= self._not_after:
            log.error("the command key has run out")
            return None
        order = Order(
            id=secrets.token_hex(16),
            station=wanted.station,
            door=wanted.door,
            call=wanted.call,
            account=wanted.account,
            by=wanted.by,
            reason=wanted.reason,
            issued=now,
            expires=now + timedelta(seconds=ORDER_SECONDS),
        )
        log.info("door %s of %s ordered to open by %s: %s", wanted.door, wanted.station, wanted.account, order.id)
        token = write_order(order, self._key)
        row = (order.id, now.isoformat(), order.station, order.door, order.call, order.account, order.by, order.reason)
        self.news.put_nowait((_ORDERED, row))
        about = f"{wanted.station} {wanted.door}: {wanted.reason}"
        self.news.put_nowait((audit.INSERT, audit.line(now, wanted.account, wanted.by, "door_order", about, 202, "")))
        return order.id, token

    def reported(self, wanted: DoorWanted, order: str, code: str, report: str) -> None:
        """What became of an order, "no_answer" when nothing was heard in time."""
        log.info("door %s of %s, order %s: %s %s", wanted.door, wanted.station, order, code, report)
        self.news.put_nowait((_REPORTED, (code, report, self._hub.now().isoformat(), order)))

    def write(self, statement: str, values: tuple[str | int, ...]) -> None:
        """One of `news` into the database. Blocking; tried again by whoever calls when it fails."""
        self._hub.db.execute(statement, values)


class DoorRow(BaseModel):
    """An order and what became of it: `code` "" while nothing is known, "no_answer" when nothing came in time."""

    id: str
    at: str
    station: str
    door: str
    call_id: str
    account: str
    by_name: str
    reason: str
    code: str
    report: str
    reported: str


@router.get(
    "/api/console/doors/orders",
    summary="Doors that were ordered to open from a call, newest first",
    dependencies=[Depends(require("duty", "manager", "administrator"))],
)
def door_orders(
    hub: HubDep,
    station: Annotated[str, Query(max_length=32, pattern=r"^[0-9A-Za-z_.-]*$", description='"" = every station')] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> list[DoorRow]:
    rows = hub.db.rows(_ORDERS, {"station": station, "limit": limit})
    return [DoorRow.model_validate(row) for row in rows]


def doors_of(app: FastAPI) -> Doors:
    return cast(Doors, app.state.doors)


@asynccontextmanager
async def background(app: FastAPI) -> AsyncIterator[None]:
    """The key is there before the desk opens; what is ordered and reported is written down, in order."""
    doors = app.state.doors = await anyio.to_thread.run_sync(Doors, app.state.hub)
    async with running(_keep(doors)):
        yield
        with contextlib.suppress(TimeoutError):  # what was ordered in the last moment too
            async with asyncio.timeout(_AGAIN_SECONDS):
                await doors.news.join()


async def _keep(doors: Doors) -> None:
    while True:
        statement, values = await doors.news.get()
        while True:
            try:
                await anyio.to_thread.run_sync(doors.write, statement, values)
                break
            except Problem as problem:
                log.warning("a door order could not be written down yet: %s", problem.code)
                await asyncio.sleep(_AGAIN_SECONDS)
        doors.news.task_done()
