"""Whose signature stations ask of the catalogue, what the hub may sign by itself, and what waits for the publisher.

A hub without a publisher signs nothing, and stations believe whatever it says. From `publisher trust` on, a document
goes out only with a proof (kiosk.protocol.proof): the publisher's, whose key is never kept here, or the hub's own for
the kinds that the publisher has granted it. What waits can be carried to the publisher's machine as a file and back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, Field

from hub.problems import Problem
from hub.seeds import kept_seed
from kiosk.protocol.catalogue import DocId, DocKind, Document
from kiosk.protocol.cose import Instant, SigningKey, key_id
from kiosk.protocol.folder import PlainDocument
from kiosk.protocol.proof import (
    GRANT,
    GRANTABLE,
    PUBLISHER,
    Authority,
    Claim,
    HubGrant,
    Key,
    ProofRefused,
    PublisherKey,
    digest,
    prove,
)

if TYPE_CHECKING:
    from hub.state import Hub

OWNER = "publisher"
GRANT_DAYS = 180
_EARLY = timedelta(days=1)  # a key is good from a day before, for stations whose clock is behind
MIGRATIONS = (
    """
    CREATE TABLE publisher (
        public_key TEXT PRIMARY KEY,
        since TEXT NOT NULL
    ) WITHOUT ROWID
    """,
)


class HubKeyLost(Problem):
    status = 503
    code = "publisher.hub_key_lost"
    title = (
        "本机用来签名目录的密钥文件丢失或损坏",
        "The key file with which this hub signs documents is lost or damaged",
    )


class NoPublisher(Problem):
    status = 409
    code = "publisher.none"
    title = ("还没有指定发布者的公钥", "No publisher's key is trusted here yet")


class NotThePublisher(Problem):
    status = 409
    code = "publisher.unknown"
    title = ("签名不是由指定的发布者所签", "This was not signed by a publisher that is trusted here")


class Waiting(BaseModel):
    """A document as it stands, for whoever is asked to sign it."""

    kind: DocKind
    id: DocId
    station: str = ""
    deleted: bool = False
    body: dict[str, Any]


class Request(BaseModel):
    """What waits for a signature: documents, and the key of the hub that wants to sign `kinds` by itself."""

    hub_key: Key
    kinds: tuple[DocKind, ...]
    documents: list[Waiting]


class SignedDocument(BaseModel):
    kind: DocKind
    id: DocId
    proof: Annotated[str, Field(max_length=2048)]


class Answer(BaseModel):
    """What the publisher signed; `new` are documents of the publisher's own: grants and further keys."""

    documents: list[SignedDocument]
    new: list[Document] = []


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an answer: documents that go out now, and keys `kind/id` of those that were changed meanwhile."""

    signed: int
    changed: tuple[str, ...] = ()


def sign_request(request: Request, key: SigningKey, now: datetime, days: int = GRANT_DAYS) -> Answer:
    """What the publisher does, on a machine of their own: sign all of it, and grant the hub its kinds for `days`."""
    serial = _serial(now)
    documents = [
        SignedDocument(kind=waiting.kind, id=waiting.id, proof=_prove(waiting, key, serial))
        for waiting in request.documents
    ]
    new = [named_key(GRANT, request.hub_key, key, now, days, request.kinds)] if request.kinds else []
    return Answer(documents=documents, new=new)


def named_key(
    kind: str, public_key: str, key: SigningKey, now: datetime, days: int, kinds: Iterable[str] = (), gone: bool = False
) -> Document:
    """A document that names a key (`GRANT` or `PUBLISHER`), signed; `gone` takes it back. Lasts `days` from `now`."""
    now = now.replace(microsecond=0)
    span = {"not_before": (now - _EARLY).isoformat(), "not_after": (now + timedelta(days=days)).isoformat()}
    body: dict[str, Any] = {"public_key": public_key, **span}
    if kind == GRANT:
        body["kinds"] = sorted(kinds)
    name = key_id(bytes.fromhex(public_key)).hex()
    waiting = Waiting(kind=kind, id=name, deleted=gone, body={} if gone else body)
    proof = _prove(waiting, key, _serial(now))
    return Document(kind=kind, id=name, revision=1, deleted=gone, body=waiting.body, proof=proof)


class Proofs:
    """The hub's side of it. Blocking."""

    def __init__(self, hub: "Hub") -> None:
        self._hub = hub
        self._key: SigningKey | None = None
        self._publisher: SigningKey | None = None

    @property
    def key(self) -> SigningKey:
        """The hub's own key. Raises HubKeyLost."""
        if self._key is None:
            self._key = SigningKey.from_seed("hub", kept_seed(self._hub.config.data_dir / "hub.key", HubKeyLost))
        return self._key

    def publishers(self) -> tuple[str, ...]:
        """The public keys (hex) that terminals are told at their enrolment. None: nothing needs a signature."""
        return tuple(row["public_key"] for row in self._hub.db.rows("SELECT public_key FROM publisher ORDER BY since"))

    def active(self) -> bool:
        """Whether documents go out with a proof alone."""
        return bool(self._hub.db.value("SELECT COUNT(*) FROM publisher"))

    def trust(self, public_key: str) -> None:
        """From now on this publisher's signature is asked for (besides those named before)."""
        self._hub.db.execute(
            "INSERT INTO publisher VALUES (?,?) ON CONFLICT (public_key) DO NOTHING",
            (public_key, self._hub.now().isoformat()),
        )

    def publisher_is_here(self, key: SigningKey) -> None:
        """Sign everything with the publisher's own key, from now on: for a demonstration, and for tests."""
        self.trust(key.public.hex())
        self.take(sign_request(self.waiting(), key, self._hub.now()))
        self._publisher = key

    def sign(self, document: PlainDocument, deleted: bool, before: int) -> tuple[str, int]:
        """The hub's own proof of what it writes, and its serial, above `before`; "" where the publisher has to."""
        key = self._publisher
        if key is None:
            if not self.active() or document.kind not in self.granted():
                return "", before
            key = self.key
        serial = max(_serial(self._hub.now()), before + 1)
        waiting = Waiting(**document.model_dump(), deleted=deleted)
        return _prove(waiting, key, serial), serial

    def granted(self) -> frozenset[str]:
        """The kinds that this hub may sign now."""
        grant = self.grant()
        if grant is None or not grant.not_before <= self._hub.now() <= grant.not_after:
            return frozenset()
        return GRANTABLE & frozenset(grant.kinds)

    def grant(self) -> HubGrant | None:
        """What the publisher has granted this hub, over or not."""
        found = self._hub.catalogue.get(GRANT, self.key.kid.hex())
        grant = HubGrant.model_validate(found.body) if found else None
        return grant if grant and grant.public_key == self.key.public.hex() else None

    def waiting(self, owner: str = "") -> Request:
        """What nobody has signed yet, of one owner or of all, and the hub's own wish. Raises NoPublisher."""
        if not self.active():
            raise NoPublisher()
        documents = [
            Waiting(kind=found.kind, id=found.id, station=found.station, deleted=found.deleted, body=found.body)
            for found in self._hub.catalogue.unsigned(owner)
        ]
        kinds = () if owner else tuple(sorted(GRANTABLE))
        return Request(hub_key=self.key.public.hex(), kinds=kinds, documents=documents)

    def take(self, answer: Answer) -> Taken:
        """Put signatures to the documents, as far as they are still what was signed. Raises NotThePublisher.

        All of it or nothing. What the hub may sign by itself now it signs.
        """
        at, changed, count = Instant(self._hub.now()), [], 0
        with self._hub.db.transaction():
            for document in answer.new:
                self._hub.catalogue.put_signed(document, OWNER, self._claim(document, at).serial)
                count += 1
            authority = self._authority()
            for signed in answer.documents:
                found = self._hub.catalogue.stands(signed.kind, signed.id)
                try:
                    if found is None:
                        raise ProofRefused("it is not here")
                    claim, _ = authority.claim(found.model_copy(update={"proof": signed.proof}), found.station, at)
                    if claim.deleted != found.deleted:
                        raise ProofRefused("it was published again")
                except ProofRefused as error:
                    if error.reason.startswith("its signature"):
                        raise NotThePublisher(document=f"{signed.kind}/{signed.id}", reason=error.reason) from error
                    changed.append(f"{signed.kind}/{signed.id}")
                    continue
                self._hub.catalogue.put_proof(signed.kind, signed.id, signed.proof, claim.serial)
                count += 1
            count += self._sign_own()
        return Taken(count, tuple(changed))

    def _sign_own(self) -> int:
        """Everything of the granted kinds that is not signed with the key of this hub."""
        if not (kinds := self.granted()):
            return 0
        count, at = 0, Instant(self._hub.now())
        authority = self._authority()
        for kind in sorted(kinds):
            for found in self._hub.catalogue.standing(kind):
                try:
                    authority.claim(found, found.station, at)
                except ProofRefused:
                    plain = PlainDocument(kind=found.kind, id=found.id, station=found.station, body=found.body)
                    before = self._hub.catalogue.serial(found.kind, found.id)
                    self._hub.catalogue.put_proof(found.kind, found.id, *self.sign(plain, found.deleted, before))
                    count += 1
        return count

    def _claim(self, document: Document, at: Instant) -> Claim:
        try:
            claim, key = self._authority().claim(document, document.station, at)
        except ProofRefused as error:
            raise NotThePublisher(document=f"{document.kind}/{document.id}", reason=error.reason) from error
        if key.issuer != PUBLISHER:
            raise NotThePublisher(document=f"{document.kind}/{document.id}", reason="a hub grants nothing")
        return claim

    def _authority(self) -> Authority:
        documents = self._hub.catalogue.documents
        keys = [PublisherKey.model_validate(document.body) for document in documents(kind=PUBLISHER)]
        grants = [HubGrant.model_validate(document.body) for document in documents(kind=GRANT)]
        return Authority(self.publishers(), keys, grants)


def _serial(now: datetime) -> int:
    return int(now.timestamp() * 1000)


def _prove(waiting: Waiting, key: SigningKey, serial: int) -> str:
    body = {} if waiting.deleted else waiting.body
    claim = Claim(waiting.kind, waiting.id, waiting.station, waiting.deleted, serial, digest(body))
    return prove(claim, key)
