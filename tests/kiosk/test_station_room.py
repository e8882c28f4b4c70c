"""A whole station with its simulated board: from a finger on a contact to the relay and the journal."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.app import Station, demo_station
from kiosk.devices.id_reader import DemoIdReader
from kiosk.devices.id_reader.simulator import somebody
from kiosk.devices.io.demo import DemoBoard
from kiosk.devices.io.simulator import SimulatedBoard
from kiosk.devices.ports import Scan
from kiosk.errors import DiskFull
from kiosk.protocol.alarm import AlarmSource
from kiosk.protocol.catalogue import CatalogueBatch, Document
from tests.kiosk.devices.helpers import until

DEVICES = {"speech": "silent", "camera": "", "microphone": ""}
LOCK, LAMP, _SOCKET, SIREN, BEACON = range(5)
DOOR, BELL, _EXIT, BUTTON, _EYE, SMOKE = range(6)


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    made = demo_station(tmp_path / "kiosk", devices=DEVICES)
    made.start()
    until(lambda: made.room.state.smoke is not None)
    yield made
    made.stop()


def hand(station: Station) -> SimulatedBoard:
    board = station.boards["room"]
    assert isinstance(board, DemoBoard)
    assert board.hand is not None
    return board.hand


def bodies(station: Station, kind: str) -> list[dict[str, Any]]:
    return [e.body for e in reversed(station.desk.call(station.store.journal.newest, kind))]


def test_a_card_on_the_reader_opens_and_no_number_is_kept_anywhere(station: Station, tmp_path: Path) -> None:
    card = somebody(3)
    reader = station.card_readers["front"].reader
    assert isinstance(reader, DemoIdReader)
    assert reader.hand is not None
    reader.hand.lay(card)
    (attempt,) = until(lambda: bodies(station, "entry.attempted"))
    assert (attempt["way"], attempt["result"], attempt["member"]) == ("id_card", "opened", "")
    assert hand(station).pulses == [(LOCK, 3.0)]
    station.desk.call(station.store.tidy)
    kept = b"".join(path.read_bytes() for path in (tmp_path / "kiosk").rglob("*") if path.is_file())
    for secret in (card.number.encode(), card.number.encode("utf-16-le"), card.name.encode()):
        assert secret not in kept


def test_a_card_that_was_registered_is_its_member_at_the_terminal(station: Station) -> None:
    card = somebody(4)
    link = {"member": "ab" * 10, "tier": "model"}
    revision = station.desk.call(station.store.catalogue.revision) + 1
    key = station.desk.call(station.cards.key_of, card.number).hex()
    document = Document(kind="id_card_link", id=key, revision=revision, body=link)
    station.desk.call(station.store.catalogue.apply, CatalogueBatch(revision=revision, documents=[document]))
    reader = station.card_readers["front"].reader
    assert isinstance(reader, DemoIdReader)
    assert reader.hand is not None
    reader.hand.lay(card)
    (attempt,) = until(lambda: bodies(station, "entry.attempted"))
    assert attempt["member"] == link["member"]
    assert station.session.person is not None
    assert (station.session.person.ref, station.session.person.way) == (link["member"], "id_card")


def test_a_code_at_the_terminal_that_stands_at_the_door_opens_it(station: Station) -> None:
    from kiosk.app import ASSETS

    text = (ASSETS / "demo" / "codes" / "rider.txt").read_text().strip()
    station.desk.call(station.members.handle, Scan(text, "", "serial", station.clock.monotonic()))
    (attempt,) = until(lambda: bodies(station, "entry.attempted"))
    assert (attempt["way"], attempt["source"], attempt["result"]) == ("code", "serial", "opened")
    assert attempt["seconds"] < 60


def test_the_bell_with_no_line_is_decided_here(station: Station) -> None:
    hand(station).set_input(BELL, True)
    (attempt,) = until(lambda: bodies(station, "entry.attempted"))
    assert (attempt["way"], attempt["result"], attempt["reason"]) == ("bell", "opened", "desk_away")


def test_the_button_is_on_disk_and_then_siren_light_and_beacon(station: Station) -> None:
    order: list[str] = []
    hand(station).on_relay = lambda relay, on: order.append(f"relay {relay} {on}")
    station.store.on_appended(lambda entry: order.append(entry.kind) if entry.kind.startswith("alarm") else None)
    hand(station).set_input(BUTTON, True)
    until(lambda: hand(station).coil(SIREN) and hand(station).coil(BEACON) and hand(station).coil(LAMP))
    assert order[0] == "alarm.raised"
    assert station.alarm.incident is not None
    assert station.alarm.incident.source is AlarmSource.BUTTON
    hand(station).set_input(BUTTON, False)
    until(lambda: station.wires.value(next(iter(station.wires._watchers))) is not None)
    assert hand(station).coil(SIREN)  # it latches: letting go ends nothing


def test_a_full_disk_opens_the_door_and_raises_the_alarm(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_body: object) -> None:
        raise DiskFull(problem="no room")

    monkeypatch.setattr(station.alarm, "_append", full)
    monkeypatch.setattr(station.store, "append", full)
    hand(station).set_input(BUTTON, True)
    until(lambda: hand(station).coil(SIREN))
    hand(station).set_input(BELL, True)
    until(lambda: hand(station).pulses)
    station.alarm._end(station.alarm.incident, "", lambda _body: None)
    until(lambda: not hand(station).coil(SIREN))
    hand(station).set_input(SMOKE, True)
    until(lambda: hand(station).coil(SIREN))


def test_a_door_that_is_forced_is_written_once_the_room_is_known_to_be_empty(station: Station) -> None:
    station.room.plan = type(station.room.plan)(presence=station.room.plan.presence)
    hand(station).set_input(DOOR, False)
    until(lambda: station.entry.state("front").shut is False)
    assert bodies(station, "entry.door") == []  # somebody may have been inside
    hand(station).set_input(DOOR, True)
    until(lambda: station.entry.state("front").shut)
    station.room._state = type(station.room.state)(occupied=False)
    hand(station).set_input(DOOR, False)
    (noticed,) = until(lambda: bodies(station, "entry.door"))
    assert noticed["what"] == "forced"


def test_a_board_that_is_pulled_out_is_said_to_the_desk_and_the_rest_goes_on(station: Station) -> None:
    hand(station).unplug()
    until(lambda: station.health().devices["board.room"] == "sick")
    assert station.room.state.smoke is None
    assert station.room.state.occupied is None
    until(lambda: [b for b in bodies(station, "entry.door") if b["what"] == "lost"])
    assert "board.room" in station.health().details
    hand(station).plug()
    until(lambda: station.health().devices["board.room"] == "well")
    until(lambda: station.room.state.smoke is False)
