"""A few batches at a time; everybody else is told when to come back, and a city that returns at once gets through."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from hub.admission import Gate, JournalBusy
from hub.cli_enrol import numbered
from hub.stations import new_enrolment
from kiosk.cli_fleet import return_at_once
from kiosk.config import HubConfig as LineConfig
from kiosk.fleet import SimulatedStation, read_codes
from kiosk.network import Network
from tests.hub.conftest import Server, Time


def test_who_waits_and_who_is_sent_away() -> None:
    now = [0.0]

    async def play() -> list[str]:
        gate, said = Gate(1, 2, lambda: now[0]), []
        release = asyncio.Event()

        async def come(name: str) -> None:
            try:
                async with gate:
                    said.append(f"{name} in")
                    await release.wait()
            except JournalBusy:
                said.append(f"{name} away")

        tasks = []
        for name in "abcd":
            tasks.append(asyncio.create_task(come(name)))
            await asyncio.sleep(0)
        release.set()
        await asyncio.gather(*tasks)
        return said

    assert asyncio.run(play()) == ["a in", "d away", "b in", "c in"]


def test_the_more_are_sent_away_the_longer() -> None:
    now = [0.0]
    gate = Gate(monotonic=lambda: now[0])
    first = gate.retry_after()
    for _ in range(400):
        later = gate.retry_after()
    assert first == 2
    assert 50 < later < 70, "400 batches of 0.15 s"
    now[0] = 100
    assert gate.retry_after() == 2, "that was long ago"


def test_somebody_who_gives_up_leaves_their_place() -> None:
    async def play() -> int:
        gate = Gate(1, 1)
        async with gate:
            waiting = asyncio.create_task(gate.__aenter__())
            await asyncio.sleep(0)
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
        return gate._here

    assert asyncio.run(play()) == 0


@pytest.fixture
def city(server: Server, hub_time: Time, tmp_path: Path) -> Iterator[list[SimulatedStation]]:
    hub_time.at = datetime.now(UTC)  # simulated stations sign with the time of this machine
    network = Network()
    line = LineConfig(url=server.url, timeout_seconds=30)
    made = []
    for number in range(30):
        name = f"WX-{number:04}"
        station = SimulatedStation(name, tmp_path / name, line, 5, network)
        station.enrol(new_enrolment(server.hub, name)[0])
        made.append(station)
    yield made
    for station in made:
        station.close()
    network.stop()


def test_thirty_stations_that_return_at_once(server: Server, city: list[SimulatedStation]) -> None:
    server.app.state.intake_gate = Gate(1, 2)
    entries = sum(station.live(date(2026, 11, 1), 1) for station in city)
    report = return_at_once(city)
    assert (report["stations"], report["entries"], report["failed"]) == (30, entries, 0)
    assert report["sent_away"] > 0
    assert server.hub.db.value("SELECT COUNT(*) FROM journal WHERE position IS NOT NULL") == entries
    for station in city:
        rows = server.hub.db.rows("SELECT id FROM journal WHERE station = ? ORDER BY position", (station.name,))
        assert [row["id"] for row in rows] == [entry.id for entry in station.store.journal.all()]


def test_names_go_on_where_they_began(tmp_path: Path) -> None:
    assert numbered("WX-0099", 3) == ["WX-0099", "WX-0100", "WX-0101"]
    assert numbered("hall", 3) == ["hall", "hall2", "hall3"]
    assert numbered("hall", 1) == ["hall"]
    codes = tmp_path / "codes"
    codes.write_text("\n".join(json.dumps({"station": s, "code": "AB"}) for s in ("a", "b")) + "\n")
    assert read_codes(codes) == [("a", "AB"), ("b", "AB")]
