"""The page "show your code": what the camera sees, what to do, who was recognised, or why not."""

from enum import StrEnum

from PySide6.QtCore import Property, QObject, Signal, Slot

from kiosk.devices.ports import DeviceState, ScanHint, SpeechPriority
from kiosk.errors import KioskError
from kiosk.members import CodeFound, CodeHinted, MemberRecognised, MemberRefused
from kiosk.members.errors import MemberCodeRefused
from kiosk.protocol.text import LocalText
from kiosk.session import Person, SessionPersonChanged
from ui.context import UiContext
from ui.lists import RowsModel
from ui.members import demo
from ui.members.pictures import PROVIDER
from ui.members.preview import Preview
from ui.members.words import greeting, hint_words
from ui.ops import Op
from ui.problems import words_for
from ui.viewmodel import ViewModel


class State(StrEnum):
    LOOKING = "looking"
    RECOGNISED = "recognised"
    REFUSED = "refused"
    BLIND = "blind"  # no camera that works, and perhaps no scanner either


def refusal_of(code: str) -> KioskError:
    """The error whose code an event carries."""
    found = next((kind for kind in MemberCodeRefused.__subclasses__() if kind.code == code), MemberCodeRefused)
    return found()


class ShowCodeModel(ViewModel):
    """What the page shows: `state` is one of `State`, `picture` the address of the newest picture."""

    picture_changed = Signal()
    state_changed = Signal()
    hint_changed = Signal()
    person_changed = Signal()

    def __init__(self, ui: UiContext) -> None:
        super().__init__(ui)
        self._person: Person | None = ui.station.session.person
        self._greeting = ""
        self._hint: ScanHint | None = None
        self._hint_words = ""
        self._refused = False
        self._preview = Preview(ui.station, self)
        self._preview.changed.connect(self.picture_changed)
        self._preview.alive_changed.connect(self._on_alive)
        self._codes = RowsModel(demo.DemoCode, self)
        self.subscribe(CodeFound, self._on_found)
        self.subscribe(CodeHinted, self._on_hint)
        self.subscribe(MemberRecognised, self._on_recognised)
        self.subscribe(MemberRefused, self._on_refused)
        self.subscribe(SessionPersonChanged, self._on_person)

    def refresh(self) -> None:
        self._codes.set_rows(demo.demo_codes(self.ui.station))
        self._set_hint(self._hint)
        self._greet(self._person)

    def shown(self) -> None:
        self.ui.station.reader.watch("members.show", True)
        self._look_for_faces(self._person is None)
        self._preview.start()

    def hidden(self) -> None:
        self._preview.stop()
        self.ui.station.reader.watch("members.show", False)
        self._look_for_faces(False)

    def _look_for_faces(self, on: bool) -> None:
        """Whoever asked for it is known by their face while this page is open."""
        faces = self.ui.station.faces
        if faces.alone:
            Op(faces.look, on).start()

    def go_blind(self) -> None:
        """For samples of the page: as if the camera had been pulled out."""
        self._preview.lose()

    # -- what happened ----------------------------------------------------------------------------------------------

    def _on_found(self, event: CodeFound) -> None:
        self._preview.found(event)

    def _on_hint(self, event: CodeHinted) -> None:
        if self._person is None or self._refused:
            self._set_hint(event.hint)
            self._say(self._hint_words, SpeechPriority.HINT)

    def _on_recognised(self, event: MemberRecognised) -> None:
        self._set_refused(None)
        self._greet(event.person, aloud=True)

    def _on_refused(self, event: MemberRefused) -> None:
        error = refusal_of(event.code)
        self._set_refused(error)
        words = words_for(error)
        self._say(words.sentence + words.next_step, SpeechPriority.RESULT)

    def _on_person(self, event: SessionPersonChanged) -> None:
        self._greet(event.person)

    @Slot()
    def _on_alive(self) -> None:
        self._set_hint(self._hint)
        self.state_changed.emit()

    # -- for QML ----------------------------------------------------------------------------------------------------

    @Slot()
    def again(self) -> None:
        """Look for a code once more."""
        self._set_refused(None)
        self._set_hint(None)

    @Slot()
    def dismissProblem(self) -> None:
        self.again()

    @Slot()
    def goOn(self) -> None:
        """Go on, with or without a code."""
        self.ui.navigator.home()

    @Slot()
    def useFace(self) -> None:
        """Be known by one's face, or not any more."""
        self.ui.open("members.face")

    @Slot()
    def register(self) -> None:
        """Get a code here and now."""
        self.ui.open("members.register")

    @Slot()
    def finish(self) -> None:
        """The visitor is done."""
        self.ui.station.session.finish()

    @Slot(str)
    def showDemo(self, name: str) -> None:
        """Hold a code of the demonstration before the simulated camera."""
        self.again()
        demo.show(self.ui.station, name)

    # -- inside -----------------------------------------------------------------------------------------------------

    def _say(self, words: str, priority: SpeechPriority) -> None:
        """Aloud only: a silent machine shows these words on the page already."""
        if self.ui.station.speech.available():
            self.ui.say(words, priority)

    def _set_hint(self, hint: ScanHint | None) -> None:
        self._hint = hint
        words = hint_words(hint, camera=self._sees, scanner=self._has_scanner)
        if words != self._hint_words:
            self._hint_words = words
            self.hint_changed.emit()

    def _greet(self, person: Person | None, aloud: bool = False) -> None:
        """Show who is here. The name of the tier is read on the desk."""
        if person != self._person:
            self._person, self._greeting = person, ""
            self.state_changed.emit()
        if person is None:
            return

        def named(tier: LocalText | None) -> None:
            if person != self._person:
                return
            self._greeting = greeting(self.ui, tier)
            self.person_changed.emit()
            if aloud:
                self._say(self._greeting, SpeechPriority.RESULT)

        self.run(self.ui.station.members.tier_name, person.tier).success(named)

    def _set_refused(self, error: KioskError | None) -> None:
        self._refused = error is not None
        self.set_problem(error, self.again if error else None)
        self.state_changed.emit()

    @property
    def _sees(self) -> bool:
        return bool(self.ui.station.config.devices.camera) and self._preview.alive

    @property
    def _has_scanner(self) -> bool:
        health = self.ui.station.reader.health()
        return any(name.startswith("serial:") and one.state is DeviceState.WELL for name, one in health.items())

    def _state(self) -> str:
        if self._refused:
            return State.REFUSED
        if self._person is not None:
            return State.RECOGNISED
        return State.LOOKING if self._sees else State.BLIND

    def _picture(self) -> str:
        return f"image://{PROVIDER}/{self._preview.number}" if self._preview.number else ""

    def _corners(self) -> str:
        """ "x,y x,y …" in 0..1, mirrored like the picture: who moves left sees it move left."""
        corners = self._preview.corners
        return " ".join(f"{1.0 - x:.4f},{y:.4f}" for x, y in (*corners, *corners[:1]))

    picture = Property(str, _picture, notify=picture_changed)
    corners = Property(str, _corners, notify=picture_changed)
    aspect = Property(float, lambda self: self._preview.aspect, notify=picture_changed)
    state = Property(str, _state, notify=state_changed)
    hinted = Property(bool, lambda self: self._hint is not None, notify=hint_changed)
    hint = Property(str, lambda self: self._hint_words, notify=hint_changed)
    greeting = Property(str, lambda self: self._greeting, notify=person_changed)
    faces = Property(bool, lambda self: self.ui.station.faces.usable, constant=True)
    demoCodes = Property(QObject, lambda self: self._codes, constant=True)
