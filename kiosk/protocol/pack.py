"""A course pack: a zip of `manifest.json`, `manifest.sig` and the files of the manifest, in that order.

The zip is of the narrowest kind: nothing compressed (films are already), no dates, attributes, extra fields, comments
or gaps. So its bytes follow from manifest, signature and files alone; there is nothing that could be changed without
being noticed, nothing that grows when unpacked, and any unzip can still open it (APPNOTE 6.3, sections 4.3 and 4.4).
`manifest.sig` is a COSE_Sign1 (`kiosk.protocol.cose`) over `KIOSK1-PACK`, a line feed and the SHA-256 of the manifest;
the manifest has the hashes of everything else. One verifier reads packs from the hub, from a stick and for publishing.
"""

import hashlib
import os
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from kiosk.protocol.cose import CoseProblem, CoseRefused, Instant, KeyRing, SigningKey, open1, sign1
from kiosk.protocol.course import FILE_NAME, MAX_FILES, Manifest

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
MAX_PACK_BYTES = (4 << 30) - 1  # beyond it a zip needs its 64-bit form
MAX_MANIFEST_BYTES = 1 << 20
MAX_SIGNATURE_BYTES = 1024
_CHUNK = 1 << 20
_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s4H2IH")
_VERSION, _NO_FLAGS, _STORED, _MIDNIGHT, _1980 = 20, 0, 0, 0, 0x21


class PackProblem(StrEnum):
    """Why a pack was not taken, in the order in which it is looked for."""

    UNREADABLE = "unreadable"  # the stick or the disk did not give the bytes
    NOT_A_PACK = "not_a_pack"  # not a zip, or cut short
    TOO_LARGE = "too_large"
    COMPRESSED = "compressed"
    PATH = "path"  # a name that leads out of the folder, comes twice or is not of our kind
    LAYOUT = "layout"  # a zip, and not of the narrow kind: something was changed or added
    SIGNATURE = "signature"
    UNKNOWN_PUBLISHER = "unknown_publisher"
    KEY_NOT_IN_USE = "key_not_in_use"
    MANIFEST = "manifest"  # signed, and still not a course
    HASH = "hash"  # a file is not what the manifest says


class PackRefused(ValueError):
    """The pack was not taken. `where` names the place in it, for a log and for whoever built it."""

    def __init__(self, problem: PackProblem, where: str = "") -> None:
        self.problem = problem
        self.where = where[:300]
        super().__init__(f"{problem}: {self.where}" if where else problem.value)


@dataclass(frozen=True, slots=True)
class _Member:
    name: str
    crc: int
    size: int
    offset: int  # of its local header

    @property
    def begins(self) -> int:
        return self.offset + _LOCAL.size + len(self.name)

    @property
    def ends(self) -> int:
        return self.begins + self.size

    def local(self) -> bytes:
        head = (b"PK\3\4", _VERSION, _NO_FLAGS, _STORED, _MIDNIGHT, _1980, self.crc, self.size, self.size)
        return _LOCAL.pack(*head, len(self.name), 0) + self.name.encode()

    def central(self) -> bytes:
        head = (b"PK\1\2", _VERSION, _VERSION, _NO_FLAGS, _STORED, _MIDNIGHT, _1980, self.crc, self.size, self.size)
        return _CENTRAL.pack(*head, len(self.name), 0, 0, 0, 0, 0, self.offset) + self.name.encode()


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack whose structure, signature and manifest are good. Its files are checked by `check_files` or `unpack`."""

    manifest: Manifest
    manifest_bytes: bytes
    publisher: str
    members: tuple[_Member, ...]


def open_pack(handle: BinaryIO, ring: KeyRing, at: Instant) -> Pack:
    """Read everything but the files. Raises PackRefused."""
    try:
        members = _directory(handle)
        manifest, signature = (_whole(handle, member) for member in members[:2])
    except OSError as error:
        raise PackRefused(PackProblem.UNREADABLE, type(error).__name__) from error
    publisher = _publisher(manifest, signature, ring, at)
    try:
        read = Manifest.model_validate_json(manifest)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise PackRefused(PackProblem.MANIFEST, f"{where}: {first['msg']}".lstrip(": ")) from error
    listed = [(file.name, file.size) for file in read.files]
    if listed != [(member.name, member.size) for member in members[2:]]:
        raise PackRefused(PackProblem.LAYOUT, "the files are not those of the manifest")
    return Pack(read, manifest, publisher, members)


def check_files(handle: BinaryIO, pack: Pack) -> None:
    """Read every file and compare it with the manifest. Raises PackRefused."""
    for member, file in zip(pack.members[2:], pack.manifest.files, strict=True):
        for _ in _checked(handle, member, file.sha256):
            pass


def unpack(handle: BinaryIO, pack: Pack, folder: Path) -> None:
    """Write manifest and files into `folder` (which must exist), checked on the way and synced to disk.

    Raises PackRefused, or OSError when the disk refuses. What was written so far is the caller's to remove.
    """
    _write(folder / MANIFEST, iter((pack.manifest_bytes,)))
    for member, file in zip(pack.members[2:], pack.manifest.files, strict=True):
        _write(folder / file.name, _checked(handle, member, file.sha256))
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def build_pack(out: BinaryIO, manifest: Manifest, folder: Path, key: SigningKey) -> None:
    """Write a pack of the files of `manifest`, found in `folder`, signed with `key`.

    Raises PackRefused when a file is not what the manifest says, OSError when it is not there.
    """
    text = (manifest.model_dump_json(exclude_none=True, indent=1) + "\n").encode()
    if len(text) > MAX_MANIFEST_BYTES:
        raise PackRefused(PackProblem.TOO_LARGE, MANIFEST)
    signature = sign1(_signed(text), key)
    members = [_put(out, MANIFEST, text), _put(out, SIGNATURE, signature)]
    for file in manifest.files:
        data = (folder / file.name).read_bytes()
        if len(data) != file.size or hashlib.sha256(data).hexdigest() != file.sha256:
            raise PackRefused(PackProblem.HASH, file.name)
        members.append(_put(out, file.name, data))
    begins = out.tell()
    for member in members:
        out.write(member.central())
    out.write(_end(members, out.tell() - begins, begins))
    if out.tell() > MAX_PACK_BYTES:
        raise PackRefused(PackProblem.TOO_LARGE)


def _directory(handle: BinaryIO) -> tuple[_Member, ...]:
    """The members, after every byte of the zip that is not a file's content has been compared with what it must be."""
    size = handle.seek(0, os.SEEK_END)
    if size > MAX_PACK_BYTES:
        raise PackRefused(PackProblem.TOO_LARGE)
    tail = _read(handle, max(0, size - _END.size), min(size, _END.size))
    if len(tail) != _END.size or tail[:4] != b"PK\5\6" or _read(handle, 0, 4) != b"PK\3\4":
        raise PackRefused(PackProblem.NOT_A_PACK)
    count, length, begins = _END.unpack(tail)[4:7]
    if not 2 <= count <= MAX_FILES + 2:
        raise PackRefused(PackProblem.LAYOUT, f"{count} files")
    if begins + length + _END.size != size or length > count * (_CENTRAL.size + 255):
        raise PackRefused(PackProblem.LAYOUT, "directory")
    members = _entries(_read(handle, begins, length), count)
    expected = 0
    for member in members:
        if member.offset != expected or member.ends > begins:
            raise PackRefused(PackProblem.LAYOUT, member.name)
        if _read(handle, member.offset, member.begins - member.offset) != member.local():
            raise PackRefused(PackProblem.LAYOUT, member.name)
        expected = member.ends
    if expected != begins or tail != _end(members, length, begins):
        raise PackRefused(PackProblem.LAYOUT, "directory")
    return tuple(members)


def _entries(directory: bytes, count: int) -> list[_Member]:
    members: list[_Member] = []
    seen: set[str] = set()
    at = 0
    for number in range(count):
        if len(directory) - at < _CENTRAL.size:
            raise PackRefused(PackProblem.LAYOUT, "directory")
        fields = _CENTRAL.unpack_from(directory, at)
        method, crc, packed, size, length, extra, comment = (*fields[4:5], *fields[7:13])
        at += _CENTRAL.size
        name = _checked_name(directory[at : at + length], number, seen)
        if method != _STORED or packed != size:
            raise PackRefused(PackProblem.COMPRESSED, name)
        members.append(_Member(name, crc, size, offset=fields[16]))
        at += length + extra + comment
    if b"".join(member.central() for member in members) != directory:
        raise PackRefused(PackProblem.LAYOUT, "directory")
    limits = (MAX_MANIFEST_BYTES, MAX_SIGNATURE_BYTES)
    for member, limit in zip(members[:2], limits, strict=True):
        if member.size > limit:
            raise PackRefused(PackProblem.TOO_LARGE, member.name)
    return members


def _checked_name(raw: bytes, number: int, seen: set[str]) -> str:
    name = raw.decode("utf-8", "replace")
    folded = name.casefold()
    if folded in seen:
        raise PackRefused(PackProblem.PATH, f"{name} comes twice")
    seen.add(folded)
    if number < 2:
        if name != (MANIFEST, SIGNATURE)[number]:
            raise PackRefused(PackProblem.PATH if _leads_out(name) else PackProblem.NOT_A_PACK, name)
    elif not re.fullmatch(FILE_NAME, name):
        raise PackRefused(PackProblem.PATH, name)
    return name


def _leads_out(name: str) -> bool:
    return any(sign in name for sign in ("/", "\\", "\0", ":")) or name in ("", ".", "..")


def _publisher(manifest: bytes, signature: bytes, ring: KeyRing, at: Instant) -> str:
    try:
        payload, key = open1(signature, ring, at)
    except CoseRefused as error:
        known = {
            CoseProblem.UNKNOWN_KEY: PackProblem.UNKNOWN_PUBLISHER,
            CoseProblem.KEY_FUTURE: PackProblem.KEY_NOT_IN_USE,
            CoseProblem.KEY_PAST: PackProblem.KEY_NOT_IN_USE,
        }
        raise PackRefused(known.get(error.problem, PackProblem.SIGNATURE), error.problem.value) from error
    if payload != _signed(manifest):
        raise PackRefused(PackProblem.SIGNATURE, "of another manifest")
    return key.issuer


def _signed(manifest: bytes) -> bytes:
    return b"KIOSK1-PACK\n" + hashlib.sha256(manifest).digest()


def _checked(handle: BinaryIO, member: _Member, sha256: str) -> Iterator[bytes]:
    """The content in chunks; after the last one it has been compared."""
    digest, crc, left, at = hashlib.sha256(), 0, member.size, member.begins
    try:
        while left:
            chunk = _read(handle, at, min(left, _CHUNK))
            if not chunk:
                raise PackRefused(PackProblem.NOT_A_PACK, f"{member.name} is cut short")
            digest.update(chunk)
            crc = zlib.crc32(chunk, crc)
            at, left = at + len(chunk), left - len(chunk)
            yield chunk
    except OSError as error:
        raise PackRefused(PackProblem.UNREADABLE, member.name) from error
    if digest.hexdigest() != sha256 or crc != member.crc:
        raise PackRefused(PackProblem.HASH, member.name)


def _whole(handle: BinaryIO, member: _Member) -> bytes:
    data = _read(handle, member.begins, member.size)
    if zlib.crc32(data) != member.crc:
        raise PackRefused(PackProblem.HASH, member.name)
    return data


def _read(handle: BinaryIO, at: int, count: int) -> bytes:
    handle.seek(at)
    return handle.read(count)


def _write(path: Path, chunks: Iterator[bytes]) -> None:
    with path.open("xb") as handle:
        for chunk in chunks:
            handle.write(chunk)
        handle.flush()
        os.fsync(handle.fileno())


def _put(out: BinaryIO, name: str, data: bytes) -> _Member:
    member = _Member(name, zlib.crc32(data), len(data), out.tell())
    out.write(member.local())
    out.write(data)
    return member


def _end(members: "list[_Member]", length: int, begins: int) -> bytes:
    return _END.pack(b"PK\5\6", 0, 0, len(members), len(members), length, begins, 0)
