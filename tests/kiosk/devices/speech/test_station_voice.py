"""The voice in the station: opened without delay, closed with it, words of a silent machine on the bus."""

from pathlib import Path

from kiosk.app import demo_station
from kiosk.config import DeviceConfig
from kiosk.devices.ports import DeviceState, SpeechPriority, Utterance
from kiosk.devices.speech import WordsUnheard


def test_the_words_of_a_silent_station_are_an_event(tmp_path: Path) -> None:
    station = demo_station(tmp_path, devices=DeviceConfig(camera="", speech="silent"))
    heard: list[WordsUnheard] = []
    station.bus.subscribe(WordsUnheard, heard.append)
    station.start()
    station.speech.say(Utterance("门开了", priority=SpeechPriority.RESULT))
    station.stop()
    assert heard == [WordsUnheard("门开了", "zh_CN", SpeechPriority.RESULT)]


def test_a_station_that_said_nothing_started_nothing_and_a_closed_one_is_silent(tmp_path: Path) -> None:
    station = demo_station(tmp_path, devices=DeviceConfig(camera="", speech="espeak:sink"))
    station.start()
    assert station.speech.health().state is DeviceState.STARTING
    station.stop()
    assert not (tmp_path / "speech").exists()
    done: list[bool] = []
    station.speech.say(Utterance("晚了", on_done=done.append))
    assert done == [False]
