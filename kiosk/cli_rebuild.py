"""`rebuild` derives stock, loans and progress anew from the journal, and says whether anything had been different."""

import argparse
import json
from typing import Any

from kiosk.cli_journal import open_store


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    rebuild = subparsers.add_parser(
        "rebuild", help="derive stock, loans and progress anew from the journal; exit 1 if anything had been different"
    )
    rebuild.add_argument("--json", action="store_true", help="print one JSON object")
    rebuild.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    store = open_store(args)
    try:
        before = store.derived()
        entries = store.rebuild()
        after = store.derived()
    finally:
        store.close()
    changed = sorted(table for table in after if before.get(table) != after[table])
    if args.json:
        print(json.dumps({"entries": entries, "digests": after, "changed": changed}, indent=None))
    else:
        print(f"{entries} entries replayed into {len(after)} tables")
        for table in changed:
            print(f"  {table} had been different")
        print("everything was as the journal says" if not changed else f"{len(changed)} tables are right again")
    return 1 if changed else 0
