"""Who is asking: signed-in staff by cookie, with a token against forged requests, and what their roles allow.

    @router.post("/api/doors/{door}/open")
    def open_door(door: str, staff: Annotated[Staff, Depends(require("duty"))]) -> …

Works for WebSockets too; there the page's origin takes the place of the token.
"""

from collections.abc import Callable
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends
from starlette.requests import HTTPConnection

from hub.accounts import Accounts, Role, Session, Staff
from hub.problems import Problem
from hub.state import Hub, HubDep

COOKIE = "yizhan_session"
CSRF_HEADER = "X-CSRF-Token"
_SAFE = ("GET", "HEAD", "OPTIONS")


class SignInNeeded(Problem):
    status = 401
    code = "sign_in.needed"
    title = ("请先登录", "Please sign in")


class NotAllowed(Problem):
    status = 403
    code = "not_allowed"
    title = ("您的账号没有这项权限", "Your account may not do this")


class ForgedRequest(Problem):
    status = 403
    code = "csrf"
    title = ("页面已过期，请刷新后重试", "This page is out of date; reload it and try again")


def same_origin(connection: HTTPConnection) -> bool:
    """Whether the page that asks is ours. A caller that is no browser names no page."""
    origin = connection.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == connection.headers.get("host", "")


def find_session(connection: HTTPConnection, hub: Hub) -> Session | None:
    """The session of the cookie, None when there is none. Blocking."""
    token = connection.cookies.get(COOKIE, "")
    return Accounts(hub.db).session(token, hub.now()) if token else None


def current_session(connection: HTTPConnection, hub: HubDep) -> Session:
    """A dependency: the session of the request. Raises SignInNeeded, ForgedRequest."""
    session = find_session(connection, hub)
    if session is None:
        raise SignInNeeded()
    connection.state.staff = session.staff  # whose deed this is (hub/audit.py)
    if connection.scope["type"] == "websocket":
        genuine = connection.headers.get("origin") is not None and same_origin(connection)
    else:
        sent = connection.headers.get(CSRF_HEADER.lower(), "")
        genuine = connection.scope["method"] in _SAFE or (same_origin(connection) and sent == session.csrf)
    if not genuine:
        raise ForgedRequest()
    return session


SessionDep = Annotated[Session, Depends(current_session)]


def require(*roles: str) -> Callable[..., Staff]:
    """A dependency: the signed-in staff, who has one of `roles` (none named = whoever is signed in).

    Raises SignInNeeded, ForgedRequest, NotAllowed.
    """
    wanted = [Role(role) for role in roles]

    def allowed(session: SessionDep) -> Staff:
        if wanted and not any(session.staff.may(role) for role in wanted):
            raise NotAllowed(needs=[role.value for role in wanted])
        return session.staff

    allowed.roles = tuple(wanted)  # type: ignore[attr-defined]  # read by the test that walks routes × roles
    return allowed


SignedIn = Annotated[Staff, Depends(require())]
