"""An incident as a window of the desk is told of it."""

from typing import Any

from pydantic import BaseModel

from hub.alarm_rules import Incident
from hub.alarm_tables import Step, gateway_state
from hub.state import Hub
from kiosk.protocol.alarm import AlarmSource

MOST_STEPS = 100


class StepRow(BaseModel):
    """One thing that happened. `account` is whose deed it was, "" nobody's."""

    at: str
    kind: str
    account: str
    name: str
    detail: str


class AlarmRow(BaseModel):
    """An incident. Times are ISO 8601 in UTC, "" = not yet; `raised` is the station's own, `arrived` the hub's.

    `urgent` is False for a self-test that did not pass. `gateway` is "" (not called), "reached" or "failed";
    `gateway_problem` why.
    """

    id: str
    station: str
    source: AlarmSource
    urgent: bool
    drill: bool
    raised: str
    arrived: str
    presses: int
    call: str
    mistaken: bool
    acknowledged: str
    acknowledged_by: str
    holder: str
    holder_name: str
    offered: str
    closed: str
    closed_by: str
    closed_where: str
    reason: str
    gateway: str
    gateway_problem: str
    steps: list[StepRow]


def row_of(incident: Incident, steps: list[Step]) -> AlarmRow:
    gateway, problem = gateway_state(steps)
    return AlarmRow(
        id=incident.id,
        station=incident.station,
        source=incident.source,
        urgent=incident.urgent,
        drill=incident.drill,
        raised=incident.raised.isoformat(),
        arrived=incident.arrived.isoformat(),
        presses=incident.presses,
        call=incident.call,
        mistaken=incident.withdrawn,
        acknowledged=incident.acknowledged.isoformat() if incident.acknowledged else "",
        acknowledged_by=incident.acknowledged_by,
        holder=incident.holder,
        holder_name=incident.holder_name,
        offered=incident.offered,
        closed=incident.closed.isoformat() if incident.closed else "",
        closed_by=incident.closed_by,
        closed_where=incident.closed_where,
        reason=incident.reason,
        gateway=gateway,
        gateway_problem=problem,
        steps=[
            StepRow(at=s.at.isoformat(), kind=s.kind, account=s.account, name=s.name, detail=s.detail)
            for s in steps[-MOST_STEPS:]
        ],
    )


def view(incident: Incident, steps: list[Step]) -> dict[str, Any]:
    return row_of(incident, steps).model_dump(mode="json")


def place_of(hub: Hub, station: str) -> dict[str, str]:
    """The name and the address of a station as published, in Chinese; "" where they are not. Blocking."""
    found = [d.body for d in hub.catalogue.documents(kind="station_settings") if d.id == station]
    texts = [found[0].get(name) if found else None for name in ("name", "address")]
    name, address = (str(text.get("zh_CN", "")) if isinstance(text, dict) else "" for text in texts)
    return {"name": name, "address": address}
