"""Whether this hub can do its work: for a load balancer, a service manager, an installer."""

from fastapi import APIRouter
from pydantic import BaseModel

from hub.state import HubDep

router = APIRouter(tags=["operation"])
MIGRATIONS = ("CREATE TABLE ready (probe INTEGER PRIMARY KEY, at TEXT NOT NULL)",)


class Ready(BaseModel):
    """`projections_failed` counts entries of which a feature made nothing; they are in the journal all the same."""

    ready: bool
    hub_time: str
    catalogue: int
    projections_failed: int


@router.get("/readyz", summary="200 when the database can be written, 503 when it cannot")
def readyz(hub: HubDep) -> Ready:
    now = hub.now().isoformat()
    with hub.db.transaction():
        hub.db.execute("INSERT INTO ready VALUES (1,?) ON CONFLICT (probe) DO UPDATE SET at = excluded.at", (now,))
        failed = hub.db.value("SELECT COUNT(*) FROM projection_failure")
    return Ready(ready=True, hub_time=now, catalogue=hub.catalogue.revision(), projections_failed=int(failed))
