"""`retire --before YYYY-MM`: old months of the stations' journals go from the database into files."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hub.cli import open_hub
from hub.journal_retirement import retire


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser("retire", help="put old months of the journal into files, and out of the database")
    parser.add_argument("--before", required=True, metavar="YYYY-MM", help="the first month that stays")
    parser.add_argument("--to", type=Path, metavar="DIR", help="where the files go (default: as configured)")
    parser.add_argument(
        "--with-waiting", action="store_true", help="also entries that wait for missing ones; terminals send them again"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON array")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    with open_hub(args) as hub:
        folder = args.to or hub.config.archive
        done = retire(
            hub.db, args.before, folder, hub.now(),
            lambda made: None if args.json else print(f"{made.month}: {made.entries} entries", file=sys.stderr),
            with_waiting=args.with_waiting,
        )  # fmt: skip
    if args.json:
        print(json.dumps([asdict(made) for made in done]))
    else:
        print(f"{len(done)} months, {sum(made.entries for made in done)} entries, in {folder}")
    return 0
