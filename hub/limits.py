"""Around every request: a body no larger and no slower than allowed, and headers that keep a browser safe."""

import asyncio
from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hub.problems import BodyTooLarge, BodyTooSlow

_PACE = 128 << 10  # bytes a second

# No inline script or style, nothing from elsewhere. Camera and microphone for the call at the duty desk.
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
        "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=()",
}


class SafeHeaders:
    """Adds the headers above; what the API answers is not kept by any cache unless the route says so."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith("/api/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class BodyLimits:
    """Bytes counted as they come, whatever the length header says. `special` is by path prefix, the longest first."""

    def __init__(self, app: ASGIApp, usual: int, special: Mapping[str, int], seconds: float) -> None:
        self._app = app
        self._usual, self._seconds = usual, seconds
        self._special = sorted(special.items(), key=lambda item: -len(item[0]))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = next((size for prefix, size in self._special if scope["path"].startswith(prefix)), self._usual)
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        too_large = not announced.isdigit() or int(announced) > limit
        loop = asyncio.get_running_loop()
        # A large body may take longer, as long as it comes at a fair pace.
        deadline = loop.time() + self._seconds + (int(announced) / _PACE if announced.isdigit() else 0)
        taken, done = 0, False

        async def receive_some() -> Message:
            nonlocal taken, done
            if done:
                return await receive()  # waiting for the end of the connection, which may take its time
            if too_large:
                raise BodyTooLarge({"Connection": "close"}, limit=limit)
            try:
                async with asyncio.timeout_at(deadline):
                    message = await receive()
            except TimeoutError as error:
                raise BodyTooSlow({"Connection": "close"}) from error
            taken += len(message.get("body", b""))
            done = not message.get("more_body", False)
            if taken > limit:
                raise BodyTooLarge({"Connection": "close"}, limit=limit)
            return message

        await self._app(scope, receive_some, send)
