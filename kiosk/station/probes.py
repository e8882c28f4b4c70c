"""How each kind of device is tried. Every probe gives back what it changed."""

from collections.abc import Callable

import numpy as np

from kiosk.devices.camera.shared import CameraLease
from kiosk.devices.io.lock import release_safely
from kiosk.devices.io.wires import Wires
from kiosk.devices.ports import Lock, Microphone, Point
from kiosk.station.trials import Fault, Patience, Probe, TrialFailed

_FEEDBACK_SECONDS, _ON_SECONDS, _RELEASE_SECONDS, _PICTURE_SECONDS, _SPEAK_SECONDS = 3.0, 1.0, 10.0, 5.0, 4.0
_LOUD = 0.02  # of full scale: a voice near the machine is well above, a dead input below


def press(wires: Wires, point: Point) -> Probe:
    """An input must change, and come back."""

    def probe(patience: Patience) -> str:
        before = wires.value(point)
        if before is None:
            raise TrialFailed(Fault.LOST, str(point))
        with wires.quiet(point):
            if not patience.wait(lambda: wires.value(point) not in (before, None)):
                raise TrialFailed(Fault.SILENT, str(point))
            patience.settle(lambda: wires.value(point) == before, _RELEASE_SECONDS)
        return str(point)

    return probe


def switch(wires: Wires, point: Point) -> Probe:
    """An output goes to the other state for a moment, and its board has to say so."""

    def probe(patience: Patience) -> str:
        before = wires.value(point)
        if before is None:
            raise TrialFailed(Fault.LOST, str(point))
        with wires.quiet(point):
            if not wires.switch(point, not before):
                raise TrialFailed(Fault.REFUSED, str(point))
            try:
                if not patience.wait(lambda: wires.value(point) not in (before, None), _FEEDBACK_SECONDS):
                    raise TrialFailed(Fault.NO_FEEDBACK, str(point))
                patience.wait(lambda: False, _ON_SECONDS)
            finally:
                wires.switch(point, bool(before))
                patience.settle(lambda: wires.value(point) == before, _FEEDBACK_SECONDS)
        return str(point)

    return probe


def release(lock: Lock) -> Probe:
    """The bolt is drawn once."""

    def probe(_patience: Patience) -> str:
        report = release_safely(lock)
        if not report.released:
            raise TrialFailed(Fault.REFUSED, report.detail)
        return report.detail

    return probe


def know(wires: Wires, point: Point) -> Probe:
    """A register has a value."""

    def probe(patience: Patience) -> str:
        if not patience.wait(lambda: wires.value(point) is not None, _FEEDBACK_SECONDS):
            raise TrialFailed(Fault.LOST, str(point))
        return f"{point} = {wires.value(point)}"

    return probe


def look(lease: Callable[[], CameraLease]) -> Probe:
    """Pictures come, and are not all the same one."""

    def probe(patience: Patience) -> str:
        camera = lease()
        camera.start()
        try:
            first = camera.wait(-1, _PICTURE_SECONDS)
            if first is None:
                raise TrialFailed(Fault.SILENT, camera.health().detail)

            def changed() -> bool:
                frame = camera.wait(first.index, 0.2)
                return frame is not None and not np.array_equal(frame.bgr, first.bgr)

            if not patience.wait(changed, _PICTURE_SECONDS):
                raise TrialFailed(Fault.FROZEN)
            height, width = first.bgr.shape[:2]
            return f"{width}×{height}"
        finally:
            camera.stop()

    return probe


def hear(say: Callable[[], bool]) -> Probe:
    """Something is said aloud, and somebody has to say that they heard it. `say` is False for a silent machine."""

    def probe(patience: Patience) -> str:
        if not say():
            raise TrialFailed(Fault.REFUSED)
        if not patience.wait(lambda: patience.answered is not None):
            raise TrialFailed(Fault.SILENT)
        if not patience.answered:
            raise TrialFailed(Fault.UNHEARD)
        return ""

    return probe


def speak(microphone: Microphone) -> Probe:
    """A voice is recorded; what was recorded is dropped."""

    def probe(patience: Patience) -> str:
        levels = [0.0]
        try:
            microphone.start(levels.append, lambda: None)
        except OSError as error:
            raise TrialFailed(Fault.REFUSED, str(error)) from error
        try:
            heard = patience.wait(lambda: max(levels) >= _LOUD, _SPEAK_SECONDS)
        finally:
            microphone.stop()
        if not heard:
            raise TrialFailed(Fault.SILENT, f"{max(levels):.3f}")
        return f"{max(levels):.2f}"

    return probe


def read(listen: Callable[[Callable[[], None]], Callable[[], None]]) -> Probe:
    """Something is read: `listen(heard)` begins to listen and returns how to end that."""

    def probe(patience: Patience) -> str:
        seen: list[bool] = []
        end = listen(lambda: seen.append(True))
        try:
            if not patience.wait(lambda: bool(seen)):
                raise TrialFailed(Fault.SILENT)
        finally:
            end()
        return ""

    return probe


def agree(check: Callable[[], tuple[bool, str]]) -> Probe:
    """`check` says by itself whether all is well, and what was found."""

    def probe(_patience: Patience) -> str:
        ok, detail = check()
        if not ok:
            raise TrialFailed(Fault.UNHEARD, detail)
        return detail

    return probe


def keep(folder_check: Callable[[], str]) -> Probe:
    """What is written to the disk is read back; `folder_check` returns what is wrong, "" for nothing."""

    def probe(_patience: Patience) -> str:
        if problem := folder_check():
            raise TrialFailed(Fault.REFUSED, problem)
        return ""

    return probe
