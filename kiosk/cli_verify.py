"""`verify` checks a member code as the terminal would, and says why not."""

import argparse
import json
import sys
from typing import Any

from kiosk.cli_journal import open_store
from kiosk.clock import SystemClock
from kiosk.members.errors import MemberCodeRefused
from kiosk.members.trust import TrustBook


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser(
        "verify", help="check a member code with this station's keys and no network; exit 1 when it is refused"
    )
    parser.add_argument("code", metavar="CODE", help="the text of the code, or - to read it from standard input")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    text = sys.stdin.read(65_536) if args.code == "-" else args.code
    store = open_store(args)
    try:
        claims = TrustBook(store.catalogue, store, SystemClock()).check(text)
    except MemberCodeRefused as error:
        answer: dict[str, Any] = {"good": False, "reason": error.code, **error.details}
    else:
        answer = {
            "good": True,
            "issuer": claims.issuer,
            "member": claims.member.hex(),
            "tier": claims.tier,
            "issued": claims.issued.isoformat(),
            "expires": claims.expires.isoformat(),
        }
    finally:
        store.close()
    if args.json:
        print(json.dumps(answer, ensure_ascii=False))
    elif answer["good"]:
        print(f"good: member {answer['member']} of {answer['issuer']}, until {answer['expires']}")
    else:
        print(f"refused: {answer['reason']} ({answer.get('detail', '')})")
    return 0 if answer["good"] else 1
