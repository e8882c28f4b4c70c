"""What members bring to the program beside their page: the wedge scanner's keys, greetings, the camera's pictures."""

from typing import TYPE_CHECKING

from ui.members.pictures import PROVIDER, CameraPictures
from ui.members.wedge_filter import WedgeFilter

if TYPE_CHECKING:
    from ui.app import Face


def extend(face: "Face") -> None:
    """Called once for each face, before its window is made. All of it ends with the face's relay."""
    face.engine.addImageProvider(PROVIDER, CameraPictures())
    face.window_filters.append(WedgeFilter(face.station.wedge, face.relay))
    face.later(lambda: _greet(face))


def _greet(face: "Face") -> None:
    from ui.members.greeter import install_greeter

    install_greeter(face.context, face.relay)
