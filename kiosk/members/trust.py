"""What this terminal believes about codes, as the catalogue says it: issuers' keys and their newest status lists."""

import base64
import logging
from datetime import timedelta
from typing import Protocol, TypeVar

from kiosk.clock import BUILT, Clock, ClockQuality
from kiosk.members.errors import REFUSED_AS, ListTooOld
from kiosk.protocol.catalogue import CatalogueBody
from kiosk.protocol.cose import CoseRefused, Instant, KeyRing, TrustedKey
from kiosk.protocol.members import (
    CodeRefused,
    IssuerKeyDocument,
    MemberClaims,
    MemberSettings,
    StatusListDocument,
    Trust,
    verify_code,
)
from kiosk.protocol.status_list import StatusList, StatusListInvalid, read_list

log = logging.getLogger(__name__)
T = TypeVar("T", bound=CatalogueBody)
KINDS = frozenset({"issuer_key", "status_list", "member_settings", "member_standing"})


class Documents(Protocol):
    """The part of the catalogue that is needed here."""

    def all(self, body: type[T]) -> dict[str, T]: ...
    def only(self, body: type[T]) -> T | None: ...
    def get(self, body: type[T], doc_id: str) -> T | None: ...


class Memory(Protocol):
    """A place for small values that outlive the program."""

    def meta(self, name: str) -> str | None: ...
    def set_meta(self, name: str, value: str) -> None: ...


class TrustBook:
    """Reads the catalogue once and again when told that it changed. On the desk thread, but for `forget`."""

    def __init__(self, documents: Documents, memory: Memory, clock: Clock, own: TrustedKey | None = None) -> None:
        self._documents = documents
        self._memory = memory
        self._clock = clock
        self._own = own  # this terminal's key, which issues provisional codes
        self._lists: dict[str, StatusList] = {}  # of the last reading; its dates are also a floor under a lost clock
        self._trust: Trust | None = None
        self._limit = timedelta(days=30)

    def forget(self) -> None:
        """The catalogue changed: read it again when next asked. From any thread."""
        self._trust = None

    def trust(self) -> Trust:
        """Keys and lists. A list that is forged, malformed or older than one seen before is left out, and logged."""
        if (known := self._trust) is not None:
            return known
        published = self._documents.all(IssuerKeyDocument).values()
        own = self._own
        others = [document.trusted() for document in published if own is None or document.kid != own.kid.hex()]
        ring = KeyRing([*others, *([own] if own else [])])
        settings = self._documents.only(MemberSettings) or MemberSettings()
        self._limit = timedelta(days=settings.max_list_age_days)
        self._lists = {}
        for document in self._documents.all(StatusListDocument).values():
            if (status := self._newest(document, ring)) is not None:
                self._lists[status.issuer] = status
        provisional = {document.issuer for document in published if document.provisional}
        self._trust = Trust(ring, dict(self._lists), frozenset(provisional | ({own.issuer} if own else set())))
        return self._trust

    def instant(self) -> Instant:
        """The time as far as it can be trusted. It is never before the build, nor before the newest signed list."""
        doubtful = self._clock.quality() is ClockQuality.DOUBTFUL
        floor = max([BUILT, *(status.issued for status in self._lists.values())])
        return Instant(self._clock.now(), doubtful, floor)

    def list_age(self, issuer: str) -> timedelta | None:
        """How old the news of revocations are; None where the issuer publishes none or the time is not known."""
        status = self._lists.get(issuer)
        at = self.instant()
        return None if status is None or at.doubtful else max(timedelta(0), at.now - status.issued)

    def check(self, text: str) -> MemberClaims:
        """What a scanned text says, if it can be believed. Raises a MemberCodeRefused. Changes nothing."""
        try:
            claims = verify_code(text, self.trust(), self.instant())
        except CodeRefused as error:
            raise REFUSED_AS[error.refusal](detail=error.detail) from error
        age = self.list_age(claims.issuer)
        if age is not None and age > self._limit:
            raise ListTooOld(issuer=claims.issuer)
        return claims

    def _newest(self, document: StatusListDocument, ring: KeyRing) -> StatusList | None:
        """The published list, or the last good one kept from before where that is newer: going back behind a list
        that was seen would bring revoked codes back to life."""
        name = f"members.list.{document.issuer}"
        kept = base64.b64decode(self._memory.meta(name) or "")
        old = self._read(kept, document.issuer, ring) if kept else None
        new = self._read(document.token, document.issuer, ring)
        if new is None or (old is not None and new.seq < old.seq):
            log.warning("the status list of %s is not taken, number %s stays", document.issuer, old.seq if old else "-")
            return old
        if document.token != kept:
            self._memory.set_meta(name, base64.b64encode(document.token).decode())
        return new

    def _read(self, token: bytes, issuer: str, ring: KeyRing) -> StatusList | None:
        try:
            status = read_list(token, ring, self.instant())
        except (CoseRefused, StatusListInvalid) as error:
            log.warning("a status list of %s cannot be read: %s", issuer, error)
            return None
        return status if status.issuer == issuer else None
