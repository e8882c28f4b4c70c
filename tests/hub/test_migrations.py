"""From every version a feature's tables ever had to the newest, on both databases; and never back."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hub.config import HubConfig
from hub.database import Database, DatabaseTooNew
from hub.features import features
from hub.state import Hub
from tests.hub.postgres import Cluster, cluster

pytestmark = pytest.mark.xdist_group("postgresql")
STEPS = [(one, known) for one in features() for known in range(len(one.migrations))]


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("migrations")) as opened:
        yield opened


def columns(db: Database) -> dict[str, list[str]]:
    """Every table with its columns, in words both databases have."""
    if type(db._dialect).__name__ == "PostgreSQL":
        sql = "SELECT table_name AS tab, column_name AS name FROM information_schema.columns WHERE table_schema = ?"
        rows = db.rows(sql, ("public",))
    else:
        sql = "SELECT m.name AS tab, c.name AS name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = ?"
        rows = db.rows(sql, ("table",))
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["tab"], []).append(row["name"])
    return {table: sorted(names) for table, names in found.items() if not table.startswith("sqlite_")}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_every_old_version_becomes_the_newest(kind: str, tmp_path: Path, postgres: Cluster) -> None:
    whole: dict[str, dict[str, list[str]]] = {}
    for feature, known in STEPS:
        db = Database(postgres.database() if kind == "postgresql" else tmp_path / f"{feature.name}-{known}.db")
        try:
            assert db.migrate(feature.name, feature.migrations[:known]) == known
            assert db.migrate(feature.name, feature.migrations) == len(feature.migrations)
            shape = columns(db)
            assert whole.setdefault(feature.name, shape) == shape, f"{feature.name} from version {known}"
        finally:
            db.close()
    assert len(whole) >= 8


def test_a_hub_of_a_year_ago_opens_and_keeps_what_it_had(tmp_path: Path) -> None:
    """Each feature's first version, with an account in it, as the first release would have left it."""
    config = HubConfig(data_dir=tmp_path / "hub")
    old = Database(config.database)
    for feature in features():
        old.migrate(feature.name, feature.migrations[:1])
    old.execute(
        "INSERT INTO staff (name, display_name, password, roles, created) VALUES (?,?,?,?,?)",
        ("li.na", "李娜", "x", "duty", "2026-01-01T00:00:00+00:00"),
    )
    old.close()
    with Hub(config) as hub:
        row = hub.db.row("SELECT * FROM staff WHERE name = 'li.na'")
        assert row is not None
        assert (row["display_name"], row["totp"]) == ("李娜", "")
        versions = {r["feature"]: r["version"] for r in hub.db.rows("SELECT * FROM schema_version")}
        assert all(versions[feature.name] == len(feature.migrations) for feature in features() if feature.migrations)


def test_a_database_of_a_later_version_is_refused(tmp_path: Path) -> None:
    config = HubConfig(data_dir=tmp_path / "hub")
    with Hub(config) as hub:
        hub.db.execute("UPDATE schema_version SET version = 99 WHERE feature = 'accounts'")
    with pytest.raises(DatabaseTooNew) as refused:
        Hub(config)
    assert refused.value.members["feature"] == "accounts"
    with closing(Database(config.database)) as db:
        assert db.value("SELECT version FROM schema_version WHERE feature = 'accounts'") == 99  # untouched
