"""Courses: a list, a course, a film, a quiz, and what came of it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ui.pages import Args, PageSpec, Sample, Tile

if TYPE_CHECKING:
    from ui.context import UiContext
    from ui.viewmodel import ViewModel


def _list(ui: "UiContext", _args: Args) -> "ViewModel":
    from ui.learning.list_model import ListModel

    return ListModel(ui)


def _course(ui: "UiContext", args: Args) -> "ViewModel":
    from ui.learning.course_model import CourseModel

    return CourseModel(ui, args)


def _play(ui: "UiContext", args: Args) -> "ViewModel":
    from ui.learning.play_model import PlayModel

    return PlayModel(ui, args)


def _slides(ui: "UiContext", args: Args) -> "ViewModel":
    from ui.learning.slides_model import SlidesModel

    return SlidesModel(ui, args)


def _quiz(ui: "UiContext", args: Args) -> "ViewModel":
    from ui.learning.quiz_model import QuizModel

    return QuizModel(ui, args)


def _result(ui: "UiContext", args: Args) -> "ViewModel":
    from ui.learning.result_model import ResultModel

    return ResultModel(ui, args)


def _samples(page: str) -> tuple[Sample, ...]:
    from ui.learning import samples

    return samples.of(page)


PAGES = (
    PageSpec("learning.list", "learning/CourseListPage.qml", _list, lambda: _samples("list"), for_desk=True),
    PageSpec("learning.course", "learning/CoursePage.qml", _course, lambda: _samples("course"), for_desk=True),
    PageSpec("learning.play", "learning/PlayPage.qml", _play, lambda: _samples("play")),
    PageSpec("learning.slides", "learning/SlidesPage.qml", _slides, lambda: _samples("slides")),
    PageSpec("learning.quiz", "learning/QuizPage.qml", _quiz, lambda: _samples("quiz")),
    PageSpec("learning.result", "learning/ResultPage.qml", _result, lambda: _samples("result")),
)

TILES = (
    Tile(
        page="learning.list",
        icon="mdi6.school-outline",
        title=QT_TRANSLATE_NOOP("tiles", "学一点儿"),
        hint=QT_TRANSLATE_NOOP("tiles", "短视频和小测，有证书"),
        order=25,
    ),
)
