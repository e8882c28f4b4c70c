"""A backup of a running hub, looked at, damaged, and put back somewhere else."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.__main__ import main
from hub.accounts import Accounts, Role
from hub.backup import MANIFEST, BackupDamaged, BackupFailed, NotEmpty, back_up, check, restore
from hub.config import HubConfig
from hub.database import Database
from hub.state import Hub
from tests.hub.conftest import PASSWORD, START
from tests.hub.postgres import Cluster, cluster

pytestmark = pytest.mark.xdist_group("postgresql")


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("backup")) as opened:
        yield opened


@pytest.fixture(params=["sqlite", "postgresql"])
def config(request: pytest.FixtureRequest, tmp_path: Path) -> HubConfig:
    url = request.getfixturevalue("postgres").database() if request.param == "postgresql" else ""
    return HubConfig(data_dir=tmp_path / "hub", database_url=url)


def elsewhere(config: HubConfig, request: pytest.FixtureRequest, tmp_path: Path) -> HubConfig:
    url = request.getfixturevalue("postgres").database() if config.database_url else ""
    return HubConfig(data_dir=tmp_path / "other", database_url=url)


def test_what_was_kept_is_there_again(config: HubConfig, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    with Hub(config) as hub:  # open all the while, as when it serves
        Accounts(hub.db).add("li.na", PASSWORD, [Role.DUTY], START)
        kept = hub.files.add([b"a poster"], name="poster.png", media_type="image/png")
        (config.data_dir / "members.key").write_bytes(b"seed")
        config.archive.mkdir()
        (config.archive / "journal-2025-01.json").write_text("{}")
        made = back_up(config, tmp_path / "backups", START)
    assert made.name == "hub-20261201T080000Z"
    with pytest.raises(BackupFailed):  # the same moment again
        back_up(config, tmp_path / "backups", START)
    assert [path.name for path in (tmp_path / "backups").iterdir()] == [made.name]
    other = elsewhere(config, request, tmp_path)
    restore(other, made)
    with Hub(other) as hub:
        assert [staff.name for staff in Accounts(hub.db).all()] == ["li.na"]
        assert hub.files.path(kept.sha256).read_bytes() == b"a poster"
        Accounts(hub.db).add("wang", PASSWORD, [Role.DUTY], START)
    assert (other.data_dir / "members.key").read_bytes() == b"seed"
    assert (other.archive / "journal-2025-01.json").read_text() == "{}"
    with pytest.raises(NotEmpty):
        restore(other, made)
    restore(other, made, force=True)
    with Hub(other) as hub:
        assert [staff.name for staff in Accounts(hub.db).all()] == ["li.na"]


def test_a_damaged_backup_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    config = HubConfig(data_dir=tmp_path / "hub")
    with Hub(config) as hub:
        kept = hub.files.add([b"a poster"], name="poster.png", media_type="image/png")
    made = back_up(config, tmp_path / "backups", START)
    target = HubConfig(data_dir=tmp_path / "other")
    stored = made / "files" / kept.sha256[:2] / kept.sha256
    for damage in (
        lambda: stored.write_bytes(b"a pester"),
        lambda: stored.unlink(),
        lambda: (made / "more").write_text("x"),
        lambda: (made / MANIFEST).write_text("{"),
        lambda: (made / MANIFEST).unlink(),
    ):
        damage()
        with pytest.raises(BackupDamaged):
            restore(target, made, force=True)
        assert not target.data_dir.exists()


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(tmp_path / "hub")
    assert main(["--data-dir", folder, "backup", str(tmp_path / "none")]) == 2  # there is no hub yet
    Hub(HubConfig(data_dir=tmp_path / "hub")).close()
    capsys.readouterr()
    assert main(["--data-dir", folder, "backup", str(tmp_path / "backups"), "--json"]) == 0
    made = json.loads(capsys.readouterr().out)["backup"]
    assert check(Path(made))["database"] == "sqlite"
    assert main(["restore-backup", made, "--check"]) == 0
    assert main(["--data-dir", folder, "restore-backup", made]) == 2
    assert main(["--data-dir", folder, "restore-backup", made, "--force", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["restored"] is True


def test_tables_of_a_later_version_do_not_outlive_going_back(postgres: Cluster, tmp_path: Path) -> None:
    config = HubConfig(data_dir=tmp_path / "hub", database_url=postgres.database())
    Hub(config).close()
    made = back_up(config, tmp_path / "backups", START)
    database = Database(config.database_url)
    try:
        database.migrate("later", ["CREATE TABLE later (a INTEGER)"])
        restore(config, made, force=True)
        assert database.migrate("later", ["CREATE TABLE later (a INTEGER)"]) == 1
    finally:
        database.close()


def test_a_dump_cut_short_is_refused_whatever_its_manifest_says(
    postgres: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = HubConfig(data_dir=tmp_path / "hub", database_url=postgres.database())
    with Hub(config) as hub:
        Accounts(hub.db).add("li.na", PASSWORD, [Role.DUTY], START)
    made = back_up(config, tmp_path / "backups", START)
    dump = made / "hub.dump"
    dump.write_bytes(dump.read_bytes()[: dump.stat().st_size * 2 // 3])
    monkeypatch.setattr(
        "hub.backup.digest_of", lambda path: json.loads((made / MANIFEST).read_text())["files"][path.name]
    )
    with pytest.raises(BackupDamaged):
        restore(config, made, force=True)
    with Hub(config) as hub:
        assert [staff.name for staff in Accounts(hub.db).all()] == ["li.na"]


def test_a_password_is_on_no_command_line(postgres: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = HubConfig(data_dir=tmp_path / "hub", database_url=postgres.database().replace("hub@", "hub:s3cret%21@"))
    Hub(config).close()
    said: list[str] = []
    real = subprocess.run

    def run(command: tuple[str, ...], **how: object) -> object:
        said.extend(command)
        return real(command, **how)  # type: ignore[call-overload]

    monkeypatch.setattr("hub.backup.subprocess.run", run)
    restore(config, back_up(config, tmp_path / "backups", START), force=True)
    assert {"pg_dump", "pg_restore", "psql"} <= set(said)
    assert not [word for word in said if "s3cret" in word]
