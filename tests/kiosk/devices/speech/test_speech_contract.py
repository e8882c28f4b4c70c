"""One contract for every voice: silent, without a sound card, and the real worker with the simulated loudspeaker."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.devices.ports import DeviceState, Speech, SpeechPriority, Utterance
from kiosk.devices.speech import open_speech
from kiosk.devices.speech.player import SINK, CommandPlayer
from kiosk.errors import ConfigError
from tests.kiosk.devices.helpers import until


class Rig:
    """A voice, and what became of everything that was said. `loud` voices can be heard."""

    def __init__(self, spec: str, folder: Path, loud: bool, player: CommandPlayer | None = None) -> None:
        self.loud = loud
        self.unheard: list[str] = []
        self.done: list[tuple[str, bool]] = []
        self.news = threading.Condition()
        self.speech: Speech = open_speech(spec, folder, player, self._on_unheard)

    def _on_unheard(self, utterance: Utterance) -> None:
        with self.news:
            self.unheard.append(utterance.text)

    def say(self, text: str, priority: SpeechPriority = SpeechPriority.RESULT, language: str = "zh_CN") -> None:
        def ended(whole: bool) -> None:
            with self.news:
                self.done.append((text, whole))
                self.news.notify_all()

        self.speech.say(Utterance(text, language, priority, ended))

    def outcome(self, text: str) -> bool:
        with self.news:
            assert self.news.wait_for(lambda: any(said == text for said, _ in self.done), 30)
            return next(whole for said, whole in self.done if said == text)


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Words already worked out are shared: the suite is about what is done with them."""
    return tmp_path_factory.mktemp("spoken")


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    path = tmp_path / "sink.log"
    monkeypatch.setenv("YIZHAN_SINK_LOG", str(path))
    monkeypatch.setenv("YIZHAN_SINK_SPEED", "50")
    return lambda: path.read_text().split("\n")[:-1] if path.exists() else []


@pytest.fixture(params=["silent", "no card", "sink"])
def rig(request: pytest.FixtureRequest, spoken: Path, log: Callable[[], list[str]]) -> Iterator[Rig]:
    if request.param == "silent":
        made = Rig("silent", spoken, loud=False)
    elif request.param == "no card":
        made = Rig("auto", spoken, loud=False, player=CommandPlayer(["no-such-player"]))
    else:
        made = Rig("espeak", spoken, loud=True, player=CommandPlayer(SINK))
    yield made
    made.speech.close()


def test_words_are_spoken_to_the_end_or_shown(rig: Rig) -> None:
    rig.say("门开了，请进。")
    assert rig.outcome("门开了，请进。") is rig.loud
    assert rig.unheard == ([] if rig.loud else ["门开了，请进。"])
    assert rig.speech.available() is rig.loud
    assert (rig.speech.health().state is DeviceState.WELL) is rig.loud


def test_every_language_and_every_class(rig: Rig) -> None:
    for number, priority in enumerate(SpeechPriority):
        rig.say(f"Number {number}", priority, "en")
        assert rig.outcome(f"Number {number}") is rig.loud


@pytest.mark.parametrize("text", ["", "  \n", "……", "★→"])
def test_nothing_to_say_is_nothing(rig: Rig, text: str) -> None:
    rig.say(text)
    rig.outcome(text)
    rig.say("还在。")
    assert rig.outcome("还在。") is rig.loud


def test_stop_and_duck_end_what_is_said_and_an_alarm_is_heard_all_the_same(rig: Rig) -> None:
    rig.speech.duck(True)
    rig.say("这一句在通话里不说。")
    assert rig.outcome("这一句在通话里不说。") is False
    assert rig.unheard == ["这一句在通话里不说。"]
    rig.say("已报警。", SpeechPriority.ALARM)
    assert rig.outcome("已报警。") is rig.loud
    rig.speech.duck(False)
    rig.speech.stop()
    rig.say("又可以说了。")
    assert rig.outcome("又可以说了。") is rig.loud


def test_closing_answers_everything_and_twice_is_harmless(rig: Rig) -> None:
    for number in range(5):
        rig.say(f"第 {number} 句，后面还有好几句话要慢慢说完。", SpeechPriority(10 * (number + 1)))
    rig.speech.close()
    rig.speech.close()
    rig.say("晚了。")
    assert rig.outcome("晚了。") is False
    assert len(rig.done) == 6
    rig.speech.prepare([Utterance("晚了")])
    rig.speech.stop()
    assert not any(thread.name == "speech" for thread in threading.enumerate())


def test_who_waits_for_speech_may_fail(rig: Rig) -> None:
    def fail(_: bool) -> None:
        raise ZeroDivisionError

    rig.speech.say(Utterance("您好。", on_done=fail)) if rig.loud else None
    rig.say("您好，再见。")
    rig.outcome("您好，再见。")


def test_what_is_worked_out_in_advance_is_there_when_it_is_said(tmp_path: Path, log: Callable[[], list[str]]) -> None:
    rig = Rig("espeak:sink", tmp_path / "cache", loud=True)
    try:
        rig.speech.prepare([Utterance("请拿左边那一盒。它先到期。"), Utterance("Take the left box", "en")])
        until(lambda: len(list((tmp_path / "cache").glob("*.wav"))) == 3)
        rig.say("请拿左边那一盒。")
        assert rig.outcome("请拿左边那一盒。")
        assert [line.partition(" ")[0] for line in log()] == ["begin", "end"]
    finally:
        rig.speech.close()


def test_a_long_page_is_cut_short_and_what_plays_is_ended(
    tmp_path: Path, log: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YIZHAN_SINK_SPEED", "0.01")  # it would go on for minutes
    rig = Rig("espeak:sink", tmp_path / "cache", loud=True)
    try:
        rig.say("第一句话。" * 50, SpeechPriority.PAGE)
        until(log)
        rig.speech.stop()
        assert rig.outcome("第一句话。" * 50) is False
        assert rig.unheard == []
        assert [line.partition(" ")[0] for line in until(lambda: len(log()) > 1 and log())] == ["begin", "cut"]
    finally:
        rig.speech.close()


@pytest.mark.parametrize("spec", ["", "loud", "espeak-ng", "aplay"])
def test_an_unknown_voice_is_refused(spec: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        open_speech(spec, tmp_path)


def test_opening_starts_nothing(tmp_path: Path) -> None:
    before = threading.active_count()
    speech = open_speech("espeak:sink", tmp_path / "cache")
    assert threading.active_count() == before
    assert speech.health().state is DeviceState.STARTING
    assert not (tmp_path / "cache").exists()
    speech.close()


def test_without_espeak_a_machine_is_silent_and_says_why(
    tmp_path: Path, log: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "PYTHONPATH", str(tmp_path))
    (tmp_path / "pyttsx3.py").write_text("raise OSError('libespeak-ng.so.1: cannot open shared object file')")
    rig = Rig("espeak:sink", tmp_path / "cache", loud=False)
    try:
        rig.say("没有声音。")
        assert rig.outcome("没有声音。") is False
        assert rig.unheard == ["没有声音。"]
        assert rig.speech.health().state is DeviceState.SICK
        assert "libespeak-ng" in rig.speech.health().detail
    finally:
        rig.speech.close()
