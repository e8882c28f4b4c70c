"""Registration of a visitor who is no member yet: offline, in a minute, with a code at once.

What is kept: an ID card's number or a phone number as a keyed hash, an occupation, and the name and number sealed to
the hub. Whoever lays the same card down again is given the same code again. A phone number proves nothing, so whoever
types one gets a code of their own, and the hub sees that the number is known.
"""

import base64
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol, TypeVar

from kiosk.clock import BUILT, Clock, ClockQuality
from kiosk.errors import KioskError
from kiosk.events import EventBus
from kiosk.identity import Identity
from kiosk.limits import Bucket
from kiosk.members.cards import CardBook
from kiosk.members.events import MemberRecognised
from kiosk.members.standing import Standings, standing_of
from kiosk.protocol.catalogue import CatalogueBody
from kiosk.protocol.cose import SigningKey, TrustedKey, key_id
from kiosk.protocol.journal import JournalBody
from kiosk.protocol.members import MemberClaims, issue_code, phone_link, terminal_issuer
from kiosk.protocol.registration import (
    MAX_NAME,
    PROVISIONAL,
    PROVISIONAL_LIFE,
    Contact,
    MemberRegistered,
    Occupation,
    RegistrationSettings,
    is_phone,
    seal,
)
from kiosk.session import Person, Session, SessionFinished
from kiosk.storage.members import Registered, Registrations

MEMBER_BYTES, TOKEN_BYTES = 10, 8
AT_ONCE, SECONDS_EACH = 20, 180.0  # registrations of one terminal: more is somebody playing
_RENEW = timedelta(days=14)  # a code with less left is made anew
T = TypeVar("T", bound=CatalogueBody)
_NAME = re.compile(r"[^\W\d_][^\d_@#/\\<>|]*")


class RegistrationRefused(KioskError):
    """Base; never raised itself."""

    code = "registration.refused"


class NameInvalid(RegistrationRefused):
    code = "registration.name"


class PhoneInvalid(RegistrationRefused):
    code = "registration.phone"


class NotOffered(RegistrationRefused):
    """Names cannot be sealed: this terminal has not heard from its hub yet, or the hub does not want it."""

    code = "registration.not_offered"


class CardGone(RegistrationRefused):
    """No card was laid down in this visit, or it has expired."""

    code = "registration.card_gone"


class TooMany(RegistrationRefused):
    code = "registration.too_many"


@dataclass(frozen=True, slots=True)
class NewMember:
    """What the visitor is given: the text of the code, and until when it is good (aware). `again`: it is not new.

    `link` opens the code on a phone, "" where there is no hub to open it at.
    """

    person: Person
    code: str
    expires: datetime
    again: bool
    link: str = ""


class Registrar:
    """On the desk thread. `record` appends to the journal and returns when it is durable; `hub_url` "" = no hub."""

    def __init__(
        self,
        documents: "Documents",
        kept: Registrations,
        cards: CardBook,
        identity: Identity,
        clock: Clock,
        bus: EventBus,
        session: Session,
        record: Callable[[JournalBody], object],
        later: Callable[[Callable[[], None]], None],
        reads_cards: bool,
        hub_url: str = "",
    ) -> None:
        self._documents = documents
        self._kept = kept
        self._cards = cards
        self._key = SigningKey(terminal_issuer(identity.public_key), identity.key)
        self._clock = clock
        self._bus = bus
        self._session = session
        self._record = record
        self._reads_cards = reads_cards
        self._hub_url = hub_url
        self._bucket = Bucket(clock.monotonic, AT_ONCE, SECONDS_EACH)
        self._laid: bytes | None = None
        bus.subscribe(SessionFinished, lambda _event: later(self._forget))

    def ways(self) -> tuple[str, ...]:
        """How one may register here now: "id_card", "phone"; none where the hub wants no registrations."""
        settings = self._settings()
        if settings is not None and not settings.offered:
            return ()
        return (*(("id_card",) if self._reads_cards else ()), *(("phone",) if settings else ()))

    def laid(self, key: bytes, valid: bool) -> None:
        """A card that nobody is known by lies on the reader; it may be registered until the visit ends."""
        self._laid = key if valid else None

    @property
    def has_card(self) -> bool:
        return self._laid is not None

    def by_card(self, occupation: Occupation) -> NewMember:
        """Register the card that was laid down in this visit. Raises CardGone, NotOffered, TooMany, a StorageError."""
        if "id_card" not in self.ways():
            raise NotOffered()
        if self._laid is None:
            raise CardGone()
        return self._register("id_card", occupation, card=self._laid.hex())

    def by_phone(self, name: str, phone: str, occupation: Occupation) -> NewMember:
        """Raises NameInvalid, PhoneInvalid, NotOffered, TooMany, a StorageError."""
        contact = Contact(clean_name(name), clean_phone(phone))
        if "phone" not in self.ways():
            raise NotOffered()
        return self._register("phone", occupation, contact=contact)

    def _register(
        self, way: Literal["id_card", "phone"], occupation: Occupation, card: str = "", contact: Contact | None = None
    ) -> NewMember:
        now = self._now()
        before = self._kept.of_card(card) if card else None
        fresh = before is None or before.expires - now < _RENEW
        if fresh:
            if not self._bucket.admit():
                raise TooMany()
            row = self._new(before.member if before else secrets.token_hex(MEMBER_BYTES), now)
            self._record(self._entry(row, way, occupation, card, contact))
        else:
            assert before is not None
            row = before
        self._laid = None
        person = Person(*standing_of(self._documents, row.member))
        code = issue_code(self._claims(row), self._key)
        self._session.recognise(person)
        self._bus.publish(MemberRecognised(person, "registration", self._clock.monotonic()))
        return NewMember(person, code, row.expires, before is not None, self._link(code))

    def _new(self, member: str, now: datetime) -> Registered:
        return Registered(member, secrets.token_hex(TOKEN_BYTES), now, now + PROVISIONAL_LIFE)

    def _entry(
        self,
        row: Registered,
        way: Literal["id_card", "phone"],
        occupation: Occupation,
        card: str,
        contact: Contact | None,
    ) -> MemberRegistered:
        settings, phone, sealed = self._settings(), "", b""
        if contact is not None:
            assert settings is not None
            phone = self._cards.key_of(f"phone:{contact.phone}").hex()
            sealed = base64.b64encode(seal(contact, bytes.fromhex(settings.seal_key), row.member))
        return MemberRegistered(
            session=self._session.id or self._session.wake(),
            member=row.member,
            way=way,
            occupation=occupation,
            token=row.token,
            issued=row.issued,
            expires=row.expires,
            card=card,
            phone=phone,
            shared_key=self._cards.shared,
            sealed=sealed,
        )

    def _claims(self, row: Registered) -> MemberClaims:
        ref, token = bytes.fromhex(row.member), bytes.fromhex(row.token)
        return MemberClaims(self._key.issuer, row.issued, row.expires, ref, PROVISIONAL, token=token)

    def _link(self, code: str) -> str:
        settings = self._settings()
        page = settings.keep_url if settings and settings.keep_url else f"{self._hub_url}/keep" if self._hub_url else ""
        return phone_link(page, code) if page else ""

    def _now(self) -> datetime:
        """Whole seconds. Where the time is not known the code begins with the program's own: late is not a fault."""
        now = self._clock.now().replace(microsecond=0)
        return max(now, BUILT) if self._clock.quality() is ClockQuality.DOUBTFUL else now

    def _settings(self) -> RegistrationSettings | None:
        return self._documents.only(RegistrationSettings)

    def _forget(self) -> None:
        if not self._session.id:
            self._laid = None


class Documents(Standings, Protocol):
    """The part of the catalogue that is needed here."""

    def only(self, body: type[T]) -> T | None: ...


def own_key(identity: Identity) -> TrustedKey:
    """This terminal's key for its own codes, which it believes without being told; it has no end here."""
    public = identity.public_key
    always = BUILT.replace(year=2000), BUILT.replace(year=9000)
    return TrustedKey(key_id(public), public, terminal_issuer(public), *always)


def clean_name(text: str) -> str:
    """A person's name without what surrounds it. Raises NameInvalid."""
    name = " ".join(text.split())
    if not 2 <= len(name) <= MAX_NAME or _NAME.fullmatch(name) is None:
        raise NameInvalid()
    return name


def clean_phone(text: str) -> str:
    """A mobile number as 11 digits. Raises PhoneInvalid."""
    phone = re.sub(r"^(\+?86)(?=1)", "", re.sub(r"[\s\-()]", "", text))
    if not is_phone(phone):
        raise PhoneInvalid()
    return phone
