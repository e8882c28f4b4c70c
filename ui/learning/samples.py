"""The states in which the pages of courses are looked at and checked, over the demo courses."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kiosk.clock import ManualClock
from kiosk.learning import CourseDetail, CourseRow, CourseState, QuizResult, StickResult
from kiosk.protocol.text import LocalText
from kiosk.session import Person
from ui.pages import Sample

if TYPE_CHECKING:
    from kiosk.app import Station

COURSE, WITH_SLIDES = "ev-charging", "heat"
MEMBER = Person(ref="5a" * 10, tier="member")
_SECOND = 1000
_OFFICE = CourseRow(
    id="office",
    title=LocalText(zh_CN="手机办公入门", en="Office work on a phone"),
    summary=LocalText(zh_CN="写通知、填表格、拍文件。", en="Notices, forms and photographs of documents."),
    icon="mdi6.cellphone-text",
    minutes=8,
    version=1,
    state=CourseState.WAITING,
)
_STICK = (
    StickResult("office.course.zip", _OFFICE.title),
    StickResult("heat.course.zip", LocalText(zh_CN="高温防暑", en="Working in the heat"), already=True),
    StickResult("unknown.course.zip", None, "pack.untrusted"),
    StickResult("cut.course.zip", None, "pack.damaged"),
)


def of(page: str) -> tuple[Sample, ...]:
    """The samples of one page of this feature."""
    here = {"course": COURSE}
    samples: dict[str, tuple[Sample, ...]] = {
        "list": (
            Sample("normal", ready=lambda m: m.courses.count > 0),
            Sample("mixed", prepare=_mixed, ready=lambda m: m.courses.count == 3),
            Sample("empty", prepare=lambda m: m.show_courses(()), ready=lambda m: m.loaded),
            Sample("stick", prepare=lambda m: m.show_stick(_STICK), ready=lambda m: m.stick.count == 4),
        ),
        "course": (
            Sample("new", here, ready=lambda m: m.action == "play"),
            Sample("resumed", here, prepare=_half_way, ready=lambda m: m.action == "resume"),
            Sample("quiz", here, prepare=_watched, ready=lambda m: m.action == "quiz"),
            Sample("passed", here, prepare=_passed, ready=lambda m: m.certified),
            Sample("waiting", here, prepare=_waiting, ready=lambda m: m.state == "waiting"),
        ),
        "play": (
            Sample(
                "paused", {**here, "play": False}, prepare=_at_some_words, ready=lambda m: m.words and m.has_picture
            ),
            Sample("finished", {**here, "play": False}, prepare=_to_the_end, ready=lambda m: m.stage == "finished"),
            Sample(
                "broken",
                {**here, "play": False},
                prepare=lambda m: m.broke("a sample"),
                ready=lambda m: m.stage == "failed",
            ),
            Sample("missing", {"course": "none", "play": False}, ready=lambda m: m.problem is not None),
        ),
        "slides": (
            Sample("normal", {"course": WITH_SLIDES, "step": "cards"}, ready=lambda m: m.count == 3),
            Sample(
                "finished",
                {"course": WITH_SLIDES, "step": "cards"},
                prepare=lambda m: m.set_stage("finished"),
                ready=lambda m: m.count == 3,
            ),
        ),
        "quiz": (
            Sample("too-early", here, ready=lambda m: m.problem is not None),
            Sample("asked", here, prepare=_to_the_quiz, ready=lambda m: m.loaded),
            Sample("chosen", here, prepare=_to_several, ready=lambda m: m.several and m.answered),
        ),
        "result": (
            Sample("passed", here, prepare=_marked(right=True, person=MEMBER), ready=lambda m: m.certified),
            Sample("nameless", here, prepare=_marked(right=True), ready=lambda m: m.hasResult),
            Sample("failed", here, prepare=_marked(right=False), ready=lambda m: m.hasResult),
            Sample("used-up", here, prepare=_marked(right=False, times=3), ready=lambda m: m.hasResult),
        ),
    }
    return samples[page]


def _mixed(model: Any) -> None:
    """Every remark a course in the list can have, over three courses."""
    first, second = model.ui.station.desk.call(model.ui.station.learning.courses)[:2]
    begun = replace(first, percent=40, begun=True)
    model.show_courses((begun, replace(second, percent=100, completed=True, passed=True), _OFFICE))


def _half_way(model: Any) -> None:
    station = model.ui.station
    station.desk.call(watch, station, 24_000)
    model.refresh()


def _watched(model: Any) -> None:
    station = model.ui.station
    station.desk.call(watch, station)
    model.refresh()


def _passed(model: Any) -> None:
    station = model.ui.station
    station.session.recognise(MEMBER)
    station.desk.call(_answer, station, True, 1)
    model.refresh()


def _waiting(model: Any) -> None:
    model.show_detail(CourseDetail(_OFFICE, (), 0, None, "", None))


def _at_some_words(model: Any) -> None:
    model.player.go_to(12_000)


def _to_the_end(model: Any) -> None:
    station = model.ui.station
    station.desk.call(watch, station)
    model.open_again()
    model.player.ended.emit()


def _to_the_quiz(model: Any) -> None:
    station = model.ui.station
    station.desk.call(watch, station)
    model.set_problem(None)
    model.ask_again()


def _to_several(model: Any) -> None:
    """On to the question that has several right answers, with two chosen; the order is another each time."""

    done = False

    def choose() -> None:
        nonlocal done
        if done or not model.loaded or not model.options.rows:
            return
        done = True
        while not model.several:
            model.choose(model.options.rows[0].option)
            model.following()
        for row in model.options.rows[:2]:
            model.choose(row.option)

    model.question_changed.connect(choose)
    _to_the_quiz(model)


def _marked(*, right: bool, person: Person | None = None, times: int = 1) -> Callable[[Any], None]:
    def prepare(model: Any) -> None:
        station = model.ui.station
        if person is not None:
            station.session.recognise(person)
        model.set_problem(None)
        model.show_result(station.desk.call(_answer, station, right, times))

    return prepare


def watch(station: "Station", to_ms: int = 10**9) -> None:
    """Sit through the films of the course, a second at a time. On the desk thread, with a clock that can be moved."""
    clock = station.clock
    sitting = station.learning.open(COURSE)
    for film in sitting.films:
        end = min(film.length_ms, to_ms)
        for at in range(film.reached_ms, end, _SECOND):
            if isinstance(clock, ManualClock):
                clock.advance(1)
            station.learning.report(sitting.launch, film.step, at, True, False)
        station.learning.report(sitting.launch, film.step, end, False, True)
    station.learning.close(sitting.launch)


def _answer(station: "Station", right: bool, times: int) -> QuizResult:
    """Hand in the quiz, all right or all open, some times. What is right is read from the pack."""
    watch(station)
    manifest = station.learning.library.offers()[COURSE].manifest
    quiz = manifest.quiz if manifest else None
    assert quiz is not None
    chosen = {question.id: question.right() for question in quiz.questions} if right else {}
    for number in range(times):
        sheet = station.learning.ask(COURSE)
        wrong = {one.id: frozenset({one.options[0].id}) for one in sheet.questions[:2]}
        result = station.learning.hand_in(sheet.launch, chosen if right else wrong)
        if number + 1 == times:
            return result
    raise ValueError("at least once")
