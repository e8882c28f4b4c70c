"""A code that a terminal gave somebody, on their phone: the page behind the second picture on the terminal's screen.

The code is in the fragment of the address, so it is in no log and in no history of a server; the page's script sends it
here and gets a picture to keep. Once a registration is confirmed the same address shows the hub's own code, which lives
longer than what a terminal may give.
"""

import base64
import html
import io
import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from string import Template
from typing import Any, Literal
from zoneinfo import ZoneInfo

import qrcode
from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse
from pydantic import BaseModel, Field

from hub.members_register import CodeRow, Register
from hub.members_standing import State, decision_of
from hub.problems import language_of
from hub.state import Hub, HubDep
from kiosk.protocol.cose import Instant, KeyRing, TrustedKey, key_id
from kiosk.protocol.members import CodeRefused, MemberClaims, Trust, code_of_link, terminal_issuer, verify_code

PAGES = Path(__file__).resolve().parent / "pages"
_LONGEST = 1024  # characters of a fragment: a terminal's code has about 220
_NEWEST_CODE = "SELECT id FROM members_code WHERE member = ? AND revoked = '' AND expires > ? ORDER BY id DESC LIMIT 1"
_ALWAYS = datetime(2000, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)  # trust in a terminal ends otherwise
router = APIRouter(tags=["members"])


class Shown(BaseModel):
    """The fragment of the address."""

    code: str = Field(max_length=_LONGEST)


class Kept(BaseModel):
    """What to show. `picture` is a data address of a PNG, "" where there is nothing to keep; `until` a date."""

    state: Literal["waiting", "confirmed", "over", "unknown"]
    picture: str = ""
    until: str = ""


@router.get("/keep", summary="The page on which a phone keeps the code it was given", response_class=HTMLResponse)
def page(request: Request) -> HTMLResponse:
    words = _words()["en" if language_of(request) == "en" else "zh"]
    text = _template().substitute({name: html.escape(value) for name, value in words.items()})
    return HTMLResponse(text, headers={"Content-Language": words["lang"], "Vary": "Accept-Language"})


@router.get("/keep/page.js", include_in_schema=False)
def script() -> FileResponse:
    return FileResponse(PAGES / "keep.js", media_type="text/javascript")


@router.get("/keep/page.css", include_in_schema=False)
def style() -> FileResponse:
    return FileResponse(PAGES / "keep.css", media_type="text/css")


@router.post("/api/members/keep", summary="The code of a registration as a picture, or the longer one it became")
def keep(shown: Shown, hub: HubDep, request: Request) -> Kept:
    request.app.state.throttle.attempt(f"member page {request.client.host if request.client else ''}")
    try:
        text = code_of_link(shown.code)
        claims = verify_code(text, _terminals(hub), Instant(hub.now()))
    except CodeRefused as refused:
        return Kept(state="over" if refused.refusal == "expired" else "unknown")
    row = hub.db.row("SELECT * FROM members_decision WHERE member = ?", (claims.member.hex(),))
    if row is None or row["state"] == State.WAITING:
        return _kept(hub, "waiting", text, claims.expires)
    if row["state"] == State.ENDED:
        return Kept(state="over")
    longer = _longer(hub, decision_of(row).final, claims)
    if longer is None:
        return _kept(hub, "confirmed", text, claims.expires)
    return _kept(hub, "confirmed", Register(hub).text(longer), longer.expires)


def _terminals(hub: Hub) -> Trust:
    """The terminals that are trusted now; the registration itself may not have come here yet."""
    rows = hub.db.rows("SELECT public_key FROM station WHERE disabled = 0")
    publics = [bytes.fromhex(row["public_key"]) for row in rows]
    keys = [TrustedKey(key_id(public), public, terminal_issuer(public), *_ALWAYS) for public in publics]
    return Trust(KeyRing(keys), {}, frozenset(key.issuer for key in keys))


def _longer(hub: Hub, member: str, claims: MemberClaims) -> CodeRow | None:
    """The hub's own code for this member, if it outlives the one that was shown."""
    found = hub.db.value(_NEWEST_CODE, (member, claims.expires.isoformat()))
    return Register(hub).get(int(found)) if found else None


def _kept(hub: Hub, state: Literal["waiting", "confirmed"], text: str, until: datetime) -> Kept:
    """A PNG, as a phone saves that into its album where it would not save an SVG."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=12, border=4)
    code.add_data(text, optimize=0)
    code.make(fit=True)
    file = io.BytesIO()
    code.make_image().save(file)
    picture = "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
    return Kept(state=state, picture=picture, until=until.astimezone(ZoneInfo(hub.config.time_zone)).date().isoformat())


@cache
def _words() -> dict[str, dict[str, str]]:
    found: dict[str, Any] = json.loads((PAGES / "keep.json").read_text("utf-8"))
    return found


@cache
def _template() -> Template:
    return Template((PAGES / "keep.html").read_text("utf-8"))
