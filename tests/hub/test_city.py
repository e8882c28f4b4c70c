"""Several hub processes serve one city: calls from one to another, and what a killed process or a lost bus costs.

Real processes, a real PostgreSQL, a real Redis; states are asserted, not times.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from hub.alarm_desk import PATH as ALARMS
from kiosk.protocol.alarm import Alarm, AlarmSource, AlarmState, AlarmTest, AlarmTested
from kiosk.protocol.intercom import Answered, CallEnd, CallText, DeskPresence, EndReason, Ring, Ringing, Signal
from kiosk.protocol.intercom_talk import DeskMedia, Held
from kiosk.protocol.link import CLOSE_REPLACED, CLOSE_REVOKED, Command, CommandDone
from tests.hub.city import City, city
from tests.hub.postgres import Cluster, cluster
from tests.hub.redis import RedisServer, redis_server
from tests.hub.test_intercom import CALL, Console, Line, console, link

pytestmark = [pytest.mark.xdist_group("postgresql"), pytest.mark.slow]


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("postgres")) as opened:
        yield opened


@pytest.fixture
def bus() -> Iterator[RedisServer]:
    with redis_server() as opened:
        yield opened


@pytest.fixture
def town(tmp_path: Path, postgres: Cluster, bus: RedisServer) -> Iterator[City]:
    """Two processes, one of which leads."""
    with city(tmp_path, postgres.database(), bus.address()) as opened:
        opened.start()
        opened.start()
        opened.leader()
        yield opened


def in_call(line: Line, desk: Console) -> str:
    """A call from this station is answered by this console; the name of who answered."""
    welcome = desk.get("welcome")
    line.send(Ring(call=CALL, topic="help"))
    line.get(Ringing)
    desk.get("calls", lambda m: any(row["call"] == CALL for row in m["calls"]))
    desk.send(type="answer", call=CALL)
    assert line.get(Answered).by == welcome["name"]
    desk.get("accepted")
    talk(line, desk)
    return str(welcome["name"])


def talk(line: Line, desk: Console, mark: int = 0) -> None:
    """What each says reaches the other."""
    line.send(Signal(call=CALL, data={"from": "station", "n": mark}))
    desk.get("signal", lambda m: m["data"] == {"from": "station", "n": mark})
    desk.send(type="text", call=CALL, text=f"您好 {mark}", id=f"t{mark}")
    while line.get(CallText).text != f"您好 {mark}":
        pass


def over(line: Line, desk: Console) -> None:
    line.send(CallEnd(call=CALL, reason=EndReason.HUNG_UP))
    assert desk.get("ended") == {"type": "ended", "call": CALL, "reason": "hung_up"}


def rung_again(name: str) -> Ring:
    """As a terminal says it when its link is back in mid-call."""
    return Ring(call=CALL, topic="help", answered=True, by=name)


@pytest.mark.parametrize("station_at_leader", [True, False])
def test_a_station_at_one_process_is_answered_by_a_console_at_another(town: City, station_at_leader: bool) -> None:
    leader = town.leader()
    here, there = (leader, town.other(leader)) if station_at_leader else (town.other(leader), leader)
    with link(here, town.terminal()) as line, console(there, town.staff(there)) as desk:
        in_call(line, desk)
        over(line, desk)


def test_both_at_a_process_that_does_not_lead(town: City) -> None:
    here = town.other(town.leader())
    with link(here, town.terminal()) as line, console(here, town.staff(here)) as desk:
        in_call(line, desk)
        desk.send(type="hang_up", call=CALL)
        assert line.get(CallEnd).reason is EndReason.STAFF_HUNG_UP


def test_the_leader_is_killed_while_a_call_is_under_way_elsewhere(town: City) -> None:
    """Neither line breaks: the process that has both tells the next leader of them."""
    leader = town.leader()
    here = town.other(leader)
    with link(here, town.terminal()) as line, console(here, town.staff(here)) as desk:
        name = in_call(line, desk)
        desk.send(type="media", call=CALL, microphone=False)
        desk.send(type="hold", call=CALL, on=True)
        assert line.get(Held).on
        leader.kill()
        here.until(standing="leading")
        assert line.get(Answered).by == name
        assert desk.get("accepted")["call"] == CALL
        (row,) = desk.get("calls")["calls"]
        assert (row["call"], row["by"], row["ringing"]) == (CALL, name, False)
        assert not line.get(DeskMedia).microphone
        assert line.get(Held).on
        talk(line, desk, 1)
        over(line, desk)


def test_a_leader_that_was_stopped_for_a_while_finds_another_and_follows(town: City) -> None:
    """Paused longer than its lease: what its own sockets say in that moment is taken by the leader of now."""
    leader = town.leader()
    here = town.other(leader)
    with link(here, town.terminal()) as line, console(leader, town.staff(leader)) as desk:
        name = in_call(line, desk)
        leader.process.send_signal(signal.SIGSTOP)
        here.until(standing="leading")
        desk.send(type="text", call=CALL, text="还在吗", id="while")
        leader.process.send_signal(signal.SIGCONT)
        leader.until(standing="following")
        assert line.get(Answered).by == name
        talk(line, desk, 1)
        over(line, desk)


def test_a_leader_that_ends_in_order_hands_over(town: City) -> None:
    leader = town.leader()
    here = town.other(leader)
    with link(here, town.terminal()) as line, console(here, town.staff(here)) as desk:
        in_call(line, desk)
        leader.end()
        here.until(standing="leading")
        talk(line, desk, 1)
        over(line, desk)


def test_the_leader_is_killed_with_the_station_of_a_call(town: City) -> None:
    """The station finds another process, rings again there, and the call goes on with the same people."""
    leader = town.leader()
    here = town.other(leader)
    terminal = town.terminal()
    with console(here, town.staff(here)) as desk, ExitStack() as lines:
        name = in_call(line := lines.enter_context(link(leader, terminal)), desk)
        leader.kill()
        with pytest.raises(ConnectionClosed):
            line.get(CallEnd)
        line = lines.enter_context(link(here, terminal, call=CALL))
        line.send(rung_again(name))
        assert line.get(Answered).by == name
        assert desk.get("accepted")["call"] == CALL
        talk(line, desk, 1)
        over(line, desk)


def test_the_leader_is_killed_with_the_console_of_a_call(town: City) -> None:
    leader = town.leader()
    here = town.other(leader)
    client = town.staff(leader)
    with link(here, town.terminal()) as line, ExitStack() as consoles:
        name = in_call(line, consoles.enter_context(console(leader, client)))
        leader.kill()
        desk = consoles.enter_context(console(here, client))
        desk.send(type="resume", call=CALL)
        assert desk.get("accepted")["call"] == CALL
        assert line.get(Answered).by == name
        assert line.get(DeskPresence).present
        talk(line, desk, 1)
        over(line, desk)


@pytest.mark.parametrize("who", ["station", "console"])
def test_a_process_that_does_not_lead_is_killed_in_mid_call(town: City, who: str) -> None:
    leader = town.leader()
    lost = town.other(leader)
    terminal, client = town.terminal(), town.staff(leader)
    with ExitStack() as sockets:
        at = {"station": leader, "console": leader, who: lost}
        line = sockets.enter_context(link(at["station"], terminal))
        desk = sockets.enter_context(console(at["console"], client))
        name = in_call(line, desk)
        lost.kill()
        if who == "station":
            line = sockets.enter_context(link(leader, terminal, call=CALL))
            line.send(rung_again(name))
        else:
            desk = sockets.enter_context(console(leader, client))
            desk.send(type="resume", call=CALL)
            desk.get("accepted")
        assert line.get(Answered).by == name
        talk(line, desk, 1)
        over(line, desk)


def test_redis_is_restarted_in_mid_call(town: City, bus: RedisServer) -> None:
    leader = town.leader()
    here = town.other(leader)
    with link(here, town.terminal()) as line, console(leader, town.staff(leader)) as desk:
        in_call(line, desk)
        bus.stop()
        here.until(bus="down")
        bus.start()
        town.leader()
        here.until(bus="up", standing="following")
        talk(line, desk, 1)
        over(line, desk)


def test_without_redis_calls_of_one_process_go_on_and_others_wait_for_it(town: City, bus: RedisServer) -> None:
    """It says so, a new call within a process works, and a call across goes on when Redis is there again."""
    leader = town.leader()
    here = town.other(leader)
    other = "01a2108b-1c11-7757-a23c-a2a668e46f66"
    with ExitStack() as sockets:
        line = sockets.enter_context(link(here, town.terminal()))
        desk = sockets.enter_context(console(leader, town.staff(leader)))
        near = sockets.enter_context(console(here, town.staff(here)))
        line2 = sockets.enter_context(link(here, town.terminal("WX-0002")))
        in_call(line, desk)
        bus.stop()
        for process in (leader, here):
            process.until(bus="down", standing="alone", ready=True)  # type: ignore[arg-type]
        line2.send(Ring(call=other, topic="help"))
        near.get("calls", lambda m: any(row["call"] == other for row in m["calls"]))
        near.send(type="answer", call=other)
        line2.get(Answered)
        near.send(type="text", call=other, text="没有总线", id="x")
        assert line2.get(CallText).text == "没有总线"
        bus.start()
        town.leader()
        for process in (leader, here):
            process.until(bus="up")
        talk(line, desk, 1)
        line2.send(Signal(call=other, data={"after": True}))
        near.get("signal", lambda m: m["data"] == {"after": True})
        over(line, desk)


def test_a_link_at_another_process_takes_the_place_of_one_nobody_knows_is_dead(town: City) -> None:
    first, second = town.processes
    terminal = town.terminal()
    with link(first, terminal) as old, link(second, terminal) as new:
        with pytest.raises(ConnectionClosed):
            old.get(CallEnd)
        assert old.socket.close_code == CLOSE_REPLACED
        with console(first, town.staff(first)) as desk:
            in_call(new, desk)


def test_presence_and_revocation_hold_at_every_process(town: City) -> None:
    first, second = town.processes
    terminal = town.terminal()
    asked = town.staff(second, "administrator")

    def live() -> bool:
        (row,) = asked.get("/api/console/fleet").json()["stations"]
        return bool(row["live"])

    with link(first, terminal) as line:
        while not live():
            pass
        assert asked.post("/api/stations/WX-0001/revoke").status_code == 200
        with pytest.raises(ConnectionClosed):
            line.get(CallEnd)
        assert line.socket.close_code == CLOSE_REVOKED
    while live():
        pass


def test_a_command_reaches_the_process_that_has_the_link(town: City) -> None:
    first, second = town.processes
    client = town.staff(second)
    asked: dict[str, Any] = {}
    with link(first, town.terminal()) as line:

        def ask() -> None:
            asked["answer"] = client.post("/api/console/stations/WX-0001/commands/say_hello")

        thread = threading.Thread(target=ask)
        thread.start()
        line.send(CommandDone(id=line.get(Command).id, code="done"))
        thread.join()
    assert asked["answer"].json() == {"code": "done"}
    assert client.post("/api/console/stations/WX-0009/commands/say_hello").json()["code"] == "link.station_away"


# -- alarms -----------------------------------------------------------------------------------------------------------


def test_an_alarm_at_one_process_is_taken_at_another(town: City) -> None:
    """Through the database alone: the bus may be away."""
    here, there = town.processes
    duty = town.staff(there)
    with link(here, town.terminal()) as line, console(there, duty, ALARMS) as window:
        line.send(Alarm(incident=CALL, source=AlarmSource.SCREEN, raised=town.hub.now()))
        window.get("alarms", lambda message: [row["rings"] for row in message["alarms"]] == [True])
        assert duty.post(f"/api/console/alarms/{CALL}/acknowledge").status_code == 200
        while not (state := line.get(AlarmState)).acknowledged_by:
            pass
        assert state.acknowledged_by == "staff1"
        here.kill()
        with link(there, town.terminal("WX-0002")) as other:
            other.send(AlarmTest(test=CALL))
            window.get("test")
            window.send(type="tested", test=CALL)
            assert other.get(AlarmTested).consoles == 1
        assert duty.post(f"/api/console/alarms/{CALL}/close", json={"reason": "好了"}).status_code == 200
        window.get("alarms", lambda message: message["alarms"] == [])


def test_a_test_reaches_a_window_at_another_process(town: City) -> None:
    here, there = town.processes
    duty = town.staff(there)
    with link(here, town.terminal()) as line, console(there, duty, ALARMS) as window:
        window.get("alarms")
        asking = town.staff(here)
        while not any(one["here"] for one in asking.get("/api/console/alarms/colleagues").json()):
            pass  # until the other process knows of this window
        line.send(AlarmTest(test=CALL))
        window.get("test")
        window.send(type="tested", test=CALL)
        assert line.get(AlarmTested).consoles == 1


def test_whoever_answers_an_alarm_call_at_another_process_has_the_alarm(town: City) -> None:
    here, there = town.processes
    duty = town.staff(there)
    with link(here, town.terminal()) as line, console(there, duty) as desk, console(there, duty, ALARMS) as window:
        line.send(Alarm(incident=CALL, source=AlarmSource.SCREEN, raised=town.hub.now(), call=CALL))
        window.get("alarms", lambda message: len(message["alarms"]) == 1)
        line.send(Ring(call=CALL, topic="alarm"))
        desk.get("calls", lambda m: any(row["call"] == CALL for row in m["calls"]))
        desk.send(type="answer", call=CALL)
        line.get(Answered)
        window.get("alarms", lambda message: [row["holder"] for row in message["alarms"]] == ["staff1"])
