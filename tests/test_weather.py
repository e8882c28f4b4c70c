"""The bad networks that calls are tested with are as bad as they say."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.weather import Weather


@pytest.fixture
def echo() -> Iterator[int]:
    """A server that answers what it is sent, by datagram."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))

    def answer() -> None:
        while True:
            data, client = server.recvfrom(2048)
            if not data:
                return
            server.sendto(data, client)

    thread = threading.Thread(target=answer)
    thread.start()
    yield server.getsockname()[1]
    server.sendto(b"", server.getsockname())
    thread.join()
    server.close()


@pytest.fixture
def air(echo: int) -> Iterator[tuple[Weather, socket.socket]]:
    weather = Weather("udp", echo)
    client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    client.settimeout(0.5)
    client.connect(("127.0.0.1", weather.port))
    yield weather, client
    client.close()
    weather.close()


def back(client: socket.socket) -> list[bytes]:
    found = []
    with suppress(TimeoutError):
        while True:
            found.append(client.recv(2048))
    return found


def test_fair_weather_brings_everything_in_order(air: tuple[Weather, socket.socket]) -> None:
    _, client = air
    sent = [b"%d" % number for number in range(1, 200)]
    for data in sent:
        client.send(data)
    assert back(client) == sent


def test_loss_is_what_it_is_said_to_be_each_way(air: tuple[Weather, socket.socket]) -> None:
    weather, client = air
    weather.set(loss=0.1)
    client.settimeout(0.1)
    came = 0
    for _ in range(10):
        for number in range(1, 101):
            client.send(b"%d" % number)
        came += len(back(client))  # before there are more than a socket keeps
    assert 700 < came < 900  # 0.9 there and 0.9 back are 0.81
    assert weather.lost == pytest.approx(weather.seen * 0.1, rel=0.25)


def test_delay_is_at_least_what_it_is_said_to_be(air: tuple[Weather, socket.socket]) -> None:
    weather, client = air
    weather.set(delay=0.05)
    begun = time.monotonic()
    client.send(b"x")
    assert client.recv(10) == b"x"
    assert time.monotonic() - begun >= 0.1


def test_a_narrow_line_drops_what_does_not_fit(air: tuple[Weather, socket.socket]) -> None:
    weather, client = air
    weather.set(rate=80_000)  # 10 KB a second; a quarter of a second of them may wait
    for _ in range(20):
        client.send(bytes(1000))
    assert len(back(client)) in (2, 3)


def test_an_outage_and_its_end(air: tuple[Weather, socket.socket]) -> None:
    weather, client = air
    weather.set(out=True)
    client.send(b"lost")
    assert back(client) == []
    weather.set()
    client.send(b"found")
    assert back(client) == [b"found"]


def test_a_stream_stands_still_in_an_outage_and_loses_nothing() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    weather = Weather("tcp", listener.getsockname()[1])
    try:
        client = socket.create_connection(("127.0.0.1", weather.port))
        server, _ = listener.accept()
        with client, server:
            weather.set(out=True)
            client.sendall(b"hello")
            server.settimeout(0.3)
            with pytest.raises(TimeoutError):
                server.recv(10)
            weather.set()
            server.settimeout(5)
            assert server.recv(10) == b"hello"
            weather.cut()
            assert server.recv(10) == b""
    finally:
        weather.close()
        listener.close()
