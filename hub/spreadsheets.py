"""Tables as spreadsheet programs open them: CSV in UTF-8 with a mark, and no cell that is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

MARK = "\ufeff"  # without it some programs take Chinese for something else


def spreadsheet(rows: Iterable[Sequence[object]]) -> str:
    """The rows as CSV (RFC 4180). Numbers stay numbers; None is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([_plain(value) for value in row])
    return MARK + text.getvalue()


def _plain(value: object) -> object:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return value
    words = str(value)
    return f"'{words}" if words[:1] in ("=", "+", "-", "@", "\t", "\r") else words
