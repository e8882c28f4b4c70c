"""`journal` exports what happened, for an auditor, a backup or another program."""

import argparse
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


def run_journal(args: argparse.Namespace) -> int:
    store = open_store(args)
    try:
        for entry in store.journal.all(args.after):
            if entry.kind.startswith(args.kind):
                print(entry.model_dump_json())
    finally:
        store.close()
    return 0
