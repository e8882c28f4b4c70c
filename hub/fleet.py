"""The stations of a city as the console shows them: all of them and what changed since, one of them in full.

A console asks every few seconds, and 801 stations must not go over the wire each time: it names the answer it has, and
gets what differs. What changes by itself all the time (when a station that is online was heard last) is left out.
"""

import gzip
import hashlib
import secrets
import threading
from collections import OrderedDict
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel, TypeAdapter
from starlette.responses import Response

from hub.accounts import Staff
from hub.alarm_store import Incidents
from hub.auth import require
from hub.districts import ReachDep
from hub.presence import Facts, State, state
from hub.revocation import NoSuchStation
from hub.state import Hub, HubDep
from kiosk.protocol.health import Health

router = APIRouter(tags=["stations"])
_ANSWERS = 64  # of those given last; an older one is answered whole
_SMALL = 2048  # bytes below which nothing is compressed
_ROWS = """
    SELECT s.id, s.disabled, s.diverged, COALESCE(h.acknowledged, 0) AS acknowledged,
    COALESCE(p.apart, 0) AS held_apart, COALESCE(a.alarms, 0) AS alarms
    FROM station s LEFT JOIN journal_head h ON h.station = s.id AND h.terminal = s.terminal
    LEFT JOIN (SELECT station, COUNT(*) AS apart FROM journal WHERE poison != '' GROUP BY station) p ON p.station = s.id
    LEFT JOIN (SELECT station, COUNT(*) AS alarms FROM alarm_incident WHERE closed = '' GROUP BY station) a
    ON a.station = s.id ORDER BY s.id
"""


class FleetRow(BaseModel):
    """A station. `since` is when it said anything last, "" while it is online; `sick` names devices.

    `alarms` counts open ones, `held_apart` entries of the journal that were not what their kind promises, `revoked`
    that its terminal was shut out, `diverged` that its journal is not the one held here: an old image, or a copy.
    """

    id: str
    name: dict[str, str]
    address: dict[str, str]
    district: dict[str, str]
    live: bool
    state: State
    since: str
    sick: list[str]
    version: str
    acknowledged: int
    held_apart: int
    alarms: int
    revoked: bool
    diverged: bool


class Fleet(BaseModel):
    """What differs from the answer that was named, or everything (`whole`). `token` names this one."""

    token: str
    whole: bool
    stations: list[FleetRow]
    gone: list[str]


class Device(BaseModel):
    """A device as its terminal says it is; `detail` for a technician."""

    name: str
    state: str
    detail: str


class StationDetail(BaseModel):
    """One station in full. `disk_free` in MiB, -1 unknown; `waiting` are entries it has not delivered.

    `catalogue` is the revision it has applied, `published` the hub's. `tested` is when the test of its alarm passed
    last. Times are ISO 8601 in UTC, "" never.
    """

    station: FleetRow
    heard: str
    enrolled: str
    terminal: int
    devices: list[Device]
    clock: str
    disk_free: int
    waiting: int
    catalogue: int
    published: int
    tested: str


_FLEET = TypeAdapter(Fleet)


class Answers:
    """What consoles were told last, a number for each row of each answer. From any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._given: OrderedDict[str, dict[str, bytes]] = OrderedDict()

    def answer(self, rows: list[FleetRow], known: str) -> Fleet:
        """What differs from the answer `known`; everything when that is too old, or was another process's."""
        now = {row.id: hashlib.blake2b(row.model_dump_json().encode(), digest_size=8).digest() for row in rows}
        with self._lock:
            before = self._given.get(known)
            token = known if before == now else secrets.token_hex(8)
            self._given[token] = now
            self._given.move_to_end(token)
            while len(self._given) > _ANSWERS:
                self._given.popitem(last=False)
        if before is None:
            return Fleet(token=token, whole=True, stations=rows, gone=[])
        changed = [row for row in rows if before.get(row.id) != now[row.id]]
        return Fleet(token=token, whole=False, stations=changed, gone=sorted(before.keys() - now.keys()))


_answers = Answers()


@router.get(
    "/api/console/fleet",
    summary="Every station, or what changed since an earlier answer",
    responses={200: {"model": Fleet}},
    dependencies=[Depends(require())],
    response_class=Response,
)
def fleet(
    request: Request,
    hub: HubDep,
    reach: ReachDep,
    known: Annotated[str, Query(max_length=40, pattern=r"^[0-9a-f]*$", description="the token of that answer")] = "",
) -> Response:
    body = _FLEET.dump_json(_answers.answer([row for row in fleet_rows(hub) if reach.covers(row.id)], known))
    headers = {"Cache-Control": "no-store", "Vary": "Accept-Encoding"}
    if len(body) > _SMALL and "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["Content-Encoding"] = gzip.compress(body, 5), "gzip"
    return Response(body, media_type="application/json", headers=headers)


@router.get("/api/console/fleet/{station}", summary="One station: its devices, its program, what waits there")
def station_detail(
    station: Annotated[str, Path(max_length=32, pattern=r"^[0-9A-Za-z_.-]+$")],
    hub: HubDep,
    reach: ReachDep,
    staff: Annotated[Staff, Depends(require("duty", "manager"))],
) -> StationDetail:
    reach.require(station)
    row = next((row for row in fleet_rows(hub) if row.id == station), None)
    known = hub.db.row("SELECT terminal, enrolled FROM station WHERE id = ?", (station,))
    if row is None or known is None:
        raise NoSuchStation(station=station)
    facts = hub.presence.facts().get(station, Facts())
    health, tested = facts.health, Incidents(hub.db).tests().get(station)
    return StationDetail(
        station=row,
        heard=_text(facts.heard),
        enrolled=known["enrolled"],
        terminal=known["terminal"],
        devices=_devices(health),
        clock=health.clock,
        disk_free=health.disk_free,
        waiting=health.waiting,
        catalogue=health.catalogue,
        published=hub.catalogue.revision(),
        tested=_text(tested),
    )


def fleet_rows(hub: Hub) -> list[FleetRow]:
    """Every enrolled station as it stands now, in order of id. Blocking."""
    facts, now = hub.presence.facts(), hub.now()
    settings = {d.id: d.body for d in hub.catalogue.documents(kind="station_settings")}
    return [_row(row, settings.get(row["id"], {}), facts.get(row["id"], Facts()), now) for row in hub.db.rows(_ROWS)]


def _row(row: dict[str, Any], settings: dict[str, Any], facts: Facts, now: datetime) -> FleetRow:
    stands = state(facts, now)
    return FleetRow(
        id=row["id"],
        name=_words(settings.get("name")),
        address=_words(settings.get("address")),
        district=_words(settings.get("district")),
        live=facts.linked,
        state=stands,
        since="" if stands in (State.ONLINE, State.SICK) else _text(facts.heard),
        sick=list(facts.health.sick),
        version=facts.health.version,
        acknowledged=row["acknowledged"],
        held_apart=row["held_apart"],
        alarms=row["alarms"],
        revoked=bool(row["disabled"]),
        diverged=bool(row["diverged"]),
    )


def _devices(health: Health) -> list[Device]:
    details = health.details
    return [Device(name=name, state=how, detail=details.get(name, "")) for name, how in sorted(health.devices.items())]


def _words(value: object) -> dict[str, str]:
    return {key: str(text) for key, text in value.items()} if isinstance(value, dict) else {}


def _text(at: datetime | None) -> str:
    return at.astimezone(UTC).isoformat() if at else ""
