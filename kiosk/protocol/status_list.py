"""Which codes are revoked: a signed bitmap, one bit a code, after the IETF Token Status List (CWT form).

A COSE_Sign1 of `kiosk.protocol.cose` over `{1: iss, 4: exp, 6: iat, 65533: {"bits": 1, "lst": zlib bytes}, -70004: seq,
-70005: [kid…]}`; bit i is bit `i & 7` (least significant first) of byte `i >> 3`, as the draft has it. `seq` rises with
every list, so an old list cannot be passed off as news; `-70005` denies whole keys in an emergency.
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import cbor2

from kiosk.protocol import strict_cbor
from kiosk.protocol.cose import Instant, KeyRing, SigningKey, open1, sign1

MAX_BITS = 32_000_000  # 4 MB unpacked: more members than the province has
_ISS, _EXP, _IAT, _LIST, _SEQ, _DENIED = 1, 4, 6, 65533, -70004, -70005
_TYP, _TYPE = 16, "application/statuslist+cwt"
_LAST_SECOND = 253_402_214_399


class StatusListInvalid(ValueError):
    """The list is signed, and is still not a status list. The text says what is wrong, for a log."""


@dataclass(frozen=True, slots=True)
class StatusList:
    """The revoked codes of one issuer at the moment `issued` (aware UTC)."""

    issuer: str
    seq: int
    issued: datetime
    expires: datetime
    bitmap: bytes
    denied_keys: frozenset[bytes] = frozenset()

    @property
    def size(self) -> int:
        """How many codes the list speaks of."""
        return len(self.bitmap) * 8

    def revoked(self, index: int) -> bool:
        """Whether the code with this index is revoked. Raises IndexError outside 0..size-1."""
        if index < 0:
            raise IndexError(index)
        return bool(self.bitmap[index >> 3] >> (index & 7) & 1)


def make_bitmap(size: int, revoked: Iterable[int]) -> bytes:
    """A bitmap for at least `size` codes with these indexes set. Raises IndexError for an index beyond it."""
    bitmap = bytearray((size + 7) // 8)
    for index in revoked:
        if index < 0:
            raise IndexError(index)
        bitmap[index >> 3] |= 1 << (index & 7)
    return bytes(bitmap)


def issue_list(status: StatusList, key: SigningKey) -> bytes:
    """The signed list. Raises ValueError when the key is another issuer's or the list is too large."""
    if key.issuer != status.issuer:
        raise ValueError("the key belongs to another issuer")
    if status.size > MAX_BITS:
        raise ValueError("the list is too large")
    payload = {
        _ISS: status.issuer,
        _EXP: int(status.expires.timestamp()),
        _IAT: int(status.issued.timestamp()),
        _LIST: {"bits": 1, "lst": zlib.compress(status.bitmap, 9)},
        _SEQ: status.seq,
        _DENIED: sorted(status.denied_keys),
    }
    return sign1(cbor2.dumps(payload, canonical=True), key, {_TYP: _TYPE})


def read_list(message: bytes, ring: KeyRing, at: Instant) -> StatusList:
    """Check and unpack a signed list. Raises CoseRefused or StatusListInvalid. Age and `seq` are for the caller."""
    payload, key = open1(message, ring, at)
    try:
        claims = strict_cbor.loads(payload, max_depth=3, max_items=1024)
    except strict_cbor.CborError as error:
        raise StatusListInvalid(str(error)) from error
    if not isinstance(claims, dict) or claims.get(_ISS) != key.issuer:
        raise StatusListInvalid("issuer")
    seq, denied, packed = claims.get(_SEQ), claims.get(_DENIED, []), claims.get(_LIST)
    if isinstance(seq, bool) or not isinstance(seq, int) or seq < 0:
        raise StatusListInvalid("sequence")
    if not isinstance(denied, list):
        raise StatusListInvalid("denied keys")
    return StatusList(
        issuer=key.issuer,
        seq=seq,
        issued=_time(claims.get(_IAT)),
        expires=_time(claims.get(_EXP)),
        bitmap=_unpack(packed),
        denied_keys=frozenset(kid for kid in denied if isinstance(kid, bytes)),
    )


def _unpack(packed: strict_cbor.Value) -> bytes:
    if not isinstance(packed, dict) or packed.get("bits") != 1 or not isinstance(data := packed.get("lst"), bytes):
        raise StatusListInvalid("list")
    inflate = zlib.decompressobj()
    try:
        bitmap = inflate.decompress(data, MAX_BITS // 8)  # bounded: a small file can claim to be very large
    except zlib.error as error:
        raise StatusListInvalid("compression") from error
    if not inflate.eof or inflate.unused_data:
        raise StatusListInvalid("list is cut short, or too large")
    return bitmap


def _time(value: strict_cbor.Value) -> datetime:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _LAST_SECOND:
        raise StatusListInvalid("time")
    return datetime.fromtimestamp(value, UTC)
