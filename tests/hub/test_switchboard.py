"""The switchboard by hand and by chance: who is told what, and that nothing is left hanging."""

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hub.switchboard import RESUME_GRACE, STAFF_GRACE, STATION_GRACE_RINGING, STATION_GRACE_TALKING, Member, Switchboard
from kiosk.protocol.intercom import (
    Answered,
    CallEnd,
    CallText,
    DeskPresence,
    EndReason,
    IceServer,
    MediaState,
    Ring,
    Ringing,
    Signal,
)
from kiosk.protocol.link import LinkMessage

IDS = [f"01a2108b-1c11-7757-a23c-a2a668e46f{n:02d}" for n in range(12)]
A, B, C = IDS[:3]


class Board:
    """A switchboard whose messages are kept, on a hand-driven clock."""

    def __init__(self) -> None:
        self.time = 0.0
        self.out: list[tuple[str, LinkMessage]] = []
        self.said: list[tuple[str, dict[str, Any]]] = []
        self.board = Switchboard(
            to_station=lambda s, m: self.out.append((s, m)),
            to_staff=lambda s, m: self.said.append((s, m)),
            ice=lambda call: (IceServer(urls=[f"turn:{call[-2:]}"]),),
            now=lambda: self.time,
        )

    def staff(self, name: str, account: str = "") -> None:
        self.board.staff_came(Member(name, account or name, name.upper()))

    def ring(self, station: str, call: str, topic: str = "help", **more: Any) -> None:
        self.board.station_said(station, Ring(call=call, topic=topic, **more))

    def heard(self, station: str, kind: type[LinkMessage]) -> list[Any]:
        return [m for s, m in self.out if s == station and isinstance(m, kind)]

    def told(self, member: str, kind: str) -> list[dict[str, Any]]:
        return [m for s, m in self.said if s == member and m["type"] == kind]

    def wait(self, seconds: float) -> None:
        self.time += seconds
        self.board.tick()


@pytest.fixture
def at() -> Board:
    made = Board()
    made.staff("wang")
    made.staff("li")
    for station in ("s1", "s2", "s3"):
        made.board.station_came(station, "")
    return made


def test_everybody_is_rung_and_the_first_answer_wins(at: Board) -> None:
    at.ring("s1", A)
    assert at.heard("s1", Ringing)[-1] == Ringing(call=A, staff=2, free=2, position=1)
    assert [at.told(m, "calls")[-1]["calls"][0]["rings"] for m in ("wang", "li")] == [True, True]
    at.board.answer("li", A)
    at.board.answer("wang", A)
    assert at.heard("s1", Answered) == [Answered(call=A, by="LI", ice=(IceServer(urls=["turn:00"]),))]
    assert at.told("li", "accepted") == [
        {"type": "accepted", "call": A, "station": "s1", "topic": "help", "ice": [{"urls": ["turn:00"]}]}
    ]
    assert at.told("wang", "lost") == [{"type": "lost", "call": A, "by": "LI"}]
    assert at.told("wang", "calls")[-1]["calls"][0]["ringing"] is False


def test_an_empty_desk_and_a_busy_one_are_told_apart(at: Board) -> None:
    at.board.staff_gone("li")
    at.ring("s1", A)
    at.board.answer("wang", A)
    at.ring("s2", B)
    assert at.heard("s2", Ringing)[-1] == Ringing(call=B, staff=1, free=0, position=1)
    at.board.staff_gone("wang")
    assert at.heard("s2", Ringing)[-1] == Ringing(call=B, staff=0, free=0, position=1)


def test_a_waiting_station_moves_up_and_hears_when_somebody_is_free(at: Board) -> None:
    for station, call in (("s1", A), ("s2", B), ("s3", C)):
        at.ring(station, call)
    assert at.heard("s3", Ringing)[-1].position == 3
    at.board.answer("wang", A)
    at.board.answer("li", B)
    assert at.heard("s3", Ringing)[-1] == Ringing(call=C, staff=2, free=0, position=1)
    at.board.staff_hangs_up("wang", A)
    assert at.heard("s1", CallEnd) == [CallEnd(call=A, reason=EndReason.STAFF_HUNG_UP)]
    assert at.heard("s3", Ringing)[-1].free == 1


def test_nobody_answers_two_calls(at: Board) -> None:
    at.ring("s1", A)
    at.ring("s2", B)
    at.board.answer("wang", A)
    at.staff("wang2", account="wang")
    at.board.answer("wang2", B)
    assert at.heard("s2", Answered) == []
    assert at.told("wang2", "lost")
    assert not at.told("wang2", "calls")[-1]["calls"][0]["rings"]


def test_alarms_come_first_and_to_everybody(at: Board) -> None:
    at.board.serve("wang", ["legal"])
    at.ring("s1", A)
    at.time += 5
    at.ring("s2", B, "alarm")
    rows = at.told("wang", "calls")[-1]["calls"]
    assert [(row["call"], row["rings"], row["alarm"]) for row in rows] == [(B, True, True), (A, False, False)]
    assert at.heard("s1", Ringing)[-1].staff == 1


def test_signals_text_and_media_pass_between_the_two_and_nobody_else(at: Board) -> None:
    at.ring("s1", A)
    at.board.answer("wang", A)
    at.board.staff_signal("wang", A, {"x": 1})
    at.board.staff_text("wang", A, " 您好 ")
    at.board.staff_signal("li", A, {"evil": 1})
    at.board.staff_text("li", A, "evil")
    at.board.station_said("s1", Signal(call=A, data={"y": 2}))
    at.board.station_said("s2", Signal(call=A, data={"evil": 2}))
    at.board.station_said("s2", CallEnd(call=A, reason=EndReason.HUNG_UP))
    at.board.station_said("s1", MediaState(call=A, connected=True, camera=False))
    assert at.heard("s1", Signal) == [Signal(call=A, data={"x": 1})]
    assert at.heard("s1", CallText) == [CallText(call=A, text="您好")]
    assert at.told("wang", "signal") == [{"type": "signal", "call": A, "data": {"y": 2}}]
    media = at.told("wang", "calls")[-1]["calls"][0]["media"]
    assert media == {"connected": True, "camera": False, "microphone": True}


def test_a_window_that_is_reloaded_keeps_its_call_and_one_that_stays_away_does_not(at: Board) -> None:
    at.ring("s1", A)
    at.board.answer("wang", A)
    at.board.staff_gone("wang")
    at.wait(STAFF_GRACE - 1)
    at.staff("wang-again", account="wang")
    at.board.members["wang-again"].name = "WANG"
    at.board.resume("wang-again", A)
    at.wait(60)
    assert [m.present for m in at.heard("s1", DeskPresence)] == [False, True]
    assert at.told("wang-again", "accepted")
    at.board.staff_gone("wang-again")
    at.wait(STAFF_GRACE)
    assert at.heard("s1", CallEnd) == [CallEnd(call=A, reason=EndReason.STAFF_LEFT)]


def test_nobody_takes_up_the_call_of_another(at: Board) -> None:
    at.ring("s1", A)
    at.board.answer("wang", A)
    at.board.staff_gone("wang")
    at.board.resume("li", A)
    assert at.told("li", "ended")
    assert not at.told("li", "accepted")


def test_a_station_that_is_away_is_given_time(at: Board) -> None:
    at.ring("s1", A)
    at.board.station_gone("s1")
    at.wait(STATION_GRACE_RINGING - 1)
    at.board.station_came("s1", A)
    at.ring("s1", A)
    at.board.answer("wang", A)
    at.board.station_gone("s1")
    at.wait(STATION_GRACE_TALKING)
    assert at.told("wang", "ended") == [{"type": "ended", "call": A, "reason": "lost_network"}]


def test_a_station_that_missed_the_answer_hears_it_when_it_rings_again(at: Board) -> None:
    at.ring("s1", A)
    at.board.answer("wang", A)
    at.ring("s1", A)
    assert len(at.heard("s1", Answered)) == 2


def test_a_station_that_missed_the_end_hears_it_when_it_comes_back(at: Board) -> None:
    at.ring("s1", A)
    at.board.answer("wang", A)
    at.board.station_gone("s1")
    at.board.staff_hangs_up("wang", A)
    at.out.clear()
    at.board.station_came("s1", A)
    at.ring("s1", A, answered=True)
    assert at.heard("s1", CallEnd) == [CallEnd(call=A, reason=EndReason.STAFF_HUNG_UP)]


def test_a_station_that_ended_its_call_while_away_ends_it_here(at: Board) -> None:
    at.ring("s1", A)
    at.board.answer("wang", A)
    at.board.station_came("s1", "")
    assert at.told("wang", "ended")
    assert not at.board.calls


def test_after_a_restart_of_the_hub_both_ends_find_each_other() -> None:
    at = Board()
    at.staff("wang")
    at.board.resume("wang", A)  # before the station: not known yet
    at.ring("s1", A, answered=True, by="WANG")
    assert at.told("wang", "accepted")
    at.board.resume("wang", B)
    at.wait(RESUME_GRACE)
    assert at.told("wang", "ended") == [{"type": "ended", "call": B, "reason": "lost_network"}]
    at = Board()
    at.board.station_came("s1", A)
    at.ring("s1", A, answered=True, by="WANG")
    at.staff("wang")
    at.board.resume("wang", A)
    assert at.told("wang", "accepted")
    at.wait(STAFF_GRACE * 2)
    assert at.board.calls


def test_an_id_of_another_station_is_refused(at: Board) -> None:
    at.ring("s1", A)
    at.ring("s2", A)
    assert at.heard("s2", CallEnd) == [CallEnd(call=A, reason=EndReason.REFUSED)]
    assert at.board.calls[A].station == "s1"


class Chance(RuleBasedStateMachine):
    """Stations, consoles and time do what they like."""

    @initialize()
    def begin(self) -> None:
        self.at = Board()
        self.used = 0

    @rule(name=st.sampled_from("abcd"), account=st.sampled_from("xy"))
    def staff_comes(self, name: str, account: str) -> None:
        if name not in self.at.board.members:
            self.at.staff(name, account)
            self.at.board.members[name].name = account

    @rule(name=st.sampled_from("abcd"))
    def staff_goes(self, name: str) -> None:
        self.at.board.staff_gone(name)

    @rule(name=st.sampled_from("abcd"), topics=st.sampled_from([None, [], ["help"]]))
    def staff_serves(self, name: str, topics: list[str] | None) -> None:
        self.at.board.serve(name, topics)

    @rule(station=st.sampled_from(["s1", "s2", "s3"]), topic=st.sampled_from(["help", "alarm"]))
    @precondition(lambda self: self.used < len(IDS))
    def ring_new(self, station: str, topic: str) -> None:
        self.at.ring(station, IDS[self.used], topic)
        self.used += 1

    @rule(station=st.sampled_from(["s1", "s2", "s3"]), call=st.sampled_from(IDS), answered=st.booleans())
    def ring_again(self, station: str, call: str, answered: bool) -> None:
        if call in IDS[: self.used]:
            self.at.ring(station, call, answered=answered)

    @rule(station=st.sampled_from(["s1", "s2", "s3"]), call=st.sampled_from(["", *IDS]))
    def station_comes(self, station: str, call: str) -> None:
        self.at.board.station_came(station, call)

    @rule(station=st.sampled_from(["s1", "s2", "s3"]))
    def station_goes(self, station: str) -> None:
        self.at.board.station_gone(station)

    @rule(name=st.sampled_from("abcd"), call=st.sampled_from(IDS), what=st.sampled_from(["answer", "resume", "end"]))
    def staff_acts(self, name: str, call: str, what: str) -> None:
        board = self.at.board
        {"answer": board.answer, "resume": board.resume, "end": board.staff_hangs_up}[what](name, call)

    @rule(station=st.sampled_from(["s1", "s2", "s3"]), call=st.sampled_from(IDS))
    def station_ends(self, station: str, call: str) -> None:
        self.at.board.station_said(station, CallEnd(call=call, reason=EndReason.HUNG_UP))

    @rule(seconds=st.sampled_from([1.0, 10.0, 200.0]))
    def time_passes(self, seconds: float) -> None:
        self.at.wait(seconds)

    @invariant()
    def one_call_each(self) -> None:
        calls = list(self.at.board.calls.values())
        for who in ("station", "member", "account"):
            taken = [value for call in calls if (value := getattr(call, who))]
            assert len(taken) == len(set(taken)), who

    @invariant()
    def nobody_is_in_a_call_who_is_not_there(self) -> None:
        for call in self.at.board.calls.values():
            assert not call.member or call.member in self.at.board.members
            assert call.ringing or call.member or call.staff_away is not None

    def teardown(self) -> None:
        at = getattr(self, "at", None)
        if at is None:
            return
        for station in ("s1", "s2", "s3"):
            at.board.station_gone(station)
        at.wait(STATION_GRACE_TALKING)
        assert not at.board.calls  # when everybody is gone, no call is left


TestChance = Chance.TestCase
TestChance.settings = settings(max_examples=120, stateful_step_count=40)
