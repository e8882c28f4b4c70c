"""`pack` builds, verifies and imports course packs, with the verifier the terminal itself uses."""

import argparse
import hashlib
import json
import secrets
from pathlib import Path
from typing import Any

from kiosk.clock import SystemClock
from kiosk.config import load_config
from kiosk.desk import Desk
from kiosk.errors import NotFound
from kiosk.events import EventBus
from kiosk.identity import write_private
from kiosk.learning import Keeper, Library
from kiosk.learning.errors import REFUSED_AS, PackUnreadable
from kiosk.learning.packing import assemble
from kiosk.protocol.cose import SigningKey
from kiosk.protocol.pack import PackRefused, build_pack, check_files, open_pack
from kiosk.storage import Store
from kiosk.storage.files import FileStore
from kiosk.storage.learning import LearningRecords


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser("pack", help="build, verify and import course packs")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    key = actions.add_parser("key", help="make a publisher's key and print its public half")
    key.add_argument("key", type=Path, metavar="KEYFILE")
    build = actions.add_parser("build", help="build a signed pack from a folder with a course.json and its media")
    build.add_argument("folder", type=Path)
    build.add_argument("--key", type=Path, required=True, metavar="KEYFILE")
    build.add_argument("--out", type=Path, required=True, metavar="FILE.course.zip")
    verify = actions.add_parser("verify", help="verify packs with this station's keys; exit 1 when one is refused")
    verify.add_argument("packs", nargs="+", type=Path, metavar="PACK")
    verify.add_argument("--publisher", default="", metavar="HEX", help="believe this public key too")
    bring = actions.add_parser("import", help="import packs into this station; exit 1 when one is refused")
    bring.add_argument("packs", nargs="+", type=Path, metavar="PACK")
    for action, run in ((key, run_key), (build, run_build), (verify, run_verify), (bring, run_import)):
        action.add_argument("--json", action="store_true", help="print one JSON object a line")
        action.set_defaults(run=run)


def run_key(args: argparse.Namespace) -> int:
    """1 when the file is there already: a publisher's key is never overwritten."""
    if args.key.exists():
        print(json.dumps({"key": str(args.key), "problem": "exists"}) if args.json else f"{args.key} exists already")
        return 1
    write_private(args.key, secrets.token_bytes(32))
    public = _key(args.key).public.hex()
    print(json.dumps({"public_key": public}) if args.json else f"public key: {public}")
    return 0


def run_build(args: argparse.Namespace) -> int:
    key, manifest = _key(args.key), assemble(args.folder)
    fresh = args.out.with_name(args.out.name + ".new")
    try:
        with fresh.open("wb") as handle:
            build_pack(handle, manifest, args.folder, key)
        fresh.replace(args.out)
    except PackRefused as error:
        raise REFUSED_AS[error.problem](problem=error.problem.value, where=error.where) from error
    except OSError as error:
        raise PackUnreadable(problem="unreadable", where=str(error)) from error
    finally:
        fresh.unlink(missing_ok=True)
    data = args.out.read_bytes()
    made = {"pack": str(args.out), "course": manifest.course, "version": manifest.version, "size": len(data)}
    made |= {"sha256": hashlib.sha256(data).hexdigest(), "public_key": key.public.hex()}
    print(json.dumps(made) if args.json else "\n".join(f"{name:12}{value}" for name, value in made.items()))
    return 0


def run_verify(args: argparse.Namespace) -> int:
    good = True
    with _Station(args, {"publisher": args.publisher} if args.publisher else {}) as station:
        ring, at = station.library.trust()
        for path in args.packs:
            answer: dict[str, Any] = {"pack": str(path)}
            try:
                with path.open("rb") as handle:
                    pack = open_pack(handle, ring, at)
                    check_files(handle, pack)
                manifest = pack.manifest
                answer |= {"good": True, "course": manifest.course, "version": manifest.version}
                answer |= {"publisher": pack.publisher, "title": manifest.title.zh_CN}
            except PackRefused as error:
                answer |= {"good": False, "reason": error.problem.value, "where": error.where}
            except OSError as error:
                answer |= {"good": False, "reason": "unreadable", "where": str(error)}
            good = good and answer["good"]
            _print(args, answer)
    return 0 if good else 1


def run_import(args: argparse.Namespace) -> int:
    good = True
    with _Station(args) as station:
        for path in args.packs:
            result = station.keeper.import_file(path, "cli")
            answer = {"pack": str(path), "good": not result.code, "reason": result.code, "already": result.already}
            good = good and not result.code
            _print(args, answer)
    return 0 if good else 1


class _Station:
    """As much of a station as a pack needs, on this thread."""

    def __init__(self, args: argparse.Namespace, publishers: dict[str, str] | None = None) -> None:
        config = load_config(args.config, **({"data_dir": args.data_dir} if args.data_dir else {}))
        self._desk = Desk()
        self.store = self._desk.call(Store, config.data_dir / "station.db", SystemClock())
        self.library = Library(
            config.data_dir / "courses",
            self.store.catalogue,
            self.store.projection(LearningRecords),
            SystemClock(),
            config.course_publishers | (publishers or {}),
        )
        files = FileStore(config.data_dir / "files")
        self.keeper = Keeper(self.library, files, self.store, self._desk, EventBus(), config.usb_dir)

    def __enter__(self) -> "_Station":
        return self

    def __exit__(self, *_: object) -> None:
        self._desk.call(self.store.close)
        self._desk.close()


def _key(path: Path) -> SigningKey:
    """The publisher's key: 32 raw bytes. Raises NotFound or PackUnreadable."""
    try:
        return SigningKey.from_seed("publisher", path.read_bytes())
    except FileNotFoundError as error:
        raise NotFound(kind="key", id=str(path)) from error
    except (OSError, ValueError) as error:
        raise PackUnreadable(problem="key", where=str(error)) from error


def _print(args: argparse.Namespace, answer: dict[str, Any]) -> None:
    if args.json:
        print(json.dumps(answer, ensure_ascii=False))
    elif answer["good"]:
        print(f"good     {answer['pack']}: {answer.get('course', 'already here' if answer.get('already') else 'here')}")
    else:
        print(f"REFUSED  {answer['pack']}: {answer['reason']} {answer.get('where', '')}".rstrip())
