"""Member codes at the hub: issue and revoke, a phone's page, a sheet of cards."""

import contextlib
import html
import json
import logging
from collections.abc import AsyncIterator
from datetime import datetime
from functools import cache
from pathlib import Path
from string import Template
from typing import Annotated, Any, cast
from urllib.parse import quote
from zoneinfo import ZoneInfo

import anyio
import anyio.to_thread
from fastapi import APIRouter, Depends, FastAPI, Query, Request
from fastapi import Path as PathParam
from fastapi.responses import FileResponse, HTMLResponse, Response
from pydantic import BaseModel, Field, StringConstraints

from hub.accounts import Staff
from hub.auth import require
from hub.members_cards import Card, sheet, svg_of
from hub.members_register import CodeRow, CodeTakenBack, CodeUnknown, Register
from hub.problems import Problem, language_of
from hub.running import running
from hub.state import Hub, HubDep

log = logging.getLogger(__name__)
PAGES = Path(__file__).resolve().parent / "pages"
LIST_LOOKED_AT = 3600.0  # seconds between looks whether the list of revoked codes is a day old
DEFAULT_DAYS, MOST_DAYS, MOST_AT_ONCE = 365, 365 * 5, 500
router = APIRouter(tags=["members"])
Manager = Annotated[Staff, Depends(require("manager"))]
LARGEST = 2**53  # of a number in a request: any database holds it, and JavaScript counts so far
CodeId = Annotated[int, PathParam(ge=1, le=LARGEST)]
CodeIds = Annotated[list[Annotated[int, Field(ge=1, le=LARGEST)]], Query(min_length=1, max_length=MOST_AT_ONCE)]
Tier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{1,16}$")]
Pseudonym = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{2}){8,16}$|^$")]


class TierUnknown(Problem):
    status = 422
    code = "members.tier_unknown"
    title = ("目录里没有这个会员等级", "The catalogue has no such tier")


class NewCodes(BaseModel):
    """What to issue. `member` gives a member who lost a card a new one for the same pseudonym."""

    tier: Tier
    days: int = Field(default=DEFAULT_DAYS, ge=1, le=MOST_DAYS)
    count: int = Field(default=1, ge=1, le=MOST_AT_ONCE)
    note: str = Field(default="", max_length=80)
    member: Pseudonym = ""


class Code(BaseModel):
    """An issued code as staff see it. `page` is the address for a phone, given once, when it is made."""

    id: int
    member: str
    tier: str
    tier_name: dict[str, str]
    issued: datetime
    expires: datetime
    note: str
    issued_by: str
    revoked: datetime | None
    reason: str
    page: str = ""


class Revocation(BaseModel):
    reason: str = Field(default="", max_length=200)


def register_of(hub: HubDep) -> Register:
    return Register(hub)


RegisterDep = Annotated[Register, Depends(register_of)]


@contextlib.asynccontextmanager
async def background(app: FastAPI) -> AsyncIterator[None]:
    """The key and the list are published before anybody asks, and the list is signed anew each day."""
    hub = cast(Hub, app.state.hub)
    await anyio.to_thread.run_sync(Register, hub)
    async with running(_look_after_the_list(hub)):
        yield


async def _look_after_the_list(hub: Hub) -> None:
    while True:
        await anyio.sleep(LIST_LOOKED_AT)
        try:
            await anyio.to_thread.run_sync(Register, hub)
        except Problem as problem:  # the next look comes
            log.warning("the list of revoked codes could not be signed: %s", problem.code)


def on_demo(hub: Hub) -> None:
    """A code for each published tier, so that there is something to print and to show."""
    register = Register(hub)
    if not register.all(1):
        for document in hub.catalogue.documents(kind="member_tier"):
            register.issue(document.id, DEFAULT_DAYS, "demo", note="演示")


@router.post("/api/members/codes", summary="Issue codes")
def issue(wanted: NewCodes, staff: Manager, hub: HubDep, register: RegisterDep, request: Request) -> list[Code]:
    made = issue_codes(hub, register, wanted, staff.name)
    return [_shown(hub, code, page_address(hub, register.new_page(code.id), str(request.base_url))) for code in made]


@router.get("/api/members/codes", summary="Issued codes, newest first", dependencies=[Depends(require("manager"))])
def codes(
    hub: HubDep,
    register: RegisterDep,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
    before: Annotated[int, Query(ge=0, le=LARGEST)] = 0,
) -> list[Code]:
    return [_shown(hub, code) for code in register.all(limit, before)]


@router.post("/api/members/codes/{code}/revoke", summary="Take a code back; stations learn it with their next news")
def revoke(code: CodeId, why: Revocation, staff: Manager, hub: HubDep, register: RegisterDep) -> Code:
    return _shown(hub, register.revoke(code, staff.name, why.reason))


@router.post(
    "/api/members/codes/{code}/page",
    summary="A new address for the holder's phone; the old one ends",
    dependencies=[Depends(require("manager"))],
)
def page_for(code: CodeId, hub: HubDep, register: RegisterDep, request: Request) -> Code:
    secret = register.new_page(code)
    return _shown(hub, register.get(code), page_address(hub, secret, str(request.base_url)))


@router.get(
    "/api/members/cards",
    summary="A sheet of cards to print (PDF), in the order of the ids",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}},
    dependencies=[Depends(require("manager"))],
)
def print_cards(
    ids: CodeIds,
    hub: HubDep,
    register: RegisterDep,
) -> Response:
    pdf = cards_pdf(hub, register, [register.get(code) for code in ids])
    return Response(pdf, media_type="application/pdf", headers={"Content-Disposition": 'inline; filename="cards.pdf"'})


@router.get("/m/page.css", include_in_schema=False)
def style() -> FileResponse:
    return FileResponse(PAGES / "members.css", media_type="text/css")


@router.get("/m/{secret}", summary="The holder's page on a phone: a code for two minutes", response_class=HTMLResponse)
def phone_page(secret: str, hub: HubDep, register: RegisterDep, request: Request) -> HTMLResponse:
    request.app.state.throttle.attempt(f"member page {request.client.host if request.client else ''}")
    language = language_of(request)
    words = _words()[language]
    try:
        code = register.by_page(secret)
        text, ends = register.short_text(code)
    except (CodeUnknown, CodeTakenBack) as error:
        return _page("over", words, sentence=words["unknown" if isinstance(error, CodeUnknown) else "revoked"])
    except Problem as error:
        return _page("over", words, sentence=error.title[1 if language == "en" else 0])
    until = ends.astimezone(ZoneInfo(hub.config.time_zone))
    name = _tier_name(hub, code.tier)["en" if language == "en" else "zh_CN"]
    return _page("good", words, tier=name, until=f"{until:%H:%M:%S}", picture=svg_of(text))


def issue_codes(hub: Hub, register: Register, wanted: NewCodes, by: str) -> list[CodeRow]:
    """Raises TierUnknown."""
    if hub.catalogue.get("member_tier", wanted.tier) is None:
        raise TierUnknown(tier=wanted.tier)
    return [register.issue(wanted.tier, wanted.days, by, wanted.note, wanted.member) for _ in range(wanted.count)]


def cards_pdf(hub: Hub, register: Register, rows: list[CodeRow]) -> bytes:
    """Raises CodeTakenBack, FontMissing."""
    zone = ZoneInfo(hub.config.time_zone)
    cards = []
    for code in rows:
        name = _tier_name(hub, code.tier)
        until = code.expires.astimezone(zone).date().isoformat()
        cards.append(Card(register.text(code), (name["zh_CN"], name["en"]), f"{code.id:06d}", until))
    return sheet(cards)


def page_address(hub: Hub, secret: str, asked: str = "") -> str:
    """The address for a phone. Where neither the configuration nor a request says where we are, only its path."""
    return f"{(hub.config.public_url or asked).rstrip('/')}/m/{quote(secret)}"


def _tier_name(hub: Hub, tier: str) -> dict[str, str]:
    document = hub.catalogue.get("member_tier", tier)
    name = document.body.get("name") if document else None
    zh = str(name.get("zh_CN") or tier) if isinstance(name, dict) else tier
    return {"zh_CN": zh, "en": str(name.get("en") or zh) if isinstance(name, dict) else tier}


def _shown(hub: Hub, code: CodeRow, page: str = "") -> Code:
    return Code(
        id=code.id,
        member=code.member,
        tier=code.tier,
        tier_name=_tier_name(hub, code.tier),
        issued=code.issued,
        expires=code.expires,
        note=code.note,
        issued_by=code.issued_by,
        revoked=code.revoked,
        reason=code.reason,
        page=page,
    )


def _page(state: str, words: dict[str, str], *, picture: str = "", **values: str) -> HTMLResponse:
    plain = {"tier": "", "until": "", "sentence": "", "state": state, **words, **values}
    escaped = {name: html.escape(value) for name, value in plain.items()}
    template = _template("members.html" if state == "good" else "members_over.html")
    text = template.substitute(escaped, picture=picture)
    headers = {
        "Cache-Control": "no-store",
        "Content-Language": words["lang"],
        "Referrer-Policy": "no-referrer",
        "Vary": "Accept-Language",
    }
    return HTMLResponse(text, status_code=200 if state == "good" else 404, headers=headers)


@cache
def _words() -> dict[str, dict[str, str]]:
    found: dict[str, Any] = json.loads((PAGES / "members.json").read_text("utf-8"))
    return found


@cache
def _template(name: str) -> Template:
    return Template((PAGES / name).read_text("utf-8"))
