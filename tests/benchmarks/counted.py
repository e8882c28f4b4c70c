"""A relay on loopback that counts what goes over it, for figures of traffic."""

import contextlib
import socket
import threading
from dataclasses import dataclass

HEADER = 52  # bytes of IPv4 (20) and of TCP with its timestamps (32) before every segment
SEGMENT = 1400  # bytes of data in one
OPEN_AND_CLOSE = 7  # segments without data that a connection has: three to open it, four to close it
TLS_RECORD = 22  # bytes: header, content type and tag of a record of TLS 1.3
TLS_OPEN = 4_800  # bytes of data: a whole handshake with a chain of two ECDSA certificates, and two tickets


@dataclass
class Traffic:
    """What went over a relay. `parts` are pieces as they came, each a write of one side."""

    up: int = 0
    down: int = 0
    parts: int = 0
    segments: int = 0
    connections: int = 0

    @property
    def data(self) -> int:
        """Bytes of data, both ways."""
        return self.up + self.down

    @property
    def wire(self) -> int:
        """Bytes with the headers of all segments; each is acknowledged by one of its own, which is the dearest way."""
        return self.data + HEADER * (2 * self.segments + OPEN_AND_CLOSE * self.connections)

    @property
    def wire_tls(self) -> int:
        """An estimate of the same over TLS, where every new connection shakes hands in full."""
        return self.wire + TLS_RECORD * self.parts + (TLS_OPEN + 4 * 2 * HEADER) * self.connections


class Counted:
    """In front of a server on this machine. `traffic` grows; `url` is where to connect instead."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._lock = threading.Lock()
        self.traffic = Traffic()
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def taken(self) -> Traffic:
        """What went over it since the last time, and begin anew."""
        with self._lock:
            traffic, self.traffic = self.traffic, Traffic()
        return traffic

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
            with self._lock:
                self.traffic.connections += 1
            for one in (client, server):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for source, sink, up in ((client, server, True), (server, client, False)):
                threading.Thread(target=self._carry, args=(source, sink, up), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, up: bool) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(1 << 18):
                self._count(len(piece), up)
                sink.sendall(piece)
        with contextlib.suppress(OSError):
            sink.shutdown(socket.SHUT_WR)

    def _count(self, size: int, up: bool) -> None:
        with self._lock:
            if up:
                self.traffic.up += size
            else:
                self.traffic.down += size
            self.traffic.parts += 1
            self.traffic.segments += -(-size // SEGMENT)
