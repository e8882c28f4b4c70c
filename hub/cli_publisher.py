"""`publisher`: whose signature stations ask of the catalogue, and the way of what waits to the publisher and back."""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from hub.cli import open_hub
from hub.problems import BodyInvalid, Problem
from hub.proofs import GRANT_DAYS, Answer, Proofs, Request, Taken, named_key, sign_request
from kiosk.protocol.cose import SigningKey
from kiosk.protocol.proof import GRANT, PUBLISHER

_DAYS = 3650
T = TypeVar("T", Request, Answer)


class KeyUnreadable(Problem):
    code = "publisher.key"
    title = ("读不到发布者的密钥文件", "The publisher's key file cannot be read")


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser(
        "publisher", help="whose signature stations ask of the catalogue; what waits for it; taking it in"
    )
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    trust = actions.add_parser("trust", help="from now on stations ask for this publisher's signature")
    trust.add_argument("public_key", metavar="HEX", help="as `python -m kiosk pack key FILE` prints it")
    actions.add_parser("status", help="publishers, what waits for them, and until when this hub may sign by itself")
    request = actions.add_parser("request", help="write what waits for a signature to a file for the publisher")
    request.add_argument("file", type=Path, metavar="FILE")
    sign = actions.add_parser("sign", help="on the publisher's machine: sign what a request asks for")
    sign.add_argument("file", type=Path, metavar="REQUEST")
    sign.add_argument("--days", type=int, default=GRANT_DAYS, help="how long the hub may sign (default: %(default)s)")
    sign.add_argument("--out", type=Path, required=True, metavar="ANSWER")
    take = actions.add_parser("take", help="take in what the publisher has signed")
    take.add_argument("file", type=Path, metavar="ANSWER")
    add = actions.add_parser("add", help="believe a further publisher, named by one that is believed")
    withdraw = actions.add_parser("withdraw", help="no longer believe a publisher or a hub, nor what it has signed")
    for action in (add, withdraw):
        action.add_argument("public_key", metavar="HEX")
    withdraw.add_argument("--hub", action="store_true", help="it is a hub's key")
    for action in (sign, add, withdraw):
        action.add_argument("--key", type=Path, required=True, metavar="KEYFILE", help="the publisher's key")
    for action in actions.choices.values():
        action.add_argument("--json", action="store_true", help="print one JSON object")
        action.set_defaults(run=run)


def read_key(path: Path) -> SigningKey:
    """A publisher's key file (32 bytes). Raises KeyUnreadable."""
    try:
        return SigningKey.from_seed("publisher", path.read_bytes())
    except (OSError, ValueError) as error:
        raise KeyUnreadable(path=str(path), reason=str(error)) from error


def run(args: argparse.Namespace) -> int:
    if args.action == "sign":
        return _sign(args)
    with open_hub(args) as hub:
        match args.action:
            case "trust":
                hub.proofs.trust(_hex(args.public_key))
            case "request":
                args.file.write_text(hub.proofs.waiting().model_dump_json(indent=1), "utf-8")
            case "take":
                return _said(hub.proofs.take(_read(Answer, args.file)), args.json)
            case "add" | "withdraw":
                kind, gone = GRANT if args.action == "withdraw" and args.hub else PUBLISHER, args.action == "withdraw"
                document = named_key(kind, _hex(args.public_key), read_key(args.key), hub.now(), _DAYS, gone=gone)
                return _said(hub.proofs.take(Answer(documents=[], new=[document])), args.json)
        return _status(hub.proofs, args.json)


def _status(proofs: Proofs, as_json: bool) -> int:
    grant, key, granted = proofs.grant(), proofs.key.public.hex(), sorted(proofs.granted())
    publishers, until = proofs.publishers(), grant.not_after.isoformat() if grant else None
    waiting = [f"{one.kind}/{one.id}" for one in proofs.waiting().documents] if publishers else []
    if as_json:
        told = {"publishers": publishers, "hub_key": key, "granted": granted, "until": until, "waiting": waiting}
        print(json.dumps(told))
        return 0
    print(f"publishers: {', '.join(publishers) or 'none: nothing needs a signature'}")
    print(f"this hub ({key}) may sign: {', '.join(granted) or 'nothing'}")
    print(f"until {until}" if until else "it has been granted nothing yet")
    print(f"{len(waiting)} documents wait for the publisher: {' '.join(waiting[:20])}")
    return 0


def _sign(args: argparse.Namespace) -> int:
    """Says what it signs: a signature is given to what somebody has seen."""
    request = _read(Request, args.file)
    answer = sign_request(request, read_key(args.key), datetime.now(UTC), args.days)
    args.out.write_text(answer.model_dump_json(indent=1), "utf-8")
    if args.json:
        print(json.dumps({"documents": len(answer.documents), "granted": request.kinds}))
        return 0
    for waiting in request.documents:
        where = f" for {waiting.station}" if waiting.station else ""
        print(f"{'-' if waiting.deleted else '+'} {waiting.kind}/{waiting.id}{where}")
    print(f"the hub {request.hub_key} may say for {args.days} days: {', '.join(request.kinds)}")
    print(f"signed: {args.out}")
    return 0


def _said(taken: Taken, as_json: bool) -> int:
    if as_json:
        print(json.dumps(asdict(taken)))
    else:
        print(f"{taken.signed} documents go out")
        for name in taken.changed:
            print(f"{name} was changed since it was signed, and waits", file=sys.stderr)
    return 1 if taken.changed else 0


def _hex(text: str) -> str:
    if len(text) != 64 or not set(text.lower()) <= set("0123456789abcdef"):
        raise BodyInvalid(errors=[{"where": "HEX", "reason": "64 hex digits"}])
    return text.lower()


def _read(kind: type[T], path: Path) -> T:
    try:
        return kind.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise BodyInvalid(errors=[{"where": str(path), "reason": str(error)[:300]}]) from error
