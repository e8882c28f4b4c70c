"""The order of the journal and rebuilding from it, whatever is pressed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.clock import ManualClock
from kiosk.errors import KioskError
from kiosk.learning.order import Order, Verb
from kiosk.session import Person
from kiosk.storage import Store
from tests.kiosk.learning.conftest import PackMaker, Room
from tests.kiosk.learning.helpers import ALICE, BAD, BOB, GOOD

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
