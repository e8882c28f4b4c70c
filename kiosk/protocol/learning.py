"""Courses in the catalogue, and the record of learning in the journal.

The record follows cmi5 ("Quartz" edition), section 9.3: a *registration* is one person's way through one version of a
course, a *launch* one sitting of it (cmi5's session; `session` here is the visit at the terminal). Verbs of a launch
come as launched, initialized, any number of progressed, then completed and one of passed or failed, and at the end
terminated, or abandoned when the terminal had to write it afterwards.
"""

from typing import Annotated, ClassVar, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from kiosk.protocol.catalogue import CatalogueBody, DocId, FileRef, Sha256, catalogue_body
from kiosk.protocol.cose import TrustedKey, key_id
from kiosk.protocol.course import PartId
from kiosk.protocol.journal import JournalBody, Uuid, journal_body
from kiosk.protocol.text import LocalText

Pseudonym = Annotated[str, StringConstraints(pattern=r"^$|^([0-9a-f]{2}){8,32}$")]  # hex; "" = not recognised
Share = Annotated[float, Field(ge=0, le=1)]
Seconds = Annotated[float, Field(ge=0)]
CertificateNumber = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9][A-Z0-9-]{3,60}$")]


@catalogue_body("course")
class CourseDocument(CatalogueBody):
    """A course that this hub offers; the id of the document is the course of its pack's manifest.

    `pack` is fetched as a file by its hash. `withdrawn` hides the course, also where its pack came on a stick.
    """

    title: LocalText
    summary: LocalText | None = None
    version: int = Field(ge=1)
    pack: FileRef
    minutes: int = Field(default=1, ge=1, le=600)
    icon: Annotated[str, StringConstraints(pattern=r"^mdi6\.[a-z0-9-]+$")] = "mdi6.school-outline"
    order: int = 100
    withdrawn: bool = False


@catalogue_body("course_publisher")
class CoursePublisherDocument(CatalogueBody):
    """A key (32 bytes, hex) whose packs this station believes, and when it is in use."""

    name: LocalText
    public_key: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    not_before: AwareDatetime
    not_after: AwareDatetime

    def trusted(self, publisher: str) -> TrustedKey:
        public = bytes.fromhex(self.public_key)
        return TrustedKey(key_id(public), public, publisher, self.not_before, self.not_after)


@catalogue_body("learning_settings")
class LearningSettings(CatalogueBody):
    """`verify_url` is where a certificate can be looked up, "" = `/verify/` at the hub this station talks to."""

    verify_url: Annotated[str, StringConstraints(pattern=r"^$|^https?://[!-~]{3,200}/$")] = ""


class Answer(BaseModel):
    """What was chosen in one question; nothing where it was left open."""

    model_config = ConfigDict(frozen=True)

    question: PartId
    chosen: list[PartId]


@journal_body("course.installed")
class CourseInstalled(JournalBody):
    """A pack was verified and unpacked. `source` says which way it came."""

    course: DocId
    version: int
    sha256: Sha256
    title: LocalText
    publisher: str
    source: Literal["hub", "usb", "cli"]


@journal_body("course.refused")
class CourseRefused(JournalBody):
    """A pack was not taken. `problem` is that of `kiosk.protocol.pack`, `where` the place in the pack, for a log."""

    name: str
    problem: str
    where: str = ""
    source: Literal["hub", "usb", "cli"]


@journal_body("course.media_failed")
class CourseMediaFailed(JournalBody):
    """A file of a verified pack could not be played here."""

    course: DocId
    version: int
    step: PartId
    problem: str


class _OfLaunch(JournalBody):
    registration: Uuid
    launch: Uuid


@journal_body("learning.launched")
class LearningLaunched(_OfLaunch):
    """A sitting began. `mode` is "review" once the course is satisfied: then nothing is judged any more."""

    who: ClassVar[str] = "person"

    session: Uuid
    person: Pseudonym = ""
    course: DocId
    version: int
    title: LocalText
    mode: Literal["normal", "review"] = "normal"
    mastery_score: Share | None = None


@journal_body("learning.initialized")
class LearningInitialized(_OfLaunch):
    """The course is on the screen and can be used."""


@journal_body("learning.progressed")
class LearningProgressed(_OfLaunch):
    """How far a step was watched: where the visitor is, the furthest they were without a gap, and its length, in ms.

    `percent` is that of the whole course. Never written after `completed`.
    """

    step: PartId
    position_ms: int = Field(ge=0)
    reached_ms: int = Field(ge=0)
    length_ms: int = Field(ge=1)
    percent: int = Field(ge=0, le=100)


@journal_body("learning.completed")
class LearningCompleted(_OfLaunch):
    """Everything there is to see was seen. Once a registration."""

    seconds: Seconds


class _Judged(_OfLaunch):
    step: PartId
    score: Share
    seed: int = Field(ge=0)
    answers: list[Answer]
    seconds: Seconds


@journal_body("learning.passed")
class LearningPassed(_Judged):
    """The quiz was passed. Once a registration. `seed` gives back the order in which it was asked."""


@journal_body("learning.failed")
class LearningFailed(_Judged):
    """The quiz was handed in and not passed."""


@journal_body("learning.terminated")
class LearningTerminated(_OfLaunch):
    """The sitting ended in order; nothing of it comes after this."""

    seconds: Seconds


@journal_body("learning.abandoned")
class LearningAbandoned(_OfLaunch):
    """The sitting ended with the power. Written at the next start; `seconds` reach to the last sign of life."""

    seconds: Seconds


@journal_body("learning.claimed")
class LearningClaimed(JournalBody):
    """Somebody who had begun without a name was recognised in the same visit: the record is theirs now."""

    who: ClassVar[str] = "person"

    registration: Uuid
    person: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{2}){8,32}$")]


@journal_body("learning.certified")
class LearningCertified(JournalBody):
    """A certificate was issued. `token` is what its QR code says (`kiosk.protocol.certificate`).

    `launch` is the one in which the course was passed, or completed where there is no quiz.
    """

    who: ClassVar[str] = "person"

    number: CertificateNumber
    registration: Uuid
    launch: Uuid
    person: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{2}){8,32}$")]
    course: DocId
    version: int
    title: LocalText
    score: Share | None = None
    issued: AwareDatetime
    token: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{40,1200}$")]
