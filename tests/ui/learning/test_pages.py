"""A visit with the finger: the list, a course, its film, the quiz, and what came of it."""

from typing import Any

from ui.learning.samples import COURSE, WITH_SLIDES, watch
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
    stage.face.navigator.open("learning.list")
    quiz: Any = stage.face.navigator.open("learning.quiz", {"course": COURSE})
    stage.until(lambda: quiz.problem is not None, "the refusal")
    assert not quiz.loaded
    stage.tap("知道了")
    page(stage, "learning.list")


def test_a_film_plays_goes_back_and_never_ahead(stage: Stage) -> None:
    """The demonstration's film in the real player, by the rules of the core."""
    stage.begin()
    film: Any = stage.face.navigator.open("learning.play", {"course": COURSE})
    stage.until(lambda: film.has_picture and film.player.at > 1500, "the film")
    assert stage.station.session.seconds_left() == float("inf")  # nobody is sent away while it plays
    film.seek(50_000)
    stage.settle()
    assert film.player.at < 10_000
    stage.tap("退 10 秒")
    assert film.player.at < 1500
    stage.tap("暂停")
    stage.until(lambda: not film.player.is_playing, "a pause")
    stage.settle()
    assert stage.station.session.seconds_left() < 100
    assert film.reached > 0
    stage.face.navigator.back()
    stage.settle()
    kinds = [entry.kind for entry in stage.station.desk.call(stage.station.store.journal.newest, "learning.", 3)]
    assert kinds[0] == "learning.terminated"
    assert "learning.progressed" in kinds


def test_a_film_that_cannot_be_played_says_so_and_is_written_down(stage: Stage) -> None:
    manifest = stage.station.desk.call(stage.station.learning.library.offers)[COURSE]
    assert manifest.folder is not None
    path = manifest.folder / "film.mp4"
    path.write_bytes(bytes(path.stat().st_size))  # the disk gives other bytes than were written
    stage.begin()
    film: Any = stage.face.navigator.open("learning.play", {"course": COURSE})
    stage.until(lambda: film.stage == "failed", "the refusal")
    assert film.problem.code == "learning.media_broken"
    (entry,) = stage.station.desk.call(stage.station.store.journal.newest, "course.media_failed")
    assert entry.body["step"] == "film"
    stage.complaints.clear()  # the decoder says it too


def test_slides_one_by_one_to_the_end(stage: Stage) -> None:
    stage.begin()
    slides: Any = stage.face.navigator.open("learning.slides", {"course": WITH_SLIDES, "step": "cards"})
    stage.until(lambda: slides.stage == "watching", "the pictures")
    while slides.stage == "watching":
        number = slides.number
        slides.following()
        stage.settle()
        assert slides.stage == "finished" or slides.number == number + 1
    assert slides.free
    slides.previous()
    assert slides.number == slides.count
    slides.previous()
    stage.settle()
    assert slides.number == slides.count - 1
    detail = stage.station.desk.call(stage.station.learning.course, WITH_SLIDES)
    assert [step.done for step in detail.steps] == [False, True, False]
