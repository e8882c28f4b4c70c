"""The gateway that is told of an alarm nobody has acknowledged: a real HTTP server that fails first."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from hub.alarm_desk import PATH
from hub.alarm_gateway import signature
from kiosk.protocol.folder import PlainDocument
from tests.hub.test_alarm import ONE, alarm, deed, line, row
from tests.hub.test_intercom import Line, console

__all__ = ["line"]


class Gateway(ThreadingHTTPServer):
    """An SMS gateway: what it was told, and what it answers."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.told: list[tuple[dict[str, str], bytes]] = []
        self.answers = [503, 302, 204]
        self.thread = threading.Thread(target=self.serve_forever, args=(0.05,))
        self.thread.start()

    def close(self) -> None:
        self.shutdown()
        self.thread.join(10)
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.told.append(({k.lower(): v for k, v in self.headers.items()}, body))
        status = self.server.answers[min(len(self.server.told), len(self.server.answers)) - 1]
        self.send_response(status)
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    opened = Gateway()
    yield opened
    opened.close()


@pytest.fixture
def hub_config(hub_config: Any, gateway: Gateway) -> Any:
    url = f"http://127.0.0.1:{gateway.server_port}/sms"
    return hub_config.model_copy(update={"alarm_gateway_url": url, "alarm_gateway_secret": "whsec_c2VjcmV0"})


def test_the_gateway_is_told_again_until_it_has_heard(
    server: Any, line: Line, staff: Callable[..., httpx.Client], hub_time: Any, gateway: Gateway
) -> None:
    names = {"name": {"zh_CN": "惠山古镇驿站"}, "address": {"zh_CN": "直街 1 号"}}
    server.hub.catalogue.publish(
        [PlainDocument(kind="station_settings", id="WX-0001", station="WX-0001", body=names)], owner="t"
    )
    with console(server, staff("duty"), PATH) as window:
        line.send(alarm(server, drill=True))
        row(window)
        hub_time.advance(61)
        assert row(window, lambda one: one["gateway"] == "failed")["gateway_problem"] == "HTTP 503"
        hub_time.advance(6)
        row(window, lambda one: one["gateway_problem"] == "HTTP 302")  # a redirect is followed nowhere
        hub_time.advance(16)
        row(window, lambda one: one["gateway"] == "reached")
        hub_time.advance(1000)
        deed(staff("duty"), "acknowledge")
        row(window, lambda one: one["holder"] != "")
    assert len(gateway.told) == 3
    headers, body = gateway.told[0]
    assert {headers["webhook-id"] for headers, _ in gateway.told} == {ONE}
    assert headers["webhook-signature"] == signature("secret", ONE, int(headers["webhook-timestamp"]), body)
    data = json.loads(body)["data"]
    assert (data["station"], data["name"], data["address"], data["drill"]) == (
        "WX-0001",
        "惠山古镇驿站",
        "直街 1 号",
        True,
    )


def test_the_signature_is_that_of_the_standard() -> None:
    """The example of the specification, with its own secret."""
    told = signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
    )
    assert told == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
