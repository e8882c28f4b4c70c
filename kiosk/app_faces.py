"""Faces at this terminal: only where the operator supplied both models, and there is a camera."""

import logging
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app_room import Roomed
from kiosk.built import built

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.members import Faces
    from kiosk.members.face_watch import FaceWatch

log = logging.getLogger(__name__)


class Faced(Roomed):
    """A station that may know its members by their faces."""

    @built
    def faces(self) -> "Faces":
        from kiosk.members import Faces
        from kiosk.members.faces import FaceBook
        from kiosk.protocol.registration import MemberStanding

        def ended(member: str) -> bool:
            said = self.store.catalogue.get(MemberStanding, member)
            return said is not None and said.ended

        config = self.config.faces
        idle = timedelta(days=config.idle_days)
        faces = Faces(
            FaceBook(self.config.data_dir, self.clock, self.store.append, idle),
            self._face_watch(),
            config.use,
            self.members,
            self.bus,
            self.desk.post,
            self.clock.monotonic,
            ended,
        )
        self.members.ask_with(faces.asks)
        return faces

    def _face_watch(self) -> "FaceWatch | None":
        config = self.config.faces
        if not (config.detector and config.recogniser and self.config.devices.camera):
            return None
        import cv2

        from kiosk.devices import face
        from kiosk.members.face_watch import FaceWatch

        models = self._face_models()
        try:
            detector = face.load_model(Path(config.detector), models[0])
            recogniser = face.load_model(Path(config.recogniser), models[1])
            return FaceWatch(partial(self.camera.lease, "faces"), face.OpenCvFaces(detector, recogniser))
        except (face.ModelUnusable, cv2.error) as error:
            log.warning("faces are not offered: %s", error)
            return None

    def _face_models(self) -> "tuple[Mapping[str, int], Mapping[str, int]]":
        """Which models are taken, by SHA-256."""
        from kiosk.devices import face

        return face.DETECTORS, face.RECOGNISERS
