"""The console's pages and files, its list of panels, and names for what the journal mentions."""

from pathlib import Path
from typing import Any

import anyio.to_thread
from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from hub.auth import find_session, require
from hub.state import HubDep

ROOT = Path(__file__).resolve().parent / "console"
_FRESH = {"Cache-Control": "no-cache"}  # asked again each time, and answered 304 as long as it is the same
_STATIC = StaticFiles(directory=ROOT)
_PAGE: dict[int | str, dict[str, Any]] = {200: {"description": "A page", "content": {"text/html": {}}}}
_FILE: dict[int | str, dict[str, Any]] = {
    200: {"description": "A script, a style or a picture", "content": {"*/*": {}}}
}
router = APIRouter(tags=["console"])
Texts = dict[str, str]


class Panel(BaseModel):
    """A part of the console: `panels/<name>.js`, and `panels/<name>.css` if `style`."""

    name: str
    style: bool


class Parts(BaseModel):
    """What the console is made of. `words` are files under `words/`, which put journal entries into words."""

    panels: list[Panel]
    words: list[str]


@router.get(
    "/", summary="The duty desk; whoever is not signed in is sent to sign in", responses=_PAGE, response_class=Response
)
async def desk(request: Request, hub: HubDep) -> Response:
    if await anyio.to_thread.run_sync(find_session, request, hub) is None:
        return RedirectResponse("/sign-in", 303)
    return FileResponse(ROOT / "index.html", headers=_FRESH)


@router.get("/sign-in", summary="The page to sign in on", responses=_PAGE, response_class=Response)
async def sign_in_page() -> Response:
    return FileResponse(ROOT / "sign-in.html", headers=_FRESH)


@router.get("/favicon.ico", summary="The icon of a tab", responses=_FILE, response_class=Response)
async def favicon() -> Response:
    return FileResponse(ROOT / "icon.svg", headers=_FRESH)


@router.get("/console/{path:path}", summary="The console's own files", responses=_FILE, response_class=Response)
async def console_file(path: str, request: Request) -> Response:
    answer = await _STATIC.get_response(path, request.scope)
    answer.headers.update(_FRESH)
    return answer


@router.get("/api/console/parts", summary="What the console is made of", dependencies=[Depends(require())])
def parts() -> Parts:
    panels = sorted(path for path in (ROOT / "panels").glob("*.js"))
    return Parts(
        panels=[Panel(name=path.stem, style=path.with_suffix(".css").exists()) for path in panels],
        words=sorted(path.name for path in (ROOT / "words").glob("*.json")),
    )


@router.get(
    "/api/console/names",
    summary="Names of published things by kind and id, in both languages",
    dependencies=[Depends(require())],
)
def names(hub: HubDep) -> dict[str, dict[str, Texts]]:
    found: dict[str, dict[str, Texts]] = {}
    for document in hub.catalogue.documents():
        name = document.body.get("name") or document.body.get("title")
        if isinstance(name, dict) and isinstance(name.get("zh_CN"), str):
            found.setdefault(document.kind, {})[document.id] = {
                "zh_CN": name["zh_CN"],
                "en": str(name.get("en") or name["zh_CN"]),
            }
    return found
