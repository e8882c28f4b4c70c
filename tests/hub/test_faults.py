"""Faults at the hub: from the journals to the desk and back to the station."""

import hashlib
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from hub.faults import KEPT, Said, say
from kiosk.protocol.catalogue import FileRef
from kiosk.protocol.folder import PlainDocument
from kiosk.protocol.ids import uuid7
from kiosk.protocol.station_faults import FaultReported, FaultState, Thing
from tests.hub.conftest import Server, Terminal

PHOTO = b"\xff\xd8\xff picture"
REF = FileRef(sha256=hashlib.sha256(PHOTO).hexdigest(), size=len(PHOTO), media_type="image/jpeg")


@pytest.fixture
def desk(staff: Callable[..., httpx.Client]) -> httpx.Client:
    return staff("duty")


def report(terminal: Terminal, thing: Thing, fault: str = "", photo: FileRef | None = None) -> str:
    fault = fault or uuid7(terminal.now())
    body = FaultReported(fault=fault, thing=thing, session="s", photo=photo)
    assert terminal.push(terminal.entry(body.kind, **body.model_dump(mode="json"))).status_code == 200
    return fault


def listed(client: httpx.Client, state: str = "open") -> list[dict[str, Any]]:
    answer = client.get(f"/api/console/faults?state={state}")
    assert answer.status_code == 200, answer.text
    return list(answer.json())


def heard(terminal: Terminal) -> dict[str, str]:
    documents = terminal.send("GET", "/api/catalogue").json()["documents"]
    return {d["id"]: d["body"].get("state", "") for d in documents if d["kind"] == "station_fault"}


def test_a_report_reaches_the_desk_and_its_end_the_station(
    desk: httpx.Client, enrolled: Callable[..., Terminal]
) -> None:
    here, there = enrolled("WX-0001"), enrolled("WX-0002")
    fault = report(here, Thing.WATER)
    report(here, Thing.WATER, fault, REF)
    (row,) = listed(desk)
    assert (row["station"], row["thing"], row["reports"], row["state"]) == ("WX-0001", "water", 2, "open")
    assert (row["photo"], row["here"]) == (REF.sha256, False)
    said = desk.post(f"/api/console/faults/{fault}", json={"state": "work", "note": "周三来修"}).json()
    assert (said["state"], said["note"]) == ("work", "周三来修")
    assert heard(here) == {fault: "work"}
    assert heard(there) == {}
    desk.post(f"/api/console/faults/{fault}", json={"state": "repaired"})
    assert listed(desk) == []
    assert [row["state"] for row in listed(desk, "all")] == ["repaired"]
    assert heard(here) == {fault: "repaired"}
    desk.post(f"/api/console/faults/{fault}", json={"state": "open"})
    assert len(listed(desk)) == 1


def test_a_picture_is_for_those_who_look_after_faults(
    desk: httpx.Client, staff: Callable[..., httpx.Client], enrolled: Callable[..., Terminal]
) -> None:
    here, there = enrolled("WX-0001"), enrolled("WX-0002")
    report(here, Thing.SEAT, photo=REF)
    target = f"/api/stations/files?sha256={REF.sha256}&media_type=image%2Fjpeg"
    assert here.send("POST", target, PHOTO, content_type="application/octet-stream").status_code == 200
    assert listed(desk)[0]["here"]
    address = f"/api/files/{REF.sha256}"
    for client in (desk, staff("manager")):
        assert client.get(address).content == PHOTO
    assert staff("publisher").get(address).status_code == 403
    assert there.send("GET", address).status_code == 403


def test_no_station_speaks_of_the_faults_of_another(desk: httpx.Client, enrolled: Callable[..., Terminal]) -> None:
    here, there = enrolled("WX-0001"), enrolled("WX-0002")
    fault = report(here, Thing.WATER)
    report(there, Thing.LIGHT, fault)
    (row,) = listed(desk)
    assert (row["station"], row["thing"], row["reports"]) == ("WX-0001", "water", 1)


def test_a_manager_of_one_district_says_nothing_elsewhere(
    server: Server, staff: Callable[..., httpx.Client], enrolled: Callable[..., Terminal]
) -> None:
    here = enrolled("WX-0001")
    fault = report(here, Thing.WATER)
    body = {"name": {"zh_CN": "站"}, "address": {"zh_CN": "路"}, "district": {"zh_CN": "梁溪区"}}
    document = PlainDocument(kind="station_settings", id="WX-0001", station="WX-0001", body=body)
    server.hub.catalogue.publish([document], "folder")
    manager = staff("manager")
    assert len(listed(manager)) == 1
    server.hub.db.execute("UPDATE staff SET district = '惠山区' WHERE name = 'staff1'")
    assert listed(manager) == []
    assert manager.post(f"/api/console/faults/{fault}", json={"state": "repaired"}).status_code == 404


def test_what_was_repaired_long_ago_is_no_news(
    server: Server, desk: httpx.Client, enrolled: Callable[..., Terminal], hub_time: Any
) -> None:
    here = enrolled("WX-0001")
    old, new = report(here, Thing.WATER), report(here, Thing.LIGHT)
    desk.post(f"/api/console/faults/{old}", json={"state": "repaired"})
    hub_time.advance(KEPT.total_seconds() + 60)
    say(server.hub, new, Said(state=FaultState.WORK), "li")
    assert heard(here) == {new: "work"}


def test_only_faults_that_are_there(desk: httpx.Client, staff: Callable[..., httpx.Client]) -> None:
    nothing = "0" * 8 + "-0000-7000-8000-" + "0" * 12
    assert desk.post(f"/api/console/faults/{nothing}", json={"state": "work"}).status_code == 404
    assert desk.post(f"/api/console/faults/{nothing}", json={"state": "gone"}).status_code == 422
    assert staff("publisher").get("/api/console/faults").status_code == 403
