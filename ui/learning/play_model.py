"""The page on which a film plays: rules come from the core, the picture from the player, words from captions."""

from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtMultimedia import QVideoSink

from kiosk.errors import KioskError
from kiosk.learning import Film, RecordClaimed, Sitting, Watching
from kiosk.learning.captions import at as words_at
from kiosk.learning.errors import SittingOver
from ui.context import UiContext
from ui.learning.player import Player
from ui.learning.words import clock
from ui.ops import Op
from ui.pages import Args
from ui.viewmodel import ViewModel

HOLD = "video"
BACK_MS = 10_000


class PlayModel(ViewModel):
    """`stage` is "opening", "watching", "finished" or "failed". Positions are in ms of `length`."""

    stage_changed = Signal()
    film_changed = Signal()
    extent_changed = Signal()
    words_changed = Signal()
    captions_changed = Signal()

    def __init__(self, ui: UiContext, args: Args) -> None:
        super().__init__(ui)
        self._course = str(args.get("course", ""))
        self._step = str(args.get("step", ""))
        self._begin_playing = bool(args.get("play", True))
        self._sitting: Sitting | None = None
        self._film: Film | None = None
        self._stage = "opening"
        self._reached = 0
        self._free = False
        self._completed = False
        self._handed_on = False
        self._captions = True
        self._words = ""
        self._opened_once = False
        self.player = Player(self)
        self.player.reported.connect(lambda at: self._report(at, True, False))
        self.player.position_changed.connect(self._find_words)
        self.player.playing_changed.connect(self._hold)
        self.player.ended.connect(self._ended)
        self.player.broke.connect(self._broke)
        self.subscribe(RecordClaimed, lambda _: self._open())

    # -- life -----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        if not self._opened_once:
            self._opened_once = True
            self._open()
        self.film_changed.emit()
        self._find_words()

    def hidden(self) -> None:
        self._pause()

    def disposed(self) -> None:
        self._pause()
        self.player.release()
        self.ui.station.session.release(HOLD)
        if self._sitting is not None and not self._handed_on:
            Op(self.ui.station.learning.close, self._sitting.launch).start()

    def _open(self) -> None:
        """Begin a sitting, or go on in a new one when the old one has ended under us."""
        self.run(self.ui.station.learning.open, self._course).success(self._opened).failure(self._failed)

    def _opened(self, sitting: Sitting) -> None:
        goes_on = self._film is not None
        film = next((one for one in sitting.films if one.step == self._step), None)
        if film is None:
            film = next((one for one in sitting.films if not one.free), sitting.films[0] if sitting.films else None)
        self._sitting = sitting
        if film is None:
            self._to_quiz()
            return
        self._film, self._completed = film, sitting.completed or sitting.review
        self._reached, self._free = max(film.reached_ms, self._reached if goes_on else 0), film.free
        if not goes_on:
            self.player.load(film.path, film.length_ms, film.position_ms, self._begin_playing)
        self._set_stage("watching")
        self.film_changed.emit()
        self.extent_changed.emit()

    def _failed(self, error: KioskError) -> None:
        self._set_stage("failed")
        self.set_problem(error)

    # -- the player says ------------------------------------------------------------------------------------------

    def _report(self, at: int, playing: bool, at_once: bool) -> None:
        if self._sitting is not None and self._film is not None:
            call = self.ui.station.learning.report
            op = Op(call, self._sitting.launch, self._film.step, at, playing, at_once)
            op.success(self._watched).failure(self._lost).start()

    def _watched(self, said: Watching) -> None:
        if self._gone:
            return
        self._reached, self._free, self._completed = said.reached_ms, said.free, said.course_completed
        if said.go_to is not None:
            self.player.go_to(said.go_to)
        self.extent_changed.emit()

    def _lost(self, error: KioskError) -> None:
        if self._gone or isinstance(error, SittingOver):
            return  # the visit is over, or somebody was recognised and a new sitting is on its way
        self._pause()
        self._failed(error)

    def _ended(self) -> None:
        if self._film is not None:
            self._report(self._film.length_ms, False, True)
        self._hold()
        self._set_stage("finished")

    def _broke(self, reason: str) -> None:
        self._hold()
        if self._sitting is not None and self._film is not None:
            call = self.ui.station.learning.media_failed
            Op(call, self._sitting.launch, self._film.step, reason).failure(self._failed).start()

    def _hold(self) -> None:
        """Nobody is sent away while a film plays."""
        session = self.ui.station.session
        session.hold(HOLD) if self.player.is_playing else session.release(HOLD)

    def _pause(self) -> None:
        if self.player.is_playing:
            self.player.pause()
            self._report(self.player.at, False, True)

    def _find_words(self) -> None:
        words = ""
        if self._film is not None and self._captions and self._stage == "watching":
            tracks = dict(self._film.captions)
            cues = tracks.get(self.ui.language) or next(iter(tracks.values()), ())
            words = words_at(cues, self.player.at)
        if words != self._words:
            self._words = words
            self.words_changed.emit()

    def _set_stage(self, stage: str) -> None:
        if stage != self._stage:
            self._stage = stage
            self.stage_changed.emit()
            self._find_words()

    # -- the visitor presses --------------------------------------------------------------------------------------

    @Slot(QVideoSink)
    def showOn(self, sink: QVideoSink) -> None:
        self.player.show_on(sink)

    @Slot()
    def toggle(self) -> None:
        if self._stage == "finished":
            self.again()
        elif self.player.is_playing:
            self._pause()
        else:
            self.player.play()

    @Slot()
    def back(self) -> None:
        self.seek(self.player.at - BACK_MS)

    @Slot(int)
    def seek(self, target: int) -> None:
        """Go to a place of the film, as far as the core allows."""
        if self._sitting is None or self._film is None or self._stage != "watching":
            return
        call = self.ui.station.learning.seek
        op = Op(call, self._sitting.launch, self._film.step, max(0, target))
        op.success(self._sought).failure(self._lost).start()

    def _sought(self, said: Watching) -> None:
        if not self._gone:
            self.player.go_to(said.position_ms)
            self._watched(said)

    @Slot()
    def again(self) -> None:
        """From the beginning."""
        self._set_stage("watching")
        self.seek(0)
        self.player.play()

    @Slot()
    def toggleCaptions(self) -> None:
        self._captions = not self._captions
        self.captions_changed.emit()
        self._find_words()

    @Slot()
    def goOn(self) -> None:
        """To the quiz when there is one and the films were watched, else back to the course."""
        if self._sitting is not None and self._sitting.has_quiz and self._completed:
            self._to_quiz()
        else:
            self.ui.navigator.back()

    def _to_quiz(self) -> None:
        self._handed_on = True  # the quiz goes on in this sitting and ends it
        self.ui.replace("learning.quiz", {"course": self._course})

    def _title(self) -> str:
        return self.ui.text(self._film.title) if self._film else ""

    def _get_length(self) -> int:
        return self._film.length_ms if self._film else 0

    def _has(self) -> bool:
        return self._film is not None and any(cues for _, cues in self._film.captions)

    def _leads_to_quiz(self) -> bool:
        return self._sitting is not None and self._sitting.has_quiz and self._completed

    def _get_player(self) -> Any:
        return self.player

    stage = Property(str, lambda self: self._stage, notify=stage_changed)
    title = Property(str, _title, notify=film_changed)
    length = Property(int, _get_length, notify=film_changed)
    lengthText = Property(str, lambda self: clock(self._get_length()), notify=film_changed)
    hasCaptions = Property(bool, _has, notify=film_changed)
    reached = Property(int, lambda self: self._reached, notify=extent_changed)
    free = Property(bool, lambda self: self._free, notify=extent_changed)
    leadsToQuiz = Property(bool, _leads_to_quiz, notify=extent_changed)
    captionsOn = Property(bool, lambda self: self._captions, notify=captions_changed)
    words = Property(str, lambda self: self._words, notify=words_changed)
    film = Property(QObject, _get_player, constant=True)
