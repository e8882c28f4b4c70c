"""The intercom around the machine: session, journal, events, and calls from many threads at once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from kiosk.clock import ManualClock
from kiosk.events import Event, EventBus, LinkChanged
from kiosk.intercom import CallChanged, Intercom, MediaClosed, MediaDelivered, MediaOpened, Phase
from kiosk.protocol.intercom import Answered, CallEnd, CallText, EndReason, IceServer, Ring, Ringing, Signal
from kiosk.protocol.journal import JournalBody
from kiosk.protocol.link import LinkMessage
from kiosk.session import Session, SessionFinished
from kiosk.storage import Store
from kiosk.storage.intercom import Calls

ICE = (IceServer(urls=["stun:x"]),)


class Room:
    """An intercom with its session on a manual clock; what it sends, writes and tells is kept."""

    def __init__(self, clock: ManualClock, store: Store) -> None:
        self.clock = clock
        self.store = store
        self.bus = EventBus()
        self.told: list[Event] = []
        self.sent: list[LinkMessage] = []
        self.written: list[JournalBody] = []
        self.ticks: list[Callable[[], bool]] = []
        self.bus.subscribe(Event, self.told.append)
        self.session = Session(clock, self.bus, self._write)
        self.intercom = Intercom(
            clock, self.bus, self.session, self._write, self.sent.append, self.ticks.append,
            unfinished=store.projection(Calls).unfinished,
        )  # fmt: skip
        self.bus.publish(LinkChanged(online=True))

    def _write(self, body: JournalBody) -> None:
        self.written.append(body)
        self.store.append(body)

    def answered(self) -> str:
        call = self.intercom.ring("legal")
        self.intercom.on_message(Ringing(call=call, staff=1, free=1, position=1))
        self.intercom.on_message(Answered(call=call, by="小王", ice=ICE, peer="p1"))
        return call

    def kinds(self) -> list[str]:
        return [body.kind for body in self.written if body.kind.startswith("call.")]


@pytest.fixture
def room(clock: ManualClock, store: Store) -> Room:
    return Room(clock, store)


def test_a_call_holds_the_session_and_gives_it_back(room: Room) -> None:
    call = room.answered()
    assert room.session.seconds_left() == float("inf")
    assert MediaOpened(call, "p1", ICE) in room.told
    room.intercom.media_turned("p1", True)
    room.clock.advance(600)
    room.intercom.hang_up()
    assert room.session.seconds_left() == 90
    assert room.kinds() == ["call.started", "call.answered", "call.ended"]
    assert room.told[-1] == CallChanged(room.intercom.call)
    assert MediaClosed(call, "p1") in room.told


def test_the_end_of_the_session_ends_the_call_and_forgets_it(room: Room) -> None:
    call = room.answered()
    room.session.finish()
    assert CallEnd(call=call, reason=EndReason.SESSION_ENDED) in room.sent
    assert room.intercom.call.phase is Phase.IDLE
    assert room.kinds()[-1] == "call.ended"


def test_ringing_twice_is_one_call(room: Room) -> None:
    first = room.intercom.ring()
    assert room.intercom.ring("legal") == first
    assert [message for message in room.sent if isinstance(message, Ring)] == [Ring(call=first, topic="help")]


def test_time_is_watched_only_while_there_is_a_call(room: Room) -> None:
    room.intercom.ring()
    (tick,) = room.ticks
    assert tick()
    room.clock.advance(46)
    assert not tick()
    assert room.intercom.call.reason is EndReason.NO_ANSWER


def test_signals_and_texts_find_their_way(room: Room) -> None:
    call = room.answered()
    room.intercom.media_said("p1", {"candidate": 1})
    room.intercom.on_message(Signal(call=call, data={"description": 2}, peer="p1"))
    room.intercom.on_message(CallText(call=call, text="请稍等"))
    room.intercom.say("  好 ")
    assert Signal(call=call, data={"candidate": 1}, peer="p1") in room.sent
    assert MediaDelivered(call, "p1", {"description": 2}) in room.told
    assert room.intercom.call.text == "请稍等"
    said = room.sent[-1]
    assert isinstance(said, CallText)
    assert (said.call, said.text, said.by) == (call, "好", "")
    assert [line.text for line in room.intercom.call.lines] == ["请稍等", "好"]


def test_a_call_cut_off_with_the_power_is_closed_at_the_next_start(room: Room, store: Store) -> None:
    call = room.answered()
    del room.intercom  # the power is gone: nobody says goodbye
    again = Room(room.clock, store)
    again.intercom.start()
    assert [(body.kind, body.model_dump()["reason"]) for body in again.written] == [("call.ended", "interrupted")]
    assert store.projection(Calls).unfinished() == []
    again.intercom.start()
    assert len(again.written) == 1
    assert call


def test_a_rebuild_gives_the_same_calls(room: Room, store: Store) -> None:
    room.answered()
    room.intercom.hang_up()
    room.answered()
    kept = store.derived()["call"]
    store.rebuild()
    assert store.derived()["call"] == kept


def test_everybody_at_once_leaves_one_truth(room: Room) -> None:
    """Threads ring, hang up, end sessions and hear the hub at the same time: started and ended come in pairs."""
    start = threading.Barrier(4)
    lock = threading.Lock()
    write = room.store.append

    def safe_write(body: JournalBody) -> Any:
        with lock:
            return write(body)

    room.store.append = safe_write  # type: ignore[method-assign]

    def work(number: int) -> None:
        start.wait()
        for round_ in range(50):
            call = room.intercom.ring("help")
            room.intercom.on_message(Answered(call=call, by="x"))
            room.intercom.media_turned("", bool(round_ % 2))
            if number == 0:
                room.session.finish()
            elif number == 1:
                room.intercom.hang_up()
            elif number == 2:
                room.intercom.on_message(CallEnd(call=call, reason=EndReason.STAFF_HUNG_UP))

    with ThreadPoolExecutor(4) as pool:
        for future in [pool.submit(work, number) for number in range(4)]:
            future.result(30)
    room.intercom.hang_up()
    kinds = [kind for kind in room.kinds() if kind != "call.answered"]
    assert kinds == ["call.started", "call.ended"] * (len(kinds) // 2)
    assert len([event for event in room.told if isinstance(event, SessionFinished)]) <= 50
