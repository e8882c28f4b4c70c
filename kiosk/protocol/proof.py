"""Who published a document: a signature that travels with it, so that a hub can pass it on and not make it up.

A publisher's key never lies on a hub. What it signs is believed for every kind. What a hub says by itself, day by day
(a registration is confirmed, something is repaired), it signs with a key of its own, and that is believed only for the
kinds that a publisher has granted it, and for as long: the delegation of The Update Framework (TUF specification 1.0,
section 4.5). A proof is a COSE_Sign1 in base64 over the domain, a line feed and JSON:
`[kind, id, station, deleted, serial, SHA-256 of the body]`; a document never gives way to one with a lower serial.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, Field, StringConstraints, TypeAdapter, ValidationError

from kiosk.protocol.catalogue import CatalogueBody, DocId, DocKind, Document, Sha256, catalogue_body
from kiosk.protocol.cose import Instant, KeyRing, SigningKey, TrustedKey, key_id, open1, sign1

PUBLISHER, GRANT = "publisher_key", "hub_grant"
# What a hub may be granted at most: what it says of people and things day by day. Never what opens doors by itself.
GRANTABLE = frozenset(
    (
        "course",
        "erasure",
        "id_card_link",
        "journal_ack",
        "member_standing",
        "station_fault",
        "status_list",
        "weather_mode",
    )
)
MAX_PROOF = 2048  # characters
_DOMAIN = b"KIOSK1-DOCUMENT\n"
Key = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


@catalogue_body(PUBLISHER)
class PublisherKey(CatalogueBody):
    """A further key whose signature is believed for everything (Ed25519, hex); its document id is the kid in hex."""

    public_key: Key
    not_before: AwareDatetime
    not_after: AwareDatetime


@catalogue_body(GRANT)
class HubGrant(CatalogueBody):
    """A hub's key, and the kinds for which it is believed meanwhile; its document id is the kid in hex."""

    public_key: Key
    kinds: tuple[DocKind, ...] = Field(max_length=40)
    not_before: AwareDatetime
    not_after: AwareDatetime


@dataclass(frozen=True, slots=True)
class Claim:
    """What was signed. `serial` is when, in milliseconds since 1970; `sha256` is of `canonical(body)`."""

    kind: str
    id: str
    station: str
    deleted: bool
    serial: int
    sha256: str


class ProofRefused(ValueError):
    """A document is not what somebody entitled to it has signed. `reason` is for a log."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


_CLAIM = TypeAdapter(tuple[DocKind, DocId, str, bool, Annotated[int, Field(ge=1, le=2**53)], Sha256])


def canonical(body: Mapping[str, Any]) -> bytes:
    """The one way in which a body is written down to be signed: JSON, keys in order, UTF-8, no spaces."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "surrogatepass")


def digest(body: Mapping[str, Any]) -> str:
    """SHA-256 of a body, in hex."""
    return hashlib.sha256(canonical(body)).hexdigest()


def prove(claim: Claim, key: SigningKey) -> str:
    """The proof of a document, to travel with it."""
    said = [claim.kind, claim.id, claim.station, claim.deleted, claim.serial, claim.sha256]
    text = json.dumps(said, separators=(",", ":")).encode()
    return base64.b64encode(sign1(_DOMAIN + text, key)).decode()


def read_proof(proof: str, ring: KeyRing, at: Instant) -> tuple[Claim, TrustedKey]:
    """What a proof says, and whose it is. Raises ProofRefused."""
    if not proof:
        raise ProofRefused("it is not signed")
    try:
        message = base64.b64decode(proof[:MAX_PROOF], validate=True)
        if base64.b64encode(message).decode() != proof:
            raise ValueError("written in another way")
        payload, key = open1(message, ring, at)
    except ValueError as error:  # CoseRefused is one
        raise ProofRefused(f"its signature: {error}") from error
    if not payload.startswith(_DOMAIN):
        raise ProofRefused("signed for something else")
    try:
        return Claim(*_CLAIM.validate_json(payload.removeprefix(_DOMAIN), strict=False)), key
    except ValidationError as error:
        raise ProofRefused("signed for something else") from error


def pinned(public_key: str) -> TrustedKey:
    """A publisher's key as an installer or an enrolment named it: for everything, for as long as it is named."""
    public = bytes.fromhex(public_key)
    begins, ends = datetime.fromisoformat("2020-01-01T00:00:00Z"), datetime.fromisoformat("9000-01-01T00:00:00Z")
    return TrustedKey(key_id(public), public, PUBLISHER, begins, ends)


class Authority:
    """Whose signature is believed for what: pinned keys, and what those have published of others."""

    def __init__(self, pins: Iterable[str], publishers: Iterable[PublisherKey], grants: Iterable[HubGrant]) -> None:
        keys = [*map(pinned, pins), *(_trusted(key, PUBLISHER) for key in publishers)]
        own = {key.public for key in keys}
        self._publishers = KeyRing(keys)
        granted = [grant for grant in grants if bytes.fromhex(grant.public_key) not in own]
        self._all = KeyRing([*keys, *(_trusted(grant, GRANT) for grant in granted)])
        self._kinds = {bytes.fromhex(grant.public_key): GRANTABLE & set(grant.kinds) for grant in granted}

    def claim(self, document: Document, station: str, at: Instant) -> tuple[Claim, TrustedKey]:
        """What was signed of a document that came for `station`. Raises ProofRefused where it is not what came."""
        claim, key = read_proof(document.proof, self._all, at)
        if key.issuer != PUBLISHER and claim.kind not in self._kinds[key.public]:
            raise ProofRefused(f"the hub may not say {claim.kind}")
        if (claim.kind, claim.id) != (document.kind, document.id):
            raise ProofRefused("signed for another document")
        here = claim.station in ("", station)
        if document.deleted:
            if here and not claim.deleted:
                raise ProofRefused("nobody has deleted it")
        elif claim.deleted or not here or claim.station != document.station:
            raise ProofRefused("deleted, or for another station")
        elif claim.sha256 != digest(document.body):
            raise ProofRefused("its content was changed")
        return claim, key


def _trusted(key: PublisherKey | HubGrant, issuer: str) -> TrustedKey:
    public = bytes.fromhex(key.public_key)
    return TrustedKey(key_id(public), public, issuer, key.not_before, key.not_after)
