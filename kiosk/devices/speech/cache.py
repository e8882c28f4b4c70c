"""Spoken words on disk. What was said once is not worked out again; recordings by a person take its place."""

import hashlib
import os
import wave
from pathlib import Path

from kiosk.devices.speech.sentences import Clip

ENGINE = "espeak-ng"
BYTES = 64 << 20  # about 25 minutes of speech


class SpeechCache:
    """WAV files below `folder`, named by what they say; the longest unused go when there is too much.

    A file `recordings/<key>.wav`, put there by the operator, is used before anything synthesised and never removed.
    """

    def __init__(self, folder: Path, limit: int = BYTES) -> None:
        self._folder = folder
        self._limit = limit
        self._since_prune = 0

    @staticmethod
    def key(clip: Clip) -> str:
        return hashlib.sha256(f"{ENGINE}|{clip.voice}|{clip.rate}|{clip.text}".encode()).hexdigest()

    def find(self, clip: Clip) -> Path | None:
        """The file that says this, None when it has to be made."""
        name = f"{self.key(clip)}.wav"
        recorded = self._folder / "recordings" / name
        if recorded.is_file():
            return recorded
        path = self._folder / name
        try:
            os.utime(path)
        except OSError:
            return None
        return path

    def draft(self, clip: Clip) -> Path:
        """Where to write it until it is whole. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return self._folder / f"{self.key(clip)}.{os.getpid()}.draft"

    def keep(self, clip: Clip) -> Path:
        """The draft is whole: give it its name. Raises OSError."""
        path = self._folder / f"{self.key(clip)}.wav"
        draft = self.draft(clip)
        self._since_prune += draft.stat().st_size
        draft.replace(path)
        if self._since_prune > self._limit // 16:
            self.prune()
        return path

    def prune(self) -> int:
        """Remove drafts of earlier runs, and the longest unused files until 7/8 of the limit. Returns bytes kept."""
        self._since_prune = 0
        found = []
        for path in [*self._folder.glob("*.wav"), *self._folder.glob("*.draft")]:
            try:
                stat = path.stat()
            except OSError:
                continue
            if path.suffix == ".draft" and not path.name.endswith(f".{os.getpid()}.draft"):
                path.unlink(missing_ok=True)
            elif path.suffix == ".wav":
                found.append((stat.st_mtime_ns, stat.st_size, path))
        total = sum(size for _, size, _ in found)
        if total > self._limit:
            for _, size, path in sorted(found):
                if total <= self._limit * 7 // 8:
                    break
                path.unlink(missing_ok=True)
                total -= size
        return total


def seconds(path: Path) -> float:
    """How long a WAV file plays. Raises OSError, wave.Error or EOFError when it is not one."""
    with wave.open(str(path), "rb") as sound:
        return sound.getnframes() / sound.getframerate()
