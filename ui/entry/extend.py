"""What entry brings to the program beside its page: what is said at the doors, and the strip that shows it."""

from typing import TYPE_CHECKING

from ui.entry.strip import DoorStrip

if TYPE_CHECKING:
    from ui.app import Face


def extend(face: "Face") -> None:
    """Called once for each face, before its window is made."""
    strip = DoorStrip(face.context)
    face.strips.append(("entry/DoorStrip.qml", strip))
    face.later(strip.begin)
