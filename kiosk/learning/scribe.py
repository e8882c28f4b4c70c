"""Writes what happens in a sitting, each verb in its place (`kiosk.learning.order`), each group in one transaction."""

from collections.abc import Iterable

from kiosk.clock import Clock
from kiosk.learning.order import Order, Verb
from kiosk.learning.rows import Marked
from kiosk.learning.sitting import LiveSitting, Pace
from kiosk.learning.watching import Extent, percent
from kiosk.protocol import learning as wire
from kiosk.protocol.course import Manifest
from kiosk.protocol.ids import uuid7
from kiosk.protocol.journal import JournalBody
from kiosk.storage import Store
from kiosk.storage.learning import Registration


class Scribe:
    """On the desk thread."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def begin(
        self, manifest: Manifest, known: Registration | None, person: str, session: str, extents: dict[str, Extent]
    ) -> LiveSitting:
        """Launched and initialized; also completed where there is nothing to be watched."""
        now = self._clock.now()
        completed, passed = (known.completed, known.passed) if known else (False, False)
        review = passed if manifest.quiz else completed
        live = LiveSitting(
            launch=uuid7(now),
            registration=known.id if known else uuid7(now),
            session=session,
            person=person,
            manifest=manifest,
            order=Order(completed=completed, passed=passed, review=review),
            pace=Pace(self._clock),
            began=self._clock.monotonic(),
            extents=extents,
        )
        launched = wire.LearningLaunched(
            registration=live.registration,
            launch=live.launch,
            session=session,
            person=person,
            course=manifest.course,
            version=manifest.version,
            title=manifest.title,
            mode="review" if review else "normal",
            mastery_score=manifest.quiz.pass_mark if manifest.quiz else None,
        )
        with self._store.transaction():
            self._write(live, Verb.LAUNCHED, launched)
            self._write(
                live,
                Verb.INITIALIZED,
                wire.LearningInitialized(registration=live.registration, launch=live.launch),
            )
            self._complete(live)
        return live

    def progress(self, live: LiveSitting, at_once: bool) -> bool:
        """Write how far the films were watched if it is time for that. True when the course was completed by it."""
        finishes = live.watched and live.order.may(Verb.COMPLETED)
        if not finishes and not (live.unwritten and live.pace.due(at_once)):
            return False
        with self._store.transaction():
            self._progress(live)
            self._complete(live)
        live.pace.note()
        return finishes

    def judge(
        self, live: LiveSitting, step: str, seed: int, marked: Iterable[Marked], score: float, passed: bool
    ) -> None:
        verb = Verb.PASSED if passed else Verb.FAILED
        body = (wire.LearningPassed if passed else wire.LearningFailed)(
            registration=live.registration,
            launch=live.launch,
            step=step,
            score=score,
            seed=seed,
            answers=[wire.Answer(question=one.question.id, chosen=sorted(one.chosen)) for one in marked],
            seconds=self._since(live.asked),
        )
        self._write(live, verb, body)

    def end(self, live: LiveSitting) -> None:
        """What was not written yet, and terminated."""
        seconds = self._since(live.began)
        with self._store.transaction():
            self._progress(live)
            self._write(
                live,
                Verb.TERMINATED,
                wire.LearningTerminated(registration=live.registration, launch=live.launch, seconds=seconds),
            )

    def _progress(self, live: LiveSitting) -> None:
        for step in sorted(live.unwritten):
            if not live.order.may(Verb.PROGRESSED):
                break
            extent = live.extents[step]
            body = wire.LearningProgressed(
                registration=live.registration,
                launch=live.launch,
                step=step,
                position_ms=extent.position,
                reached_ms=extent.reached,
                length_ms=extent.length,
                percent=percent(list(live.extents.values())),
            )
            self._write(live, Verb.PROGRESSED, body)
        live.unwritten.clear()

    def _complete(self, live: LiveSitting) -> None:
        if live.watched and live.order.may(Verb.COMPLETED):
            seconds = self._since(live.began)
            self._write(
                live,
                Verb.COMPLETED,
                wire.LearningCompleted(registration=live.registration, launch=live.launch, seconds=seconds),
            )

    def _write(self, live: LiveSitting, verb: Verb, body: JournalBody) -> None:
        if not live.order.may(verb):
            raise ValueError(f"{verb} after {sorted(live.order.said)}")
        self._store.append(body)
        live.order.note(verb)

    def _since(self, moment: float) -> float:
        return max(0.0, round(self._clock.monotonic() - moment, 1))
