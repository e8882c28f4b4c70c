"""Frames of SDT/SAM readers of resident ID cards (GA/T 467): AA AA AA 96 69, a length, the message, an XOR.

Host to reader: length (2 bytes, big-endian, of what follows), command, parameter, data, checksum. Reader to host: the
same with three status bytes instead. The checksum is the XOR of everything after the preamble, the length included.
Source: specs/devices.md, 1.1, where the published drivers are named from which the vectors come.
"""

from dataclasses import dataclass
from enum import IntEnum
from functools import reduce
from operator import xor

PREAMBLE = b"\xaa\xaa\xaa\x96\x69"
SHORTEST, LONGEST = 4, 2314  # of a length that a reader may send


class Command(IntEnum):
    """Command and parameter. Reading with the fingerprint (0x3010) is not among them, and must not be."""

    STATUS = 0x11FF
    RESET = 0x10FF
    SAM_ID = 0x12FF
    FIND = 0x2001
    SELECT = 0x2002
    READ = 0x3001


class Status(IntEnum):
    """The third status byte, as far as we tell them apart."""

    OK = 0x90
    FOUND = 0x9F
    NO_ITEM = 0x91
    BAD_CHECKSUM = 0x10
    CARD_REJECTS = 0x31
    SAM_REJECTS = 0x32
    READ_FAILED = 0x41
    SELF_TEST_FAILED = 0x60
    NOT_AUTHORISED = 0x66
    NO_CARD = 0x80
    SELECT_FAILED = 0x81


@dataclass(frozen=True, slots=True, repr=False)
class Reply:
    """What a reader said. `data` may be a person's: it is not shown."""

    status: int
    data: bytearray

    def __repr__(self) -> str:
        return f"Reply({self.status:#04x}, {len(self.data)} bytes)"

    def wipe(self) -> None:
        """Overwrite what was read."""
        self.data[:] = bytes(len(self.data))


def checksum(message: bytes | bytearray) -> int:
    return reduce(xor, message, 0)


def frame(body: bytes) -> bytes:
    """A whole frame around command and parameter, or around status and data."""
    message = (len(body) + 1).to_bytes(2, "big") + body
    return PREAMBLE + message + bytes([checksum(message)])


def request(command: Command) -> bytes:
    """The frame of a command."""
    return frame(int(command).to_bytes(2, "big"))


_MORE = Reply(0, bytearray())


class Replies:
    """Finds frames in a stream of bytes: whatever is none is skipped, and memory stays bounded."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self.spoilt = 0  # frames whose checksum was wrong

    def feed(self, data: bytes) -> list[Reply]:
        """Take a chunk, return the replies it completes."""
        found: list[Reply] = []
        self._buffer += data
        while (reply := self._next()) is not _MORE:
            if reply is not None:
                found.append(reply)
        return found

    def clear(self) -> None:
        """Forget and overwrite what came so far."""
        self._buffer[:] = bytes(len(self._buffer))
        self._buffer.clear()

    def _next(self) -> Reply | None:
        """The next reply, None for something that was skipped, `_MORE` when more must come."""
        buffer = self._buffer
        begins = buffer.find(PREAMBLE)
        if begins < 0:
            del buffer[: max(0, len(buffer) - len(PREAMBLE) + 1)]
            return _MORE
        del buffer[:begins]
        head = len(PREAMBLE) + 2
        if len(buffer) < head:
            return _MORE
        length = int.from_bytes(buffer[len(PREAMBLE) : head], "big")
        if not SHORTEST <= length <= LONGEST:
            del buffer[:1]
            return None
        if len(buffer) < head + length:
            return _MORE
        message = buffer[len(PREAMBLE) : head + length]
        if checksum(message):  # of a whole message the XOR, checksum and all, is zero
            self.spoilt += 1
            del buffer[:1]
            return None
        del buffer[: head + length]
        return Reply(message[4], message[5:-1])
