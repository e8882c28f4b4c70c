"""`python -m kiosk`: the station's tools for an installer. Each command has --help, exit codes, and --json for data."""

import argparse
import importlib
import json
import pkgutil
import sys
from pathlib import Path

import kiosk
from kiosk.errors import ConfigError, KioskError

FAILED, USAGE = 1, 2


def build_parser() -> argparse.ArgumentParser:
    """The whole command line: each `kiosk/cli_<name>.py` adds its own part with `add_parser`."""
    parser = argparse.ArgumentParser(prog="python -m kiosk", description=__doc__)
    parser.add_argument("--config", type=Path, help="the station's TOML file (default: embedded demo settings)")
    parser.add_argument("--data-dir", type=Path, help="where the station keeps its data (overrides the file)")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in pkgutil.iter_modules(kiosk.__path__, "kiosk."):
        if module.name.startswith("kiosk.cli_"):
            importlib.import_module(module.name).add_parser(subparsers)
    return parser


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 not so, 2 it could not be tried."""
    args = build_parser().parse_args(argv)
    try:
        return int(args.run(args))
    except ConfigError as error:
        print(error.details.get("problems") or json.dumps({"error": error.code, **error.details}), file=sys.stderr)
        return USAGE
    except KioskError as error:
        print(json.dumps({"error": error.code, **error.details}, ensure_ascii=False), file=sys.stderr)
        return USAGE
    except BrokenPipeError:  # `… | head` closed the pipe: nothing is wrong
        sys.stderr.close()
        return 0


if __name__ == "__main__":
    sys.exit(main())
