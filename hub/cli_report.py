"""`report`: the monthly return of the city, a district or a station, as on the console."""

import argparse
import os
from datetime import date
from pathlib import Path
from typing import Any

from hub.cli import open_hub
from hub.districts import Reach
from hub.problems import Problem
from hub.reports import Wanted, wanted
from hub.reports_csv import table
from hub.reports_model import Report
from hub.reports_pdf import paper
from hub.reports_period import Length
from hub.reports_text import gap_words, line_words, of_texts, period_words, title_words, whole_words


class MonthInvalid(Problem):
    status = 422
    code = "reports.month"
    title = ("月份要写成 2026-11 这样", "A month is written like 2026-11")


class NotWritten(Problem):
    status = 500
    code = "reports.not_written"
    title = ("报表文件没有写成", "The file of the report could not be written")


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser("report", help="the monthly return: visits, supplies, services, with gaps named")
    parser.add_argument("--month", required=True, metavar="YYYY-MM", help="which month")
    about = parser.add_mutually_exclusive_group()
    about.add_argument("--district", default="", help="one district, by its Chinese name (default: the whole city)")
    about.add_argument("--station", default="", help="one station, by its id")
    parser.add_argument("--language", choices=["zh", "en"], default="zh", help="of words (default: %(default)s)")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write a table for a spreadsheet")
    parser.add_argument("--pdf", type=Path, metavar="FILE", help="write it for paper")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    asked = Wanted(length=Length.MONTH, day=_first(args.month), district=args.district, station=args.station)
    with open_hub(args) as hub:
        made = wanted(hub, Reach(), "", asked)
    if args.csv:
        _write(args.csv, table(made, args.language).encode())
    if args.pdf:
        _write(args.pdf, paper(made, args.language))
    if args.json:
        print(made.model_dump_json())
    else:
        _print(made, args.language)
    return 0


def _first(month: str) -> date:
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise MonthInvalid(month=month[:20]) from error


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: a return that is half written must not be sent."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise NotWritten(path=str(path), reason=str(error)) from error


def _print(made: Report, language: str) -> None:
    print(f"{title_words(made, language)}  {period_words(made, language)}")
    print(whole_words(made, language))
    if why := gap_words(made, language):
        print(why)
    for line in made.totals:
        print(f"{line_words(line, made, language):>16}  {of_texts(line.name, language)}")
