"""Signing in: password, second factor, and a lock-out that cannot be used to lock others out. Blocking.

Failures are counted apart for browsers that have signed in to the account before (they hold a device cookie) and for
all the others together: whoever guesses at a name slows down strangers, never the person at their own desk
(OWASP Authentication Cheat Sheet, "Device cookies"). The second factor is TOTP (RFC 6238): 6 digits, 30 seconds, one
step of tolerance, each code once; recovery codes stand in for a lost phone.
"""

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp

from hub.accounts import AccountRefused, Accounts, AccountWait, Session, Staff, clean_name, matches, nobody, staff_of
from hub.database import Database, Row
from hub.problems import Problem

DEVICE_LIFE = timedelta(days=180)
RECOVERY_CODES = 8
_FREE_FAILURES, _FIRST_WAIT, _LAST_WAIT = 4, 2.0, 900.0  # seconds, doubling from the fifth failure on
_DEVICE_FAILURES = 10  # a known browser that guesses so often is known no more
_STEP = 30
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is mistaken for another


class CodeNeeded(Problem):
    status = 401
    code = "sign_in.code_needed"
    title = ("请输入验证器上的六位数字", "Please enter the six digits of your authenticator")


class CodeWrong(Problem):
    status = 422
    code = "second_factor.code_wrong"
    title = ("这六位数字不对，请看手机上的时间是否准确", "These digits are not right; check the time on your phone")


class PasswordWrong(Problem):
    status = 422  # not 401: the session goes on
    code = "account.password_wrong"
    title = ("现在的密码不对", "The present password is not right")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session: its secret token, and the device cookie of this browser from now on."""

    token: str
    device: str
    session: Session


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """What an authenticator is set up with. `uri` is what its QR code says."""

    secret: str
    uri: str


class SignIn:
    """Sessions are made here. `now` is aware UTC."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._accounts = Accounts(db)

    def sign_in(
        self, name: str, password: str, now: datetime, life: timedelta, code: str = "", device: str = ""
    ) -> SignedIn:
        """Raises AccountRefused, CodeNeeded, or AccountWait after several failures.

        An unknown name costs the same time as a wrong password and waits the same.
        """
        key = unicodedata.normalize("NFKC", name).casefold().strip()[:64]
        known = bool(device) and self._knows(device, key, now)
        bucket = f"device {_digest(device)}" if known else key
        self._wait(bucket, now)
        row = self._db.row("SELECT * FROM staff WHERE name = ? AND disabled = 0", (key,))
        if not matches(row["password"] if row else nobody(), password) or row is None:
            self._failed(bucket, device, known, now)
            raise AccountRefused()
        if row["totp"] and not code:
            raise CodeNeeded()
        with self._db.transaction():
            good = not row["totp"] or self._accepts(key, code, now)
            if good:
                self._db.execute("DELETE FROM sign_in_failure WHERE name IN (?,?)", (bucket, key))
                self._db.execute("DELETE FROM staff_session WHERE expires < ?", (now.isoformat(),))
                token, session = self._accounts.open_session(staff_of(row), now, life)
                remembered = self._remember(device if known else "", key, now)
        if not good:
            self._failed(bucket, device, known, now)
            raise AccountRefused()
        return SignedIn(token, remembered, session)

    # -- the second factor --------------------------------------------------------------------------------------------

    def propose(self, staff: Staff, issuer: str) -> SecondFactor:
        """A new secret for an authenticator. Nothing changes before `confirm`."""
        secret = pyotp.random_base32()
        return SecondFactor(secret, pyotp.TOTP(secret).provisioning_uri(name=staff.name, issuer_name=issuer))

    def confirm(self, name: str, password: str, secret: str, code: str, now: datetime) -> list[str]:
        """From now on signing in asks for a code. Returns the recovery codes, shown once.

        Raises PasswordWrong, CodeWrong.
        """
        name = self._proven(name, password)
        try:
            good = len(secret) <= 64 and pyotp.TOTP(secret).verify(code, for_time=now, valid_window=1)
        except ValueError:
            good = False
        if not good:
            raise CodeWrong()
        codes = ["-".join(_word(4) for _ in range(3)) for _ in range(RECOVERY_CODES)]
        with self._db.transaction():
            self._db.execute("UPDATE staff SET totp = ?, totp_step = 0 WHERE name = ?", (secret, name))
            self._db.execute("DELETE FROM staff_recovery WHERE name = ?", (name,))
            for made in codes:
                self._db.execute("INSERT INTO staff_recovery (name, code) VALUES (?,?)", (name, _digest(made)))
        return codes

    def remove(self, name: str, password: str) -> None:
        """Signing in asks for the password alone. Raises PasswordWrong."""
        self.reset(self._proven(name, password))

    def reset(self, name: str) -> None:
        """For an administrator, when phone and recovery codes are lost: the password alone, and no known browser."""
        name = clean_name(name)
        with self._db.transaction():
            self._db.execute("UPDATE staff SET totp = '', totp_step = 0 WHERE name = ?", (name,))
            self._db.execute("DELETE FROM staff_recovery WHERE name = ?", (name,))
            self._db.execute("DELETE FROM staff_device WHERE name = ?", (name,))

    def change_password(self, name: str, old: str, new: str) -> None:
        """One's own. Ends every session. Raises PasswordWrong, PasswordWeak."""
        self._accounts.set_password(self._proven(name, old), new)

    def _accepts(self, name: str, code: str, now: datetime) -> bool:
        """Whether a code is right and was not used before; in a transaction."""
        row = self._db.row("SELECT totp, totp_step FROM staff WHERE name = ?", (name,))
        if row is None:
            return False
        code = code.strip().replace(" ", "")
        current = int(now.timestamp()) // _STEP
        for step in (current, current - 1, current + 1):
            if step > row["totp_step"] and secrets.compare_digest(
                pyotp.TOTP(row["totp"]).at(step * _STEP).encode(), code.encode()
            ):
                sql = "UPDATE staff SET totp_step = ? WHERE name = ? AND totp_step < ?"
                return self._db.execute(sql, (step, name, step)) == 1
        sql = "DELETE FROM staff_recovery WHERE name = ? AND code = ?"
        return self._db.execute(sql, (name, _digest(code.lower()))) == 1

    def _proven(self, name: str, password: str) -> str:
        row = self._db.row("SELECT * FROM staff WHERE name = ? AND disabled = 0", (clean_name(name),))
        if not matches(row["password"] if row else nobody(), password) or row is None:
            raise PasswordWrong()
        return str(row["name"])

    # -- browsers and failures ----------------------------------------------------------------------------------------

    def _knows(self, device: str, name: str, now: datetime) -> bool:
        since = (now - DEVICE_LIFE).isoformat()
        sql = "SELECT 1 FROM staff_device WHERE digest = ? AND name = ? AND last_used > ?"
        return self._db.value(sql, (_digest(device), name, since)) is not None

    def _remember(self, device: str, name: str, now: datetime) -> str:
        device = device or secrets.token_urlsafe(24)
        self._db.execute("DELETE FROM staff_device WHERE last_used < ?", ((now - DEVICE_LIFE).isoformat(),))
        self._db.execute(
            "INSERT INTO staff_device (digest, name, created, last_used) VALUES (?,?,?,?) "
            "ON CONFLICT (digest, name) DO UPDATE SET last_used = excluded.last_used",
            (_digest(device), name, now.isoformat(), now.isoformat()),
        )
        return device

    def _wait(self, bucket: str, now: datetime) -> None:
        row = self._db.row("SELECT not_before FROM sign_in_failure WHERE name = ?", (bucket,))
        if row and (left := (datetime.fromisoformat(row["not_before"]) - now).total_seconds()) > 0:
            wait = int(left) + 1
            raise AccountWait({"Retry-After": str(wait)}, retry_after=wait)

    def _failed(self, bucket: str, device: str, known: bool, now: datetime) -> None:
        with self._db.transaction():
            past = (now - timedelta(days=1)).isoformat()
            self._db.execute("DELETE FROM sign_in_failure WHERE not_before < ?", (past,))
            self._db.execute(
                "INSERT INTO sign_in_failure (name, count, not_before) VALUES (?,1,?) "
                "ON CONFLICT (name) DO UPDATE SET count = sign_in_failure.count + 1",
                (bucket, now.isoformat()),
            )
            row: Row = self._db.row("SELECT count FROM sign_in_failure WHERE name = ?", (bucket,)) or {"count": 1}
            over = int(row["count"]) - _FREE_FAILURES
            wait = min(_LAST_WAIT, _FIRST_WAIT * 2 ** min(over - 1, 16)) if over > 0 else 0.0
            until = (now + timedelta(seconds=wait)).isoformat()
            self._db.execute("UPDATE sign_in_failure SET not_before = ? WHERE name = ?", (until, bucket))
            if known and int(row["count"]) >= _DEVICE_FAILURES:
                self._db.execute("DELETE FROM staff_device WHERE digest = ?", (_digest(device),))


def _word(letters: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(letters))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
