"""Courses as the stations take them: what is published, how many passed, and whether a certificate is genuine."""

import html
import json
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from string import Template
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import FileResponse, HTMLResponse
from pydantic import BaseModel

from hub.auth import require
from hub.database import Database
from hub.features import Projection
from hub.problems import language_of
from hub.state import Hub, HubDep
from kiosk.protocol.certificate import MAX_TOKEN, CertificateClaims, CertificateInvalid, read_certificate
from kiosk.protocol.cose import Instant, KeyRing, TrustedKey, key_id
from kiosk.protocol.journal import Entry
from kiosk.protocol.learning import CourseDocument, CoursePublisherDocument
from kiosk.protocol.pack import PackRefused, check_files, open_pack

PAGES = Path(__file__).resolve().parent / "pages"
_ALWAYS = (datetime(2000, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC))
_COUNTED = ("launched", "completed", "passed", "failed", "abandoned", "certified")
PROJECTION = Projection(
    version=1,
    tables=("learning_count", "learning_launch", "learning_certificate"),
    schema="""
        CREATE TABLE learning_count (
            station TEXT NOT NULL,
            course TEXT NOT NULL,
            version INTEGER NOT NULL,
            what TEXT NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY (station, course, version, what)
        ) WITHOUT ROWID;
        CREATE TABLE learning_launch (
            launch TEXT PRIMARY KEY,
            course TEXT NOT NULL,
            version INTEGER NOT NULL,
            earned INTEGER NOT NULL DEFAULT 0
        ) WITHOUT ROWID;
        CREATE TABLE learning_certificate (
            token TEXT PRIMARY KEY,
            station TEXT NOT NULL,
            number TEXT NOT NULL,
            launch TEXT NOT NULL
        ) WITHOUT ROWID;
    """,
)
router = APIRouter(tags=["learning"])


class State(StrEnum):
    VALID = "valid"
    WAITING = "waiting"  # signed by a station of ours, whose record has not arrived
    UNKNOWN = "unknown"


class Verification(BaseModel):
    """What can be said of a certificate to anybody who holds it. Empty but for `state` when it is unknown."""

    state: State
    station: str = ""
    station_name: dict[str, str] = {}
    number: str = ""
    course: str = ""
    title: str = ""
    issued: datetime | None = None
    score: int | None = None


class CourseCounts(BaseModel):
    """How often it happened, at one station ("" = all of them together)."""

    station: str
    launched: int = 0
    completed: int = 0
    passed: int = 0
    failed: int = 0
    abandoned: int = 0
    certified: int = 0


class CourseState(BaseModel):
    """A course and what the stations did with it. `problem` says why no station would take its pack, "" for none."""

    course: str
    title: dict[str, str]
    published: int | None
    problem: str
    total: CourseCounts
    stations: list[CourseCounts]


def on_entry(db: Database, station: str, entry: Entry) -> None:
    family, _, what = entry.kind.partition(".")
    if family != "learning" or what not in _COUNTED:
        return
    body = entry.body
    if what == "launched":
        db.execute(
            "INSERT INTO learning_launch (launch, course, version) VALUES (?,?,?) ON CONFLICT DO NOTHING",
            (body["launch"], body["course"], body["version"]),
        )
    elif what in ("passed", "completed"):
        db.execute("UPDATE learning_launch SET earned = 1 WHERE launch = ?", (body["launch"],))
    elif what == "certified":
        db.execute(
            "INSERT INTO learning_certificate VALUES (?,?,?,?) ON CONFLICT DO NOTHING",
            (body["token"], station, body["number"], body["launch"]),
        )
    launch = db.row("SELECT course, version FROM learning_launch WHERE launch = ?", (body["launch"],))
    if launch is not None:
        db.execute(
            "INSERT INTO learning_count VALUES (?,?,?,?,1) "
            "ON CONFLICT (station, course, version, what) DO UPDATE SET count = learning_count.count + 1",
            (station, launch["course"], launch["version"], what),
        )


def verify(hub: Hub, token: str) -> Verification:
    """What this hub knows of a certificate. Blocking."""
    keys = hub.db.rows(
        "SELECT k.station, k.public_key, COALESCE(s.disabled, 0) AS disabled"
        " FROM station_key k LEFT JOIN station s ON s.id = k.station"
    )
    publics = [(row["station"], bytes.fromhex(row["public_key"])) for row in keys]
    ring = KeyRing(TrustedKey(key_id(public), public, station, *_ALWAYS) for station, public in publics)
    try:
        claims, station = read_certificate(token, ring, Instant(hub.now()))
    except CertificateInvalid:
        return Verification(state=State.UNKNOWN)
    if claims.station not in ("", station):
        return Verification(state=State.UNKNOWN)
    heard = hub.db.value(
        "SELECT l.earned FROM learning_certificate c JOIN learning_launch l ON l.launch = c.launch"
        " WHERE c.token = ? AND c.station = ?",
        (token, station),
    )
    if heard:
        return _told(hub, State.VALID, claims, station)
    if any(row["station"] == station and row["disabled"] for row in keys):
        return Verification(state=State.UNKNOWN)  # a terminal that was taken out of use signs nothing new
    return _told(hub, State.WAITING, claims, station)


def _told(hub: Hub, state: State, claims: CertificateClaims, station: str) -> Verification:
    settings = hub.catalogue.get("station_settings", station)
    name = settings.body.get("name") if settings else None
    return Verification(
        state=state,
        station=station,
        station_name={k: str(v) for k, v in name.items()} if isinstance(name, dict) else {},
        number=claims.number,
        course=claims.course,
        title=claims.title,
        issued=claims.issued,
        score=claims.score,
    )


@router.get("/api/verify/{token}", summary="Whether a certificate of learning is genuine; for everybody")
def verification(token: str, hub: HubDep) -> Verification:
    return verify(hub, token)


@router.get("/verify/page.css", include_in_schema=False)
def style() -> FileResponse:
    return FileResponse(PAGES / "verify.css", media_type="text/css")


@router.get("/verify/", summary="A page to look up a certificate", response_class=HTMLResponse)
def look_up(
    request: Request, hub: HubDep, certificate: Annotated[str, Query(max_length=4 * MAX_TOKEN)] = ""
) -> HTMLResponse:
    token = "".join(certificate.split()).rpartition("/")[2].rpartition(":")[2]
    return _page(request, hub, verify(hub, token) if certificate.strip() else None)


@router.get("/verify/{token}", summary="The page behind a certificate's QR code", response_class=HTMLResponse)
def page(token: str, request: Request, hub: HubDep) -> HTMLResponse:
    return _page(request, hub, verify(hub, token))


def _page(request: Request, hub: Hub, found: Verification | None) -> HTMLResponse:
    language = language_of(request)
    words = _words()[language]
    state = found.state.value if found else "empty"
    mark, heading, sentence = words["states"][state]
    plain = {part: words[part] for part in ("lang", "place", "page_title", "ask", "look", "privacy")}
    plain |= {"state": state, "mark": mark, "heading": heading, "sentence": sentence}
    escaped = {name: html.escape(str(value)) for name, value in plain.items()}
    text = _template().substitute(escaped, facts=_facts(hub, found, words["facts"], language) if found else "")
    return HTMLResponse(
        text, headers={"Cache-Control": "no-store", "Content-Language": words["lang"], "Vary": "Accept-Language"}
    )


def _facts(hub: Hub, found: Verification, labels: dict[str, str], language: str) -> str:
    if found.state is State.UNKNOWN or found.issued is None:
        return ""
    name = found.station_name.get("en" if language == "en" else "zh_CN") or found.station
    facts = {
        "course": found.title,
        "number": found.number,
        "issued": found.issued.astimezone(ZoneInfo(hub.config.time_zone)).date().isoformat(),
        "score": "" if found.score is None else f"{found.score} %",
        "station": name,
    }
    rows = [f"<dt>{html.escape(labels[k])}</dt><dd>{html.escape(v)}</dd>" for k, v in facts.items() if v]
    return f"<dl>{''.join(rows)}</dl>"


@router.get(
    "/api/console/courses",
    summary="Courses: published packs, and how often they were begun, completed and passed",
    dependencies=[Depends(require("publisher", "manager"))],
)
def courses(hub: HubDep) -> list[CourseState]:
    published = {d.id: CourseDocument.model_validate(d.body) for d in hub.catalogue.documents(kind="course")}
    counted: dict[str, dict[str, CourseCounts]] = {}
    for row in hub.db.rows("SELECT station, course, what, SUM(count) AS n FROM learning_count GROUP BY 1, 2, 3"):
        for station in (row["station"], ""):
            counts = counted.setdefault(row["course"], {}).setdefault(station, CourseCounts(station=station))
            setattr(counts, row["what"], getattr(counts, row["what"]) + row["n"])
    return [
        CourseState(
            course=course,
            title=published[course].title.model_dump() if course in published else {"zh_CN": course},
            published=published[course].version if course in published else None,
            problem=_problem(hub, course, published[course]) if course in published else "",
            total=counted.get(course, {}).get("", CourseCounts(station="")),
            stations=[counts for station, counts in sorted(counted.get(course, {}).items()) if station],
        )
        for course in sorted({*published, *counted})
    ]


def _problem(hub: Hub, course: str, document: CourseDocument) -> str:
    """What a terminal would say of the pack of a published course, "" when it would take it."""
    publishers = {
        d.id: CoursePublisherDocument.model_validate(d.body) for d in hub.catalogue.documents(kind="course_publisher")
    }
    ring = KeyRing(document.trusted(name) for name, document in publishers.items())
    try:
        with hub.files.path(document.pack.sha256).open("rb") as handle:
            pack = open_pack(handle, ring, Instant(hub.now()))
            check_files(handle, pack)
    except PackRefused as error:
        return str(error)
    except OSError as error:
        return f"unreadable: {error}"
    if (pack.manifest.course, pack.manifest.version) != (course, document.version):
        return f"manifest: it is {pack.manifest.course} {pack.manifest.version}"
    return ""


@cache
def _words() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((PAGES / "verify.json").read_text("utf-8"))
    return found


@cache
def _template() -> Template:
    return Template((PAGES / "verify.html").read_text("utf-8"))
