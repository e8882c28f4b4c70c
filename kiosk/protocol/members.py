"""Member codes (工会会员码): how the hub writes them and how a terminal with no network checks them.

`GH1:` + base45(COSE_Sign1) over the claims of RFC 8392, after specs/devices.md, section 4. There is no name, phone or
ID number in a code: `member` is a pseudonym. A *short* code (a phone asks the hub for a new one every minute or two)
lives at most `SHORT_LIFE`; anything longer is a *static* one, fit for paper.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

import cbor2
from pydantic import AwareDatetime, Base64Bytes, Field, StringConstraints

from kiosk.protocol import strict_cbor
from kiosk.protocol.catalogue import CatalogueBody, catalogue_body
from kiosk.protocol.cose import (
    CoseProblem,
    CoseRefused,
    Instant,
    KeyRing,
    SigningKey,
    TrustedKey,
    from_text,
    key_id,
    open1,
    sign1,
    to_text,
)
from kiosk.protocol.journal import JournalBody, journal_body
from kiosk.protocol.registration import PROVISIONAL, PROVISIONAL_LIFE
from kiosk.protocol.status_list import StatusList
from kiosk.protocol.text import LocalText

PREFIX = "GH1:"
SHORT_LIFE = timedelta(minutes=10)
_ISS, _EXP, _NBF, _IAT, _CTI = 1, 4, 5, 6, 7
_REF, _TIER, _INDEX = -70001, -70002, -70003
_LAST_SECOND = 253_402_300_799  # 9999-12-31, where datetime ends


class Refusal(StrEnum):
    """The coarse reasons of a refusal, as far as a person at the terminal is told."""

    FOREIGN = "foreign"  # not a member code at all
    DAMAGED = "damaged"  # begins like one, and is not whole or not genuine
    UNKNOWN_ISSUER = "unknown_issuer"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    CLOCK = "clock"  # short-lived, and this terminal does not know the time
    REVOKED = "revoked"


class CodeRefused(ValueError):
    """A code was refused. `detail` is for the log: the exact step that failed."""

    def __init__(self, refusal: Refusal, detail: str) -> None:
        self.refusal = refusal
        self.detail = detail
        super().__init__(f"{refusal}: {detail}")


_REFUSAL_OF = {
    CoseProblem.FOREIGN: Refusal.FOREIGN,
    CoseProblem.UNKNOWN_KEY: Refusal.UNKNOWN_ISSUER,
    CoseProblem.KEY_FUTURE: Refusal.NOT_YET_VALID,
    CoseProblem.KEY_PAST: Refusal.EXPIRED,
}


@dataclass(frozen=True, slots=True)
class MemberClaims:
    """What a code says. `member` is the pseudonym (8..16 bytes). Times are aware UTC in whole seconds.

    A code is told from others by `status_index`, its bit in the issuer's status list, or by `token`, an id of its own
    (4..16 bytes; a short code needs one), or both. With the index alone a printed card stays at QR version 8.
    """

    issuer: str
    issued: datetime
    expires: datetime
    member: bytes
    tier: str = ""
    status_index: int | None = None
    token: bytes = b""

    @property
    def short(self) -> bool:
        return self.expires - self.issued <= SHORT_LIFE


@dataclass(frozen=True, slots=True)
class Trust:
    """What a terminal believes: issuers' keys, and each issuer's newest status list.

    Issuers that are `provisional` are terminals: their codes are of one tier and do not live long.
    """

    keys: KeyRing
    lists: dict[str, StatusList]
    provisional: frozenset[str] = frozenset()


def terminal_issuer(public: bytes) -> str:
    """The issuer's name of a terminal, which follows from its key (32 bytes) as that of a hub does."""
    return f"t{key_id(public).hex()[:6]}"


def issue_code(claims: MemberClaims, key: SigningKey) -> str:
    """The text of a code, signed by the issuer. Raises ValueError for claims that no terminal would accept."""
    if claims.issuer != key.issuer:
        raise ValueError("the key belongs to another issuer")
    payload: dict[int, object] = {
        _ISS: claims.issuer,
        _EXP: int(claims.expires.timestamp()),
        _IAT: int(claims.issued.timestamp()),
        _REF: claims.member,
    }
    if claims.tier:
        payload[_TIER] = claims.tier
    if claims.token:
        payload[_CTI] = claims.token
    if claims.status_index is not None:
        payload[_INDEX] = claims.status_index
    encoded = cbor2.dumps(payload, canonical=True)
    try:
        _read_claims(encoded)
    except CodeRefused as error:
        raise ValueError(f"these claims make no code: {error.detail}") from error
    return to_text(PREFIX, sign1(encoded, key))


def verify_code(text: str, trust: Trust, at: Instant) -> MemberClaims:
    """Check a scanned text, in the order of specs/devices.md, 4.1. Raises CodeRefused; takes any text whatever.

    Replay and policy (whose session, which door) are for the caller.
    """
    try:
        payload, key = open1(from_text(PREFIX, text), trust.keys, at)
    except CoseRefused as error:
        raise CodeRefused(_REFUSAL_OF.get(error.problem, Refusal.DAMAGED), error.problem.value) from error
    claims = _read_claims(payload)
    if claims.issuer != key.issuer:
        raise CodeRefused(Refusal.UNKNOWN_ISSUER, "issuer is not the key's")
    if claims.issuer in trust.provisional and (
        claims.tier != PROVISIONAL or claims.short or claims.expires - claims.issued > PROVISIONAL_LIFE
    ):
        raise CodeRefused(Refusal.DAMAGED, "more than a terminal may issue")
    _check_times(claims, at)
    _check_status(claims, key, trust.lists.get(claims.issuer))
    return claims


def phone_link(page: str, code: str) -> str:
    """An address that opens `code` (its text) on a phone. It is in the fragment, which no server is sent or logs."""
    return f"{page}#{base64.urlsafe_b64encode(from_text(PREFIX, code)).rstrip(b'=').decode()}"


def code_of_link(fragment: str) -> str:
    """The text of the code in the fragment of such an address. Raises CodeRefused; takes any text whatever."""
    try:
        message = base64.b64decode(fragment + "=" * (-len(fragment) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise CodeRefused(Refusal.FOREIGN, "no base64url") from error
    return to_text(PREFIX, message)


def _check_times(claims: MemberClaims, at: Instant) -> None:
    if at.surely_after(claims.expires):
        raise CodeRefused(Refusal.EXPIRED, f"expired {claims.expires.isoformat()}")
    if at.surely_before(claims.issued):
        raise CodeRefused(Refusal.NOT_YET_VALID, f"issued {claims.issued.isoformat()}")
    if at.doubtful and claims.short:
        raise CodeRefused(Refusal.CLOCK, "a short code needs a clock that can be trusted")


def _check_status(claims: MemberClaims, key: TrustedKey, status: StatusList | None) -> None:
    if status is None:
        return
    if key.kid in status.denied_keys:
        raise CodeRefused(Refusal.REVOKED, "the key is denied")
    if claims.status_index is None:
        return
    if claims.status_index >= status.size:
        if claims.issued <= status.issued:  # a code newer than the list may lie beyond its end, an older one cannot
            raise CodeRefused(Refusal.DAMAGED, "status index beyond the list")
        return
    if status.revoked(claims.status_index):
        raise CodeRefused(Refusal.REVOKED, "its bit is set in the status list")


def _read_claims(payload: bytes) -> MemberClaims:
    try:
        claims = strict_cbor.loads(payload, max_depth=3)
    except strict_cbor.CborError as error:
        raise CodeRefused(Refusal.DAMAGED, f"claims: {error}") from error
    if not isinstance(claims, dict):
        raise CodeRefused(Refusal.DAMAGED, "claims are not a map")
    issuer = claims.get(_ISS)
    if isinstance(issuer, int) and not isinstance(issuer, bool):
        issuer = str(issuer)
    tier, index = claims.get(_TIER, ""), claims.get(_INDEX)
    if not isinstance(issuer, str) or not 1 <= len(issuer) <= 64:
        raise CodeRefused(Refusal.DAMAGED, "issuer")
    if not isinstance(tier, str) or len(tier) > 16:
        raise CodeRefused(Refusal.DAMAGED, "tier")
    if index is not None and (isinstance(index, bool) or not isinstance(index, int) or not 0 <= index < 1 << 32):
        raise CodeRefused(Refusal.DAMAGED, "status index")
    issued, expires = _time(claims, _IAT), _time(claims, _EXP)
    begins = _time(claims, _NBF) if _NBF in claims else issued
    if expires <= issued:
        raise CodeRefused(Refusal.DAMAGED, "expires before it was issued")
    read = MemberClaims(
        issuer=issuer,
        issued=max(issued, begins),
        expires=expires,
        member=_octets(claims, _REF, range(8, 17)),
        tier=tier,
        status_index=index,
        token=_octets(claims, _CTI, range(4, 17)) if _CTI in claims else b"",
    )
    if not read.token and (read.short or index is None):
        raise CodeRefused(Refusal.DAMAGED, "nothing tells this code from others")
    return read


def _time(claims: "dict[int | str, strict_cbor.Value]", label: int) -> datetime:
    value = claims.get(label)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _LAST_SECOND - 86_400:
        raise CodeRefused(Refusal.DAMAGED, f"time {label}")
    return datetime.fromtimestamp(value, UTC)


def _octets(claims: "dict[int | str, strict_cbor.Value]", label: int, sizes: Sequence[int]) -> bytes:
    value = claims.get(label)
    if not isinstance(value, bytes) or len(value) not in sizes:
        raise CodeRefused(Refusal.DAMAGED, f"bytes {label}")
    return value


@catalogue_body("issuer_key")
class IssuerKeyDocument(CatalogueBody):
    """A public key of an issuer, and when it is in use. Windows of two keys overlap by the longest life of a code."""

    issuer: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    public_key: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    not_before: AwareDatetime
    not_after: AwareDatetime
    kid: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{2}){2,4}$")]
    provisional: bool = False  # a terminal's key, delegated to register people and for nothing else

    def trusted(self) -> TrustedKey:
        return TrustedKey(
            bytes.fromhex(self.kid), bytes.fromhex(self.public_key), self.issuer, self.not_before, self.not_after
        )


@catalogue_body("status_list")
class StatusListDocument(CatalogueBody):
    """The signed status list of one issuer (`kiosk.protocol.status_list`), as base64."""

    issuer: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    token: Annotated[Base64Bytes, Field(max_length=2_000_000)]


@catalogue_body("member_tier")
class MemberTierDocument(CatalogueBody):
    """The name of a tier, shown after "hello". The id of the document is the tier in the code."""

    name: LocalText


@catalogue_body("id_card_key")
class IdCardKey(CatalogueBody):
    """The key under which ID numbers are hashed in this district; one document, for enrolled terminals alone."""

    key: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


@catalogue_body("id_card_link")
class IdCardLink(CatalogueBody):
    """A resident ID card of a member. The id of the document is the keyed hash of the card's number, in hex."""

    member: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{2}){8,32}$")]
    tier: str = ""


@journal_body("member.recognised")
class MemberRecognisedBody(JournalBody):
    """A member was recognised. `member` is the pseudonym in hex, `list_age_hours` how old the revocations were."""

    who: ClassVar[str] = "member"
    keep_days: ClassVar[int] = 400

    session: str
    member: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{2}){8,32}$")]
    tier: str = ""
    way: Literal["code", "id_card", "face"] = "code"
    source: str = ""
    list_age_hours: float | None = None


@journal_body("member.refused")
class MemberRefusedBody(JournalBody):
    """A code was refused. What it said is not kept. `more` counts refusals that were not written one by one before."""

    session: str
    reason: str
    source: str = ""
    more: int = Field(default=0, ge=0)


@journal_body("member.face_enrolled")
class FaceEnrolled(JournalBody):
    """A member asked to be known by their face, on this terminal alone. What they agreed to is kept by its hash."""

    who: ClassVar[str] = "member"

    member: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{2}){8,32}$")]
    consent: str = Field(max_length=40)
    consent_sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


@journal_body("member.face_deleted")
class FaceDeleted(JournalBody):
    """The face of a member was deleted: they asked, were not here for long, or are no member any more."""

    who: ClassVar[str] = "member"

    member: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{2}){8,32}$")]
    why: Literal["asked", "idle", "ended"]


@catalogue_body("member_settings")
class MemberSettings(CatalogueBody):
    """How old a status list may be before its issuer's codes need a person to look at them."""

    max_list_age_days: int = Field(default=30, ge=1, le=3650)
