"""`forget NAME`: somebody asked to be forgotten."""

import argparse
import getpass
from typing import Any

from hub.cli import open_hub
from hub.erasure import forget


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser("forget", help="forget a member, or a message left without a name, at every station")
    parser.add_argument("name", metavar="NAME", help="the member's pseudonym (hex), or the id of the message")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    with open_hub(args) as hub:
        done = forget(hub, args.name, getpass.getuser())
    if args.json:
        print(done.model_dump_json())
        return 0
    print(
        f"{len(done.names)} pseudonyms, {done.codes} codes ended, {done.entries} entries do not tell of them any more"
    )
    if done.archived:
        print(f"the files of {', '.join(done.archived)} still do: a rebuild reads them without, their keeping is yours")
    return 0
