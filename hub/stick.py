"""Stations without a line: their journals come in, and their catalogue goes out, as files that somebody carries.

At the desk (`/api/console/stick/…`) or on the server (`python -m hub stick`). What comes in is taken as from the line,
idempotently, so that a file may come twice, late, or beside the line.
"""

import os
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, BinaryIO

import anyio.to_thread
from fastapi import APIRouter, Depends, Request
from fastapi import Path as PathParam
from pydantic import BaseModel
from starlette.background import BackgroundTask
from starlette.responses import FileResponse

from hub import journal
from hub.auth import require
from hub.database import Database
from hub.disk import sync_folder
from hub.districts import Reach, ReachDep
from hub.features import features
from hub.messages import keep_attachment
from hub.problems import BodyInvalid, Problem
from hub.publishing import file_refs
from hub.seeds import read_seed
from hub.state import Hub, HubDep
from kiosk.protocol.catalogue import Document
from kiosk.protocol.folder import PlainDocument
from kiosk.protocol.journal import Poison
from kiosk.protocol.sealing import SealBroken
from kiosk.protocol.stick import ACK, CATALOGUE, FILES, JournalAck, Line, StickBroken, parcel_name, read_lines

BODY_LIMITS = {"/api/console/stick/": 2 << 30}
_EVERYTHING = 1 << 40
_FILES = "SELECT sha256 FROM message_voice WHERE station = ? ORDER BY sha256"
_ATTACHMENTS = ("audio/", "image/jpeg")
router = APIRouter(tags=["stick"], dependencies=[Depends(require("manager"))])
MIGRATIONS = (
    """
    CREATE TABLE stick_ack (
        station TEXT PRIMARY KEY,
        serial INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
)


class StickUnreadable(Problem):
    status = 422
    code = "stick.unreadable"
    title = (
        "这个文件不完整，或不是驿站写的；它前面的部分已经收下",
        "This file is cut short, or was not written by a station; what came before that was taken",
    )


class StickNotOurs(Problem):
    status = 422
    code = "stick.sealed"
    title = ("这个文件不是写给这里的，打不开", "This file is sealed to another hub and cannot be opened here")


class SealKeyAbsent(Problem):
    status = 503
    code = "stick.no_key"
    title = ("打开驿站文件的密钥不在这台机器上", "The key that opens what stations write is not on this machine")


class StationAbsent(Problem):
    status = 404
    code = "stick.no_station"
    title = ("没有登记过这个驿站", "No such station is enrolled")


class Brought(BaseModel):
    """What a file brought: `fresh` entries that were not here yet, attachments, and up to where all is held now."""

    station: str = ""
    entries: int = 0
    fresh: int = 0
    attachments: int = 0
    acknowledged: int = 0
    poison: list[Poison] = []


def bring(hub: Hub, handle: BinaryIO, reach: Reach = Reach()) -> Brought:
    """Take in a file that a station wrote. What is good of it is taken, up to the first line that is not.

    Raises StickUnreadable, StickNotOurs, SealKeyAbsent, StationAbsent, JournalDiverged. Blocking.
    """
    seed = read_seed(hub.config.data_dir / "registration.key", SealKeyAbsent)
    done = Brought()
    try:
        for line in read_lines(handle):
            if not reach.covers(line.station):
                raise StationAbsent(station=line.station)
            content = line.open(seed)
            if line.what == "batch":
                _take(hub, line, content, done)
            elif line.media_type.startswith(_ATTACHMENTS):
                _terminal(hub.db, line, "")
                keep_attachment(hub, line.station, content, line.media_type, line.sha256)
                done.attachments += 1
    except SealBroken as error:
        raise StickNotOurs() from error
    except StickBroken as error:
        raise StickUnreadable(reason=str(error)) from error
    if not done.station and not done.attachments:
        raise StickUnreadable(reason="there is nothing in it")
    return done


def _take(hub: Hub, line: Line, content: bytes, done: Brought) -> None:
    entries, name = journal.read_batch(content)
    number = _terminal(hub.db, line, name)
    before = journal.acknowledged(hub.db, line.station, number)
    try:
        reached, poison = journal.take(hub.db, features(), line.station, number, entries, hub.now().isoformat(), name)
    except journal.JournalDiverged:
        hub.db.execute("UPDATE station SET diverged = 1 WHERE id = ?", (line.station,))
        raise
    done.station, done.acknowledged = line.station, reached
    done.entries += len(entries)
    done.fresh += max(0, reached - before)
    done.poison.extend(poison)


def _terminal(db: Database, line: Line, name: str) -> int:
    """Which of the terminals that ever stood there has written this. Raises StationAbsent.

    One that was replaced before anybody carried its journal here gets a number below all others: the row of those
    that come after it is not touched.
    """
    station = db.row("SELECT * FROM station WHERE id = ?", (line.station,))
    known = db.value("SELECT COUNT(*) FROM station_key WHERE station = ? AND public_key = ?", (line.station, line.key))
    if station is None or not known:
        raise StationAbsent(station=line.station)
    if station["public_key"] == line.key:
        return int(station["terminal"])
    sql = "SELECT terminal FROM journal_name WHERE station = ? AND name = ?"
    if (number := db.value(sql, (line.station, name))) is not None:
        return int(number)
    lowest = db.value("SELECT COALESCE(MIN(terminal), 0) FROM journal_name WHERE station = ?", (line.station,))
    return min(0, int(lowest or 0)) - 1


def acknowledgement(hub: Hub, station: str) -> Document:
    """Up to where this hub has a station's journal, signed where it may sign that. Raises StationAbsent."""
    row = hub.db.row("SELECT * FROM station WHERE id = ?", (station,))
    if row is None:
        raise StationAbsent(station=station)
    number = int(row["terminal"])
    name = hub.db.value("SELECT name FROM journal_name WHERE station = ? AND terminal = ?", (station, number))
    poison = hub.db.rows(
        "SELECT seq, poison FROM journal WHERE station = ? AND terminal = ? AND poison != '' ORDER BY seq LIMIT 1000",
        (station, number),
    )
    body = JournalAck(
        journal=str(name or ""),
        acknowledged=journal.acknowledged(hub.db, station, number),
        poison=tuple(Poison(seq=one["seq"], reason=one["poison"]) for one in poison),
        files=tuple(row["sha256"] for row in hub.db.rows(_FILES, (station,))),
        at=hub.now(),
    ).model_dump(mode="json")
    with hub.db.transaction():
        before = int(hub.db.value("SELECT serial FROM stick_ack WHERE station = ?", (station,)) or 0)
        plain = PlainDocument(kind=JournalAck.kind, id=station, station=station, body=body)
        proof, serial = hub.proofs.sign(plain, False, before)
        hub.db.execute(
            "INSERT INTO stick_ack VALUES (?,?) ON CONFLICT (station) DO UPDATE SET serial = excluded.serial",
            (station, serial),
        )
    return Document(kind=plain.kind, id=station, revision=1, station=station, body=body, proof=proof)


def send(hub: Hub, station: str, path: Path) -> int:
    """Write what a station is to have to a zip at `path`, synced to disk. Returns how many files are in it. Blocking.

    Raises StationAbsent, OSError.
    """
    ack = acknowledgement(hub, station)
    batch = hub.catalogue.batch(station, -1, _EVERYTHING, _EVERYTHING)
    fresh = path.with_name(path.name + ".part")
    names: set[str] = set()
    try:
        with fresh.open("wb") as handle:
            with zipfile.ZipFile(handle, "w", zipfile.ZIP_STORED) as parcel:
                parcel.writestr(CATALOGUE, batch.model_dump_json(), zipfile.ZIP_DEFLATED)
                parcel.writestr(ACK, ack.model_dump_json())
                for document in batch.documents:
                    for ref in file_refs(document.body):
                        if ref.sha256 not in names and hub.files.has(ref.sha256):
                            names.add(ref.sha256)
                            parcel.write(hub.files.path(ref.sha256), FILES + ref.sha256)
            handle.flush()
            os.fsync(handle.fileno())
        fresh.replace(path)
        sync_folder(path.parent)
    finally:
        fresh.unlink(missing_ok=True)
    return len(names)


def stations_of(hub: Hub, reach: Reach = Reach()) -> Iterator[str]:
    """Every station that a parcel can be made for."""
    for row in hub.db.rows("SELECT id FROM station WHERE disabled = 0 ORDER BY id"):
        if reach.covers(row["id"]):
            yield str(row["id"])


class Carriers(BaseModel):
    """Stations that a parcel can be made for. Not `signed`: they would not believe it."""

    stations: list[str]
    signed: bool


@router.get("/api/console/stick", summary="Stations that a stick can be written for")
def carriers(hub: HubDep, reach: ReachDep) -> Carriers:
    return Carriers(stations=list(stations_of(hub, reach)), signed=hub.proofs.active())


@router.post(
    "/api/console/stick/journal",
    summary="Take in the file that a station without a line has written to a stick",
    openapi_extra={"requestBody": {"required": True, "content": {"application/octet-stream": {}}}},
)
async def bring_journal(request: Request, hub: HubDep, reach: ReachDep) -> Brought:
    with tempfile.TemporaryFile(dir=hub.config.data_dir) as handle:
        async for chunk in request.stream():
            await anyio.to_thread.run_sync(handle.write, chunk)
        handle.seek(0)
        return await anyio.to_thread.run_sync(bring, hub, handle, reach)


@router.get(
    "/api/console/stick/{station}.zip",
    summary="The whole catalogue of a station with its files, to be carried to it on a stick",
    response_class=FileResponse,
    responses={200: {"content": {"application/zip": {}}}},
)
def send_parcel(
    station: Annotated[str, PathParam(pattern=r"^[A-Za-z0-9._-]{1,32}$")], hub: HubDep, reach: ReachDep
) -> FileResponse:
    if not reach.covers(station):
        raise StationAbsent(station=station)
    if not hub.proofs.active():
        raise BodyInvalid(errors=[{"where": "publisher", "reason": "a stick needs a signed catalogue"}])
    handle, name = tempfile.mkstemp(suffix=".zip", dir=hub.config.data_dir)
    os.close(handle)
    path = Path(name)
    try:
        send(hub, station, path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return FileResponse(
        path, filename=parcel_name(station), media_type="application/zip", background=BackgroundTask(path.unlink, True)
    )
