"""Speech: working a sentence out beside the espeak-ng command in the same run, and from "stop" to silence.

The station's way is a worker that stays (pyttsx3, a check of every file, a rename); the peer is a fresh
`espeak-ng -w FILE` for each sentence. Silence is when the playing child has ended, seen from outside.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

from kiosk.devices.ports import SpeechPriority, Utterance
from kiosk.devices.speech import open_speech
from kiosk.devices.speech.cache import SpeechCache
from kiosk.devices.speech.sentences import clips
from kiosk.devices.speech.synthesizer import Synthesizer

SENTENCES = [f"这是第{number}句，驿站里有热水、微波炉和充电的地方，欢迎进来歇歇脚。" for number in range(200)]


def quantiles(values: list[float]) -> dict[str, float]:
    ordered = sorted(values)
    return {
        "p50_ms": round(statistics.median(ordered) * 1000, 2),
        "p99_ms": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))] * 1000, 2),
    }


def synthesis(folder: Path, count: int) -> dict[str, object]:
    synthesizer = Synthesizer(SpeechCache(folder / "cache"))
    started = time.perf_counter()
    synthesizer.start()
    ready = time.perf_counter() - started
    ours, cached, peer = [], [], []
    for sentence in SENTENCES[:count]:
        (clip,) = clips(sentence, "zh_CN")
        began = time.perf_counter()
        synthesizer.render(clip)
        ours.append(time.perf_counter() - began)
        began = time.perf_counter()
        synthesizer.render(clip)
        cached.append(time.perf_counter() - began)
        command = ["espeak-ng", "-v", clip.voice, "-s", str(clip.rate), "-w", str(folder / "peer.wav"), clip.text]
        began = time.perf_counter()
        subprocess.run(command, check=True)
        peer.append(time.perf_counter() - began)
    synthesizer.close()
    return {
        "sentences": count,
        "worker_ready_ms": round(ready * 1000, 1),
        "ours": quantiles(ours),
        "from_cache": quantiles(cached),
        "espeak_ng_command": quantiles(peer),
        "ours_over_peer_p50": round(statistics.median(ours) / statistics.median(peer), 3),
        "failed": synthesizer.restarts,
    }


def playing_child() -> psutil.Process | None:
    for child in psutil.Process().children():
        try:
            if "-q" in child.cmdline():  # "-l" asks for sound cards
                return child
        except psutil.Error:
            continue
    return None


def interruption(folder: Path, spec: str, count: int) -> dict[str, object]:
    os.environ["YIZHAN_SINK_SPEED"] = "1"
    speech = open_speech(spec, folder / "cache")
    to_sound, to_silence = [], []
    for number in range(count):
        ended = threading.Event()
        began = time.perf_counter()
        speech.say(Utterance(SENTENCES[number] * 3, priority=SpeechPriority.PAGE, on_done=lambda _, e=ended: e.set()))
        while (child := playing_child()) is None:
            time.sleep(0.001)
        to_sound.append(time.perf_counter() - began)
        time.sleep(0.15)  # somewhere in the middle of a sentence
        began = time.perf_counter()
        speech.stop()
        child.wait(5)
        to_silence.append(time.perf_counter() - began)
        ended.wait(5)
    speech.close()
    return {
        "interruptions": count,
        "say_to_player": quantiles(to_sound[1:]),
        "first_say_to_player_ms": round(to_sound[0] * 1000, 1),
        "stop_to_silence": quantiles(to_silence),
        "stop_to_silence_worst_ms": round(max(to_silence) * 1000, 2),
        "within_200_ms": max(to_silence) <= 0.2,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=int, default=100)
    parser.add_argument("--interruptions", type=int, default=40)
    parser.add_argument("--voice", default="espeak:sink", help='"auto" plays on the sound card')
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = {
            "synthesis": synthesis(Path(folder), min(args.sentences, len(SENTENCES))),
            "interruption": interruption(Path(folder) / "playing", args.voice, args.interruptions),
        }
    print(json.dumps(result, ensure_ascii=False, indent=2))
    return 0 if result["interruption"]["within_200_ms"] else 1


if __name__ == "__main__":
    sys.exit(main())
