"""The register of member codes: this hub's issuer key, what it signed, what it took back, and the news of that.

The key is made at the first start and stays in the data folder; its public half and the signed list of revoked codes
are catalogue documents. The register knows pseudonyms and tiers and no names: who holds which card is on the union's
books.
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from hub.database import Database, Row
from hub.members_standing import end_without_code
from hub.problems import Problem
from hub.publishing import Published
from hub.seeds import kept_seed, read_seed
from hub.state import Hub
from kiosk.protocol.cose import SigningKey
from kiosk.protocol.folder import PlainDocument
from kiosk.protocol.members import MemberClaims, issue_code
from kiosk.protocol.status_list import StatusList, issue_list, make_bitmap

OWNER = "members"
MIGRATIONS = (
    """
    CREATE TABLE members_issuer (issuer TEXT PRIMARY KEY, not_before TEXT NOT NULL, not_after TEXT NOT NULL);
    CREATE TABLE members_list (seq INTEGER NOT NULL, issued TEXT NOT NULL);
    INSERT INTO members_list VALUES (0, '');
    CREATE TABLE members_code (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        member TEXT NOT NULL,
        tier TEXT NOT NULL,
        status_index INTEGER NOT NULL UNIQUE,
        issued TEXT NOT NULL,
        expires TEXT NOT NULL,
        note TEXT NOT NULL,
        issued_by TEXT NOT NULL,
        revoked TEXT NOT NULL DEFAULT '',
        revoked_by TEXT NOT NULL DEFAULT '',
        reason TEXT NOT NULL DEFAULT '',
        page TEXT NOT NULL DEFAULT ''
    );
    CREATE INDEX members_code_page ON members_code (page)
    """,
)
KEY_YEARS, LIST_DAYS = 10, 90
SHORT_SECONDS = 120
_FRESH = timedelta(hours=24)  # a list older than this is signed anew, so that stations know they have news
_SMALLEST_LIST = 1 << 16  # bits: an index chosen among many says nothing about when a code was issued


class CodeUnknown(Problem):
    status = 404
    code = "members.code_unknown"
    title = ("没有这个会员码", "There is no such member code")


class CodeTakenBack(Problem):
    status = 409
    code = "members.code_revoked"
    title = ("这个会员码已经作废", "This member code was revoked")


class CodeOver(Problem):
    status = 409
    code = "members.code_expired"
    title = ("这个会员码已经过期", "This member code has expired")


class IssuerKeyLost(Problem):
    status = 503
    code = "members.key_lost"
    title = ("签发会员码的密钥文件丢失或已更换", "The key file that signs member codes is lost or was replaced")


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code that was issued. Times are aware UTC; `member` is the pseudonym in hex."""

    id: int
    member: str
    tier: str
    status_index: int
    issued: datetime
    expires: datetime
    note: str
    issued_by: str
    revoked: datetime | None
    reason: str


class Register:
    """Issues and revokes. Blocking. Opening it makes the key and publishes it where that was not done yet."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._db: Database = hub.db
        with self._db.transaction():
            self._key = self._open_key(hub.config.data_dir / "members.key")
        self.publish_list()

    @property
    def issuer(self) -> str:
        return self._key.issuer

    def issue(self, tier: str, days: int, by: str, note: str = "", member: str = "") -> CodeRow:
        """A new code that is good for `days`; for a member who has one already, `member` is the pseudonym (hex)."""
        now = self._hub.now().replace(microsecond=0)
        with self._db.transaction():
            made = self._db.value(
                "INSERT INTO members_code (member, tier, status_index, issued, expires, note, issued_by)"
                " VALUES (?,?,?,?,?,?,?) RETURNING id",
                (
                    member or secrets.token_hex(10),
                    tier,
                    self._free_index(),
                    now.isoformat(),
                    (now + timedelta(days=days)).isoformat(),
                    note,
                    by,
                ),
            )
            return self.get(int(made))

    def get(self, code_id: int) -> CodeRow:
        """Raises CodeUnknown."""
        row = self._db.row("SELECT * FROM members_code WHERE id = ?", (code_id,))
        if row is None:
            raise CodeUnknown(id=code_id)
        return _code(row)

    def all(self, limit: int = 1000, before: int = 0) -> list[CodeRow]:
        """Newest first; `before` is the id above which nothing is wanted (0 = from the newest)."""
        rows = self._db.rows(
            "SELECT * FROM members_code WHERE ? = 0 OR id < ? ORDER BY id DESC LIMIT ?", (before, before, limit)
        )
        return [_code(row) for row in rows]

    def text(self, code: CodeRow) -> str:
        """The static code, for a card. The same text each time. Raises CodeTakenBack."""
        if code.revoked:
            raise CodeTakenBack(id=code.id)
        claims = MemberClaims(
            self.issuer, code.issued, code.expires, bytes.fromhex(code.member), code.tier, code.status_index
        )
        return issue_code(claims, self._key)

    def short_text(self, code: CodeRow) -> tuple[str, datetime]:
        """A code for the next two minutes, for a phone, and when it ends. Raises CodeTakenBack, CodeOver."""
        now = self._hub.now().replace(microsecond=0)
        if code.revoked:
            raise CodeTakenBack(id=code.id)
        if code.expires <= now:
            raise CodeOver(id=code.id)
        ends = min(code.expires, now + timedelta(seconds=SHORT_SECONDS))
        claims = MemberClaims(
            self.issuer, now, ends, bytes.fromhex(code.member), code.tier, code.status_index, secrets.token_bytes(8)
        )
        return issue_code(claims, self._key), ends

    def revoke(self, code_id: int, by: str, reason: str = "") -> CodeRow:
        """Take a code back and publish that. Doing it again changes nothing. Raises CodeUnknown."""
        with self._db.transaction():
            if not self.get(code_id).revoked:
                self._db.execute(
                    "UPDATE members_code SET revoked = ?, revoked_by = ?, reason = ?, page = '' WHERE id = ?",
                    (self._hub.now().isoformat(), by, reason, code_id),
                )
                self.publish_list(force=True)
                end_without_code(self._hub, self.get(code_id).member)
            return self.get(code_id)

    def new_page(self, code_id: int) -> str:
        """The secret part of the address of a phone's page; an older address of this code ends."""
        code = self.get(code_id)
        if code.revoked:
            raise CodeTakenBack(id=code.id)
        secret = secrets.token_urlsafe(18)
        self._db.execute("UPDATE members_code SET page = ? WHERE id = ?", (_digest(secret), code_id))
        return secret

    def by_page(self, secret: str) -> CodeRow:
        """Raises CodeUnknown."""
        row = self._db.row("SELECT * FROM members_code WHERE page = ?", (_digest(secret),)) if secret else None
        if row is None:
            raise CodeUnknown()
        return _code(row)

    def publish_list(self, force: bool = False) -> Published | None:
        """Publish the signed list of revoked codes where it is new or a day old. None when there was nothing to do."""
        now = self._hub.now().replace(microsecond=0)
        with self._db.transaction():
            last = self._db.row("SELECT seq, issued FROM members_list") or {"seq": 0, "issued": ""}
            if not force and last["issued"] and abs(now - datetime.fromisoformat(last["issued"])) < _FRESH:
                return None
            # By the clock, so that a hub that was restored from an older copy is not behind what stations have seen.
            seq = max(int(last["seq"]) + 1, int(now.timestamp()))
            revoked = [int(r["status_index"]) for r in self._db.rows(
                "SELECT status_index FROM members_code WHERE revoked <> ''")]  # fmt: skip
            status = StatusList(
                self.issuer, seq, now, now + timedelta(days=LIST_DAYS), make_bitmap(self._list_size(), revoked)
            )
            token = base64.b64encode(issue_list(status, self._key)).decode()
            self._db.execute("UPDATE members_list SET seq = ?, issued = ?", (seq, now.isoformat()))
            body = {"issuer": self.issuer, "token": token}
            return self._hub.catalogue.publish([PlainDocument(kind="status_list", id=self.issuer, body=body)], OWNER)

    def _open_key(self, path: Path) -> SigningKey:
        row = self._db.row("SELECT * FROM members_issuer")
        if row is None:
            key = _named(kept_seed(path, IssuerKeyLost))
            now = self._hub.now().replace(microsecond=0)
            # A day before, for stations whose clock is behind; ten years are more than any code lives.
            begins, ends = now - timedelta(days=1), now + timedelta(days=365 * KEY_YEARS)
            row = {"issuer": key.issuer, "not_before": begins.isoformat(), "not_after": ends.isoformat()}
            self._db.execute("INSERT INTO members_issuer VALUES (:issuer, :not_before, :not_after)", row)
        else:
            key = _named(read_seed(path, IssuerKeyLost))
            if key.issuer != row["issuer"]:
                raise IssuerKeyLost(path=str(path), issuer=row["issuer"])
        body = {
            "issuer": key.issuer,
            "kid": key.kid.hex(),
            "public_key": key.public.hex(),
            "not_before": row["not_before"],
            "not_after": row["not_after"],
        }
        self._hub.catalogue.publish([PlainDocument(kind="issuer_key", id=key.issuer, body=body)], OWNER)
        return key

    def _list_size(self) -> int:
        """Bits: at least twice the codes there are, so that a free index is found at once."""
        count = int(self._db.value("SELECT COUNT(*) FROM members_code") or 0)
        highest = int(self._db.value("SELECT MAX(status_index) FROM members_code") or 0)
        size = _SMALLEST_LIST
        while size < 2 * count + 2 or size <= highest:
            size *= 2
        return size

    def _free_index(self) -> int:
        size = self._list_size()
        while True:
            index = secrets.randbelow(size)
            if not self._db.value("SELECT COUNT(*) FROM members_code WHERE status_index = ?", (index,)):
                return index


def _named(seed: bytes) -> SigningKey:
    """The issuer's name is short, for every letter of it is in every code, and follows from the key."""
    kid = SigningKey.from_seed("", seed).kid
    return SigningKey.from_seed(f"h{kid.hex()[:6]}", seed)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _code(row: Row) -> CodeRow:
    return CodeRow(
        id=int(row["id"]),
        member=row["member"],
        tier=row["tier"],
        status_index=int(row["status_index"]),
        issued=datetime.fromisoformat(row["issued"]),
        expires=datetime.fromisoformat(row["expires"]),
        note=row["note"],
        issued_by=row["issued_by"],
        revoked=datetime.fromisoformat(row["revoked"]) if row["revoked"] else None,
        reason=row["reason"],
    )
