"""The page on which a film plays: rules come from the core, the picture from the player, words from captions."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtMultimedia import QVideoSink
from PySide6.QtQuick import QQuickWindow

from kiosk.errors import KioskError
from kiosk.learning import Film
from kiosk.learning.captions import at as words_at
from ui.context import UiContext
from ui.learning.drawn import Drawn
from ui.learning.player import Player
from ui.learning.sitting_model import SittingModel
from ui.learning.words import clock
from ui.pages import Args

HOLD = "video"
STEP_MS = 10_000


class PlayModel(SittingModel):
    """Positions are in ms of `length`. `picture` is the film as an image on a machine that cannot draw video itself."""

    part_changed = Signal()  # film_changed again: a property must not be told of by a signal of another class
    words_changed = Signal()
    captions_changed = Signal()
    time_changed = Signal()
    picture_changed = Signal()

    def __init__(self, ui: UiContext, args: Args) -> None:
        super().__init__(ui, args)
        self._begin_playing = bool(args.get("play", True))
        self._captions = True
        self._words = ""
        self._time = ""
        self.player = Player(self)
        self.drawn = Drawn(self) if QQuickWindow.sceneGraphBackend() == "software" else None
        if self.drawn is not None:
            self.player.show_on(self.drawn.sink)
            self.drawn.changed.connect(self.picture_changed)
        self.player.reported.connect(lambda at: self.report(at, True, False))
        self.player.position_changed.connect(self._moved)
        self.player.playing_changed.connect(self._hold)
        self.player.ended.connect(self._ended)
        self.player.broke.connect(self._film_broke)
        self.stage_changed.connect(self._moved)
        self.film_changed.connect(self.part_changed)

    # -- life -----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        super().refresh()
        self._moved()

    def hidden(self) -> None:
        self._pause()

    def disposed(self) -> None:
        self._pause()
        self.player.release()
        self.ui.station.session.release(HOLD)
        super().disposed()

    def began(self, part: Film) -> None:
        if part.slides:
            self.hand_on("learning.slides", step=part.step)
        else:
            self.player.load(part.path, part.length_ms, part.position_ms, self._begin_playing)

    def went_to(self, position_ms: int) -> None:
        self.player.go_to(position_ms)

    def failed(self, error: KioskError) -> None:
        self._pause()
        super().failed(error)

    # -- the player says ------------------------------------------------------------------------------------------

    @Slot()
    def _ended(self) -> None:
        self.report(self.length, False, True)
        self._hold()
        self.set_stage("finished")

    @Slot(str)
    def _film_broke(self, reason: str) -> None:
        self._hold()
        self.broke(reason)

    @Slot()
    def _hold(self) -> None:
        """Nobody is sent away while a film plays."""
        session = self.ui.station.session
        session.hold(HOLD) if self.player.is_playing else session.release(HOLD)

    def _pause(self) -> None:
        if self.player.is_playing:
            self.player.pause()
            self.report(self.player.at, False, True)

    @Slot()
    def _moved(self) -> None:
        """The words and the time that belong to where the film is now."""
        words = ""
        if self.part is not None and self._captions and self.stage == "watching":
            tracks = dict(self.part.captions)
            cues = tracks.get(self.ui.language) or next(iter(tracks.values()), ())
            words = words_at(cues, self.player.at)
        if words != self._words:
            self._words = words
            self.words_changed.emit()
        time = clock(self.length if self.stage == "finished" else self.player.at)
        if time != self._time:
            self._time = time
            self.time_changed.emit()

    # -- the visitor presses --------------------------------------------------------------------------------------

    @Slot(QVideoSink)
    def showOn(self, sink: QVideoSink) -> None:
        if self.drawn is None:
            self.player.show_on(sink)

    @Slot()
    def toggle(self) -> None:
        if self.stage == "finished":
            self.again()
        elif self.player.is_playing:
            self._pause()
        else:
            self.player.play()

    @Slot()
    def back(self) -> None:
        self.seek(self.player.at - STEP_MS)

    @Slot()
    def forward(self) -> None:
        """Allowed once the film was watched; the core makes sure of it."""
        self.seek(min(self.player.at + STEP_MS, self.length - 1000))

    @Slot(int)
    def seek(self, target: int) -> None:
        """Go to a place of the film, as far as the core allows."""
        self.ask_for(target)

    @Slot()
    def again(self) -> None:
        """From the beginning."""
        self.set_stage("watching")
        self.seek(0)
        self.player.play()

    @Slot()
    def toggleCaptions(self) -> None:
        self._captions = not self._captions
        self.captions_changed.emit()
        self._moved()

    @property
    def has_picture(self) -> bool:
        """There is a picture, where this model knows of it."""
        return self.drawn is None or bool(self.drawn.address)

    def _has_captions(self) -> bool:
        return self.part is not None and any(cues for _, cues in self.part.captions)

    def _get_player(self) -> QObject:
        return self.player

    lengthText = Property(str, lambda self: clock(self.length), notify=part_changed)
    hasCaptions = Property(bool, _has_captions, notify=part_changed)
    captionsOn = Property(bool, lambda self: self._captions, notify=captions_changed)
    words = Property(str, lambda self: self._words, notify=words_changed)
    time = Property(str, lambda self: self._time, notify=time_changed)
    picture = Property(str, lambda self: self.drawn.address if self.drawn else "", notify=picture_changed)
    film = Property(QObject, _get_player, constant=True)
