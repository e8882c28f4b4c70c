"""Stock at the hub: after days without a line its numbers are the terminal's own, through the real wire."""

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from hub import supplies
from hub.features import features
from hub.journal import rebuild
from hub.stations import new_enrolment
from kiosk.app import ASSETS, Station
from kiosk.clock import ManualClock
from kiosk.config import load_config
from kiosk.errors import HubUnreachable, KioskError
from kiosk.protocol.folder import read_folder
from kiosk.session import Person
from kiosk.supplies import Counted
from kiosk.supplies.opening import open_shelf
from tests.hub.conftest import Server, Terminal, Time

WORDS = {"zh_CN": "水", "en": "Water"}
PLACE = {"zh_CN": "架子", "en": "shelf"}


@pytest.fixture
def station(server: Server, tmp_path: Path, hub_time: Time) -> Iterator[Station]:
    """A terminal of its own data folder, enrolled, with what the hub has published."""
    server.hub.catalogue.publish(read_folder(ASSETS / "demo" / "catalogue" / "items"), "folder")
    made = Station(load_config(None, data_dir=tmp_path / "kiosk", hub={"url": server.url}), ManualClock(hub_time()))
    code, _ = new_enrolment(server.hub, "WX-0001")
    made.hub.enrol(code)
    assert made.sync is not None
    made.sync.round()
    made._settings = made.settings.model_copy(update={"staff_pin": pin()})
    made.desk.call(open_shelf, made.store, ASSETS / "demo" / "stock.json", made.clock.now().date())
    yield made
    made.stop()


def pin() -> str:
    from kiosk.staff import hash_pin

    return hash_pin("2468", b"salt", n=16)


def day_of_work(station: Station, chance: random.Random, deeds: int) -> None:
    """Random visitors and a volunteer. On the desk thread."""
    done = ""
    for _ in range(deeds):
        with suppress(KioskError):  # what is refused is refused: the book is what counts
            match chance.randrange(10):
                case 0 | 1 | 2:
                    item = chance.choice(["water", "herbal_tea", "plaster", "watermelon", "biscuits"])
                    done = station.supplies.take(item, chance.randint(1, 3)).entry
                case 3:
                    done = station.supplies.take("huoxiang", 1, "2026-11").entry
                case 4:
                    done = station.supplies.borrow(chance.choice(["umbrella", "cable"])).entry
                case 5 if station.supplies.loans().others:
                    done = station.supplies.give_back(chance.choice(station.supplies.loans().others).loan).entry
                case 6:
                    done = station.supplies.give_back_unnumbered("umbrella").entry
                case 7:
                    station.supplies.undo(done)
                case 8:
                    station.staff.unlock("2468")
                    rows = station.stockroom.lots(chance.choice(["water", "biscuits", "umbrella"]))
                    counts = [Counted(row.lot, row.quantity, chance.randint(0, 9)) for row in rows]
                    done = station.stockroom.stocktake(rows[0].item, counts).entry
                case _:
                    station.session.recognise(Person(chance.choice(["aa" * 10, "bb" * 10])))


def kiosk_stock(station: Station) -> dict[str, tuple[int, int, int, int, int]]:
    """By item: may be taken, expired, beyond the book, unmatched, out. On the desk thread."""
    tables, found = station.supplies._tables, {}
    for row in station.stockroom.items():
        beyond, unmatched = tables.beyond().get(row.id, (0, 0))
        expired = station.supplies.offer(row.id).expired
        found[row.id] = (row.quantity, expired, beyond, unmatched, len(tables.loans(row.id)))
    return {item: numbers for item, numbers in found.items() if any(numbers)}


def hub_stock(client: httpx.Client) -> dict[str, tuple[int, int, int, int, int]]:
    found = {
        row["item"]: (row["quantity"], row["expired"], row["beyond"], row["unmatched"], row["out"])
        for row in client.get("/api/console/stock").raise_for_status().json()
    }
    return {item: numbers for item, numbers in found.items() if any(numbers)}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_hubs_numbers_are_the_terminals(
    server: Server, station: Station, staff: Callable[..., httpx.Client], hub_time: Time, seed: int
) -> None:
    assert station.sync is not None
    url, station.hub.url = station.hub.url, "http://127.0.0.1:1"  # nobody listens there
    station.desk.call(day_of_work, station, random.Random(seed), 250)
    with pytest.raises(HubUnreachable):
        station.sync.round()
    manager = staff("manager")
    assert hub_stock(manager) == {}
    station.hub.url = url
    station.sync.round()
    expected = station.desk.call(kiosk_stock, station)
    assert len(expected) > 8
    assert hub_stock(manager) == expected
    station.desk.call(day_of_work, station, random.Random(seed + 100), 100)
    station.sync.round()
    station.sync.round()
    assert hub_stock(manager) == station.desk.call(kiosk_stock, station)
    before = hub_stock(manager)
    rebuild(server.hub.db, [feature for feature in features() if feature.name == "supplies"])
    assert hub_stock(manager) == before
    assert server.hub.db.value("SELECT COUNT(*) FROM projection_failure") == 0


def restocked(terminal: Terminal, **more: Any) -> dict[str, Any]:
    body = {"item": "water", "session": "", "day": "2026-12-01", "lot": "a", "quantity": 5, "place": PLACE} | more
    return terminal.entry("supply.restocked", **body)


def test_what_the_console_is_told(server: Server, terminal: Terminal, staff: Callable[..., httpx.Client]) -> None:
    server.hub.catalogue.publish(read_folder(ASSETS / "demo" / "catalogue" / "items"), "folder")
    terminal.push(
        restocked(terminal, lot="past", quantity=2, expires="2026-11-30"),
        restocked(terminal, lot="late", expires="2027-03-01"),
        restocked(terminal, lot="early", expires="2026-12-24"),
        restocked(terminal, item="secret", lot="x"),
    )
    rows = staff("duty").get("/api/console/stock").json()
    water = {"station": "WX-0001", "item": "water", "quantity": 10, "low": True, "expires": "2026-12-24", "expired": 2}
    assert water.items() <= rows[0].items()
    assert rows[0]["name"]["zh_CN"] == "瓶装水"
    assert (rows[1]["item"], rows[1]["name"]["zh_CN"], rows[1]["low"]) == ("secret", "secret", False)


def test_stock_is_for_duty_and_managers(http: httpx.Client, staff: Callable[..., httpx.Client]) -> None:
    assert http.get("/api/console/stock").status_code == 401
    assert staff("publisher").get("/api/console/stock").status_code == 403


def test_a_new_terminal_begins_a_new_book(
    enrolled: Callable[..., Terminal], staff: Callable[..., httpx.Client]
) -> None:
    old = enrolled("WX-0001")
    old.push(restocked(old))
    new = enrolled("WX-0001")
    new.push(restocked(new, quantity=3))
    assert [row["quantity"] for row in staff("duty").get("/api/console/stock").json()] == [3]


def test_an_undo_of_nothing_of_another_station_or_twice_changes_nothing(
    server: Server, enrolled: Callable[..., Terminal], staff: Callable[..., httpx.Client]
) -> None:
    here, there = enrolled("WX-0001"), enrolled("WX-0002")
    stocked = restocked(there)
    taken = {"item": "water", "session": "s", "day": "2026-12-01", "quantity": 2, "lots": [{"lot": "a", "quantity": 2}]}
    take = there.entry("supply.taken", **taken)
    undone = {"item": "water", "session": "s", "day": "2026-12-01"}
    there.push(stocked, take)
    here.push(
        here.entry("supply.undone", of=take["id"], **undone),
        here.entry("supply.undone", of="01900000-0000-7000-8000-000000000000", **undone),
    )
    for _ in range(2):
        there.push(there.entry("supply.undone", of=take["id"], **undone))
    rows = staff("duty").get("/api/console/stock").json()
    assert [(row["station"], row["quantity"]) for row in rows] == [("WX-0002", 5)]
    assert supplies.stock_of(server.hub, "WX-0001") == []
