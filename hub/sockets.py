"""The WebSockets of the server: uvicorn's, which ask only who is silent, and whose shutdown nothing can break off.

uvicorn pings every socket, whatever it says itself; a station that speaks often enough need not be asked.

A browser that closes its window in the moment in which the hub ends has begun the closing handshake; uvicorn then wants
to begin it once more, and what is raised ends the shutdown before the parts of the hub have come to rest.
"""

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.exceptions import InvalidState


class Sockets(WebSocketsSansIOProtocol):
    """For `uvicorn.Config(ws=Sockets)`."""

    heard = 0.0  # on the loop's clock: when something came last

    def data_received(self, data: bytes) -> None:
        self.heard = self.loop.time()
        super().data_received(data)

    def send_keepalive_ping(self) -> None:
        quiet = self.loop.time() - self.heard
        if self.ping_interval is not None and quiet < self.ping_interval:
            self.ping_timer = self.loop.call_later(self.ping_interval - quiet, self.send_keepalive_ping)
        else:
            super().send_keepalive_ping()

    def shutdown(self) -> None:
        try:
            super().shutdown()
        except InvalidState:
            self.transport.close()
