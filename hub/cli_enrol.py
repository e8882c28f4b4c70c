"""`enrol STATION`: a one-time code that a terminal trades for its place in the fleet."""

import argparse
import json
from typing import Any

from hub.cli import open_hub
from hub.stations import new_enrolment


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser("enrol", help="make a one-time code with which a terminal becomes STATION")
    parser.add_argument("station", metavar="STATION", help="for example WX-0001")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    with open_hub(args) as hub:
        code, expires = new_enrolment(hub, args.station)
    if args.json:
        print(json.dumps({"station": args.station, "code": code, "expires": expires.isoformat()}))
    else:
        print(
            f"{code}\nOn the terminal:  python -m kiosk enrol {code} --hub URL   (until {expires:%Y-%m-%d %H:%M} UTC)"
        )
    return 0
