"""Points, contacts that bounce, and the fewest requests that read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.io.debounce import Debounce
from kiosk.devices.io.modbus_wire import Group, PulseCoil, groups
from kiosk.devices.io.points import NUMBERED, point, signed
from kiosk.devices.ports import Point


@given(st.sampled_from(NUMBERED), st.integers(0, 65_535), st.booleans())
def test_a_point_reads_back(kind: str, number: int, inverted: bool) -> None:
    made = Point("room", kind, str(number), inverted)
    assert point(str(made)) == made
    assert made.number == number


@pytest.mark.parametrize(
    "text",
    [
        *("", "room", "room.coil", "room.coil.-1", "room.coil.65536", "room.coil.x", "room.relay.1"),
        *("Room.coil.1", "room.key.F1", "!!room.coil.1", "room.coil.1 ", "room.coil.٣"),
    ],
)
def test_what_is_no_point_is_said(text: str) -> None:
    with pytest.raises(ValueError, match=r"room|no point"):
        point(text)


def test_registers_are_signed() -> None:
    assert [signed(n) for n in (0, 234, 0x7FFF, 0x8000, 0xFFFF)] == [0, 234, 32_767, -32_768, -1]


@given(st.lists(st.booleans(), min_size=1, max_size=60))
def test_one_sample_alone_changes_nothing(samples: list[bool]) -> None:
    contact, debounce = point("room.discrete_input.0"), Debounce()
    believed: int | None = None
    for index, sample in enumerate(samples):
        now = debounce.feed({contact: int(sample)}).get(contact)
        if now != believed:
            assert index > 0
            assert samples[index - 1] is sample  # read twice in a row
            assert now == sample
            believed = now


@given(st.sets(st.tuples(st.sampled_from(("coil", "discrete_input", "input_register")), st.integers(0, 600))))
def test_every_point_is_read_by_one_request(chosen: set[tuple[str, int]]) -> None:
    points = [Point("room", kind, str(number)) for kind, number in chosen]
    made = groups(1, points)
    assert sorted(str(p) for group in made for p in group.points) == sorted(map(str, points))
    for group in made:
        assert all(group.first <= p.number < group.first + group.count for p in group.points)
        assert group.count <= (64 if group.kind == "input_register" else 256)


def test_neighbours_are_read_together_and_gaps_of_registers_are_not() -> None:
    coils = [Point("room", "coil", str(n)) for n in (0, 1, 7)]
    registers = [Point("room", "input_register", str(n)) for n in (1, 2, 10)]
    made = groups(3, coils + registers)
    assert [(g.kind, g.first, g.count) for g in made] == [
        ("coil", 0, 8),
        ("input_register", 1, 2),
        ("input_register", 10, 1),
    ]
    assert isinstance(made[0], Group)


def test_the_published_frame_of_a_pulse() -> None:
    """0.7 s on the first relay of a Waveshare board: 01 05 02 00 00 07 8D B0 (specs/devices.md, 2.1)."""
    from pymodbus.framer import FramerRTU
    from pymodbus.pdu import DecodePDU

    assert FramerRTU(DecodePDU(False)).buildFrame(PulseCoil(1, 0, 7)).hex() == "0105020000078db0"
