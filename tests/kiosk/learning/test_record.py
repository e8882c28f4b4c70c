"""The record of learning: what is written when, what is resumed, whose it is, and what earns a certificate."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.clock import ManualClock
from kiosk.errors import KioskError, NotFound
from kiosk.learning import CertificateIssued, RecordClaimed
from kiosk.learning.errors import CourseNotHere, MediaBroken, NoCertificate, QuizLocked, SittingOver, TriesUsedUp
from kiosk.learning.order import Order, Verb
from kiosk.protocol.certificate import holder_of, read_certificate
from kiosk.protocol.cose import Instant, KeyRing, TrustedKey, key_id
from kiosk.session import Person
from kiosk.storage import Store
from kiosk.storage.learning import LearningRecords
from tests.kiosk.learning.conftest import LONG_AGO, RIGHT, PackMaker, Room, course_document, publisher_document

ALICE, BOB = Person("aa" * 10), Person("bb" * 10)
GOOD = {question: frozenset(chosen) for question, chosen in RIGHT.items()}
BAD: Mapping[str, frozenset[str]] = {}


def verbs(room: Room) -> list[str]:
    return [kind.removeprefix("learning.") for kind in room.kinds("learning.")]


def pass_it(room: Room, course: str = "safety") -> None:
    sitting = room.learning.open(course)
    room.watch(sitting.launch, 60_000)
    sheet = room.learning.ask(course)
    assert room.learning.hand_in(sheet.launch, GOOD).passed


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


# -- certificates and names ---------------------------------------------------------------------------------------


def test_a_certificate_is_signed_by_the_station_and_has_no_name(offered: Room) -> None:
    room = offered
    room.session.recognise(ALICE)
    pass_it(room)
    certificate = room.learning.certificate("safety")
    assert certificate.number == "LOCAL-20261201-0001"
    assert (certificate.score, certificate.person, certificate.title.get("en")) == (100, ALICE.ref, "Safety")
    assert certificate.qr.startswith("https://hub.example/verify/")
    token = certificate.qr.removeprefix("https://hub.example/verify/")
    assert ALICE.ref not in token
    assert len(certificate.qr) < 420  # a code that a phone reads from a screen
    public = room.learning._identity.public_key
    ring = KeyRing([TrustedKey(key_id(public), public, "WX-0001", LONG_AGO, LONG_AGO + timedelta(days=999))])
    claims, signer = read_certificate(token, ring, Instant(room.clock.now()))
    assert (signer, claims.number, claims.course, claims.score) == ("WX-0001", certificate.number, "safety", 100)
    assert claims.holder == holder_of(certificate.number, ALICE.ref)
    (entry,) = room.bodies("learning.certified")
    assert entry["launch"] == room.bodies("learning.passed")[0]["launch"]
    assert CertificateIssued("safety", certificate.number) in room.events
    pass_again = room.learning.open("safety")
    room.learning.close(pass_again.launch)
    assert len(room.bodies("learning.certified")) == 1


def test_no_certificate_without_a_name_or_without_passing(offered: Room) -> None:
    room = offered
    pass_it(room)
    with pytest.raises(NoCertificate) as refused:
        room.learning.certificate("safety")
    assert refused.value.details["recognised"] is False
    room.session.finish()
    room.session.recognise(BOB)
    with pytest.raises(NoCertificate) as refused:
        room.learning.certificate("safety")
    assert refused.value.details["recognised"] is True


def test_whoever_is_recognised_in_the_same_visit_keeps_what_they_did(offered: Room) -> None:
    room = offered
    pass_it(room)
    room.session.recognise(ALICE)
    assert room.learning.certificate("safety").score == 100
    assert RecordClaimed(("safety",)) in room.events
    assert verbs(room)[-3:] == ["terminated", "claimed", "certified"]
    assert room.learning.courses()[0].passed


def test_what_was_begun_without_a_name_joins_what_was_there_before(offered: Room) -> None:
    room = offered
    room.session.recognise(ALICE)
    room.watch(room.learning.open("safety").launch, 20_000)
    room.session.finish()
    room.session.wake()
    nameless = room.learning.open("safety")
    room.watch(nameless.launch, 40_000)
    room.session.recognise(ALICE)
    (film,) = room.learning.open("safety").films
    assert (film.position_ms, film.reached_ms) == (40_000, 40_000)
    records = room.store.projection(LearningRecords)
    known = records.of_person(ALICE.ref, "safety", 1)
    assert known is not None
    assert known.id == room.bodies("learning.launched")[0]["registration"]
    assert records.unclaimed(room.session.id) == ()


def test_the_next_person_finds_nothing_of_the_one_before(offered: Room) -> None:
    room = offered
    room.session.recognise(ALICE)
    pass_it(room)
    room.session.recognise(BOB)
    (row,) = room.learning.courses()
    assert (row.begun, row.percent, row.passed, row.certified) == (False, 0, False, False)
    with pytest.raises(NoCertificate):
        room.learning.certificate("safety")


# -- order and rebuilding, whatever is pressed --------------------------------------------------------------------

PRESSES = st.lists(
    st.one_of(
        st.tuples(st.just("open"), st.just(0)),
        st.tuples(st.just("close"), st.just(0)),
        st.tuples(st.just("watch"), st.integers(0, 60)),
        st.tuples(st.just("seek"), st.integers(0, 70_000)),
        st.tuples(st.just("quiz"), st.integers(0, 3)),
        st.tuples(st.just("person"), st.integers(0, 2)),
        st.tuples(st.just("finish"), st.just(0)),
        st.tuples(st.just("crash"), st.just(0)),
    ),
    max_size=30,
)


@given(presses=PRESSES)
def test_the_journal_obeys_the_order_of_cmi5_whatever_is_pressed(
    presses: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("press")
    clock = ManualClock()
    store = Store(folder / "station.db", clock)
    maker = PackMaker(folder / "packs")
    maker.folder.mkdir()
    room = Room(folder, store, clock)
    room.offer(maker())
    launch = ""
    try:
        for press, value in presses:
            clock.advance(1)
            try:
                if press == "open":
                    launch = room.learning.open("safety").launch
                elif press == "close":
                    room.learning.close(launch)
                elif press == "watch":
                    at = room.learning.seek(launch, "film", 10**9).position_ms
                    room.watch(launch, min(60_000, at + value * 1000 + 1), from_ms=at)
                elif press == "seek":
                    room.learning.seek(launch, "film", value)
                elif press == "quiz":
                    sheet = room.learning.ask("safety")
                    launch = sheet.launch
                    room.learning.hand_in(launch, GOOD if value == 3 else BAD)
                elif press == "person":
                    room.session.recognise((ALICE, BOB, Person("cc" * 10))[value])
                elif press == "finish":
                    room.session.finish()
                else:
                    room.desk.close()
                    room = Room(folder, store, clock)
                    room.learning.abandon_left_open()
            except KioskError:
                pass
        room.desk.close()
        room = Room(folder, store, clock)
        room.learning.abandon_left_open()
        check_order(room)
        before = store.derived()
        store.rebuild()
        assert store.derived() == before
    finally:
        room.desk.close()
        store.close()


def check_order(room: Room) -> None:
    """Sections 9.3 and 10 of the specification, said a second time and independently of `Order`."""
    launches: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for entry in room.store.journal.all():
        family, _, verb = entry.kind.partition(".")
        if family == "learning" and verb not in ("claimed", "certified"):
            launches.setdefault(entry.body["launch"], []).append((verb, entry.body))
    completed: set[str] = set()
    passed: set[str] = set()
    for said in launches.values():
        words = [verb for verb, _ in said]
        registration = said[0][1]["registration"]
        assert {body["registration"] for _, body in said} == {registration}
        assert words[:2] == ["launched", "initialized"]
        assert words[-1] in ("terminated", "abandoned")
        for verb in ("launched", "initialized", "completed", "passed", "failed", "terminated", "abandoned"):
            assert words.count(verb) <= 1
        assert len({"passed", "failed"} & set(words)) <= 1
        assert len({"terminated", "abandoned"} & set(words)) == 1
        if said[0][1]["mode"] == "review":
            assert set(words) <= {"launched", "initialized", "terminated", "abandoned"}
        if "completed" in words:
            assert registration not in completed
            assert "progressed" not in words[words.index("completed") :]
            completed.add(registration)
        elif registration in completed:
            assert "progressed" not in words
        if "passed" in words:
            assert registration not in passed
            passed.add(registration)
        if "failed" in words:
            assert registration not in passed
        for verb, body in said:
            if verb == "passed":
                assert body["score"] >= said[0][1]["mastery_score"]
            elif verb == "failed":
                assert body["score"] < said[0][1]["mastery_score"]


@given(st.lists(st.sampled_from(list(Verb)), max_size=12), st.booleans(), st.booleans())
def test_an_order_takes_only_what_it_may(verbs: list[Verb], completed: bool, passed: bool) -> None:
    order = Order(completed=completed, passed=passed, review=False)
    taken: list[Verb] = []
    for verb in verbs:
        if order.may(verb):
            order.note(verb)
            taken.append(verb)
        else:
            with pytest.raises(ValueError, match=verb):
                order.note(verb)
    assert taken[:1] in ([], [Verb.LAUNCHED])
    ends = [verb for verb in taken if verb in (Verb.TERMINATED, Verb.ABANDONED)]
    assert ends == [] or ends == [taken[-1]]
    assert not (completed and Verb.COMPLETED in taken)
    assert not (passed and {Verb.PASSED, Verb.FAILED} & set(taken))
