"""`serve`: the web server; with `--demo`, filled with something to look at."""

import argparse
import logging
from pathlib import Path
from typing import Any

import uvicorn

from hub.accounts import Accounts, Role, StaffExists
from hub.app import create_app
from hub.cli import config_of
from hub.features import features
from hub.proofs import HubKeyLost
from hub.publishing import FOLDER, store_files
from hub.seeds import kept_seed
from hub.sockets import Sockets
from hub.state import Hub
from kiosk.protocol.cose import SigningKey
from kiosk.protocol.folder import read_folder
from kiosk.protocol.link import ANSWER_SECONDS, SILENT_SECONDS

log = logging.getLogger(__name__)
CATALOGUE = Path(__file__).resolve().parent.parent / "assets" / "demo" / "catalogue"
DEMO_NAME, DEMO_PASSWORD = "desk", "desk-demo-2026"


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser("serve", help="serve the API and the duty desk")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8765, help="port to listen on (default: %(default)s)")
    parser.add_argument("--demo", action="store_true", help="demonstration data, and an account anybody knows")
    parser.set_defaults(run=run)


def fill_demo(hub: Hub) -> None:
    """The demonstration's account and catalogue, and what features add. Harmless when done again."""
    try:
        Accounts(hub.db).add(DEMO_NAME, DEMO_PASSWORD, [Role.DUTY, Role.ADMINISTRATOR], hub.now(), "演示值班员")
    except StaffExists:
        log.info("the demonstration's account is there already")
    documents = read_folder(CATALOGUE, absent="leave_out")
    store_files(hub.files, documents, CATALOGUE)
    hub.catalogue.publish(documents, FOLDER, whole=True)
    for feature in features():
        if feature.on_demo:
            feature.on_demo(hub)
    sign_demo(hub)


def sign_demo(hub: Hub) -> None:
    """The demonstration has its publisher on the spot; anywhere else that key lies on another machine."""
    path = hub.config.data_dir / "demo-publisher.key"
    hub.proofs.publisher_is_here(SigningKey.from_seed("publisher", kept_seed(path, HubKeyLost)))


def run(args: argparse.Namespace) -> int:
    config = config_of(args)
    logging.basicConfig(level=config.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True)
    hub = Hub(config)
    if args.demo:
        fill_demo(hub)
    if not Accounts(hub.db).all():
        log.warning("nobody can sign in yet: python -m hub staff add NAME --role administrator")
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(config, hub),
            host=args.host,
            port=args.port,
            log_config=None,
            access_log=False,
            server_header=False,
            ws=Sockets,
            ws_max_size=256 << 10,
            ws_ping_interval=SILENT_SECONDS,
            ws_ping_timeout=ANSWER_SECONDS,
            h11_max_incomplete_event_size=32 << 10,
            timeout_graceful_shutdown=5,
        )
    )
    try:
        server.run()
    except SystemExit:  # the address is taken, or not ours: said in the log
        return 2
    return 0 if server.started else 1
