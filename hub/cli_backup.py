"""`backup DIR` and `restore BACKUP`: a copy of everything a hub keeps, and the way back."""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hub.backup import back_up, check, restore
from hub.cli import config_of


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser("backup", help="write a verified copy of everything below DIR, while the hub runs")
    parser.add_argument("folder", metavar="DIR", type=Path)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=_backup)
    parser = subparsers.add_parser("restore-backup", help="put a backup back; the hub must not be running")
    parser.add_argument("folder", metavar="BACKUP", type=Path)
    parser.add_argument("--force", action="store_true", help="over the data that is there")
    parser.add_argument("--check", action="store_true", help="only read the backup through")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=_restore)


def _backup(args: argparse.Namespace) -> int:
    made = back_up(config_of(args), args.folder, datetime.now(UTC))
    print(json.dumps({"backup": str(made)}) if args.json else made)
    return 0


def _restore(args: argparse.Namespace) -> int:
    manifest = check(args.folder)
    if not args.check:
        restore(config_of(args), args.folder, args.force)
    said = {"made": manifest["made"], "files": len(manifest["files"]), "restored": not args.check}
    print(json.dumps(said) if args.json else f"{said['files']} files of {said['made']}: good")
    return 0
