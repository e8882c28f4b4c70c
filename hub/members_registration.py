"""Registrations made at terminals: taken from their journals, confirmed or replaced, and told to every station.

An ID card proves who somebody is, so the second registration of a card becomes the member of the first. A name and a
phone number prove nothing: a person decides (or `registration_confirms` says that everybody new is taken at their
word). Until then a provisional code says who somebody claims to be, and no more. Names stay sealed; opening one is a
deed that is written down.
"""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

import anyio.to_thread
from fastapi import APIRouter, Depends, FastAPI, Query
from fastapi import Path as PathParam
from pydantic import BaseModel, StringConstraints

from hub.accounts import Staff
from hub.auth import require
from hub.database import Database, Row
from hub.features import Projection
from hub.members_register import Register
from hub.members_standing import OWNER, Decision, State, decide, decision_of
from hub.problems import Problem
from hub.running import running
from hub.seeds import kept_seed, read_seed
from hub.state import Hub, HubDep
from kiosk.protocol.cose import key_id
from kiosk.protocol.folder import PlainDocument
from kiosk.protocol.journal import Entry
from kiosk.protocol.members import terminal_issuer
from kiosk.protocol.registration import PROVISIONAL_LIFE, MemberRegistered, unseal
from kiosk.protocol.sealing import SealBroken, seal_key

log = logging.getLogger(__name__)
PROJECTION = Projection(
    version=1,
    tables=("members_registration",),
    schema="""
    CREATE TABLE members_registration (
        member TEXT PRIMARY KEY,
        station TEXT NOT NULL,
        at TEXT NOT NULL,
        way TEXT NOT NULL,
        occupation TEXT NOT NULL,
        expires TEXT NOT NULL,
        card TEXT NOT NULL,
        phone TEXT NOT NULL,
        sealed TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX members_registration_phone ON members_registration (phone);
    CREATE INDEX members_registration_station ON members_registration (station)
    """,
)
LOOK_SECONDS = 2.0
FULL_DAYS = 365
_FULL_TIER = "member"
_BATCH = 200
_BY_ITSELF = "registration"
_NEW = f"""
    SELECT r.* FROM members_registration r LEFT JOIN members_decision d ON d.member = r.member
    WHERE d.member IS NULL ORDER BY r.at, r.member LIMIT {_BATCH}
"""  # noqa: S608 - our own number
_SHOWN = """
    SELECT r.*, d.state, d.final, d.tier, d.decided_by,
        (SELECT MIN(o.member) FROM members_registration o JOIN members_decision e ON e.member = o.member
         WHERE r.phone <> '' AND o.phone = r.phone AND o.member <> r.member AND e.state = 'confirmed') AS known
    FROM members_registration r LEFT JOIN members_decision d ON d.member = r.member
    WHERE (:state = '' OR COALESCE(d.state, 'waiting') = :state) ORDER BY r.at DESC, r.member LIMIT :limit
"""
router = APIRouter(tags=["members"], dependencies=[Depends(require("manager"))])
Manager = Annotated[Staff, Depends(require("manager"))]
Member = Annotated[str, PathParam(pattern=r"^([0-9a-f]{2}){8,16}$")]


class RegistrationUnknown(Problem):
    status = 404
    code = "registration.unknown"
    title = ("没有这次登记", "There is no such registration")


class SealKeyLost(Problem):
    status = 503
    code = "registration.key_lost"
    title = ("解封登记信息的密钥文件丢失或已更换", "The key file that opens registrations is lost or was replaced")


class NoContact(Problem):
    status = 404
    code = "registration.no_contact"
    title = ("这次登记没有留姓名和电话", "No name and number were left with this registration")


class Registration(BaseModel):
    """A registration as staff see it. `known` is the member who registered with the same phone number before."""

    member: str
    station: str
    at: datetime
    way: str
    occupation: str
    expires: datetime
    state: State
    final: str
    decided_by: str
    known: str
    contact: bool


class Person(BaseModel):
    name: str
    phone: str


class Choice(BaseModel):
    """`merge` makes it the member `into`, `end` takes the code back."""

    action: Literal["confirm", "merge", "end"]
    into: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{2}){8,16}$|^$")] = ""


def on_entry(db: Database, station: str, entry: Entry) -> None:
    if entry.kind != MemberRegistered.kind:
        return
    body = entry.parsed()
    assert isinstance(body, MemberRegistered)
    if body.token == MemberRegistered.private["token"]:
        return  # they asked to be forgotten
    card, phone = (body.card, body.phone) if body.shared_key else ("", "")
    sealed = str(entry.body.get("sealed", ""))
    db.execute(
        "INSERT INTO members_registration VALUES (?,?,?,?,?,?,?,?,?) ON CONFLICT (member) DO UPDATE SET"
        " expires = excluded.expires, occupation = excluded.occupation"
        " WHERE members_registration.station = excluded.station",
        (
            body.member, station, entry.at.isoformat(), body.way, str(body.occupation), body.expires.isoformat(),
            card, phone, sealed,
        ),
    )  # fmt: skip


def on_redacted(db: Database, station: str, before: Entry, now: Entry) -> None:
    """Whoever asked to be forgotten has not registered."""
    if before.kind == MemberRegistered.kind:
        db.execute(
            "DELETE FROM members_registration WHERE member = ? AND station = ?", (before.body["member"], station)
        )


class Registry:
    """Looks after the registrations. Blocking. Opening it makes the keys and publishes them where that was not done."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._published: set[str] | None = None
        with hub.db.transaction():
            self._key = self._open_key()
            if hub.catalogue.get("id_card_key", "district") is None:
                key = PlainDocument(kind="id_card_key", id="district", body={"key": secrets.token_hex(32)})
                hub.catalogue.publish([key], OWNER)

    def look(self) -> int:
        """Decide what is new and see to the terminals' keys. Returns how many registrations were looked at."""
        hub = self._hub
        self._publish_keys()
        rows = hub.db.rows(_NEW)
        register = Register(hub) if rows else None
        for row in rows:
            assert register is not None
            with hub.db.transaction():
                if not hub.db.value("SELECT COUNT(*) FROM members_decision WHERE member = ?", (row["member"],)):
                    self._decide(register, row)
        return len(rows)

    def choose(self, member: str, choice: Choice, by: str) -> None:
        """What a person decided. Raises RegistrationUnknown."""
        hub = self._hub
        with hub.db.transaction():
            row = self._row(member)
            if choice.action == "end":
                decide(hub, Decision(member, State.ENDED, member, "", row["card"]), by)
            elif choice.action == "merge":
                into = hub.db.row("SELECT * FROM members_decision WHERE member = ?", (choice.into,))
                if into is None or into["state"] not in (State.CONFIRMED, State.MERGED) or choice.into == member:
                    raise RegistrationUnknown(member=choice.into)
                first = decision_of(into)
                decide(hub, Decision(member, State.MERGED, first.final, first.tier, row["card"]), by)
            else:
                self._confirm(Register(hub), row, by)

    def contact(self, member: str) -> Person:
        """Raises RegistrationUnknown, NoContact, SealKeyLost."""
        row = self._row(member)
        if not row["sealed"]:
            raise NoContact(member=member)
        body = MemberRegistered.model_validate(
            {
                "session": "", "member": member, "way": "phone", "occupation": row["occupation"], "token": "0" * 16,
                "issued": row["at"], "expires": row["expires"], "sealed": row["sealed"],
            }
        )  # fmt: skip
        if self._key is None:
            raise SealKeyLost(member=member)
        try:
            found = unseal(body.sealed, self._key, member)
        except SealBroken as error:
            raise SealKeyLost(member=member) from error
        return Person(name=found.name, phone=found.phone)

    def all(self, state: str, limit: int) -> list[Registration]:
        """Newest first."""
        rows = self._hub.db.rows(_SHOWN, {"state": state, "limit": limit})
        return [
            Registration(
                member=row["member"],
                station=row["station"],
                at=datetime.fromisoformat(row["at"]),
                way=row["way"],
                occupation=row["occupation"],
                expires=datetime.fromisoformat(row["expires"]),
                state=State(row["state"] or "waiting"),
                final=row["final"] or "",
                decided_by=row["decided_by"] or "",
                known=row["known"] or "",
                contact=bool(row["sealed"]),
            )
            for row in rows
        ]

    def _row(self, member: str) -> Row:
        row = self._hub.db.row("SELECT * FROM members_registration WHERE member = ?", (member,))
        if row is None:
            raise RegistrationUnknown(member=member)
        return row

    def _decide(self, register: Register, row: Row) -> None:
        hub, member = self._hub, row["member"]
        if row["card"]:
            sql = "SELECT * FROM members_decision WHERE card = ? AND state IN ('confirmed', 'merged') ORDER BY decided"
            if (first := hub.db.row(sql, (row["card"],))) is not None:
                before = decision_of(first)
                decide(hub, Decision(member, State.MERGED, before.final, before.tier, row["card"]), _BY_ITSELF)
                return
        same = "SELECT COUNT(*) FROM members_registration WHERE phone = ? AND phone <> '' AND member <> ?"
        unproven = row["way"] != "id_card" and hub.config.registration_confirms != "everybody"
        if unproven or hub.db.value(same, (row["phone"], member)):
            decide(hub, Decision(member, State.WAITING, "", ""), _BY_ITSELF)
            return
        self._confirm(register, row, _BY_ITSELF)

    def _confirm(self, register: Register, row: Row, by: str) -> None:
        """The pseudonym is a member's now, with a code of this hub's that can be printed, renewed and taken back."""
        hub, member = self._hub, row["member"]
        tier = _FULL_TIER if hub.catalogue.get("member_tier", _FULL_TIER) else ""
        good = "SELECT COUNT(*) FROM members_code WHERE member = ? AND revoked = ''"
        if not hub.db.value(good, (member,)):
            register.issue(tier, FULL_DAYS, by, member=member)
        decide(hub, Decision(member, State.CONFIRMED, member, tier, row["card"]), by)

    def _publish_keys(self) -> None:
        """The keys of terminals that register people, as long as they are trusted."""
        hub = self._hub
        rows = hub.db.rows(
            "SELECT s.id, s.public_key, s.enrolled FROM station s WHERE s.disabled = 0"
            " AND EXISTS (SELECT 1 FROM members_registration r WHERE r.station = s.id)"
        )
        wanted = [_key_document(row) for row in rows]
        names = {document.id for document in wanted}
        if names == self._published:
            return
        gone = [d.id for d in hub.catalogue.documents(owner=OWNER, kind="issuer_key") if d.id not in names]
        hub.catalogue.publish(wanted, OWNER)
        hub.catalogue.delete([("issuer_key", name) for name in gone], OWNER)
        self._published = names

    def _open_key(self) -> bytes | None:
        """None where the file is lost, or is that of another process: then nobody's name can be opened here."""
        hub, path = self._hub, self._hub.config.data_dir / "registration.key"
        known = hub.catalogue.get("registration_settings", "district")
        keep = f"{hub.config.public_url.rstrip('/')}/keep" if hub.config.public_url else ""
        if known is None:
            seed = kept_seed(path, SealKeyLost)
            self._publish_settings({"seal_key": seal_key(seed), "offered": True, "keep_url": keep})
            return seed
        if known.body.get("keep_url", "") != keep:
            self._publish_settings({**known.body, "keep_url": keep})
        try:
            seed = read_seed(path, SealKeyLost)
        except SealKeyLost:
            return None
        return seed if seal_key(seed) == known.body.get("seal_key") else None

    def _publish_settings(self, body: dict[str, Any]) -> None:
        self._hub.catalogue.publish([PlainDocument(kind="registration_settings", id="district", body=body)], OWNER)

    @property
    def opens(self) -> bool:
        """Whether names can be opened here."""
        return self._key is not None


def _key_document(row: Row) -> PlainDocument:
    """A day before, for stations whose clock is behind. The end is far: it is the trust in the terminal that ends."""
    public = bytes.fromhex(row["public_key"])
    begins = datetime.fromisoformat(row["enrolled"]).replace(microsecond=0) - PROVISIONAL_LIFE
    body = {
        "issuer": terminal_issuer(public),
        "kid": key_id(public).hex(),
        "public_key": public.hex(),
        "not_before": begins.isoformat(),
        "not_after": (begins + timedelta(days=3650)).isoformat(),
        "provisional": True,
    }
    return PlainDocument(kind="issuer_key", id=terminal_issuer(public), body=body)


@asynccontextmanager
async def background(app: FastAPI) -> AsyncIterator[None]:
    """Keys are published before anybody asks, and what terminals registered is looked at soon after it came."""
    hub: Hub = app.state.hub
    registry: Registry | None = None
    with contextlib.suppress(Problem):
        registry = await anyio.to_thread.run_sync(Registry, hub)
        if not registry.opens:
            log.error("registration.key is not the one names are sealed to: they cannot be opened here")
    async with running(_watch(hub, registry)):
        yield


async def _watch(hub: Hub, registry: Registry | None) -> None:
    while True:
        try:
            if registry is None:
                registry = await anyio.to_thread.run_sync(Registry, hub)
            await anyio.to_thread.run_sync(registry.look)
        except Problem as problem:  # the next look comes
            log.warning("registrations could not be looked at: %s", problem.code)
        await asyncio.sleep(LOOK_SECONDS)


@router.get("/api/members/registrations", summary="Registrations made at terminals, newest first")
def registrations(
    hub: HubDep,
    state: Annotated[Literal["", "waiting", "confirmed", "merged", "ended"], Query()] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> list[Registration]:
    return Registry(hub).all(state, limit)


@router.post("/api/members/registrations/{member}/decide", summary="Confirm, merge or end a registration")
def choose(member: Member, choice: Choice, staff: Manager, hub: HubDep) -> None:
    Registry(hub).choose(member, choice, staff.name)


@router.post("/api/members/registrations/{member}/contact", summary="Open the name and number somebody left")
def contact(member: Member, hub: HubDep) -> Person:
    return Registry(hub).contact(member)
