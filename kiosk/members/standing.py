"""Whom a terminal takes the holder of a provisional code for, as far as it has heard from the hub."""

from typing import Protocol, TypeVar

from kiosk.members.errors import CodeRevoked
from kiosk.protocol.catalogue import CatalogueBody
from kiosk.protocol.registration import PROVISIONAL, MemberStanding

T = TypeVar("T", bound=CatalogueBody)


class Standings(Protocol):
    """The part of the catalogue that is needed here."""

    def get(self, body: type[T], doc_id: str) -> T | None: ...


def standing_of(documents: Standings, member: str) -> tuple[str, str]:
    """The pseudonym and tier of who registered as `member`; as they were until the hub has said more.

    Raises CodeRevoked.
    """
    said = documents.get(MemberStanding, member)
    if said is None:
        return member, PROVISIONAL
    if said.ended:
        raise CodeRevoked(detail="the registration was ended")
    return said.member, said.tier
