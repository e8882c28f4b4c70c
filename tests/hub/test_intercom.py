"""The live link and the console's socket of a real hub: who is let in, what gets through, what is kept."""

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from kiosk.protocol.intercom import Answered, CallEnd, EndReason, Ring, Ringing, Signal, turn_credentials
from kiosk.protocol.link import (
    CLOSE_FLOOD,
    CLOSE_REPLACED,
    CLOSE_SILENT,
    LINK_PATH,
    Command,
    CommandDone,
    Hello,
    LinkMessage,
    News,
    Welcome,
    read_message,
    write_message,
)

CALL = "01a2108b-1c11-7757-a23c-a2a668e46f55"
LIVE = "/api/console/calls/live"


class Line:
    """A terminal's end, by hand."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    def send(self, message: LinkMessage) -> None:
        self.socket.send(write_message(message))

    def get(self, kind: type[LinkMessage]) -> Any:
        """The next message of a kind; others are skipped."""
        while not isinstance(message := read_message(self.socket.recv(20)), kind):
            pass
        return message


class Console:
    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    def send(self, **message: Any) -> None:
        self.socket.send(json.dumps(message))

    def get(self, kind: str, where: Callable[[dict[str, Any]], bool] = lambda _: True) -> dict[str, Any]:
        while True:
            message: dict[str, Any] = json.loads(self.socket.recv(20))
            if message["type"] == kind and where(message):
                return message


def ws(server: Any, path: str) -> str:
    return f"ws://127.0.0.1:{server.port}{path}"


@contextmanager
def link(server: Any, terminal: Any, call: str = "") -> Iterator[Line]:
    with connect(ws(server, LINK_PATH), additional_headers=terminal.headers("GET", LINK_PATH), proxy=None) as socket:
        line = Line(socket)
        line.send(Hello(version="t", call=call))
        line.get(Welcome)
        yield line


@contextmanager
def console(server: Any, client: httpx.Client, path: str = LIVE) -> Iterator[Console]:
    cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    origin = f"http://127.0.0.1:{server.port}"
    with connect(
        ws(server, path),
        additional_headers={"Cookie": cookie},
        origin=origin,
        proxy=None,  # type: ignore[arg-type]
    ) as socket:
        yield Console(socket)


def refusal(server: Any, path: str, headers: dict[str, str], origin: str | None = None) -> tuple[int, str]:
    with (
        pytest.raises(InvalidStatus) as refused,
        connect(ws(server, path), additional_headers=headers, origin=origin, proxy=None),  # type: ignore[arg-type]
    ):
        pass
    answer = refused.value.response
    return answer.status_code, json.loads(bytes(answer.body or b"{}")).get("code", "")


def test_a_station_that_signs_is_present_while_it_is_linked(server: Any, terminal: Any) -> None:
    with link(server, terminal):
        assert server.hub.presence.live("WX-0001")
    with link(server, terminal) as again:  # the hub has seen the end of the first by the time it welcomes the second
        assert again.socket


@pytest.mark.parametrize("spoil", ["signature", "path", "unknown", "nothing"])
def test_nobody_else_gets_a_link(server: Any, terminal: Any, spoil: str) -> None:
    headers = terminal.headers("GET", LINK_PATH if spoil != "path" else "/api/catalogue")
    if spoil == "signature":
        headers["X-Signature"] = "00" * 64
    if spoil == "unknown":
        headers["X-Station"] = "WX-9999"
    status, code = refusal(server, LINK_PATH, {} if spoil == "nothing" else headers)
    assert status == 401
    assert code in ("signature.invalid", "station.unknown")


def test_a_handshake_that_was_overheard_opens_nothing(server: Any, terminal: Any) -> None:
    headers = terminal.headers("GET", LINK_PATH)
    with connect(ws(server, LINK_PATH), additional_headers=headers, proxy=None):
        assert refusal(server, LINK_PATH, headers) == (401, "signature.replayed")


def test_a_link_that_does_not_say_hello_is_closed(server: Any, terminal: Any) -> None:
    headers = terminal.headers("GET", LINK_PATH)
    with connect(ws(server, LINK_PATH), additional_headers=headers, proxy=None) as socket:
        socket.send('{"type":"welcome","hub_time":"2026-12-01T08:00:00Z"}')
        with pytest.raises(ConnectionClosed) as closed:
            socket.recv(20)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == CLOSE_SILENT


def test_a_flood_of_sense_ends_the_link_too(server: Any, terminal: Any) -> None:
    def flood(line: Line) -> None:
        for number in range(5000):
            line.send(Signal(call=CALL, data={"n": number}))
        line.get(Answered)

    with link(server, terminal) as line, pytest.raises(ConnectionClosed) as closed:
        flood(line)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == CLOSE_FLOOD


def test_nonsense_is_skipped_and_a_flood_of_it_ends_the_link(server: Any, terminal: Any) -> None:
    with link(server, terminal) as line:
        for frame in ("", "[", "{}", '{"type":"ring"}', '{"type":"later"}', b"\x00\xff"):
            line.socket.send(frame)
        line.send(Ring(call=CALL, topic="help"))
        assert line.get(Ringing) == Ringing(call=CALL, staff=0, free=0, position=1)
        with contextlib.suppress(ConnectionClosed):
            for _ in range(40):
                line.socket.send("<html>")
        with contextlib.suppress(ConnectionClosed):
            while True:
                line.socket.recv(20)
        assert line.socket.close_code == CLOSE_SILENT


def test_a_newer_link_takes_the_place_of_the_old_one(server: Any, terminal: Any) -> None:
    with link(server, terminal) as old, link(server, terminal) as new:
        with pytest.raises(ConnectionClosed) as closed:
            old.socket.recv(20)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == CLOSE_REPLACED
        new.send(Ring(call=CALL, topic="help"))
        assert new.get(Ringing)
        assert server.hub.presence.live("WX-0001")


def test_only_staff_on_duty_with_our_own_page_may_answer(server: Any, staff: Callable[..., httpx.Client]) -> None:
    origin = f"http://127.0.0.1:{server.port}"
    duty, publisher = staff("duty"), staff("publisher")
    cookies = [{"Cookie": "; ".join(f"{k}={v}" for k, v in c.cookies.items())} for c in (duty, publisher)]
    assert refusal(server, LIVE, {}, origin) == (401, "sign_in.needed")
    assert refusal(server, LIVE, cookies[1], origin) == (403, "not_allowed")
    assert refusal(server, LIVE, cookies[0], "http://evil.example") == (403, "csrf")
    assert refusal(server, LIVE, cookies[0]) == (403, "csrf")


def test_a_call_from_ring_to_record(server: Any, terminal: Any, staff: Callable[..., httpx.Client]) -> None:
    duty = staff("duty")
    with console(server, duty) as desk, link(server, terminal) as line:
        name = desk.get("welcome")["name"]
        line.send(Ring(call=CALL, topic="legal"))
        row = desk.get("calls", lambda m: bool(m["calls"]))["calls"][0]
        assert (row["call"], row["station"], row["topic"], row["rings"]) == (CALL, "WX-0001", "legal", True)
        desk.send(type="answer", call=CALL)
        assert line.get(Answered).by == name
        assert desk.get("accepted")["call"] == CALL
        line.send(Signal(call=CALL, data={"description": {"sdp": "v=0\r\n", "odd": "\ud800"}}))
        assert desk.get("signal")["data"]["description"] == {"sdp": "v=0\r\n", "odd": "\ud800"}
        desk.send(type="signal", call=CALL, data={"candidate": 1})
        assert line.get(Signal).data == {"candidate": 1}
        desk.send(type="hang_up", call=CALL)
        assert line.get(CallEnd).reason is EndReason.STAFF_HUNG_UP
    terminal.push(
        terminal.entry("call.started", call=CALL, topic="legal", session="s"),
        terminal.entry("call.answered", call=CALL, by=name, ring_seconds=3.5),
        terminal.entry("call.ended", call=CALL, reason="staff_hung_up", ring_seconds=3.5, talk_seconds=60, media=True),
    )
    (record,) = duty.get("/api/console/calls").json()
    assert (record["by_name"], record["reason"], record["talk_seconds"]) == (name, "staff_hung_up", 60)


def test_a_console_that_talks_nonsense_is_closed_and_its_call_kept_for_a_while(
    server: Any, terminal: Any, staff: Callable[..., httpx.Client]
) -> None:
    duty = staff("duty")
    with link(server, terminal) as line:
        with console(server, duty) as desk:
            line.send(Ring(call=CALL, topic="help"))
            desk.get("calls", lambda m: bool(m["calls"]))
            desk.send(type="answer", call=CALL)
            desk.get("accepted")
            desk.send(type="open_the_safe")
            with pytest.raises(ConnectionClosed):
                desk.get("never")
        with console(server, duty) as desk:
            desk.send(type="resume", call=CALL)
            assert desk.get("accepted")["call"] == CALL


def test_the_relays_credentials_are_made_for_one_end_of_one_call(
    server: Any, terminal: Any, staff: Callable[..., httpx.Client], hub_time: Any
) -> None:
    update = {"turn_urls": ("turn:desk.example.org:3478",), "turn_secret": "s3cret", "stun_urls": ("stun:x",)}
    server.hub.config = server.hub.config.model_copy(update=update)
    with console(server, staff("duty")) as desk, link(server, terminal) as line:
        line.send(Ring(call=CALL, topic="help"))
        desk.get("calls", lambda m: bool(m["calls"]))
        desk.send(type="answer", call=CALL)
        answered, accepted = line.get(Answered), desk.get("accepted")
    stun, turn = answered.ice
    expires = int(hub_time().timestamp()) + 300
    assert stun.urls == ["stun:x"]
    user = f"{CALL}-{answered.peer}-station"
    assert (turn.username, turn.credential) == turn_credentials(b"s3cret", user, expires)
    assert accepted["ice"][1]["username"] == f"{expires}:{CALL}-{accepted['peer']}"
    assert accepted["ice"][1]["credential"] != turn.credential


def test_stations_hear_of_what_is_published(server: Any, terminal: Any, staff: Callable[..., httpx.Client]) -> None:
    with link(server, terminal) as line:
        document = {"kind": "poster", "id": "p", "body": {"title": {"zh_CN": "海报"}}}
        answer = staff("publisher").post("/api/catalogue", json={"documents": [document]})
        assert answer.status_code == 200, answer.text
        assert line.get(News) == News(about="catalogue")


def test_a_command_reaches_the_terminal_with_a_name_and_an_end(
    server: Any, terminal: Any, staff: Callable[..., httpx.Client], hub_time: Any
) -> None:
    duty = staff("duty")
    path = "/api/console/stations/WX-0001/commands/sync"
    assert duty.post(path).json()["code"] == "link.station_away"
    with link(server, terminal) as line:
        answers: list[httpx.Response] = []
        asking = threading.Thread(target=lambda: answers.append(duty.post(path)))
        asking.start()
        command = line.get(Command)
        line.send(CommandDone(id=command.id, code="done"))
        asking.join(20)
    assert (command.name, (command.expires - hub_time()).total_seconds()) == ("sync", 10)
    assert command.by
    assert answers[0].json() == {"code": "done"}
