"""The record of learning: what is written when, what is resumed, whose it is, and what earns a certificate."""

from pathlib import Path

import pytest

from kiosk.clock import ManualClock
from kiosk.errors import NotFound
from kiosk.learning.errors import CourseNotHere, MediaBroken, QuizLocked, SittingOver, TriesUsedUp
from kiosk.storage import Store
from tests.kiosk.learning.conftest import RIGHT, PackMaker, Room, course_document, publisher_document
from tests.kiosk.learning.helpers import ALICE, BAD, BOB, GOOD, pass_it, verbs

# -- one sitting --------------------------------------------------------------------------------------------------


def test_the_whole_way_in_the_words_of_cmi5(offered: Room) -> None:
    room = offered
    room.session.recognise(ALICE)
    sitting = room.learning.open("safety")
    assert (sitting.review, sitting.completed, sitting.has_quiz) == (False, False, True)
    (film,) = sitting.films
    assert (film.step, film.length_ms, film.position_ms, film.free) == ("film", 60_000, 0, False)
    assert film.path.read_bytes() == b"film" * 1000
    assert [(language, cues[0].text) for language, cues in film.captions] == [("zh_CN", "hello")]
    with pytest.raises(QuizLocked):
        room.learning.ask("safety")
    said = room.watch(sitting.launch, 60_000)
    assert (said.step_done, said.course_completed, said.go_to) == (True, True, None)
    sheet = room.learning.ask("safety")
    assert (sheet.launch, sheet.tries_left, len(sheet.questions)) == (sitting.launch, 3, 4)
    room.clock.advance(30)
    result = room.learning.hand_in(sheet.launch, GOOD)
    assert (result.score, result.passed, result.recorded, result.right, result.total) == (1.0, True, True, 4, 4)
    room.learning.close(sitting.launch)
    room.learning.close(sitting.launch)
    assert verbs(room) == [
        "launched",
        "initialized",
        *["progressed"] * 7,
        "completed",
        "passed",
        "certified",
        "terminated",
    ]
    (passed,) = room.bodies("learning.passed")
    assert (passed["seed"], passed["seconds"]) == (sheet.seed, 30.0)
    assert {one["question"]: set(one["chosen"]) for one in passed["answers"]} == RIGHT
    assert room.bodies("learning.launched")[0]["mastery_score"] == 0.75
    assert room.bodies("learning.terminated")[0]["seconds"] == 90.0
    (row,) = room.learning.courses()
    assert (row.percent, row.completed, row.passed, row.certified) == (100, True, True, True)


def test_progress_is_written_about_every_ten_seconds_and_at_once_when_it_matters(offered: Room) -> None:
    room = offered
    sitting = room.learning.open("safety")
    room.watch(sitting.launch, 25_000)
    assert [body["position_ms"] for body in room.bodies("learning.progressed")] == [1000, 11_000, 21_000]
    room.learning.report(sitting.launch, "film", 25_500, playing=False, at_once=True)
    room.learning.seek(sitting.launch, "film", 5000)
    written = room.bodies("learning.progressed")[-2:]
    assert [(body["position_ms"], body["reached_ms"]) for body in written] == [(25_500, 25_500), (5000, 25_500)]
    assert written[-1]["percent"] == 42
    assert len(room.bodies("learning.progressed")) == 5
    room.learning.report(sitting.launch, "film", 5000, playing=False, at_once=True)
    assert len(room.bodies("learning.progressed")) == 5  # nothing new


def test_a_child_that_plays_with_the_buttons_does_not_fill_the_journal(offered: Room) -> None:
    room = offered
    sitting = room.learning.open("safety")
    room.watch(sitting.launch, 20_000)
    before = len(room.bodies("learning.progressed"))
    for number in range(300):
        room.learning.seek(sitting.launch, "film", 1000 + number)
        room.clock.advance(0.1)
    assert len(room.bodies("learning.progressed")) - before <= 12
    room.learning.close(sitting.launch)
    assert room.bodies("learning.progressed")[-1]["position_ms"] == 1299  # the last word is written all the same


def test_nobody_gets_ahead_on_the_first_viewing_and_everybody_afterwards(offered: Room) -> None:
    room = offered
    room.session.recognise(ALICE)
    sitting = room.learning.open("safety")
    room.watch(sitting.launch, 10_000)
    assert room.learning.seek(sitting.launch, "film", 50_000).position_ms == 10_000
    assert room.learning.seek(sitting.launch, "film", 2000).position_ms == 2000
    room.clock.advance(1)
    said = room.learning.report(sitting.launch, "film", 40_000)  # a player that jumped
    assert (said.go_to, said.reached_ms) == (2000, 10_000) or said.go_to == 10_000
    room.clock.advance(1)
    room.watch(sitting.launch, 60_000, from_ms=10_000)
    assert room.learning.seek(sitting.launch, "film", 50_000).position_ms == 50_000


def test_time_that_passes_in_a_pause_is_no_time_watched(offered: Room) -> None:
    room = offered
    sitting = room.learning.open("safety")
    room.watch(sitting.launch, 10_000)
    room.learning.report(sitting.launch, "film", 10_000, playing=False, at_once=True)
    room.clock.advance(600)
    assert room.learning.report(sitting.launch, "film", 50_000).go_to == 10_000


def test_a_new_sitting_ends_the_old_one(offered: Room) -> None:
    room = offered
    first = room.learning.open("safety")
    room.watch(first.launch, 12_000)
    second = room.learning.open("safety")
    assert second.films[0].position_ms == 12_000
    with pytest.raises(SittingOver):
        room.learning.report(first.launch, "film", 13_000)
    with pytest.raises(SittingOver):
        room.learning.seek(first.launch, "film", 0)
    assert verbs(room)[-4:] == ["progressed", "terminated", "launched", "initialized"]


def test_a_broken_film_is_written_down_once(offered: Room) -> None:
    room = offered
    sitting = room.learning.open("safety")
    for _ in range(3):
        with pytest.raises(MediaBroken):
            room.learning.media_failed(sitting.launch, "film", "no video stream")
    (body,) = room.bodies("course.media_failed")
    assert (body["course"], body["step"], body["problem"]) == ("safety", "film", "no video stream")


def test_what_is_not_there(room: Room, make_pack: PackMaker) -> None:
    with pytest.raises(NotFound):
        room.learning.open("safety")
    room.publish(publisher_document(), course_document(make_pack()))
    with pytest.raises(CourseNotHere):
        room.learning.open("safety")
    detail = room.learning.course("safety")
    assert (detail.steps, detail.next_step) == ((), "")
    room.offer(make_pack())
    sitting = room.learning.open("safety")
    with pytest.raises(NotFound):
        room.learning.report(sitting.launch, "nothing", 0)
    with pytest.raises(SittingOver):
        room.learning.hand_in(sitting.launch, GOOD)  # nothing was asked


# -- resuming -----------------------------------------------------------------------------------------------------


def test_a_member_goes_on_where_they_left_off_another_day(offered: Room) -> None:
    room = offered
    room.session.recognise(ALICE)
    sitting = room.learning.open("safety")
    room.watch(sitting.launch, 33_000)
    room.session.finish("idle")
    assert verbs(room)[-2:] == ["progressed", "terminated"]  # the end of a visit ends the sitting
    room.clock.advance(86_400)
    room.session.recognise(BOB)
    assert room.learning.open("safety").films[0].position_ms == 0
    room.session.recognise(ALICE)
    (film,) = room.learning.open("safety").films
    assert (film.position_ms, film.reached_ms) == (33_000, 33_000)
    detail = room.learning.course("safety")
    assert (detail.next_step, detail.row.begun, detail.row.percent) == ("film", True, 55)
    registrations = {body["registration"] for body in room.bodies("learning.launched")}
    assert len(registrations) == 2


def test_without_a_name_the_record_lasts_for_the_visit(offered: Room) -> None:
    room = offered
    sitting = room.learning.open("safety")
    room.watch(sitting.launch, 33_000)
    room.learning.close(sitting.launch)
    assert room.learning.open("safety").films[0].position_ms == 33_000
    room.session.finish()
    room.session.wake()
    assert room.learning.open("safety").films[0].position_ms == 0
    assert room.learning.courses()[0].percent == 0


def test_a_new_version_begins_anew(offered: Room, make_pack: PackMaker) -> None:
    room = offered
    room.session.recognise(ALICE)
    pass_it(room)
    room.offer(make_pack("two.course.zip", version=2), version=2)
    sitting = room.learning.open("safety")
    assert (sitting.review, sitting.films[0].position_ms) == (False, 0)
    assert room.learning.certificate("safety").course == "safety"  # the old one is still theirs


def test_a_sitting_that_the_power_cut_is_abandoned_at_the_next_start(
    offered: Room, store: Store, clock: ManualClock, tmp_path: Path
) -> None:
    room = offered
    room.session.recognise(ALICE)
    sitting = room.learning.open("safety")
    room.watch(sitting.launch, 24_000)
    room.desk.close()
    again = Room(tmp_path, store, clock)  # the same disk, a new program
    clock.advance(3600)
    assert again.learning.abandon_left_open() == 1
    assert again.learning.abandon_left_open() == 0
    assert verbs(again)[-1] == "abandoned"
    (abandoned,) = again.bodies("learning.abandoned")
    assert (abandoned["launch"], abandoned["seconds"]) == (sitting.launch, 21.0)  # up to the last sign of life
    again.session.recognise(ALICE)
    assert again.learning.open("safety").films[0].position_ms == 21_000
    again.desk.close()


# -- the quiz -----------------------------------------------------------------------------------------------------


def test_each_try_is_a_sitting_of_its_own_and_tries_run_out(offered: Room) -> None:
    room = offered
    room.session.recognise(ALICE)
    sitting = room.learning.open("safety")
    room.watch(sitting.launch, 60_000)
    launches = []
    for left in (3, 2, 1):
        sheet = room.learning.ask("safety")
        launches.append(sheet.launch)
        assert sheet.tries_left == left
        result = room.learning.hand_in(sheet.launch, BAD)
        assert (result.passed, result.recorded, result.tries_left) == (False, True, left - 1)
    assert len(set(launches)) == 3
    with pytest.raises(TriesUsedUp):
        room.learning.ask("safety")
    assert verbs(room).count("failed") == 3
    room.session.finish()
    room.session.recognise(ALICE)
    assert room.learning.ask("safety").tries_left == 3  # another visit, and no film to be watched again
    assert room.bodies("learning.launched")[-1]["mode"] == "normal"


def test_a_course_that_is_passed_is_reviewed_without_being_judged(offered: Room) -> None:
    room = offered
    room.session.recognise(ALICE)
    pass_it(room)
    sitting = room.learning.open("safety")
    assert (sitting.review, sitting.films[0].free) == (True, True)
    room.watch(sitting.launch, 20_000)
    sheet = room.learning.ask("safety")
    result = room.learning.hand_in(sheet.launch, BAD)
    assert (result.passed, result.recorded) == (False, False)
    room.learning.close(sheet.launch)
    assert verbs(room)[-3:] == ["launched", "initialized", "terminated"]
    assert room.learning.courses()[0].passed


def test_a_quiz_is_handed_in_once(offered: Room) -> None:
    room = offered
    sitting = room.learning.open("safety")
    room.watch(sitting.launch, 60_000)
    sheet = room.learning.ask("safety")
    room.learning.hand_in(sheet.launch, BAD)
    with pytest.raises(SittingOver):
        room.learning.hand_in(sheet.launch, GOOD)


def test_a_quiz_alone_is_complete_at_once(room: Room, make_pack: PackMaker) -> None:
    from tests.kiosk.learning.conftest import manifest_of

    make_pack.files = {}
    room.offer(make_pack(steps=manifest_of({})["steps"][1:]))
    room.session.recognise(ALICE)
    assert room.learning.course("safety").next_step == "quiz"
    sheet = room.learning.ask("safety")
    assert verbs(room) == ["launched", "initialized", "completed"]
    assert room.learning.hand_in(sheet.launch, GOOD).passed
    assert room.learning.certificate("safety").score == 100


def test_a_film_alone_earns_a_certificate_without_a_score(room: Room, make_pack: PackMaker) -> None:
    from tests.kiosk.learning.conftest import manifest_of

    room.offer(make_pack(steps=manifest_of({})["steps"][:1]))
    room.session.recognise(ALICE)
    sitting = room.learning.open("safety")
    assert not sitting.has_quiz
    room.watch(sitting.launch, 57_000)
    assert room.learning.certificate("safety").score is None
    with pytest.raises(NotFound):
        room.learning.ask("safety")
    assert room.learning.open("safety").review


def test_slides_are_looked_through_one_by_one(room: Room, make_pack: PackMaker) -> None:
    make_pack.files = {f"s{number}.png": b"picture" for number in range(4)}
    slides = [{"file": name, "text": {"zh_CN": f"第 {name} 页"}} for name in make_pack.files]
    step = {"type": "slides", "id": "slides", "title": {"zh_CN": "图片"}, "slides": slides}
    room.offer(make_pack(steps=[step]))
    room.session.recognise(ALICE)
    sitting = room.learning.open("safety")
    (film,) = sitting.films
    assert [picture.path.name for picture in film.slides] == list(make_pack.files)
    assert (film.length_ms, film.path) == (4000, film.slides[0].path)
    assert room.learning.report(sitting.launch, "slides", 4000, playing=False).go_to == 0  # nobody leafs to the end
    for number in range(1, 4):
        said = room.learning.report(sitting.launch, "slides", number * 1000, playing=False, at_once=True)
        assert (said.position_ms, said.step_done) == (number * 1000, False)
    assert room.learning.seek(sitting.launch, "slides", 1000).position_ms == 1000
    assert room.learning.report(sitting.launch, "slides", 4000, playing=False).go_to is not None
    room.learning.seek(sitting.launch, "slides", 3000)
    assert room.learning.report(sitting.launch, "slides", 4000, playing=False, at_once=True).course_completed
    assert room.learning.certificate("safety").score is None
