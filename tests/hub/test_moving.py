"""From the SQLite file to a PostgreSQL server: everything, the same, once."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hub import moving
from hub.__main__ import main
from hub.accounts import Accounts, Role
from hub.alarm_store import Incidents
from hub.backup import NotEmpty
from hub.cli_serve import fill_demo
from hub.config import HubConfig
from hub.moving import MoveFailed, NoSource, NotPostgreSQL, move
from hub.state import Hub
from kiosk.protocol.alarm import Alarm, AlarmSource
from tests.hub.postgres import Cluster, cluster

pytestmark = pytest.mark.xdist_group("postgresql")
NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
ONE = "01a2108b-1c11-7757-a23c-a2a668e46f01"


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("postgres")) as opened:
        yield opened


@pytest.fixture
def config(tmp_path: Path, postgres: Cluster) -> HubConfig:
    """A hub with something of everything, on its file; the address of an empty server."""
    there = HubConfig(data_dir=tmp_path / "hub")
    with Hub(there, lambda: NOW) as hub:
        fill_demo(hub)
        Accounts(hub.db).add("wang", "correct horse battery", [Role.DUTY], NOW, "王敏")
        hub.db.execute(
            "INSERT INTO station (id, public_key, terminal, enrolled, last_seen) VALUES (?,?,?,?,?)",
            ("WX-0001", "00", 1, NOW.isoformat(), ""),
        )
        hub.db.execute("INSERT INTO alarm_reported (id, station, source, raised, drill) VALUES (?,?,?,?,?)",
                       (ONE, "WX-0001", "button", NOW.isoformat(), 0))  # fmt: skip
        Incidents(hub.db).take_reported(NOW)
    return there.model_copy(update={"database_url": postgres.database()})


def test_everything_is_there_and_goes_on(config: HubConfig) -> None:
    moved = move(config)
    assert moved["alarm_step"] == 1
    assert moved["staff"] == 2
    with Hub(config, lambda: NOW) as hub, Hub(config.model_copy(update={"database_url": ""})) as before:
        assert "PostgreSQL" in hub.db.value("SELECT version()")
        for table, rows in moved.items():
            assert (
                rows
                == hub.db.value(f"SELECT COUNT(*) FROM {table}")
                == before.db.value(f"SELECT COUNT(*) FROM {table}")
            )
        assert [one.name for one in Accounts(hub.db).all()] == [one.name for one in Accounts(before.db).all()]
        assert [d.model_dump() for d in hub.catalogue.documents()] == [
            d.model_dump() for d in before.catalogue.documents()
        ]
        again = Alarm(incident=ONE, source=AlarmSource.BUTTON, raised=NOW, presses=2)
        assert Incidents(hub.db).take("WX-0001", again, NOW)  # a step more: the numbers go on after the last
        assert Incidents(hub.db).last_step() == 2


def test_somebodys_server_is_not_written_over(config: HubConfig) -> None:
    move(config)
    with pytest.raises(NotEmpty):
        move(config)


def test_what_differs_is_not_kept(config: HubConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moving, "_digest", lambda rows: (len(list(rows)), 0))
    with pytest.raises(MoveFailed):
        move(config)
    monkeypatch.undo()
    assert move(config)["staff"] == 2  # nothing was left of the first time


def test_no_file_and_no_server(config: HubConfig, tmp_path: Path) -> None:
    with pytest.raises(NotPostgreSQL):
        move(config.model_copy(update={"database_url": ""}))
    with pytest.raises(NoSource):
        move(config.model_copy(update={"data_dir": tmp_path / "elsewhere"}))


def test_a_long_table_goes_page_by_page(config: HubConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moving, "_PAGE", 3)
    assert move(config)["catalogue"] > 9


def test_the_command(config: HubConfig, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("HUB_DATABASE_URL", config.database_url)
    assert main(["--data-dir", str(config.data_dir), "move", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["staff"] == 2
    assert main(["--data-dir", str(config.data_dir), "move"]) == 2
