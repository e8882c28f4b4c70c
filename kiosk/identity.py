"""Who this terminal is: an Ed25519 key made on it that never leaves it, and the station id the hub gave for it."""

import json
import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from kiosk.disk import sync_to_disk
from kiosk.errors import StorageError


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only this user can read, whole or not at all, durable when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".new")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(handle, data)
        os.fsync(handle)
    finally:
        os.close(handle)
    temporary.replace(path)
    sync_to_disk(path.parent)


class Identity:
    """The terminal's key pair (`identity.key`, raw 32 bytes) and its enrolment (`station.json`), in the data folder."""

    def __init__(self, folder: Path) -> None:
        self._key_file = folder / "identity.key"
        self._station_file = folder / "station.json"
        try:
            if not self._key_file.exists():
                key = Ed25519PrivateKey.generate()
                write_private(self._key_file, key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption()))
            self.key = Ed25519PrivateKey.from_private_bytes(self._key_file.read_bytes())
            self._station = json.loads(self._station_file.read_text("utf-8")) if self._station_file.exists() else {}
        except (OSError, ValueError, UnsupportedAlgorithm) as error:
            raise StorageError(path=str(folder), problem=str(error)) from error

    def renew(self) -> None:
        """A new key: what was signed with the old one is from somebody else now. Before an enrolment only."""
        key = Ed25519PrivateKey.generate()
        write_private(self._key_file, key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption()))
        self.key = key

    @property
    def station_id(self) -> str:
        """The id given at enrolment, "" before it."""
        return str(self._station.get("station", ""))

    @property
    def public_key(self) -> bytes:
        """The 32 raw bytes of the public key."""
        return self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def sign(self, message: bytes) -> bytes:
        """A 64-byte Ed25519 signature."""
        return self.key.sign(message)

    @property
    def publisher_keys(self) -> tuple[str, ...]:
        """Whose signature a catalogue needs, as the hub said at the enrolment. None: it needs no signature."""
        return tuple(self._station.get("publisher_keys", ()))

    def enrolled(self, station: str, hub_url: str, publisher_keys: tuple[str, ...] = ()) -> None:
        """Remember what the hub answered to the enrolment."""
        self._station = {"station": station, "hub": hub_url, "publisher_keys": list(publisher_keys)}
        write_private(self._station_file, json.dumps(self._station).encode())
