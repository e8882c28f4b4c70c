"""What people did: every change a signed-in person asked for, who, from where, and whether it was done.

Written by itself for each such request, so no route can forget it; never the body, which may hold a password. Orders
given on the live console (a door) are added with `line` and `INSERT`. Kept as long as the operator keeps the database.
"""

import logging
from datetime import datetime
from typing import Annotated, Any

import anyio.to_thread
from fastapi import APIRouter, Depends, Query
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hub.accounts import Staff
from hub.auth import require
from hub.problems import Problem
from hub.spreadsheets import spreadsheet
from hub.state import Hub, HubDep
from kiosk.protocol.ids import uuid7

log = logging.getLogger(__name__)
MIGRATIONS = (
    """
    CREATE TABLE audit (
        id TEXT PRIMARY KEY,
        at TEXT NOT NULL,
        account TEXT NOT NULL,
        name TEXT NOT NULL,
        action TEXT NOT NULL,
        about TEXT NOT NULL,
        status INTEGER NOT NULL,
        address TEXT NOT NULL
    );
    CREATE INDEX audit_account ON audit (account, id);
    """,
)
router = APIRouter(tags=["audit"], dependencies=[Depends(require("administrator"))])
_SAFE = ("GET", "HEAD", "OPTIONS")
_ABOUT = 200
_MOST = 100_000  # lines of one export


class Deed(BaseModel):
    """One line. `action` is the operation's id in OpenAPI, `status` the HTTP status it ended with."""

    id: str
    at: str
    account: str
    name: str
    action: str
    about: str
    status: int
    address: str


def operation_id(route: APIRoute) -> str:
    """The name of an operation, in OpenAPI and here: its module and its function."""
    return f"{route.endpoint.__module__.removeprefix('hub.')}_{route.name}"


INSERT = "INSERT INTO audit (id, at, account, name, action, about, status, address) VALUES (?,?,?,?,?,?,?,?)"


def line(
    at: datetime, account: str, name: str, action: str, about: str, status: int, address: str
) -> tuple[str | int, ...]:
    """The values of one line, for `INSERT`."""
    return uuid7(at), at.isoformat(), account, name, action, about[:_ABOUT], status, address


class Audit:
    """Around every request: when a signed-in person changed something, or tried to, it is written down."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in _SAFE:
            await self._app(scope, receive, send)
            return

        async def note(message: Message) -> None:
            if message["type"] == "http.response.start":  # before the answer: who reads it will find the line
                staff, route = scope.get("state", {}).get("staff"), scope.get("route")
                if isinstance(staff, Staff) and isinstance(route, APIRoute):
                    await self._write(scope, staff, route, message["status"])
            await send(message)

        await self._app(scope, receive, note)

    async def _write(self, scope: Scope, staff: Staff, route: APIRoute, status: int) -> None:
        hub: Hub = scope["app"].state.hub
        about = " ".join(str(value) for value in scope.get("path_params", {}).values())
        address = scope["client"][0] if scope.get("client") else ""
        deed = line(hub.now(), staff.name, staff.display_name, operation_id(route), about, status, address)
        try:
            await anyio.to_thread.run_sync(hub.db.execute, INSERT, deed)
        except Problem as problem:
            log.error("%s of %s was not written down: %s", operation_id(route), staff.name, problem.code)


def _deeds(hub: Hub, limit: int, before: str, account: str) -> list[Deed]:
    where, values = ["1 = 1"], list[Any]()
    if before:
        where.append("id < ?")
        values.append(before)
    if account:
        where.append("account = ?")
        values.append(account)
    sql = f"SELECT * FROM audit WHERE {' AND '.join(where)} ORDER BY id DESC LIMIT ?"  # noqa: S608 - our own words
    return [Deed(**row) for row in hub.db.rows(sql, (*values, limit))]


Account = Annotated[str, Query(max_length=64)]


@router.get("/api/console/audit", summary="What people did, newest first")
def audit(
    hub: HubDep,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    before: Annotated[str, Query(max_length=40)] = "",
    account: Account = "",
) -> list[Deed]:
    return _deeds(hub, limit, before, account)


@router.get(
    "/api/console/audit.csv",
    summary="What people did, as a table for a spreadsheet",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}}},
)
def audit_table(hub: HubDep, account: Account = "") -> Response:
    deeds = [list(deed.model_dump().values()) for deed in _deeds(hub, _MOST, "", account)]
    text = spreadsheet([list(Deed.model_fields), *deeds])
    headers = {"Content-Disposition": 'attachment; filename="audit.csv"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)
