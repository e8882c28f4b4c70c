"""The terminal's end of the live link against a hub that behaves, and against everything else."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from websockets.datastructures import Headers
from websockets.http11 import Request, Response
from websockets.sync.server import Server, ServerConnection, serve

from kiosk.clock import ManualClock, SystemClock
from kiosk.config import HubConfig
from kiosk.errors import DeviceError
from kiosk.events import EventBus, LinkChanged
from kiosk.identity import Identity
from kiosk.network import Network
from kiosk.protocol.health import Beat, Goodbye, Health
from kiosk.protocol.intercom import CallText
from kiosk.protocol.link import Command, CommandDone, Hello, LinkMessage, News, Welcome, read_message, write_message
from kiosk.protocol.signing import read_headers, verify_request
from kiosk.sync import link as link_module
from kiosk.sync import pulse
from kiosk.sync.link import Link
from tests.weather import Weather

NOW = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
CALL = "01a2108b-1c11-7757-a23c-a2a668e46f55"
WAIT = 20.0
Talk = Callable[[ServerConnection], None]
Gate = Callable[[ServerConnection, Request], Response | None]


class Probe:
    """Collects what happens; `wait` waits for a condition on it."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.seen: list[Any] = []

    def __call__(self, thing: Any = "nudge") -> None:
        if isinstance(thing, Beat):  # every minute; a test of its own looks at them
            return
        with self._changed:
            self.seen.append(thing)
            self._changed.notify_all()

    def wait(self, condition: Callable[[list[Any]], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: condition(self.seen), WAIT), self.seen


@contextmanager
def hub(talk: Talk, gate: Gate | None = None) -> Iterator[tuple[str, Server]]:
    server = serve(talk, "127.0.0.1", 0, process_request=gate)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.socket.getsockname()[1]}", server
    finally:
        server.shutdown()
        thread.join()


class Terminal:
    def __init__(self, url: str, folder: Path, clock: Any = None) -> None:
        self.identity = Identity(folder)
        self.identity.enrolled("WX-0001", url)
        self.bus, self.network = EventBus(), Network()
        self.messages, self.links, self.nudges = Probe(), Probe(), Probe()
        self.bus.subscribe(LinkChanged, lambda event: self.links(event.online))
        self.link = Link(
            HubConfig(url=url, timeout_seconds=5), self.identity, clock or ManualClock(NOW), self.network, self.bus,
            hello=lambda: Hello(version="t", call=CALL), on_message=self.messages, nudge=self.nudges,
        )  # fmt: skip

    def __enter__(self) -> "Terminal":
        self.network.start()
        self.link.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.link.stop()
        self.network.stop()


@pytest.fixture(autouse=True)
def _quick_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_module, "_FIRST_RETRY", 0.01)
    monkeypatch.setattr(link_module, "_LAST_RETRY", 0.02)


def welcome(socket: ServerConnection) -> LinkMessage | None:
    hello = read_message(socket.recv())
    socket.send(write_message(Welcome(hub_time=NOW)))
    return hello


def test_the_handshake_is_signed_and_both_sides_say_who_they_are(tmp_path: Path) -> None:
    got = Probe()

    def gate(_: ServerConnection, request: Request) -> None:
        got((request.path, dict(request.headers)))

    def talk(socket: ServerConnection) -> None:
        got(welcome(socket))
        for frame in socket:
            got(read_message(frame))

    with hub(talk, gate) as (url, _), Terminal(url, tmp_path) as terminal:
        terminal.links.wait(lambda seen: seen == [True])
        terminal.link.send(CallText(call=CALL, text="您好"))
        got.wait(lambda seen: len(seen) == 3)
        assert terminal.nudges.seen == ["nudge"]
        path, headers = got.seen[0]
        verify_request(read_headers(Headers(headers)), terminal.identity.public_key, "GET", path, b"", NOW)
    assert got.seen[1:3] == [Hello(version="t", call=CALL), CallText(call=CALL, text="您好")]


def test_news_nudge_and_messages_are_handed_on(tmp_path: Path) -> None:
    def talk(socket: ServerConnection) -> None:
        welcome(socket)
        socket.send(write_message(News(about="catalogue")))
        socket.send(write_message(CallText(call=CALL, text="a")))
        for _ in socket:
            pass

    with hub(talk) as (url, _), Terminal(url, tmp_path) as terminal:
        terminal.messages.wait(lambda seen: seen == [CallText(call=CALL, text="a")])
        assert terminal.nudges.seen == ["nudge", "nudge"]


def test_nonsense_is_skipped_and_a_flood_of_it_is_left(tmp_path: Path) -> None:
    connections = Probe()

    def talk(socket: ServerConnection) -> None:
        connections("came")
        welcome(socket)
        if len(connections.seen) == 1:
            for frame in ("{", "[]", "{}", '{"type":"call_text","call":"x"}', '{"type":"from_the_future"}', b"\0\1"):
                socket.send(frame)
            socket.send(write_message(CallText(call=CALL, text="still here")))
        else:
            for _ in range(30):
                socket.send("<html>")
        for _ in socket:
            pass

    with hub(talk) as (url, _), Terminal(url, tmp_path) as terminal:
        terminal.messages.wait(lambda seen: len(seen) == 1)
        assert terminal.link.online
    with hub(talk) as (url, _), Terminal(url, tmp_path) as terminal:
        connections.wait(lambda seen: len(seen) >= 3)  # left, and tried again
        assert terminal.messages.seen == []


@pytest.mark.parametrize(
    "gate",
    [
        lambda s, r: s.respond(HTTPStatus.OK, "<html>please sign in to the wi-fi</html>"),
        lambda s, r: s.respond(HTTPStatus.UNAUTHORIZED, json.dumps({"code": "signature.unknown"})),
        lambda s, r: s.respond(HTTPStatus.INTERNAL_SERVER_ERROR, "[1]"),
        lambda s, r: Response(302, "Found", Headers({"Location": "http://127.0.0.1:9/"}), b""),
    ],
)
def test_an_answer_that_is_not_a_hubs_is_tried_again_later(tmp_path: Path, gate: Gate) -> None:
    tries = Probe()

    def counted(socket: ServerConnection, request: Request) -> Response | None:
        tries(len(tries.seen))
        return gate(socket, request) if len(tries.seen) < 4 else None

    def talk(socket: ServerConnection) -> None:
        welcome(socket)
        for _ in socket:
            pass

    with hub(talk, counted) as (url, _), Terminal(url, tmp_path) as terminal:
        terminal.links.wait(lambda seen: seen == [True])
    assert len(tries.seen) == 4
    assert terminal.links.seen == [True, False]


def test_no_hub_at_all_then_one(tmp_path: Path) -> None:
    with hub(lambda s: None) as (url, _):
        pass
    with Terminal(url, tmp_path) as terminal:
        terminal.link.send(CallText(call=CALL, text="into the wind"))
        terminal.link.hurry()
        assert terminal.links.seen == []


def test_a_dropped_line_is_told_and_taken_up_again(tmp_path: Path) -> None:
    def talk(socket: ServerConnection) -> None:
        welcome(socket)
        socket.close_socket() if first.pop() else [None for _ in socket]

    first = [False, True]
    with hub(talk) as (url, _), Terminal(url, tmp_path) as terminal:
        terminal.links.wait(lambda seen: seen == [True, False, True])


def test_a_line_that_died_without_a_word_is_given_up_when_somebody_needs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulse, "_AT_ONCE_SECONDS", 0.2)

    def talk(socket: ServerConnection) -> None:
        welcome(socket)
        for _ in socket:
            pass

    with hub(talk) as (_, server):
        weather = Weather("tcp", server.socket.getsockname()[1])
        try:
            with Terminal(f"http://127.0.0.1:{weather.port}", tmp_path) as terminal:
                terminal.links.wait(lambda seen: seen == [True])
                weather.set(out=True)
                terminal.link.hurry()
                terminal.links.wait(lambda seen: seen == [True, False])
                weather.set()
                terminal.links.wait(lambda seen: seen == [True, False, True])
        finally:
            weather.close()


def test_a_station_that_is_not_enrolled_stays_silent(tmp_path: Path) -> None:
    tries = Probe()
    with hub(lambda s: tries()) as (url, _):
        terminal = Terminal(url, tmp_path)
        (tmp_path / "station.json").unlink()
        terminal.identity = Identity(tmp_path)
        terminal.link._identity = terminal.identity
        with terminal:
            terminal.link.hurry()
    assert tries.seen == []


def test_commands_are_done_in_time_by_name_or_not_at_all(tmp_path: Path) -> None:
    answers, done = Probe(), Probe()

    def talk(socket: ServerConnection) -> None:
        welcome(socket)
        for name, seconds in (("blink", 5), ("blink", -1), ("open_door", 5), ("jam", 5), ("break", 5)):
            order = Command(id=f"{name}{seconds}", name=name, by="小王", expires=NOW + timedelta(seconds=seconds))
            socket.send(write_message(order))
        for frame in socket:
            answers(read_message(frame))

    def jam(_: dict[str, Any]) -> None:
        raise DeviceError(problem="jammed")

    with hub(talk) as (url, _):
        # The wall clock of this terminal is a year behind: lateness is judged by the hub's time.
        terminal = Terminal(url, tmp_path, ManualClock(NOW - timedelta(days=365)))
        terminal.link.on_command("blink", done)
        terminal.link.on_command("jam", jam)
        terminal.link.on_command("break", lambda args: 1 / 0)  # type: ignore[arg-type,return-value]
        with terminal:
            answers.wait(lambda seen: len(seen) == 5)
    assert [(a.id, a.code) for a in answers.seen if isinstance(a, CommandDone)] == [
        ("blink5", "done"), ("blink-1", "expired"), ("open_door5", "unknown"), ("jam5", "device.failed"),
        ("break5", "unexpected"),
    ]  # fmt: skip
    assert done.seen == [{}]


def test_the_last_words_are_said_before_the_line_is_closed(tmp_path: Path) -> None:
    got = Probe()

    def talk(socket: ServerConnection) -> None:
        welcome(socket)
        for frame in socket:
            got(read_message(frame))
        got("closed")

    with hub(talk) as (url, _):
        with Terminal(url, tmp_path) as terminal:
            terminal.links.wait(lambda seen: seen == [True])
            terminal.link.send(CallText(call=CALL, text="bye"))
        got.wait(lambda seen: len(seen) == 3)
    assert got.seen == [CallText(call=CALL, text="bye"), Goodbye(), "closed"]


def test_the_terminal_says_how_it_is_and_again_when_something_falls_ill(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link_module, "_LOOK_SECONDS", 0.01)
    said: list[Health] = []
    changed = threading.Condition()
    devices = {"camera": "well"}

    def talk(socket: ServerConnection) -> None:
        welcome(socket)
        for frame in socket:
            if isinstance(message := read_message(frame), Beat):
                with changed:
                    said.append(message.health)
                    changed.notify_all()

    with hub(talk) as (url, _):
        terminal = Terminal(url, tmp_path)
        terminal.link._health = lambda: Health.model_validate({"version": "t", "devices": dict(devices)})
        with terminal, changed:
            assert changed.wait_for(lambda: len(said) == 1, WAIT)
            devices["camera"] = "sick"
            assert changed.wait_for(lambda: said[-1].sick == ("camera",), WAIT)
    assert [health.sick for health in said[:2]] == [(), ("camera",)]


def test_the_hubs_time_makes_the_clock_trusted(tmp_path: Path) -> None:
    clock = SystemClock()

    def talk(socket: ServerConnection) -> None:
        socket.recv()
        socket.send(write_message(Welcome(hub_time=datetime.now(UTC))))
        for _ in socket:
            pass

    with hub(talk) as (url, _), Terminal(url, tmp_path, clock) as terminal:
        terminal.links.wait(lambda seen: seen == [True])
        assert clock.quality().value == "synced"
