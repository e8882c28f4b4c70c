"""What is in a course: the manifest of a course pack, with its steps and the questions of its quiz.

Everything here is checked when the manifest is read, so a course that cannot be taken (a quiz with no right answer, a
video that is not in the pack) never reaches a terminal. `kiosk.protocol.pack` says how a manifest travels.
"""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from kiosk.protocol.catalogue import DocId, Sha256
from kiosk.protocol.text import LocalText

FORMAT = "kiosk-pack/1"
MAX_FILES = 500
MAX_FILE_BYTES = 2 << 30
SLIDE_MS = 1000
MAX_DURATION_MS = 6 * 3600 * 1000
# Flat, lower case, one spelling: nothing here can climb out of a folder or collide with a sister on any file system.
FILE_NAME = r"^[a-z0-9][a-z0-9_-]{0,58}(\.[a-z0-9]{1,5}){1,2}$"
FileName = Annotated[str, StringConstraints(pattern=FILE_NAME)]
PartId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,31}$")]
Language = Literal["zh_CN", "en"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class PackedFile(_Part):
    """A file of the pack. They lie in it in the order of the manifest."""

    name: FileName
    size: int = Field(ge=0, le=MAX_FILE_BYTES)
    sha256: Sha256


class Captions(_Part):
    """WebVTT in one language."""

    language: Language
    file: FileName


class VideoStep(_Part):
    """A film (H.264/AAC in MP4). `duration_ms` is measured when the pack is built."""

    type: Literal["video"]
    id: PartId
    title: LocalText
    file: FileName
    duration_ms: int = Field(ge=1000, le=MAX_DURATION_MS)
    captions: list[Captions] = []

    @property
    def length_ms(self) -> int:
        return self.duration_ms

    def files(self) -> Iterator[str]:
        yield self.file
        yield from (captions.file for captions in self.captions)


class Slide(_Part):
    """A picture (PNG or JPEG), and what is read aloud with it."""

    file: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,58}\.(png|jpg)$")]
    text: LocalText


class SlidesStep(_Part):
    """Pictures to be looked through, one after the other. In the record each stands for a second."""

    type: Literal["slides"]
    id: PartId
    title: LocalText
    slides: list[Slide] = Field(min_length=1, max_length=200)

    @property
    def length_ms(self) -> int:
        return SLIDE_MS * len(self.slides)

    def files(self) -> Iterator[str]:
        return (slide.file for slide in self.slides)


class Option(_Part):
    id: PartId
    text: LocalText
    right: bool = False


class Question(_Part):
    """A question. `single` has exactly one right option, `multiple` at least one.

    `true_false` has no options of its own: whether its statement is true is said by `answer`.
    """

    id: PartId
    type: Literal["single", "multiple", "true_false"]
    text: LocalText
    options: list[Option] = []
    answer: bool | None = None
    explanation: LocalText | None = None

    @model_validator(mode="after")
    def _can_be_answered(self) -> "Question":
        if self.type == "true_false":
            if self.answer is None:
                raise ValueError(f"question {self.id} has no right answer: say whether it is true")
            if self.options:
                raise ValueError(f"question {self.id} is true or false and needs no options")
            return self
        if self.answer is not None:
            raise ValueError(f"question {self.id}: `answer` is for true_false only")
        if not 2 <= len(self.options) <= 8:
            raise ValueError(f"question {self.id} needs two to eight options")
        _distinct("option", [option.id for option in self.options])
        right = sum(option.right for option in self.options)
        if right == 0:
            raise ValueError(f"question {self.id} has no right answer")
        if self.type == "single" and right > 1:
            raise ValueError(f"question {self.id} has {right} right answers; is it a multiple one?")
        return self

    def right(self) -> frozenset[str]:
        """The ids of the right options; "true" or "false" for a statement."""
        if self.type == "true_false":
            return frozenset() if self.answer is None else frozenset({"true" if self.answer else "false"})
        return frozenset(option.id for option in self.options if option.right)

    def choices(self) -> tuple[str, ...]:
        """The ids a visitor can choose."""
        return ("true", "false") if self.type == "true_false" else tuple(option.id for option in self.options)


class QuizStep(_Part):
    """A quiz. `pass_mark` is a share of the questions (0..1]; `tries` is how often a visitor may try in one visit."""

    type: Literal["quiz"]
    id: PartId
    title: LocalText
    pass_mark: float = Field(default=0.8, gt=0, le=1)
    tries: int = Field(default=3, ge=1, le=20)
    questions: list[Question] = Field(min_length=1, max_length=100)

    @model_validator(mode="after")
    def _questions_differ(self) -> "QuizStep":
        _distinct("question", [question.id for question in self.questions])
        return self

    def files(self) -> Iterator[str]:
        return iter(())


Step = Annotated[VideoStep | SlidesStep | QuizStep, Field(discriminator="type")]


class Manifest(_Part):
    """One version of one course. A pack of a higher `version` replaces it."""

    format: Literal["kiosk-pack/1"]
    course: DocId
    version: int = Field(ge=1, le=1_000_000)
    issued: AwareDatetime
    title: LocalText
    summary: LocalText | None = None
    steps: list[Step] = Field(min_length=1, max_length=50)
    files: list[PackedFile] = Field(max_length=MAX_FILES)

    @model_validator(mode="after")
    def _fits_together(self) -> "Manifest":
        _distinct("step", [step.id for step in self.steps])
        _distinct("file", [file.name for file in self.files])
        quizzes = [index for index, step in enumerate(self.steps) if step.type == "quiz"]
        if len(quizzes) > 1 or (quizzes and quizzes[0] != len(self.steps) - 1):
            raise ValueError("a course has at most one quiz, and it comes last")
        packed = {file.name for file in self.files}
        used = [name for step in self.steps for name in step.files()]
        if missing := sorted(set(used) - packed):
            raise ValueError(f"{missing[0]} is not in the pack")
        if idle := sorted(packed - set(used)):
            raise ValueError(f"{idle[0]} is in the pack, and no step uses it")
        return self

    @property
    def quiz(self) -> QuizStep | None:
        last = self.steps[-1]
        return last if last.type == "quiz" else None

    @property
    def to_watch(self) -> tuple[VideoStep | SlidesStep, ...]:
        """The steps before the quiz."""
        return tuple(step for step in self.steps if step.type != "quiz")

    @property
    def duration_ms(self) -> int:
        """The length of all videos together."""
        return sum(step.duration_ms for step in self.steps if step.type == "video")


def _distinct(what: str, ids: list[str]) -> None:
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise ValueError(f"{what} {twice[0]} comes twice")
