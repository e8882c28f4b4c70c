"""What a stick carries between a station and the hub: two files that somebody can also copy by hand.

`yizhan-<station>.journal` goes up: lines of JSON, a batch of the journal or a sound or picture a line. Each is sealed
to the hub (a lost stick tells nobody anything) and signed by the terminal. `yizhan-<station>.zip` comes down: the whole
catalogue of the station with its proofs, the files that it names, and up to where the hub has the journal. Nothing in
it is secret, and nothing is believed without the publisher's signature. Both may be carried twice, or in any order.
"""

import base64
import hashlib
import json
import zlib
from collections.abc import Callable, Iterator
from typing import Annotated, BinaryIO, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import AwareDatetime, BaseModel, Field, StringConstraints, ValidationError

from kiosk.protocol.catalogue import CatalogueBody, Sha256, catalogue_body
from kiosk.protocol.journal import JournalName, Poison
from kiosk.protocol.sealing import seal_bytes, unseal_bytes

CATALOGUE, ACK, FILES = "catalogue.json", "ack.json", "files/"  # members of the zip
MAX_LINE = 16 << 20  # bytes; a batch of 500 entries and the largest picture are well below
MAX_JSON = 64 << 20
_DOMAIN = b"KIOSK1-STICK\n"
_INFO = b"yizhan stick 1 "


def journal_name(station: str) -> str:
    """The name of the file that goes up."""
    return f"yizhan-{station}.journal"


def parcel_name(station: str) -> str:
    """The name of the file that comes down."""
    return f"yizhan-{station}.zip"


@catalogue_body("journal_ack")
class JournalAck(CatalogueBody):
    """Up to where the hub holds a station's journal, under which numbering, what of it is poison, which attachments."""

    journal: JournalName
    acknowledged: int = Field(ge=0)
    poison: tuple[Poison, ...] = ()
    files: tuple[Sha256, ...] = ()
    at: AwareDatetime


class Line(BaseModel):
    """One line of the file that goes up. `sha256` and `media_type` are those of an attachment, "" for a batch."""

    station: Annotated[str, StringConstraints(max_length=32)]
    what: Literal["batch", "file"]
    sha256: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")] = ""
    media_type: Annotated[str, StringConstraints(max_length=60)] = ""
    key: Sha256  # the terminal's public key, hex
    sealed: str
    signature: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{128}$")]

    def _signed(self) -> bytes:
        content = hashlib.sha256(self.sealed.encode()).hexdigest()
        return _DOMAIN + "\n".join((self.station, self.what, self.sha256, self.media_type, content)).encode()

    def open(self, private_key: bytes) -> bytes:
        """What was sealed: a `Batch` in JSON, or the attachment. Raises StickBroken, SealBroken."""
        try:
            public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.key))
            public.verify(bytes.fromhex(self.signature), self._signed())
            packed = unseal_bytes(base64.b64decode(self.sealed, validate=True), private_key, _info(self.station))
            return zlib.decompressobj().decompress(packed, MAX_LINE)
        except InvalidSignature as error:
            raise StickBroken("a line is not signed by its terminal") from error
        except zlib.error as error:
            raise StickBroken("a line cannot be unpacked") from error


class StickBroken(ValueError):
    """The file is cut short or was altered. The text is for a log."""


def write_line(
    content: bytes,
    station: str,
    what: Literal["batch", "file"],
    seal_to: bytes,
    public_key: str,
    sign: Callable[[bytes], bytes],
    sha256: str = "",
    media_type: str = "",
) -> bytes:
    """One line, with its line feed. `seal_to` is the hub's key (X25519, 32 bytes), `sign` the terminal's."""
    sealed = base64.b64encode(seal_bytes(zlib.compress(content, 6), seal_to, _info(station))).decode()
    line = Line(
        station=station,
        what=what,
        sha256=sha256,
        media_type=media_type,
        key=public_key,
        sealed=sealed,
        signature="0" * 128,
    )
    signed = line.model_copy(update={"signature": sign(line._signed()).hex()})
    return json.dumps(signed.model_dump(), separators=(",", ":")).encode() + b"\n"


def read_lines(handle: BinaryIO) -> Iterator[Line]:
    """The lines of a file that came up. Raises StickBroken at the one that is not whole: those before it are good."""
    while text := handle.readline(MAX_LINE * 2):
        try:
            if not text.endswith(b"\n"):
                raise ValueError("cut short")
            yield Line.model_validate_json(text)
        except (ValidationError, ValueError) as error:
            raise StickBroken("the file is cut short or was altered") from error


def _info(station: str) -> bytes:
    return _INFO + station.encode()
