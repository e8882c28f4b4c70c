"""Somebody stands in the room and tries its devices: buttons raise nothing, relays are read back, faults are said."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.app import Station, demo_station
from kiosk.devices.id_reader import DemoIdReader
from kiosk.devices.id_reader.simulator import somebody
from kiosk.devices.ports import Scan
from kiosk.events import EventBus
from kiosk.station.trials import Fault, Method, Part, Patience, Trial, TrialChanged, TrialFailed, Trials
from tests.kiosk.devices.helpers import until
from tests.kiosk.test_station_room import BUTTON, LAMP, LOCK, SIREN, SMOKE, bodies, hand

DEVICES = {"speech": "silent", "microphone": "demo:"}


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    made = demo_station(tmp_path / "kiosk", devices=DEVICES)
    made.start()
    until(lambda: made.room.state.smoke is not None)
    yield made
    made.trials.stop()
    made.stop()


def result(station: Station, part: str) -> Trial:
    return until(lambda: (found := station.trials.results().get(part)) and found.passed is not None and found)


def tried(station: Station) -> list[tuple[str, str]]:
    return [(body["part"], body["outcome"]) for body in bodies(station, "station.device_tried")]


def test_a_button_that_is_tried_is_heard_and_raises_nothing(station: Station) -> None:
    station.trials.start("alarm_button")
    until(lambda: station.trials.running)
    hand(station).set_input(BUTTON, True)
    time.sleep(0.3)
    hand(station).set_input(BUTTON, False)
    assert result(station, "alarm_button").passed
    time.sleep(0.3)
    assert station.alarm.incident is None
    assert bodies(station, "alarm.raised") == []
    assert until(lambda: tried(station)) == [("alarm_button", "passed")]
    hand(station).set_input(BUTTON, True)  # and afterwards it is a button again
    until(lambda: station.alarm.incident is not None)


def test_smoke_that_stays_after_its_trial_is_smoke(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.station.probes._RELEASE_SECONDS", 0.3)
    station.trials.start("smoke.1")
    until(lambda: station.trials.running)
    hand(station).set_input(SMOKE, True)
    assert result(station, "smoke.1").passed
    until(lambda: station.alarm.incident is not None)


def test_a_button_that_nobody_presses_is_silent(station: Station) -> None:
    station.trials._seconds = 0.3
    station.trials.start("bell.front")
    trial = result(station, "bell.front")
    assert (trial.passed, trial.fault) == (False, Fault.SILENT)
    assert trial.detail == "room.discrete_input.1"


def test_relays_go_the_other_way_for_a_moment_and_are_read_back(station: Station) -> None:
    for part, relay in (("light.1", LAMP), ("siren", SIREN)):
        before = hand(station).coil(relay)
        station.trials.start(part)
        until(lambda relay=relay, before=before: hand(station).coil(relay) is not before)  # type: ignore[misc]
        assert result(station, part).passed
        until(lambda relay=relay, before=before: hand(station).coil(relay) is before)  # type: ignore[misc]


def test_a_station_that_closes_leaves_what_was_tried_as_it_was(station: Station) -> None:
    board = hand(station)
    before = board.coil(LAMP)
    moved: list[bool] = []
    board.on_relay = lambda relay, on: moved.append(on) if relay == LAMP else None
    station.trials.start("light.1")
    until(lambda: moved)
    station.stop()
    assert moved == [not before, before]


def test_a_relay_that_sticks_is_told(station: Station) -> None:
    hand(station).stuck.add(SIREN)
    station.trials.start("siren")
    trial = result(station, "siren")
    assert trial.fault in (Fault.NO_FEEDBACK, Fault.REFUSED)


def test_the_lock_is_drawn_once(station: Station) -> None:
    station.trials.start("lock.front")
    assert result(station, "lock.front").passed
    assert [relay for relay, _ in hand(station).pulses] == [LOCK]


def test_what_is_read_is_noticed_and_nothing_of_it_kept(station: Station) -> None:
    reader = station.card_readers["front"].reader
    assert isinstance(reader, DemoIdReader)
    assert reader.hand is not None
    station.trials.start("id_reader.front")
    until(lambda: station.trials.running)
    reader.hand.lay(somebody(5))
    assert result(station, "id_reader.front").passed
    station.trials.start("scanner")
    scan = Scan("anything", "QRCode", "serial", time.monotonic())

    def noticed() -> bool | None:
        station.reader.submit(scan)
        return station.trials.results()["scanner"].passed

    until(lambda: station.trials.running)
    assert until(noticed)
    assert all(body["detail"] == "" for body in bodies(station, "station.device_tried"))


def test_pictures_values_and_the_disk(station: Station) -> None:
    for part in ("camera", "temperature", "humidity", "disk", "microphone"):
        station.trials.start(part)
        trial = result(station, part)
        assert trial.passed, trial
    station.trials.start("speech")
    assert result(station, "speech").fault is Fault.REFUSED  # this machine is silent


def test_a_board_that_is_away_is_lost(station: Station) -> None:
    hand(station).unplug()
    until(lambda: station.wires.value(station.room.plan.outputs[0]) is None)
    station.trials.start("light.1")
    assert result(station, "light.1").fault is Fault.LOST


# -- without a station ------------------------------------------------------------------------------------------------


def made(probe: Any, seconds: float = 5.0) -> tuple[Trials, list[Trial], list[Any]]:
    bus, seen, written = EventBus(), [], []
    bus.subscribe(TrialChanged, lambda event: seen.append(event.trial))
    return Trials({"one": Part("one", Method.HEAR, probe)}, bus, written.append, seconds), seen, written


def test_one_at_a_time_and_a_new_one_ends_the_old() -> None:
    at_once, most = [0], [0]
    lock = threading.Lock()

    def probe(patience: Patience) -> str:
        with lock:
            at_once[0] += 1
            most[0] = max(most[0], at_once[0])
        try:
            patience.wait(lambda: False)
        finally:
            with lock:
                at_once[0] -= 1
        return ""

    trials, seen, written = made(probe)
    for _ in range(3):
        trials.start("one")
    trials.cancel()
    trials.cancel()
    assert most[0] == 1
    assert seen[-1].fault is Fault.CANCELLED
    assert written == []  # what was given up says nothing of the device


def test_an_answer_ends_the_question() -> None:
    def probe(patience: Patience) -> str:
        patience.wait(lambda: patience.answered is not None)
        if not patience.answered:
            raise TrialFailed(Fault.UNHEARD)
        return ""

    for answer in (True, False):
        trials, seen, written = made(probe)
        trials.start("one")
        until(lambda t=trials: t.running)  # type: ignore[misc]
        trials.answer(answer)
        until(lambda s=seen: s[-1].passed is not None)  # type: ignore[misc]
        assert seen[-1].passed is answer
        assert written[0].outcome == ("passed" if answer else "unheard")


def test_a_driver_that_raises_has_refused() -> None:
    def probe(_patience: Patience) -> str:
        raise RuntimeError("no such register")

    trials, seen, _ = made(probe)
    trials.start("one")
    until(lambda: seen and seen[-1].passed is not None)
    assert (seen[-1].fault, "no such register" in seen[-1].detail) == (Fault.REFUSED, True)
    with pytest.raises(KeyError):
        trials.start("two")
