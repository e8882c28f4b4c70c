"""`staff`: accounts for the duty desk. Passwords come from standard input, never from the command line."""

import argparse
import getpass
import json
import sys
from datetime import UTC, datetime
from typing import Any

from hub.accounts import Accounts, Role, Staff
from hub.cli import open_hub


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser("staff", help="accounts of the duty desk")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    roles = [role.value for role in Role]
    add = actions.add_parser("add", help="a new account; the password is asked for, or read from standard input")
    add.add_argument("--display-name", default="", help="as others see it")
    for parser in (add, actions.add_parser("roles", help="give an account these roles and no others")):
        parser.add_argument("name")
        parser.add_argument("--role", action="append", choices=roles, required=True, dest="roles")
    district = actions.add_parser("district", help="let a manager see one district alone; without one the whole city")
    district.add_argument("name")
    district.add_argument("district", nargs="?", default="", help="its Chinese name, as stations are published with it")
    actions.add_parser("password", help="a new password; ends every session").add_argument("name")
    actions.add_parser("disable", help="sign the account out and do not let it in").add_argument("name")
    actions.add_parser("enable", help="let the account in again").add_argument("name")
    actions.add_parser("list", help="every account")
    for parser in actions.choices.values():
        parser.add_argument("--json", action="store_true", help="print one JSON object a line")
        parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    with open_hub(args) as hub:
        accounts = Accounts(hub.db)
        if args.action == "list":
            found = accounts.all()
        elif args.action == "add":
            roles = [Role(role) for role in args.roles]
            found = [accounts.add(args.name, _password(), roles, datetime.now(UTC), args.display_name)]
        elif args.action == "roles":
            found = [accounts.set_roles(args.name, [Role(role) for role in args.roles])]
        elif args.action == "district":
            found = [accounts.set_district(args.name, args.district)]
        elif args.action == "password":
            accounts.set_password(args.name, _password())
            found = [accounts.get(args.name)]
        else:
            found = [accounts.set_disabled(args.name, args.action == "disable")]
    for staff in found:
        print(_line(staff, args.json))
    return 0


def _password() -> str:
    return getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def _line(staff: Staff, as_json: bool) -> str:
    roles = sorted(role.value for role in staff.roles)
    if as_json:
        values = {"name": staff.name, "display_name": staff.display_name, "roles": roles, "disabled": staff.disabled}
        values["district"] = staff.district
        return json.dumps(values, ensure_ascii=False)
    district = f"  {staff.district}" if staff.district else ""
    disabled = "  (disabled)" if staff.disabled else ""
    return f"{staff.name:16} {staff.display_name:16} {' '.join(roles)}{district}{disabled}"
