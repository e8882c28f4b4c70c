"""Resident ID cards as a way to be known: the number becomes a keyed hash at once, and only that is ever compared.

The key is the district's, published to its terminals, so that a card registered at one station is known at the next; a
station without one makes a key of its own and knows the cards that were registered here. Source of the rule that a
number is kept only as a keyed hash: PRODUCT; of HMAC-SHA256 with a pepper: specs/devices.md, 5.4.
"""

import hmac
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from kiosk.clock import Clock, ClockQuality
from kiosk.devices.id_reader.card import IdCard
from kiosk.identity import write_private
from kiosk.members.errors import CodeRevoked
from kiosk.members.standing import standing_of
from kiosk.protocol.catalogue import CatalogueBody
from kiosk.protocol.members import IdCardKey, IdCardLink
from kiosk.session import Person
from kiosk.storage.members import Registrations

T = TypeVar("T", bound=CatalogueBody)
KEY_FILE = "cards.key"
KEY_BYTES, HASH_BYTES = 32, 16


@dataclass(frozen=True, slots=True)
class KnownCard:
    """What this station knows of a card: the keyed hash of its number, and the member it belongs to, None nobody's."""

    key: bytes
    valid: bool
    person: Person | None


class Documents(Protocol):
    """The part of the catalogue that is needed here."""

    def only(self, body: type[T]) -> T | None: ...
    def get(self, body: type[T], doc_id: str) -> T | None: ...


class CardBook:
    """On the desk thread. `folder` keeps the station's own key."""

    def __init__(
        self, documents: Documents, registered: Registrations, folder: Path, clock: Clock, zone: ZoneInfo
    ) -> None:
        self._documents = documents
        self._registered = registered
        self._file = folder / KEY_FILE
        self._clock = clock
        self._zone = zone

    def key_of(self, number: str) -> bytes:
        """The keyed hash of a card's number, 16 bytes."""
        return hmac.digest(self._key(), number.encode(), "sha256")[:HASH_BYTES]

    def look(self, card: IdCard) -> KnownCard:
        """Who this card belongs to. A clock that is doubtful calls no card expired."""
        key = self.key_of(card.number)
        today = self._clock.now().astimezone(self._zone).date()
        valid = self._clock.quality() is ClockQuality.DOUBTFUL or card.valid_on(today)
        return KnownCard(key, valid, self._holder(key.hex()))

    @property
    def shared(self) -> bool:
        """Whether the key is the district's: then a hash made here says something elsewhere too."""
        return self._documents.only(IdCardKey) is not None

    def _holder(self, key: str) -> Person | None:
        """As the hub says, else as was registered here and the hub has not heard of or not linked yet."""
        if (link := self._documents.get(IdCardLink, key)) is not None:
            return Person(link.member, link.tier, "id_card")
        if (row := self._registered.of_card(key)) is None:
            return None
        try:
            return Person(*standing_of(self._documents, row.member), "id_card")
        except CodeRevoked:
            return None

    def _key(self) -> bytes:
        if (published := self._documents.only(IdCardKey)) is not None:
            return bytes.fromhex(published.key)
        if not self._file.exists():
            write_private(self._file, secrets.token_bytes(KEY_BYTES))
        return self._file.read_bytes()
