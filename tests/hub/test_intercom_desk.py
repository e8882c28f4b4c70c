"""A call handed over and shared between real consoles of a real hub, and taken up again by a hub that was restarted."""

import json
from collections.abc import Callable
from typing import Any

import httpx

from kiosk.protocol.intercom import Answered, CallText, DeskPresence, Ring, Signal
from kiosk.protocol.intercom_talk import Joined, Left, Transferring
from tests.hub.test_intercom import CALL, console, link


def test_two_consoles_and_a_station(server: Any, terminal: Any, staff: Callable[..., httpx.Client]) -> None:
    with console(server, staff("duty")) as wang, console(server, staff("duty")) as li, link(server, terminal) as line:
        one, two = wang.get("welcome"), li.get("welcome")
        wang.get("staff", lambda m: len(m["staff"]) == 2)
        line.send(Ring(call=CALL, topic="help"))
        wang.get("calls", lambda m: bool(m["calls"]))
        wang.send(type="answer", call=CALL)
        first = line.get(Answered)
        wang.send(type="invite", call=CALL, account=two["account"], note="手语")
        assert li.get("invited")["by"] == one["name"]
        li.send(type="join", call=CALL)
        guest = line.get(Joined)
        assert wang.get("peer_joined")["peer"] == li.get("accepted")["peer"] == guest.peer
        wang.send(type="signal", call=CALL, data={"a": 1}, peer=guest.peer)
        assert li.get("signal")["peer"] == first.peer
        line.send(Signal(call=CALL, data={"b": 1}, peer=guest.peer))
        assert li.get("signal") == {"type": "signal", "call": CALL, "data": {"b": 1}, "peer": ""}
        li.send(type="text", call=CALL, text="您好", id="t1")
        assert line.get(CallText) == CallText(call=CALL, text="您好", by=two["name"], id="t1")
        assert wang.get("text")["by"] == two["name"]
        li.send(type="hang_up", call=CALL)
        assert line.get(Left).peer == guest.peer
        wang.send(type="transfer", call=CALL, to=two["account"], note="请接")
        assert line.get(Transferring).to == two["name"]
        li.get("calls", lambda m: any(row["rings"] for row in m["calls"]))
        li.send(type="answer", call=CALL)
        assert line.get(Answered).by == two["name"]
        assert line.get(Left).peer == first.peer
        assert wang.get("ended")["reason"] == "transferred"
        assert li.get("accepted")["note"] == "请接"


def test_who_asks_for_what_cannot_be_done_is_told_in_both_languages(
    server: Any, terminal: Any, staff: Callable[..., httpx.Client]
) -> None:
    with console(server, staff("duty")) as desk:
        desk.send(type="hold", call=CALL, on=True)
        error = desk.get("error")
        assert (error["code"], set(error["title"])) == ("calls.over", {"zh_CN", "en"})


def test_a_hub_that_knows_nothing_of_a_call_takes_it_up_with_who_was_in_it(
    server: Any, terminal: Any, staff: Callable[..., httpx.Client]
) -> None:
    """As after a restart, or when another process leads: the station rings again, consoles resume."""
    with console(server, staff("duty")) as wang, console(server, staff("duty")) as li:
        one, two = wang.get("welcome"), li.get("welcome")
        li.send(type="resume", call=CALL)
        with link(server, terminal, call=CALL) as line:
            line.send(Ring(call=CALL, topic="help", answered=True, by=one["name"], joined=(two["name"],)))
            assert line.get(Joined).name == two["name"]
            wang.send(type="resume", call=CALL)
            assert line.get(Answered).by == one["name"]
            assert line.get(DeskPresence).present
            names = [peer["name"] for peer in wang.get("accepted")["peers"]]
            assert names == [two["name"]]


def test_groups_and_priorities_are_those_that_are_published(
    server: Any, terminal: Any, staff: Callable[..., httpx.Client]
) -> None:
    name = {"zh_CN": "法律咨询", "en": "Legal advice"}
    body = {
        "name": name,
        "groups": [["staff2"], ["duty"]],
        "hours": {"weekly": {"sun": [{"start": "08:00", "end": "09:00"}]}},
    }
    document = {"kind": "call_topic", "id": "legal", "body": body}
    answer = staff("publisher").post("/api/catalogue", json={"documents": [document]})
    assert answer.status_code == 200, answer.text
    lawyer, other = staff("duty"), staff("duty")
    (topic,) = lawyer.get("/api/console/calls/topics").json()
    assert (topic["id"], topic["open"]) == ("legal", False)  # it is a Tuesday
    with console(server, lawyer) as first, console(server, other) as second, link(server, terminal) as line:
        first.get("welcome")
        second.get("welcome")
        while "legal" not in server.app.state.desk.rules:
            lawyer.get("/api/console/calls/topics")
        line.send(Ring(call=CALL, topic="legal"))
        assert first.get("calls", lambda m: bool(m["calls"]))["calls"][0]["rings"]
        row = second.get("calls", lambda m: bool(m["calls"]))["calls"][0]
        assert (row["rings"], row["group"]) == (False, 1), json.dumps(row)
