"""What goes down to the stations: the catalogue, and files by hash."""

from typing import Annotated, Any

import anyio.to_thread
from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel, Field, ValidationError
from starlette.requests import HTTPConnection
from starlette.responses import Response

from hub.accounts import Role
from hub.auth import NotAllowed, SignInNeeded, find_session, require
from hub.faults import is_picture
from hub.messages import voice_of
from hub.problems import BodyInvalid
from hub.publishing import FOLDER, Published
from hub.ranges import file_response
from hub.state import Hub, HubDep
from hub.stations import SignedStation, signed_terminal
from kiosk.protocol.catalogue import CatalogueBatch, FileRef
from kiosk.protocol.folder import PlainDocument
from kiosk.protocol.signing import STATION

router = APIRouter(tags=["catalogue"])
Sha = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]
BODY_LIMITS = {"/api/files/": 4 << 30, "/api/catalogue": 16 << 20}


class Publication(BaseModel):
    """Documents to publish. `whole`: documents published before and not named here are deleted."""

    documents: list[PlainDocument] = Field(max_length=20_000)
    whole: bool = False
    dry_run: bool = False


class KindState(BaseModel):
    """How many documents of a kind are published, by whom, and the revision of the newest."""

    kind: str
    owner: str
    documents: int
    newest: int


class CatalogueState(BaseModel):
    """`publishers`: how many keys stations ask for (0: nothing needs a signature); `waiting`: documents nobody signed.

    `granted_until`: how long this hub may sign daily news by itself (ISO 8601), "" = not at all.
    """

    revision: int
    publishers: int = 0
    waiting: int = 0
    granted_until: str = ""
    kinds: list[KindState]
    files: int
    bytes: int


async def reader(connection: HTTPConnection, hub: HubDep) -> None:
    """A dependency: an enrolled terminal, or signed-in staff; what visitors leave is for the desk and its own station.

    Raises SignInNeeded, NotAllowed, SignatureInvalid…
    """
    voice = await anyio.to_thread.run_sync(voice_of, hub, connection.path_params.get("sha256", ""))
    if STATION.lower() in connection.headers:
        terminal = await signed_terminal(connection, hub)
        allowed = voice in ("", terminal.station)
    else:
        session = await anyio.to_thread.run_sync(find_session, connection, hub)
        if session is None:
            raise SignInNeeded()
        staff = session.staff
        allowed = not voice or staff.may(Role.DUTY) or (staff.may(Role.MANAGER) and await _is_fault(connection, hub))
    if not allowed:
        raise NotAllowed(needs=["duty"])


async def _is_fault(connection: HTTPConnection, hub: Hub) -> bool:
    """Whether the file is the picture of something broken, and nobody's voice."""
    return await anyio.to_thread.run_sync(is_picture, hub, connection.path_params.get("sha256", ""))


@router.get("/api/catalogue", summary="What changed for the station that signed, after a revision")
def changes(station: SignedStation, hub: HubDep, since: Annotated[int, Query(ge=0, le=2**53)] = 0) -> CatalogueBatch:
    return hub.catalogue.batch(station, since, hub.config.page_documents, hub.config.page_bytes)


@router.post("/api/catalogue", summary="Publish documents", dependencies=[Depends(require("publisher"))])
def publish(publication: Publication, hub: HubDep) -> Published:
    try:
        return hub.catalogue.publish(
            publication.documents, FOLDER, whole=publication.whole, dry_run=publication.dry_run
        )
    except ValidationError as error:
        places = [{"where": ".".join(map(str, e["loc"])), "reason": e["msg"]} for e in error.errors()]
        raise BodyInvalid(errors=places[:20]) from error


@router.get(
    "/api/console/catalogue", summary="What is published now", dependencies=[Depends(require("publisher", "manager"))]
)
def state(hub: HubDep) -> CatalogueState:
    rows = hub.db.rows(
        "SELECT kind, owner, COUNT(*) AS documents, MAX(revision) AS newest FROM catalogue WHERE deleted = 0 "
        "GROUP BY kind, owner ORDER BY kind, owner"
    )
    sizes = [path.stat().st_size for path in hub.files.all()]
    publishers, grant = hub.proofs.publishers(), hub.proofs.grant()
    return CatalogueState(
        revision=hub.catalogue.revision(),
        publishers=len(publishers),
        waiting=len(hub.catalogue.unsigned()) if publishers else 0,
        granted_until=grant.not_after.isoformat() if grant else "",
        kinds=[KindState(**row) for row in rows],
        files=len(sizes),
        bytes=sum(sizes),
    )


_RANGES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The file", "content": {"application/octet-stream": {}}},
    206: {"description": "One range of the file", "content": {"application/octet-stream": {}}},
    304: {"description": "The caller has it already"},
}


@router.get(
    "/api/files/{sha256}",
    summary="A file by its SHA-256, whole or one range of it",
    dependencies=[Depends(reader)],
    response_class=Response,
    responses=_RANGES,
)
def get_file(sha256: Sha, request: Request, hub: HubDep) -> Response:
    return file_response(hub.files.path(sha256), sha256, "GET", request.headers, "application/octet-stream")


@router.head(
    "/api/files/{sha256}",
    summary="Whether a file is here, and its size",
    dependencies=[Depends(reader)],
    response_class=Response,
)
def head_file(sha256: Sha, request: Request, hub: HubDep) -> Response:
    return file_response(hub.files.path(sha256), sha256, "HEAD", request.headers, "application/octet-stream")


@router.put(
    "/api/files/{sha256}",
    summary="Upload a file that documents will refer to",
    dependencies=[Depends(require("publisher"))],
    openapi_extra={"requestBody": {"required": True, "content": {"application/octet-stream": {}}}},
)
async def put_file(sha256: Sha, request: Request, hub: HubDep) -> FileRef:
    with hub.files.begin() as incoming:
        async for chunk in request.stream():
            await anyio.to_thread.run_sync(incoming.write, chunk)
        return await anyio.to_thread.run_sync(incoming.finish, "", "", sha256)
