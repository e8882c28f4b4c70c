"""A visit with the finger: the list, a course, its film, the quiz, and what came of it."""

from typing import Any

from ui.learning.samples import COURSE, watch
from ui.stage import Stage


def page(stage: Stage, name: str) -> Any:
    stage.until(lambda: stage.face.navigator.page_name == name and stage.face.page is not None, name)
    stage.settle()
    return stage.face.navigator.model


def go_on(stage: Stage, quiz: Any, number: int) -> None:
    """Press "next" until it counts: a second press that comes too soon after the first is taken for a double tap."""

    def moved() -> bool:
        if stage.face.navigator.page_name == "learning.quiz" and quiz.number == number:
            stage.tap("交卷" if quiz.last else "下一题")
        return bool(stage.face.navigator.page_name != "learning.quiz" or quiz.number != number)

    stage.until(moved, f"what comes after question {number}")


def test_from_the_list_to_the_result(stage: Stage) -> None:
    stage.begin()
    stage.face.navigator.open("learning.list")
    stage.tap("电动车充电安全")
    course = page(stage, "learning.course")
    stage.until(lambda: course.action == "play", "the course")
    stage.tap("开始看")
    film = page(stage, "learning.play")
    stage.until(lambda: film.stage == "watching" and not film.free, "the film, without skipping ahead")
    stage.tap("关字幕")
    assert not film.captionsOn
    stage.face.navigator.back()
    page(stage, "learning.course")

    stage.station.desk.call(watch, stage.station)  # a minute of watching, by a clock that can be moved
    course.refresh()
    stage.until(lambda: course.action == "quiz", "the quiz")
    stage.tap("做小测")
    quiz = page(stage, "learning.quiz")
    stage.until(lambda: quiz.loaded, "the questions")
    for number in range(1, quiz.count + 1):
        assert quiz.number == number
        assert not quiz.answered
        option = quiz.options.rows[0]
        stage.tap({"true": "对", "false": "错"}.get(option.truth, option.words))
        assert quiz.answered
        go_on(stage, quiz, number)
    result = page(stage, "learning.result")
    assert result.hasResult
    assert result.marked.count == result.total == 4


def test_a_quiz_before_the_film_is_refused_in_words(stage: Stage) -> None:
    stage.begin()
    quiz: Any = stage.face.navigator.open("learning.quiz", {"course": COURSE})
    stage.until(lambda: quiz.problem is not None, "the refusal")
    assert not quiz.loaded
    stage.tap("知道了")
    assert quiz.problem is None
