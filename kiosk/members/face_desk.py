"""Faces as a way to be known: off unless the operator supplied the models; for those who asked, and never the only way.

`confirm`: whoever has a face here and shows a code is asked to look into the camera (1:1). `alone`: a face is enough
(1:N), for a month after its member last showed a code or a card.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from kiosk.devices.face.engine import Template
from kiosk.events import Event, EventBus
from kiosk.members.events import MemberRecognised, MemberRefused
from kiosk.members.face_watch import FaceHint, FaceWatch
from kiosk.members.faces import FaceBook
from kiosk.session import Person

log = logging.getLogger(__name__)
Use = Literal["confirm", "alone"]
DIFFERS = "member.face_differs"


@dataclass(frozen=True, slots=True)
class FaceHinted(Event):
    """No face is taken now; the hint says what would help."""

    hint: FaceHint


@dataclass(frozen=True, slots=True)
class FaceTaken(Event):
    """Enrolment ended: `ok` whether the face is kept now."""

    ok: bool


class Members(Protocol):
    def recognise_face(self, person: Person, at: float) -> None: ...


class Faces:
    """On the desk thread. `watch` None: this terminal has no models, or no camera, and offers nothing."""

    def __init__(
        self,
        book: FaceBook,
        watch: FaceWatch | None,
        use: Use,
        members: Members,
        bus: EventBus,
        later: Callable[..., None],
        monotonic: Callable[[], float],
        ended: Callable[[str], bool],
    ) -> None:
        self.book = book
        self._watch = watch
        self._use = use
        self._members = members
        self._bus = bus
        self._later = later
        self._monotonic = monotonic
        self._ended = ended
        bus.subscribe(MemberRecognised, lambda event: later(self.book.noticed, event.person))

    @property
    def usable(self) -> bool:
        """Whether this terminal offers faces at all. From any thread."""
        return self._watch is not None

    @property
    def alone(self) -> bool:
        return self.usable and self._use == "alone"

    def start(self) -> None:
        self._later(self.book.sweep, self._ended)

    def stop(self) -> None:
        """The station closes."""
        if self._watch is not None:
            self._watch.close()

    def give_up(self) -> None:
        """Whoever was looked at does not want it any more. From any thread."""
        if self._watch is not None:
            self._watch.stop()

    def has(self, person: Person) -> bool:
        return self.book.get(person.ref) is not None

    def enrol(self, person: Person, words: str) -> None:
        """Take the face of whoever is here and agreed to `words`: `FaceHinted` meanwhile, `FaceTaken` at the end."""
        if self._watch is None:
            self._bus.publish(FaceTaken(False))
            return

        def done(template: Template | None) -> None:
            self._later(self._keep, person, template, words)

        self._watch.enrol(done, lambda hint: self._bus.publish(FaceHinted(hint)))

    def forget(self, person: Person) -> bool:
        """Delete a face on the spot."""
        return self.book.delete(person.ref)

    def look(self, on: bool) -> None:
        """A screen wants (or no longer wants) whoever stands here to be known by their face."""
        if self._watch is None:
            return
        if on and self.alone and (known := self.book.matchable()):
            self._watch.find(lambda: known, lambda who: self._later(self._found, who))
        else:
            self._watch.stop()

    def asks(self, person: Person) -> bool:
        """Begin to ask whether whoever shows this member's code is the member. False: nothing is asked."""
        face = self.book.get(person.ref)
        if self._watch is None or self._use != "confirm" or face is None:
            return False
        self._watch.confirm(face.template, lambda same: self._later(self._asked, person, same))
        return True

    def _keep(self, person: Person, template: Template | None, words: str) -> None:
        if template is not None:
            self.book.enrol(person, template, words)
        self._bus.publish(FaceTaken(template is not None))

    def _found(self, member: str) -> None:
        face = self.book.get(member)
        if face is None:
            return
        if self._ended(member):
            self.book.delete(member, "ended")
            return
        self._members.recognise_face(face.person, self._monotonic())

    def _asked(self, person: Person, same: bool) -> None:
        if same:
            self._members.recognise_face(Person(person.ref, person.tier, "code"), self._monotonic())
        else:
            self._bus.publish(MemberRefused(DIFFERS))
