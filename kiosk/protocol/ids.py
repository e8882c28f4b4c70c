"""Identifiers made where a thing happened: UUIDv7 (RFC 9562, section 5.7), ordered by time of making."""

import os
import uuid
from datetime import datetime


def uuid7(at: datetime) -> str:
    """A new UUIDv7 for the instant `at` (aware), as 36 characters."""
    millis = max(0, int(at.timestamp() * 1000)) & ((1 << 48) - 1)
    value = int.from_bytes(os.urandom(10), "big")
    value = (millis << 80) | (0x7 << 76) | ((value >> 68 & 0xFFF) << 64) | (0b10 << 62) | (value & ((1 << 62) - 1))
    return str(uuid.UUID(int=value))
