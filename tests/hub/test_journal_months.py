"""The journal cut by month on a server: parts are there in time, nothing is refused, nothing is taken twice."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hub import journal, journal_months
from hub.config import HubConfig
from hub.database import Database
from hub.features import features
from hub.state import Hub
from kiosk.protocol.ids import uuid7
from tests.hub.conftest import Time
from tests.hub.journals import derived, enrolled, entries, journal_of, take
from tests.hub.postgres import Cluster, cluster

pytestmark = pytest.mark.xdist_group("postgresql")
EARLIER = 3  # scripts of the journal before it was cut


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("months")) as opened:
        yield opened


@pytest.fixture
def config(tmp_path: Path, postgres: Cluster) -> HubConfig:
    return HubConfig(data_dir=tmp_path / "hub", database_url=postgres.database())


def part_of(hub: Hub) -> dict[str, int]:
    """How many entries each part has."""
    rows = hub.db.rows("SELECT tableoid::regclass::text AS part, COUNT(*) AS n FROM journal GROUP BY 1")
    return {row["part"]: row["n"] for row in rows}


def scene(hub: Hub) -> dict[str, list[dict[str, Any]]]:
    enrolled(hub, "WX-0001", "WX-0002")
    return {station: entries(station, 120) for station in ("WX-0001", "WX-0002")}


def test_months_are_counted_over_the_end_of_a_year() -> None:
    assert [journal_months.after("2026-11", n) for n in (-11, -10, 0, 1, 2, 14)] == [
        *("2025-12", "2026-01", "2026-11", "2026-12", "2027-01", "2028-01")
    ]
    assert not any(map(journal_months.is_month, ("2026-13", "2026-00", "26-01", "2026-1", "2026-01-01", "")))


def test_parts_are_there_before_their_month_begins(config: HubConfig, hub_time: Time) -> None:
    with Hub(config, hub_time) as hub:
        assert journal_months.parts(hub.db) == ["2026-12", "2027-01"]
        assert journal_months.prepare(hub.db, hub_time()) == []
        hub_time.at = datetime(2027, 1, 3, tzinfo=UTC)
        assert journal_months.prepare(hub.db, hub_time()) == ["2027-02"]


def test_an_entry_with_no_part_is_taken_and_finds_it_later(config: HubConfig, hub_time: Time) -> None:
    with Hub(config, hub_time) as hub:
        sent = scene(hub)["WX-0001"]
        take(hub, "WX-0001", sent[:50])
        hub_time.at = datetime(2027, 3, 31, 23, 59, 59, 999999, tzinfo=UTC)
        take(hub, "WX-0001", sent[50:70])
        hub_time.at = datetime(2027, 4, 1, tzinfo=UTC)
        assert take(hub, "WX-0001", sent[70:]) == 120
        assert part_of(hub) == {"journal_2026_12": 50, "journal_other": 70}
        before = journal_of(hub.db)
        assert journal_months.prepare(hub.db, hub_time()) == ["2027-03", "2027-04", "2027-05"]
        assert part_of(hub) == {"journal_2026_12": 50, "journal_2027_03": 20, "journal_2027_04": 50}
        assert journal_of(hub.db) == before


def test_every_batch_ten_times_over_the_end_of_a_month_is_the_same_as_once(
    config: HubConfig, postgres: Cluster, hub_time: Time
) -> None:
    """In any order, some before midnight and again after it; beside it each once, in order, on another server."""
    other = config.model_copy(update={"database_url": postgres.database(), "data_dir": config.data_dir / "other"})
    with Hub(config, hub_time) as hub, Hub(other, hub_time) as once:
        sent = scene(hub)
        enrolled(once, *sent)
        batches = [(name, all_of_it[at : at + 15]) for name, all_of_it in sent.items() for at in range(0, 120, 10)]
        chance = random.Random(7)
        for moment in (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), datetime(2027, 1, 1, 0, 1, tzinfo=UTC)):
            hub_time.at = moment
            some = batches if moment.year == 2027 else batches[::2]
            many = [batch for batch in some for _ in range(5 if moment.year == 2027 else 10)]
            chance.shuffle(many)
            for station, batch in many:
                take(hub, station, batch)
        for station, all_of_it in sent.items():
            assert take(hub, station, all_of_it[-1:]) == take(once, station, all_of_it) == 120
        assert set(part_of(hub)) == {"journal_2026_12", "journal_2027_01"}
        positions = [row["position"] for row in hub.db.rows("SELECT position FROM journal ORDER BY position")]
        assert positions == list(range(1, 241))
        keys = hub.db.rows("SELECT DISTINCT station, terminal, seq FROM journal")
        assert len(keys) == 240
        assert derived(hub.db) == derived(once.db)
        by_station = "SELECT station, seq, id, body FROM journal ORDER BY station, seq"
        assert hub.db.rows(by_station) == once.db.rows(by_station)


def test_a_journal_in_one_table_is_cut_and_keeps_everything(config: HubConfig, hub_time: Time) -> None:
    """As the version before left it, with three months of entries, one that waits and one that is poison."""
    old = Database(config.database_url)
    for feature in features():
        old.migrate(feature.name, feature.migrations[:EARLIER] if feature.name == "journal" else feature.migrations)
    months = ["2026-09", "2026-10", "2026-12"]
    rows = entries("WX-0001", 90)
    for number, raw in enumerate(rows):
        waits, apart = number == 89, "body: nothing" if number == 40 else ""
        position = None if waits or apart else number + 1
        values = ("WX-0001", 1, number + 1 + 5 * waits, position, raw["id"], raw["kind"], raw["at"], "synced")
        received = f"{months[number // 30]}-0{1 + number % 9}T08:00:00.123456+00:00"
        old.execute(
            "INSERT INTO journal (station, terminal, seq, position, id, kind, at, clock, body, poison, received)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            (*values, journal._dump(raw["body"]), apart, received),
        )
    old.execute("INSERT INTO journal_head VALUES ('WX-0001', 1, 89)")
    before = journal_of(old)
    old.close()
    for _ in range(2):  # also when it is opened again
        with Hub(config, hub_time) as hub:
            assert journal_of(hub.db) == before
            assert part_of(hub) == {"journal_2026_09": 30, "journal_2026_10": 30, "journal_2026_12": 30}
            assert hub.db.value("SELECT last FROM journal_position") == 89
            assert hub.db.value("SELECT COUNT(*) FROM journal_other") == 0
    with Hub(config, hub_time) as hub:
        enrolled(hub, "WX-0001")
        more = [raw | {"seq": 90 + n} for n, raw in enumerate(entries("WX-0001", 5))]
        assert take(hub, "WX-0001", [*rows[60:89], *more]) == 95
        assert hub.db.value("SELECT MAX(position) FROM journal") == 95


def test_each_part_has_every_index_and_its_own_keys(config: HubConfig, hub_time: Time) -> None:
    def indexes(hub: Hub, table: str) -> list[str]:
        rows = hub.db.rows("SELECT indexdef FROM pg_indexes WHERE tablename = ?", (table,))
        return sorted(row["indexdef"].partition(" USING ")[2] for row in rows)

    with Hub(config, hub_time) as hub:
        first, other = indexes(hub, "journal_2026_12"), indexes(hub, "journal_other")
        assert first == other == indexes(hub, "journal_2027_01")
        assert set(indexes(hub, "journal")) < set(first)
        assert {'btree ("position")', "btree (station, terminal, seq)"} <= set(first)


def test_an_id_is_found_again_whenever_it_came(config: HubConfig, hub_time: Time) -> None:
    """New ids are looked for in the newest parts; old ones, and those of a clock that ran ahead, in all they may be."""
    with Hub(config, hub_time) as hub:
        enrolled(hub, "WX-0001")
        rows = entries("WX-0001", 90)  # made in October 2026
        ahead = rows[20] | {"id": "01f" + rows[20]["id"][3:]}  # 2038
        rows[20] = ahead
        for month, some in ((10, rows[:30]), (11, rows[30:60]), (12, rows[60:])):
            hub_time.at = datetime(2026, month, 30, tzinfo=UTC)
            journal_months.prepare(hub.db, hub_time())
            take(hub, "WX-0001", some, "a" * 32)
        hub_time.at = datetime(2027, 3, 20, tzinfo=UTC)
        journal_months.prepare(hub.db, hub_time())
        assert [row["month"] for row in hub.db.rows("SELECT month FROM journal_high ORDER BY month")] == [
            *("2026-10", "2026-11", "2026-12", "2027-01")
        ]
        assert journal_months.since(hub.db, rows[0]["id"]) == "2026-10"
        new = uuid7(hub_time())
        assert journal_months.since(hub.db, new) == "2026-10", "one of October is said to be of 2038"
        assert journal_months.since(hub.db, "ffffffff-ffff-7fff-bfff-ffffffffffff") == "2027-02"
        hub.db.execute("UPDATE journal_high SET id = (SELECT MAX(id) FROM journal_2026_11) WHERE month = '2026-10'")
        assert journal_months.since(hub.db, new) == "2027-02"
        plan = str(hub.db.rows("EXPLAIN SELECT 1 FROM journal WHERE received >= ? AND id IN (?)", ("2027-02", new)))
        assert ("journal_2027_03" in plan, "journal_2027_01" in plan, "journal_other" in plan) == (True, False, True)
        hub.db.execute("UPDATE journal_high SET id = ? WHERE month = '2026-10'", (ahead["id"],))
        sums, before = derived(hub.db), hub.db.value("SELECT MAX(position) FROM journal")
        anew = [raw | {"seq": seq} for seq, raw in enumerate((rows[5], ahead, rows[40], rows[89]), 1)]
        for some in (anew[1:2], anew[:1], anew):
            take(hub, "WX-0001", some, "b" * 32)
        assert hub.db.value("SELECT COUNT(*) FROM journal WHERE known = 1") == 4
        assert (derived(hub.db), hub.db.value("SELECT MAX(position) FROM journal")) == (sums, before)


def test_what_a_process_of_the_version_before_took_meanwhile_is_counted(config: HubConfig, hub_time: Time) -> None:
    with Hub(config, hub_time) as hub:
        rows = scene(hub)["WX-0001"]
        take(hub, "WX-0001", rows[:10])
        hub.db.execute("UPDATE journal_position SET last = 4")  # it does not know of this
        with Hub(config, hub_time):
            pass
        take(hub, "WX-0001", rows[10:20])
        assert [row["position"] for row in journal_of(hub.db)] == list(range(1, 21))
