"""`move`: from the SQLite file of one machine to the PostgreSQL server of HUB_DATABASE_URL."""

import argparse
import json
import sys
from typing import Any

from hub.cli import config_of
from hub.moving import move


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser(
        "move", help="copy the SQLite file of the data folder to HUB_DATABASE_URL; the hub must not be running"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    moved = move(config_of(args), lambda table, rows: None if args.json else print(f"{table}: {rows}", file=sys.stderr))
    print(
        json.dumps(moved) if args.json else f"{sum(moved.values())} rows of {len(moved)} tables: the same on both sides"
    )
    return 0
