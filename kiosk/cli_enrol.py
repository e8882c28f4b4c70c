"""`enrol` trades the hub's one-time code for a place in the fleet."""

import argparse
import json
import re
from typing import Any

from kiosk.cli_journal import open_store
from kiosk.clock import SystemClock
from kiosk.config import load_config
from kiosk.identity import Identity
from kiosk.sync.client import HubClient
from kiosk.sync.runner import DIVERGED, RESTORED


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser("enrol", help="enrol this terminal with the one-time code its hub gave")
    parser.add_argument("code", metavar="XXXX-XXXX", type=_code)
    parser.add_argument("--hub", metavar="URL", help="the hub's address (default: the configuration's)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def _code(text: str) -> str:
    """The code as it was meant: capitals. Raises argparse.ArgumentTypeError, which argparse puts into words."""
    code = text.strip().upper()
    if not re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}", code):
        raise argparse.ArgumentTypeError("a one-time code looks like ABCD-2345")
    return code


def run(args: argparse.Namespace) -> int:
    overrides = {"data_dir": args.data_dir} if args.data_dir else {}
    config = load_config(args.config, **overrides)
    hub = config.hub.model_copy(update={"url": args.hub}) if args.hub else config.hub
    store = open_store(args)
    try:
        identity = Identity(config.data_dir)
        if store.meta(DIVERGED):  # this disk may be a copy of another's: the new place is for this one alone
            identity.renew()
        client = HubClient(hub, identity, SystemClock())
        try:
            answer = client.enrol(args.code)
        finally:
            client.close()
        with store.transaction():
            store.set_meta(DIVERGED, "")
            store.set_meta(RESTORED, "")  # what the hub holds of this station and this disk does not is asked for
    finally:
        store.close()
    print(json.dumps({"station": answer.station}) if args.json else f"This terminal is now station {answer.station}.")
    return 0
