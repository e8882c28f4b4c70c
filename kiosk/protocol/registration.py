"""Registration at a terminal: what it writes, what the hub says to it, and how a name stays unread on the way.

A terminal issues *provisional* codes with its own key. The hub publishes that key as one that may do no more
(`IssuerKeyDocument.provisional`), and says of each registration what became of it (`MemberStanding`). A name and a
phone number are sealed to the hub (HPKE, RFC 9180) before they are written down anywhere; a terminal cannot open them.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AwareDatetime, Base64Bytes, Field, StringConstraints

from kiosk.protocol.catalogue import CatalogueBody, catalogue_body
from kiosk.protocol.journal import JournalBody, journal_body
from kiosk.protocol.sealing import SealBroken, seal_bytes, unseal_bytes

PROVISIONAL = "provisional"  # the tier of every code that a terminal issues
PROVISIONAL_LIFE = timedelta(days=90)
CONSENT = "2026-11"  # which sentences about what is kept were on the screen
MAX_NAME = 40
_INFO = b"yizhan registration 1 "
_PHONE = re.compile(r"1[3-9][0-9]{9}")  # a mainland mobile number
_SEALED_MOST = 1024
Hash = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{32})?$")]
Pseudonym = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{2}){8,16}$")]


class Occupation(StrEnum):
    """What somebody works as, as far as a picture on the screen can say it."""

    RIDER = "rider"  # delivers meals
    COURIER = "courier"  # delivers parcels
    DRIVER = "driver"  # taxi, ride-hailing
    TRUCKER = "trucker"
    SANITATION = "sanitation"
    BUILDER = "builder"
    GUARD = "guard"
    HOUSEKEEPER = "housekeeper"
    VENDOR = "vendor"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Contact:
    """Who somebody is, for the hub alone."""

    name: str
    phone: str


def is_phone(text: str) -> bool:
    """Whether this is a mobile number of the mainland (11 digits)."""
    return _PHONE.fullmatch(text) is not None


def seal(contact: Contact, public_key: bytes, member: str) -> bytes:
    """Readable with the hub's private key alone, and only as that of `member`. `public_key` is 32 bytes (X25519)."""
    plain = json.dumps([contact.name, contact.phone], ensure_ascii=False).encode()
    return seal_bytes(plain, public_key, _INFO + member.encode())


def unseal(sealed: bytes, private_key: bytes, member: str) -> Contact:
    """Raises SealBroken."""
    try:
        name, phone = json.loads(unseal_bytes(sealed, private_key, _INFO + member.encode()))
    except (ValueError, TypeError) as error:
        raise SealBroken(member) from error
    return Contact(str(name)[:MAX_NAME], str(phone)[:20])


@catalogue_body("registration_settings")
class RegistrationSettings(CatalogueBody):
    """One document: registration is offered at terminals, and names are sealed to this key (X25519, hex).

    `keep_url` is where a phone opens the code it was given, "" = `/keep` at the hub this station talks to.
    """

    seal_key: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    offered: bool = True
    keep_url: Annotated[str, StringConstraints(pattern=r"^$|^https?://[!-~]{3,200}$")] = ""


@catalogue_body("member_standing")
class MemberStanding(CatalogueBody):
    """What became of a registration; the id of the document is the pseudonym in its provisional code.

    `member` and `tier` are what a terminal takes its holder for: the same pseudonym where it was confirmed, an earlier
    one where the person had registered before. `ended`: the code is not taken any more.
    """

    member: Pseudonym
    tier: str = ""
    ended: bool = False


@journal_body("member.registered")
class MemberRegistered(JournalBody):
    """Somebody registered and was given a provisional code.

    `card` and `phone` are keyed hashes (hex), under the district's key if `shared_key`, else one of the terminal's own,
    which tells the hub nothing. `sealed` is name and phone number for the hub, empty for an ID card.
    """

    who: ClassVar[str] = "member"
    private: ClassVar[Mapping[str, Any]] = {"card": "", "phone": "", "sealed": "", "token": "0" * 16}

    session: str
    member: Pseudonym
    way: Literal["id_card", "phone"]
    occupation: Occupation
    token: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
    issued: AwareDatetime
    expires: AwareDatetime
    card: Hash = ""
    phone: Hash = ""
    shared_key: bool = False
    sealed: Annotated[Base64Bytes, Field(max_length=_SEALED_MOST)] = b""
    consent: str = Field(default=CONSENT, max_length=40)
