"""Who is heard: importance, replacement, joining, what is no longer worth saying, a loudspeaker that comes and goes."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.ports import DeviceState, SpeechPriority, Utterance
from kiosk.devices.speech.cache import SpeechCache
from kiosk.devices.speech.player import CommandPlayer
from kiosk.devices.speech.queue import STALE, SpeechQueue
from kiosk.devices.speech.spoken import RETRY_SECONDS, SpokenSpeech
from kiosk.devices.speech.synthesizer import Synthesizer
from tests.kiosk.devices.helpers import until

HINT, PAGE, RESULT, CAUTION, ALARM = SpeechPriority


class Held:
    """A sound that plays until the test lets it end."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self._whole = False

    def wait(self) -> bool:
        assert self._over.wait(30)
        return self._whole

    def stop(self) -> None:
        self._over.set()

    def finish(self, whole: bool = True) -> None:
        self._whole = whole
        self._over.set()

    @property
    def over(self) -> bool:
        return self._over.is_set()


class HeldPlayer:
    def __init__(self) -> None:
        self.why = ""
        self.probes = 0
        self.sounds: list[Held] = []

    def problem(self) -> str:
        self.probes += 1
        return self.why

    def play(self, sound: Path) -> Held:
        assert sound.exists()
        self.sounds.append(Held())
        return self.sounds[-1]


class Stage:
    def __init__(self, folder: Path) -> None:
        self.player = HeldPlayer()
        self.time = 100.0
        self.unheard: list[str] = []
        self.done: dict[str, list[bool]] = {}
        synthesizer = Synthesizer(SpeechCache(folder))
        self.voice = SpokenSpeech(
            synthesizer, self.player, lambda u: self.unheard.append(u.text), now=lambda: self.time
        )

    def say(self, text: str, priority: SpeechPriority = RESULT) -> None:
        self.voice.say(Utterance(text, "zh_CN", priority, lambda w: self.done.setdefault(text, []).append(w)))

    def playing(self, number: int) -> Held:
        """The sound of that number (from 1), once it has begun."""
        until(lambda: len(self.player.sounds) >= number)
        return self.player.sounds[number - 1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("spoken")


@pytest.fixture
def stage(folder: Path) -> Iterator[Stage]:
    made = Stage(folder)
    yield made
    made.voice.close()


def test_sentence_after_sentence(stage: Stage) -> None:
    stage.say("一。二。三。")
    for number in (1, 2, 3):
        assert stage.done == {}
        stage.playing(number).finish()
    until(lambda: stage.done == {"一。二。三。": [True]})
    assert len(stage.player.sounds) == 3


def test_more_important_words_interrupt_and_less_important_ones_wait(stage: Stage) -> None:
    stage.say("第一页", PAGE)
    first = stage.playing(1)
    stage.say("提示", HINT)
    assert not first.over
    stage.say("注意", CAUTION)
    assert first.over
    second = stage.playing(2)
    until(lambda: stage.done == {"第一页": [False]})
    second.finish()
    stage.playing(3).finish()
    until(lambda: stage.done == {"第一页": [False], "注意": [True], "提示": [True]})


def test_a_newer_one_of_the_class_replaces_the_older_waiting_or_not(stage: Stage) -> None:
    stage.say("警报", ALARM)
    alarm = stage.playing(1)
    for text in ("甲", "乙", "丙"):
        stage.say(text, RESULT)
    assert stage.done == {"甲": [False], "乙": [False]}
    alarm.finish()
    third = stage.playing(2)
    stage.say("丁", RESULT)
    assert third.over
    stage.playing(3).finish()
    until(lambda: stage.done == {"甲": [False], "乙": [False], "警报": [True], "丙": [False], "丁": [True]})


def test_the_same_words_again_do_not_begin_again(stage: Stage) -> None:
    stage.say("近一点", HINT)
    sound = stage.playing(1)
    stage.say("近一点", HINT)
    stage.say("近一点", HINT)
    assert not sound.over
    sound.finish()
    until(lambda: stage.done == {"近一点": [True, True, True]})
    assert len(stage.player.sounds) == 1


def test_stop_silences_all_but_an_alarm(stage: Stage) -> None:
    stage.say("一页", PAGE)
    page = stage.playing(1)
    stage.say("提示", HINT)
    stage.voice.stop()
    assert page.over
    until(lambda: stage.done == {"一页": [False], "提示": [False]})
    stage.say("警报", ALARM)
    alarm = stage.playing(2)
    stage.voice.stop()
    stage.voice.duck(True)
    assert not alarm.over
    alarm.finish()
    until(lambda: stage.done.get("警报") == [True])
    assert stage.unheard == []


def test_what_waited_too_long_is_not_said(stage: Stage) -> None:
    stage.say("警报", ALARM)
    alarm = stage.playing(1)
    stage.say("近一点", HINT)
    stage.say("门开了", RESULT)
    stage.time += STALE[HINT] + 1
    alarm.finish()
    stage.playing(2).finish()
    until(lambda: stage.done == {"警报": [True], "门开了": [True], "近一点": [False]})


def test_a_loudspeaker_that_fails_shows_the_words_and_is_tried_again_later(stage: Stage) -> None:
    stage.say("听得见吗")
    sound = stage.playing(1)
    stage.player.why = "no sound card"
    sound.finish(whole=False)
    until(lambda: stage.unheard == ["听得见吗"])
    until(lambda: stage.voice.health().state is DeviceState.SICK)
    assert stage.voice.health().detail == "no sound card"
    assert not stage.voice.available()
    probes = stage.player.probes
    stage.say("还是没有")
    assert stage.unheard == ["听得见吗", "还是没有"]
    assert stage.player.probes == probes
    stage.player.why = ""
    stage.time += RETRY_SECONDS + 1
    stage.say("现在呢")
    stage.playing(2).finish()
    until(lambda: stage.done.get("现在呢") == [True])
    assert stage.voice.available()


def test_what_is_said_before_the_voice_is_ready_is_spoken(stage: Stage) -> None:
    assert stage.voice.health().state is DeviceState.STARTING
    stage.say("刚开机")
    stage.playing(1).finish()
    until(lambda: stage.done == {"刚开机": [True]})


def test_from_many_threads_everything_is_answered_once(stage: Stage) -> None:
    def talk(number: int) -> None:
        for turn in range(20):
            stage.say(f"{number} 号第 {turn % 3} 句 {turn}", list(SpeechPriority)[(number + turn) % 5])
            if turn % 7 == 0:
                stage.voice.stop()

    threads = [threading.Thread(target=talk, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    def settled() -> bool:
        for sound in list(stage.player.sounds):
            sound.finish()
        return sum(map(len, stage.done.values())) == 80

    until(settled)
    assert all(len(answers) == 1 for answers in stage.done.values())


@given(st.lists(st.tuples(st.sampled_from(list(SpeechPriority)), st.floats(0, 20))))
def test_the_queue_loses_nothing_and_gives_the_most_important_first(puts: list[tuple[SpeechPriority, float]]) -> None:
    queue, now, gone, put = SpeechQueue(), 0.0, [], []
    for number, (priority, later) in enumerate(puts):
        now += later
        put.append(Utterance(str(number), priority=priority))
        if old := queue.put(put[-1], now):
            assert old.priority == priority
            gone.append(old)
    order = []
    while queue:
        taken, stale = queue.take(now)
        gone += stale
        if taken:
            order.append(taken.priority)
            gone.append(taken)
    assert order == sorted(order, reverse=True)
    assert sorted(int(u.text) for u in gone) == list(range(len(put)))
    assert queue.take(now) == (None, [])


# -- the player ---------------------------------------------------------------------------------------------------


def test_a_player_that_ignores_the_request_to_end_is_ended(tmp_path: Path, folder: Path) -> None:
    stubborn = tmp_path / "player.sh"
    stubborn.write_text("#!/bin/sh\ntrap '' TERM\necho >" + str(tmp_path / "began") + "\nwhile :; do sleep 1; done\n")
    stubborn.chmod(0o755)
    sound = next(folder.glob("*.wav"))
    playing = CommandPlayer([str(stubborn)]).play(sound)
    until((tmp_path / "began").exists)
    playing.stop()
    assert playing.wait() is False
    playing.stop()


@pytest.mark.parametrize(("listed", "well"), [("card 0: PCH [HDA Intel PCH]", True), ("no soundcards found...", False)])
def test_a_sound_card_is_what_aplay_lists(tmp_path: Path, listed: str, well: bool) -> None:
    program = tmp_path / "aplay"
    program.write_text(f"#!/bin/sh\necho '{listed}'\n")
    program.chmod(0o755)
    assert (CommandPlayer([str(program)]).problem() == "") is well


def test_a_player_that_fails_is_no_success(folder: Path) -> None:
    assert CommandPlayer(["false"]).play(next(folder.glob("*.wav"))).wait() is False
