"""Looks for faces through a camera, a few times a second, on a thread of its own, as long as somebody wants that.

Pictures are looked at and dropped; only templates leave this module, and only when somebody asked to be enrolled.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Protocol

import numpy as np

from kiosk.devices.face.engine import Face, Template, normal, similarity
from kiosk.devices.ports import Frame
from kiosk.members.face_rules import CONFIRM, Votes, best, confirms

log = logging.getLogger(__name__)
EVERY_SECONDS = 0.2
ENROL_SECONDS, CONFIRM_SECONDS = 20.0, 8.0
ENOUGH = 5  # pictures of one face for a template
NEAR = 0.15  # of the width of the picture: a smaller face is too far away


class FaceHint(StrEnum):
    """Why no face is taken now."""

    NOBODY = "nobody"
    SEVERAL = "several"
    CLOSER = "closer"
    STEADY = "steady"


class Lease(Protocol):
    """A hold on a camera."""

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def wait(self, after: int, timeout: float) -> Frame | None: ...


class Engine(Protocol):
    """`kiosk.devices.face.OpenCvFaces`."""

    def find(self, frame: Frame) -> list[Face]: ...
    def template(self, frame: Frame, face: Face) -> Template: ...


class FaceWatch:
    """One job at a time; a new one ends the old. Callbacks come on the thread of the job. `lease` makes a new hold."""

    def __init__(self, lease: Callable[[], Lease], engine: Engine) -> None:
        self._lease = lease
        self._engine = engine
        self._looking = threading.Lock()  # the engine belongs to one thread at a time
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def find(self, known: Callable[[], Mapping[str, Template]], found: Callable[[str], object]) -> None:
        """Until `stop`: whoever of those who are known is seen for sure, once."""

        def job(lease: Lease, ended: threading.Event) -> None:
            votes = Votes()
            for template, _hint in self._looks(lease, ended):
                who = votes.add(best(template, known()) if template is not None else "")
                if who:
                    found(who)
                    return

        self._begin(job)

    def confirm(self, mine: Template, done: Callable[[bool], object], seconds: float = CONFIRM_SECONDS) -> None:
        """Whether the one who stands here is who they said: enough pictures of them within some seconds."""

        def job(lease: Lease, ended: threading.Event) -> None:
            votes, deadline = Votes(), time.monotonic() + seconds
            for template, _hint in self._looks(lease, ended):
                if votes.add("same" if template is not None and confirms(template, mine) else ""):
                    done(True)
                    return
                if time.monotonic() >= deadline:
                    break
            if not ended.is_set():
                done(False)

        self._begin(job)

    def enrol(
        self,
        done: Callable[[Template | None], object],
        hint: Callable[[FaceHint], object],
        seconds: float = ENROL_SECONDS,
    ) -> None:
        """A template of the one who stands here, from several pictures that agree; None when there was none in time."""

        def job(lease: Lease, ended: threading.Event) -> None:
            kept: list[Template] = []
            deadline = time.monotonic() + seconds
            for template, why in self._looks(lease, ended):
                if template is None:
                    hint(why or FaceHint.NOBODY)
                elif kept and similarity(template, kept[0]) < CONFIRM:
                    kept = [template]  # somebody else, or a face that moved away
                    hint(FaceHint.STEADY)
                else:
                    kept.append(template)
                if len(kept) >= ENOUGH:
                    done(normal(np.asarray(np.mean(kept, axis=0), np.float32)))
                    return
                if time.monotonic() >= deadline:
                    break
            if not ended.is_set():
                done(None)

        self._begin(job)

    def stop(self) -> None:
        """End what runs, without waiting for it. Harmless when nothing does."""
        with self._lock:
            self._ended.set()

    def close(self) -> None:
        """End what runs, and wait until the camera was given back."""
        self.stop()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(10)

    def _begin(self, job: Callable[[Lease, threading.Event], None]) -> None:
        with self._lock:
            self._ended.set()
            ended = self._ended = threading.Event()
            self._thread = threading.Thread(target=self._run, args=(job, ended), name="faces", daemon=True)
            self._thread.start()

    def _run(self, job: Callable[[Lease, threading.Event], None], ended: threading.Event) -> None:
        lease = self._lease()
        lease.start()
        try:
            job(lease, ended)
        except Exception:  # a model or a driver of somebody else's may raise anything; codes and cards go on
            log.exception("faces are not looked for any more")
        finally:
            lease.stop()

    def _looks(self, lease: Lease, ended: threading.Event) -> Iterator[tuple[Template | None, FaceHint | None]]:
        """One look after the other: a template, or why there is none."""
        number = -1
        while not ended.is_set():
            began = time.monotonic()
            frame = lease.wait(number, 0.5)
            if frame is not None:
                number = frame.index
                with self._looking:
                    seen = self._look(frame)
                if ended.is_set():
                    return
                yield seen
            else:
                yield None, FaceHint.NOBODY
            ended.wait(max(0.0, EVERY_SECONDS - (time.monotonic() - began)))

    def _look(self, frame: Frame) -> tuple[Template | None, FaceHint | None]:
        faces = self._engine.find(frame)
        if not faces:
            return None, FaceHint.NOBODY
        first = faces[0]
        area = first.box[2] * first.box[3]
        if len(faces) > 1 and faces[1].box[2] * faces[1].box[3] > area / 4:
            return None, FaceHint.SEVERAL
        if first.box[2] < NEAR * frame.bgr.shape[1]:
            return None, FaceHint.CLOSER
        return self._engine.template(frame, first), None
