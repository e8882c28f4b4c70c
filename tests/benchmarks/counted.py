"""A relay on loopback that counts what goes over it, for figures of traffic."""

import contextlib
import socket
import threading
import time
from dataclasses import dataclass, field

HEADER = 52  # bytes of IPv4 (20) and of TCP with its timestamps (32) before every segment
SEGMENT = 1400  # bytes of data in one
DELAYED = 0.04  # seconds a receiver waits for an answer that could carry its acknowledgement
OPEN_AND_CLOSE = 7  # segments without data that a connection has: three to open it, four to close it
TLS_RECORD = 22  # bytes: header, content type and tag of a record of TLS 1.3
TLS_OPEN = 4_800  # bytes of data: a whole handshake with a chain of two ECDSA certificates, and two tickets


@dataclass
class Traffic:
    """What went over one connection, or over several. `parts` are pieces as they came, each a write of one side."""

    up: int = 0
    down: int = 0
    parts: int = 0
    segments: int = 0
    acknowledgements: int = 0  # segments of their own; one that an answer carries is none
    connections: int = 0

    def __add__(self, other: "Traffic") -> "Traffic":
        return Traffic(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    def __sub__(self, other: "Traffic") -> "Traffic":
        return Traffic(*(getattr(self, name) - getattr(other, name) for name in self.__dataclass_fields__))

    @property
    def data(self) -> int:
        """Bytes of data, both ways."""
        return self.up + self.down

    @property
    def wire(self) -> int:
        """Bytes with the estimated headers of all segments and of what opens and closes a connection."""
        return self.data + HEADER * (self.segments + self.acknowledgements + OPEN_AND_CLOSE * self.connections)

    @property
    def wire_tls(self) -> int:
        """An estimate of the same over TLS, where every new connection shakes hands in full."""
        return self.wire + TLS_RECORD * self.parts + (TLS_OPEN + 8 * HEADER) * self.connections


@dataclass
class _Line:
    """One connection. `last` is when a piece came and whether it went up."""

    traffic: Traffic = field(default_factory=lambda: Traffic(connections=1))
    last: tuple[float, bool] = (0.0, False)


class Counted:
    """In front of a server on this machine; `url` is where to connect instead."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._lock = threading.Lock()
        self._lines: list[_Line] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._server.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def total(self) -> Traffic:
        """Everything so far."""
        with self._lock:
            return sum((line.traffic for line in self._lines), Traffic())

    def close(self) -> None:
        self._server.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                client.close()
                continue
            line = _Line()
            with self._lock:
                self._lines.append(line)
            for one in (client, server):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for source, sink, up in ((client, server, True), (server, client, False)):
                threading.Thread(target=self._carry, args=(line, source, sink, up), daemon=True).start()

    def _carry(self, line: _Line, source: socket.socket, sink: socket.socket, up: bool) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(1 << 18):
                self._count(line, len(piece), up)
                sink.sendall(piece)
        with contextlib.suppress(OSError):
            sink.shutdown(socket.SHUT_WR)

    def _count(self, line: _Line, size: int, up: bool) -> None:
        segments, now = -(-size // SEGMENT), time.monotonic()
        with self._lock:
            at, was_up = line.last
            carried = was_up != up and now - at < DELAYED
            line.last = now, up
            line.traffic += Traffic(
                up=size if up else 0,
                down=0 if up else size,
                parts=1,
                segments=segments,
                acknowledgements=-(-segments // 2) - carried,  # a receiver acknowledges every second segment
            )
