"""The switchboard by hand and by chance: who is told what, and that nothing is left hanging."""

import pytest

from hub.switchboard import RESUME_GRACE, STAFF_GRACE, STATION_GRACE_RINGING, STATION_GRACE_TALKING
from kiosk.protocol.intercom import (
    Answered,
    CallEnd,
    CallText,
    DeskPresence,
    EndReason,
    IceServer,
    MediaState,
    Ringing,
    Signal,
)
from kiosk.protocol.intercom_talk import Relays, RelaysWanted
from tests.hub.switchboard_bench import IDS, Board

A, B, C = IDS[:3]


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
    at.does("li", "answer", A)
    at.does("wang", "answer", A)
    ice = IceServer(urls=["turn:x"], username=f"{A}-p1-station")
    assert at.heard("s1", Answered) == [Answered(call=A, by="LI", ice=(ice,), peer="p1")]
    assert at.told("li", "accepted") == [
        {
            "type": "accepted",
            "call": A,
            "station": "s1",
            "topic": "help",
            "ice": [{"urls": ["turn:x"], "username": f"{A}-p1"}],
            "peer": "p1",
            "peers": [],
            "note": "",
        }
    ]
    assert at.told("wang", "lost") == [{"type": "lost", "call": A, "by": "LI"}]
    assert at.told("wang", "calls")[-1]["calls"][0]["ringing"] is False


def test_an_empty_desk_and_a_busy_one_are_told_apart(at: Board) -> None:
    at.board.staff_gone("li")
    at.ring("s1", A)
    at.does("wang", "answer", A)
    at.ring("s2", B)
    assert at.heard("s2", Ringing)[-1] == Ringing(call=B, staff=1, free=0, position=1)
    at.board.staff_gone("wang")
    assert at.heard("s2", Ringing)[-1] == Ringing(call=B, staff=0, free=0, position=1)


def test_a_waiting_station_moves_up_and_hears_when_somebody_is_free(at: Board) -> None:
    for station, call in (("s1", A), ("s2", B), ("s3", C)):
        at.ring(station, call)
    assert at.heard("s3", Ringing)[-1].position == 3
    at.does("wang", "answer", A)
    at.does("li", "answer", B)
    assert at.heard("s3", Ringing)[-1] == Ringing(call=C, staff=2, free=0, position=1)
    at.does("wang", "hang_up", A)
    assert at.heard("s1", CallEnd) == [CallEnd(call=A, reason=EndReason.STAFF_HUNG_UP)]
    assert at.heard("s3", Ringing)[-1].free == 1


def test_nobody_answers_two_calls(at: Board) -> None:
    at.ring("s1", A)
    at.ring("s2", B)
    at.does("wang", "answer", A)
    at.staff("wang2", account="wang")
    at.does("wang2", "answer", B)
    assert at.heard("s2", Answered) == []
    assert at.told("wang2", "error")[-1]["code"] == "calls.busy"
    assert not at.told("wang2", "calls")[-1]["calls"][0]["rings"]


def test_alarms_come_first_and_to_everybody(at: Board) -> None:
    at.does("wang", "serve", topics=["legal"])
    at.ring("s1", A)
    at.time += 5
    at.ring("s2", B, "alarm")
    rows = at.told("wang", "calls")[-1]["calls"]
    assert [(row["call"], row["rings"], row["alarm"]) for row in rows] == [(B, True, True), (A, False, False)]
    assert at.heard("s1", Ringing)[-1].staff == 1


def test_signals_text_and_media_pass_between_the_two_and_nobody_else(at: Board) -> None:
    at.ring("s1", A)
    at.does("wang", "answer", A)
    at.does("wang", "signal", A, data={"x": 1})
    at.does("wang", "text", A, text=" 您好 ")
    at.does("li", "signal", A, data={"evil": 1})
    at.does("li", "text", A, text="evil")
    at.board.station_said("s1", Signal(call=A, data={"y": 2}))
    at.board.station_said("s2", Signal(call=A, data={"evil": 2}))
    at.board.station_said("s2", CallEnd(call=A, reason=EndReason.HUNG_UP))
    at.board.station_said("s1", MediaState(call=A, connected=True, camera=False))
    assert at.heard("s1", Signal) == [Signal(call=A, data={"x": 1}, peer="p1")]
    assert at.heard("s1", CallText) == [CallText(call=A, text="您好", by="WANG", id="p2")]
    assert at.told("wang", "signal") == [{"type": "signal", "call": A, "data": {"y": 2}, "peer": ""}]
    assert [error["code"] for error in at.told("li", "error")] == ["calls.not_in", "calls.not_in"]
    media = at.told("wang", "calls")[-1]["calls"][0]["media"]
    assert media == {"connected": True, "camera": False, "microphone": True}


def test_a_window_that_is_reloaded_keeps_its_call_and_one_that_stays_away_does_not(at: Board) -> None:
    at.ring("s1", A)
    at.does("wang", "answer", A)
    at.board.staff_gone("wang")
    at.wait(STAFF_GRACE - 1)
    at.staff("wang-again", account="wang")
    at.does("wang-again", "resume", A)
    at.wait(60)
    assert [m.present for m in at.heard("s1", DeskPresence)] == [False, True]
    assert at.told("wang-again", "accepted")
    at.board.staff_gone("wang-again")
    at.wait(STAFF_GRACE)
    assert at.heard("s1", CallEnd) == [CallEnd(call=A, reason=EndReason.STAFF_LEFT)]


def test_nobody_takes_up_the_call_of_another(at: Board) -> None:
    at.ring("s1", A)
    at.does("wang", "answer", A)
    at.board.staff_gone("wang")
    at.does("li", "resume", A)
    assert at.told("li", "ended")
    assert not at.told("li", "accepted")


def test_a_station_that_is_away_is_given_time(at: Board) -> None:
    at.ring("s1", A)
    at.board.station_gone("s1")
    at.wait(STATION_GRACE_RINGING - 1)
    at.board.station_came("s1", A)
    at.ring("s1", A)
    at.does("wang", "answer", A)
    at.board.station_gone("s1")
    at.wait(STATION_GRACE_TALKING)
    assert at.told("wang", "ended") == [{"type": "ended", "call": A, "reason": "lost_network"}]


def test_a_station_that_missed_the_answer_hears_it_when_it_rings_again(at: Board) -> None:
    at.ring("s1", A)
    at.does("wang", "answer", A)
    at.ring("s1", A)
    assert len(at.heard("s1", Answered)) == 2


def test_a_station_that_missed_the_end_hears_it_when_it_comes_back(at: Board) -> None:
    at.ring("s1", A)
    at.does("wang", "answer", A)
    at.board.station_gone("s1")
    at.does("wang", "hang_up", A)
    at.out.clear()
    at.board.station_came("s1", A)
    at.ring("s1", A, answered=True)
    assert at.heard("s1", CallEnd) == [CallEnd(call=A, reason=EndReason.STAFF_HUNG_UP)]


def test_a_station_that_ended_its_call_while_away_ends_it_here(at: Board) -> None:
    at.ring("s1", A)
    at.does("wang", "answer", A)
    at.board.station_came("s1", "")
    assert at.told("wang", "ended")
    assert not at.board.calls


def test_after_a_restart_of_the_hub_both_ends_find_each_other() -> None:
    at = Board()
    at.staff("wang")
    at.does("wang", "resume", A)  # before the station: not known yet
    at.ring("s1", A, answered=True, by="WANG")
    assert at.told("wang", "accepted")
    at.does("wang", "resume", B)
    at.wait(RESUME_GRACE)
    assert at.told("wang", "ended") == [{"type": "ended", "call": B, "reason": "lost_network"}]
    at = Board()
    at.board.station_came("s1", A)
    at.ring("s1", A, answered=True, by="WANG")
    at.staff("wang")
    at.does("wang", "resume", A)
    assert at.told("wang", "accepted")
    at.wait(STAFF_GRACE * 2)
    assert at.board.calls


def test_an_id_of_another_station_is_refused(at: Board) -> None:
    at.ring("s1", A)
    at.ring("s2", A)
    assert at.heard("s2", CallEnd) == [CallEnd(call=A, reason=EndReason.REFUSED)]
    assert at.board.calls[A].station == "s1"


def test_an_end_that_connects_anew_gets_fresh_relays_of_its_own(at: Board) -> None:
    at.ring("s1", A)
    at.does("wang", "answer", A)
    at.board.station_said("s1", RelaysWanted(call=A, peer="p1"))
    at.does("wang", "relays", A)
    (given,) = at.heard("s1", Relays)
    (told,) = at.told("wang", "relays")
    assert (given.peer, told["peer"]) == ("p1", "")
    assert given.ice[0].username != told["ice"][0]["username"]
    # Nobody else does, and nobody for a connection that there is not.
    at.board.station_said("s2", RelaysWanted(call=A, peer="p1"))
    at.board.station_said("s1", RelaysWanted(call=A, peer="p9"))
    at.does("li", "relays", A)
    at.does("wang", "relays", A, peer="p9")
    assert len(at.heard("s1", Relays)) == len(at.told("wang", "relays")) == 1
    assert not at.heard("s2", Relays)
    assert not at.told("li", "relays")
