"""`journal` exports what happened; `rebuild` derives everything anew from it and says whether anything differed."""

import argparse
import json
from typing import Any

from kiosk.clock import SystemClock
from kiosk.config import load_config
from kiosk.storage import Store


def open_store(args: argparse.Namespace) -> Store:
    """The store of the station that the command line names. Raises ConfigError or StorageError."""
    overrides = {"data_dir": args.data_dir} if args.data_dir else {}
    return Store(load_config(args.config, **overrides).data_dir / "station.db", SystemClock())


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    journal = subparsers.add_parser("journal", help="export the journal, one JSON object a line, oldest first")
    journal.add_argument("--after", type=int, default=0, metavar="SEQ", help="only entries that follow this one")
    journal.add_argument("--kind", default="", metavar="PREFIX", help="only kinds that begin so, such as supply.")
    journal.set_defaults(run=run_journal)
    rebuild = subparsers.add_parser(
        "rebuild", help="derive stock, loans and progress anew from the journal; exit 1 if anything had been different"
    )
    rebuild.add_argument("--json", action="store_true", help="print one JSON object")
    rebuild.set_defaults(run=run_rebuild)


def run_journal(args: argparse.Namespace) -> int:
    store = open_store(args)
    try:
        for entry in store.journal.all(args.after):
            if entry.kind.startswith(args.kind):
                print(entry.model_dump_json())
    finally:
        store.close()
    return 0


def run_rebuild(args: argparse.Namespace) -> int:
    store = open_store(args)
    try:
        before = store.derived()
        entries = store.rebuild()
        after = store.derived()
    finally:
        store.close()
    changed = sorted(table for table in after if before.get(table) != after[table])
    if args.json:
        print(json.dumps({"entries": entries, "tables": sorted(after), "changed": changed}))
    else:
        print(f"{entries} entries replayed into {len(after)} tables; {len(changed)} had been different {changed or ''}")
    return 1 if changed else 0
