"""A message left: recorded by a real child process, kept by its hash, in the journal, and gone once the hub has it."""

import io
import threading
import wave
from pathlib import Path

import pytest

from kiosk.clock import ManualClock
from kiosk.devices.microphone import open_microphone
from kiosk.devices.speech.player import SINK, CommandPlayer
from kiosk.events import EventBus
from kiosk.intercom.errors import MessageEmpty, MessageLimit, MicrophoneMissing
from kiosk.intercom.messages import MOST, Messages, encode_voice
from kiosk.protocol.intercom_talk import MessageLeft
from kiosk.session import Session
from kiosk.storage import Store
from kiosk.storage.files import FileStore
from kiosk.storage.intercom import Calls


class Booth:
    def __init__(self, clock: ManualClock, store: Store, folder: Path, spec: str = "demo:") -> None:
        self.store = store
        self.files = FileStore(folder / "files")
        self.session = Session(clock, EventBus(), lambda body: None)
        self.session.wake()
        player = CommandPlayer(SINK)
        self.messages = Messages(clock, self.session, open_microphone(spec), self.files, store.append, player.play)

    def speak(self) -> float:
        """Record until there is something to keep."""
        heard = threading.Event()
        levels: list[float] = []

        def on_level(level: float) -> None:
            levels.append(level)
            if len(levels) >= 6:
                heard.set()

        self.messages.record(on_level, lambda: None)
        assert heard.wait(30)
        assert max(levels) > 0.3
        return self.messages.stop()

    def left(self) -> list[MessageLeft]:
        bodies = [entry.parsed() for entry in self.store.journal.all()]
        return [body for body in bodies if isinstance(body, MessageLeft)]


@pytest.fixture
def booth(clock: ManualClock, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Booth:
    monkeypatch.setenv("YIZHAN_SOURCE_SPEED", "20")
    monkeypatch.setenv("YIZHAN_SINK_SPEED", "100")
    return Booth(clock, store, tmp_path)


def test_a_voice_is_in_the_journal_and_by_its_hash(booth: Booth) -> None:
    assert booth.messages.can_record
    seconds = booth.speak()
    assert booth.messages.draft == seconds >= 0.3
    booth.messages.leave("legal", contact=" 13800000000 ")
    (left,) = booth.left()
    assert (left.topic, left.contact, left.text, left.seconds) == ("legal", "13800000000", "", seconds)
    assert left.voice is not None
    assert left.voice.media_type == "audio/ogg"
    path = booth.files.path(left.voice.sha256)
    assert path is not None
    assert path.read_bytes()[:4] == b"OggS"
    assert booth.store.projection(Calls).voices() == [left.voice.model_copy(update={"name": ""})]
    assert booth.messages.draft == 0
    kept = booth.store.derived()["voice_left"]
    booth.store.rebuild()
    assert booth.store.derived()["voice_left"] == kept


def test_what_was_recorded_can_be_heard_and_taken_back(booth: Booth) -> None:
    booth.speak()
    playing = booth.messages.play()
    assert playing is not None
    assert playing.wait()
    booth.messages.discard()
    assert booth.messages.play() is None
    with pytest.raises(MessageEmpty):
        booth.messages.leave("help", "  ")
    assert booth.left() == []


def test_a_text_needs_no_voice(booth: Booth) -> None:
    booth.messages.leave("help", "雨伞坏了" * 400, "王")
    (left,) = booth.left()
    assert (len(left.text), left.voice) == (1000, None)


def test_enough_is_enough_until_the_next_visitor(booth: Booth) -> None:
    for _ in range(MOST):
        booth.messages.leave("help", "x")
    with pytest.raises(MessageLimit):
        booth.messages.leave("help", "x")
    booth.session.finish()
    booth.session.wake()
    booth.messages.leave("help", "x")
    assert len(booth.left()) == MOST + 1


def test_a_machine_without_a_microphone_says_so(clock: ManualClock, store: Store, tmp_path: Path) -> None:
    booth = Booth(clock, store, tmp_path, "")
    assert not booth.messages.can_record
    with pytest.raises(MicrophoneMissing):
        booth.messages.record(lambda level: None, lambda: None)


def test_without_an_encoder_the_sound_is_kept_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(16000)
        writer.writeframes(bytes(32000))
    data, kind = encode_voice(file.getvalue())
    assert kind == "audio/ogg"
    assert len(data) < len(file.getvalue())
    monkeypatch.setenv("PATH", "")
    assert encode_voice(file.getvalue()) == (file.getvalue(), "audio/wav")
    assert encode_voice(b"not a sound")[1] == "audio/wav"
