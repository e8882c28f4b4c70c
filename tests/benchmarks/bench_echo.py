"""Echo: how much of what the desk says comes back to it from the caller's loudspeaker, in decibels.

The terminal is in a simulated room (see acoustics) with a real sound server; its media page, the hub and the desk in
Chromium are as they ship. The desk speaks, and the level of what comes back to it is measured: with the microphone as
it is, and with echo cancellation, noise suppression and gain control as they ship. The difference is the attenuation.
Somebody in the room speaks too, alone and while the desk speaks: what is lost of that is the price.

The bar is 30 dB; the limit is the quiet of the room, which is noise of -70 dB here, and what the codec makes of it.
"""

import argparse
import re
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from kiosk.protocol.web import CALL_CLIENT
from tests.benchmarks.acoustics import Room, Sound, SoundServer, decibels, samples, speech
from tests.journeys.call_scene import FAKE, HubProcess, open_scene

DESK_SAYS = "ni3 hao3 zhe4 li3 shi4 zhi2 ban1 tai2 qing3 wen4 nin2 xu1 yao4 shen2 me5 bang1 zhu4 qing3 man4 man4 shuo1"
ROOM_SAYS = "wo3 de5 shou3 shou4 shang1 le5 qing3 bang1 wo3 jiao4 yi1 liang4 jiu4 hu4 che1 xie4 xie5 nin2"
VOICE, DESK_PITCH, ROOM_PITCH = "cmn-latn-pinyin", 50, 80
SETTLE = 6.0  # seconds until the canceller knows the room
CLIENT = "document.getElementById('calls').call"
ROWS = ("desk alone", "room alone", "both")


@dataclass
class Desk:
    """The desk's end of a call from the room."""

    page: Page

    def level(self, seconds: float) -> float:
        """The mean level of what arrives, dB of full scale (of the peaks of 10 ms: webrtc-stats count energy so)."""
        before = self._energy()
        self.page.wait_for_timeout(seconds * 1000)
        after = self._energy()
        return decibels((after[0] - before[0]) / (after[1] - before[1]))

    def speak(self, on: bool) -> None:
        track = f"{CLIENT}.pc.getSenders().find(({{ track }}) => track?.kind === 'audio').track"
        self.page.evaluate(f"on => {{ {track}.enabled = on; }}", on)

    def _energy(self) -> list[float]:
        audio = f"const {{ audio }} = (await {CLIENT}.stats()).in"
        found = f"async () => {{ {audio}; return [audio.totalAudioEnergy, audio.totalSamplesDuration]; }}"
        return list(self.page.evaluate(found))


@contextmanager
def call(folder: Path, server: SoundServer, desk_says: Path, client: str) -> Iterator[Desk]:
    """A call from the room with this call client. The desk says what is in the sound file."""
    folder.mkdir()
    hub = HubProcess(folder / "hub")
    hub.prepare()
    speaks = f"--use-file-for-fake-audio-capture={desk_says}"
    sound = {"fake": FAKE[1:], "env": server.env}  # the terminal's is the sound server's
    with open_scene(hub, speaks, **sound, fps=15, call_client=client) as scene:
        scene.talk()
        yield Desk(scene.desk)


def plain(client: str) -> str:
    """The call client with a microphone that is sent as it is."""
    changed, found = re.subn("(echoCancellation|noiseSuppression|autoGainControl): true", r"\1: false", client)
    assert found == 3
    return changed


def listen(call: AbstractContextManager[Desk], room: Room, words: Sound, seconds: float) -> dict[str, float]:
    """Levels at the desk, dB."""
    found = {}
    with call as desk:
        for name, desk_speaks, room_speaks in zip(ROWS, (True, False, True), (False, True, True), strict=True):
            desk.speak(desk_speaks)
            room.say(words if room_speaks else words[:0])
            desk.page.wait_for_timeout(SETTLE * 1000)
            found[name] = desk.level(seconds)
        room.say(words[:0])
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=15, help="how long each is listened to (default: %(default)s)")
    args = parser.parse_args()
    client = CALL_CLIENT.read_text("utf-8")
    with tempfile.TemporaryDirectory() as made, ExitStack() as things:
        folder = Path(made)
        server = SoundServer(folder / "sound")
        things.callback(server.close)
        room = Room(server)
        things.callback(room.close)
        desk_says = speech(folder / "desk.wav", DESK_SAYS, VOICE, DESK_PITCH)
        words = samples(speech(folder / "room.wav", ROOM_SAYS, VOICE, ROOM_PITCH)) * 0.5
        raw = listen(call(folder / "raw", server, desk_says, plain(client)), room, words, args.seconds)
        sent = listen(call(folder / "sent", server, desk_says, client), room, words, args.seconds)
    for name in ROWS:
        print(f"{name:12} microphone as it is {raw[name]:6.1f} dB   as it ships {sent[name]:6.1f} dB", flush=True)
    print(f"echo attenuated by {raw['desk alone'] - sent['desk alone']:.1f} dB (bar 30)")
    print(f"the room's words while the desk speaks, beside alone: {sent['both'] - sent['room alone']:+.1f} dB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
