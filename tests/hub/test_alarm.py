"""An alarm at a real hub: on the link and in the journal, until a person has it, and until a person has ended it."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from hub.accounts import Accounts, Role
from hub.alarm_desk import PATH
from hub.alarm_store import Incidents
from hub.state import Hub
from kiosk.protocol.alarm import Alarm, AlarmSource, AlarmState, AlarmTest, AlarmTested, TestCode
from kiosk.protocol.intercom import Answered, CallEnd, EndReason, Ring
from tests.hub.conftest import PASSWORD, Server
from tests.hub.test_intercom import CALL, Console, Line, console, link

ONE = "01a2108b-1c11-7757-a23c-a2a668e46f01"
TWO = "01a2108b-1c11-7757-a23c-a2a668e46f02"


@pytest.fixture
def line(server: Any, terminal: Any) -> Iterator[Line]:
    with link(server, terminal) as opened:
        yield opened


def alarm(server: Any, incident: str = ONE, **more: Any) -> Alarm:
    return Alarm(incident=incident, source=AlarmSource.SCREEN, raised=server.hub.now(), **more)


def row(
    window: Console, where: Callable[[dict[str, Any]], bool] = lambda _: True, incident: str = ONE
) -> dict[str, Any]:
    """The incident, as soon as the window hears that it is so."""

    def there(message: dict[str, Any]) -> bool:
        return any(found["id"] == incident and where(found) for found in message["alarms"])

    message = window.get("alarms", there)
    return next(found for found in message["alarms"] if found["id"] == incident)


def deed(client: httpx.Client, what: str, incident: str = ONE, **body: Any) -> httpx.Response:
    return client.post(f"/api/console/alarms/{incident}/{what}", json=body)


def kinds(client: httpx.Client, incident: str = ONE) -> list[str]:
    found = client.get("/api/console/alarms").json() + client.get("/api/console/alarms?state=past").json()
    return [step["kind"] for one in found if one["id"] == incident for step in one["steps"]]


def state(line: Line, where: Callable[[AlarmState], bool] = lambda _: True) -> AlarmState:
    while True:
        said: AlarmState = line.get(AlarmState)
        if where(said):
            return said


def test_it_rings_until_a_person_has_it_and_lasts_until_a_person_ends_it(
    server: Any, line: Line, staff: Callable[..., httpx.Client]
) -> None:
    wang, li = staff("duty"), staff("duty")
    with console(server, wang, PATH) as window, console(server, li, PATH) as other:
        line.send(alarm(server))
        assert state(line) == AlarmState(incident=ONE, consoles=2)
        assert row(window)["rings"]
        assert row(other)["rings"]
        line.send(alarm(server, presses=2, mistaken=2, call=CALL))
        found = row(window, lambda one: one["mistaken"])
        assert (found["presses"], found["call"], found["rings"]) == (2, CALL, True)
        assert deed(wang, "acknowledge").json()["holder_name"] == "staff1"
        assert not row(window, lambda one: one["acknowledged"] != "")["rings"]
        assert state(line, lambda said: said.acknowledged_by != "").acknowledged_by == "staff1"
        assert deed(li, "acknowledge").json()["holder_name"] == "staff1"  # the first one stands
        assert deed(li, "notes", text="打了三个电话").status_code == 200
        assert deed(wang, "close").status_code == 422  # not without a reason
        assert deed(wang, "close", reason="已到场处理").json()["closed_by"] == "staff1"
        ended = state(line, lambda said: said.closed)
        assert (ended.closed_by, ended.reason) == ("staff1", "已到场处理")
        window.get("alarms", lambda message: message["alarms"] == [])
    assert deed(li, "acknowledge").json()["code"] == "alarm.over"
    assert deed(li, "close", reason="x").json()["code"] == "alarm.over"
    assert deed(li, "notes", text="附言").status_code == 200
    assert kinds(li) == ["raised", "pressed", "mistaken", "acknowledged", "note", "closed", "note"]
    line.send(alarm(server))  # a station that missed it hears it now
    assert state(line).closed


def test_the_next_person_and_then_the_gateway(
    server: Any, line: Line, staff: Callable[..., httpx.Client], hub_time: Any
) -> None:
    duty, manager = staff("duty"), staff("manager")
    with console(server, duty, PATH) as window, console(server, manager, PATH) as boss:
        line.send(alarm(server))
        assert row(window)["rings"]
        assert not row(boss)["rings"]
        hub_time.advance(30)
        assert row(boss, lambda one: one["rings"])["steps"][-1]["detail"] == "manager"
        hub_time.advance(30)
        failed = row(boss, lambda one: one["gateway"] == "failed")
        assert failed["gateway_problem"] == "alarm_gateway_url is not set"
        assert deed(manager, "acknowledge").status_code == 200
        assert not row(boss, lambda one: one["holder"] != "")["rings"]
    assert kinds(duty)[:3] == ["raised", "escalated", "escalated"]
    assert kinds(duty).count("gateway_called") == 1


def test_it_comes_by_the_journal_where_there_was_no_link(
    server: Any, terminal: Any, staff: Callable[..., httpx.Client]
) -> None:
    duty = staff("duty")
    raised = terminal.entry("alarm.raised", incident=ONE, source="button", session="")
    with console(server, duty, PATH) as window:
        assert terminal.push(raised).status_code == 200
        found = row(window)
        assert (found["source"], found["rings"], found["steps"][0]["detail"]) == ("button", True, "journal")
        terminal.push(
            terminal.entry("alarm.pressed", incident=ONE, presses=3),
            terminal.entry("alarm.closed", incident=ONE, by="", where="station", reason="按错了"),
        )
        window.get("alarms", lambda message: message["alarms"] == [])
    (past,) = duty.get("/api/console/alarms?state=past&station=WX-0001").json()
    assert (past["presses"], past["closed_where"], past["reason"]) == (3, "station", "按错了")
    assert duty.get("/api/console/alarms?state=past&station=WX-0002").json() == []


def test_one_that_was_over_before_it_arrived_rings_nowhere(
    server: Any, terminal: Any, staff: Callable[..., httpx.Client]
) -> None:
    duty = staff("duty")
    with console(server, duty, PATH) as window:
        terminal.push(
            terminal.entry("alarm.raised", incident=ONE, source="screen", session=""),
            terminal.entry("alarm.closed", incident=ONE, by="", where="station", reason="演练"),
            terminal.entry("alarm.raised", incident=TWO, source="screen", session=""),
        )
        message = window.get("alarms", lambda message: message["alarms"] != [])
    assert [found["id"] for found in message["alarms"]] == [TWO]


def test_another_stations_incident_is_not_touched(
    server: Any, line: Line, enrolled: Callable[..., Any], staff: Callable[..., httpx.Client]
) -> None:
    line.send(alarm(server))
    state(line)
    stranger = enrolled("WX-0002")
    stranger.push(stranger.entry("alarm.closed", incident=ONE, by="", where="station", reason="evil"))
    with link(server, stranger) as other:
        other.send(alarm(server, closed=True))
        other.send(alarm(server, incident=TWO))
        assert state(other).incident == TWO  # and no word about the first
    assert kinds(staff("duty")) == ["raised"]


def test_it_is_handed_over_and_stays_until_it_is_taken(
    server: Any, line: Line, staff: Callable[..., httpx.Client]
) -> None:
    wang, li, publisher = staff("duty"), staff("manager"), staff("publisher")
    with console(server, li, PATH) as window:
        line.send(alarm(server))
        row(window)
        deed(wang, "acknowledge")
        colleagues = wang.get("/api/console/alarms/colleagues").json()
        assert [(one["account"], one["here"]) for one in colleagues] == [("staff2", True)]
        assert deed(wang, "offer", account="staff3").json()["code"] == "alarm.no_colleague"
        assert deed(publisher, "acknowledge").status_code == 403
        assert deed(wang, "offer", account="staff2", note="我要出门").json()["holder"] == "staff1"
        assert row(window, lambda one: one["offered"] == "staff2")["rings"]
        assert deed(li, "acknowledge").json()["holder"] == "staff2"
        assert not row(window, lambda one: one["holder"] == "staff2")["rings"]
    assert state(line, lambda said: said.acknowledged_by == "staff2")


def test_whoever_answers_its_call_has_it(server: Any, line: Line, staff: Callable[..., httpx.Client]) -> None:
    duty = staff("duty")
    with console(server, duty) as calls, console(server, duty, PATH) as window:
        line.send(alarm(server, call=CALL))
        row(window)
        line.send(Ring(call=CALL, topic="alarm"))
        calls.get("calls", lambda message: len(message["calls"]) == 1)
        calls.send(type="answer", call=CALL)
        line.get(Answered)
        assert row(window, lambda one: one["holder"] != "")["holder"] == "staff1"
        line.send(CallEnd(call=CALL, reason=EndReason.HUNG_UP))
        calls.get("calls", lambda message: message["calls"] == [])
    assert [one["closed"] for one in duty.get("/api/console/alarms").json()] == [""]  # the call ends, the alarm lasts


def test_a_hub_that_comes_back_goes_on(hub_config: Any, hub_time: Any) -> None:
    first = Hub(hub_config, hub_time)
    new = Alarm(incident=ONE, source=AlarmSource.BUTTON, raised=hub_time.at)
    assert Incidents(first.db).take("WX-0001", new, hub_time.at)
    first.close()
    again = Server(hub_config, hub_time)
    try:
        Accounts(again.hub.db).add("wang", PASSWORD, [Role.DUTY], hub_time.at)
        with httpx.Client(base_url=again.url, trust_env=False) as client:
            client.post("/api/session", json={"name": "wang", "password": PASSWORD})
            with console(again, client, PATH) as window:
                assert row(window)["rings"]
    finally:
        again.stop()


def test_a_test_goes_as_far_as_a_window(server: Any, line: Line, staff: Callable[..., httpx.Client]) -> None:
    with console(server, staff("duty"), PATH) as window:
        line.send(AlarmTest(test=ONE))
        assert window.get("test")["test"] == ONE
        window.send(type="tested", test=ONE)
        assert line.get(AlarmTested) == AlarmTested(test=ONE, consoles=1)
    assert set(Incidents(server.hub.db).tests()) == {"WX-0001"}


def test_a_test_with_nobody_there_has_not_passed(server: Any, line: Line) -> None:
    line.send(AlarmTest(test=ONE))
    assert line.get(AlarmTested) == AlarmTested(test=ONE, consoles=0)
    assert Incidents(server.hub.db).tests() == {}


def test_a_station_whose_test_does_not_pass_is_an_alarm_of_its_own(server: Any, terminal: Any, hub_time: Any) -> None:
    incidents = Incidents(server.hub.db)
    assert incidents.find_overdue(hub_time.at) == []
    hub_time.advance(72 * 3600 + 60)
    incidents.find_overdue(hub_time.at)
    assert incidents.find_overdue(hub_time.at) == []  # once
    (fault,) = incidents.open_ones()
    assert (fault.station, fault.source, fault.urgent) == ("WX-0001", AlarmSource.SELF_TEST, False)
    with link(server, terminal) as line:
        line.send(AlarmTest(test=ONE))
        line.get(AlarmTested)
        assert len(incidents.open_ones()) == 1
    incidents.tested(TWO, "WX-0001", TestCode.PASSED, 1, hub_time.at)
    assert incidents.open_ones() == []
    hub_time.advance(71 * 3600)
    assert incidents.find_overdue(hub_time.at) == []
    assert incidents.tests() != {}
    hub_time.advance(91 * 86_400)
    assert incidents.find_overdue(hub_time.at) == ["WX-0001"]
    assert incidents.tests() == {}


def test_a_window_that_says_nonsense_is_closed(server: Any, staff: Callable[..., httpx.Client]) -> None:
    from websockets.exceptions import ConnectionClosed

    with console(server, staff("manager"), PATH) as window:
        window.get("alarms")
        window.send(type="evil")
        with pytest.raises(ConnectionClosed):
            window.get("never")
