"""A line that does to HTTP what lines in the field do: cuts, silence, portals, errors of others, echoes. For tests."""

import random
import socket
import threading
import time
from collections import Counter

_PORTAL = b"<html><head><title>Welcome to Free WiFi</title></head><body>Accept our terms</body></html>"
_TROUBLE = (
    "cut the request", "cut the answer", "swallow", "portal", "redirect", "502", "500", "drip", "twice", "half open",
    "garbage",
)  # fmt: skip


class BadLine:
    """A relay on loopback in front of a hub. One request a connection; `calm` lets everything through."""

    def __init__(self, port: int, seed: int, trouble: float = 0.6) -> None:
        self._target = port
        self._chance = random.Random(seed)
        self._trouble = trouble
        self._lock = threading.Lock()
        self.calm = False
        self.seen: Counter[str] = Counter()
        self.requests: list[bytes] = []  # whole ones that reached the hub
        self._server = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._server.getsockname()[1]}"
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()
        self._open: list[threading.Thread] = []

    def close(self) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join(10)
        for thread in self._open:
            thread.join(10)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(client,), daemon=True)
            self._open.append(thread)
            thread.start()

    def _draw(self) -> tuple[str, float]:
        with self._lock:
            if self.calm or self._chance.random() > self._trouble:
                return "through", 0.0
            return self._chance.choice(_TROUBLE), self._chance.random()

    def _serve(self, client: socket.socket) -> None:
        what, share = self._draw()
        self.seen[what] += 1
        with client:
            client.settimeout(5)
            try:
                request = _read(client)
                if request:
                    self._do(what, share, client, request)
            except OSError:
                pass

    def _do(self, what: str, share: float, client: socket.socket, request: bytes) -> None:
        match what:
            case "swallow":  # nothing is ever answered; the terminal gives up
                time.sleep(0.4)
            case "portal":
                client.sendall(_answer("200 OK", "text/html", _PORTAL))
            case "redirect":
                client.sendall(b"HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\nContent-Length: 0\r\n\r\n")
            case "502" | "500":
                client.sendall(_answer(f"{what} Oh", "text/html", b"<h1>nginx</h1>"))
            case "garbage":
                client.sendall(random.Random(share).randbytes(200))
            case "cut the request":
                _forward(self._target, request[: int(len(request) * share)], cut=True)
            case "half open":  # the hub hears all of it, and the way back is dead
                _forward(self._target, request)
                self.requests.append(request)
                time.sleep(0.4)
            case _:
                self._through(what, share, client, request)

    def _through(self, what: str, share: float, client: socket.socket, request: bytes) -> None:
        if what == "twice":
            _forward(self._target, request)
        answer = _forward(self._target, request)
        self.requests.append(request)
        if what == "cut the answer":
            client.sendall(answer[: int(len(answer) * share)])
        elif what == "drip":
            for at in range(0, min(len(answer), 60), 3):
                client.sendall(answer[at : at + 3])
                time.sleep(0.002)
            client.sendall(answer[60:])
        else:
            client.sendall(answer)


def _answer(status: str, kind: str, body: bytes) -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def _read(client: socket.socket) -> bytes:
    """One whole request, told to be the only one of its connection."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = client.recv(65536)
        if not piece:
            return b""
        data += piece
    head, body = data.split(b"\r\n\r\n", 1)
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
    length = next((int(v) for k, _, v in (line.partition(b":") for line in lines) if k.lower() == b"content-length"), 0)
    while len(body) < length:
        piece = client.recv(65536)
        if not piece:
            return b""
        body += piece
    return b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n" + body


def _forward(port: int, request: bytes, cut: bool = False) -> bytes:
    """Send to the hub, and read all that it answers."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as hub:
        hub.sendall(request)
        if cut:
            return b""
        answer = b""
        while piece := hub.recv(65536):
            answer += piece
        return answer
