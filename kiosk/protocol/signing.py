"""How a terminal signs what it asks of the hub: Ed25519 over a canonical text, in four headers.

The text is six lines: `KIOSK1`, method, path with query, timestamp (Unix seconds), nonce (hex), SHA-256 of the body as
sent (hex; of the compressed bytes where it is compressed). A nonce is used once within the allowed skew.
"""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

SKEW = timedelta(minutes=5)
STATION, TIMESTAMP, NONCE, SIGNATURE = "X-Station", "X-Timestamp", "X-Nonce", "X-Signature"


class SignatureRefused(ValueError):
    """The request is not what the station signed. `reason`: missing, malformed, skew, signature."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class SignedBy:
    """Who claims to have sent a request, as its headers say."""

    station: str
    timestamp: int
    nonce: str
    signature: bytes


def _message(method: str, target: str, timestamp: int, nonce: str, body: bytes) -> bytes:
    lines = ("KIOSK1", method.upper(), target, str(timestamp), nonce, hashlib.sha256(body).hexdigest())
    return "\n".join(lines).encode()


def sign_request(
    sign: Callable[[bytes], bytes], station: str, method: str, target: str, body: bytes, now: datetime
) -> dict[str, str]:
    """The four headers for a request. `target` is path and query as sent, `sign` makes 64-byte Ed25519 signatures."""
    timestamp, nonce = int(now.timestamp()), secrets.token_hex(12)
    signature = sign(_message(method, target, timestamp, nonce, body))
    return {STATION: station, TIMESTAMP: str(timestamp), NONCE: nonce, SIGNATURE: signature.hex()}


def read_headers(headers: Mapping[str, str]) -> SignedBy:
    """The claim in the headers (a case-insensitive mapping). Raises SignatureRefused."""
    try:
        claim = SignedBy(
            station=headers[STATION],
            timestamp=int(headers[TIMESTAMP]),
            nonce=headers[NONCE],
            signature=bytes.fromhex(headers[SIGNATURE]),
        )
    except KeyError as error:
        raise SignatureRefused("missing") from error
    except ValueError as error:
        raise SignatureRefused("malformed") from error
    if not (16 <= len(claim.nonce) <= 64) or len(claim.station) > 64 or len(claim.signature) != 64:
        raise SignatureRefused("malformed")
    return claim


def verify_request(claim: SignedBy, public_key: bytes, method: str, target: str, body: bytes, now: datetime) -> None:
    """Check a claim against the 32-byte public key. Raises SignatureRefused. Replay is the caller's to check."""
    if abs(claim.timestamp - now.timestamp()) > SKEW.total_seconds():
        raise SignatureRefused("skew")
    message = _message(method, target, claim.timestamp, claim.nonce, body)
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(claim.signature, message)
    except (InvalidSignature, ValueError) as error:
        raise SignatureRefused("signature") from error
