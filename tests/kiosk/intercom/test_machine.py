"""The life of a call: every way it can go, and that no order of events leaves one dangling."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.intercom.call import (
    Begin,
    Call,
    CloseMedia,
    Deliver,
    Dismiss,
    Effect,
    Finish,
    Happening,
    Heard,
    Judged,
    LinkTurned,
    MediaBroke,
    MediaSaid,
    MediaTurned,
    MediaWantsRelays,
    OpenMedia,
    OwnChanged,
    PageTurned,
    Phase,
    Record,
    Redial,
    RenameMedia,
    Said,
    Send,
    Tick,
)
from kiosk.intercom.machine import (
    CONNECT_LIMIT,
    LINK_GRACE,
    MEDIA_GRACE,
    REDIAL_AFTER,
    REDIAL_WINDOW,
    deadline,
    step,
)
from kiosk.protocol.intercom import (
    Answered,
    CallAnswered,
    CallEnd,
    CallEnded,
    CallSettings,
    CallStarted,
    CallText,
    DeskPresence,
    EndReason,
    MediaState,
    Ring,
    Ringing,
    Signal,
)
from kiosk.protocol.intercom_talk import CallMedia, CallRated, Held, Joined, Left, Relays, ShowPage, Transferring

ID = "01a2108b-1c11-7757-a23c-a2a668e46f55"
OTHER = "01a2108b-1c11-7757-a23c-a2a668e46f56"
SETTINGS = CallSettings()


class Line:
    """A call driven by hand."""

    def __init__(self) -> None:
        self.call = Call()
        self.now = 100.0
        self.effects: list[Effect] = []

    def do(self, *happenings: Happening) -> tuple[Effect, ...]:
        done: tuple[Effect, ...] = ()
        for what in happenings:
            self.call, effects = step(self.call, what, self.now, SETTINGS)
            self.effects.extend(effects)
            done += effects
        return done

    def later(self, seconds: float) -> tuple[Effect, ...]:
        self.now += seconds
        return self.do(Tick())

    def bodies(self) -> list[Any]:
        return [effect.body for effect in self.effects if isinstance(effect, Record)]

    def sent(self) -> list[Any]:
        return [effect.message for effect in self.effects if isinstance(effect, Send)]


@pytest.fixture
def line() -> Line:
    made = Line()
    made.do(LinkTurned(True))
    return made


def ringing(staff: int = 2, free: int = 1, position: int = 1) -> Heard:
    return Heard(Ringing(call=ID, staff=staff, free=free, position=position))


ANSWER = Heard(Answered(call=ID, by="小王", peer="p1"))


def test_a_call_that_is_answered_and_hung_up_by_the_visitor(line: Line) -> None:
    line.do(Begin(ID, "help", "s1"), ringing())
    line.now += 4
    assert line.do(ANSWER) == (
        Record(CallAnswered(call=ID, by="小王", ring_seconds=4)),
        OpenMedia(ID, "p1", ()),
        Send(CallMedia(call=ID)),
    )
    line.do(MediaTurned("p1", True))
    assert line.call.phase is Phase.IN_CALL
    line.now += 30
    assert line.do(Finish()) == (
        Send(CallEnd(call=ID, reason=EndReason.HUNG_UP)),
        Record(CallEnded(call=ID, reason=EndReason.HUNG_UP, ring_seconds=4, talk_seconds=30, media=True)),
        CloseMedia(ID, "p1"),
    )
    assert line.call.phase is Phase.ENDED
    assert line.bodies()[0] == CallStarted(call=ID, topic="help", session="s1")
    line.do(Dismiss())
    assert line.call == Call(link=True, link_since=100.0)


@pytest.mark.parametrize(
    ("heard", "seconds", "reason"),
    [
        ([ringing()], SETTINGS.no_answer_seconds, EndReason.NO_ANSWER),
        ([ringing(staff=0, free=0)], SETTINGS.no_staff_seconds, EndReason.NO_STAFF),
        ([ringing(staff=2, free=0, position=3)], SETTINGS.busy_seconds, EndReason.BUSY),
        ([], SETTINGS.no_answer_seconds, EndReason.NO_ANSWER),
        ([LinkTurned(False)], LINK_GRACE, EndReason.LOST_NETWORK),
        ([ANSWER], CONNECT_LIMIT, EndReason.NO_MEDIA),
        ([ANSWER, LinkTurned(False)], CONNECT_LIMIT, EndReason.NO_MEDIA),
        ([ANSWER, MediaTurned("p1", True), MediaTurned("p1", False)], MEDIA_GRACE, EndReason.LOST_NETWORK),
    ],
)
def test_what_nobody_ends_ends_by_itself(line: Line, heard: list[Happening], seconds: float, reason: EndReason) -> None:
    line.do(Begin(ID, "help"), *heard)
    assert line.later(seconds - 0.1) == ()
    line.later(0.2)
    assert (line.call.phase, line.call.reason) == (Phase.ENDED, reason)


def test_without_a_line_the_truth_is_told_soon() -> None:
    line = Line()
    line.now = 5000
    line.do(Begin(ID, "help"))
    assert line.call.phase is Phase.RINGING
    assert not line.call.link
    line.later(LINK_GRACE)
    assert line.call.reason is EndReason.LOST_NETWORK


def test_a_line_that_comes_back_rings_again(line: Line) -> None:
    line.do(Begin(ID, "help"), ringing(), LinkTurned(False))
    assert not line.call.rung  # nobody is being rung now, and the screen must not say so
    line.later(LINK_GRACE - 1)
    assert line.do(LinkTurned(True)) == (Send(Ring(call=ID, topic="help")),)
    line.later(5)
    assert line.call.phase is Phase.RINGING


def test_an_answered_call_outlives_the_link_and_says_so_when_it_is_back(line: Line) -> None:
    line.do(Begin(ID, "help"), ringing(), ANSWER, MediaTurned("p1", True), LinkTurned(False))
    assert line.later(3600) == ()
    assert line.do(LinkTurned(True)) == (Send(Ring(call=ID, topic="help", answered=True, by="小王")),)


def test_an_alarm_is_not_given_up_like_a_question(line: Line) -> None:
    line.do(Begin(ID, "alarm"), ringing(staff=0, free=0))
    line.later(SETTINGS.alarm_seconds - 1)
    assert line.call.phase is Phase.RINGING


def test_one_call_at_a_time(line: Line) -> None:
    line.do(Begin(ID, "help"))
    assert line.do(Begin(OTHER, "legal")) == ()
    assert line.call.id == ID


def test_messages_of_another_call_are_not_ours(line: Line) -> None:
    line.do(Begin(ID, "help"))
    before = line.call
    for message in (
        Answered(call=OTHER, by="x"),
        Ringing(call=OTHER, staff=1, free=1, position=1),
        CallEnd(call=OTHER, reason=EndReason.STAFF_HUNG_UP),
        CallText(call=OTHER, text="x"),
    ):
        assert line.do(Heard(message)) == ()
    assert line.call == before


def test_signals_pass_only_while_answered(line: Line) -> None:
    line.do(Begin(ID, "help"))
    assert line.do(MediaSaid("p1", {"a": 1}), Heard(Signal(call=ID, data={"b": 2}, peer="p1"))) == ()
    line.do(ANSWER)
    assert line.do(MediaSaid("p1", {"a": 1})) == (Send(Signal(call=ID, data={"a": 1}, peer="p1")),)
    assert line.do(Heard(Signal(call=ID, data={"b": 2}, peer="p1"))) == (Deliver(ID, "p1", {"b": 2}),)
    assert line.do(MediaSaid("p9", {}), Heard(Signal(call=ID, data={}, peer="p9"))) == ()  # nobody of that name


def test_the_desk_hears_how_the_media_are(line: Line) -> None:
    line.do(Begin(ID, "help"), ANSWER)
    assert line.do(MediaTurned("p1", True, camera=False)) == (Send(MediaState(call=ID, connected=True, camera=False)),)


def test_a_dead_media_end_ends_the_call_everywhere(line: Line) -> None:
    line.do(Begin(ID, "help"), ANSWER, MediaBroke())
    assert line.call.reason is EndReason.NO_MEDIA
    assert CallEnd(call=ID, reason=EndReason.NO_MEDIA) in line.sent()


def test_the_window_of_the_desk_that_goes_and_comes_back(line: Line) -> None:
    line.do(Begin(ID, "help"), ANSWER, MediaTurned("p1", True), Heard(DeskPresence(call=ID, present=False)))
    assert not line.call.desk
    line.do(Heard(DeskPresence(call=ID, present=True)))
    assert line.call.desk


@pytest.mark.parametrize("reason", list(EndReason))
@pytest.mark.parametrize("heard", [[], [ANSWER], [ANSWER, MediaTurned("p1", True)]])
def test_hanging_up_from_any_state_at_either_end(line: Line, reason: EndReason, heard: list[Happening]) -> None:
    for what in (Finish(reason), Heard(CallEnd(call=ID, reason=reason))):
        each = Line()
        each.do(LinkTurned(True), Begin(ID, "help"), *heard, what)
        assert (each.call.phase, each.call.reason) == (Phase.ENDED, reason)
        told = any(isinstance(message, CallEnd) for message in each.sent())
        assert told is isinstance(what, Finish)  # who was told does not say it back


def test_what_comes_after_the_end_changes_nothing(line: Line) -> None:
    line.do(Begin(ID, "help"), Finish())
    over = line.call
    line.do(ANSWER, ringing(), MediaTurned("p1", True), MediaBroke(), Finish(EndReason.SHUTDOWN), Tick())
    assert line.call == over


PEERS = st.sampled_from(["p1", "p2", "p3"])
HAPPENINGS = st.one_of(
    st.just(Begin(ID, "help")),
    st.just(Begin(OTHER, "alarm")),
    st.booleans().map(LinkTurned),
    st.tuples(st.sampled_from([ID, OTHER]), st.integers(0, 3), st.integers(0, 3)).map(
        lambda t: Heard(Ringing(call=t[0], staff=t[1], free=min(t[1], t[2]), position=1))
    ),
    st.tuples(st.sampled_from([ID, ID, OTHER]), PEERS, PEERS).map(
        lambda t: Heard(Answered(call=t[0], by=t[1], peer=t[2]))
    ),
    st.tuples(PEERS, PEERS).map(lambda t: Heard(Joined(call=ID, peer=t[0], name=t[1]))),
    PEERS.map(lambda p: Heard(Left(call=ID, peer=p))),
    st.booleans().map(lambda on: Heard(Held(call=ID, on=on))),
    PEERS.map(lambda p: Heard(Transferring(call=ID, topic="legal", by=p))),
    PEERS.map(lambda p: Heard(ShowPage(call=ID, id=p, page="services.list"))),
    PEERS.map(lambda p: PageTurned(p, "closed")),
    st.booleans().map(Judged),
    st.just(Said("t", "x")),
    st.just(OwnChanged(muted=True, camera="door", volume=50, quality="poor")),
    st.sampled_from([ID, OTHER]).map(lambda c: Heard(CallEnd(call=c, reason=EndReason.STAFF_HUNG_UP))),
    st.sampled_from([ID, OTHER]).map(lambda c: Heard(Signal(call=c, data={}, peer="p1"))),
    st.sampled_from([ID, OTHER]).map(lambda c: Heard(DeskPresence(call=c, present=False))),
    st.tuples(PEERS, st.booleans()).map(lambda t: MediaTurned(*t)),
    PEERS.map(lambda p: MediaSaid(p, {})),
    PEERS.map(MediaWantsRelays),
    PEERS.map(lambda p: Heard(Relays(call=ID, peer=p))),
    st.just(MediaBroke()),
    st.sampled_from(EndReason).map(Finish),
    st.just(Dismiss()),
    st.just(Tick()),
)


@settings(max_examples=400)
@given(st.lists(st.tuples(HAPPENINGS, st.sampled_from([0.0, 0.5, 20.0, 200.0])), max_size=40))
def test_no_order_of_events_leaves_a_call_dangling(events: list[tuple[Happening, float]]) -> None:
    line = Line()
    open_media: set[str] = set()
    started = ended = judged = 0
    for what, wait in events:
        before = line.call
        for effect in line.do(what):
            if isinstance(effect, OpenMedia):
                assert effect.peer not in open_media
                open_media.add(effect.peer)
            elif isinstance(effect, CloseMedia):
                open_media.remove(effect.peer)
            elif isinstance(effect, RenameMedia):
                open_media.remove(effect.old)
                assert effect.peer not in open_media
                open_media.add(effect.peer)
            elif isinstance(effect, Record):
                started += isinstance(effect.body, CallStarted)
                ended += isinstance(effect.body, CallEnded)
                judged += isinstance(effect.body, CallRated)
        assert started - ended == line.call.active
        assert judged <= ended
        assert open_media == {person.peer for person in line.call.people}
        assert line.call.main in {"", *open_media} or not line.call.active
        assert (line.call.reason is not None) == (line.call.phase is Phase.ENDED)
        if before.active and line.call.active:
            assert before.id == line.call.id
        line.now += wait
    # Whatever state that was: with nobody doing anything more, and no media, it ends by time alone.
    for person in line.call.people:
        line.do(MediaTurned(person.peer, False))
    while due := deadline(line.call, SETTINGS):
        line.now = max(line.now, due[0])
        line.do(Tick())
    assert not line.call.active
    assert line.call.people == ()


def test_a_call_that_broke_is_rung_again_by_itself_but_not_for_ever(line: Line) -> None:
    line.do(Begin(ID, "legal"), ringing(), ANSWER, MediaTurned("p1", True), MediaTurned("p1", False), LinkTurned(False))
    line.later(MEDIA_GRACE)
    assert line.call.reason is EndReason.LOST_NETWORK
    assert line.call.redialling
    assert line.later(REDIAL_AFTER[0] + 1) == ()  # no line yet
    line.do(LinkTurned(True))
    assert line.later(0) == (Redial("legal", 1),)
    assert line.later(60) == ()
    line.do(Begin(OTHER, "legal", redials=3), LinkTurned(False))
    line.later(LINK_GRACE)
    assert not line.call.redialling  # it was tried often enough


def test_whoever_waits_for_the_redial_may_stop_it_or_have_gone(line: Line) -> None:
    for stop in (Finish(), Dismiss()):
        each = Line()
        each.do(Begin(ID, "help"))
        each.later(LINK_GRACE)
        assert each.call.redialling
        each.do(stop, LinkTurned(True))
        assert each.later(REDIAL_AFTER[0] + 1) == ()
    line.do(Begin(ID, "help"), LinkTurned(False))
    line.later(LINK_GRACE)
    line.later(REDIAL_WINDOW)
    line.do(LinkTurned(True))
    assert line.later(1) == ()


@pytest.mark.parametrize("reason", [r for r in EndReason if r not in (EndReason.LOST_NETWORK, EndReason.STAFF_LEFT)])
def test_what_was_ended_by_somebody_stays_ended(line: Line, reason: EndReason) -> None:
    line.do(Begin(ID, "help"), ANSWER, Heard(CallEnd(call=ID, reason=reason)))
    assert not line.call.redialling


def test_every_field_of_a_dismissed_call_is_forgotten(line: Line) -> None:
    line.do(Begin(ID, "help"), ANSWER, Heard(CallText(call=ID, text="您好")), Finish(), Dismiss())
    assert line.call == replace(Call(), link=True, link_since=line.call.link_since)
