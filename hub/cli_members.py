"""`codes` issues, lists and revokes member codes; `cards` prints them as a sheet (PDF)."""

import argparse
import getpass
import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from hub.cli import open_hub
from hub.members import DEFAULT_DAYS, MOST_AT_ONCE, NewCodes, cards_pdf, issue_codes, page_address
from hub.members_register import CodeRow, Register
from hub.problems import Problem
from hub.state import Hub


class NotSo(Problem):
    status = 422
    code = "members.arguments"
    title = ("参数有误", "The arguments are not valid")


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    codes = subparsers.add_parser("codes", help="member codes: issue, list, revoke")
    actions = codes.add_subparsers(dest="action", required=True, metavar="ACTION")
    issue = actions.add_parser("issue", help="issue codes and print each with its text and the address for a phone")
    issue.add_argument("--tier", default="member", help="a tier of the catalogue (default: member)")
    issue.add_argument("--days", type=int, default=DEFAULT_DAYS, help=f"how long it is good (default: {DEFAULT_DAYS})")
    issue.add_argument("--count", type=int, default=1, help=f"how many (at most {MOST_AT_ONCE})")
    issue.add_argument("--note", default="", help="a note for the register; no names")
    issue.add_argument("--member", default="", help="the pseudonym (hex) of a member who gets a new card")
    revoke = actions.add_parser("revoke", help="take codes back; stations learn it with their next news")
    revoke.add_argument("ids", type=int, nargs="+", metavar="ID")
    revoke.add_argument("--reason", default="")
    listing = actions.add_parser("list", help="issued codes, newest first")
    listing.add_argument("--limit", type=int, default=1000)
    for parser in actions.choices.values():
        parser.add_argument("--json", action="store_true", help="print one JSON object a line")
        parser.set_defaults(run=run_codes)
    cards = subparsers.add_parser("cards", help="print codes as a sheet of cards (PDF)")
    cards.add_argument("ids", type=int, nargs="*", metavar="ID", help="which codes (default: every one that is good)")
    cards.add_argument("-o", "--output", type=Path, default=Path("cards.pdf"), help="the file to write")
    cards.add_argument("--json", action="store_true", help="print one JSON object")
    cards.set_defaults(run=run_cards)


def run_codes(args: argparse.Namespace) -> int:
    with open_hub(args) as hub:
        register = Register(hub)
        if args.action == "issue":
            for code in issue_codes(hub, register, _wanted(args), getpass.getuser()):
                page = page_address(hub, register.new_page(code.id))
                _print(code, args.json, text=register.text(code), page=page)
        elif args.action == "revoke":
            for code_id in args.ids:
                _print(register.revoke(code_id, getpass.getuser(), args.reason), args.json)
        else:
            for code in register.all(args.limit):
                _print(code, args.json)
    return 0


def run_cards(args: argparse.Namespace) -> int:
    with open_hub(args) as hub:
        register = Register(hub)
        rows = [register.get(code_id) for code_id in args.ids] or _good(hub, register)
        if not rows:
            print(json.dumps({"cards": 0}) if args.json else "there is no code to print; issue some first")
            return 1
        pdf = cards_pdf(hub, register, rows)
    args.output.write_bytes(pdf)
    answer = {"file": str(args.output), "cards": len(rows)}
    print(json.dumps(answer, ensure_ascii=False) if args.json else f"{len(rows)} cards in {args.output}")
    return 0


def _good(hub: Hub, register: Register) -> list[CodeRow]:
    return [code for code in reversed(register.all(1_000_000)) if not code.revoked and code.expires > hub.now()]


def _wanted(args: argparse.Namespace) -> NewCodes:
    try:
        return NewCodes(tier=args.tier, days=args.days, count=args.count, note=args.note, member=args.member)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise NotSo(argument="--" + ".".join(map(str, first["loc"])), problem=first["msg"]) from error


def _print(code: CodeRow, as_json: bool, **more: str) -> None:
    values: dict[str, Any] = {
        "id": code.id,
        "member": code.member,
        "tier": code.tier,
        "issued": code.issued.isoformat(),
        "expires": code.expires.isoformat(),
        "revoked": code.revoked.isoformat() if code.revoked else None,
        "note": code.note,
        **more,
    }
    if as_json:
        print(json.dumps(values, ensure_ascii=False))
        return
    state = "revoked" if code.revoked else f"until {code.expires.date().isoformat()}"
    print(f"{code.id:6} {code.tier:8} {code.member}  {state}  {code.note}")
    for value in more.values():
        print(f"       {value}")
