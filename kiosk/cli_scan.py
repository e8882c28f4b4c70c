"""`scan` decodes pictures and videos with the station's own pipeline, and prints a JSON line for each code."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser(
        "scan",
        help="decode pictures or videos with the station's own pipeline; exit 1 unless a code was read in each file",
        description="Prints one JSON object a line for each code: file, frame, seconds, text, format, corners (four "
        "x, y in 0..1, from the code's own top left, clockwise), size of the picture, milliseconds; for a file without "
        'a code text is null and "error" says why. Exit codes: 0 a code was read in each file, 1 not so.',
    )
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
    parser.add_argument("--json", action="store_true", help="JSON lines; this is what is printed anyway")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    # Complaints about broken files are ours to make, in one line each: FFmpeg and OpenCV keep quiet.
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    import cv2

    from kiosk.devices.scanner.files import FileUnreadable

    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    good = True
    for path in args.files:
        try:
            count = _scan(path)
        except FileUnreadable as error:
            good = False
            problem = str(error.details["problem"])
            _print({"file": str(path), "text": None, "error": "unreadable", "problem": problem})
            print(f"scan: {path}: {problem}", file=sys.stderr)
            continue
        if not count:
            good = False
            _print({"file": str(path), "text": None, "error": "no_code"})
    return 0 if good else 1


def _scan(path: Path) -> int:
    from kiosk.devices.scanner.files import scan_file

    count = 0
    for scan in scan_file(path):
        count += 1
        line: dict[str, Any] = {
            "file": str(path),
            "frame": scan.frame,
            "seconds": round(scan.seconds, 3),
            "text": scan.found.text,
            "format": scan.found.format,
            "corners": [list(corner) for corner in scan.found.corners],
            "size": list(scan.size),
            "milliseconds": round(scan.milliseconds, 1),
        }
        if scan.found.text.encode("utf-8", "replace") != scan.found.raw:
            line["bytes"] = scan.found.raw.hex()  # what is not UTF-8 cannot be told from its text
        _print(line)
    return count


def _print(line: dict[str, Any]) -> None:
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    print(json.dumps(line, ensure_ascii=plain), flush=True)
