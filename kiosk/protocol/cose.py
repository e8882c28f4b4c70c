"""COSE_Sign1 (RFC 9052, section 4.2) with Ed25519, as a text that fits a QR code: prefix + base45 (RFC 9285).

Used by member codes (`GH1:`), status lists and certificates of learning. The form is the narrow one of
specs/devices.md, section 4: untagged, `{1: -8, 4: kid}` protected, an empty unprotected header (whatever stood there
would not be signed), deterministic CBOR, so that nobody can make a second text out of a first.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import base45
import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.protocol import strict_cbor

MAX_TEXT = 1024  # characters; a QR code of version 25 would be needed for more, and no card carries that
SKEW = timedelta(minutes=5)
_ALG, _CRIT, _KID, _EDDSA = 1, 2, 4, -8


class CoseProblem(StrEnum):
    """Why a signed text was not taken, in the order in which it is looked for."""

    FOREIGN = "foreign"  # another prefix: something else, not ours
    TOO_LONG = "too_long"
    ENCODING = "encoding"  # not base45
    STRUCTURE = "structure"  # not the CBOR of a COSE_Sign1
    ALGORITHM = "algorithm"  # not Ed25519, or critical headers we do not know
    UNKNOWN_KEY = "unknown_key"
    KEY_FUTURE = "key_future"  # the key is not yet in use
    KEY_PAST = "key_past"  # the key is no longer in use
    SIGNATURE = "signature"


class CoseRefused(ValueError):
    """A signed message was not taken. `problem` says why."""

    def __init__(self, problem: CoseProblem) -> None:
        self.problem = problem
        super().__init__(problem.value)


@dataclass(frozen=True, slots=True)
class Instant:
    """What is known about the time. While `doubtful`, only that it is not before `floor` (aware)."""

    now: datetime
    doubtful: bool = False
    floor: datetime | None = None

    def surely_after(self, moment: datetime) -> bool:
        """True when `moment` is past, by more than the allowed skew, as far as anybody here can know."""
        known = self.floor if self.doubtful else self.now
        return known is not None and known > moment + SKEW

    def surely_before(self, moment: datetime) -> bool:
        """True when `moment` is still to come. A doubtful clock never says so."""
        return not self.doubtful and self.now < moment - SKEW


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An issuer's key. `kid` is the first four bytes of the SHA-256 of the public key."""

    issuer: str
    private: Ed25519PrivateKey

    @classmethod
    def from_seed(cls, issuer: str, seed: bytes) -> "SigningKey":
        """From 32 secret bytes. Raises ValueError for another length."""
        return cls(issuer, Ed25519PrivateKey.from_private_bytes(seed))

    @property
    def public(self) -> bytes:
        """The 32 raw bytes of the public key."""
        return self.private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)

    @property
    def kid(self) -> bytes:
        return key_id(self.public)


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A public key (32 bytes) this terminal believes, for what `issuer` signed, from `not_before` to `not_after`."""

    kid: bytes
    public: bytes
    issuer: str
    not_before: datetime
    not_after: datetime


class KeyRing:
    """Trusted keys by kid. Of two keys with the same kid neither is believed: a collision is an attack or a mistake."""

    def __init__(self, keys: Iterable[TrustedKey] = ()) -> None:
        self._keys: dict[bytes, TrustedKey | None] = {}
        for key in keys:
            self._keys[key.kid] = key if self._keys.get(key.kid, key) == key else None

    def get(self, kid: bytes) -> TrustedKey | None:
        return self._keys.get(kid)

    def __len__(self) -> int:
        return len(self._keys)


def key_id(public: bytes) -> bytes:
    """The 4-byte kid of a 32-byte public key."""
    return hashlib.sha256(public).digest()[:4]


def sign1(payload: bytes, key: SigningKey, extra: Mapping[int, object] | None = None) -> bytes:
    """An untagged COSE_Sign1 over `payload`; `extra` are further protected headers."""
    protected = cbor2.dumps({_ALG: _EDDSA, _KID: key.kid, **(extra or {})}, canonical=True)
    signature = key.private.sign(_signed_bytes(protected, payload))
    return cbor2.dumps([protected, {}, payload, signature], canonical=True)


def open1(message: bytes, ring: KeyRing, at: Instant, max_depth: int = 3) -> tuple[bytes, TrustedKey]:
    """The signed payload and the key that signed it. Raises CoseRefused; the order of checks is that of CoseProblem."""
    try:
        parts = strict_cbor.loads(message, max_depth)
    except strict_cbor.CborError as error:
        raise CoseRefused(CoseProblem.STRUCTURE) from error
    if not isinstance(parts, list) or len(parts) != 4:
        raise CoseRefused(CoseProblem.STRUCTURE)
    protected, unprotected, payload, signature = parts
    if not isinstance(protected, bytes) or not isinstance(payload, bytes) or not isinstance(signature, bytes):
        raise CoseRefused(CoseProblem.STRUCTURE)
    if unprotected != {} or len(signature) != 64:
        raise CoseRefused(CoseProblem.STRUCTURE)
    key = ring.get(_kid_of(protected))
    if key is None:
        raise CoseRefused(CoseProblem.UNKNOWN_KEY)
    if at.surely_before(key.not_before):
        raise CoseRefused(CoseProblem.KEY_FUTURE)
    if at.surely_after(key.not_after):
        raise CoseRefused(CoseProblem.KEY_PAST)
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, _signed_bytes(protected, payload))
    except (InvalidSignature, ValueError) as error:
        raise CoseRefused(CoseProblem.SIGNATURE) from error
    return payload, key


def to_text(prefix: str, message: bytes) -> str:
    """`prefix` + base45 of `message`. Upper case throughout, so a scanner with caps lock does no harm."""
    return prefix + str(base45.b45encode(message), "ascii")


def from_text(prefix: str, text: str, max_chars: int = MAX_TEXT) -> bytes:
    """The bytes behind a text as a scanner gave it: line ends around it and lower case are forgiven.

    Spaces are not stripped: a space is a letter of base45. Raises CoseRefused.
    """
    text = text[: max_chars + 16].strip("\r\n\t\0")
    if text[: len(prefix)].upper() != prefix:
        raise CoseRefused(CoseProblem.FOREIGN)
    if len(text) > max_chars:
        raise CoseRefused(CoseProblem.TOO_LONG)
    if not text.isascii():
        raise CoseRefused(CoseProblem.ENCODING)
    try:
        return bytes(base45.b45decode(text[len(prefix) :].upper()))
    except ValueError as error:
        raise CoseRefused(CoseProblem.ENCODING) from error


def _kid_of(protected: bytes) -> bytes:
    try:
        header = strict_cbor.loads(protected, max_depth=1, max_items=16)
    except strict_cbor.CborError as error:
        raise CoseRefused(CoseProblem.STRUCTURE) from error
    if not isinstance(header, dict):
        raise CoseRefused(CoseProblem.STRUCTURE)
    alg = header.get(_ALG)
    if isinstance(alg, bool) or alg != _EDDSA or _CRIT in header:
        raise CoseRefused(CoseProblem.ALGORITHM)
    kid = header.get(_KID)
    if not isinstance(kid, bytes) or not 2 <= len(kid) <= 4:
        raise CoseRefused(CoseProblem.STRUCTURE)
    return kid


def _signed_bytes(protected: bytes, payload: bytes) -> bytes:
    """The Sig_structure of RFC 9052, section 4.4."""
    return cbor2.dumps(["Signature1", protected, b"", payload], canonical=True)
