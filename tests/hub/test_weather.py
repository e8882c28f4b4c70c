"""Declared weather: published to every station, over by itself, ended before its time."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.hub.conftest import Terminal


@pytest.fixture
def manager(staff: Callable[..., httpx.Client]) -> httpx.Client:
    return staff("manager")


def heard(terminal: Terminal) -> list[str]:
    documents = terminal.send("GET", "/api/catalogue").json()["documents"]
    return [d["body"]["mode"] for d in documents if d["kind"] == "weather_mode" and not d["deleted"]]


def test_weather_holds_and_is_over(manager: httpx.Client, terminal: Terminal, hub_time: Any) -> None:
    assert manager.get("/api/console/weather").json() == []
    (row,) = manager.post("/api/console/weather", json={"mode": "heat", "hours": 6}).json()
    assert (row["mode"], row["begins"], row["ends"]) == ("heat", "2026-12-01T08:00:00Z", "2026-12-01T14:00:00Z")
    assert heard(terminal) == ["heat"]
    hub_time.advance(6 * 3600)
    assert manager.get("/api/console/weather").json() == []
    assert heard(terminal) == []


def test_weather_is_ended_before_its_time(manager: httpx.Client, terminal: Terminal) -> None:
    manager.post("/api/console/weather", json={"mode": "storm", "hours": 24})
    rows = manager.post("/api/console/weather", json={"mode": "cold", "hours": 6}).json()
    assert [row["mode"] for row in rows] == ["cold", "storm"]
    assert [row["mode"] for row in manager.delete(f"/api/console/weather/{rows[0]['id']}").json()] == ["storm"]
    assert heard(terminal) == ["storm"]
    assert manager.delete(f"/api/console/weather/{rows[0]['id']}").status_code == 404


def test_only_managers_declare_and_only_what_there_is(
    manager: httpx.Client, staff: Callable[..., httpx.Client], http: httpx.Client
) -> None:
    duty = staff("duty")
    assert duty.get("/api/console/weather").status_code == 200
    assert duty.post("/api/console/weather", json={"mode": "heat", "hours": 6}).status_code == 403
    assert http.get("/api/console/weather").status_code == 401
    for wanted in ({"mode": "fog", "hours": 6}, {"mode": "heat", "hours": 0}, {"mode": "heat", "hours": 10_000}):
        assert manager.post("/api/console/weather", json=wanted).status_code == 422
