"""Old months go into files, on both databases; what follows from them, and what is known of them, stays."""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hub import journal, journal_archive, journal_retirement
from hub.__main__ import main
from hub.config import HubConfig
from hub.features import features
from hub.journal import JournalDiverged
from hub.journal_archive import ArchiveDamaged, ArchiveFailed, ArchiveNeeded
from hub.journal_retirement import MonthChanged, MonthNotOver, MonthWaits, daily, retire
from hub.state import Hub
from tests.hub.conftest import Time
from tests.hub.journals import derived, enrolled, entries, journal_of, take
from tests.hub.postgres import Cluster, cluster

pytestmark = pytest.mark.xdist_group("postgresql")
STATIONS = ("WX-0001", "WX-0002", "WX-0003")
NAMES = ["a" * 32, "b" * 32]


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("retire")) as opened:
        yield opened


@pytest.fixture(params=["sqlite", "postgresql"])
def config(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> HubConfig:
    url = request.getfixturevalue("postgres").database() if request.param == "postgresql" else ""
    monkeypatch.setattr(journal_retirement, "_BATCH", 7)
    monkeypatch.setattr(journal_archive, "_PAGE", 9)
    return HubConfig(data_dir=tmp_path / "hub", database_url=url)


class Year:
    """A hub with entries of three months: 60 of each station in October, 40 in November, 20 in December 2026."""

    def __init__(self, hub: Hub, time: Time) -> None:
        self.hub, self.time = hub, time
        enrolled(hub, *STATIONS)
        self.sent = {station: entries(station, 120) for station in STATIONS}
        for month, first, last in ((10, 0, 60), (11, 60, 100), (12, 100, 120)):
            time.at = datetime(2026, month, 20, 8, tzinfo=UTC)
            for station, rows in self.sent.items():
                assert take(hub, station, rows[first:last]) == last
        time.at = datetime(2027, 1, 5, tzinfo=UTC)

    def retire(self, before: str, folder: Path | None = None) -> list[str]:
        done = retire(self.hub.db, before, folder or self.hub.config.archive, self.time())
        return [written.month for written in done]


@pytest.fixture
def year(config: HubConfig, hub_time: Time) -> Iterator[Year]:
    hub_time.at = datetime(2026, 10, 1, tzinfo=UTC)
    with Hub(config, hub_time) as hub:
        yield Year(hub, hub_time)


def lines(folder: Path, month: str) -> list[dict[str, Any]]:
    with gzip.open(folder / f"journal-{month}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def test_a_month_is_in_its_file_and_no_more_in_the_table(year: Year, tmp_path: Path) -> None:
    whole, sums = journal_of(year.hub.db), derived(year.hub.db)
    assert year.retire("2026-12", tmp_path) == ["2026-10", "2026-11"]
    assert year.retire("2026-12", tmp_path) == []
    assert derived(year.hub.db) == sums
    left = journal_of(year.hub.db)
    assert left == [row for row in whole if row["seq"] > 100]
    files = [row for month in ("2026-10", "2026-11") for row in lines(tmp_path, month)]
    assert {row["received"][:7] for row in files} == {"2026-10", "2026-11"}
    plain = [{k: json.dumps(v, ensure_ascii=False, separators=(",", ":")) if k == "body" else v
              for k, v in row.items() if k != "received"} for row in files]  # fmt: skip
    assert sorted(plain + left, key=lambda row: row["position"]) == whole
    for month, count in (("2026-10", 180), ("2026-11", 120)):
        manifest = json.loads((tmp_path / f"journal-{month}.json").read_text())
        data = (tmp_path / manifest["file"]).read_bytes()
        assert (manifest["entries"], manifest["applied"], manifest["bytes"]) == (count, count, len(data))
        assert manifest["sha256"] == hashlib.sha256(data).hexdigest()
    assert (manifest["first"], manifest["last"]) == (181, 300)
    assert {path.stat().st_mode & 0o077 for path in tmp_path.glob("journal-*")} == {0}
    assert not list(tmp_path.glob("*.part"))


def test_what_comes_again_from_a_retired_month_is_held_and_nothing_happens(year: Year) -> None:
    year.retire("2027-01")
    sums = derived(year.hub.db)
    for _ in range(10):
        for station, rows in year.sent.items():
            for at in range(0, 120, 30):
                assert take(year.hub, station, rows[at : at + 30]) == 120
    assert (journal_of(year.hub.db), derived(year.hub.db)) == ([], sums)
    more = entries("WX-0001", 5)
    assert take(year.hub, "WX-0001", [raw | {"seq": 120 + raw["seq"]} for raw in more]) == 125
    assert [row["position"] for row in journal_of(year.hub.db)] == [361, 362, 363, 364, 365], "counted on"


def test_an_old_image_is_noticed_though_what_it_lacks_was_retired(year: Year) -> None:
    year.retire("2027-01")
    sums = derived(year.hub.db)
    rows = year.sent["WX-0001"]
    other = [raw | {"seq": 80 + raw["seq"]} for raw in entries("WX-0001", 10)]
    for batch in (other, [rows[79], *other], [rows[50] | {"id": rows[51]["id"]}]):
        with pytest.raises(JournalDiverged):
            take(year.hub, "WX-0001", batch)
    assert (journal_of(year.hub.db), derived(year.hub.db)) == ([], sums)


def test_who_numbers_anew_has_nothing_taken_twice(year: Year) -> None:
    """A terminal whose disk was mended sends what is left of all months, under new numbers."""
    hub, rows = year.hub, year.sent["WX-0001"]
    assert take(hub, "WX-0001", rows[-1:], NAMES[0]) == 120
    year.retire("2026-12")
    sums, count = derived(hub.db), len(journal_of(hub.db))
    left = [raw for number, raw in enumerate(rows) if number % 3]  # a third of it was lost
    anew = [raw | {"seq": seq} for seq, raw in enumerate(left, 1)]
    for _ in range(3):
        assert take(hub, "WX-0001", anew, NAMES[1]) == 80
    assert derived(hub.db) == sums
    assert len(journal_of(hub.db)) == count + 80, "noted as known, under their new numbers"
    assert hub.db.value("SELECT COUNT(*) FROM journal WHERE known = 1") == 80
    with pytest.raises(JournalDiverged):
        take(hub, "WX-0001", rows[:1], NAMES[0])
    assert take(hub, "WX-0001", [raw | {"seq": 80 + raw["seq"]} for raw in entries("WX-0001", 3)], NAMES[1]) == 83
    year.time.at = datetime(2027, 2, 5, tzinfo=UTC)
    assert year.retire("2027-02") == ["2026-12", "2027-01"]
    assert take(hub, "WX-0001", anew, NAMES[1]) == 83, "what was noted as known goes like everything else"


def test_what_was_kept_apart_stays_apart(year: Year) -> None:
    hub = year.hub
    bad = [{"seq": 121, "id": "none"}, year.sent["WX-0001"][0] | {"seq": 122}]
    good = entries("WX-0001", 1)[0] | {"seq": 123}
    assert take(hub, "WX-0001", [*bad, good]) == 123
    year.time.at = datetime(2027, 2, 5, tzinfo=UTC)
    year.retire("2027-02")
    assert take(hub, "WX-0001", [*bad, good]) == 123
    assert journal_of(hub.db) == []
    with pytest.raises(JournalDiverged):
        take(hub, "WX-0001", [{"seq": 121, "id": "other"}])


def test_to_derive_anew_takes_the_files(year: Year, tmp_path: Path) -> None:
    hub, archive = year.hub, year.hub.config.archive
    whole, sums = journal_of(hub.db), derived(hub.db)
    year.retire("2026-12")
    left = journal_of(hub.db)
    assert journal.rebuild(hub.db, features(), archive) == len(whole) == 360
    assert (derived(hub.db), journal_of(hub.db)) == (sums, left)
    for folder in (None, tmp_path / "nowhere"):
        with pytest.raises(ArchiveNeeded) as needed:
            journal.rebuild(hub.db, features(), folder)
        assert needed.value.members["months"] == ["2026-10", "2026-11"]
    path = archive / "journal-2026-11.jsonl.gz"
    data = path.read_bytes()
    for damaged in (data[:-9], data[:100] + b"x" + data[101:], b""):
        path.write_bytes(damaged)
        with pytest.raises(ArchiveDamaged):
            journal.rebuild(hub.db, features(), archive)
        assert (derived(hub.db), journal_of(hub.db)) == (sums, left)


def test_a_later_version_that_derives_something_else_does_not_lose_it_either(year: Year, tmp_path: Path) -> None:
    hub, config = year.hub, year.hub.config
    sums = derived(hub.db)
    year.retire("2026-12")
    hub.db.execute("UPDATE projection SET version = version - 1 WHERE name = 'supplies'")
    config.archive.rename(tmp_path / "moved")
    with pytest.raises(ArchiveNeeded):
        Hub(config, year.time)
    assert derived(hub.db) == sums
    (tmp_path / "moved").rename(config.archive)
    with Hub(config, year.time) as upgraded:
        assert derived(upgraded.db) == sums


def test_a_month_that_is_not_over_stays(year: Year) -> None:
    for before in ("2027-02", "2027-1", "2027-13", "soon", "", "2026-12-01"):
        with pytest.raises(MonthNotOver):
            year.retire(before)
    year.time.at = datetime(2027, 1, 1, 23, tzinfo=UTC)  # another process's clock may be behind
    with pytest.raises(MonthNotOver):
        year.retire("2027-01")
    assert len(journal_of(year.hub.db)) == 360


def test_a_month_in_which_something_waits_stays(year: Year) -> None:
    hub = year.hub
    year.time.at = datetime(2026, 11, 30, tzinfo=UTC)
    missing, waits = (raw | {"seq": 120 + raw["seq"]} for raw in entries("WX-0002", 2))
    assert take(hub, "WX-0002", [waits]) == 120
    year.time.at = datetime(2027, 1, 5, tzinfo=UTC)
    with pytest.raises(MonthWaits) as refused:
        year.retire("2027-01")
    assert refused.value.members == {"month": "2026-11", "station": "WX-0002", "entries": 1, "stations": 1}
    assert {row["received"][:7] for row in hub.db.rows("SELECT received FROM journal")} == {"2026-11", "2026-12"}
    assert take(hub, "WX-0002", [missing]) == 122
    assert year.retire("2027-01") == ["2026-11", "2026-12"]
    assert [row["seq"] for row in journal_of(hub.db)] == [121]


def test_a_station_that_never_comes_back_does_not_keep_everything_here(year: Year) -> None:
    hub = year.hub
    year.time.at = datetime(2026, 11, 30, tzinfo=UTC)
    missing, waits = (raw | {"seq": 120 + raw["seq"]} for raw in entries("WX-0002", 2))
    take(hub, "WX-0002", [waits])
    year.time.at = datetime(2027, 1, 5, tzinfo=UTC)
    done = retire(hub.db, "2027-01", hub.config.archive, year.time(), with_waiting=True)
    assert [(made.entries, made.applied) for made in done] == [(180, 180), (121, 120), (60, 60)]
    assert take(hub, "WX-0002", [missing, waits]) == 122, "it does come back, and was not told that this is held"
    sums = derived(hub.db)
    assert journal.rebuild(hub.db, features(), hub.config.archive) == 362
    assert derived(hub.db) == sums


def test_two_at_once_retire_a_month_once(year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    real = journal_retirement._mark

    def other(db: Any, month: str) -> None:
        monkeypatch.undo()
        assert year.retire("2026-12") == ["2026-10", "2026-11"]
        real(db, month)

    monkeypatch.setattr(journal_retirement, "_mark", other)
    with pytest.raises(MonthChanged):
        year.retire("2026-12")
    assert len(journal_of(year.hub.db)) == 60
    assert journal.rebuild(year.hub.db, features(), year.hub.config.archive) == 360


def test_what_an_earlier_numbering_left_waiting_stops_nothing_and_can_still_come(year: Year) -> None:
    hub = year.hub
    year.time.at = datetime(2026, 11, 30, tzinfo=UTC)
    waits = entries("WX-0002", 2)[1]
    assert take(hub, "WX-0002", [waits | {"seq": 122}], NAMES[0]) == 120
    assert take(hub, "WX-0002", year.sent["WX-0002"][:1], NAMES[1]) == 1
    year.time.at = datetime(2027, 1, 5, tzinfo=UTC)
    assert year.retire("2027-01") == ["2026-10", "2026-11", "2026-12"]
    assert take(hub, "WX-0002", [waits | {"seq": 2}], NAMES[1]) == 2
    assert [(row["seq"], row["known"], row["position"]) for row in journal_of(hub.db)] == [(2, 0, 361)]


class Cut(BaseException):
    """The power is cut."""


@pytest.mark.parametrize("where", ["write", "_mark", "_let_go", "_delete"])
def test_broken_off_anywhere_it_can_be_done_again(
    year: Year, where: str, monkeypatch: pytest.MonkeyPatch, config: HubConfig
) -> None:
    whole, sums = len(journal_of(year.hub.db)), derived(year.hub.db)
    module = journal_archive if where == "write" else journal_retirement
    real: Callable[..., Any] = getattr(module, where)

    def cut(*args: Any) -> None:
        if where in ("write", "_mark"):
            real(*args)
        raise Cut

    monkeypatch.setattr(module, where, cut)
    if where == "_delete" and config.database_url:
        assert year.retire("2026-12") == ["2026-10", "2026-11"], "a part goes at once"
    else:
        with pytest.raises(Cut):
            year.retire("2026-12")
        assert take(year.hub, "WX-0001", year.sent["WX-0001"]) == 120
        assert journal.rebuild(year.hub.db, features(), config.archive) == whole
        assert derived(year.hub.db) == sums
    monkeypatch.setattr(module, where, real)
    year.retire("2026-12")
    assert len(journal_of(year.hub.db)) == 60
    assert year.hub.db.value("SELECT COUNT(*) FROM journal_month WHERE gone = 1") == 2
    assert take(year.hub, "WX-0001", year.sent["WX-0001"]) == 120
    assert journal.rebuild(year.hub.db, features(), config.archive) == whole
    assert derived(year.hub.db) == sums


def test_a_month_that_grows_while_it_is_written_stays(year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    real = journal_retirement._mark

    def late(db: Any, month: str) -> None:
        real(db, month)
        monkeypatch.undo()
        year.time.at = datetime(2026, 10, 31, tzinfo=UTC)  # a process whose clock is far behind
        take(year.hub, "WX-0001", [entries("WX-0001", 1)[0] | {"seq": 121}])

    monkeypatch.setattr(journal_retirement, "_mark", late)
    with pytest.raises(MonthChanged):
        year.retire("2026-12")
    assert len(journal_of(year.hub.db)) == 361


def test_a_file_of_somebody_else_is_not_written_over(year: Year, tmp_path: Path) -> None:
    (tmp_path / "journal-2026-10.jsonl.gz").write_bytes(b"another hub's")
    with pytest.raises(ArchiveFailed):
        year.retire("2026-12", tmp_path)
    assert len(journal_of(year.hub.db)) == 360
    assert (tmp_path / "journal-2026-10.jsonl.gz").read_bytes() == b"another hub's"


def test_once_a_day_by_itself_when_it_is_configured(year: Year) -> None:
    hub = year.hub
    assert daily(hub) == [], "everything is kept unless it is said"
    hub.config = hub.config.model_copy(update={"journal_months": 1})
    assert [written.month for written in daily(hub)] == ["2026-10", "2026-11"], "this month, and one whole one stay"
    year.time.at = datetime(2027, 2, 5, tzinfo=UTC)
    hub.db.execute("UPDATE journal_chore SET day = '2027-02-05'")
    assert daily(hub) == [], "another process is at it today"
    year.time.at = datetime(2027, 2, 6, tzinfo=UTC)
    assert [written.month for written in daily(hub)] == ["2026-12"]


def test_the_commands(year: Year, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    config, sums = year.hub.config, derived(year.hub.db)
    if config.database_url:
        monkeypatch.setenv("HUB_DATABASE_URL", config.database_url)
    words = ["--data-dir", str(config.data_dir)]
    elsewhere = str(config.data_dir.parent / "elsewhere")
    now = datetime.now(UTC)
    assert main([*words, "retire", "--before", f"{now.year + 1}-01"]) == 2
    assert json.loads(capsys.readouterr().err)["error"] == "retire.not_over"
    assert main([*words, "retire", "--before", "2026-11", "--to", elsewhere, "--json"]) == 0
    assert [made["month"] for made in json.loads(capsys.readouterr().out)] == ["2026-10"]
    assert main([*words, "rebuild"]) == 2
    said = json.loads(capsys.readouterr().err)
    assert (said["error"], said["months"]) == ("archive.needed", ["2026-10"])
    assert main([*words, "rebuild", "--archive", elsewhere, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"entries": 360, "failed": 0}
    assert derived(year.hub.db) == sums
