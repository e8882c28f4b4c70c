"""Recognising a member by a code, with no network. Nobody needs this for water and rest."""

import hashlib
import logging
from collections.abc import Callable
from typing import Literal

from kiosk.clock import Clock
from kiosk.devices.ports import Scan
from kiosk.errors import KioskError
from kiosk.events import CatalogueUpdated, EventBus
from kiosk.limits import Bucket, Recent
from kiosk.members.errors import CodeAlreadyUsed, FaceWanted, MemberCodeRefused
from kiosk.members.events import MemberRecognised, MemberRefused
from kiosk.members.standing import standing_of
from kiosk.members.trust import KINDS, Documents, Memory, TrustBook
from kiosk.protocol.cose import TrustedKey
from kiosk.protocol.journal import JournalBody
from kiosk.protocol.members import (
    SHORT_LIFE,
    MemberClaims,
    MemberRecognisedBody,
    MemberRefusedBody,
    MemberTierDocument,
)
from kiosk.protocol.registration import PROVISIONAL
from kiosk.protocol.text import LocalText
from kiosk.session import Person, Session

log = logging.getLogger(__name__)
REPEAT_SECONDS = 2.0  # specs/scanning.md: the same payload within two seconds is one scan
REFUSALS_AT_ONCE, SECONDS_A_REFUSAL = 10, 6.0
_UNTIL_FORGOTTEN = SHORT_LIFE.total_seconds() + 600  # the life of a short code and the skew on both sides


class Members:
    """Who shows a code. All calls on the desk thread.

    `record` appends to the journal; `documents` is the catalogue and `memory` keeps the newest list number; `own` is
    the key with which this terminal registers people.
    """

    def __init__(
        self,
        documents: Documents,
        memory: Memory,
        clock: Clock,
        bus: EventBus,
        session: Session,
        record: Callable[[JournalBody], object],
        own: TrustedKey | None = None,
    ) -> None:
        self._documents = documents
        self._bus = bus
        self._session = session
        self._record = record
        self._book = TrustBook(documents, memory, clock, own)
        self._recent: Recent[Person | MemberCodeRefused] = Recent(clock.monotonic, REPEAT_SECONDS)
        self._asks: Callable[[Person], bool] = lambda _person: False
        self._used: Recent[str] = Recent(clock.monotonic, _UNTIL_FORGOTTEN, capacity=4096)
        self._refusals = Bucket(clock.monotonic, REFUSALS_AT_ONCE, SECONDS_A_REFUSAL)
        bus.subscribe(CatalogueUpdated, self._on_catalogue)

    def ask_with(self, asks: Callable[[Person], bool]) -> None:
        """`asks` begins to look at the face of a member who showed a code; False: they never asked for that."""
        self._asks = asks

    def verify(self, text: str) -> Person:
        """The member whose code this is. Changes nothing. Raises a MemberCodeRefused."""
        return self._person(self._claims(text))

    def recognise(self, scan: Scan) -> Person:
        """Verify what was scanned, and if it is good make its member the person of the session.

        Writes `member.recognised` or `member.refused`, and publishes the event of the same name. A payload seen again
        within two seconds gives the same outcome and writes nothing. Raises a MemberCodeRefused.
        """
        seen = hashlib.sha256(scan.text.encode("utf-8", "surrogatepass")).digest()
        outcome = self._recent.get(seen)
        if outcome is None:
            outcome = self._outcome(scan)
            self._recent.put(seen, outcome)
        if isinstance(outcome, MemberCodeRefused):
            raise type(outcome)(**outcome.details)
        return outcome

    def handle(self, scan: Scan) -> None:
        """`recognise` for a scanner: who cares about the outcome listens to the events."""
        try:
            self.recognise(scan)
        except MemberCodeRefused as error:
            log.info("a code from %s was refused: %s %s", scan.source, error.code, error.details)

    def recognise_card(self, person: Person, at: float) -> None:
        """The member whose ID card was read at the terminal is the person of the session."""
        known = self._session.person
        self._session.recognise(person)
        if known is None or known.ref != person.ref:
            self._record(
                MemberRecognisedBody(
                    session=self._session.id, member=person.ref, tier=person.tier, way="id_card", source="id_reader"
                )
            )
        self._bus.publish(MemberRecognised(person, "id_reader", at))

    def recognise_face(self, person: Person, at: float) -> None:
        """The member whose face was seen is the person of the session."""
        known = self._session.person
        self._session.recognise(person)
        if known is None or known.ref != person.ref:
            way: Literal["code", "face"] = "code" if person.way == "code" else "face"
            session = self._session.id
            self._record(
                MemberRecognisedBody(session=session, member=person.ref, tier=person.tier, way=way, source="face")
            )
        self._bus.publish(MemberRecognised(person, "face", at))

    def tier_name(self, tier: str) -> LocalText | None:
        """What a tier is called, None when nobody published a name for it."""
        document = self._documents.all(MemberTierDocument).get(tier)
        return document.name if document else None

    def _claims(self, text: str) -> MemberClaims:
        claims = self._book.check(text)
        if claims.short and self._used.get(claims.token) not in (None, self._session.id):
            raise CodeAlreadyUsed()
        return claims

    def _person(self, claims: MemberClaims) -> Person:
        ref, tier = claims.member.hex(), claims.tier
        if tier == PROVISIONAL:
            ref, tier = standing_of(self._documents, ref)
        return Person(ref, tier, "code")

    def _outcome(self, scan: Scan) -> Person | MemberCodeRefused:
        try:
            claims = self._claims(scan.text)
            person = self._person(claims)
        except MemberCodeRefused as error:
            self._write_refusal(error, scan.source)
            self._bus.publish(MemberRefused(error.code))
            return error
        known = self._session.person
        if (known is None or known.ref != person.ref) and self._asks(person):
            self._bus.publish(MemberRefused(FaceWanted.code))
            return FaceWanted()
        self._session.recognise(person)
        if claims.short:
            self._used.put(claims.token, self._session.id)
        if known is None or known.ref != person.ref:
            self._write(claims, person, scan.source)
        self._bus.publish(MemberRecognised(person, scan.source, scan.at))
        return person

    def _write(self, claims: MemberClaims, person: Person, source: str) -> None:
        age = self._book.list_age(claims.issuer)
        self._record(
            MemberRecognisedBody(
                session=self._session.id,
                member=person.ref,
                tier=person.tier,
                source=source,
                list_age_hours=None if age is None else round(age.total_seconds() / 3600, 1),
            )
        )

    def _write_refusal(self, error: KioskError, source: str) -> None:
        # Somebody may hold a page of a hundred codes to the camera; the journal is not theirs to fill.
        if self._refusals.admit():
            more = self._refusals.drain()
            self._record(MemberRefusedBody(session=self._session.id, reason=error.code, source=source, more=more))

    def _on_catalogue(self, event: CatalogueUpdated) -> None:
        if event.kinds & KINDS:
            self._book.forget()
            self._recent.clear()
