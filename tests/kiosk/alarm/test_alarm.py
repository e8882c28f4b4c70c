"""The station's alarm: durable first, said until a person has it, ended by people, and never more than is true."""

from collections.abc import Callable

import pytest

from kiosk.alarm import Alarm, AlarmChanged, AlarmNone, Incident, Reached
from kiosk.alarm.service import SHOWN_SECONDS
from kiosk.clock import ManualClock
from kiosk.errors import DiskFull
from kiosk.events import EventBus, LinkChanged
from kiosk.protocol.alarm import Alarm as AlarmMessage
from kiosk.protocol.alarm import AlarmSource, AlarmState
from kiosk.protocol.journal import JournalBody
from kiosk.protocol.link import LinkMessage
from kiosk.session import Session, SessionFinished
from kiosk.staff import StaffNeeded
from kiosk.storage import Store
from kiosk.storage.alarm import Alarms

SCREEN, BUTTON = AlarmSource.SCREEN, AlarmSource.BUTTON


class Pin:
    """Whether staff are here."""

    here = False

    def require(self) -> None:
        if not self.here:
            raise StaffNeeded()


class Room:
    """A station's alarm on a manual clock; what it sends and tells is kept."""

    def __init__(self, clock: ManualClock, store: Store) -> None:
        self.clock = clock
        self.store = store
        self.bus = EventBus()
        self.told: list[AlarmChanged] = []
        self.sent: list[AlarmMessage] = []
        self.ticks: list[Callable[[], bool]] = []
        self.pin = Pin()
        self.hurried = 0
        self.refuse = False
        self.bus.subscribe(AlarmChanged, self.told.append)
        self.alarm = Alarm(
            clock,
            self.bus,
            Session(clock, self.bus, store.append),
            self.pin,
            self.write,
            self.write,
            self._send,
            self.ticks.append,
            hurry=self._hurry,
            unfinished=self._unfinished,
        )

    def write(self, body: JournalBody) -> object:
        if self.refuse:
            raise DiskFull()
        return self.store.append(body)

    def _send(self, message: LinkMessage) -> None:
        assert isinstance(message, AlarmMessage)
        self.sent.append(message)

    def _hurry(self) -> None:
        self.hurried += 1

    def _unfinished(self) -> Incident | None:
        row = self.store.projection(Alarms).unfinished()
        return Incident.left(row, self.clock.monotonic()) if row else None

    def hears(self, **more: object) -> None:
        assert self.alarm.incident is not None
        self.alarm.on_message(AlarmState.model_validate({"incident": self.alarm.incident.id, **more}))

    def wait(self, seconds: float) -> None:
        """As the network thread would, twice a second."""
        for _ in range(round(seconds * 2)):
            self.clock.advance(0.5)
            self.ticks[:] = [tick for tick in self.ticks if tick()]

    def kinds(self) -> list[str]:
        return [entry.kind for entry in self.store.journal.after(0, 1000) if entry.kind.startswith("alarm.")]


@pytest.fixture
def room(clock: ManualClock, store: Store) -> Room:
    return Room(clock, store)


def test_it_is_on_disk_before_anybody_hears_of_it(room: Room) -> None:
    kinds: list[list[str]] = []
    room.bus.subscribe(AlarmChanged, lambda _event: kinds.append(room.kinds()))
    room.alarm.press(SCREEN)
    assert kinds[0] == ["alarm.raised"]
    assert room.hurried == 1
    assert [message.presses for message in room.sent] == [1]


def test_it_is_said_again_ever_more_slowly_until_a_person_has_it(room: Room) -> None:
    room.alarm.press(SCREEN)
    began, times = room.clock.monotonic(), []
    for _ in range(180):
        before = len(room.sent)
        room.wait(0.5)
        times += [room.clock.monotonic() - began] * (len(room.sent) - before)
    assert times == [1, 3, 7, 15, 30, 45, 60, 75, 90]
    room.hears(acknowledged_by="王敏", consoles=1)
    before = len(room.sent)
    room.wait(60)
    assert len(room.sent) - before == 1  # so that the station hears of the end


def test_what_is_said_of_it_is_true_at_every_moment(room: Room) -> None:
    room.alarm.press(SCREEN)
    assert room.alarm.reached() is Reached.SENDING
    room.wait(19.5)
    assert room.alarm.reached() is Reached.SENDING
    room.wait(0.5)
    assert room.alarm.reached() is Reached.UNDELIVERED
    room.hears(consoles=0)
    assert room.alarm.reached() is Reached.DELIVERED
    room.wait(100)
    assert room.alarm.reached() is Reached.UNANSWERED
    room.hears(consoles=1, acknowledged_by="王敏")
    assert room.alarm.reached() is Reached.ACKNOWLEDGED
    room.hears(consoles=1)  # an old answer, late: the person still has it
    assert room.alarm.reached() is Reached.ACKNOWLEDGED
    room.hears(acknowledged_by="李强")
    room.hears(acknowledged_by="李强", closed=True, closed_by="李强", reason="已到场处理")
    assert room.alarm.reached() is Reached.CLOSED
    room.hears(acknowledged_by="某人")
    assert room.alarm.incident is not None
    assert room.alarm.incident.by == "李强"
    assert room.kinds() == [
        "alarm.raised",
        "alarm.delivered",
        "alarm.acknowledged",
        "alarm.acknowledged",
        "alarm.closed",
    ]
    shown = [event.incident and (event.incident.delivered, event.incident.by) for event in room.told]
    assert shown[0] == (False, "")
    assert shown[-1] == (True, "李强")


def test_each_change_of_what_is_said_is_told_also_when_only_time_passed(room: Room) -> None:
    room.alarm.press(SCREEN)
    told = len(room.told)
    room.wait(19)
    assert len(room.told) == told
    room.wait(1)
    assert len(room.told) == told + 1


def test_pressed_again_it_is_the_same_one(room: Room) -> None:
    first = room.alarm.press(SCREEN)
    room.alarm.say_mistaken()
    room.alarm.say_mistaken()
    again = room.alarm.press(BUTTON)
    assert (again.id, again.presses, again.withdrawn) == (first.id, 2, False)
    room.alarm.say_mistaken()
    room.wait(0.5)
    assert (room.sent[-1].presses, room.sent[-1].mistaken) == (2, 2)
    assert room.kinds() == ["alarm.raised", "alarm.mistaken", "alarm.pressed", "alarm.mistaken"]


def test_only_staff_end_it_on_the_spot(room: Room) -> None:
    with pytest.raises(StaffNeeded):
        room.alarm.close("按错了")
    room.pin.here = True
    with pytest.raises(AlarmNone):
        room.alarm.close("按错了")
    room.alarm.press(SCREEN)
    room.alarm.close("按错了")
    assert (room.sent[-1].closed, room.sent[-1].reason) == (True, "按错了")
    assert room.alarm.reached() is Reached.CLOSED
    room.alarm.dismiss()
    assert room.alarm.incident is None
    assert room.told[-1] == AlarmChanged(None)
    assert room.alarm.press(SCREEN).presses == 1


def test_its_end_can_be_read_for_a_while_and_by_whoever_is_there(room: Room) -> None:
    room.alarm.press(SCREEN)
    room.hears(closed=True, closed_by="王敏", reason="好了")
    room.wait(SHOWN_SECONDS - 1)
    assert room.alarm.reached() is Reached.CLOSED
    room.wait(2)
    assert room.alarm.incident is None
    assert room.ticks == []  # nothing is watched any more
    room.alarm.press(SCREEN)
    room.bus.publish(SessionFinished("s", "finished"))
    assert room.alarm.lasts
    room.hears(closed=True, closed_by="王敏", reason="好了")
    room.bus.publish(SessionFinished("s", "finished"))
    assert room.alarm.incident is None


def test_it_lasts_over_a_power_cut(room: Room, clock: ManualClock, store: Store) -> None:
    raised = room.alarm.press(BUTTON)
    room.alarm.press(BUTTON)
    room.hears(consoles=1)
    room.hears(consoles=1, acknowledged_by="王敏")
    again = Room(clock, store)
    again.alarm.start()
    incident = again.alarm.incident
    assert incident is not None
    assert (incident.id, incident.presses, incident.by, incident.raised) == (raised.id, 2, "王敏", raised.raised)
    assert again.sent[-1].incident == raised.id
    assert again.alarm.press(BUTTON).presses == 3
    again.hears(acknowledged_by="王敏", closed=True, closed_by="王敏", reason="好了")
    third = Room(clock, store)
    third.alarm.start()
    assert third.alarm.incident is None


def test_a_line_that_comes_back_is_used_at_once(room: Room) -> None:
    room.bus.publish(LinkChanged(online=True))
    assert room.sent == []
    room.alarm.press(SCREEN)
    room.wait(40)
    before = len(room.sent)
    room.bus.publish(LinkChanged(online=True))
    assert len(room.sent) == before + 1


def test_a_full_disk_does_not_silence_it(room: Room) -> None:
    room.refuse = True
    incident = room.alarm.press(SCREEN)
    assert not incident.stored
    assert [message.incident for message in room.sent] == [incident.id]
    room.pin.here = True
    with pytest.raises(DiskFull):  # but an end that is not kept is none
        room.alarm.close("x")
    assert room.alarm.lasts


def test_a_drill_gives_way_to_an_alarm(room: Room) -> None:
    drill = room.alarm.press(SCREEN, drill=True)
    assert room.sent[-1].drill
    meant = room.alarm.press(BUTTON)
    assert meant.id != drill.id
    assert not meant.drill
    assert room.alarm.press(SCREEN, drill=True).id == meant.id
    assert room.kinds() == ["alarm.raised", "alarm.closed", "alarm.raised"]


def test_an_alarm_that_is_meant_comes_out_of_a_drill_also_with_a_full_disk(room: Room) -> None:
    drill = room.alarm.press(SCREEN, drill=True)
    room.refuse = True
    meant = room.alarm.press(BUTTON)
    assert (meant.id != drill.id, meant.drill, meant.stored) == (True, False, False)
    assert (room.sent[-1].incident, room.sent[-1].drill) == (meant.id, False)


def test_what_is_derived_equals_a_rebuild(room: Room) -> None:
    room.alarm.press(SCREEN)
    room.alarm.press(SCREEN)
    room.alarm.say_mistaken()
    room.hears(acknowledged_by="王敏")
    kept = room.store.derived()["alarm"]
    room.store.rebuild()
    assert room.store.derived()["alarm"] == kept
    assert kept
