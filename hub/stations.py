"""Stations: enrolment by one-time code, requests signed by their terminals, and the list with who is here.

@router.post("/api/something")
def something(station: SignedStation, …): ...      # the station's id; also for WebSockets
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

import anyio.to_thread
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from fastapi import APIRouter, Depends
from pydantic import BaseModel
from starlette.requests import HTTPConnection, Request

from hub.auth import require
from hub.problems import Problem
from hub.state import Hub, HubDep
from hub.throttle import Throttle
from kiosk.protocol.enrol import Enrolled, EnrolRequest, enrolment_message
from kiosk.protocol.signing import SKEW, SignatureRefused, SignedBy, read_headers, verify_request

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0 O 1 I, which are mistaken for each other on paper
_SAME_AGAIN = timedelta(minutes=30)  # a terminal whose answer was lost may ask again with the same code and key
MIGRATIONS = (
    """
    CREATE TABLE station (
        id TEXT PRIMARY KEY,
        public_key TEXT NOT NULL,
        terminal INTEGER NOT NULL,
        diverged INTEGER NOT NULL DEFAULT 0,
        disabled INTEGER NOT NULL DEFAULT 0,
        enrolled TEXT NOT NULL,
        last_seen TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE enrolment (
        code TEXT PRIMARY KEY,
        station TEXT NOT NULL,
        expires TEXT NOT NULL,
        used TEXT NOT NULL DEFAULT '',
        public_key TEXT NOT NULL DEFAULT ''
    ) WITHOUT ROWID;
    CREATE TABLE nonce (
        station TEXT NOT NULL,
        nonce TEXT NOT NULL,
        expires INTEGER NOT NULL,
        PRIMARY KEY (station, nonce)
    ) WITHOUT ROWID;
    CREATE INDEX nonce_expires ON nonce (expires);
    """,
    # Every key a station ever had: what an earlier terminal signed (certificates) can still be looked up.
    """
    CREATE TABLE station_key (
        station TEXT NOT NULL,
        public_key TEXT NOT NULL,
        since TEXT NOT NULL,
        PRIMARY KEY (station, public_key)
    ) WITHOUT ROWID;
    INSERT INTO station_key SELECT id, public_key, enrolled FROM station;
    """,
)
router = APIRouter(tags=["stations"])


class SignatureInvalid(Problem):
    status = 401
    code = "signature.invalid"
    title = ("终端签名无效", "The terminal's signature is not valid")


class SignatureSkew(SignatureInvalid):
    code = "signature.skew"
    title = ("终端时钟相差太多", "The terminal's clock is too far off")


class Replayed(SignatureInvalid):
    code = "signature.replayed"
    title = ("同一请求已经收到过", "This very request was received before")


class StationUnknown(Problem):
    status = 401
    code = "station.unknown"
    title = ("这台终端没有登记", "This terminal is not enrolled")


class StationIdInvalid(Problem):
    status = 422
    code = "station.id_invalid"
    title = ("站点编号不符合要求", "This is not a station's id")


class EnrolmentRefused(Problem):
    status = 403
    code = "enrol.refused"
    title = ("登记码无效、已使用或已过期", "The one-time code is not valid, was used, or has expired")


@dataclass(frozen=True, slots=True)
class Terminal:
    """A station as its signed request shows it: which terminal in the row of those that stood there."""

    station: str
    terminal: int


class EnrolmentWanted(BaseModel):
    station: str


class EnrolmentCode(BaseModel):
    """What somebody types in at the terminal, once, before `expires`."""

    station: str
    code: str
    expires: datetime


def new_enrolment(hub: Hub, station: str) -> tuple[str, datetime]:
    """A one-time code for a station and until when it holds. Codes given before for it are void. Blocking."""
    if not 1 <= len(station) <= 32 or not station.isascii() or not all(c.isalnum() or c in "-_." for c in station):
        raise StationIdInvalid(station=station[:64])
    letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
    code, expires = f"{letters[:4]}-{letters[4:]}", hub.now() + timedelta(hours=hub.config.enrolment_hours)
    with hub.db.transaction():
        hub.db.execute("DELETE FROM enrolment WHERE station = ? OR expires < ?", (station, hub.now().isoformat()))
        hub.db.execute(
            "INSERT INTO enrolment (code, station, expires) VALUES (?,?,?)",
            (_digest(code), station, expires.isoformat()),
        )
    return code, expires


def enrol_terminal(hub: Hub, request: EnrolRequest) -> str:
    """Trade a code for a station's id. Raises EnrolmentRefused. Blocking."""
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(request.public_key))
        public.verify(bytes.fromhex(request.proof), enrolment_message(request.code, request.public_key))
    except (InvalidSignature, ValueError) as error:
        raise EnrolmentRefused() from error
    now = hub.now()
    with hub.db.transaction():
        row = hub.db.row("SELECT * FROM enrolment WHERE code = ?", (_digest(request.code),))
        if row is None or datetime.fromisoformat(row["expires"]) <= now:
            raise EnrolmentRefused()
        if row["used"]:
            again = row["public_key"] == request.public_key
            if not again or datetime.fromisoformat(row["used"]) + _SAME_AGAIN < now:
                raise EnrolmentRefused()
            return str(row["station"])
        station = str(row["station"])
        hub.db.execute(
            "UPDATE enrolment SET used = ?, public_key = ? WHERE code = ?",
            (now.isoformat(), request.public_key, _digest(request.code)),
        )
        known = hub.db.row("SELECT * FROM station WHERE id = ?", (station,))
        # A new terminal begins its journal at 1 again, so what it sends is told apart from the old one's.
        same = known and known["public_key"] == request.public_key and not known["diverged"]
        terminal = (int(known["terminal"]) + (not same)) if known else 1
        hub.db.execute(
            "INSERT INTO station (id, public_key, terminal, enrolled, last_seen) VALUES (?,?,?,?,?) "
            "ON CONFLICT (id) DO UPDATE SET public_key = excluded.public_key, terminal = excluded.terminal, "
            "enrolled = excluded.enrolled, last_seen = excluded.last_seen, diverged = 0, disabled = 0",
            (station, request.public_key, terminal, now.isoformat(), now.isoformat()),
        )
        hub.db.execute(
            "INSERT INTO station_key VALUES (?,?,?) ON CONFLICT DO NOTHING",
            (station, request.public_key, now.isoformat()),
        )
    return station


def check_signature(hub: Hub, claim: SignedBy, method: str, target: str, body: bytes) -> Terminal:
    """The terminal that signed a request. Blocking.

    Raises SignatureInvalid, SignatureSkew, Replayed, StationUnknown.
    """
    now = hub.now()
    row = hub.db.row("SELECT * FROM station WHERE id = ? AND disabled = 0", (claim.station,))
    if row is None:
        raise StationUnknown(station=claim.station)
    try:
        verify_request(claim, bytes.fromhex(row["public_key"]), method, target, body, now)
    except SignatureRefused as error:
        raise (SignatureSkew() if error.reason == "skew" else SignatureInvalid(reason=error.reason)) from error
    with hub.db.transaction():
        hub.db.execute("DELETE FROM nonce WHERE expires < ?", (int(now.timestamp()),))
        kept_until = claim.timestamp + int(SKEW.total_seconds()) + 1
        fresh = hub.db.execute(
            "INSERT INTO nonce VALUES (?,?,?) ON CONFLICT DO NOTHING", (claim.station, claim.nonce, kept_until)
        )
        if not fresh:
            raise Replayed()
        hub.db.execute("UPDATE station SET last_seen = ? WHERE id = ?", (now.isoformat(), claim.station))
    return Terminal(claim.station, int(row["terminal"]))


async def signed_terminal(connection: HTTPConnection, hub: HubDep) -> Terminal:
    """A dependency: who signed this request or this WebSocket handshake (method GET, empty body)."""
    try:
        claim = read_headers(connection.headers)
    except SignatureRefused as error:
        raise SignatureInvalid(reason=error.reason) from error
    request = connection if isinstance(connection, Request) else None
    body = await request.body() if request else b""
    query = connection.scope["query_string"].decode("ascii", "replace")
    path = (connection.scope.get("raw_path") or connection.scope["path"].encode()).decode("ascii", "replace")
    target = path.split("?")[0] + (f"?{query}" if query else "")
    method = request.method if request else "GET"
    return await anyio.to_thread.run_sync(check_signature, hub, claim, method, target, body)


SignedTerminal = Annotated[Terminal, Depends(signed_terminal)]


async def signed_station(terminal: SignedTerminal) -> str:
    """A dependency: the id of the station whose terminal signed this request."""
    return terminal.station


SignedStation = Annotated[str, Depends(signed_station)]


@router.post("/api/enrol", summary="A terminal trades a one-time code for its station's id")
def enrol(request: EnrolRequest, connection: Request, hub: HubDep) -> Enrolled:
    throttle: Throttle = connection.app.state.throttle
    throttle.attempt(f"enrol {connection.client.host if connection.client else ''}")
    return Enrolled(station=enrol_terminal(hub, request), hub_time=hub.now(), publisher_keys=hub.proofs.publishers())


@router.post(
    "/api/enrolments",
    summary="Make a one-time code for a station's terminal",
    status_code=201,
    dependencies=[Depends(require("administrator"))],
)
def make_enrolment(wanted: EnrolmentWanted, hub: HubDep) -> EnrolmentCode:
    code, expires = new_enrolment(hub, wanted.station)
    return EnrolmentCode(station=wanted.station, code=code, expires=expires)


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
