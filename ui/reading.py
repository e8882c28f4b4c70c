"""What read-aloud says: the visible words of a page, in the order in which a person reads them.

Items that belong together in QML are read together (a card is not mixed with its neighbour); beside each other they are
read band by band from above, and in a band column by column. A control is one thing and says its accessible name.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QRectF
from PySide6.QtGui import QAccessible, QTextDocumentFragment
from PySide6.QtQuick import QQuickItem

_Role = QAccessible.Role
# These only hold other things: their name is for a screen reader's map of the page, their contents are what is said.
_CONTAINERS = frozenset(
    {
        _Role.NoRole,
        _Role.Pane,
        _Role.Grouping,
        _Role.List,
        _Role.Client,
        _Role.Document,
        _Role.Dialog,
        _Role.Window,
        _Role.Form,
        _Role.Section,
        _Role.PageTabList,
        _Role.Table,
        _Role.ToolBar,
        _Role.LayeredPane,
        _Role.AlertMessage,
    }
)
_UNSPOKEN = frozenset({_Role.ScrollBar, _Role.Separator, _Role.Border, _Role.Indicator})
_TEXTS = ("QQuickText", "QQuickTextEdit", "QQuickTextInput")
_OVERLAP = 0.3  # part of the lower height two neighbours may share and still lie one above the other
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>")
T = TypeVar("T")


@dataclass(frozen=True)
class _Block:
    """Words that are read together, and where they are."""

    lines: tuple[str, ...]
    place: QRectF


def page_text(item: QQuickItem) -> str:
    """The words of `item` and everything in it, one thing a line; "" when there is nothing to read."""
    block = _read(item, item)
    lines: list[str] = []
    for line in block.lines if block else ():
        if not lines or lines[-1] != line:
            lines.append(line)
    return "\n".join(lines)


def _read(item: QQuickItem, page: QQuickItem) -> _Block | None:
    if item is not page and not (item.isVisible() and item.opacity() > 0.01):
        return None
    role, name, ignored = _accessible(item)
    if role in _UNSPOKEN or item.property("unspoken"):  # `property bool unspoken`: a tool of the page, not its words
        return None
    words = "" if ignored else _own_words(item, role, name)
    if words:
        place = item.mapRectToItem(page, QRectF(0, 0, max(1.0, item.width()), max(1.0, item.height())))
        return _Block((words,), place)
    blocks = [block for child in item.childItems() if (block := _read(child, page))]
    if not blocks:
        return None
    ordered = in_reading_order(blocks, [block.place for block in blocks])
    place = QRectF(blocks[0].place)
    for block in blocks[1:]:
        place = place.united(block.place)
    return _Block(tuple(line for block in ordered for line in block.lines), place)


def _accessible(item: QQuickItem) -> tuple[QAccessible.Role, str, bool]:
    """Role, name and whether it is decoration, as its QML says; nothing is created by looking."""
    for child in item.children():
        if child.metaObject().className() == "QQuickAccessibleAttached":
            name = str(child.property("name") or "")
            description = str(child.property("description") or "")
            words = f"{name}\n{description}" if description and description not in name else name
            return child.property("role"), words.strip(), bool(child.property("ignored"))
    return _Role.NoRole, "", False


def _own_words(item: QQuickItem, role: QAccessible.Role, name: str) -> str:
    """What this item itself says; "" when its contents speak for it."""
    if name and role not in _CONTAINERS:
        return _spoken(name)
    if item.inherits("QQuickAbstractButton"):
        return _spoken(str(item.property("text") or ""))
    if any(item.inherits(kind) for kind in _TEXTS):
        # "displayText" of a field is what the eye sees of it: of a secret, only dots
        text = item.property("displayText") if item.inherits("QQuickTextInput") else item.property("text")
        return _spoken(_without_markup(str(text or "")))
    return ""


def _without_markup(text: str) -> str:
    return QTextDocumentFragment.fromHtml(text).toPlainText() if _MARKUP.search(text) else text


def _spoken(text: str) -> str:
    """Icons are characters of a private area of the font; they are not words."""
    kept = "".join(c for c in text if unicodedata.category(c) != "Co").strip()
    return kept if any(c.isalnum() for c in kept) else ""


def in_reading_order(things: Sequence[T], places: Sequence[QRectF]) -> list[T]:
    """Things beside each other, ordered as they are read: bands from above, in a band columns from the left."""
    numbers = _order(list(range(len(things))), places)
    return [things[number] for number in numbers]


def _order(numbers: list[int], places: Sequence[QRectF]) -> list[int]:
    if len(numbers) < 2:
        return numbers
    for begin, end in ((QRectF.top, QRectF.bottom), (QRectF.left, QRectF.right)):
        bands: list[list[int]] = []
        edge = 0.0
        for number in sorted(numbers, key=lambda n: begin(places[n])):
            size = end(places[number]) - begin(places[number])
            last = min((end(places[n]) - begin(places[n]) for n in bands[-1]), default=size) if bands else size
            if bands and begin(places[number]) < edge - _OVERLAP * min(size, last):
                bands[-1].append(number)
                edge = max(edge, end(places[number]))
            else:
                bands.append([number])
                edge = end(places[number])
        if len(bands) > 1:
            return [number for band in bands for number in _order(band, places)]
    return sorted(numbers, key=lambda n: (places[n].top(), places[n].left()))
