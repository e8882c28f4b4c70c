"""Trying the devices of a station one at a time, by somebody who stands there: what to do, and what is wrong.

Each trial runs on a thread of its own and ends by itself. What a part under trial does is not acted upon: a button that
is tried raises no alarm (`Wires.quiet`).
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from kiosk.events import Event, EventBus
from kiosk.protocol.journal import JournalBody
from kiosk.protocol.station import DeviceTried

log = logging.getLogger(__name__)
PATIENCE = 30.0  # seconds for somebody to walk to the door and press the bell
_STEP = 0.05


class Method(StrEnum):
    """What somebody has to do."""

    PRESS = "press"  # press, open, wave: an input has to change
    READ = "read"  # hold a code, lay a card
    SWITCH = "switch"  # it goes on, or off, for a moment
    LOOK = "look"  # nothing: pictures must come and change
    HEAR = "hear"  # listen, and say whether it was heard
    SPEAK = "speak"  # say something
    KNOW = "know"  # nothing: it has to say a value


class Fault(StrEnum):
    """What was wrong."""

    SILENT = "silent"  # nothing came of it: not pressed, not wired, not read
    LOST = "lost"  # its board is not heard
    REFUSED = "refused"  # its board, lock or driver would not
    NO_FEEDBACK = "no_feedback"  # it was switched, and says that it is as before
    FROZEN = "frozen"  # pictures come, and are all the same
    UNHEARD = "unheard"  # whoever is there heard nothing
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Trial:
    """One trial. `passed` None while it runs; `detail` is what was found, in the device's own words."""

    part: str
    method: Method
    passed: bool | None = None
    fault: Fault | None = None
    detail: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class TrialChanged(Event):
    trial: Trial


class TrialFailed(Exception):
    """Raised by a probe."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        self.fault, self.detail = fault, detail
        super().__init__(fault)


class Patience:
    """What a probe waits with: it ends early when somebody cancels, and knows what they answered."""

    def __init__(self, seconds: float = PATIENCE) -> None:
        self.seconds = seconds
        self.answered: bool | None = None
        self._ended = threading.Event()

    def wait(self, ready: Callable[[], object], seconds: float | None = None) -> bool:
        """Whether `ready` became true in time. Raises TrialFailed when it was cancelled."""
        deadline = time.monotonic() + (self.seconds if seconds is None else seconds)
        while not ready():
            if self._ended.is_set():
                raise TrialFailed(Fault.CANCELLED)
            if time.monotonic() >= deadline:
                return False
            self._ended.wait(_STEP)
        return True

    def settle(self, ready: Callable[[], object], seconds: float) -> None:
        """Wait a little for `ready`, cancelled or not."""
        deadline = time.monotonic() + seconds
        while not ready() and time.monotonic() < deadline:
            time.sleep(_STEP)

    def cancel(self) -> None:
        self._ended.set()


Probe = Callable[[Patience], str]  # returns what was found; raises TrialFailed


@dataclass(frozen=True, slots=True)
class Part:
    """Something that can be tried. `about` names what of its kind it is ("front"), for the words on the screen."""

    id: str
    method: Method
    probe: Probe
    about: str = ""


class Trials:
    """`start`, `answer` and `cancel` from any thread; `record` appends to the journal without waiting."""

    def __init__(
        self,
        parts: Mapping[str, Part],
        bus: EventBus,
        record: Callable[[JournalBody], object],
        patience: float = PATIENCE,
    ) -> None:
        self.parts = dict(parts)
        self._bus = bus
        self._record = record
        self._seconds = patience
        self._lock = threading.Lock()
        self._patience: Patience | None = None
        self._thread: threading.Thread | None = None
        self._last: dict[str, Trial] = {}

    @property
    def running(self) -> Trial | None:
        return next((trial for trial in list(self._last.values()) if trial.passed is None), None)

    def results(self) -> dict[str, Trial]:
        """The last trial of each part since the start of the program."""
        return dict(self._last)

    def show(self, trial: Trial) -> None:
        """For pictures of the page."""
        self._last[trial.part] = trial

    def start(self, part: str) -> None:
        """Try a part; one that is being tried is cancelled. Raises KeyError."""
        found = self.parts[part]
        self.cancel()
        with self._lock:
            patience = self._patience = Patience(self._seconds)
            self._thread = threading.Thread(target=self._run, args=(found, patience), name="trial", daemon=True)
            self._thread.start()

    def answer(self, heard: bool) -> None:
        """What somebody said to "did you hear it?"."""
        if self._patience is not None:
            self._patience.answered = heard

    def cancel(self) -> None:
        """End what runs, and wait for that. Harmless when nothing does."""
        with self._lock:
            patience, thread = self._patience, self._thread
            if patience is not None:
                patience.cancel()
            if thread is not None and thread is not threading.current_thread():
                thread.join(10)

    stop = cancel

    def _run(self, part: Part, patience: Patience) -> None:
        began = time.monotonic()
        trial = Trial(part.id, part.method)
        self._tell(trial)
        try:
            trial = replace(trial, passed=True, detail=part.probe(patience)[:200])
        except TrialFailed as failed:
            trial = replace(trial, passed=False, fault=failed.fault, detail=failed.detail[:200])
        except Exception as error:  # a driver of somebody else's hardware may raise anything
            log.exception("the trial of %s failed", part.id)
            trial = replace(trial, passed=False, fault=Fault.REFUSED, detail=f"{type(error).__name__}: {error}"[:200])
        trial = replace(trial, seconds=round(time.monotonic() - began, 2))
        if trial.fault is not Fault.CANCELLED:
            outcome = "passed" if trial.passed else str(trial.fault)
            self._record(DeviceTried(part=part.id[:80], outcome=outcome, detail=trial.detail, seconds=trial.seconds))
        self._tell(trial)

    def _tell(self, trial: Trial) -> None:
        self._last[trial.part] = trial
        self._bus.publish(TrialChanged(trial))
