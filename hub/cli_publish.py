"""`publish DIR` and `export DIR`: the catalogue from and to a folder of plain files."""

import argparse
import json
import shutil
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hub.cli import open_hub
from hub.cli_publisher import read_key
from hub.proofs import sign_request
from hub.publishing import FOLDER, store_files
from hub.state import Hub
from kiosk.protocol.folder import FILES, FolderError, read_folder, write_folder

_REFUSED = 1


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser(
        "publish", help="publish a folder of plain files; what is no longer in it is deleted at the stations"
    )
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--keep", action="store_true", help="do not delete what is not in the folder")
    parser.add_argument("--dry-run", action="store_true", help="only say what would change")
    parser.add_argument("--key", type=Path, metavar="KEYFILE", help="the publisher's key, where stations ask for it")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run_publish)
    parser = subparsers.add_parser("export", help="write the catalogue and its files to a folder of plain files")
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--all", action="store_true", help="also what features publish by themselves (status lists…)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run_export)


def run_publish(args: argparse.Namespace) -> int:
    try:
        documents = read_folder(args.folder)
        if not documents:
            raise FolderError(args.folder, "there is no document in this folder")
    except FolderError as error:
        print(error, file=sys.stderr)
        return _REFUSED
    key = read_key(args.key) if args.key else None
    with open_hub(args) as hub:
        store_files(hub.files, documents, args.folder)
        done = hub.catalogue.publish(documents, FOLDER, whole=not args.keep, dry_run=args.dry_run)
        if key and not args.dry_run:
            hub.proofs.take(sign_request(hub.proofs.waiting(FOLDER), key, hub.now()))
        waiting = len(hub.catalogue.unsigned(FOLDER)) if hub.proofs.active() else 0
    if args.json:
        print(json.dumps(asdict(done), ensure_ascii=False))
        return 0
    for sign, names in (("+", done.added), ("~", done.changed), ("-", done.deleted)):
        for name in names:
            print(f"{sign} {name}")
    changed = len(done.added) + len(done.changed) + len(done.deleted)
    print(f"{changed} changed, {done.unchanged} as before; revision {done.revision}")
    if waiting and not args.dry_run:
        print(f"{waiting} wait for the publisher's signature: python -m hub publisher request FILE", file=sys.stderr)
    return 0


def run_export(args: argparse.Namespace) -> int:
    with open_hub(args) as hub:
        documents = hub.catalogue.documents(owner="" if args.all else FOLDER)
        files: dict[str, str] = {}
        for document in documents:
            _name_files(document.body, files)
        count = write_folder(args.folder, documents)
        removed = _remove_deleted(hub, args.folder)
        for name, sha256 in files.items():
            target = args.folder / FILES / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(hub.files.path(sha256), target)
    result = {"documents": count, "files": len(files), "removed": removed}
    print(json.dumps(result) if args.json else f"{count} documents, {len(files)} files, {removed} removed")
    return 0


def _name_files(value: Any, taken: dict[str, str]) -> None:
    """Give each file of a document a name of its own in one folder. Changes `value` where two have the same."""
    if isinstance(value, dict):
        if "sha256" in value and "size" in value:
            name, sha256 = Path(str(value.get("name", ""))).name or value["sha256"], value["sha256"]
            if taken.setdefault(name, sha256) != sha256:
                name = f"{sha256[:12]}-{name}"
                taken[name] = sha256
            value["name"] = name
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            _name_files(item, taken)


def _remove_deleted(hub: Hub, folder: Path) -> int:
    """Files of an earlier export whose documents have been deleted since. Nothing else is touched."""
    count = 0
    for row in hub.db.rows("SELECT kind, id FROM catalogue WHERE deleted = 1"):
        path = folder / row["kind"] / f"{row['id']}.json"
        if path.is_file():
            path.unlink()
            count += 1
    return count
