"""An order to open a door from afar: signed by the hub, for one station, one door and one call, good for seconds.

The token is `GD1:` + base45 of a COSE_Sign1 (kiosk.protocol.cose) by the hub's command key, which is published as a
`command_key` document. The link already says that it is the hub who speaks; the signature says who is answerable and
stays in the journal as proof, and a copy that is played again opens nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

import cbor2
from pydantic import AwareDatetime, Field, StringConstraints

from kiosk.protocol import strict_cbor
from kiosk.protocol.catalogue import CatalogueBody, catalogue_body
from kiosk.protocol.cose import (
    CoseRefused,
    Instant,
    KeyRing,
    SigningKey,
    TrustedKey,
    from_text,
    open1,
    sign1,
    to_text,
)
from kiosk.protocol.journal import JournalBody, journal_body
from kiosk.protocol.link import LinkMessage, link_message

PREFIX = "GD1:"
ORDER_SECONDS = 15  # how long an order may be on its way (specs/devices.md, section 7)
MAX_TOKEN = 2048  # characters: a name and a reason in Chinese take three bytes a letter, base45 half as much again
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

    token: str = Field(min_length=8, max_length=MAX_TOKEN)


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


# -- the token --------------------------------------------------------------------------------------------------------

_ID, _STATION, _DOOR, _CALL, _ACCOUNT, _BY, _REASON, _ISSUED, _EXPIRES = range(1, 10)
_TEXTS = {_STATION: 32, _DOOR: 40, _CALL: 40, _ACCOUNT: 80, _BY: 80, _REASON: 200}  # longest, in characters
_ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class Order:
    """What was signed. `id` is 32 hex digits; `account` and `by` are whose order it is; times aware, whole seconds."""

    id: str
    station: str
    door: str
    call: str
    account: str
    by: str
    reason: str
    issued: datetime
    expires: datetime


class OrderRefused(ValueError):
    """An order is not carried out. `order` is what it says, for the journal; None when that is not to be believed."""

    def __init__(self, code: OrderCode, order: Order | None = None) -> None:
        self.code: OrderCode = code
        self.order = order
        super().__init__(code)


def write_order(order: Order, key: SigningKey) -> str:
    """The token. Raises ValueError for an order nobody would read: too long a text, more than ORDER_SECONDS."""
    claims = {
        _ID: bytes.fromhex(order.id),
        _STATION: order.station,
        _DOOR: order.door,
        _CALL: order.call,
        _ACCOUNT: order.account,
        _BY: order.by,
        _REASON: order.reason,
        _ISSUED: int(order.issued.timestamp()),
        _EXPIRES: int(order.expires.timestamp()),
    }
    payload = cbor2.dumps(claims, canonical=True)
    if _order(payload) != order:
        raise ValueError("an order that does not read back")
    return to_text(PREFIX, sign1(payload, key))


def read_order(
    token: str, keys: KeyRing, now: datetime, station: str, call: str, seen: Callable[[str], bool] = lambda _: False
) -> Order:
    """The order in `token`, which is to be carried out now, once. Raises OrderRefused.

    `now` (aware) is the time as the hub told it last (Welcome.hub_time) where that is known better than the station's
    own; `call` is the call under way here ("" for none: nothing is opened then); `seen(id)` says whether an order was
    carried out or refused before. An order that is ahead of `now` by more than it lives is refused as late too: this
    clock cannot say that it is not.
    """
    try:
        payload, _ = open1(from_text(PREFIX, token, MAX_TOKEN), keys, Instant(now))
        order = _order(payload)
    except (CoseRefused, ValueError) as error:
        raise OrderRefused("forged") from error
    if order.station != station or not call or order.call != call:
        raise OrderRefused("foreign", order)
    if seen(order.id):
        raise OrderRefused("replayed", order)
    if now >= order.expires or order.issued - now > timedelta(seconds=ORDER_SECONDS):
        raise OrderRefused("late", order)
    return order


def trusted_key(kid: str, key: CommandKey) -> TrustedKey:
    """A `command_key` document for a KeyRing; `kid` is the document's id. Raises ValueError when that is not hex."""
    return TrustedKey(bytes.fromhex(kid), bytes.fromhex(key.public_key), "hub", key.not_before, key.not_after)


def _order(payload: bytes) -> Order:
    """Raises ValueError (CborError is one)."""
    claims = strict_cbor.loads(payload, max_depth=1, max_items=32)
    if not isinstance(claims, dict) or set(claims) != set(range(1, 10)):
        raise ValueError("not an order")
    texts: dict[int, str] = {}
    for name, longest in _TEXTS.items():
        value = claims[name]
        if not isinstance(value, str) or len(value) > longest:
            raise ValueError("a text of the order")
        texts[name] = value
    order_id = claims[_ID]
    if not isinstance(order_id, bytes) or len(order_id) != _ID_BYTES:
        raise ValueError("the order's id")
    issued, expires = _time(claims[_ISSUED]), _time(claims[_EXPIRES])
    if not timedelta(0) < expires - issued <= timedelta(seconds=ORDER_SECONDS):
        raise ValueError("how long the order holds")
    return Order(
        order_id.hex(),
        texts[_STATION],
        texts[_DOOR],
        texts[_CALL],
        texts[_ACCOUNT],
        texts[_BY],
        texts[_REASON],
        issued,
        expires,
    )


def _time(value: object) -> datetime:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 1 << 40:
        raise ValueError("a time of the order")
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, OSError) as error:
        raise ValueError("a time of the order") from error
