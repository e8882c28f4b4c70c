"""Gaps: a day of which the hub has not everything is one, and a quiet day is none."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from hub.journal_retirement import retire
from hub.presence import Presence
from hub.reports_gaps import Record, records
from hub.reports_period import Length, period_of
from kiosk.protocol.health import Health
from tests.hub.conftest import Server, Terminal, Time

ZONE = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)
RESCUED = {"problem": "", "kept": 1, "catalogue": True, "aside": ""}


def states(server: Server, first: int, last: int, station: str = "WX-0001") -> list[str]:
    """Of days of December, as they stand now."""
    period = period_of(Length.MONTH, date(2026, 12, 1), ZONE)
    record = records(server.hub, period.start).get(station, Record())
    now = server.hub.now()
    return [record.state(*period.bounds(date(2026, 12, day)), now) for day in range(first, last + 1)]


def push(terminal: Terminal, kind: str = "session.started", **body: object) -> None:
    assert terminal.push(terminal.entry(kind, **(body or {"session": "s"}))).status_code == 200


@pytest.fixture
def noon(hub_time: Time) -> Callable[[int], None]:
    """`noon(4)`: it is noon in Wuxi on the fourth of December."""

    def turn(day: int) -> None:
        hub_time.at = datetime(2026, 12, day, 4, 0, tzinfo=UTC)

    return turn


def test_a_quiet_day_is_proven_by_a_later_entry(
    server: Server, terminal: Terminal, noon: Callable[[int], None]
) -> None:
    push(terminal)
    noon(5)
    assert states(server, 1, 6) == ["not_enrolled", "behind", "behind", "behind", "running", "ahead"]
    push(terminal)
    assert states(server, 1, 5) == ["not_enrolled", "complete", "complete", "complete", "running"]
    noon(7)
    assert states(server, 4, 7) == ["complete", "behind", "behind", "running"]
    assert states(server, 1, 2, "WX-0404") == ["not_enrolled", "not_enrolled"]


def test_a_record_may_begin_before_anybody_enrolled_the_terminal(
    server: Server, enrolled: Callable[..., Terminal], noon: Callable[[int], None]
) -> None:
    noon(6)
    terminal = enrolled()
    early = terminal.entry("session.started", session="s") | {"at": "2026-12-02T09:00:00+08:00"}
    assert terminal.push(early).status_code == 200
    push(terminal)
    assert states(server, 1, 6) == ["not_enrolled", "not_enrolled", "complete", "complete", "complete", "running"]


def test_a_report_that_nothing_is_left_proves_as_much_and_an_open_link_does_not(
    server: Server, terminal: Terminal, noon: Callable[[int], None]
) -> None:
    push(terminal)
    presence = server.hub.presence
    noon(3)
    line = presence.connected("WX-0001")
    presence.heard("WX-0001", line)
    assert states(server, 2, 2) == ["behind"]
    presence.heard("WX-0001", line, Health())  # its health could not be found out
    assert states(server, 2, 2) == ["behind"]
    presence.heard("WX-0001", line, Health(version="1", waiting=7))
    assert states(server, 2, 2) == ["behind"]
    presence.heard("WX-0001", line, Health(version="1"))
    assert states(server, 2, 2) == ["complete"]
    presence.gone("WX-0001", line)
    noon(6)
    line = presence.connected("WX-0001")  # it is back, and has not said yet what waits there
    presence.heard("WX-0001", line)
    assert states(server, 2, 5) == ["complete", "behind", "behind", "behind"]
    presence.flush()
    after = Presence(server.hub.db, server.hub.now)  # a hub that was started anew knows as much
    assert after.facts()["WX-0001"].told == datetime(2026, 12, 3, 4, 0, tzinfo=UTC)


def test_entries_beyond_a_missing_one_are_no_proof(
    server: Server, terminal: Terminal, noon: Callable[[int], None]
) -> None:
    push(terminal)
    noon(3)
    lost = terminal.entry("session.started", session="lost on the way")
    noon(4)
    push(terminal)
    assert states(server, 2, 4) == ["hole", "hole", "running"]
    assert terminal.push(lost).status_code == 200
    assert states(server, 2, 4) == ["complete", "complete", "running"]


def test_an_entry_kept_apart_is_a_hole_where_it_counts(
    server: Server, terminal: Terminal, noon: Callable[[int], None]
) -> None:
    push(terminal)
    for day, kind in ((3, "course.refused"), (5, "supply.taken")):
        noon(day)
        push(terminal)
        assert terminal.push(terminal.entry(kind, nonsense=1)).json()["poison"]
    noon(6)
    push(terminal)
    noon(8)
    push(terminal)
    assert states(server, 2, 8) == ["complete", "complete", "complete", "hole", "hole", "complete", "running"]


def test_an_entry_the_counting_stumbled_over_is_a_hole(
    server: Server, terminal: Terminal, noon: Callable[[int], None]
) -> None:
    for day in (1, 3, 5):
        noon(day)
        push(terminal)
    server.hub.db.execute("INSERT INTO projection_failure VALUES ('reports', 2, 'a mistake')")
    assert states(server, 2, 4) == ["complete", "hole", "complete"]


def test_between_two_terminals_nobody_knows(
    server: Server, enrolled: Callable[..., Terminal], noon: Callable[[int], None]
) -> None:
    push(enrolled())
    noon(3)
    old = enrolled()
    push(old)
    noon(5)
    new = enrolled()
    line = server.hub.presence.connected("WX-0001")
    noon(6)
    server.hub.presence.heard("WX-0001", line, Health(version="1"))  # a new one, with nothing to send yet
    assert states(server, 2, 5) == ["hole", "hole", "hole", "hole"]
    push(new)
    noon(8)
    push(new)
    assert states(server, 2, 7) == ["hole", "hole", "hole", "hole", "hole", "complete"]


@pytest.mark.parametrize(("missing", "state"), [(0, "complete"), (2, "hole")])
def test_a_journal_put_together_anew_is_whole_if_it_says_so(
    server: Server, terminal: Terminal, noon: Callable[[int], None], missing: int, state: str
) -> None:
    def send(name: str, *entries: dict[str, object]) -> None:
        assert terminal.post("/api/journal", {"journal": name * 32, "entries": list(entries)}).status_code == 200

    first = terminal.entry("session.started", session="s")
    send("a", first)
    noon(4)
    rescued = terminal.entry("station.database_rescued", seq=2, missing=missing, **RESCUED)
    send("b", first, rescued)
    noon(6)
    send("b", terminal.entry("session.started", seq=3, session="s"))
    assert states(server, 2, 5) == [state, state, state, "complete"]


def test_a_day_on_which_it_never_ran_is_no_quiet_one(
    server: Server, terminal: Terminal, noon: Callable[[int], None]
) -> None:
    push(terminal)
    noon(2)
    push(terminal)
    noon(5)
    push(terminal, "station.started", version="1", clean=False)
    noon(6)
    push(terminal)
    assert states(server, 2, 6) == ["complete", "off", "off", "complete", "running"]


def test_what_a_clock_that_was_wrong_had_dated_is_of_no_known_day_until_it_is_set_right(
    server: Server, terminal: Terminal, noon: Callable[[int], None]
) -> None:
    push(terminal)
    noon(2)
    push(terminal)
    noon(4)
    wrong = terminal.entry("session.started", session="s")
    wrong |= {"at": "1970-01-01T00:00:09+00:00", "clock": "doubtful"}
    assert terminal.push(wrong).status_code == 200
    assert states(server, 1, 4) == ["not_enrolled", "clock", "clock", "running"]
    noon(6)
    push(terminal)
    assert states(server, 2, 6) == ["clock", "clock", "clock", "clock", "running"]
    seconds = (datetime(2026, 12, 4, 4, 0, tzinfo=UTC) - datetime.fromisoformat(str(wrong["at"]))).total_seconds()
    push(terminal, "station.clock_corrected", first=wrong["id"], seconds=seconds)
    assert states(server, 2, 5) == ["complete", "complete", "complete", "complete"]


def test_a_run_that_was_never_set_right_harms_the_days_around_it_alone(
    server: Server, terminal: Terminal, noon: Callable[[int], None]
) -> None:
    for day in (1, 2, 3):
        noon(day)
        push(terminal)
    noon(5)
    wrong = [
        terminal.entry("station.started", version="1", clean=False),
        terminal.entry("session.started", session="s"),
    ]
    for entry in wrong:
        entry |= {"at": "1970-01-01T00:00:09+00:00", "clock": "doubtful"}
    assert terminal.push(*wrong).status_code == 200
    noon(6)
    push(terminal, "station.started", version="1", clean=False)
    noon(8)
    push(terminal)
    assert states(server, 2, 7) == ["complete", "clock", "clock", "clock", "clock", "complete"]


def test_a_clock_that_is_ahead_proves_nothing_of_tomorrow(
    server: Server, terminal: Terminal, noon: Callable[[int], None]
) -> None:
    ahead = terminal.entry("session.started", session="s") | {"at": "2026-12-09T08:00:00+00:00"}
    assert terminal.push(ahead).status_code == 200
    noon(5)
    assert states(server, 2, 4) == ["behind", "behind", "behind"]


def test_a_month_that_was_retired_is_told_as_before(
    server: Server, terminal: Terminal, noon: Callable[[int], None], hub_time: Time, tmp_path: Path
) -> None:
    for day in (1, 2, 3):
        noon(day)
        push(terminal)
    noon(6)
    push(terminal, "station.started", version="1", clean=False)
    hub_time.at = datetime(2027, 2, 9, 4, 0, tzinfo=UTC)
    push(terminal)
    before = states(server, 1, 31)
    assert before[:7] == ["not_enrolled", "complete", "complete", "off", "off", "complete", "complete"]
    retire(server.hub.db, "2027-01", tmp_path, hub_time())
    assert server.hub.db.value("SELECT COUNT(*) FROM journal") == 1
    assert states(server, 1, 31) == before
