"""What people at the desk do about alarms: the window they hear of them in, and every deed a request of its own."""

from typing import Annotated, Literal, cast

from fastapi import APIRouter, Depends, FastAPI, Path, Query
from pydantic import BaseModel, Field, ValidationError
from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket

from hub.accounts import Accounts, Role, Staff
from hub.alarm import Alarms, alarms_of
from hub.alarm_store import AlarmUnknown, Incidents
from hub.alarm_words import AlarmRow, row_of
from hub.auth import require
from hub.consoles import CLOSE_ODD, serving
from hub.districts import ReachDep
from hub.problems import Problem
from hub.state import Hub, HubDep
from hub.throttle import Pace
from kiosk.protocol.link import CLOSE_FLOOD

router = APIRouter(tags=["alarms"])
PATH = "/api/console/alarms/live"
Desk = Annotated[Staff, Depends(require("duty", "manager"))]
IncidentId = Annotated[str, Path(pattern=r"^[0-9a-f-]{36}$")]
_LINE = r"^[^\x00-\x08\x0b-\x1f]*$"


class ColleagueUnknown(Problem):
    status = 404
    code = "alarm.no_colleague"
    title = ("没有这位能接警的同事", "There is no colleague of this name who takes alarms")


def _mine(incident: IncidentId, hub: HubDep, staff: Desk, reach: ReachDep) -> str:
    """A dependency: an incident that this person may deal with. Raises AlarmUnknown."""
    known = Incidents(hub.db).get(incident)
    if not reach.covers(known.station) and staff.name not in (known.offered, known.holder):
        raise AlarmUnknown(id=incident)
    return incident


Mine = Annotated[str, Depends(_mine)]


class Note(BaseModel):
    """In a few words."""

    text: Annotated[str, Field(min_length=1, max_length=500, pattern=_LINE)]


class Offer(BaseModel):
    """`account` is asked to take over."""

    account: Annotated[str, Field(min_length=1, max_length=64)]
    note: Annotated[str, Field(max_length=300, pattern=_LINE)] = ""


class Close(BaseModel):
    """Why it is over."""

    reason: Annotated[str, Field(min_length=1, max_length=200, pattern=_LINE)]


class Colleague(BaseModel):
    """Somebody who may have an alarm; `here` while a window of theirs is open."""

    account: str
    name: str
    here: bool


class Tested(BaseModel):
    """A window says that a test came as far as it."""

    type: Literal["tested"]
    test: Annotated[str, Field(max_length=40)]


@router.get("/api/console/alarms", summary="Alarms that last (open) or are over (past), the newest first")
def alarm_list(
    hub: HubDep,
    staff: Desk,
    reach: ReachDep,
    state: Literal["open", "past"] = "open",
    station: Annotated[str, Query(max_length=32, pattern=r"^[0-9A-Za-z_.-]*$", description='"" = every station')] = "",
    before: Annotated[str, Query(max_length=40, description="those that arrived before (ISO 8601)")] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[AlarmRow]:
    incidents = Incidents(hub.db)
    found = incidents.open_ones(station) if state == "open" else incidents.past(station, before, limit, reach)
    mine = [one for one in found if reach.covers(one.station) or one.offered == staff.name]
    return [row_of(one, incidents.steps(one.id)) for one in mine[:limit]]


@router.get("/api/console/alarms/colleagues", summary="Who may be asked to take an alarm over")
def alarm_colleagues(hub: HubDep, staff: Desk, connection: HTTPConnection) -> list[Colleague]:
    here = _alarms(connection).accounts()
    return [
        Colleague(account=one.name, name=one.display_name, here=one.name in here)
        for one in Accounts(hub.db).all()
        if one.name != staff.name and _takes_alarms(one)
    ]


@router.post("/api/console/alarms/{incident}/acknowledge", summary="I have this alarm")
def acknowledge(incident: Mine, hub: HubDep, staff: Desk, connection: HTTPConnection) -> AlarmRow:
    """Who says so first stands, unless it was offered to somebody; saying it again changes nothing."""
    Incidents(hub.db).acknowledge(incident, staff.name, staff.display_name, hub.now())
    return _changed(hub, connection, incident)


@router.post("/api/console/alarms/{incident}/notes", summary="Write a note about an alarm")
def add_note(incident: Mine, note: Note, hub: HubDep, staff: Desk, connection: HTTPConnection) -> AlarmRow:
    Incidents(hub.db).note(incident, staff, note.text, hub.now())
    return _changed(hub, connection, incident)


@router.post("/api/console/alarms/{incident}/offer", summary="Ask a colleague to take an alarm over")
def offer(incident: Mine, wanted: Offer, hub: HubDep, staff: Desk, connection: HTTPConnection) -> AlarmRow:
    """It stays with whoever has it until the colleague acknowledges it."""
    found = [one for one in Accounts(hub.db).all() if one.name == wanted.account and _takes_alarms(one)]
    if not found:
        raise ColleagueUnknown(account=wanted.account)
    Incidents(hub.db).offer(incident, staff, found[0], wanted.note, hub.now())
    return _changed(hub, connection, incident)


@router.post("/api/console/alarms/{incident}/close", summary="End an alarm, for a reason")
def close(incident: Mine, why: Close, hub: HubDep, staff: Desk, connection: HTTPConnection) -> AlarmRow:
    Incidents(hub.db).close(incident, staff, why.reason, hub.now())
    return _changed(hub, connection, incident)


@router.websocket(PATH)
async def live(socket: WebSocket, staff: Desk, hub: HubDep) -> None:
    """A window: it is told of every alarm that lasts, and which of them are to sound where it stands."""
    await socket.accept()
    alarms = alarms_of(cast(FastAPI, socket.app))
    console = alarms.open(staff, frozenset(str(role) for role in Role if staff.may(role)))
    try:
        async with serving(socket, hub, console.outbox, Role.DUTY, Role.MANAGER):
            pace = Pace()
            while True:
                try:
                    said = Tested.model_validate_json(await socket.receive_text())
                except (ValidationError, KeyError):  # KeyError: a binary frame
                    await socket.close(CLOSE_ODD)
                    return
                if not pace.keeps():
                    await socket.close(CLOSE_FLOOD)
                    return
                alarms.heard_test(console, said.test)
    finally:
        alarms.close(console)


def _takes_alarms(one: Staff) -> bool:
    return one.may(Role.DUTY) or one.may(Role.MANAGER)


def _alarms(connection: HTTPConnection) -> Alarms:
    return alarms_of(cast(FastAPI, connection.app))


def _changed(hub: Hub, connection: HTTPConnection, incident: str) -> AlarmRow:
    alarms = _alarms(connection)
    alarms.loop.call_soon_threadsafe(alarms.poke)
    incidents = Incidents(hub.db)
    return row_of(incidents.get(incident), incidents.steps(incident))
