"""Certificates of learning: a small text signed by the terminal that issued it, fit for a QR code and a web address.

A COSE_Sign1 (`kiosk.protocol.cose`) by the key of the station, as base64url. There is no name and no pseudonym in it:
`holder` is a hash by which somebody who shows both certificate and member code can be told to be its holder, and by
which nothing else can be found out.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime

import cbor2

from kiosk.protocol import strict_cbor
from kiosk.protocol.cose import CoseRefused, Instant, KeyRing, SigningKey, open1, sign1

MAX_TOKEN = 1200  # characters
_ISS, _IAT = 1, 6
_NUMBER, _COURSE, _VERSION, _TITLE, _SCORE, _HOLDER = -71001, -71002, -71003, -71004, -71005, -71006
_TYP, _TYPE = 16, "kiosk/certificate"
_LAST_SECOND = 253_402_214_399


class CertificateInvalid(ValueError):
    """The text is not a certificate, or nobody we know signed it. The text says what, for a log."""


@dataclass(frozen=True, slots=True)
class CertificateClaims:
    """What a certificate says. `station` is "" where the terminal had not been enrolled yet; `score` is 0..100 %."""

    station: str
    number: str
    course: str
    version: int
    title: str
    issued: datetime
    holder: bytes
    score: int | None = None


def holder_of(number: str, person: str) -> bytes:
    """The hash (8 bytes) that ties certificate `number` to the pseudonym `person` (hex)."""
    return hashlib.sha256(f"KIOSK1-CERTIFICATE\n{number}\n{person}".encode()).digest()[:8]


def issue_certificate(claims: CertificateClaims, key: SigningKey) -> str:
    """The signed text (base64url). `issued` is kept in whole seconds."""
    payload: dict[int, object] = {
        _ISS: claims.station,
        _IAT: int(claims.issued.timestamp()),
        _NUMBER: claims.number,
        _COURSE: claims.course,
        _VERSION: claims.version,
        _TITLE: claims.title[:60],
        _HOLDER: claims.holder,
    }
    if claims.score is not None:
        payload[_SCORE] = claims.score
    message = sign1(cbor2.dumps(payload, canonical=True), key, {_TYP: _TYPE})
    return base64.urlsafe_b64encode(message).decode().rstrip("=")


def read_certificate(token: str, ring: KeyRing, at: Instant) -> tuple[CertificateClaims, str]:
    """The claims, and the name under which `ring` knows the key that signed them. Raises CertificateInvalid."""
    if len(token) > MAX_TOKEN or not re.fullmatch(r"[A-Za-z0-9_-]+", token):
        raise CertificateInvalid("not base64url")
    try:
        message = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        if base64.urlsafe_b64encode(message).decode().rstrip("=") != token:
            raise CertificateInvalid("a second spelling")
        payload, key = open1(message, ring, at)
        claims = strict_cbor.loads(payload, max_depth=1)
    except CoseRefused as error:
        raise CertificateInvalid(error.problem.value) from error
    except ValueError as error:
        raise CertificateInvalid(str(error)) from error
    if not isinstance(claims, dict):
        raise CertificateInvalid("claims")
    score = _number(claims.get(_SCORE), 100) if _SCORE in claims else None
    read = CertificateClaims(
        station=_text(claims.get(_ISS), 0),
        number=_text(claims.get(_NUMBER), 1),
        course=_text(claims.get(_COURSE), 1),
        version=_number(claims.get(_VERSION), 1_000_000),
        title=_text(claims.get(_TITLE), 1),
        issued=datetime.fromtimestamp(_number(claims.get(_IAT), _LAST_SECOND), UTC),
        holder=_octets(claims.get(_HOLDER)),
        score=score,
    )
    return read, key.issuer


def _text(value: strict_cbor.Value, shortest: int) -> str:
    if not isinstance(value, str) or not shortest <= len(value) <= 120:
        raise CertificateInvalid("claims")
    return value


def _number(value: strict_cbor.Value, highest: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= highest:
        raise CertificateInvalid("claims")
    return value


def _octets(value: strict_cbor.Value) -> bytes:
    if not isinstance(value, bytes) or len(value) != 8:
        raise CertificateInvalid("claims")
    return value
