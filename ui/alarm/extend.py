"""What the alarm brings to the program beside its page: the strip on every page, and a screen that stays open."""

from typing import TYPE_CHECKING

from ui.alarm.strip import AlarmStrip

if TYPE_CHECKING:
    from ui.app import Face


def extend(face: "Face") -> None:
    """Called once for each face, before its window is made."""
    strip = AlarmStrip(face.context)
    face.strips.insert(0, ("alarm/AlarmStrip.qml", strip))

    def begin() -> None:
        strip.lasting.connect(face.shell.keepOpen)
        strip.begin()

    face.later(begin)
