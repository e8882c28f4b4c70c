"""`backup` copies the database to a second place; `restore` puts one together from a copy and from what is here."""

import argparse
import json
from pathlib import Path
from typing import Any

from kiosk.clock import SystemClock
from kiosk.config import StationConfig, load_config
from kiosk.errors import ConfigError
from kiosk.storage.backup import back_up, copies
from kiosk.storage.database import alone
from kiosk.storage.rescue import examine, put_together


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    backup = subparsers.add_parser("backup", help="copy the database to the second place, and read the copy")
    backup.add_argument("--to", type=Path, metavar="DIR", help="where (default: backup_dir of the configuration)")
    backup.add_argument("--json", action="store_true", help="print one JSON object")
    backup.set_defaults(run=run_backup)
    restore = subparsers.add_parser(
        "restore",
        help="put the database together from the newest copy and what is here; the station must not be running",
    )
    restore.add_argument("--from", dest="source", type=Path, metavar="FILE", help="a copy (default: the newest)")
    restore.add_argument("--json", action="store_true", help="print one JSON object")
    restore.set_defaults(run=run_restore)


def run_backup(args: argparse.Namespace) -> int:
    config = _config(args)
    folder = args.to or config.backup_dir
    if folder is None:
        raise ConfigError(problems="no second place is configured: give one with --to, or set backup_dir")
    done = back_up(config.data_dir / "station.db", folder)
    print(json.dumps({"copy": str(done)}) if args.json else f"copied to {done}, and read through")
    return 0


def run_restore(args: argparse.Namespace) -> int:
    config = _config(args)
    path = config.data_dir / "station.db"
    spares = [args.source] if args.source else copies(config.backup_dir) if config.backup_dir else []
    if not spares:
        raise ConfigError(problems="there is no copy to restore from: give one with --from, or set backup_dir")
    if problem := examine(spares[0], whole=True):
        raise ConfigError(problems=f"{spares[0]} is damaged itself: {problem}")
    with alone(path):
        pass  # nobody has it open
    store = put_together(path, SystemClock(), spares, "restored by hand")
    try:
        last = store.journal.newest("station.database_rescued", 1)[0]
        entries = store.journal.last_seq() - 1
    finally:
        store.close()
    if args.json:
        print(json.dumps({"entries": entries, "missing": last.body["missing"], "aside": last.body["aside"]}))
    else:
        print(f"{entries} entries are here; {last.body['missing']} are missing, which the hub is asked for")
        print(f"what was here before is in {path.parent / 'damaged' / str(last.body['aside'])}")
    return 0


def _config(args: argparse.Namespace) -> StationConfig:
    return load_config(args.config, **({"data_dir": args.data_dir} if args.data_dir else {}))
