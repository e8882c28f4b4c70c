"""The duty desk's switchboard by hand: groups, priorities, hold, transfer, a third person, texts, doors."""

import pytest

from hub.switchboard import RESUME_GRACE, STAFF_GRACE
from hub.switchboard_answer import TRANSFER_SECONDS
from hub.switchboard_people import INVITE_SECONDS
from hub.switchboard_talk import DOOR_SECONDS
from kiosk.protocol.door import DoorOrder, DoorReport
from kiosk.protocol.intercom import Answered, CallEnd, CallText, DeskPresence, EndReason, Ringing, Signal
from kiosk.protocol.intercom_talk import (
    CallMedia,
    CameraWanted,
    DeskMedia,
    Held,
    Joined,
    Left,
    PageShown,
    Rated,
    ShowPage,
    Transferring,
)
from tests.hub.switchboard_bench import IDS, Board

A, B, C = IDS[:3]


@pytest.fixture
def at() -> Board:
    """Three people at the desk and three stations; s1 talks with wang."""
    made = Board()
    for member in ("wang", "li", "zhao"):
        made.staff(member)
    for station in ("s1", "s2", "s3"):
        made.board.station_came(station, "")
    made.ring("s1", A)
    made.does("wang", "answer", A)
    return made


def rung(at: Board, call: str) -> list[str]:
    return [m for m in ("wang", "li", "zhao", "night") if m in at.board.members and at.row(m, call)["rings"]]


# -- who is rung ------------------------------------------------------------------------------------------------------


def test_groups_are_rung_one_after_the_other_each_beside_the_ones_before(at: Board) -> None:
    at.groups["legal"] = (frozenset(["li"]), frozenset(["absent"]), frozenset(["night"]))
    at.staff("night", roles=("night",))
    at.ring("s2", B, "legal")
    assert rung(at, B) == ["li"]
    assert at.heard("s2", Ringing)[-1] == Ringing(call=B, staff=2, free=2, position=1)
    at.wait(19)
    assert rung(at, B) == ["li"]
    at.wait(1)  # the group nobody of is here is passed over
    assert rung(at, B) == ["li", "night"]
    assert at.row("li", B)["group"] == 2
    at.board.staff_gone("li")
    assert rung(at, B) == ["night"]
    at.board.staff_gone("night")  # nobody of any group: everybody who serves the queue
    assert rung(at, B) == ["zhao"]


def test_what_is_more_urgent_rings_through_and_an_alarm_always_does(at: Board) -> None:
    at.ring("s2", B, "help")
    assert rung(at, B) == ["li", "zhao"]
    at.ring("s3", C, "door")
    assert rung(at, C) == ["wang", "li", "zhao"]
    assert [call.id for call in at.board.queue()] == [C, B]
    assert at.heard("s2", Ringing)[-1].position == 2
    at.board.station_said("s3", CallEnd(call=C, reason=EndReason.HUNG_UP))
    at.ring("s3", IDS[3], "alarm")
    assert rung(at, IDS[3]) == ["wang", "li", "zhao"]
    at.does("wang", "answer", IDS[3])  # the call of before is on hold, not lost
    assert at.heard("s1", Held) == [Held(call=A, on=True)]
    assert at.told("wang", "held") == [{"type": "held", "call": A, "on": True, "by": "WANG"}]
    assert at.heard("s3", Answered)[-1].by == "WANG"
    at.ring("s2", IDS[4], "alarm")
    assert "wang" in rung(at, IDS[4])


def test_a_queue_that_nobody_shares_does_not_count_in_the_position(at: Board) -> None:
    at.does("li", "serve", topics=["legal"])
    at.does("zhao", "serve", topics=["help"])
    at.does("wang", "serve", topics=[])
    at.ring("s2", B, "help")
    at.ring("s3", C, "legal")
    assert at.heard("s3", Ringing)[-1] == Ringing(call=C, staff=1, free=1, position=1)
    at.does("zhao", "serve", topics=["help", "legal"])
    assert at.heard("s3", Ringing)[-1] == Ringing(call=C, staff=2, free=2, position=2)


def test_everybody_sees_who_is_at_the_desk(at: Board) -> None:
    at.staff("wang2", account="wang")
    at.does("li", "serve", topics=["legal"])
    staff = {row["account"]: row for row in at.told("zhao", "staff")[-1]["staff"]}
    assert staff["wang"] == {"account": "wang", "name": "WANG", "topics": None, "busy": True}
    assert staff["li"] == {"account": "li", "name": "LI", "topics": ["legal"], "busy": False}


# -- hold -------------------------------------------------------------------------------------------------------------


def test_held_calls_wait_and_only_one_is_spoken_in(at: Board) -> None:
    at.ring("s2", B)
    at.does("wang", "answer", B)
    assert at.told("wang", "error")[-1]["code"] == "calls.busy"
    at.does("wang", "hold", A, on=True)
    at.does("wang", "hold", A, on=True)
    at.does("wang", "answer", B)
    assert at.heard("s2", Answered)
    at.does("wang", "hold", A, on=False)  # and back: the other one waits now
    assert at.heard("s1", Held) == [Held(call=A, on=True), Held(call=A, on=False)]
    assert at.heard("s2", Held) == [Held(call=B, on=True)]
    assert (at.row("li", A)["held"], at.row("li", B)["held"]) == (False, True)


# -- transfer ---------------------------------------------------------------------------------------------------------


def test_a_call_handed_to_a_queue_stays_with_its_main_until_somebody_takes_it(at: Board) -> None:
    at.does("wang", "transfer", A, topic="legal", note=" 欠薪 ")
    assert at.heard("s1", Transferring) == [Transferring(call=A, topic="legal", by="WANG")]
    row = at.row("li", A)
    assert (row["ringing"], row["rings"], row["from"], row["note"], row["topic"]) == (
        True,
        True,
        "WANG",
        "欠薪",
        "legal",
    )
    assert not at.row("wang", A)["rings"]
    at.does("wang", "text", A, text="请稍等", id="t1")
    assert at.heard("s1", CallText)[-1].text == "请稍等"
    assert [line["id"] for line in at.told("wang", "text")] == ["t1"]  # so the writer knows that it was said
    at.does("li", "answer", A)
    answers = at.heard("s1", Answered)
    assert [a.by for a in answers] == ["WANG", "LI"]
    assert answers[0].peer != answers[1].peer
    assert at.heard("s1", Left) == [Left(call=A, peer=answers[0].peer)]
    assert at.told("wang", "ended") == [{"type": "ended", "call": A, "reason": "transferred"}]
    accepted = at.told("li", "accepted")[-1]
    assert (accepted["note"], accepted["topic"], accepted["peers"]) == ("欠薪", "legal", [])
    assert at.told("li", "text") == [{"type": "text", "call": A, "text": "请稍等", "by": "WANG", "id": "t1"}]
    assert at.heard("s1", CallEnd) == []


def test_a_call_handed_to_a_person_rings_there_alone(at: Board) -> None:
    at.does("wang", "transfer", A, to="li")
    assert rung(at, A) == ["li"]
    at.does("zhao", "answer", A)
    assert at.told("zhao", "error")[-1]["code"] == "calls.not_yours"
    at.does("wang", "answer", A)
    assert at.told("wang", "error")[-1]["code"] == "calls.handed_over"
    at.does("li", "answer", A)
    assert at.heard("s1", Transferring)[-1].to == "LI"
    assert at.board.calls[A].main is not None
    assert at.board.calls[A].main.account == "li"


def test_what_nobody_takes_is_the_transferrers_again(at: Board) -> None:
    at.does("wang", "transfer", A, to="li")
    at.wait(TRANSFER_SECONDS - 1)
    assert not at.told("wang", "transfer_failed")
    at.wait(1)
    assert at.told("wang", "transfer_failed") == [{"type": "transfer_failed", "call": A, "reason": "no_answer"}]
    answers = at.heard("s1", Answered)
    assert answers[0] == answers[-1]  # the same peer: nothing else changed
    assert rung(at, A) == []
    at.does("wang", "transfer", A, topic="legal")
    at.does("wang", "take_back", A)
    assert len(at.heard("s1", Answered)) == 3
    assert at.board.queue() == []


@pytest.mark.parametrize("to", ["nobody", "wang"])
def test_nobody_is_handed_a_call_who_is_not_there(at: Board, to: str) -> None:
    at.does("wang", "transfer", A, to=to)
    assert at.told("wang", "error")[-1]["code"] == "calls.nobody_there"
    assert at.heard("s1", Transferring) == []


def test_who_hangs_up_while_handing_over_leaves_the_call_to_the_queue(at: Board) -> None:
    at.does("wang", "transfer", A, to="li")
    at.does("wang", "hang_up", A)
    assert at.heard("s1", CallEnd) == []
    at.wait(TRANSFER_SECONDS)  # li does not come: everybody of the queue is rung
    assert rung(at, A) == ["wang", "li", "zhao"]
    at.does("zhao", "answer", A)
    assert at.heard("s1", Answered)[-1].by == "ZHAO"
    at.does("zhao", "transfer", A, topic="legal")
    at.does("zhao", "hang_up", A)
    for member in ("wang", "li", "zhao"):
        at.board.staff_gone(member)
    at.wait(TRANSFER_SECONDS)
    assert at.heard("s1", CallEnd) == [CallEnd(call=A, reason=EndReason.STAFF_LEFT)]


def test_who_was_asked_in_by_somebody_who_left_answers_like_anybody(at: Board) -> None:
    at.does("wang", "invite", A, account="li")
    at.does("wang", "transfer", A, topic="legal")
    at.does("wang", "hang_up", A)
    at.does("li", "join", A)
    assert at.told("li", "error")[-1]["code"] == "calls.not_invited"
    at.does("li", "answer", A)
    assert at.heard("s1", Answered)[-1].by == "LI"


def test_a_reload_while_it_is_handed_over_changes_nothing_about_that(at: Board) -> None:
    at.does("wang", "transfer", A, topic="legal")
    at.board.staff_gone("wang")
    at.staff("wang-again", account="wang")
    at.does("wang-again", "resume", A)
    kinds = [type(message) for _, message in at.out if isinstance(message, Answered | Transferring)]
    assert kinds == [Answered, Transferring, Answered, Transferring]
    assert at.told("wang-again", "transferring")


# -- a third person ---------------------------------------------------------------------------------------------------


def test_an_interpreter_joins_and_every_pair_finds_each_other(at: Board) -> None:
    at.does("wang", "invite", A, account="li", note="手语")
    assert at.told("li", "invited")[-1]["note"] == "手语"
    assert at.row("li", A)["invited"]
    at.does("wang", "media", A, microphone=False, camera=True)
    at.does("li", "join", A)
    mine, theirs = at.told("wang", "peer_joined")[-1], at.told("li", "accepted")[-1]
    joined = at.heard("s1", Joined)[-1]
    assert joined.peer == mine["peer"] == theirs["peer"]
    assert (joined.name, mine["offers"]) == ("LI", True)
    assert theirs["peers"] == [{"peer": "p1", "name": "WANG", "offers": False}]
    assert at.told("li", "desk_media") == [
        {"type": "desk_media", "call": A, "peer": "p1", "microphone": False, "camera": True}
    ]
    users = {joined.ice[0].username, mine["ice"][0]["username"], theirs["ice"][0]["username"]}
    assert len(users) == 3  # relays of their own
    at.board.station_said("s1", Signal(call=A, data={"n": 1}, peer=joined.peer))
    at.does("li", "signal", A, data={"n": 2}, peer="p1")
    assert [m["data"] for m in at.told("li", "signal")] == [{"n": 1}]
    assert at.told("wang", "signal") == [
        {"type": "signal", "call": A, "data": {"n": 2}, "peer": joined.peer},
    ]
    at.does("wang", "invite", A, account="zhao")
    assert at.told("wang", "error")[-1]["code"] == "calls.full"
    # A connection that is made anew: each end asks for relays, and those of the two are not the same.
    at.does("wang", "relays", A, peer=joined.peer)
    at.does("li", "relays", A, peer="p1")
    again = [at.told(member, "relays")[-1] for member in ("wang", "li")]
    assert [one["peer"] for one in again] == [joined.peer, "p1"]
    assert again[0]["ice"][0]["username"] != again[1]["ice"][0]["username"]
    at.does("li", "hang_up", A)  # a guest leaves, the call goes on
    assert at.heard("s1", Left) == [Left(call=A, peer=joined.peer)]
    assert at.told("wang", "peer_left")[-1]["peer"] == joined.peer
    assert not at.told("wang", "ended")


def test_who_does_not_come_is_said(at: Board) -> None:
    at.does("wang", "invite", A, account="li")
    at.does("li", "decline", A)
    at.does("wang", "invite", A, account="zhao")
    at.wait(INVITE_SECONDS)
    at.does("wang", "invite", A, account="gone")
    failed = [(m["account"], m["reason"]) for m in at.told("wang", "invite_failed")]
    assert failed == [("li", "declined"), ("zhao", "no_answer")]
    at.does("zhao", "join", A)
    assert at.told("zhao", "error")[-1]["code"] == "calls.not_invited"
    assert at.told("wang", "error")[-1]["code"] == "calls.nobody_there"


def test_a_guest_left_alone_has_the_call(at: Board) -> None:
    at.does("wang", "invite", A, account="li")
    at.does("li", "join", A)
    at.does("li", "transfer", A, topic="legal")
    assert at.told("li", "error")[-1]["code"] == "calls.not_main"
    at.board.staff_gone("wang")
    at.wait(STAFF_GRACE)
    guest = at.heard("s1", Joined)[-1].peer
    assert at.heard("s1", Answered)[-1].peer == guest
    assert at.row("li", A)["peers"] == [{"peer": guest, "name": "LI", "account": "li", "role": "main"}]
    at.does("li", "hang_up", A)
    assert at.heard("s1", CallEnd)[-1].reason is EndReason.STAFF_HUNG_UP


def test_a_call_is_handed_to_a_guest_at_once(at: Board) -> None:
    at.does("wang", "invite", A, account="li")
    at.does("li", "join", A)
    at.does("wang", "transfer", A, to="li")
    assert at.heard("s1", Answered)[-1].by == "LI"
    assert at.told("wang", "ended")[-1]["reason"] == "transferred"
    assert at.heard("s1", Left)[-1].peer == "p1"


def test_a_guest_may_answer_an_alarm(at: Board) -> None:
    at.does("wang", "invite", A, account="li")
    at.does("li", "join", A)
    at.ring("s2", B, "alarm")
    at.does("li", "answer", B)
    assert at.told("li", "ended")[-1] == {"type": "ended", "call": A, "reason": "transferred"}
    assert at.heard("s2", Answered)[-1].by == "LI"
    assert at.board.calls[A].main is not None


# -- coming back ------------------------------------------------------------------------------------------------------


def test_a_reload_gets_a_fresh_peer_and_everything_that_was_written(at: Board) -> None:
    at.board.station_said("s1", CallText(call=A, text="听不见", id="s-1"))
    at.board.station_said("s1", CallText(call=A, text="听不见", id="s-1"))  # said again unharmed
    assert len(at.told("wang", "text")) == 1
    at.does("wang", "hold", A, on=True)
    at.board.staff_gone("wang")
    at.staff("wang-again", account="wang")
    at.does("wang-again", "resume", A)
    fresh = at.told("wang-again", "accepted")[-1]["peer"]
    assert fresh != "p1"
    assert at.heard("s1", Answered)[-1].peer == fresh
    assert at.heard("s1", Left)[-1].peer == "p1"
    assert at.told("wang-again", "held")[-1]["on"] is True
    assert [m["text"] for m in at.told("wang-again", "text")] == ["听不见"]


def test_a_station_whose_link_was_away_hears_what_it_missed(at: Board) -> None:
    at.does("wang", "invite", A, account="li")
    at.does("li", "join", A)
    at.board.station_gone("s1")
    at.does("wang", "text", A, text="还在吗", id="w1")
    at.does("wang", "hold", A, on=True)
    at.does("wang", "media", A, microphone=True, camera=False)
    at.out.clear()
    at.board.station_came("s1", A)
    at.ring("s1", A, answered=True, by="WANG")
    kinds = [type(message) for station, message in at.out if station == "s1"]
    assert kinds == [Answered, DeskPresence, DeskMedia, Joined, Held, CallText]
    assert at.heard("s1", CallText)[-1].id == "w1"


def test_after_a_restart_of_the_hub_who_took_part_comes_back_and_nobody_else() -> None:
    at = Board()
    for member in ("wang", "li", "zhao"):
        at.staff(member)
        at.does(member, "resume", A)
    at.ring("s1", A, answered=True, by="WANG", joined=("LI",))
    roles = {p.account: p.role for p in at.board.calls[A].people.values()}
    assert roles == {"wang": "main", "li": "guest"}
    assert at.told("zhao", "ended")
    at.does("wang", "resume", B)
    at.wait(RESUME_GRACE)
    assert at.told("wang", "ended")[-1]["call"] == B


# -- what is shown and opened -----------------------------------------------------------------------------------------


def test_cameras_pages_quality_and_the_visitors_answer(at: Board) -> None:
    at.board.station_said("s1", CallMedia(call=A, cameras=("room", "door"), camera="room", quality="poor"))
    assert at.told("wang", "call_media")[-1]["quality"] == "poor"
    assert (at.row("li", A)["cameras"], at.row("li", A)["talk"]["camera"]) == (["room", "door"], "room")
    at.does("wang", "camera", A, camera="door")
    assert at.heard("s1", CameraWanted) == [CameraWanted(call=A, camera="door")]
    at.does("wang", "page", A, id="g1", page="services.detail", args={"id": "legal_aid"})
    assert at.heard("s1", ShowPage) == [ShowPage(call=A, id="g1", page="services.detail", args={"id": "legal_aid"})]
    at.board.station_said("s1", PageShown(call=A, id="g1", state="shown"))
    assert at.told("wang", "page_shown") == [{"type": "page_shown", "call": A, "id": "g1", "state": "shown"}]
    at.does("wang", "hang_up", A)
    at.board.station_said("s2", Rated(call=A, helpful=False))
    at.board.station_said("s1", Rated(call=A, helpful=True))
    assert at.told("wang", "rated") == [{"type": "rated", "call": A, "helpful": True}]
    assert not at.told("li", "rated")


def test_a_door_is_ordered_by_who_is_in_the_call_and_its_report_comes_back(at: Board) -> None:
    at.does("li", "door", A, door="front", reason="x")
    assert at.told("li", "error")[-1]["code"] == "calls.not_in"
    at.does("wang", "door", A, door="front", reason=" 轮椅 ")
    wanted = at.orders[-1]
    assert (wanted.station, wanted.account, wanted.by, wanted.reason) == ("s1", "wang", "WANG", "轮椅")
    assert at.heard("s1", DoorOrder) == [DoorOrder(token="GD1:00000001")]
    at.board.station_said("s2", DoorReport(id="o1", code="opened"))  # another station's word is worth nothing
    assert not at.told("wang", "door_report")
    at.board.station_said("s1", DoorReport(id="o1", code="opened", report="bolt out"))
    at.board.station_said("s1", DoorReport(id="o1", code="opened", report="bolt out"))
    assert [m["report"] for m in at.told("wang", "door_report")] == ["bolt out"]
    at.board.station_gone("s1")
    at.does("wang", "door", A, door="front")
    assert at.told("wang", "error")[-1]["code"] == "calls.station_away"


def test_a_door_that_says_nothing_is_said_plainly_and_a_late_report_still_counts(at: Board) -> None:
    at.does("wang", "door", A, door="front")
    at.does("wang", "hang_up", A)
    at.wait(DOOR_SECONDS)
    at.board.station_said("s1", DoorReport(id="o1", code="lock_failed"))
    assert [m["code"] for m in at.told("wang", "door_report")] == ["no_answer", "lock_failed"]
    assert at.reports == [("o1", "no_answer"), ("o1", "lock_failed")]
