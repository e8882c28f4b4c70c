"""What people did is written down by itself, whatever came of it, and nothing secret with it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute

from hub.features import features
from tests.hub.conftest import PASSWORD, Server, Terminal, Time
from tests.hub.test_routes import wanted_roles

PANEL = Path(__file__).resolve().parents[2] / "hub" / "console" / "panels" / "audit.js"


@pytest.fixture
def ticking(hub_time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second passes with each request, so that their order is that of their times."""
    send = httpx.Client.send

    def later(self: httpx.Client, *args: Any, **kwargs: Any) -> httpx.Response:
        hub_time.advance(1)
        return send(self, *args, **kwargs)

    monkeypatch.setattr(httpx.Client, "send", later)


@pytest.mark.usefixtures("ticking")
def test_every_change_a_person_asks_for_is_written_down(
    server: Server, staff: Callable[..., httpx.Client], terminal: Terminal
) -> None:
    admin, duty = staff("administrator"), staff("duty")
    account = {"name": "li.na", "password": "a secret nobody reads", "roles": ["duty"]}
    assert admin.post("/api/staff", json=account).status_code == 201
    assert admin.patch("/api/staff/li.na", json={"disabled": True}).status_code == 200
    assert duty.post("/api/staff", json=account).status_code == 403
    assert admin.post("/api/stations/WX-9999/revoke").status_code == 404
    terminal.push(terminal.entry("station.stopped"))  # a machine's doing is in the journal, not here
    deeds = admin.get("/api/console/audit").json()
    told = [(d["account"], d["action"], d["about"], d["status"]) for d in deeds]
    assert told[:4] == [
        ("staff1", "revocation_revoke", "WX-9999", 404),
        ("staff2", "staff_add", "", 403),
        ("staff1", "staff_change", "li.na", 200),
        ("staff1", "staff_add", "", 201),
    ]
    assert {d["action"] for d in deeds[4:]} == {"staff_sign_in"}
    assert all(d["address"] == "127.0.0.1" for d in deeds)
    everything = str(server.hub.db.rows("SELECT * FROM audit"))
    assert "a secret nobody reads" not in everything
    assert PASSWORD not in everything
    assert duty.get("/api/console/audit").json()["code"] == "not_allowed"


@pytest.mark.usefixtures("ticking")
def test_pages_one_account_and_a_table(staff: Callable[..., httpx.Client]) -> None:
    admin, other = staff("administrator"), staff("administrator")
    for number in range(5):
        other.post("/api/enrolments", json={"station": f"WX-{number}"})
    other.post("/api/stations/=1+1/revoke")
    first = admin.get("/api/console/audit", params={"limit": 3}).json()
    rest = admin.get("/api/console/audit", params={"before": first[-1]["id"]}).json()
    whole = admin.get("/api/console/audit").json()
    assert first + rest == whole
    mine = admin.get("/api/console/audit", params={"account": "staff1"}).json()
    assert {d["account"] for d in mine} == {"staff1"}
    table = admin.get("/api/console/audit.csv").text.lstrip("\ufeff").splitlines()
    assert len(table) == len(whole) + 1
    assert ",'=1+1," in table[1]


def test_every_deed_has_words_on_the_console() -> None:
    words = set(re.findall(r"^  (\w+): \[", PANEL.read_text("utf-8"), re.MULTILINE))
    routes = [r for f in features() if f.router for r in f.router.routes if isinstance(r, APIRoute)]
    deeds = {
        f"{route.endpoint.__module__.removeprefix('hub.')}_{route.name}"
        for route in routes
        if route.methods - {"GET", "HEAD"} and wanted_roles(route) is not None
    }
    assert deeds <= words, deeds - words
