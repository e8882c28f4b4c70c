"""The real worker: 200 utterances, a wrong voice, death in the middle, hanging, a full disk, false answers."""

import os
import signal
import sys
import threading
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.devices.speech.cache import SpeechCache, seconds
from kiosk.devices.speech.sentences import Clip
from kiosk.devices.speech.synthesizer import Synthesizer, Unwanted
from kiosk.errors import DeviceAbsent, DeviceError


def zh(text: str) -> Clip:
    return Clip(text, "cmn-latn-pinyin", 170)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Synthesizer]:
    synthesizer = Synthesizer(SpeechCache(tmp_path / "cache"))
    yield synthesizer
    synthesizer.close()


def fake(tmp_path: Path, program: str, deadline: float = 0.3) -> Synthesizer:
    """A worker that misbehaves: `program` is Python, with `ask` reading a request and `say` answering."""
    path = tmp_path / "worker.py"
    path.write_text(
        "import json, sys, time, wave\n"
        "def ask():\n    line = sys.stdin.readline()\n    return json.loads(line) if line else sys.exit()\n"
        "def say(**answer):\n    print(json.dumps(answer), flush=True)\n"
        "def write(path, frames=100):\n"
        "    with wave.open(path, 'wb') as w:\n"
        "        w.setnchannels(1); w.setsampwidth(2); w.setframerate(22050); w.writeframes(b'\\0\\0' * frames)\n"
        + program
    )
    return Synthesizer(SpeechCache(tmp_path / "cache"), [sys.executable, str(path)], deadline)


def test_two_hundred_utterances_in_two_voices_all_whole(made: Synthesizer) -> None:
    lengths = {}
    for number in range(200):
        clip = zh(f"第{number}句话") if number % 3 else Clip(f"Sentence {number}", "en", 160)
        lengths[number] = seconds(made.render(clip))
    assert min(lengths.values()) > 0.5
    assert made.restarts == 0
    assert len(list((made.cache._folder).glob("*.wav"))) == 200
    assert not list((made.cache._folder).glob("*.draft"))


def test_the_rate_is_that_which_was_asked_for(made: Synthesizer) -> None:
    text = "一二三四五六七八九十" * 3
    slow, fast = (seconds(made.render(Clip(text, "cmn-latn-pinyin", rate))) for rate in (100, 250))
    again = seconds(made.render(Clip(text + "。", "cmn-latn-pinyin", 100)))
    assert slow > 1.6 * fast
    assert again == pytest.approx(slow, rel=0.2)


@pytest.mark.parametrize("voice", ["nonsense", "", "zh-xx", "../en"])
def test_a_wrong_voice_is_refused_and_the_next_request_is_good(made: Synthesizer, voice: str) -> None:
    made.render(zh("先说一句"))
    with pytest.raises(DeviceError):
        made.render(Clip("错误的声音", voice, 170))
    assert seconds(made.render(zh("再说一句"))) > 0
    assert made.restarts == 0
    assert not list((made.cache._folder).glob("*.draft"))


def test_what_was_said_once_is_not_worked_out_again(made: Synthesizer) -> None:
    path = made.render(zh("您好"))
    made.close()
    assert made.render(zh("您好")) == path
    assert made.pid is None


def test_a_worker_that_is_killed_between_and_during_utterances_is_replaced(made: Synthesizer) -> None:
    made.render(zh("第一句"))
    first = made.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert seconds(made.render(zh("第二句"))) > 0
    second = made.pid
    assert second not in (None, first)
    # stopped, so that the request is taken and never answered, and killed with it in hand
    assert second is not None
    os.kill(second, signal.SIGSTOP)
    killer = threading.Timer(0.2, os.kill, (second, signal.SIGKILL))
    killer.start()
    assert seconds(made.render(zh("第三句"))) > 0
    killer.join()
    assert made.pid not in (None, first, second)


def test_a_worker_that_hangs_is_ended_at_the_deadline(tmp_path: Path) -> None:
    made = fake(tmp_path, "say(ready=True)\nask()\ntime.sleep(600)\n")
    with pytest.raises(DeviceError):
        made.render(zh("您好"))
    assert made.restarts == 2
    assert made.pid is None


@pytest.mark.parametrize(
    "program",
    [
        "sys.exit(1)\n",
        "print('Hello'); sys.exit()\n",
        "say(ready=False, problem='no library')\n",
        "print('[1]', flush=True); time.sleep(600)\n",
    ],
)
def test_a_worker_that_does_not_start_is_absent(tmp_path: Path, program: str) -> None:
    made = fake(tmp_path, program)
    with pytest.raises(DeviceAbsent):
        made.render(zh("您好"))
    assert made.pid is None


def test_a_command_that_does_not_exist_is_absent(tmp_path: Path) -> None:
    with pytest.raises(DeviceAbsent):
        Synthesizer(SpeechCache(tmp_path), ["/no/such/program"]).start()


@pytest.mark.parametrize(
    "program",
    [
        "say(ready=True)\nq = ask()\nsay(id=q['id'], ok=True, frames=10)\ntime.sleep(600)",
        "say(ready=True)\nq = ask()\nwrite(q['path'], 0)\nsay(id=q['id'], ok=True, frames=10)\ntime.sleep(600)",
        "say(ready=True)\nq = ask()\nopen(q['path'], 'w').write('RIFF')\nsay(id=q['id'], ok=True)\ntime.sleep(9)",
        "say(ready=True)\nq = ask()\nsay(id=q['id'], ok=False, problem='no')\ntime.sleep(600)",
        "say(ready=True)\nwhile True: ask(); print('{', flush=True)",
    ],
)
def test_an_answer_without_sound_is_no_success(tmp_path: Path, program: str) -> None:
    made = fake(tmp_path, program)
    with pytest.raises(DeviceError):
        made.render(zh("您好"))
    made.close()
    assert not list((tmp_path / "cache").glob("*.wav"))


def test_a_start_nobody_waits_for_leaves_no_worker(made: Synthesizer) -> None:
    with pytest.raises(Unwanted):
        made.start(lambda: True)
    assert made.pid is None
    assert seconds(made.render(zh("您好"))) > 0


def test_an_unwanted_answer_is_left_and_the_next_one_is_the_right_one(tmp_path: Path) -> None:
    program = (
        "say(ready=True)\nfirst = ask()\nsecond = ask()\nwrite(first['path'], 1)\n"
        "say(id=first['id'], ok=True)\nwrite(second['path'], 22050)\nsay(id=second['id'], ok=True, frames=22050)\nask()"
    )
    made = fake(tmp_path, program, deadline=10)
    made.start()
    looks = iter([False, True])
    with pytest.raises(Unwanted):
        made.render(zh("没人要听"), lambda: next(looks))
    assert seconds(made.render(zh("要听的"))) == 1.0
    made.close()


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    made = Synthesizer(SpeechCache(tmp_path / "cache"))
    with pytest.raises(DeviceError):
        made.render(zh("您好"))
    made.close()


# -- the cache ----------------------------------------------------------------------------------------------------


def keep(cache: SpeechCache, clip: Clip, size: int) -> Path:
    with wave.open(str(cache.draft(clip)), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(22050)
        sound.writeframes(bytes(size))
    return cache.keep(clip)


def test_the_cache_stays_small_and_loses_the_longest_unused(tmp_path: Path) -> None:
    cache = SpeechCache(tmp_path, limit=20_000)
    for number in range(100):
        os.utime(keep(cache, zh(str(number)), 1000), ns=(number, number))
        assert sum(path.stat().st_size for path in tmp_path.glob("*.wav")) <= 22_300
    cache.prune()
    assert cache.find(zh("99"))
    assert cache.find(zh("0")) is None


def test_a_hit_keeps_its_place(tmp_path: Path) -> None:
    for number in range(3):
        path = keep(SpeechCache(tmp_path), zh(str(number)), 1000)
        os.utime(path, ns=(number, number))
    cache = SpeechCache(tmp_path, limit=2_500)
    assert cache.find(zh("0"))
    cache.prune()
    assert cache.find(zh("0"))
    assert cache.find(zh("1")) is None


def test_drafts_of_earlier_runs_go_and_a_recording_comes_first(tmp_path: Path) -> None:
    cache = SpeechCache(tmp_path)
    made = keep(cache, zh("您好"), 10)
    assert cache.find(zh("您好")) == made
    (tmp_path / "recordings").mkdir()
    recorded = tmp_path / "recordings" / made.name
    recorded.write_bytes(made.read_bytes())
    old = tmp_path / "abc.1.draft"
    old.write_bytes(b"half")
    cache.prune()
    assert not old.exists()
    assert cache.find(zh("您好")) == recorded


def test_voice_rate_and_words_each_make_another_key() -> None:
    clips = [zh("您好"), zh("您好！"), Clip("您好", "cmn-latn-pinyin", 171), Clip("您好", "cmn", 170)]
    assert len({SpeechCache.key(clip) for clip in clips}) == 4
