"""Forgetting at the hub: somebody asks, or the time for which an entry tells of a person is over.

Whoever asks is renamed here to a pseudonym that nobody knows, in what was taken and in what still comes; their codes
and registrations end; and an `erasure` document has every terminal do the same. Sums stay as they were. Months that
were retired into files are not written over: what is read from them again goes through the same rule.
"""

import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import anyio
import anyio.to_thread
from fastapi import APIRouter, Depends, FastAPI
from fastapi import Path as PathParam
from pydantic import BaseModel

from hub import journal
from hub.accounts import Staff
from hub.auth import require
from hub.database import Row
from hub.erased import limits, who_asked
from hub.features import features
from hub.members_register import Register
from hub.members_standing import Decision, State, decide
from hub.problems import Problem
from hub.running import running
from hub.state import Hub, HubDep
from kiosk.protocol.folder import PlainDocument
from kiosk.protocol.journal import Entry
from kiosk.protocol.redaction import ERASURE, Redaction, personal_kinds

log = logging.getLogger(__name__)
OWNER = "erasure"
_SLICE = 2000
_DAY = 86_400.0
_BRANCHES = (
    "SELECT member AS name FROM members_decision WHERE final = ?",
    "SELECT final AS name FROM members_decision WHERE member = ?",
)
_NAMED = (
    "SELECT COUNT(*) FROM message_left WHERE voice = ?",
    "SELECT COUNT(*) FROM fault_report WHERE photo = ?",
)
router = APIRouter(tags=["members"])
Manager = Annotated[Staff, Depends(require("manager"))]
Name = Annotated[str, PathParam(pattern=r"^(([0-9a-f]{2}){8,32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$")]


class NotKnown(Problem):
    status = 404
    code = "erasure.unknown"
    title = ("这里没有这个人的记录", "There is nothing of this person here")


class Forgotten(BaseModel):
    """What became of a wish: the pseudonyms it stood for, codes that ended, entries that do not tell of them now.

    `archived`: months in files, which are not written over.
    """

    names: list[str]
    codes: int
    entries: int
    archived: list[str]


def forget(hub: Hub, name: str, by: str) -> Forgotten:
    """Forget a member (pseudonym, hex), or what was left without a name (the id of its entry). Blocking.

    Doing it again does no harm. Raises NotKnown.
    """
    register, now = Register(hub), hub.now().isoformat()
    with hub.db.transaction():
        names = _all_of(hub, name)
        codes = _end_codes(hub, register, names, by)
        for one in sorted(names):
            hub.db.execute("INSERT INTO erased VALUES (?,?,?) ON CONFLICT (name) DO NOTHING", (one, now, by))
        wishes = [
            PlainDocument(kind=ERASURE, id=one, body={"entry" if "-" in one else "member": one})
            for one in sorted(names)
        ]
        hub.catalogue.publish(wishes, OWNER)
    entries = go_over(hub)
    archived = [row["month"] for row in hub.db.rows("SELECT month FROM journal_month ORDER BY month")]
    log.warning("%d pseudonyms were forgotten, %d entries changed", len(names), entries)
    return Forgotten(names=sorted(names), codes=codes, entries=entries, archived=archived)


def _all_of(hub: Hub, name: str) -> set[str]:
    """The pseudonym, and those of registrations that turned out to be the same person's."""
    names = {name}
    while more := {row["name"] for one in names for sql in _BRANCHES for row in hub.db.rows(sql, (one,))} - names:
        names |= more
    tables = ("members_code", "members_decision", "members_registration")
    counts = [f"SELECT COUNT(*) FROM {table} WHERE member = ?" for table in tables]  # noqa: S608 - our own names
    sure = any(hub.db.value(sql, (one,)) for one in names for sql in counts)
    told = hub.db.value("SELECT COUNT(*) FROM erased WHERE name = ?", (name,))
    if not sure and not told and not _occurs(hub, name):
        raise NotKnown(name=name)
    return names


def _occurs(hub: Hub, name: str) -> bool:
    if "-" in name:
        return bool(hub.db.value("SELECT COUNT(*) FROM journal WHERE id = ?", (name,)))
    return bool(hub.db.rows("SELECT 1 FROM journal WHERE body LIKE ? LIMIT 1", (f'%"{name}"%',)))


def _end_codes(hub: Hub, register: Register, names: set[str], by: str) -> int:
    """Codes are taken back, registrations end, and what connects a card with somebody goes."""
    count = 0
    for name in sorted(names):
        for row in hub.db.rows("SELECT id FROM members_code WHERE member = ? AND revoked = ''", (name,)):
            register.revoke(int(row["id"]), by, "erasure")
            count += 1
        hub.db.execute("UPDATE members_code SET note = '' WHERE member = ?", (name,))
        for row in hub.db.rows("SELECT * FROM members_decision WHERE member = ?", (name,)):
            decide(hub, Decision(name, State.ENDED, row["final"], row["tier"], row["card"]), by)
            decide(hub, Decision(name, State.ENDED, row["final"], row["tier"]), by)
    return count


def go_over(hub: Hub) -> int:
    """Go over everything that is here, a slice at a time. Returns how many entries were changed. Blocking."""
    secret = _begin(hub)
    erased = who_asked(hub.db)
    redaction = Redaction(bytes.fromhex(secret), erased, limits(hub.catalogue, hub.now()))
    kinds = ",".join("?" * len(personal_kinds()))
    sql = f"SELECT * FROM journal WHERE position > ? AND position <= ? AND kind IN ({kinds})"  # noqa: S608 - marks
    last, position, total = int(hub.db.value("SELECT last FROM journal_position") or 0), 0, 0
    while position < last:
        rows = hub.db.rows(sql, (position, position + _SLICE, *personal_kinds()))
        total += _write(hub, redaction, rows)
        position += _SLICE
    held = hub.db.rows("SELECT * FROM journal WHERE position IS NULL")
    total += _write(hub, redaction, [row for row in held if not row["poison"] and not row["known"]])
    total += _write_poison(hub, erased, [row for row in held if row["poison"]])
    hub.db.execute("DELETE FROM redaction_pass")
    return total


def _begin(hub: Hub) -> str:
    """A pass that was cut short goes on with its secret, so that a record stays in one piece."""
    with hub.db.transaction():
        secret = hub.db.value("SELECT secret FROM redaction_pass")
        if secret is None:
            secret = secrets.token_hex(32)
            hub.db.execute("INSERT INTO redaction_pass VALUES (?)", (secret,))
    return str(secret)


def _write(hub: Hub, redaction: Redaction, rows: list[Row]) -> int:
    """Each entry with what follows from it. Sounds and pictures that nothing names any more go as well."""
    changed = [(row, before, now) for row in rows if (now := redaction.of(before := journal.entry_of(row)))]
    gone: list[str] = []
    with hub.db.transaction():
        for row, before, now in changed:
            journal.write_over(hub.db, row, now)
            if row["position"] is not None:
                for feature in features():
                    if feature.on_redacted:
                        feature.on_redacted(hub.db, row["station"], before, now)
            gone += [name for name in _files_of(before) if name not in _files_of(now)]
        gone = [name for name in gone if not _named(hub, name)]
        for name in gone:
            hub.db.execute("DELETE FROM message_voice WHERE sha256 = ?", (name,))
    for name in gone:
        hub.files.remove(name)
    return len(changed)


def _named(hub: Hub, sha256: str) -> bool:
    """Whether another message or report, or a document, is about the same file."""
    for sql in _NAMED:
        if hub.db.value(sql, (sha256,)):
            return True
    return bool(hub.db.value("SELECT COUNT(*) FROM catalogue WHERE body LIKE ?", (f"%{sha256}%",)))


def _write_poison(hub: Hub, erased: list[str], rows: list[Row]) -> int:
    """What was kept apart is not understood: only the pseudonym is struck out of it."""
    count = 0
    for row in rows:
        body = row["body"]
        for name in erased:
            body = body.replace(name, "0" * len(name)) if "-" not in name else body
        if body != row["body"]:
            key = (body, row["station"], row["terminal"], row["seq"])
            hub.db.execute("UPDATE journal SET body = ? WHERE station = ? AND terminal = ? AND seq = ?", key)
            count += 1
    return count


def _files_of(entry: Entry) -> list[str]:
    return [value["sha256"] for value in entry.body.values() if isinstance(value, dict) and "sha256" in value]


@router.post(
    "/api/console/members/{name}/forget",
    summary="Forget a member, or a message that was left without a name, here and at every station",
)
async def forget_member(name: Name, hub: HubDep, staff: Manager) -> Forgotten:
    return await anyio.to_thread.run_sync(forget, hub, name, staff.display_name or staff.name)


@asynccontextmanager
async def background(app: FastAPI) -> AsyncIterator[None]:
    """Once a day what is older than it may be goes."""
    async with running(_daily(app.state.hub)):
        yield


async def _daily(hub: Hub) -> None:
    while True:
        await anyio.sleep(_DAY)
        try:
            if count := await anyio.to_thread.run_sync(go_over, hub):
                log.info("%d entries do not tell of a person any more", count)
        except Problem as problem:
            log.warning("the journal was not gone over: %s", problem.code)
