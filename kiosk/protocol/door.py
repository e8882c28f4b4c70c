"""An order to open a door from afar: signed by the hub, for one station, one door and one call, good for seconds.

The token is `GD1:` + base45 of a COSE_Sign1 (kiosk.protocol.cose) by the hub's command key, which is published as a
`command_key` document. The link already says that it is the hub who speaks; the signature says who is answerable and
stays in the journal as proof, and a copy that is played again opens nothing.
"""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from kiosk.protocol.catalogue import CatalogueBody, catalogue_body
from kiosk.protocol.journal import JournalBody, journal_body
from kiosk.protocol.link import LinkMessage, link_message

PREFIX = "GD1:"
ORDER_SECONDS = 15  # how long an order may be on its way (specs/devices.md, section 7)
DoorName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,30}$")]
OrderCode = Literal[
    "opened",  # the lock reports that it released
    "late",  # came after its expiry
    "replayed",  # this order was carried out, or refused, before
    "forged",  # not signed by a key of this hub, or damaged
    "foreign",  # for another station, or a call that is not under way here
    "unknown_door",
    "lock_failed",  # the lock did not release, or said nothing
]


@catalogue_body("command_key")
class CommandKey(CatalogueBody):
    """A key that signs orders; its document id is the key's id (kid, hex)."""

    public_key: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    not_before: AwareDatetime
    not_after: AwareDatetime


@link_message("door_order")
class DoorOrder(LinkMessage):
    """Hub to station: open. What is in the token counts, nothing beside it."""

    token: str = Field(min_length=8, max_length=1024)


@link_message("door_report")
class DoorReport(LinkMessage):
    """Station to hub: what became of order `id` (hex, "" when it could not be read). `report` is the lock's own."""

    id: str = Field(max_length=64)
    code: OrderCode
    report: str = Field(default="", max_length=200)


@journal_body("door.ordered")
class DoorOrdered(JournalBody):
    """An order from the desk and what became of it. `reason` as given by the one who ordered."""

    order: str = Field(max_length=64)
    door: str = Field(default="", max_length=40)
    call: str = Field(default="", max_length=40)
    by: str = Field(default="", max_length=80)
    reason: str = Field(default="", max_length=200)
    code: OrderCode
    report: str = Field(default="", max_length=200)
