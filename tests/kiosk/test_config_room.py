"""A station's file: three real rooms that are right, and what is said of one that is wrong."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.__main__ import USAGE, main
from kiosk.config import load_config
from kiosk.config_lines import line_of
from kiosk.config_room import boards_of, wired
from kiosk.devices.io import point
from kiosk.errors import ConfigError

ROOMS = sorted((Path(__file__).resolve().parents[2] / "packaging" / "rooms").glob("*.toml"))


@pytest.mark.parametrize("path", ROOMS, ids=lambda path: path.stem)
def test_the_rooms_of_the_examples_are_right(path: Path) -> None:
    config = load_config(path)
    points = [point(text) for _, text, _ in wired(config)]
    assert set(boards_of(config)) == set(config.boards)
    assert {p.board for p in points} == set(config.boards)


def test_a_demonstration_has_a_room_and_a_file_without_one_has_none(tmp_path: Path) -> None:
    assert load_config(None).boards["room"].connection == "demo:"
    empty = tmp_path / "kiosk.toml"
    empty.write_text("")
    assert load_config(empty).boards == {}


HEAD = '[boards.a]\nconnection = "tcp://10.0.0.1:502"\n[boards.pins]\nconnection = "gpio:/dev/gpiochip0"\n'
WRONG = [
    ('[doors.front]\nlock = "a.coil"', 6, "doors.front.lock", "is no point"),
    ('[doors.front]\nlock = "b.coil.0"', 6, "doors.front.lock", 'no board is called "b" (a, pins)'),
    ('[doors.front]\nlock = "a.discrete_input.0"', 6, "doors.front.lock", "must be coil or line"),
    ('[doors.front]\nlock = "pins.coil.0"', 6, "doors.front.lock", "gpio:/dev/gpiochip0 has line, no coil"),
    ('[room]\nsiren = "a.coil.1"\nbeacon = "a.coil.1"', 7, "room.beacon", "used already, by room.siren"),
    ('[room]\ntemperature = "a.coil.1"', 6, "room.temperature", "must be input_register or holding_register"),
    ("[doors.front]\npulse_seconds = 0", 6, "doors.front.pulse_seconds", "at least 0.1"),
    ('[doors.front]\ncamera = "porch"', 6, "doors.front.camera", 'no camera in devices.cameras is called "porch"'),
    ("[doors.front]\nlok = 1", 6, "doors.front.lok", "no such setting"),
    ('[policy]\nin_hours = "all"', 6, "policy.in_hours", "write 'everybody'"),
    ("[policy]\ncapasity = 3", 6, "policy.capasity", "no such setting"),
    ('[boards.b]\nconnection = "tcp://10.0.0.1:502"', 5, "boards.b.unit", 'is "a" already'),
    ('[boards.b]\nconnection = "COM3"', 6, "boards.b.connection", "does not have the form"),
    ("[doors.a]\nat_terminal = true\n[doors.b]\nat_terminal = true", 8, "doors.b.at_terminal", "one door only"),
    ("[cabinets.c]\ntotal = 3", 5, "cabinets.c.name", "is needed"),
]


@pytest.mark.parametrize(("text", "line", "where", "sentence"), WRONG, ids=[row[2] + row[3][:12] for row in WRONG])
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, line: int, where: str, sentence: str) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text(HEAD + text + "\n")
    with pytest.raises(ConfigError) as refused:
        load_config(path)
    details = refused.value.details
    assert (details["where"], details["line"]) == (where, line)
    assert sentence in str(details["problem"])


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text(HEAD + '[room]\nsiren = "x.coil.1"\nbeacon = "y.coil.1"\n')
    assert main(["--config", str(path), "doctor"]) == USAGE
    said = capsys.readouterr().err.splitlines()
    assert [line.split(": ")[1] for line in said] == ["room.siren", "room.beacon"]
    assert said[0].startswith(f"{path}:6: ")


def test_a_file_that_is_no_toml_or_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text("[room\n")
    with pytest.raises(ConfigError, match="line 1"):
        load_config(path)
    with pytest.raises(ConfigError):
        load_config(tmp_path / "nowhere.toml")


@given(st.text(max_size=200), st.lists(st.text(max_size=10) | st.integers(0, 3), max_size=4))
def test_any_text_has_a_line_or_none(text: str, path: list[str | int]) -> None:
    assert 0 <= line_of(text, path) <= len(text.splitlines())


def test_keys_are_found_in_every_way_of_writing_them() -> None:
    text = '# x\na.b = 1\n[t]\n"c d" = 2\n[t.u]\ne = [\n  1,\n]\n'
    assert line_of(text, ("a", "b")) == 2
    assert line_of(text, ("t", "c d")) == 4
    assert line_of(text, ("t", "u", "e", 0)) == 6
    assert line_of(text, ("t", "u", "missing")) == 5
    assert line_of(text, ("nothing",)) == 0
