"""A message left while nobody can be reached: a voice or a text. It is in the journal at once, and later at the desk.

The sound is kept as a file by its hash until the hub has it, and on this machine no longer than that.
"""

import hashlib
import logging
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from kiosk.clock import Clock
from kiosk.devices.ports import DeviceState, Microphone, Recording
from kiosk.devices.speech.player import Playing
from kiosk.intercom.errors import MessageEmpty, MessageLimit, MicrophoneMissing
from kiosk.protocol.catalogue import FileRef
from kiosk.protocol.ids import uuid7
from kiosk.protocol.intercom_talk import MessageLeft
from kiosk.protocol.journal import JournalBody
from kiosk.session import Session

log = logging.getLogger(__name__)
LONGEST_TEXT, LONGEST_CONTACT = 1000, 80  # characters
MOST = 5  # messages in one session
_OPUS = ("-c:a", "libopus", "-b:a", "24k", "-application", "voip", "-f", "ogg")  # what speech needs (RFC 6716, 2.1.1)
_ENCODE_SECONDS = 30


class Files(Protocol):
    """Where files are kept by their hash."""

    def add(self, ref: FileRef, chunks: Iterator[bytes], offset: int = 0) -> Path: ...


class Messages:
    """`record`, `stop`, `discard`, `play` from any thread and quick but for `stop`; `leave` on the desk thread.

    `append` writes to the journal and returns when it is durable; `player` plays a WAV file.
    """

    def __init__(
        self,
        clock: Clock,
        session: Session,
        microphone: Microphone,
        files: Files,
        append: Callable[[JournalBody], object],
        player: Callable[[Path], Playing],
    ) -> None:
        self._clock = clock
        self._session = session
        self._microphone = microphone
        self._files = files
        self._append = append
        self._player = player
        self._draft: Recording | None = None
        self._left = ("", 0)  # session, how many

    @property
    def can_record(self) -> bool:
        """Whether there is anything to record with; it may still fail."""
        return self._microphone.health().state is not DeviceState.OFF

    @property
    def draft(self) -> float:
        """The length of what was recorded and not left yet, in seconds; 0 for nothing."""
        return self._draft.seconds if self._draft else 0.0

    def record(self, on_level: Callable[[float], object], on_ended: Callable[[], object]) -> None:
        """Begin to record; what was recorded before is dropped. Raises MicrophoneMissing. See ports.Microphone."""
        self._draft = None
        try:
            self._microphone.start(on_level, on_ended)
        except OSError as error:
            log.warning("no recording: %s", error)
            raise MicrophoneMissing(problem=str(error)) from error

    def stop(self) -> float:
        """End the recording; its length in seconds. Raises MicrophoneMissing where nothing came of it."""
        recording = self._microphone.stop()
        if recording is None:
            raise MicrophoneMissing(problem="nothing was recorded")
        self._draft = recording
        return recording.seconds

    def discard(self) -> None:
        """Forget what was recorded. Harmless when there is nothing."""
        self._microphone.stop()
        self._draft = None

    def play(self) -> Playing | None:
        """Let the visitor hear what was recorded. Raises OSError where it cannot be played."""
        if self._draft is None:
            return None
        with tempfile.NamedTemporaryFile(suffix=".wav", delete=False) as file:
            file.write(self._draft.wav)
        return _PlayedOnce(self._player(Path(file.name)), Path(file.name))

    def leave(self, topic: str, text: str = "", contact: str = "", call: str = "") -> None:
        """Leave what was recorded or written; it is in the journal when this returns.

        Raises MessageEmpty, MessageLimit, DiskFull, StorageError.
        """
        recording, text = self._draft, text.strip()[:LONGEST_TEXT]
        if recording is None and not text:
            raise MessageEmpty()
        session = self._session.id
        before = self._left[1] if self._left[0] == session else 0
        if before >= MOST:
            raise MessageLimit(most=MOST)
        voice = self._keep(recording) if recording else None
        self._append(
            MessageLeft(
                call=call or uuid7(self._clock.now()),
                topic=topic,
                text=text,
                voice=voice,
                seconds=recording.seconds if recording else 0,
                contact=contact.strip()[:LONGEST_CONTACT],
            )
        )
        self._left = (session, before + 1)
        self._draft = None

    def _keep(self, recording: Recording) -> FileRef:
        data, media_type = encode_voice(recording.wav)
        ref = FileRef(sha256=hashlib.sha256(data).hexdigest(), size=len(data), media_type=media_type)
        self._files.add(ref, iter([data]))
        return ref


class _PlayedOnce:
    """The sound goes with its playing: nothing of a voice stays in the file system."""

    def __init__(self, playing: Playing, path: Path) -> None:
        self._playing = playing
        self._path = path

    def wait(self) -> bool:
        try:
            return self._playing.wait()
        finally:
            self._path.unlink(missing_ok=True)

    def stop(self) -> None:
        self._playing.stop()


def encode_voice(wav: bytes) -> tuple[bytes, str]:
    """A WAV file as Ogg Opus, a tenth of it; the same WAV file where there is no encoder. With its media type."""
    if shutil.which("ffmpeg"):
        command = ["ffmpeg", "-v", "error", "-i", "pipe:0", *_OPUS, "pipe:1"]
        try:
            done = subprocess.run(command, input=wav, capture_output=True, check=True, timeout=_ENCODE_SECONDS)
        except (OSError, subprocess.SubprocessError) as error:
            log.warning("a voice is kept as it is: %s", error)
        else:
            if done.stdout:
                return done.stdout, "audio/ogg"
    return wav, "audio/wav"
