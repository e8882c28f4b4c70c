"""What screens see of a course: frozen, and safe on any thread."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from kiosk.protocol.text import LocalText


class CourseState(StrEnum):
    READY = "ready"
    WAITING = "waiting"  # published, and its media are not here yet


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A course in the list. `percent` is how much of it was watched by whoever is here now."""

    id: str
    title: LocalText
    summary: LocalText | None
    icon: str
    minutes: int
    version: int
    state: CourseState
    has_quiz: bool = False
    percent: int = 0
    begun: bool = False
    completed: bool = False
    passed: bool = False
    certified: bool = False


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step on the course's page: "video", "slides" or "quiz". `done` means watched, or passed.

    A slide counts as `SLIDE_MS` of the length, a quiz has a length of 0.
    """

    id: str
    type: str
    title: LocalText
    length_ms: int
    position_ms: int
    done: bool
    open: bool  # can be begun now


@dataclass(frozen=True, slots=True)
class CourseDetail:
    """A course's page. `next_step` is the id of the step to go on with, "" when there is nothing left."""

    row: CourseRow
    steps: tuple[StepRow, ...]
    duration_ms: int
    pass_mark: float | None
    next_step: str
    score: float | None


@dataclass(frozen=True, slots=True)
class Cue:
    """A caption, from `begin_ms` (inclusive) to `end_ms` (exclusive). `text` may have line breaks."""

    begin_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A slide, and the words that belong to it."""

    path: Path
    text: LocalText


@dataclass(frozen=True, slots=True)
class Film:
    """A step to be watched, ready to be played. `free` means that seeking ahead is allowed. Captions by language.

    With `slides` it is a row of pictures, each `SLIDE_MS` long, and `path` is that of the first.
    """

    step: str
    title: LocalText
    path: Path
    length_ms: int
    position_ms: int
    reached_ms: int
    free: bool
    captions: tuple[tuple[str, tuple[Cue, ...]], ...]
    slides: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Sitting:
    """A sitting that has begun. `review` means that nothing more is judged: the course is done."""

    launch: str
    course: str
    title: LocalText
    review: bool
    completed: bool
    films: tuple[Film, ...]
    has_quiz: bool


@dataclass(frozen=True, slots=True)
class Watching:
    """Where a film is. `go_to` says where the player must go because it was too far ahead, None where all is well."""

    position_ms: int
    reached_ms: int
    length_ms: int
    free: bool
    step_done: bool
    course_completed: bool
    go_to: int | None = None


@dataclass(frozen=True, slots=True)
class SheetOption:
    id: str
    text: LocalText | None  # None for "true" and "false": the screen has words for them


@dataclass(frozen=True, slots=True)
class SheetQuestion:
    id: str
    type: str
    text: LocalText
    options: tuple[SheetOption, ...]


@dataclass(frozen=True, slots=True)
class QuizSheet:
    """A quiz as it is asked, in the order that follows from `seed`."""

    launch: str
    course: str
    title: LocalText
    seed: int
    questions: tuple[SheetQuestion, ...]
    pass_mark: float
    tries_left: int  # this one included


@dataclass(frozen=True, slots=True)
class Marked:
    """One question after it was handed in."""

    question: SheetQuestion
    chosen: frozenset[str]
    right: frozenset[str]
    good: bool
    explanation: LocalText | None


@dataclass(frozen=True, slots=True)
class QuizResult:
    """A quiz after it was handed in. `score` is a share 0..1. `recorded` is False in a review."""

    course: str
    title: LocalText
    score: float
    pass_mark: float
    passed: bool
    recorded: bool
    right: int
    total: int
    marked: tuple[Marked, ...]
    tries_left: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate. `qr` is the text of its code, `address` where it can be looked up ("" without a hub)."""

    number: str
    course: str
    title: LocalText
    issued: datetime
    score: int | None  # per cent
    person: str
    qr: str
    address: str


@dataclass(frozen=True, slots=True)
class StickResult:
    """A pack on a stick. `code` is "" for one that is here now, else that of the error."""

    name: str
    title: LocalText | None
    code: str = ""
    already: bool = False
