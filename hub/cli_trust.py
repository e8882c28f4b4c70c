"""`revoke STATION` and `restore STATION`: a terminal that is shut out at once, and let in again."""

import argparse
from typing import Any

from hub.cli import open_hub
from hub.revocation import set_revoked


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    for name, words in (("revoke", "shut a station's terminal out at once"), ("restore", "let it in again")):
        parser = subparsers.add_parser(name, help=words)
        parser.add_argument("station", metavar="STATION", help="for example WX-0001")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.set_defaults(run=run, revoked=name == "revoke")


def run(args: argparse.Namespace) -> int:
    with open_hub(args) as hub:
        trust = set_revoked(hub, args.station, args.revoked)
    print(trust.model_dump_json() if args.json else f"{trust.station}: {'shut out' if trust.revoked else 'let in'}")
    return 0
