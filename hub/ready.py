"""Whether this hub can do its work: for a load balancer, a service manager, an installer."""

from typing import cast

from fastapi import APIRouter, FastAPI
from pydantic import BaseModel
from starlette.requests import HTTPConnection

from hub.intercom import desk_of
from hub.state import HubDep

router = APIRouter(tags=["operation"])
MIGRATIONS = ("CREATE TABLE ready (probe INTEGER PRIMARY KEY, at TEXT NOT NULL)",)


class Ready(BaseModel):
    """`projections_failed` counts entries of which a feature made nothing; they are in the journal all the same.

    `bus` is between the processes of one hub: "none" (there is one), "up", or "down": calls between processes do not
    come about. `standing` is what this process does for calls: "alone", "leading", "following", or for a moment
    "waiting", when nobody leads.
    """

    ready: bool
    hub_time: str
    catalogue: int
    projections_failed: int
    bus: str
    standing: str


@router.get("/readyz", summary="200 when the database can be written, 503 when it cannot")
def readyz(connection: HTTPConnection, hub: HubDep) -> Ready:
    now = hub.now().isoformat()
    with hub.db.transaction():
        hub.db.execute("INSERT INTO ready VALUES (1,?) ON CONFLICT (probe) DO UPDATE SET at = excluded.at", (now,))
        failed = hub.db.value("SELECT COUNT(*) FROM projection_failure")
    bus = desk_of(cast(FastAPI, connection.app)).bus
    return Ready(
        ready=True,
        hub_time=now,
        catalogue=hub.catalogue.revision(),
        projections_failed=int(failed),
        bus=bus.state,
        standing=bus.standing,
    )
