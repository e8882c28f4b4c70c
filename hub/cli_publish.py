"""`publish DIR` and `export DIR`: the catalogue from and to a folder of plain files."""

import argparse
import json
import shutil
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hub.cli import open_hub
from hub.publishing import FOLDER, file_refs, store_files
from hub.state import Hub
from kiosk.protocol.folder import FolderError, read_folder, write_folder

_REFUSED = 1


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser(
        "publish", help="publish a folder of plain files; what is no longer in it is deleted at the stations"
    )
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--keep", action="store_true", help="do not delete what is not in the folder")
    parser.add_argument("--dry-run", action="store_true", help="only say what would change")
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
    with open_hub(args) as hub:
        store_files(hub.files, documents, args.folder)
        done = hub.catalogue.publish(documents, FOLDER, whole=not args.keep, dry_run=args.dry_run)
    if args.json:
        print(json.dumps(asdict(done), ensure_ascii=False))
        return 0
    for sign, keys in (("+", done.added), ("~", done.changed), ("-", done.deleted)):
        for key in keys:
            print(f"{sign} {key}")
    changed = len(done.added) + len(done.changed) + len(done.deleted)
    print(f"{changed} changed, {done.unchanged} as before; revision {done.revision}")
    return 0


def run_export(args: argparse.Namespace) -> int:
    with open_hub(args) as hub:
        documents = hub.catalogue.documents(owner="" if args.all else FOLDER)
        count = write_folder(args.folder, documents)
        removed = _remove_deleted(hub, args.folder)
        files = {ref.sha256: ref for document in documents for ref in file_refs(document.body)}
        for ref in files.values():
            target = args.folder / "files" / (Path(ref.name).name or ref.sha256)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(hub.files.path(ref.sha256), target)
    result = {"documents": count, "files": len(files), "removed": removed}
    print(json.dumps(result) if args.json else f"{count} documents, {len(files)} files, {removed} removed")
    return 0


def _remove_deleted(hub: Hub, folder: Path) -> int:
    """Files of an earlier export whose documents have been deleted since. Nothing else is touched."""
    count = 0
    for row in hub.db.rows("SELECT kind, id FROM catalogue WHERE deleted"):
        path = folder / row["kind"] / f"{row['id']}.json"
        if path.is_file():
            path.unlink()
            count += 1
    return count
