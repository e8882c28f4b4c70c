"""The WebSockets of the server: uvicorn's, with a shutdown that no closing socket can break off.

A browser that closes its window in the moment in which the hub ends has begun the closing handshake; uvicorn then wants
to begin it once more, and what is raised ends the shutdown before the parts of the hub have come to rest.
"""

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.exceptions import InvalidState


class Sockets(WebSocketsSansIOProtocol):
    """For `uvicorn.Config(ws=Sockets)`."""

    def shutdown(self) -> None:
        try:
            super().shutdown()
        except InvalidState:
            self.transport.close()
