"""Every refusal is a problem document (RFC 9457) with a stable `code` and a title in the reader's language.

A feature defines its own as classes:

    class LotUnknown(Problem):
        status = 404
        code = "supplies.lot_unknown"
        title = ("没有这个批次", "There is no such lot")

and raises them with plain values for the document: `raise LotUnknown(lot="A-17")`.
"""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, Response
from starlette.websockets import WebSocket

log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string", "description": "One sentence in the language of Accept-Language"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable; what a program decides by"},
        "hub_time": {"type": "string", "format": "date-time"},
        "errors": {"type": "array", "items": {"type": "object"}, "description": "What was wrong, field by field"},
    },
}
RESPONSES: dict[int | str, dict[str, Any]] = {
    "4XX": {"description": "A problem document", "content": {MEDIA_TYPE: {"schema": SCHEMA}}},
    "5XX": {"description": "A problem document", "content": {MEDIA_TYPE: {"schema": SCHEMA}}},
}


class Problem(HTTPException):
    """Base of everything the hub refuses. `members` become members of the document, or details of a command's error."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "refused"
    title: ClassVar[tuple[str, str]] = ("请求被拒绝", "The request was refused")

    def __init__(self, headers: Mapping[str, str] | None = None, **members: Any) -> None:
        self.members = members
        super().__init__(self.status, self.code, dict(headers or {}))


class NotFound(Problem):
    status = 404
    code = "not_found"
    title = ("没有这个地址", "There is nothing at this address")


class MethodNotAllowed(Problem):
    status = 405
    code = "method_not_allowed"
    title = ("这个地址不接受这种请求", "This address does not take this method")


class BodyTooLarge(Problem):
    status = 413
    code = "body.too_large"
    title = ("发送的内容太大", "The request is too large")


class BodyTooSlow(Problem):
    status = 408
    code = "body.too_slow"
    title = ("内容没有及时传完", "The request did not arrive in time")


class BodyUnsupported(Problem):
    status = 415
    code = "body.unsupported"
    title = ("不支持这种内容格式", "This type of content is not supported")


class BodyInvalid(Problem):
    status = 422
    code = "body.invalid"
    title = ("提交的内容不符合要求", "What was sent does not have the expected form")


class Unexpected(Problem):
    status = 500
    code = "unexpected"
    title = ("服务器内部出错，已记录", "Something went wrong here; it has been logged")


_KNOWN: dict[int, type[Problem]] = {kind.status: kind for kind in (NotFound, MethodNotAllowed, BodyTooLarge)}


def document(problem: Problem, language: str) -> dict[str, Any]:
    """The members of RFC 9457, section 3.1, and ours."""
    return {
        "type": f"urn:yizhan:problem:{problem.code}",
        "title": problem.title[1 if language.startswith("en") else 0],
        "status": problem.status_code,
        "code": problem.code,
        "hub_time": datetime.now(UTC).isoformat(),
        **problem.members,
    }


def language_of(connection: HTTPConnection) -> str:
    """ "en" or "zh", from the first language of Accept-Language; Chinese where nothing is asked."""
    return "en" if connection.headers.get("accept-language", "").strip().lower().startswith("en") else "zh"


def respond(problem: Problem, connection: HTTPConnection) -> Response:
    """The problem as an answer."""
    language = language_of(connection)
    headers = {"Content-Language": "en" if language == "en" else "zh-CN", "Cache-Control": "no-store"}
    return JSONResponse(
        document(problem, language), problem.status_code, headers | dict(problem.headers or {}), MEDIA_TYPE
    )


def as_problem(error: Exception) -> Problem:
    """Any failure as one of ours."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, RequestValidationError):
        # Only place and reason: what was sent (a password, an ID number) must not come back or reach a log.
        places = [{"where": ".".join(map(str, e["loc"])), "reason": e["msg"]} for e in error.errors()]
        return BodyInvalid(errors=places[:20])
    if isinstance(error, HTTPException):
        problem = _KNOWN.get(error.status_code, BodyInvalid if error.status_code < 500 else Unexpected)(
            headers=error.headers
        )
        problem.status_code = error.status_code
        return problem
    return Unexpected()


async def _answer(connection: HTTPConnection, error: Exception) -> Response | None:
    problem = as_problem(error)
    response = respond(problem, connection)
    if isinstance(connection, WebSocket):
        await connection.send_denial_response(response)
        return None
    return response


def install(app: FastAPI) -> None:
    """Make every failure of `app` a problem document, also those of the framework."""
    for kind in (HTTPException, RequestValidationError, Exception):
        app.add_exception_handler(kind, _answer)  # type: ignore[arg-type]  # a WebSocket was answered already


def all_codes(root: type[Problem] = Problem) -> dict[str, type[Problem]]:
    """Every problem class imported so far, by code. Raises ValueError when two share one."""
    found = {root.code: root}
    for sub in root.__subclasses__():
        for code, kind in all_codes(sub).items():
            if found.setdefault(code, kind) is not kind:
                raise ValueError(f"problem code {code} is defined twice")
    return found
