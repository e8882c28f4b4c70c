"""`rebuild`: what features have derived from the journal is dropped and derived anew."""

import argparse
import json
from pathlib import Path
from typing import Any

from hub import journal
from hub.cli import config_of
from hub.erased import limits
from hub.features import features
from hub.state import Hub


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser("rebuild", help="derive stock, progress and calls anew from the stations' journals")
    parser.add_argument("--archive", type=Path, metavar="DIR", help="where retired months are (default: as configured)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    config = config_of(args)
    if args.archive:
        config = config.model_copy(update={"journal_archive": args.archive})
    with Hub(config) as hub:
        count = journal.rebuild(hub.db, features(), config.archive, limits(hub.catalogue, hub.now()))
        failed = int(hub.db.value("SELECT COUNT(*) FROM projection_failure"))
    print(json.dumps({"entries": count, "failed": failed}) if args.json else f"{count} entries, {failed} failed")
    return 1 if failed else 0
