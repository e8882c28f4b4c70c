"""Declared weather: while it holds, the doors of the city (or what its policies say of it) are open to everybody."""

import secrets
from datetime import datetime, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from fastapi import Path as PathParam
from pydantic import BaseModel, Field

from hub.accounts import Staff
from hub.auth import require
from hub.problems import Problem
from hub.state import Hub, HubDep
from kiosk.protocol.folder import PlainDocument

OWNER = "weather"
LONGEST = timedelta(days=14)
router = APIRouter(tags=["weather"])
Mode = Literal["heat", "cold", "storm"]


class WeatherUnknown(Problem):
    status = 404
    code = "weather.unknown"
    title = ("没有这条天气预警", "There is no such declared weather")


class Declaration(BaseModel):
    """Weather that holds from now for so many hours."""

    mode: Mode
    hours: Annotated[int, Field(ge=1, le=LONGEST.total_seconds() // 3600)]


class Weather(BaseModel):
    """Declared weather that holds or is still to come."""

    id: str
    mode: Mode
    begins: datetime
    ends: datetime


def declared(hub: Hub) -> list[Weather]:
    """What holds now, by its end. Blocking; what is over is taken away."""
    found = [
        Weather.model_validate({**document.body, "id": document.id})
        for document in hub.catalogue.documents(owner=OWNER, kind="weather_mode")
    ]
    over = [weather.id for weather in found if weather.ends <= hub.now()]
    hub.catalogue.delete([("weather_mode", name) for name in over], OWNER)
    return sorted((weather for weather in found if weather.id not in over), key=lambda weather: weather.ends)


@router.get(
    "/api/console/weather", summary="Declared weather that holds", dependencies=[Depends(require("duty", "manager"))]
)
def weather(hub: HubDep) -> list[Weather]:
    return declared(hub)


@router.post("/api/console/weather", summary="Declare weather: policies that say so open their doors to everybody")
def declare(wanted: Declaration, hub: HubDep, staff: Annotated[Staff, Depends(require("manager"))]) -> list[Weather]:
    now = hub.now().replace(microsecond=0)
    body = {"mode": wanted.mode, "begins": now.isoformat(), "ends": (now + timedelta(hours=wanted.hours)).isoformat()}
    name = f"{wanted.mode}-{secrets.token_hex(4)}"
    hub.catalogue.publish([PlainDocument(kind="weather_mode", id=name, body=body)], OWNER)
    return declared(hub)


@router.delete("/api/console/weather/{weather}", summary="End declared weather before its time")
def end(
    weather: Annotated[str, PathParam(pattern=r"^[a-z]{1,10}-[0-9a-f]{8}$")],
    hub: HubDep,
    staff: Annotated[Staff, Depends(require("manager"))],
) -> list[Weather]:
    if hub.catalogue.delete([("weather_mode", weather)], OWNER) == 0:
        raise WeatherUnknown(id=weather)
    return declared(hub)
