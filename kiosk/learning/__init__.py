"""Take a course: packs, films, quizzes, a record that survives a power cut, certificates."""

from kiosk.learning.events import CertificateIssued, CoursesChanged, RecordClaimed, StickRead
from kiosk.learning.keeper import Keeper
from kiosk.learning.library import Library
from kiosk.learning.record import Learning
from kiosk.learning.rows import (
    Certificate,
    CourseDetail,
    CourseRow,
    CourseState,
    Cue,
    Film,
    QuizResult,
    QuizSheet,
    Sitting,
    StepRow,
    StickResult,
    Watching,
)

__all__ = [
    "Certificate",
    "CertificateIssued",
    "CourseDetail",
    "CourseRow",
    "CourseState",
    "CoursesChanged",
    "Cue",
    "Film",
    "Keeper",
    "Learning",
    "Library",
    "QuizResult",
    "QuizSheet",
    "RecordClaimed",
    "Sitting",
    "StepRow",
    "StickRead",
    "StickResult",
    "Watching",
]
