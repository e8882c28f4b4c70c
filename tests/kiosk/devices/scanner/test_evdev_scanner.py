"""A scanner that types: keys into texts, and the device grabbed, pulled out and back. The library is a double."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.ports import DeviceState, Scan
from kiosk.devices.scanner import open_scanner
from kiosk.devices.scanner.evdev_scanner import _PLAIN, _SHIFTED, EvdevScanner, Typed
from kiosk.devices.scanner.serial_scanner import IDLE, LIMIT, SerialScanner
from tests.kiosk.devices.helpers import until
from tests.kiosk.devices.io.test_keys import Typing

KEYS = {letter: (name, False) for name, letter in _PLAIN.items()}
KEYS |= {letter.upper(): (name, True) for name, letter in _PLAIN.items() if letter.isalpha()}
KEYS |= {_SHIFTED[letter]: (name, True) for name, letter in _PLAIN.items() if letter in _SHIFTED}
CODES = {name: number for number, name in enumerate([*_PLAIN, "KEY_LEFTSHIFT", "KEY_ENTER"], start=2)}
BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def strokes(text: str) -> list[tuple[str, bool]]:
    """The keys a scanner presses for a text: names, and down or up."""
    found: list[tuple[str, bool]] = []
    for letter in text:
        name, shifted = KEYS[letter]
        press = [(name, True), (name, False)]
        found += [("KEY_LEFTSHIFT", True), *press, ("KEY_LEFTSHIFT", False)] if shifted else press
    return found


@given(st.text(alphabet=sorted(KEYS), min_size=1, max_size=200))
def test_what_is_typed_is_what_was_scanned(text: str) -> None:
    typed = Typed()
    assert all(typed.key(name, down, 1.0) == "" for name, down in strokes(text))
    assert typed.key("KEY_ENTER", True, 1.0) == text


def test_every_letter_of_a_member_code_is_on_the_keyboard() -> None:
    assert set(BASE45) | {":"} <= set(KEYS)


@given(st.lists(st.tuples(st.sampled_from([*CODES, "", "KEY_F1"]), st.booleans(), st.floats(0, 1)), max_size=300))
def test_any_keys_at_all_stay_bounded(keys: list[tuple[str, bool, float]]) -> None:
    typed, now = Typed(), 0.0
    for name, down, after in keys:
        now += after
        assert len(typed.key(name, down, now)) <= LIMIT + 1


def test_silence_ends_a_text_and_a_flood_is_cut() -> None:
    typed = Typed()
    for name, down in strokes("AB"):
        typed.key(name, down, 1.0)
    assert typed.silence(1.0 + IDLE / 2) == ""
    assert typed.silence(1.0 + IDLE) == "AB"
    assert typed.silence(9.0) == ""
    for name, down in strokes("x" * 5000):
        typed.key(name, down, 10.0)
    assert len(typed.silence(20.0)) == LIMIT + 1


@pytest.fixture
def typing() -> Typing:
    made = Typing()
    made.ecodes = SimpleNamespace(ecodes=CODES, EV_KEY=1)
    return made


@pytest.fixture
def scans(typing: Typing) -> Iterator[list[Scan]]:
    found: list[Scan] = []
    scanner = EvdevScanner("/dev/input/scanner", lambda: typing, first_retry=0.01)
    scanner.start(found.append)
    scanner.start(found.append)  # twice is once
    until(lambda: scanner.health().state is DeviceState.WELL)
    typing.scanner = scanner  # type: ignore[attr-defined]
    yield found
    scanner.stop()
    scanner.stop()
    assert scanner.health().state is DeviceState.OFF


def scan(typing: Typing, text: str) -> None:
    for name, down in [*strokes(text), ("KEY_ENTER", True), ("KEY_ENTER", False)]:
        typing.key(CODES[name], int(down))


def test_a_code_is_read_from_a_grabbed_keyboard(typing: Typing, scans: list[Scan]) -> None:
    assert typing.device is not None
    assert typing.device.grabbed
    scan(typing, "GH1:NCFOXN%TS3")
    until(lambda: scans)
    assert [(one.text, one.source) for one in scans] == [("GH1:NCFOXN%TS3", "evdev")]


def test_it_is_pulled_out_and_comes_back(typing: Typing, scans: list[Scan]) -> None:
    scanner: EvdevScanner = typing.scanner  # type: ignore[attr-defined]
    typing.unplug()
    until(lambda: scanner.health().state is DeviceState.SICK)
    typing.gone = False
    until(lambda: scanner.health().state is DeviceState.WELL)
    scan(typing, "AGAIN")
    until(lambda: scans)
    assert scans[-1].text == "AGAIN"


def test_without_the_library_it_is_sick_and_says_why() -> None:
    def missing() -> object:
        raise ImportError("No module named 'evdev'")

    scanner = EvdevScanner("/dev/input/scanner", missing, first_retry=0.01)
    scanner.start(lambda _scan: None)
    until(lambda: "evdev" in scanner.health().detail)
    scanner.stop()


def test_the_configuration_chooses() -> None:
    assert isinstance(open_scanner("evdev:/dev/input/by-id/x"), EvdevScanner)
    assert isinstance(open_scanner("/dev/ttyACM0"), SerialScanner)
