"""A manager of one district: sees what stands there, deals with it, and hears of nothing else."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from hub.accounts import Accounts, DistrictNotPossible, Role
from hub.alarm_desk import PATH as ALARMS
from hub.alarm_store import Incidents
from kiosk.protocol.alarm import Alarm, AlarmSource
from kiosk.protocol.folder import PlainDocument
from tests.hub.conftest import PASSWORD, Terminal
from tests.hub.test_intercom import CALL, console

ONE = "01a2108b-1c11-7757-a23c-a2a668e46f01"
TWO = "01a2108b-1c11-7757-a23c-a2a668e46f02"


@pytest.fixture
def city(server: Any, enrolled: Callable[..., Terminal], staff: Callable[..., httpx.Client]) -> httpx.Client:
    """Two stations in two districts, with something of everything; a manager of 梁溪区."""
    for station, district in (("WX-0001", "梁溪区"), ("WX-0002", "惠山区")):
        body = {"name": {"zh_CN": station}, "address": {"zh_CN": "直街"}, "district": {"zh_CN": district}}
        document = PlainDocument(kind="station_settings", id=station, station=station, body=body)
        server.hub.catalogue.publish([document], owner=station)
        terminal = enrolled(station)
        call = CALL[:-1] + station[-1]
        day = {"session": "s", "day": "2026-12-01"}
        answer = terminal.push(
            terminal.entry(
                "supply.restocked",
                item="water",
                lot="L",
                quantity=9,
                expires="2027-03-01",
                place={"zh_CN": "左边"},
                **day,
            ),
            terminal.entry("call.started", call=call, topic="help", session="s"),
            terminal.entry("call.ended", call=call, reason="no_answer", ring_seconds=3, talk_seconds=0, media=False),
        )
        assert answer.status_code == 200
    client = staff("manager")
    Accounts(server.hub.db).set_district("staff1", "梁溪区")
    return client


def raised(server: Any, incident: str, station: str) -> None:
    alarm = Alarm(incident=incident, source=AlarmSource.SCREEN, raised=server.hub.now())
    assert Incidents(server.hub.db).take(station, alarm, server.hub.now())


def test_only_what_stands_there(city: httpx.Client, server: Any) -> None:
    def stations(path: str) -> set[str]:
        rows = city.get(path).json()
        rows = rows["stations"] if isinstance(rows, dict) else rows
        return {row.get("station") or row["id"] for row in rows}

    for path in ("/api/console/fleet", "/api/console/stock", "/api/console/journal", "/api/console/calls"):
        assert stations(path) == {"WX-0001"}, path
    assert city.get("/api/console/calls/summary?day=2026-12-01").json()["calls"] == 1
    assert city.get("/api/console/journal?station=WX-0002").json() == []
    assert city.get("/api/console/fleet/WX-0001").status_code == 200
    assert city.get("/api/console/fleet/WX-0002").json()["code"] == "station.none"
    assert city.get(f"/api/console/calls/records/{CALL[:-1]}2").json()["code"] == "calls.unknown"
    assert city.get(f"/api/console/calls/records/{CALL[:-1]}1").status_code == 200


def test_alarms_of_elsewhere_only_when_asked_to_take_them(
    city: httpx.Client, server: Any, staff: Callable[..., httpx.Client]
) -> None:
    duty = staff("duty")
    with console(server, city, ALARMS) as window:
        window.get("alarms")
        raised(server, TWO, "WX-0002")
        raised(server, ONE, "WX-0001")
        message = window.get("alarms", lambda message: message["alarms"] != [])
        assert [row["station"] for row in message["alarms"]] == ["WX-0001"]
        path = f"/api/console/alarms/{TWO}"
        assert city.post(f"{path}/acknowledge").json()["code"] == "alarm.unknown"
        assert [row["id"] for row in city.get("/api/console/alarms").json()] == [ONE]
        assert duty.post(f"{path}/acknowledge").status_code == 200
        assert duty.post(f"{path}/offer", json={"account": "staff1"}).status_code == 200
        window.get("alarms", lambda message: any(row["id"] == TWO and row["rings"] for row in message["alarms"]))
        assert city.post(f"{path}/acknowledge").json()["holder"] == "staff1"
        assert city.post(f"{path}/close", json={"reason": "好了"}).status_code == 200
    assert city.get("/api/console/alarms?state=past").json() == []
    assert len(duty.get("/api/console/alarms?state=past").json()) == 1


def test_a_district_without_stations_is_empty(city: httpx.Client, server: Any) -> None:
    Accounts(server.hub.db).set_district("staff1", "滨湖区")
    for path in ("/api/console/stock", "/api/console/journal", "/api/console/calls", "/api/console/alarms"):
        assert city.get(path).json() == [], path


def test_only_a_manager_and_nothing_else(server: Any, staff: Callable[..., httpx.Client]) -> None:
    accounts, now = Accounts(server.hub.db), server.hub.now()
    accounts.add("wang", PASSWORD, [Role.MANAGER, Role.DUTY], now)
    with pytest.raises(DistrictNotPossible):
        accounts.set_district("wang", "梁溪区")
    accounts.set_roles("wang", [Role.MANAGER])
    assert accounts.set_district("wang", " 梁溪区 ").district == "梁溪区"
    with pytest.raises(DistrictNotPossible):
        accounts.set_roles("wang", [Role.DUTY])
    assert accounts.get("wang").roles == {Role.MANAGER}
    admin = staff("administrator")
    change = admin.patch("/api/staff/wang", json={"district": "", "roles": ["duty"]})
    assert (change.json()["district"], change.json()["roles"]) == ("", ["duty"])
    new = {"name": "zhao", "password": PASSWORD, "roles": ["publisher"], "district": "梁溪区"}
    assert admin.post("/api/staff", json=new).json()["code"] == "staff.district"
    assert admin.post("/api/staff", json={**new, "roles": ["manager"]}).json()["district"] == "梁溪区"
