"""A face as a way in, for members who want that: what is agreed to, the picture being taken, and deleting it."""

from enum import StrEnum

from PySide6.QtCore import Property, Signal, Slot

from kiosk.devices.ports import SpeechPriority
from kiosk.members import FaceHint, FaceHinted, FaceTaken
from kiosk.session import Person, SessionPersonChanged
from ui.context import UiContext
from ui.members.pictures import PROVIDER
from ui.members.preview import Preview
from ui.members.words import consent_words, face_hint
from ui.viewmodel import ViewModel

_HOLD = "face"


class Stage(StrEnum):
    ASK = "ask"
    LOOK = "look"
    KEPT = "kept"  # it is here, since now or from before
    FAILED = "failed"
    GONE = "gone"


class FaceModel(ViewModel):
    """`stage` is one of `Stage`, "" before it is known."""

    stage_changed = Signal()
    picture_changed = Signal()
    hint_changed = Signal()

    def __init__(self, ui: UiContext) -> None:
        super().__init__(ui)
        self._person: Person | None = ui.station.session.person
        self._stage: Stage | None = None
        self._hint: FaceHint | None = None
        self._fresh = False
        self._preview = Preview(ui.station, self)
        self._preview.changed.connect(self.picture_changed)
        self.subscribe(FaceHinted, self._on_hint)
        self.subscribe(FaceTaken, self._on_taken)
        self.subscribe(SessionPersonChanged, lambda _event: self.ui.navigator.home())

    def refresh(self) -> None:
        if self._stage is None and self._person is not None:
            self.run(self.ui.station.faces.has, self._person).success(self._begin)
        self.stage_changed.emit()
        self.hint_changed.emit()

    def _begin(self, kept: bool) -> None:
        self.go(Stage.KEPT if kept else Stage.ASK)

    def hidden(self) -> None:
        self._end_looking()

    # -- what the visitor does ----------------------------------------------------------------------------------------

    @Slot()
    def agree(self) -> None:
        """Yes: the sentences that are on the screen are what is agreed to."""
        if self._person is None:
            return
        words = "\n".join(self._terms())
        self._hint = None
        self.ui.station.session.hold(_HOLD)
        self._preview.start()
        self.run(self.ui.station.faces.enrol, self._person, words)
        self.go(Stage.LOOK)

    @Slot()
    def decline(self) -> None:
        """No, or not any more."""
        self._end_looking()
        self.ui.navigator.back()

    @Slot()
    def forget(self) -> None:
        """Delete it now."""
        if self._person is not None:
            self.run(self.ui.station.faces.forget, self._person).success(lambda _was: self.go(Stage.GONE))

    # -- what happened ------------------------------------------------------------------------------------------------

    def _on_hint(self, event: FaceHinted) -> None:
        if self._stage is Stage.LOOK and event.hint is not self._hint:
            self._hint = event.hint
            self.hint_changed.emit()
            if self.ui.station.speech.available():
                self.ui.say(face_hint(event.hint), SpeechPriority.HINT)

    def _on_taken(self, event: FaceTaken) -> None:
        if self._stage is Stage.LOOK:
            self._fresh = event.ok
            self._end_looking()
            self.go(Stage.KEPT if event.ok else Stage.FAILED)

    def _end_looking(self) -> None:
        if self._stage is Stage.LOOK:
            self.ui.station.faces.give_up()
        self._preview.stop()
        self.ui.station.session.release(_HOLD)

    def go(self, stage: Stage) -> None:
        self._stage = stage
        self.stage_changed.emit()
        self.hint_changed.emit()

    def _terms(self) -> list[str]:
        return consent_words(self.ui.station.config.faces.idle_days)

    def _picture(self) -> str:
        return f"image://{PROVIDER}/{self._preview.number}" if self._preview.number else ""

    stage = Property(str, lambda self: str(self._stage or ""), notify=stage_changed)
    fresh = Property(bool, lambda self: self._fresh, notify=stage_changed)
    picture = Property(str, _picture, notify=picture_changed)
    aspect = Property(float, lambda self: self._preview.aspect, notify=picture_changed)
    corners = Property(str, lambda self: "", notify=picture_changed)
    hint = Property(str, lambda self: face_hint(self._hint), notify=hint_changed)
    terms = Property("QStringList", _terms, notify=stage_changed)
