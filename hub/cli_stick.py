"""`stick in FILE…` and `stick out DIR`: journals of stations without a line, and what they are to have."""

import argparse
import json
from pathlib import Path
from typing import Any

from hub.cli import open_hub
from hub.proofs import NoPublisher
from hub.stick import bring, send, stations_of
from kiosk.protocol.stick import parcel_name


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser("stick", help="journals and catalogues of stations without a line, on USB sticks")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    into = actions.add_parser("in", help="take in files that stations have written; a folder means all in it")
    into.add_argument("files", type=Path, nargs="+", metavar="FILE")
    out = actions.add_parser("out", help="write the parcels of stations to a folder, such as a stick")
    out.add_argument("folder", type=Path, metavar="DIR")
    out.add_argument("--station", action="append", default=[], metavar="ID", help="only this one (may be repeated)")
    for action in (into, out):
        action.add_argument("--json", action="store_true", help="print one JSON object a line")
        action.set_defaults(run=run_in if action is into else run_out)


def run_in(args: argparse.Namespace) -> int:
    files = [path for given in args.files for path in (sorted(given.glob("*.journal")) if given.is_dir() else [given])]
    with open_hub(args) as hub:
        for path in files:
            with path.open("rb") as handle:
                brought = bring(hub, handle)
            if args.json:
                print(json.dumps({"file": str(path), **brought.model_dump()}, ensure_ascii=False))
            else:
                print(
                    f"{path.name}: {brought.fresh} new of {brought.entries} entries, {brought.attachments} attachments;"
                    f" all of {brought.station} up to {brought.acknowledged} is here"
                )
    return 0 if files else 1


def run_out(args: argparse.Namespace) -> int:
    with open_hub(args) as hub:
        if not hub.proofs.active():
            raise NoPublisher()
        for station in args.station or stations_of(hub):
            path = args.folder / parcel_name(station)
            files = send(hub, station, path)
            told = {"station": station, "file": str(path), "files": files, "bytes": path.stat().st_size}
            print(json.dumps(told) if args.json else f"{path}: {files} files, {told['bytes']} bytes")
    return 0
