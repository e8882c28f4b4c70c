"""One contract for ID card readers: lay, read once, lift; unplug, return; bad lines; cards that are not sound."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.devices.cable import Weather
from kiosk.devices.id_reader import CardKind, DemoIdReader, IdCard, open_id_reader
from kiosk.devices.id_reader.frames import Status
from kiosk.devices.id_reader.serial_reader import SerialIdReader
from kiosk.devices.id_reader.simulator import IdReaderSimulator, somebody
from kiosk.devices.ports import CardTrouble, DeviceState
from kiosk.errors import ConfigError
from tests.kiosk.devices.helpers import until

WEATHER = {
    "clear": Weather(),
    "wire speed in pieces": Weather(piece=16, baud=115200),
    "noisy": Weather(noise=0.5, piece=7),
    "corrupted": Weather(corrupt=0.2, piece=64),
}


class Rig:
    def __init__(self, folder: Path, weather: Weather, sees_on: bool = False) -> None:
        self.hand = IdReaderSimulator(folder / "reader", weather, sees_on)
        self.reader = SerialIdReader(str(self.hand.port), first_retry=0.02)
        self.cards: list[IdCard] = []
        self.troubles: list[CardTrouble] = []
        self.reader.start(lambda card, _at: self.cards.append(card), self.troubles.append)
        until(lambda: self.reader.health().state is DeviceState.WELL)

    def close(self) -> None:
        self.reader.stop()
        self.reader.stop()
        self.hand.unplug()


@pytest.fixture(params=WEATHER)
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    weather = WEATHER[request.param]
    made = Rig(tmp_path, Weather(weather.piece, weather.baud, weather.noise, weather.corrupt))
    yield made
    made.close()


@pytest.fixture
def clear(tmp_path: Path) -> Iterator[Rig]:
    made = Rig(tmp_path, Weather())
    yield made
    made.close()


@pytest.mark.parametrize("kind", CardKind)
def test_every_kind_of_card_is_read_once_until_it_is_lifted(rig: Rig, kind: CardKind) -> None:
    card = somebody(3, kind)
    rig.hand.lay(card)
    until(lambda: rig.cards)
    assert rig.cards == [card]
    rig.hand.lift()
    other = somebody(4, kind)
    until(lambda: not rig.reader._resting)
    assert rig.cards == [card]
    rig.hand.lay(other)
    until(lambda: len(rig.cards) == 2)
    assert rig.cards[1] == other


def test_a_reader_that_goes_on_seeing_a_card_gives_it_once(tmp_path: Path) -> None:
    rig = Rig(tmp_path, Weather(), sees_on=True)
    try:
        rig.hand.lay(somebody(1))
        until(lambda: rig.cards)
        asked = rig.hand.finds
        until(lambda: rig.hand.finds >= asked + 3)
        assert len(rig.cards) == 1
    finally:
        rig.close()


def test_a_card_lifted_too_early_is_asked_for_again(clear: Rig) -> None:
    clear.hand.lifted_early = True
    clear.hand.lay(somebody(2))
    until(lambda: clear.troubles)
    assert clear.troubles == [CardTrouble.AGAIN]
    until(lambda: clear.cards)


@pytest.mark.parametrize("status", [Status.CARD_REJECTS, Status.SAM_REJECTS])
def test_a_card_the_reader_rejects_is_said_once(clear: Rig, status: Status) -> None:
    clear.hand.answers_read = status
    clear.hand.lay(somebody(2))
    until(lambda: clear.troubles)
    asked = clear.hand.finds
    until(lambda: clear.hand.finds >= asked + 2)
    assert clear.troubles == [CardTrouble.DAMAGED]
    assert not clear.cards


def test_a_card_whose_number_is_none_is_not_taken(clear: Rig) -> None:
    clear.hand.spoil_text = True
    clear.hand.lay(somebody(2))
    until(lambda: clear.troubles)
    assert clear.troubles[0] is CardTrouble.DAMAGED
    assert not clear.cards


def test_pulled_out_and_back(clear: Rig) -> None:
    clear.hand.unplug()
    until(lambda: clear.reader.health().state is DeviceState.SICK)
    clear.hand.plug()
    until(lambda: clear.reader.health().state is DeviceState.WELL)
    clear.hand.lay(somebody(5))
    until(lambda: clear.cards)


def test_a_silent_reader_is_sick_and_recovers(clear: Rig) -> None:
    clear.hand.weather.silent = True
    until(lambda: clear.reader.health().state is DeviceState.SICK)
    clear.hand.weather.silent = False
    until(lambda: clear.reader.health().state is DeviceState.WELL)


def test_a_reader_without_authorisation_says_so(tmp_path: Path) -> None:
    hand = IdReaderSimulator(tmp_path / "reader")
    hand.authorised = False
    reader = SerialIdReader(str(hand.port), first_retry=0.02)
    reader.start(lambda _card, _at: None)
    try:
        until(lambda: reader.health().state is DeviceState.SICK)
        assert "0x66" in reader.health().detail
    finally:
        reader.stop()
        hand.unplug()


def test_a_taker_that_fails_ends_nothing(tmp_path: Path) -> None:
    hand = IdReaderSimulator(tmp_path / "reader")
    reader = SerialIdReader(str(hand.port))
    seen: list[IdCard] = []

    def fail(card: IdCard, _at: float) -> None:
        seen.append(card)
        raise RuntimeError("a taker of somebody else's")

    reader.start(fail)
    try:
        for number in (1, 2):
            hand.lay(somebody(number))
            until(lambda n=number: len(seen) == n)
            hand.lift()
            until(lambda: not reader._resting)
    finally:
        reader.stop()
        hand.unplug()


def test_what_the_configuration_may_name() -> None:
    assert open_id_reader("") is None
    assert isinstance(open_id_reader("/dev/serial/by-id/x"), SerialIdReader)
    with pytest.raises(ConfigError):
        open_id_reader("COM3")
    demo = open_id_reader("demo:")
    assert isinstance(demo, DemoIdReader)
    cards: list[IdCard] = []
    demo.start(lambda card, _at: cards.append(card))
    try:
        assert demo.hand is not None
        demo.hand.lay(somebody(9))
        until(lambda: cards)
    finally:
        demo.stop()
        demo.stop()


def test_nothing_of_a_person_is_in_its_repr() -> None:
    card = somebody(11)
    for text in (repr(card), str(card), f"{[card]}"):
        assert card.number not in text
        assert card.name not in text
