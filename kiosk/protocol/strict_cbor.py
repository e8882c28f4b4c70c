"""A CBOR reader (RFC 8949) that takes only what section 4.2 allows, for what strangers hold to a camera.

cbor2 would also build dates, fractions, patterns, sets and shared references out of tags; a code needs none of them.
One value has one head here: shortest heads, definite lengths, no tags, no floats, no duplicate keys (their order is
left alone: whatever is signed cannot be reordered anyway).
Writing is left to `cbor2.dumps(value, canonical=True)`.
"""

from typing import TypeAlias

Value: TypeAlias = "int | bytes | str | bool | list[Value] | dict[int | str, Value] | None"

_SIMPLE: dict[int, bool | None] = {20: False, 21: True, 22: None}


class CborError(ValueError):
    """The bytes are not one item of the deterministic form."""


def loads(data: bytes, max_depth: int = 4, max_items: int = 64) -> Value:
    """The one item in `data`. Raises CborError, also for anything left over. Time is linear in `len(data)`."""
    reader = _Reader(data, max_items)
    value = reader.item(max_depth)
    if reader.at != len(data):
        raise CborError("trailing bytes")
    return value


class _Reader:
    def __init__(self, data: bytes, max_items: int) -> None:
        self.data = data
        self.at = 0
        self.left = max_items

    def take(self, count: int) -> bytes:
        if count > len(self.data) - self.at:
            raise CborError("cut short")
        self.at += count
        return self.data[self.at - count : self.at]

    def head(self) -> tuple[int, int]:
        first = self.take(1)[0]
        major, info = first >> 5, first & 31
        if info < 24:
            return major, info
        if info > 27:
            raise CborError("indefinite or reserved length")
        size = 1 << (info - 24)
        argument = int.from_bytes(self.take(size), "big")
        if argument < (24 if size == 1 else 1 << (4 * size)):
            raise CborError("not the shortest form")
        return major, argument

    def item(self, depth: int) -> Value:
        self.left -= 1
        if depth < 0 or self.left < 0:
            raise CborError("too deep or too many items")
        major, argument = self.head()
        if major == 0:
            return argument
        if major == 1:
            return -1 - argument
        if major == 2:
            return self.take(argument)
        if major == 3:
            try:
                return self.take(argument).decode("utf-8")
            except UnicodeDecodeError as error:
                raise CborError("text is not UTF-8") from error
        if major == 4:
            self.fits(argument)
            return [self.item(depth - 1) for _ in range(argument)]
        if major == 5:
            self.fits(2 * argument)
            return self.pairs(argument, depth - 1)
        if major == 7 and argument in _SIMPLE:
            return _SIMPLE[argument]
        raise CborError("a tag, a float or an unknown simple value")

    def fits(self, items: int) -> None:
        # A head can claim 2^64 items: refuse before anything is built.
        if items > self.left:
            raise CborError("too deep or too many items")

    def pairs(self, count: int, depth: int) -> "dict[int | str, Value]":
        found: dict[int | str, Value] = {}
        for _ in range(count):
            key = self.item(depth)
            if isinstance(key, bool) or not isinstance(key, int | str) or key in found:
                raise CborError("a key that is neither number nor text, or comes twice")
            found[key] = self.item(depth)
        return found
