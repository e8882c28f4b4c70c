"""A door opened from a call over a real hub: who may, what the station gets, what comes back."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from hub.door import CommandKeyLost, Doors
from hub.switchboard_calls import DoorWanted
from kiosk.protocol.cose import KeyRing
from kiosk.protocol.door import CommandKey, DoorOrder, DoorReport, OrderRefused, read_order, trusted_key
from kiosk.protocol.intercom import Answered, Ring
from tests.hub.test_intercom import CALL, console, link

WANTED = DoorWanted("WX-0001", CALL, "front", "wang", "王师傅", "轮椅")


def ring_of(server: Any) -> KeyRing:
    """The keys a station would believe, from the catalogue."""
    keys = [d.at(1) for d in server.hub.catalogue.documents(kind="command_key")]
    bodies = [(key.id, key.parsed()) for key in keys]
    return KeyRing([trusted_key(kid, body) for kid, body in bodies if isinstance(body, CommandKey)])


def until(ask: Callable[[], list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """What is written down comes a moment after what is said."""
    deadline = time.monotonic() + 20
    while not (found := ask()) and time.monotonic() < deadline:
        pass
    return found


def test_from_the_button_to_the_lock_and_back(
    server: Any, terminal: Any, staff: Callable[..., httpx.Client], hub_time: Any
) -> None:
    duty = staff("duty")
    with console(server, duty) as desk, link(server, terminal) as line:
        me = desk.get("welcome")
        line.send(Ring(call=CALL, topic="door"))
        desk.get("calls", lambda m: bool(m["calls"]))
        desk.send(type="door", call=CALL, door="front", reason="early")
        assert desk.get("error")["code"] == "calls.not_in"  # it was not answered yet
        desk.send(type="answer", call=CALL)
        line.get(Answered)
        desk.send(type="door", call=CALL, door="front", reason="  轮椅，推不开门 ")
        order = read_order(line.get(DoorOrder).token, ring_of(server), hub_time(), "WX-0001", CALL)
        assert (order.door, order.account, order.by) == ("front", me["account"], me["name"])
        assert order.reason == "轮椅，推不开门"
        assert order.expires - order.issued == timedelta(seconds=15)
        line.send(DoorReport(id=order.id, code="opened", report="bolt out"))
        report = desk.get("door_report")
        assert report == {
            "type": "door_report",
            "call": CALL,
            "id": order.id,
            "code": "opened",
            "report": "bolt out",
        }
    kept = until(lambda: [row for row in duty.get("/api/console/doors/orders").json() if row["code"]])
    assert len(kept) == 1
    assert (kept[0]["id"], kept[0]["account"], kept[0]["reason"]) == (order.id, me["account"], "轮椅，推不开门")
    assert (kept[0]["code"], kept[0]["report"], kept[0]["call_id"]) == ("opened", "bolt out", CALL)
    assert duty.get("/api/console/doors/orders?station=WX-0002").json() == []


def test_an_order_is_good_for_one_station_for_seconds(server: Any, hub_time: Any) -> None:
    doors: Doors = server.app.state.doors
    made = doors.order(WANTED)
    assert made is not None
    order_id, token = made
    assert read_order(token, ring_of(server), hub_time(), "WX-0001", CALL).id == order_id
    with pytest.raises(OrderRefused, match="foreign"):
        read_order(token, ring_of(server), hub_time(), "WX-0002", CALL)
    hub_time.advance(15)
    with pytest.raises(OrderRefused, match="late"):
        read_order(token, ring_of(server), hub_time(), "WX-0001", CALL)


def test_the_key_stays_and_a_lost_one_is_made_anew(server: Any, hub_time: Any) -> None:
    path: Path = server.hub.config.data_dir / "command.key"
    assert path.stat().st_mode & 0o077 == 0
    first = len(ring_of(server))
    assert Doors(server.hub).order(WANTED) is not None
    assert len(ring_of(server)) == first == 1
    path.unlink()
    made = Doors(server.hub).order(WANTED)
    assert made is not None
    assert read_order(made[1], ring_of(server), hub_time(), "WX-0001", CALL).id == made[0]
    path.write_bytes(b"short")
    with pytest.raises(CommandKeyLost):
        Doors(server.hub)


def test_a_key_that_has_run_out_orders_nothing(server: Any, hub_time: Any) -> None:
    hub_time.advance(3600 * 24 * 366 * 11)
    assert server.app.state.doors.order(WANTED) is None
