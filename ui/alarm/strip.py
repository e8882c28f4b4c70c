"""The alarm over every page, also over a screen nobody uses: what is true of it, and the way to its page."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot

from kiosk.devices.ports import SpeechPriority

if TYPE_CHECKING:
    from kiosk.alarm import Incident, Reached
    from ui.alarm.words import Words
    from ui.context import UiContext

PAGE = "alarm.state"
_URGENT = frozenset({"sending", "undelivered", "unanswered"})


class AlarmStrip(QObject):
    """Follows the alarm. `alive` and `wanted` while there is one, or one has ended and nobody has read that.

    Nothing is loaded before `begin`, which is when something is on the screen and there is time.
    """

    changed = Signal()
    lasting = Signal(bool)

    def __init__(self, ui: "UiContext") -> None:
        super().__init__(ui.navigator)
        self._ui = ui
        self._begun = False
        self._said: object = None
        self.incident: Incident | None = None
        self.reached: Reached | None = None
        self.words: Words | None = None
        ui.navigator.current_changed.connect(self.changed)

    @Slot()
    def begin(self) -> None:
        """Follow the alarm from now on; also one that was raised before the power went."""
        if not self._begun:
            from kiosk.alarm import AlarmChanged

            self._begun = True
            self._ui.settings.language_changed.connect(self.show)  # after the face, which has the translators
            self._ui.relay.subscribe(AlarmChanged, lambda _event: self.follow())
            self.follow()

    @Slot()
    def follow(self) -> None:
        """The alarm is otherwise than before, or time has passed over it."""
        from kiosk.alarm import reached

        alarm = self._ui.station.alarm
        now = alarm.incident
        if now is not None and now.source == "silent":
            now = None  # nothing is seen or heard of it here
        self.incident = now
        self.reached = reached(now, self._ui.station.clock.monotonic(), alarm.settings) if now else None
        self.show()
        self._speak()
        self.lasting.emit(now is not None and alarm.lasts)

    def show_sample(self, incident: "Incident | None", reached_so: "Reached | None") -> None:
        """For pictures: the alarm stands like this."""
        self.incident, self.reached = incident, reached_so
        self.show()

    @Slot()
    def show(self) -> None:
        if self._begun:
            from ui.alarm.words import words_for

            self.words = words_for(self.incident, self.reached)
            self.changed.emit()

    def _speak(self) -> None:
        """Each thing that is new is said once: an alarm in danger over everything, good news not into a talk."""
        what = (self.incident.id, self.incident.presses, self.reached) if self.incident else None
        if what is None or what == self._said or self.words is None:
            return
        self._said = what
        if not self._ui.station.speech.available():
            return  # on a silent machine the strip itself is enough
        priority = SpeechPriority.ALARM if self.reached in _URGENT else SpeechPriority.RESULT
        self._ui.say(f"{self.words.title}\n{self.words.detail}", priority)

    @Slot()
    def open(self) -> None:
        """Show how it stands."""
        if self._ui.navigator.page_name != PAGE:
            self._ui.open(PAGE)

    alive = Property(bool, lambda self: self.incident is not None, notify=changed)
    wanted = Property(
        bool, lambda self: self.incident is not None and self._ui.navigator.page_name != PAGE, notify=changed
    )
    title = Property(str, lambda self: self.words.title if self.words else "", notify=changed)
    detail = Property(str, lambda self: self.words.detail if self.words else "", notify=changed)
    icon = Property(str, lambda self: self.words.icon if self.words else "", notify=changed)
    mood = Property(str, lambda self: self.words.mood if self.words else "", notify=changed)


def strip_of(ui: "UiContext") -> AlarmStrip:
    """The strip of this face."""
    strip = ui.navigator.findChild(AlarmStrip)
    if strip is None:
        raise RuntimeError("this face has no alarm: see ui/alarm/extend.py")
    strip.begin()
    return strip
