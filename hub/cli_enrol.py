"""`enrol STATION`: a one-time code that a terminal trades for its place in the fleet."""

import argparse
import json
from typing import Any

from hub.cli import open_hub
from hub.stations import new_enrolment


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser("enrol", help="make a one-time code with which a terminal becomes STATION")
    parser.add_argument("station", metavar="STATION", help="for example WX-0001")
    parser.add_argument("--count", type=int, default=1, metavar="N", help="codes for N stations from STATION on")
    parser.add_argument("--json", action="store_true", help="print one JSON object a code")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    with open_hub(args) as hub:
        made = [(station, *new_enrolment(hub, station)) for station in numbered(args.station, args.count)]
    for station, code, expires in made:
        if args.json:
            print(json.dumps({"station": station, "code": code, "expires": expires.isoformat()}))
        else:
            until = f"(until {expires:%Y-%m-%d %H:%M} UTC)"
            print(f"{code}\nOn the terminal {station}:  python -m kiosk enrol {code} --hub URL   {until}")
    return 0


def numbered(first: str, count: int) -> list[str]:
    """`count` names that go on from `first`: WX-0099, WX-0100, … Without digits at the end, 2, 3, … are added."""
    stem = first.rstrip("0123456789")
    digits = first[len(stem) :]
    if count <= 1:
        return [first]
    if not digits:
        return [first, *(f"{first}{number}" for number in range(2, count + 1))]
    return [f"{stem}{int(digits) + number:0{len(digits)}}" for number in range(count)]
