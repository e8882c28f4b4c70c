"""Sealed to one reader: HPKE (RFC 9180) in its base mode with X25519, HKDF-SHA256 and ChaCha20-Poly1305."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class SealBroken(ValueError):
    """Sealed to somebody else, or altered."""


def seal_bytes(plain: bytes, public_key: bytes, info: bytes) -> bytes:
    """Readable with the private half of `public_key` (32 bytes) alone, and only as what `info` says it is."""
    return bytes(_SUITE.encrypt(plain, X25519PublicKey.from_public_bytes(public_key), info=info))


def unseal_bytes(sealed: bytes, private_key: bytes, info: bytes) -> bytes:
    """Raises SealBroken."""
    try:
        return bytes(_SUITE.decrypt(sealed, X25519PrivateKey.from_private_bytes(private_key), info=info))
    except (InvalidTag, ValueError) as error:
        raise SealBroken(info.decode("ascii", "replace")) from error


def seal_key(private_key: bytes) -> str:
    """The public half of a 32-byte X25519 key, in hex."""
    return X25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw().hex()
