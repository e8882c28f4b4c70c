"""The states in which the pages of courses are looked at and checked, over the demo courses."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kiosk.clock import ManualClock
from kiosk.learning import QuizResult
from kiosk.session import Person
from ui.pages import Sample

if TYPE_CHECKING:
    from kiosk.app import Station

COURSE = "ev-charging"
_SECOND = 1000


def of(page: str) -> tuple[Sample, ...]:
    """The samples of one page of this feature."""
    here = {"course": COURSE}
    samples: dict[str, tuple[Sample, ...]] = {
        "list": (Sample("normal", ready=lambda m: m.courses.count > 0),),
        "course": (Sample("new", here, ready=lambda m: m.action == "play"),),
        "play": (
            Sample("paused", {**here, "play": False}, ready=lambda m: m.stage == "watching"),
            Sample("missing", {"course": "none", "play": False}, ready=lambda m: m.problem is not None),
        ),
        "quiz": (
            Sample("too-early", here, ready=lambda m: m.problem is not None),
            Sample("asked", here, prepare=_to_the_quiz, ready=lambda m: m.loaded),
        ),
        "result": (
            Sample("passed", here, prepare=_marked(right=True), ready=lambda m: m.certified),
            Sample("failed", here, prepare=_marked(right=False), ready=lambda m: m.hasResult),
        ),
    }
    return samples[page]


def _to_the_quiz(model: Any) -> None:
    station = model.ui.station
    station.desk.call(watch, station)
    model.set_problem(None)
    model.ask_again()


def _marked(*, right: bool) -> Callable[[Any], None]:
    def prepare(model: Any) -> None:
        station = model.ui.station
        if right:
            station.session.recognise(Person(ref="5a" * 10, tier="member"))
        model.set_problem(None)
        model.show_result(station.desk.call(_answer, station, right=right))

    return prepare


def watch(station: "Station") -> None:
    """Sit through every film of the course, a second at a time. On the desk thread, with a clock that can be moved."""
    clock = station.clock
    sitting = station.learning.open(COURSE)
    for film in sitting.films:
        for at in range(film.reached_ms, film.length_ms, _SECOND):
            if isinstance(clock, ManualClock):
                clock.advance(1)
            station.learning.report(sitting.launch, film.step, at, True, False)
        station.learning.report(sitting.launch, film.step, film.length_ms, False, True)


def _answer(station: "Station", *, right: bool) -> QuizResult:
    watch(station)
    sheet = station.learning.ask(COURSE)
    first = {question.id: frozenset({question.options[0].id}) for question in sheet.questions}
    result = station.learning.hand_in(sheet.launch, first)
    if right:
        station.learning.close(sheet.launch)
        sheet = station.learning.ask(COURSE)
        result = station.learning.hand_in(sheet.launch, {one.question.id: one.right for one in result.marked})
    return result
