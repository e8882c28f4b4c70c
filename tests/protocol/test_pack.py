"""Packs: whole and genuine, or refused. Every byte counts."""

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.protocol.cose import Instant, KeyRing, SigningKey, TrustedKey
from kiosk.protocol.course import Manifest
from kiosk.protocol.pack import Pack, PackProblem, PackRefused, build_pack, check_files, open_pack, unpack

GOLDEN = json.loads((Path(__file__).parent / "golden" / "course_pack.json").read_text("utf-8"))
NOW = Instant(datetime(2026, 12, 1, tzinfo=UTC))
KEY = SigningKey.from_seed("wuxi", bytes.fromhex(GOLDEN["seed"]))
PACK = bytes.fromhex(GOLDEN["pack"])
FILES = {name: bytes.fromhex(data) for name, data in GOLDEN["files"].items()}


def ring(key: SigningKey = KEY, **window: datetime) -> KeyRing:
    begins = window.get("begins", datetime(2026, 1, 1, tzinfo=UTC))
    ends = window.get("ends", datetime(2030, 1, 1, tzinfo=UTC))
    return KeyRing([TrustedKey(key.kid, key.public, key.issuer, begins, ends)])


def verify(data: bytes, keys: KeyRing | None = None) -> Pack:
    handle = io.BytesIO(data)
    pack = open_pack(handle, ring() if keys is None else keys, NOW)
    check_files(handle, pack)
    return pack


def problem(data: bytes, keys: KeyRing | None = None) -> PackProblem:
    with pytest.raises(PackRefused) as refused:
        verify(data, keys)
    return refused.value.problem


# -- the format ---------------------------------------------------------------------------------------------------


def test_the_golden_pack_is_read_and_made_again_byte_for_byte(tmp_path: Path) -> None:
    pack = verify(PACK)
    assert (pack.publisher, pack.manifest.course, pack.manifest.version) == ("wuxi", "golden", 3)
    unpack(io.BytesIO(PACK), pack, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"manifest.json", *FILES}
    assert all((tmp_path / name).read_bytes() == data for name, data in FILES.items())
    again = io.BytesIO()
    build_pack(again, pack.manifest, tmp_path, KEY)
    assert again.getvalue() == PACK


def test_any_unzip_can_open_it() -> None:
    with zipfile.ZipFile(io.BytesIO(PACK)) as opened:
        assert opened.testzip() is None
        assert opened.namelist() == ["manifest.json", "manifest.sig", *FILES]
        assert opened.read("film.mp4") == FILES["film.mp4"]


@given(st.integers(0, len(PACK) - 1), st.integers(1, 255))
def test_any_byte_flipped_is_refused(place: int, flip: int) -> None:
    changed = bytearray(PACK)
    changed[place] ^= flip
    problem(bytes(changed))


def test_every_single_bit_flipped_is_refused() -> None:
    for place in range(len(PACK)):
        problem(PACK[:place] + bytes([PACK[place] ^ 1 << place % 8]) + PACK[place + 1 :])


@given(st.integers(0, len(PACK) - 1))
def test_a_pack_cut_short_is_refused(length: int) -> None:
    assert problem(PACK[:length]) in (PackProblem.NOT_A_PACK, PackProblem.LAYOUT)


@given(st.integers(0, len(PACK)), st.binary(min_size=1, max_size=40))
def test_bytes_put_in_anywhere_are_refused(place: int, extra: bytes) -> None:
    problem(PACK[:place] + extra + PACK[place:])


@given(st.binary(max_size=400))
def test_bytes_of_any_kind_are_refused(data: bytes) -> None:
    assert problem(data) is PackProblem.NOT_A_PACK


# -- who signed ---------------------------------------------------------------------------------------------------


def test_a_publisher_nobody_knows() -> None:
    assert problem(PACK, ring(SigningKey.from_seed("x", b"x" * 32))) is PackProblem.UNKNOWN_PUBLISHER
    assert problem(PACK, KeyRing()) is PackProblem.UNKNOWN_PUBLISHER


def test_a_key_out_of_its_time() -> None:
    early, late = datetime(2027, 1, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)
    assert problem(PACK, ring(begins=early)) is PackProblem.KEY_NOT_IN_USE
    assert problem(PACK, ring(ends=late)) is PackProblem.KEY_NOT_IN_USE


def test_a_manifest_changed_after_it_was_signed() -> None:
    assert problem(rebuilt(lambda parts: {**parts, "manifest.json": parts["manifest.json"] + b" "})) in (
        PackProblem.SIGNATURE,
    )


def test_a_signed_manifest_that_is_no_course(tmp_path: Path) -> None:
    class Loose:
        """Signs what the models would refuse."""

        files: tuple[Any, ...] = ()

        def model_dump_json(self, **_: object) -> str:
            plain = json.loads(PACK_MANIFEST)
            plain["steps"][-1]["questions"][0]["options"][1]["right"] = False
            return json.dumps(plain)

    out = io.BytesIO()
    build_pack(out, Loose(), tmp_path, KEY)  # type: ignore[arg-type]
    with pytest.raises(PackRefused) as refused:
        verify(out.getvalue())
    assert refused.value.problem is PackProblem.MANIFEST
    assert "has no right answer" in refused.value.where


# -- zips of other kinds ------------------------------------------------------------------------------------------

with zipfile.ZipFile(io.BytesIO(PACK)) as _opened:
    PARTS = {name: _opened.read(name) for name in _opened.namelist()}
PACK_MANIFEST = PARTS["manifest.json"].decode()


def zipped(entries: list[tuple[zipfile.ZipInfo, bytes]]) -> bytes:
    """A zip as Python writes it, with our date, so that nothing but what is tested is unusual."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for info, data in entries:
            archive.writestr(info, data)
    return out.getvalue()


def info(name: str, **settings: Any) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.create_system = 0
    for setting, value in settings.items():
        setattr(made, setting, value)
    return made


def exact(names: list[tuple[str, bytes]]) -> bytes:
    """A zip of our own narrow kind with any names whatever."""
    body, directory = b"", b""
    for name, data in names:
        raw, crc = name.encode("utf-8", "surrogateescape"), zlib.crc32(data)
        common = struct.pack("<5H3I2H", 20, 0, 0, 0, 0x21, crc, len(data), len(data), len(raw), 0)
        directory += b"PK\1\2" + struct.pack("<H", 20) + common + struct.pack("<3H2I", 0, 0, 0, 0, len(body)) + raw
        body += b"PK\3\4" + common + raw + data
    end = struct.pack("<4H2IH", 0, 0, len(names), len(names), len(directory), len(body), 0)
    return body + directory + b"PK\5\6" + end


def rebuilt(change: Callable[[dict[str, bytes]], dict[str, bytes]]) -> bytes:
    return exact(list(change(dict(PARTS)).items()))


def test_our_own_kind_of_zip_is_what_it_says() -> None:
    assert rebuilt(dict) == PACK


@pytest.mark.parametrize(
    "name",
    [
        "../evil.mp4",
        "..\\evil.mp4",
        "/etc/cron.d/evil",
        "C:evil.mp4",
        "folder/film.mp4",
        "..",
        "",
        "film.mp4\0.txt",
        "FILM.MP4",
        "film.mp4",
        "Manifest.json",
        "ﬁlm.mp4",
        "café.mp4",
        "x" * 200 + ".mp4",
        ".hidden.mp4",
        "film.mp4\n",
        "film",
    ],
)
def test_names_that_lead_elsewhere_or_come_twice(name: str, tmp_path: Path) -> None:
    data = exact([*PARTS.items(), (name, b"evil")])
    assert problem(data) is PackProblem.PATH
    assert list(tmp_path.iterdir()) == []


@given(st.text(max_size=40))
def test_no_name_whatever_gets_past(name: str) -> None:
    problem(exact([*PARTS.items(), (name.encode("utf-8", "replace").decode(), b"evil")]))


def test_a_first_member_that_leads_out_is_refused_as_such() -> None:
    names = [("../manifest.json", PARTS["manifest.json"]), *list(PARTS.items())[1:]]
    assert problem(exact(names)) is PackProblem.PATH


def test_a_link_in_a_zip_is_refused() -> None:
    entries = [(info(name), data) for name, data in PARTS.items()]
    link = info("film.mp4", create_system=3, external_attr=0o120777 << 16)
    entries[2] = (link, b"/etc/passwd")
    assert problem(zipped(entries)) is PackProblem.LAYOUT


def test_a_bomb_is_refused_before_anything_is_unpacked() -> None:
    entries = [(info(name), data) for name, data in PARTS.items()]
    entries[2] = (info("film.mp4", compress_type=zipfile.ZIP_DEFLATED), bytes(50_000_000))
    data = zipped(entries)
    assert len(data) < 60_000
    assert problem(data) is PackProblem.COMPRESSED


def test_a_directory_that_claims_more_than_there_is() -> None:
    at = PACK.rindex(b"PK\1\2")
    claimed = bytearray(PACK)
    claimed[at + 20 : at + 28] = struct.pack("<2I", 0xFFFFFFF0, 0xFFFFFFF0)
    assert problem(bytes(claimed)) is PackProblem.LAYOUT
    for count in (0, 1, 0xFFFF):
        end = bytearray(PACK)
        end[-14:-10] = struct.pack("<2H", count, count)
        assert problem(bytes(end)) is PackProblem.LAYOUT


def test_members_that_overlap_are_refused() -> None:
    """The trick of bombs without compression: many directory entries for the same bytes."""
    one = exact([*PARTS.items(), ("twin.mp4", FILES["film.mp4"])])
    at = one.rindex(b"PK\1\2")
    first = PACK.index(b"PK\3\4", len(PARTS["manifest.json"]) + len(PARTS["manifest.sig"]))
    assert problem(one[: at + 42] + struct.pack("<I", first) + one[at + 46 :]) is PackProblem.LAYOUT


def test_files_that_are_not_the_manifest_s() -> None:
    more = exact([*PARTS.items(), ("more.mp4", b"x")])
    assert problem(more) is PackProblem.LAYOUT
    swapped = rebuilt(lambda parts: dict([*list(parts.items())[:2], *reversed(list(parts.items())[2:])]))
    assert problem(swapped) is PackProblem.LAYOUT
    other = rebuilt(lambda parts: {**parts, "film.mp4": b"F" + parts["film.mp4"][1:]})
    assert problem(other) is PackProblem.HASH


def test_a_manifest_too_large() -> None:
    assert problem(rebuilt(lambda parts: {**parts, "manifest.json": bytes(2 << 20)})) is PackProblem.TOO_LARGE


def test_a_disk_that_stops_giving_is_said_to_be_unreadable() -> None:
    class Pulled(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > len(PACK) // 2:
                raise OSError("the stick was pulled")
            return super().read(size)

    with pytest.raises(PackRefused) as refused:
        open_pack(Pulled(PACK), ring(), NOW)
    assert refused.value.problem is PackProblem.UNREADABLE


def test_building_refuses_a_file_that_changed(tmp_path: Path) -> None:
    manifest = Manifest.model_validate_json(PACK_MANIFEST)
    for name in FILES:
        (tmp_path / name).write_bytes(b"something else")
    with pytest.raises(PackRefused) as refused:
        build_pack(io.BytesIO(), manifest, tmp_path, KEY)
    assert refused.value.problem is PackProblem.HASH
