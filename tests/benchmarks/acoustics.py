"""A room to call from, on a machine without a sound card: a loudspeaker whose sound comes back into the microphone.

A sound server of our own (PulseAudio on a socket in a folder) has a loudspeaker and a microphone that any program can
open. Between them is a room: the direct way, and an echo that dies away (white noise under an exponential envelope, the
usual model of a diffuse field), a little noise, and somebody who speaks there when told to.
"""

import math
import os
import shutil
import subprocess
import threading
import time
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE = 48_000
BLOCK = RATE // 100  # samples, 10 ms
ECHO_DB = -6.0  # how much of the loudspeaker the microphone hears: a panel has the two a hand apart
DECAY_SECONDS = 0.3  # until an echo has lost 60 dB: a small room with hard walls and little in it
NOISE_DB = -70.0  # of full scale
Sound = NDArray[np.float32]


def speech(path: Path, words: str, voice: str, pitch: int) -> Path:
    """Spoken words as a sound file of 48 kHz, by espeak-ng."""
    raw = path.with_suffix(".raw.wav")
    subprocess.run(["espeak-ng", "-v", voice, "-p", str(pitch), "-s", "150", "-w", str(raw), words], check=True)
    with wave.open(str(raw)) as file:
        rate = file.getframerate()
        found = np.frombuffer(file.readframes(file.getnframes()), np.int16).astype(np.float32) / 32768
    whole = np.interp(np.arange(0, len(found), rate / RATE), np.arange(len(found)), found)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes((whole * 32767).astype(np.int16).tobytes())
    return path


def samples(path: Path) -> Sound:
    with wave.open(str(path)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), np.int16).astype(np.float32) / 32768


def room(chance: np.random.Generator) -> Sound:
    """What a click in the loudspeaker sounds like at the microphone."""
    length = int(RATE * DECAY_SECONDS)
    tail = chance.standard_normal(length) * np.exp(-math.log(1000) * np.arange(length) / length)
    tail[: BLOCK // 2] = 0.0
    tail[BLOCK // 2] = 8.0  # the direct way, 5 ms
    return (tail / np.sqrt(np.sum(tail**2)) * 10 ** (ECHO_DB / 20)).astype(np.float32)


def decibels(power: float) -> float:
    return 10 * math.log10(max(power, 1e-12))


class SoundServer:
    """`env` is what a program needs to hear and speak here. Starts at once; ends with `close`."""

    def __init__(self, folder: Path) -> None:
        if not shutil.which("pulseaudio"):  # not set up with the rest: it would displace a desktop's own sound server
            raise SystemExit("this needs the Debian packages pulseaudio and libasound2-plugins")
        folder.mkdir()
        socket = folder / "native"
        (folder / "asound.conf").write_text(
            "</usr/share/alsa/alsa.conf>\n"
            + "".join(f'{what}.!default {{ type pulse server "unix:{socket}" }}\n' for what in ("pcm", "ctl"))
        )
        self.env = {
            "PULSE_SERVER": f"unix:{socket}",
            "PULSE_RUNTIME_PATH": str(folder),
            "PULSE_STATE_PATH": str(folder),
            "ALSA_CONFIG_PATH": str(folder / "asound.conf"),
        }
        modules = (
            f"module-null-sink sink_name=loudspeaker rate={RATE} channels=1",
            f"module-null-sink sink_name=air rate={RATE} channels=1",
            "module-remap-source source_name=microphone master=air.monitor",
            f"module-native-protocol-unix socket={socket} auth-anonymous=1",
        )
        loads = [word for module in modules for word in ("-L", module)]
        self._log = (folder / "log").open("wb")
        self._process = subprocess.Popen(
            ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm", *loads],
            env=os.environ | self.env,
            stdout=self._log,
            stderr=self._log,
        )
        deadline = time.monotonic() + 10
        while not socket.exists():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit((folder / "log").read_text())
            time.sleep(0.05)
        for what, name in (("set-default-sink", "loudspeaker"), ("set-default-source", "microphone")):
            subprocess.run(["pactl", what, name], env=os.environ | self.env, check=True)

    def close(self) -> None:
        self._process.terminate()
        self._process.wait()
        self._log.close()


class Room:
    """Carries the loudspeaker's sound to the microphone, until it is closed. `say` speaks there too."""

    def __init__(self, server: SoundServer) -> None:
        chance = np.random.default_rng(1)
        env = os.environ | server.env
        form = ["--raw", "--format=float32le", f"--rate={RATE}", "--channels=1", "--latency-msec=10"]
        self._ear = subprocess.Popen(["parec", "-d", "loudspeaker.monitor", *form], env=env, stdout=subprocess.PIPE)
        self._mouth = subprocess.Popen(["pacat", "-d", "air", *form], env=env, stdin=subprocess.PIPE)
        self._response = room(chance)
        self._chance = chance
        self._said: Sound = np.zeros(0, np.float32)
        self._at = 0
        self._thread = threading.Thread(target=self._carry)
        self._thread.start()

    def say(self, sound: Sound) -> None:
        """Somebody in the room says this again and again, until it is told to say nothing (an empty one)."""
        self._said, self._at = sound, 0

    def close(self) -> None:
        for process in (self._ear, self._mouth):
            process.terminate()
            process.wait()
        self._thread.join()

    def _carry(self) -> None:
        assert self._ear.stdout
        assert self._mouth.stdin
        size = 1 << (len(self._response) + BLOCK - 1).bit_length()
        response = np.fft.rfft(self._response, size)
        tail = np.zeros(size, np.float32)
        while len(data := self._ear.stdout.read(BLOCK * 4)) == BLOCK * 4:
            spread = np.fft.irfft(np.fft.rfft(np.frombuffer(data, np.float32), size) * response, size)
            tail = np.concatenate([tail[BLOCK:], np.zeros(BLOCK, np.float32)]) + spread.astype(np.float32)
            echo = tail[:BLOCK]
            noise = self._chance.standard_normal(BLOCK).astype(np.float32) * 10 ** (NOISE_DB / 20)
            try:
                self._mouth.stdin.write((echo + noise + self._next_words()).astype(np.float32).tobytes())
                self._mouth.stdin.flush()
            except OSError:
                return

    def _next_words(self) -> Sound:
        said = self._said
        if not len(said):
            return np.zeros(BLOCK, np.float32)
        found = np.take(said, range(self._at, self._at + BLOCK), mode="wrap")
        self._at = (self._at + BLOCK) % len(said)
        return found
