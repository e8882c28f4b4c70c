"""A film on the screen: Qt Multimedia behind a few plain properties. Times are in milliseconds.

Sound goes to the default output; a machine without one plays silently, and captions say the words.
"""

import logging
from pathlib import Path

from PySide6.QtCore import Property, QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer, QVideoSink

log = logging.getLogger(__name__)
_EVERY_MS = 1000
_ARRIVED_MS = 1500  # nearer than this to where it was sent, a film counts as there
_PATIENCE_MS = 3000  # after which it counts as there wherever it is
_SHORT = 0.95  # a film that ends before this share of its length is not whole

_State = QMediaPlayer.PlaybackState
_Status = QMediaPlayer.MediaStatus


class Player(QObject):
    """`reported` comes about once a second while it plays, `stopped_by_itself` at the end, `broke` with a reason."""

    playing_changed = Signal()
    position_changed = Signal()
    reported = Signal(int)
    ended = Signal()
    broke = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._length = 0
        self._wanted = -1  # where the film was sent and has not arrived yet
        self._begin_at = 0
        self._begin_playing = False
        self._broken = False
        self._player = QMediaPlayer(self)
        if QMediaDevices.audioOutputs():
            self._player.setAudioOutput(QAudioOutput(self))
        self._player.positionChanged.connect(self._moved)
        self._player.playbackStateChanged.connect(lambda _: self.playing_changed.emit())
        self._player.mediaStatusChanged.connect(self._status_changed)
        self._player.errorOccurred.connect(lambda _, text: self._break(text))
        self._beat = QTimer(self)
        self._beat.setInterval(_EVERY_MS)
        self._beat.timeout.connect(self._tell)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._arrived)

    def show_on(self, sink: QVideoSink) -> None:
        """Where the picture goes: the sink of a VideoOutput."""
        self._player.setVideoSink(sink)

    def load(self, path: Path, length_ms: int, position_ms: int, play: bool) -> None:
        """Open a film; it begins at `position_ms` as soon as it can."""
        self._length, self._begin_at, self._begin_playing = length_ms, position_ms, play
        self._broken = False
        self._player.setSource(QUrl.fromLocalFile(str(path)))

    def play(self) -> None:
        if not self._broken:
            self._player.play()
            self._beat.start()

    def pause(self) -> None:
        self._beat.stop()
        self._player.pause()

    def go_to(self, position_ms: int) -> None:
        """Jump. Until the film has arrived there it reports nothing, so that no old position is taken for a new one."""
        self._wanted = position_ms
        self._patience.start()
        self._player.setPosition(position_ms)
        self.position_changed.emit()

    def release(self) -> None:
        """Let go of the file and of the picture."""
        self._beat.stop()
        self._patience.stop()
        self._player.stop()
        self._player.setVideoSink(None)  # type: ignore[arg-type]
        self._player.setSource(QUrl())

    @property
    def at(self) -> int:
        """Where the film is, or was sent to."""
        return self._wanted if self._wanted >= 0 else min(self._player.position(), self._length)

    @property
    def is_playing(self) -> bool:
        return self._player.playbackState() is _State.PlayingState

    @Slot("qlonglong")
    def _moved(self, position: int) -> None:
        if self._wanted >= 0 and abs(position - self._wanted) <= _ARRIVED_MS:
            self._arrived()
        self.position_changed.emit()

    @Slot()
    def _arrived(self) -> None:
        self._wanted = -1
        self._patience.stop()

    @Slot()
    def _tell(self) -> None:
        if self.is_playing and self._wanted < 0:
            self.reported.emit(self.at)

    @Slot(QMediaPlayer.MediaStatus)
    def _status_changed(self, status: QMediaPlayer.MediaStatus) -> None:
        if status is _Status.LoadedMedia and self._begin_at >= 0:
            begin_at, self._begin_at = self._begin_at, -1
            if not self._player.hasVideo():
                self._break("no picture in the file")
                return
            if begin_at:
                self.go_to(begin_at)
            if self._begin_playing:
                self.play()
            else:
                self._player.pause()  # shows the picture of this moment
        elif status is _Status.EndOfMedia:
            self._beat.stop()
            if self._player.position() < self._length * _SHORT:
                self._break(f"the file ends at {self._player.position()} of {self._length} ms")
            else:
                self.ended.emit()
        elif status is _Status.InvalidMedia:
            self._break("not a film")

    def _break(self, reason: str) -> None:
        if self._broken:
            return
        self._broken = True
        self._beat.stop()
        log.warning("a film cannot be played: %s", reason)
        self.broke.emit(reason)

    playing = Property(bool, lambda self: self.is_playing, notify=playing_changed)
    position = Property(int, lambda self: self.at, notify=position_changed)
