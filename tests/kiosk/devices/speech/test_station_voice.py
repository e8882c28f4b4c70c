"""The voice in the station: opened without delay, closed with it, words of a silent machine on the bus."""

import os
import subprocess
import sys
from pathlib import Path

import psutil

from kiosk.app import demo_station
from kiosk.config import DeviceConfig
from kiosk.devices.ports import DeviceState, SpeechPriority, Utterance
from kiosk.devices.speech import WordsUnheard
from tests.kiosk.devices.helpers import until


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


def test_a_station_that_is_killed_leaves_no_worker_and_no_sound(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from kiosk.devices.speech import open_speech\n"
        "from kiosk.devices.ports import Utterance\n"
        "speech = open_speech('espeak:sink', Path(sys.argv[1])); speech.say(Utterance('欢迎进来歇歇脚。'))\n"
        "import threading; threading.Event().wait()\n"
    )
    root = Path(__file__).resolve().parents[4]
    environment = os.environ | {"YIZHAN_SINK_LOG": str(tmp_path / "log"), "PYTHONPATH": str(root)}
    parent = subprocess.Popen([sys.executable, "-c", program, str(tmp_path / "cache")], env=environment)
    try:
        until((tmp_path / "log").exists)
        children = psutil.Process(parent.pid).children(recursive=True)
        assert len(children) == 2
    finally:
        parent.kill()
        parent.wait()
    gone, alive = psutil.wait_procs(children, timeout=30)
    assert len(gone) == 2, alive
