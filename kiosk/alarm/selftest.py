"""The station tests its alarm by itself, the whole way to the windows of the desk, with nobody disturbed.

Once a day by default, at least every three days by rule (EN 81-28): the hub raises an alarm of its own for a station
whose test has not passed for so long. Without a line nothing can pass; that is written down once a period, not hourly.
"""

import logging
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.clock import Clock
from kiosk.events import EventBus, LinkChanged
from kiosk.protocol.alarm import AlarmSelfTested, AlarmSettings, AlarmTest, AlarmTested, TestCode
from kiosk.protocol.ids import uuid7
from kiosk.protocol.journal import JournalBody
from kiosk.protocol.link import LinkMessage

log = logging.getLogger(__name__)
LOOK_SECONDS = 5.0
ANSWER_SECONDS = 20.0
AGAIN_SECONDS = 3600.0  # after a test that did not pass


@dataclass(frozen=True, slots=True)
class Running:
    """A test that waits for its answer; `began` is monotonic."""

    id: str
    began: float


class SelfTest:
    """`look` and `on_message` from any thread, quick. `last` is when a test ended last and how, (None, "") never."""

    def __init__(
        self,
        clock: Clock,
        bus: EventBus,
        record: Callable[[JournalBody], object],
        send: Callable[[LinkMessage], object],
        online: Callable[[], bool],
        busy: Callable[[], bool],
        settings: Callable[[], AlarmSettings],
        last: Callable[[], tuple[datetime | None, str]],
        watch: Callable[[Callable[[], bool]], object],
        spread: Callable[[], float] = random.random,
    ) -> None:
        self._clock = clock
        self._record = record
        self._send = send
        self._online = online
        self._busy = busy
        self._settings = settings
        self._last = last
        self._watch = watch
        self._spread = spread
        self._lock = threading.Lock()
        self._running: Running | None = None
        self._due = 0.0
        self._stopped = self._missed = False
        bus.subscribe(LinkChanged, self._on_link)

    def start(self) -> None:
        at, code = self._last()
        wait = 0.0
        if at is not None:
            passed = (self._clock.now() - at).total_seconds()
            wait = max(0.0, self._period(code == TestCode.PASSED) - max(0.0, passed))
        self._due = self._clock.monotonic() + wait
        self._watch(self.look)

    def stop(self) -> None:
        self._stopped = True

    def look(self) -> bool:
        """Begin a test that is due, or give one up. Returns whether to come again."""
        if begun := self._begin():
            if self._online():
                self._send(AlarmTest(test=begun.id))
            else:
                self._end(begun, TestCode.NO_ANSWER, 0)
        elif (running := self._running) and self._clock.monotonic() - running.began >= ANSWER_SECONDS:
            self._end(running, TestCode.NO_ANSWER, 0)
        return not self._stopped

    def _begin(self) -> Running | None:
        """The test that is due now, None when none is, one is running, or the alarm has something better to do."""
        now = self._clock.monotonic()
        with self._lock:
            if self._running is not None or now < self._due or self._busy():
                return None
            self._running = Running(uuid7(self._clock.now()), now)
            return self._running

    def now(self) -> None:
        """Somebody at the desk wants to see it pass: the next look begins one."""
        with self._lock:
            self._due = 0.0

    def on_message(self, answer: AlarmTested) -> None:
        running = self._running
        if running is not None and running.id == answer.test:
            self._end(running, TestCode.PASSED if answer.consoles else TestCode.NO_DESK, answer.consoles)

    def _on_link(self, event: LinkChanged) -> None:
        """A test that failed for want of a line need not wait."""
        with self._lock:
            if event.online and self._missed:
                self._due = 0.0

    def _end(self, running: Running, code: TestCode, consoles: int) -> None:
        online = self._online()
        with self._lock:
            if self._running is not running:
                return
            self._running = None
            self._missed = code is TestCode.NO_ANSWER and not online
            self._due = self._clock.monotonic() + self._period(code is TestCode.PASSED or not online)
        seconds = round(self._clock.monotonic() - running.began, 2)
        if code is not TestCode.PASSED:
            log.warning("the alarm's own test ended with %s", code)
        self._record(AlarmSelfTested(test=running.id, code=code, consoles=consoles, seconds=seconds))

    def _period(self, usual: bool) -> float:
        """Seconds until the next one, a little earlier each time: the stations of a city do not do it all at once."""
        hours = timedelta(hours=self._settings().test_hours).total_seconds()
        return (hours if usual else min(AGAIN_SECONDS, hours)) * (1 - 0.1 * self._spread())
