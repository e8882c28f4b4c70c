"""Managers of one district: what they see, and what they act on, is what stands there.

A district is what stations are published with (`station_settings.district`, by its Chinese name). Who has none sees the
whole city. Only somebody who is a manager and nothing else can have one: the duty desk serves everybody.
"""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends

from hub.auth import SessionDep
from hub.revocation import NoSuchStation
from hub.state import Hub, HubDep


@dataclass(frozen=True, slots=True)
class Reach:
    """The stations somebody may know of; None = all there are."""

    stations: frozenset[str] | None = None

    def covers(self, station: str) -> bool:
        return self.stations is None or station in self.stations

    def require(self, station: str) -> None:
        """Raises NoSuchStation for one that is elsewhere: it is not even said to exist."""
        if not self.covers(station):
            raise NoSuchStation(station=station)

    def sql(self, column: str) -> tuple[str, dict[str, str]]:
        """A further condition, beginning with AND, and its parameters."""
        if self.stations is None:
            return "", {}
        if not self.stations:
            return " AND 1 = 0", {}
        names = {f"reach{number}": station for number, station in enumerate(sorted(self.stations))}
        return f" AND {column} IN ({', '.join(f':{name}' for name in names)})", names


def districts_of(hub: Hub) -> dict[str, str]:
    """The district of each station that is published with one. Blocking."""
    found = {d.id: d.body.get("district") for d in hub.catalogue.documents(kind="station_settings")}
    return {
        station: str(text["zh_CN"]) for station, text in found.items() if isinstance(text, dict) and "zh_CN" in text
    }


def reach_of(hub: Hub, district: str) -> Reach:
    """What somebody of this district reaches, "" = everything. Blocking."""
    if not district:
        return Reach()
    return Reach(frozenset(station for station, name in districts_of(hub).items() if name == district))


def _reach(session: SessionDep, hub: HubDep) -> Reach:
    return reach_of(hub, session.staff.district)


ReachDep = Annotated[Reach, Depends(_reach)]
