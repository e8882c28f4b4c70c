"""What courses bring to the program beside their pages: the pictures of a film where there is no graphics card."""

from typing import TYPE_CHECKING

from ui.learning.film_pictures import PROVIDER, FilmPictures

if TYPE_CHECKING:
    from ui.app import Face


def extend(face: "Face") -> None:
    """Called once for each face, before its window is made."""
    face.engine.addImageProvider(PROVIDER, FilmPictures())
