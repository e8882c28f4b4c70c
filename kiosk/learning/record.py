"""Taking a course: list, sittings, films, the quiz, the certificate. All calls on the desk thread.

What happens is written with the verbs of cmi5 (`kiosk.learning.order`); what is shown is derived from that. Whoever is
not recognised has a record for the length of the visit; when they are recognised in it, it becomes theirs.
"""

import logging
import secrets
from collections.abc import Callable, Mapping

from kiosk.clock import Clock
from kiosk.errors import NotFound
from kiosk.events import EventBus
from kiosk.identity import Identity
from kiosk.learning import certificates, quiz, read
from kiosk.learning.errors import CourseNotHere, MediaBroken, NoCertificate, QuizLocked, SittingOver, TriesUsedUp
from kiosk.learning.events import CertificateIssued, RecordClaimed
from kiosk.learning.library import Library, Offer
from kiosk.learning.order import Verb
from kiosk.learning.rows import Certificate, CourseDetail, CourseRow, QuizResult, QuizSheet, Sitting, Watching
from kiosk.learning.scribe import Scribe
from kiosk.learning.sitting import LiveSitting
from kiosk.learning.watching import Extent
from kiosk.protocol import learning as wire
from kiosk.protocol.course import QuizStep
from kiosk.session import Session, SessionFinished, SessionPersonChanged
from kiosk.storage import Store
from kiosk.storage.learning import LearningRecords, Registration

log = logging.getLogger(__name__)


class Learning:
    """`later` runs something on the desk thread without waiting; `hub_url` is the hub's address, "" without one."""

    def __init__(
        self,
        store: Store,
        library: Library,
        identity: Identity,
        clock: Clock,
        bus: EventBus,
        session: Session,
        later: Callable[..., None],
        hub_url: str = "",
        seed: Callable[[], int] = lambda: secrets.randbelow(quiz.SEEDS),
    ) -> None:
        self._store = store
        self._records = store.projection(LearningRecords)
        self._scribe = Scribe(store, clock)
        self.library = library
        self._identity = identity
        self._clock = clock
        self._bus = bus
        self._session = session
        self._hub_url = hub_url
        self._seed = seed
        self._live: LiveSitting | None = None
        self._tries: dict[tuple[str, str], int] = {}  # by visit and course
        bus.subscribe(SessionFinished, lambda event: later(self._visit_over, event.session))
        bus.subscribe(SessionPersonChanged, lambda event: later(self._recognised))

    # -- the program's own ----------------------------------------------------------------------------------------

    def abandon_left_open(self) -> int:
        """Write `abandoned` for every sitting that a power cut left open. Returns how many. Once, at the start."""
        left = [launch for launch in self._records.open_launches() if not self._is_live(launch.id)]
        for launch in left:
            seconds = max(0.0, round((launch.last - launch.first).total_seconds(), 1))
            self._store.append(
                wire.LearningAbandoned(registration=launch.registration, launch=launch.id, seconds=seconds)
            )
        return len(left)

    # -- looking --------------------------------------------------------------------------------------------------

    def courses(self) -> tuple[CourseRow, ...]:
        """The list, with how far whoever is here has come."""
        return tuple(read.course_row(offer, *self._progress(offer)) for offer in self.library.offers().values())

    def course(self, course: str) -> CourseDetail:
        """A course's page. Raises NotFound."""
        offer = self._offer(course)
        return read.course_detail(offer, *self._progress(offer))

    # -- a sitting ------------------------------------------------------------------------------------------------

    def open(self, course: str) -> Sitting:
        """Begin a sitting; one that is still open ends. Raises NotFound, CourseNotHere."""
        offer = self._offer(course)
        if offer.manifest is None or offer.folder is None:
            raise CourseNotHere(course=course)
        self._end()
        session = self._session.id or self._session.wake()
        known = self._registration(offer)
        person = self._session.person.ref if self._session.person else ""
        live = self._live = self._scribe.begin(offer.manifest, known, person, session, self._extents(offer, known))
        films = read.films(offer.manifest, offer.folder, live.extents)
        return Sitting(
            launch=live.launch,
            course=course,
            title=offer.title,
            review=live.order.review,
            completed=live.order.completed,
            films=films,
            has_quiz=offer.manifest.quiz is not None,
        )

    def report(self, launch: str, step: str, position_ms: int, playing: bool = True, at_once: bool = False) -> Watching:
        """A film says where it is, about once a second. `at_once` at pause and end. Raises SittingOver, NotFound."""
        live = self._sitting(launch)
        if step not in live.extents:
            raise NotFound(kind="step", id=step)
        go_to = live.report(step, position_ms, self._clock.monotonic(), playing)
        return self._watched(live, step, at_once, go_to)

    def seek(self, launch: str, step: str, target_ms: int) -> Watching:
        """The visitor wants to go elsewhere in a film; `position_ms` of the answer is where they may."""
        live = self._sitting(launch)
        if step not in live.extents:
            raise NotFound(kind="step", id=step)
        live.extents[step] = live.extents[step].sought(target_ms)
        live.reported.pop(step, None)
        live.unwritten.add(step)
        return self._watched(live, step, True, None)

    def media_failed(self, launch: str, step: str, problem: str) -> None:
        """A film cannot be played: write it down once a sitting. Raises MediaBroken, for the screen; SittingOver."""
        live = self._sitting(launch)
        if step not in live.failed:
            live.failed.add(step)
            manifest = live.manifest
            self._store.append(
                wire.CourseMediaFailed(
                    course=manifest.course, version=manifest.version, step=step, problem=problem[:300]
                )
            )
        raise MediaBroken(course=live.manifest.course, step=step)

    def close(self, launch: str) -> None:
        """The visitor leaves the course. Harmless for a sitting that is over."""
        if self._is_live(launch):
            self._end()

    # -- the quiz -------------------------------------------------------------------------------------------------

    def ask(self, course: str) -> QuizSheet:
        """The quiz of a course, shuffled anew; begins a sitting where none is open or the open one was judged.

        Raises NotFound, CourseNotHere, QuizLocked before the films were watched, TriesUsedUp.
        """
        live = self._live
        if live is None or live.manifest.course != course or not self._can_judge(live):
            self.open(course)
            live = self._live
        assert live is not None
        step = live.manifest.quiz
        if step is None:
            raise NotFound(kind="quiz", id=course)
        if not (live.order.completed or live.order.review or live.watched):
            raise QuizLocked(course=course)
        left = self._tries_left(live, step)
        if left <= 0:
            raise TriesUsedUp(course=course, tries=step.tries)
        live.seed, live.asked = self._seed(), self._clock.monotonic()
        return QuizSheet(
            launch=live.launch,
            course=course,
            title=live.manifest.title,
            seed=live.seed,
            questions=quiz.sheet(step, live.seed),
            pass_mark=step.pass_mark,
            tries_left=left,
        )

    def hand_in(self, launch: str, chosen: Mapping[str, frozenset[str]]) -> QuizResult:
        """Mark the quiz that was asked last. Raises SittingOver."""
        live = self._sitting(launch)
        step = live.manifest.quiz
        if step is None or live.seed < 0:
            raise SittingOver(launch=launch)
        seed, live.seed = live.seed, -1
        marked, score = quiz.mark(step, seed, chosen)
        passed = quiz.passes(step, score)
        recorded = self._can_judge(live)
        if recorded:
            self._scribe.judge(live, step.id, seed, marked, score, passed)
            key = (live.session, live.manifest.course)
            self._tries[key] = self._tries.get(key, 0) + 1
            self._certify(live.registration)
        return QuizResult(
            course=live.manifest.course,
            title=live.manifest.title,
            score=score,
            pass_mark=step.pass_mark,
            passed=passed,
            recorded=recorded,
            right=sum(one.good for one in marked),
            total=sum(bool(one.right) for one in marked),
            marked=marked,
            tries_left=self._tries_left(live, step),
        )

    # -- the certificate ------------------------------------------------------------------------------------------

    def certificate(self, course: str) -> Certificate:
        """The certificate of whoever is here, for the newest version they passed. Raises NoCertificate."""
        person = self._session.person
        found = self._records.certificates(person.ref) if person else ()
        for stored in found:
            if stored.course == course:
                return certificates.show(stored, self._verify_address())
        raise NoCertificate(course=course, recognised=person is not None)

    # -- within ---------------------------------------------------------------------------------------------------

    def _offer(self, course: str) -> Offer:
        offer = self.library.offers().get(course)
        if offer is None:
            raise NotFound(kind="course", id=course)
        return offer

    def _registration(self, offer: Offer) -> Registration | None:
        person, session = self._session.person, self._session.id
        if person is not None:
            return self._records.of_person(person.ref, offer.id, offer.version)
        return self._records.of_session(session, offer.id, offer.version) if session else None

    def _progress(self, offer: Offer) -> tuple[Registration | None, dict[str, Extent], bool]:
        known = self._registration(offer)
        if offer.manifest is None:
            return known, {}, False
        certified = known is not None and self._records.certificate_of(known.id) is not None
        live = self._live
        if live is not None and known is not None and live.registration == known.id:
            return known, dict(live.extents), certified
        return known, self._extents(offer, known), certified

    def _extents(self, offer: Offer, known: Registration | None) -> dict[str, Extent]:
        assert offer.manifest is not None
        kept = self._records.steps(known.id) if known else {}
        return read.extents(offer.manifest, kept, done=known is not None and known.completed)

    def _watched(self, live: LiveSitting, step: str, at_once: bool, go_to: int | None) -> Watching:
        if self._scribe.progress(live, at_once):
            self._certify(live.registration)
        extent = live.extents[step]
        return Watching(
            position_ms=extent.position,
            reached_ms=extent.reached,
            length_ms=extent.length,
            free=extent.free,
            step_done=extent.done,
            course_completed=live.order.completed or live.order.review,
            go_to=go_to,
        )

    def _end(self) -> None:
        live, self._live = self._live, None
        if live is not None:
            self._scribe.end(live)

    def _can_judge(self, live: LiveSitting) -> bool:
        return live.order.may(Verb.PASSED)

    def _tries_left(self, live: LiveSitting, step: QuizStep) -> int:
        return step.tries - self._tries.get((live.session, live.manifest.course), 0)

    def _certify(self, registration: str) -> None:
        """Issue the certificate of a registration that has earned it, unless it has one or belongs to nobody."""
        known = self._records.registration(registration)
        if known is None or not known.person or self._records.certificate_of(registration):
            return
        manifest = next(
            (o.manifest for o in self.library.offers().values() if o.id == known.course and o.manifest), None
        )
        if manifest is None or manifest.version != known.version:
            return
        if not (known.completed and (known.passed or manifest.quiz is None)):
            return
        entry = certificates.make(
            self._identity,
            self._clock,
            known,
            manifest.title,
            manifest.quiz is not None,
            self._records.certificate_count(),
        )
        self._store.append(entry)
        self._bus.publish(CertificateIssued(known.course, entry.number))

    def _recognised(self) -> None:
        person, session = self._session.person, self._session.id
        mine = self._records.unclaimed(session) if person and session else ()
        if person is None or not mine:
            return
        if self._live is not None and self._live.registration in {one.id for one in mine}:
            self._end()
        for one in mine:
            self._store.append(wire.LearningClaimed(registration=one.id, person=person.ref))
            known = self._records.of_person(person.ref, one.course, one.version)
            if known is not None:
                self._certify(known.id)
        self._bus.publish(RecordClaimed(tuple(one.course for one in mine)))

    def _visit_over(self, session: str) -> None:
        if self._live is not None and self._live.session == session:
            self._end()
        self._tries = {key: count for key, count in self._tries.items() if key[0] != session}

    def _verify_address(self) -> str:
        settings = self._store.catalogue.only(wire.LearningSettings)
        if settings is not None and settings.verify_url:
            return settings.verify_url
        return f"{self._hub_url}/verify/" if self._hub_url else ""

    def _is_live(self, launch: str) -> bool:
        return self._live is not None and self._live.launch == launch

    def _sitting(self, launch: str) -> LiveSitting:
        if self._live is None or self._live.launch != launch:
            raise SittingOver(launch=launch)
        return self._live
