"""Orders to open a door from a call: the hub's command key, signing, and what is kept of who ordered what.

The key is made at the first start and stays in the data folder; its public half is the catalogue document
`command_key`. Who may order is decided by the switchboard: somebody on duty who takes part in a call that is under way.
"""

import logging
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

import anyio.to_thread
from fastapi import FastAPI

from hub.problems import Problem
from hub.state import Hub
from hub.switchboard_calls import DoorWanted
from kiosk.protocol.cose import SigningKey
from kiosk.protocol.door import ORDER_SECONDS, Order, write_order
from kiosk.protocol.folder import PlainDocument

log = logging.getLogger(__name__)
OWNER = "door"
KEY_YEARS = 10
MIGRATIONS = (
    "CREATE TABLE door_key (kid TEXT PRIMARY KEY, not_before TEXT NOT NULL, not_after TEXT NOT NULL)",
)  # fmt: skip


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
        self._key = SigningKey.from_seed("hub", _seed(hub.config.data_dir / "command.key"))
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
        return order.id, write_order(order, self._key)

    def reported(self, wanted: DoorWanted, order: str, code: str, report: str) -> None:
        """What became of an order, "no_answer" when nothing was heard in time."""
        log.info("door %s of %s, order %s: %s %s", wanted.door, wanted.station, order, code, report)


def doors_of(app: FastAPI) -> Doors:
    return cast(Doors, app.state.doors)


@asynccontextmanager
async def background(app: FastAPI) -> AsyncIterator[None]:
    """The key is there before the desk opens."""
    app.state.doors = await anyio.to_thread.run_sync(Doors, app.state.hub)
    yield


def _seed(path: Path) -> bytes:
    """The 32 secret bytes in `path`, made where there are none; whole or not at all. Raises CommandKeyLost."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(32))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)  # never over a key that is there
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    try:
        seed = path.read_bytes()
    except OSError as error:
        raise CommandKeyLost(path=str(path)) from error
    if len(seed) != 32:
        raise CommandKeyLost(path=str(path))
    return seed
