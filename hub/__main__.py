"""`python -m hub`: the duty desk's server (the command `serve`, when none is named) and its tools.

Each command has --help, exit codes, and --json where it prints data.
"""

import argparse
import json
import sys
from pathlib import Path

from hub.features import features
from hub.problems import Problem

FAILED, USAGE = 1, 2


def build_parser() -> argparse.ArgumentParser:
    """The whole command line: each module of `hub/` may add its part with `add_parser`."""
    parser = argparse.ArgumentParser(prog="python -m hub", description=__doc__)
    parser.add_argument("--config", type=Path, help="the hub's TOML file (default: built-in settings)")
    parser.add_argument("--data-dir", type=Path, help="where the hub keeps its data (default: var/hub)")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND")
    for feature in features():
        if feature.add_parser:
            feature.add_parser(subparsers)
    return parser


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 not so, 2 it could not be tried."""
    words = sys.argv[1:] if argv is None else argv
    args = build_parser().parse_args(words)
    if args.command is None:
        args = build_parser().parse_args([*words, "serve"])
    try:
        return int(args.run(args))
    except Problem as problem:
        print(json.dumps({"error": problem.code, **problem.members}, ensure_ascii=False), file=sys.stderr)
        return USAGE
    except BrokenPipeError:  # `… | head` closed the pipe: nothing is wrong
        sys.stderr.close()
        return 0


if __name__ == "__main__":
    sys.exit(main())
