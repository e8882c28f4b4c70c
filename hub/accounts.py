"""Staff accounts: names, roles, passwords (argon2id), sessions. Blocking; routes are in `hub/staff.py`."""

import hashlib
import secrets
import threading
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from hub.database import Database, Row
from hub.problems import Problem

# OWASP password storage: argon2id, 19 MiB, 2 passes. Two at a time, so that a flood of sign-ins takes no more memory.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE = threading.Semaphore(2)
MIN_PASSWORD, MAX_PASSWORD = 10, 200
MIGRATIONS = (
    """
    CREATE TABLE staff (
        name TEXT PRIMARY KEY,
        display_name TEXT NOT NULL,
        password TEXT NOT NULL,
        roles TEXT NOT NULL,
        disabled INTEGER NOT NULL DEFAULT 0,
        created TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE staff_session (
        token TEXT PRIMARY KEY,
        name TEXT NOT NULL REFERENCES staff (name) ON DELETE CASCADE,
        csrf TEXT NOT NULL,
        created TEXT NOT NULL,
        expires TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX staff_session_name ON staff_session (name);
    CREATE TABLE sign_in_failure (name TEXT PRIMARY KEY, count INTEGER NOT NULL, not_before TEXT NOT NULL)
        WITHOUT ROWID;
    """,
    # A second factor, browsers that signed in before, and failures counted by browser (see hub/sign_in.py).
    """
    ALTER TABLE staff ADD COLUMN totp TEXT NOT NULL DEFAULT '';
    ALTER TABLE staff ADD COLUMN totp_step INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE staff_device (
        digest TEXT NOT NULL,
        name TEXT NOT NULL REFERENCES staff (name) ON DELETE CASCADE,
        created TEXT NOT NULL,
        last_used TEXT NOT NULL,
        PRIMARY KEY (digest, name)
    );
    CREATE TABLE staff_recovery (
        name TEXT NOT NULL REFERENCES staff (name) ON DELETE CASCADE,
        code TEXT NOT NULL,
        PRIMARY KEY (name, code)
    );
    """,
    "ALTER TABLE staff ADD COLUMN district TEXT NOT NULL DEFAULT ''",
)


class Role(StrEnum):
    """What somebody may do. An administrator may also do what a manager and a publisher may, but is not on duty."""

    DUTY = "duty"  # answers calls, opens doors, sees who is online
    MANAGER = "manager"  # stock, stations, member codes, statistics
    PUBLISHER = "publisher"  # the catalogue
    ADMINISTRATOR = "administrator"  # accounts and enrolment


class AccountRefused(Problem):
    status = 401
    code = "sign_in.refused"
    title = ("账号或密码不对", "The account or the password is not right")


class AccountWait(Problem):
    status = 429
    code = "sign_in.wait"
    title = ("连续输错，请稍候再试", "Too many failed attempts; please wait")


class PasswordWeak(Problem):
    status = 422
    code = "staff.password_weak"
    title = ("密码太短或太常见，至少 10 个字符", "The password is too short or too common: at least 10 characters")


class StaffUnknown(Problem):
    status = 404
    code = "staff.unknown"
    title = ("没有这个账号", "There is no such account")


class StaffExists(Problem):
    status = 409
    code = "staff.exists"
    title = ("账号已经存在", "The account exists already")


class StaffNameInvalid(Problem):
    status = 422
    code = "staff.name_invalid"
    title = ("账号名需为 1 到 32 个字母、数字或汉字", "An account name is 1 to 32 letters or digits")


class DistrictNotPossible(Problem):
    status = 422
    code = "staff.district"
    title = (
        "只有单独的管理角色可以只管一个区",
        "Only a manager who is nothing else can have one district",
    )


class LastAdministrator(Problem):
    status = 409
    code = "staff.last_administrator"
    title = ("这是最后一个管理员账号", "This is the last administrator")


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody with an account. `roles` as given; ask `may`. `district` is all a manager sees, "" the whole city."""

    name: str
    display_name: str
    roles: frozenset[Role]
    disabled: bool = False
    second_factor: bool = False
    district: str = ""

    def may(self, role: Role) -> bool:
        implied = Role.ADMINISTRATOR in self.roles and role in (Role.MANAGER, Role.PUBLISHER)
        return not self.disabled and (role in self.roles or implied)


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser. `csrf` comes back in a header with everything that changes something."""

    staff: Staff
    csrf: str
    expires: datetime


class Accounts:
    """Accounts and sessions in the database. `now` is passed in, aware UTC."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, name: str, password: str, roles: Iterable[Role], now: datetime, display_name: str = "") -> Staff:
        """Raises StaffNameInvalid, StaffExists, PasswordWeak."""
        name = clean_name(name)
        secret = _hash(password, name)
        with self._db.transaction():
            if self._db.value("SELECT 1 FROM staff WHERE name = ?", (name,)):
                raise StaffExists(name=name)
            self._db.execute(
                "INSERT INTO staff (name, display_name, password, roles, created) VALUES (?,?,?,?,?)",
                (name, display_name or name, secret, _joined(roles), now.isoformat()),
            )
        return self.get(name)

    def get(self, name: str) -> Staff:
        """Raises StaffUnknown."""
        row = self._db.row("SELECT * FROM staff WHERE name = ?", (clean_name(name),))
        if row is None:
            raise StaffUnknown(name=name)
        return staff_of(row)

    def all(self) -> list[Staff]:
        return [staff_of(row) for row in self._db.rows("SELECT * FROM staff ORDER BY name")]

    def set_password(self, name: str, password: str) -> None:
        """A new password ends every session. Raises StaffUnknown, PasswordWeak."""
        staff = self.get(name)
        secret = _hash(password, staff.name)
        with self._db.transaction():
            self._db.execute("UPDATE staff SET password = ? WHERE name = ?", (secret, staff.name))
            self._db.execute("DELETE FROM staff_session WHERE name = ?", (staff.name,))
            self._db.execute("DELETE FROM sign_in_failure WHERE name = ?", (staff.name,))
            self._db.execute("DELETE FROM staff_device WHERE name = ?", (staff.name,))

    def set_roles(self, name: str, roles: Iterable[Role]) -> Staff:
        """Raises StaffUnknown, LastAdministrator."""
        with self._db.transaction():
            staff = self.get(name)
            self._db.execute("UPDATE staff SET roles = ? WHERE name = ?", (_joined(roles), staff.name))
            self._keep_an_administrator(staff)
            changed = self.get(name)
            if changed.district and changed.roles != {Role.MANAGER}:
                raise DistrictNotPossible(name=name)
        return changed

    def set_district(self, name: str, district: str) -> Staff:
        """Let a manager see one district alone, "" = the whole city. Raises StaffUnknown, DistrictNotPossible."""
        with self._db.transaction():
            staff = self.get(name)
            if district.strip() and staff.roles != {Role.MANAGER}:
                raise DistrictNotPossible(name=name)
            self._db.execute("UPDATE staff SET district = ? WHERE name = ?", (district.strip()[:80], staff.name))
        return self.get(name)

    def set_disabled(self, name: str, disabled: bool) -> Staff:
        """A disabled account is signed out everywhere. Raises StaffUnknown, LastAdministrator."""
        with self._db.transaction():
            staff = self.get(name)
            self._db.execute("UPDATE staff SET disabled = ? WHERE name = ?", (int(disabled), staff.name))
            if disabled:
                self._db.execute("DELETE FROM staff_session WHERE name = ?", (staff.name,))
                self._keep_an_administrator(staff)
        return self.get(name)

    def open_session(self, staff: Staff, now: datetime, life: timedelta) -> tuple[str, Session]:
        """A new session and its secret token, for somebody who has proved who they are."""
        token, csrf, expires = secrets.token_urlsafe(32), secrets.token_urlsafe(24), now + life
        self._db.execute(
            "INSERT INTO staff_session (token, name, csrf, created, expires) VALUES (?,?,?,?,?)",
            (_digest(token), staff.name, csrf, now.isoformat(), expires.isoformat()),
        )
        return token, Session(staff, csrf, expires)

    def session(self, token: str, now: datetime) -> Session | None:
        """The session of a token, None when there is none or it has ended."""
        row = self._db.row(
            "SELECT s.*, t.csrf, t.expires FROM staff_session t JOIN staff s USING (name) "
            "WHERE t.token = ? AND s.disabled = 0",
            (_digest(token),),
        )
        if row is None or (expires := datetime.fromisoformat(row["expires"])) <= now:
            return None
        return Session(staff_of(row), row["csrf"], expires)

    def sign_out(self, token: str) -> None:
        self._db.execute("DELETE FROM staff_session WHERE token = ?", (_digest(token),))

    def sign_out_everywhere(self, name: str) -> None:
        self._db.execute("DELETE FROM staff_session WHERE name = ?", (name,))

    def _keep_an_administrator(self, changed: Staff) -> None:
        left = any(Role.ADMINISTRATOR in staff.roles and not staff.disabled for staff in self.all())
        if Role.ADMINISTRATOR in changed.roles and not left:
            raise LastAdministrator(name=changed.name)


def clean_name(name: str) -> str:
    """The name as it is kept: NFKC, case folded. Raises StaffNameInvalid."""
    cleaned = unicodedata.normalize("NFKC", name).casefold().strip()
    if not 1 <= len(cleaned) <= 32 or not all(char.isalnum() or char in "._-" for char in cleaned):
        raise StaffNameInvalid()
    return cleaned


def _hash(password: str, name: str) -> str:
    varied = len(set(password)) > 4 and name not in password.casefold()[: len(name) + 2]
    demo = name == "desk" and password.startswith("desk-demo-")  # the demonstration's, printed by `make run`
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD or not (varied or demo):
        raise PasswordWeak()
    with _AT_ONCE:
        return _HASHER.hash(unicodedata.normalize("NFKC", password))


def matches(secret: str, password: str) -> bool:
    with _AT_ONCE:
        try:
            return _HASHER.verify(secret, unicodedata.normalize("NFKC", password[:MAX_PASSWORD]))
        except (Argon2Error, InvalidHashError):
            return False


@cache
def nobody() -> str:
    """The hash of a password nobody has, for names that do not exist."""
    return _HASHER.hash(secrets.token_hex(16))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _joined(roles: Iterable[Role]) -> str:
    return " ".join(sorted(Role(role).value for role in roles))


def staff_of(row: Row) -> Staff:
    roles = frozenset(Role(role) for role in row["roles"].split())
    return Staff(
        row["name"], row["display_name"], roles, bool(row["disabled"]), bool(row["totp"]), str(row["district"])
    )
