"""`stock` prints what the book has; `stock --opening FILE` puts the first stock on an empty shelf."""

import argparse
import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.cli_journal import open_store
from kiosk.clock import SystemClock
from kiosk.config import load_config
from kiosk.storage.supplies import Lot, SupplyTables
from kiosk.supplies.opening import open_shelf


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    stock = subparsers.add_parser("stock", help="print what the book has, a lot a line")
    stock.add_argument(
        "--opening", type=Path, metavar="FILE", help="first put these lots on the shelf, if nothing was ever on it"
    )
    stock.add_argument("--json", action="store_true", help="print one JSON object a lot")
    stock.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    store = open_store(args)
    try:
        if args.opening:
            zone = ZoneInfo(load_config(args.config).time_zone)
            open_shelf(store, args.opening, SystemClock().now().astimezone(zone).date())
        for lot in store.projection(SupplyTables).lots():
            print(json.dumps(_plain(lot), ensure_ascii=False) if args.json else _line(lot))
    finally:
        store.close()
    return 0


def _plain(lot: Lot) -> dict[str, object]:
    place = lot.place.model_dump() if lot.place else None
    expires = lot.expires.isoformat() if lot.expires else None
    return {"item": lot.item, "lot": lot.lot, "quantity": lot.quantity, "expires": expires, "place": place}


def _line(lot: Lot) -> str:
    place = lot.place.zh_CN if lot.place else ""
    expires = lot.expires.isoformat() if lot.expires else "no expiry"
    return f"{lot.item:14} {lot.quantity:5}  {expires:10}  {lot.lot:14} {place}"
