"""Clock, events, configuration, identity, desk, network."""

import asyncio
import logging
import stat
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.clock import ClockQuality, SystemClock
from kiosk.config import load_config
from kiosk.desk import Desk
from kiosk.errors import ConfigError, all_codes
from kiosk.events import Event, EventBus
from kiosk.identity import Identity
from kiosk.network import Network
from kiosk.protocol.ids import uuid7


@dataclass(frozen=True, slots=True)
class Happened(Event):
    number: int


def test_a_clock_the_hub_agrees_with_is_synced_and_one_it_contradicts_is_not() -> None:
    clock = SystemClock()
    assert clock.quality() in (ClockQuality.HELD, ClockQuality.SYNCED)
    clock.confirm(clock.now() + timedelta(seconds=30))
    assert clock.quality() is ClockQuality.SYNCED


class Machine:
    """A machine's clock, set by hand."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


def test_a_machine_that_boots_in_1970_goes_by_the_hubs_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.clock._SYNC_MARK", Path("/nonexistent"))
    machine = Machine(datetime(1970, 1, 1, tzinfo=UTC))
    clock = SystemClock(machine)
    assert clock.quality() is ClockQuality.DOUBTFUL
    hub = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    clock.confirm(hub)
    assert timedelta() <= clock.now() - hub < timedelta(seconds=5)
    assert clock.quality() is ClockQuality.SYNCED
    machine.at = hub + timedelta(seconds=3)  # the network set it: from now on it is asked again
    clock.confirm(hub + timedelta(seconds=4))
    machine.at += timedelta(seconds=60)
    assert clock.now() == machine.at


def test_a_clock_that_may_be_right_believes_only_a_hub_whose_line_is_authenticated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kiosk.clock._SYNC_MARK", Path("/nonexistent"))
    machine = Machine(datetime(2026, 12, 1, 8, 0, tzinfo=UTC))
    clock, later = SystemClock(machine), datetime(2031, 1, 1, tzinfo=UTC)
    clock.confirm(later)
    assert clock.now() == machine.at
    assert clock.quality() is ClockQuality.HELD
    clock.confirm(later, believed=True)
    assert clock.now() >= later


def test_a_clock_before_the_program_was_built_or_that_leapt_is_doubtful(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SystemClock()
    monkeypatch.setattr(clock, "now", lambda: datetime(1970, 1, 1, tzinfo=UTC))
    assert clock.quality() is ClockQuality.DOUBTFUL
    later = datetime.now(UTC) + timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert clock.quality() is ClockQuality.DOUBTFUL


def test_a_subscriber_that_raises_does_not_silence_the_others(bus: EventBus, caplog: pytest.LogCaptureFixture) -> None:
    seen: list[int] = []

    def broken(_: Happened) -> None:
        raise RuntimeError

    bus.subscribe(Happened, broken)
    end = bus.subscribe(Event, lambda e: seen.append(e.number))  # type: ignore[attr-defined]
    with caplog.at_level(logging.CRITICAL + 1):
        bus.publish(Happened(1))
    end()
    end()
    with caplog.at_level(logging.CRITICAL + 1):
        bus.publish(Happened(2))
    assert seen == [1]


def test_the_desk_runs_calls_in_order_on_one_thread_and_survives_a_failure(caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk()
    names: list[str] = []

    def note(name: str) -> str:
        names.append(f"{name}@{threading.current_thread().name.split('_')[0]}")
        return desk.call(lambda: name)  # a call from the desk thread itself must not wait for itself

    def fail() -> None:
        raise RuntimeError("on the desk")

    with caplog.at_level(logging.ERROR):
        desk.post(note, "first")
        desk.post(fail)
        assert desk.call(note, "second") == "second"
    assert names == ["first@desk", "second@desk"]
    assert "a call on the desk failed" in caplog.text
    desk.close()
    desk.post(note, "late")
    assert len(names) == 2


def test_the_network_thread_cancels_what_still_runs() -> None:
    network = Network()
    network.start()
    ended = threading.Event()

    async def forever() -> None:
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            ended.set()

    network.spawn(forever())
    network.spawn(asyncio.sleep(0)).result(5)
    network.stop()
    network.stop()
    assert ended.is_set()


def test_a_network_that_never_started_can_be_stopped() -> None:
    Network().stop()


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("data_dir = 7", "data_dir"),
        ("[hub]\ntimeout_seconds = -1", "hub.timeout_seconds"),
        ("[devices]\ncamra = '0'", "devices.camra"),
        ("= broken", ""),
    ],
)
def test_a_wrong_configuration_names_the_place(tmp_path: Path, text: str, where: str) -> None:
    (tmp_path / "kiosk.toml").write_text(text)
    with pytest.raises(ConfigError) as refused:
        load_config(tmp_path / "kiosk.toml")
    assert refused.value.details["where"] == where


def test_the_identity_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    first = Identity(tmp_path)
    assert first.station_id == ""
    first.enrolled("WX-0001", "http://hub")
    again = Identity(tmp_path)
    assert again.public_key == first.public_key
    assert again.station_id == "WX-0001"
    assert stat.S_IMODE((tmp_path / "identity.key").stat().st_mode) == 0o600
    first.key.public_key().verify(again.sign(b"x"), b"x")


@given(st.datetimes(timezones=st.just(UTC)))
def test_ids_are_uuid_version_7_and_carry_their_time(at: datetime) -> None:
    import uuid

    made = uuid.UUID(uuid7(at))
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    expected = max(0, int(at.timestamp() * 1000)) & ((1 << 48) - 1)
    assert made.int >> 80 == expected


def test_error_codes_are_unique_and_stable_looking() -> None:
    codes = all_codes()
    assert "storage.disk_full" in codes
    assert all(code == code.lower() and " " not in code for code in codes)
