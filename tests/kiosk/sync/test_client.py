"""What the terminal makes of a hub, or of something that answers in its place."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kiosk.clock import ManualClock, SystemClock
from kiosk.config import HubConfig
from kiosk.errors import HubRefused, HubUnreachable, KioskError
from kiosk.identity import Identity
from kiosk.protocol.catalogue import FileRef
from kiosk.protocol.journal import Batch
from kiosk.protocol.signing import SignatureRefused, read_headers, verify_request
from kiosk.protocol.station import SessionStarted
from kiosk.storage import Store
from kiosk.storage.files import FileDamaged, FileStore
from kiosk.sync.client import HubClient

Answer = Callable[[BaseHTTPRequestHandler, bytes], None]


@contextmanager
def server(answer: Answer) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            answer(self, b"")

        def do_POST(self) -> None:
            answer(self, self.rfile.read(int(self.headers.get("Content-Length", 0))))

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{httpd.server_address[1]}"
    finally:
        httpd.shutdown()
        thread.join()
        httpd.server_close()


def reply(handler: BaseHTTPRequestHandler, status: int, kind: str, body: bytes, length: int | None = None) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body) if length is None else length))
    handler.end_headers()
    handler.wfile.write(body)


@pytest.fixture
def identity(tmp_path: Path) -> Identity:
    made = Identity(tmp_path)
    made.enrolled("WX-0001", "")
    return made


def client_for(url: str, identity: Identity) -> HubClient:
    return HubClient(HubConfig(url=url, timeout_seconds=2), identity, ManualClock())


@pytest.mark.parametrize(
    ("status", "kind", "body"),
    [
        (200, "text/html", b"<html>please log in to the wi-fi</html>"),
        (200, "application/json", b"<html>"),
        (302, "text/html", b""),
        (500, "text/plain", b"boom"),
        (502, "application/json", b"[1]"),
    ],
)
def test_an_answer_that_is_not_a_hubs_is_a_refusal(identity: Identity, status: int, kind: str, body: bytes) -> None:
    with server(lambda h, _: reply(h, status, kind, body)) as url:
        client = client_for(url, identity)
        with pytest.raises(HubRefused):
            client.catalogue(0)
        client.close()


def test_no_hub_at_all_is_unreachable(identity: Identity) -> None:
    with server(lambda h, _: None) as url:
        pass
    client = client_for(url, identity)
    with pytest.raises(HubUnreachable):
        client.catalogue(0)
    client.close()


def test_every_request_is_signed_over_what_is_sent(identity: Identity, store: Store) -> None:
    seen: list[tuple[str, bytes, dict[str, str]]] = []

    def answer(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        seen.append((handler.path, body, dict(handler.headers)))
        claim = read_headers(handler.headers)  # type: ignore[arg-type]
        verify_request(claim, identity.public_key, handler.command, handler.path, body, ManualClock().now())
        with pytest.raises(SignatureRefused):
            verify_request(claim, identity.public_key, handler.command, handler.path, body + b"x", ManualClock().now())
        text = json.dumps({"acknowledged": 1, "hub_time": "2026-12-01T08:00:00Z"}).encode()
        reply(handler, 200, "application/json", text)

    entry = store.append(SessionStarted(session="s"))
    with server(answer) as url:
        client = client_for(url, identity)
        assert client.push(Batch(entries=[entry])).acknowledged == 1
        client.close()
    assert seen[0][2]["Content-Encoding"] == "gzip"


def test_the_hubs_time_in_a_refusal_corrects_the_trust_in_our_clock(tmp_path: Path, identity: Identity) -> None:
    clock = SystemClock()
    problem = json.dumps({"title": "x", "code": "signature.skew", "hub_time": "2031-01-01T00:00:00+00:00"}).encode()
    with server(lambda h, _: reply(h, 401, "application/problem+json", problem)) as url:
        client = HubClient(HubConfig(url=url), identity, clock)
        with pytest.raises(HubRefused) as refused:
            client.catalogue(0)
        client.close()
    assert refused.value.details["problem"] == "signature.skew"
    assert clock.quality().value == "held"


def test_a_file_cut_half_way_is_resumed_and_verified(tmp_path: Path, identity: Identity) -> None:
    data = bytes(range(256)) * 4096
    ref = FileRef(sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    asked: list[str] = []

    def answer(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        asked.append(handler.headers["Range"])
        start = int(handler.headers["Range"].split("=")[1].rstrip("-"))
        if len(asked) == 1:  # promise everything, send half, hang up
            reply(handler, 206, "application/octet-stream", data[: len(data) // 2], len(data))
            handler.close_connection = True
        else:
            reply(handler, 206, "application/octet-stream", data[start:])

    files = FileStore(tmp_path / "files")
    with server(answer) as url:
        client = client_for(url, identity)

        def fetch() -> Path:
            offset, chunks = client.file(ref, files.have(ref.sha256))
            return files.add(ref, chunks, offset)

        with pytest.raises(KioskError):
            fetch()
        assert files.path(ref.sha256) is None
        path = fetch()
        client.close()
    assert path.read_bytes() == data
    assert asked[0] == "bytes=0-"
    assert int(asked[1].removeprefix("bytes=").rstrip("-")) > 0


def test_a_file_with_a_flipped_bit_is_thrown_away(tmp_path: Path) -> None:
    data = b"a" * 1000
    ref = FileRef(sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    files = FileStore(tmp_path / "files")
    with pytest.raises(FileDamaged):
        files.add(ref, iter([b"a" * 999 + b"b"]))
    assert files.have(ref.sha256) == 0
    with pytest.raises(FileDamaged):
        files.add(ref, iter([b"a" * 400]))
    assert files.have(ref.sha256) == 400
    assert files.add(ref, iter([b"a" * 600]), 400).read_bytes() == data
    with pytest.raises(FileDamaged):
        FileStore(tmp_path / "other").add(ref, iter([data, b"more"]))
