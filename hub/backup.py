"""A copy of everything a hub keeps, while it runs, and the way back. Blocking.

A backup is a folder: the database (a SQLite file by its online backup, or `pg_dump`'s own format), the files by hash,
retired months of the journal, the hub's keys, and `manifest.json` with the SHA-256 of each. It appears under its name
only when it is complete and was read back. It holds keys and people's data: it belongs where the hub itself would be
safe.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from hub.config import HubConfig
from hub.disk import digest_of
from hub.problems import Problem

MANIFEST = "manifest.json"
_SQLITE, _DUMP = "hub.db", "hub.dump"
_KEYS = "*.key"
# What a later version added must go too, or its migration would meet its own table at the next upgrade.
_CLEAR = """DO $$ DECLARE one text; BEGIN
FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user
LOOP EXECUTE format('DROP TABLE IF EXISTS public.%I CASCADE', one); END LOOP; END $$"""


class BackupFailed(Problem):
    status = 503
    code = "backup.failed"
    title = ("备份没有做成", "The backup could not be made")


class BackupDamaged(Problem):
    status = 409
    code = "backup.damaged"
    title = ("备份不完整或已损坏", "The backup is incomplete or damaged")


class NotEmpty(Problem):
    status = 409
    code = "backup.not_empty"
    title = ("这里已经有数据，没有覆盖", "There is data here already; it was not overwritten")


def back_up(config: HubConfig, folder: Path, now: datetime) -> Path:
    """Write a backup below `folder` and return where. Raises BackupFailed."""
    name = f"hub-{now:%Y%m%dT%H%M%SZ}"
    growing, done = folder / f".{name}.part", folder / name
    try:
        if done.exists():
            raise BackupFailed(path=str(done), reason="exists")
        growing.mkdir(mode=0o700, parents=True)
        _save_database(config, growing)
        for path in sorted(config.data_dir.glob(_KEYS)):
            shutil.copy2(path, growing / path.name)
        for name, path in _folders(config).items():
            if path.is_dir():
                shutil.copytree(path, growing / name)
        listed = {str(path.relative_to(growing)): digest_of(path) for path in _files(growing)}
        manifest = {"made": now.isoformat(), "database": _kind(config), "files": listed}
        (growing / MANIFEST).write_text(json.dumps(manifest, indent=1), "utf-8")
        check(growing)
        growing.rename(done)
    except (OSError, sqlite3.Error, subprocess.SubprocessError, BackupDamaged) as error:
        shutil.rmtree(growing, ignore_errors=True)
        raise BackupFailed(path=str(folder), reason=str(error)) from error
    return done


def check(folder: Path) -> dict[str, Any]:
    """Read a backup through and return its manifest. Raises BackupDamaged."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
        listed: dict[str, str] = manifest["files"]
        found = {str(path.relative_to(folder)) for path in _files(folder)} - {MANIFEST}
        wrong = sorted(found ^ set(listed)) or [name for name, sha in listed.items() if digest_of(folder / name) != sha]
        if wrong:
            raise BackupDamaged(path=str(folder), what=wrong[0])
        if manifest["database"] == "sqlite":
            with closing(sqlite3.connect(f"file:{folder / _SQLITE}?mode=ro&immutable=1", uri=True)) as database:
                if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                    raise BackupDamaged(path=str(folder), what=_SQLITE)
        else:
            _pg("pg_restore", "-f", os.devnull, str(folder / _DUMP))  # reads all of it
    except BackupFailed as error:
        raise BackupDamaged(path=str(folder), what=_DUMP, reason=error.members.get("reason")) from error
    except (OSError, ValueError, KeyError, TypeError, sqlite3.Error) as error:
        raise BackupDamaged(path=str(folder), reason=str(error)) from error
    return manifest


def restore(config: HubConfig, folder: Path, force: bool = False) -> None:
    """Put a backup where `config` says. No hub may be running there.

    Raises BackupDamaged, NotEmpty (without `force`), BackupFailed (a server that does not take it).
    """
    manifest = check(folder)
    if manifest["database"] != _kind(config):
        raise BackupFailed(path=str(folder), reason=f"this backup is of {manifest['database']}")
    if not force and (config.database.exists() or config.files.exists() or _tables(config)):
        raise NotEmpty(path=str(config.data_dir))
    try:
        config.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        if config.database_url:
            _load(config, folder / _DUMP)
        else:
            for tail in ("-wal", "-shm"):
                config.database.with_name(config.database.name + tail).unlink(missing_ok=True)
            _place(folder / _SQLITE, config.database)
        for path in folder.glob(_KEYS):
            _place(path, config.data_dir / path.name)
        for name, path in _folders(config).items():
            if (folder / name).is_dir():
                shutil.copytree(folder / name, path, dirs_exist_ok=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise BackupFailed(path=str(folder), reason=str(error)) from error


def _folders(config: HubConfig) -> dict[str, Path]:
    """What is copied whole, by its name in a backup."""
    return {"files": config.files, "archive": config.archive}


def _save_database(config: HubConfig, folder: Path) -> None:
    if config.database_url:
        _pg("pg_dump", "--format=custom", "--no-owner", "-f", str(folder / _DUMP), url=config.database_url)
        return
    with (
        closing(sqlite3.connect(f"file:{config.database}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(folder / _SQLITE)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")


def _tables(config: HubConfig) -> bool:
    """Whether the server has tables of a hub already."""
    if not config.database_url:
        return False
    sql = "SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'schema_version'"
    return _pg("psql", "-At", "-c", sql, url=config.database_url).strip() != "0"


def _load(config: HubConfig, dump: Path) -> None:
    """Put the dump in place of the tables that are there, in one transaction."""
    with tempfile.TemporaryDirectory(dir=config.data_dir) as scratch:
        script = str(Path(scratch) / "hub.sql")
        _pg("pg_restore", "--no-owner", "-f", script, str(dump))
        _pg("psql", "-Xq1", "-v", "ON_ERROR_STOP=1", "-c", _CLEAR, "-f", script, url=config.database_url)


def _pg(*command: str, url: str = "") -> str:
    """A program of PostgreSQL's, on the database at `url`. Raises BackupFailed with what it says."""
    env = os.environ | {"PGCONNECT_TIMEOUT": "10"}
    if url:
        parts = urlsplit(url)
        if parts.password:  # not on the command line, which everybody on the machine may read
            env["PGPASSWORD"] = unquote(parts.password)
            user, _, host = parts.netloc.rpartition("@")
            parts = parts._replace(netloc=f"{user.partition(':')[0]}@{host}")
        command = (*command, "-d", urlunsplit(parts))
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    if done.returncode:
        raise BackupFailed(program=command[0], reason=done.stderr.strip()[-500:])
    return done.stdout


def _kind(config: HubConfig) -> str:
    return "postgresql" if config.database_url else "sqlite"


def _place(source: Path, target: Path) -> None:
    """Copy whole or not at all."""
    growing = target.with_name(target.name + ".new")
    shutil.copy2(source, growing)
    growing.chmod(0o600)
    growing.replace(target)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
