"""The screen checks itself: contrast, size of targets, truncated or overlapping words, names, translations, reading."""

import re
from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QColor, QImage
from PySide6.QtQuick import QQuickItem
from shiboken6 import getCppPointer

from ui.modes import Mode
from ui.reading import page_text
from ui.stage import Stage, pressables, spoken_name

CONTRAST = 7.0
SMALLEST_MM = 12.0
_SLACK = 1.5  # pixels: rounding of fonts and scaled positions
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_STAYS_CHINESE = frozenset({"中文"})
_SLIPS = re.compile(r"\b(undefined|NaN|null)\b|\[object ")  # what JavaScript writes where a value is missing
_ICON = re.compile(r"^[\ue000-\uf8ff\U000f0000-\U0010ffff]*$")


def check_screen(stage: Stage, mode: Mode, picture: QImage, root: QQuickItem | None = None) -> list[str]:
    """What is wrong with the screen as it is now, one sentence each. `root` is a layer on top (None = the whole)."""
    layer = root is not None
    root = root or stage.face.window.contentItem()
    texts = [(item, place) for item, place, _ in _texts(root) if str(item.property("text")).strip()]
    faults = [*_text_faults(root, mode), *_overlaps(texts), *_target_faults(stage, root)]
    pixels = _pixels(picture)
    faults += [f for item, place in texts if (f := _contrast_fault(item, place, pixels))]
    if layer:
        return faults if page_text(root) else [*faults, "nothing here can be read aloud"]
    page = stage.face.page
    model = stage.face.navigator.model
    if page is None or model is None or len(str(model.spoken) or page_text(page)) < 2:
        faults.append("nothing on this page can be read aloud")
    faults += [*_sunk(page), *_crowded(page)] if page is not None else []
    return faults + [f"{name} has a meta-object of its own" for name in _strayed(model)]


def _sunk(page: QQuickItem) -> Iterator[str]:
    """Targets that the bar or the edge of the page covers, and that cannot be scrolled into view."""
    area = page.mapRectToScene(QRectF(0, 0, page.width(), page.height()))
    area.adjust(-_SLACK, -_SLACK, _SLACK, _SLACK)
    for item in pressables(page):
        place = item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))
        over: QQuickItem | None = item.parentItem()
        while over is not None and over is not page and not over.clip():
            over = over.parentItem()
        if not (over is not None and over.clip()) and not area.contains(place):
            yield f"{spoken_name(item)} is not wholly on the page"


def _crowded(page: QQuickItem) -> Iterator[str]:
    """Targets that lie over each other: a finger means one and touches the other."""
    places = [(item, item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))) for item in pressables(page)]
    for number, (one, place) in enumerate(places):
        for other, other_place in places[number + 1 :]:
            shared = place.intersected(other_place)
            if shared.width() > 3 and shared.height() > 3 and _top_layer(one) is _top_layer(other):
                yield f"{spoken_name(one)} and {spoken_name(other)} lie over each other"


def _strayed(model: QObject | None) -> list[str]:
    """Objects QML may see whose meta-object is not that of their class: QML would mistake the next one there for it.

    PySide6 makes one when a signal is connected to a method that is no slot.
    """
    found = [model, *model.findChildren(QObject)] if model is not None else []
    ours = [item for item in found if type(item).__module__.split(".")[0] == "ui"]
    return [
        type(item).__name__
        for item in ours
        if getCppPointer(item.metaObject()) != getCppPointer(type(item).staticMetaObject)
    ]


def _texts(item: QQuickItem, clip: QRectF | None = None) -> Iterator[tuple[QQuickItem, QRectF, QRectF | None]]:
    """Every visible text with its painted place in the window and the view that cuts it off, if any."""
    for child in item.childItems():
        if not child.isVisible() or child.opacity() < 0.01:
            continue
        if child.inherits("QQuickText"):
            yield child, _painted(child), clip
        inner = clip
        if child.clip():
            view = child.mapRectToScene(QRectF(0, 0, child.width(), child.height()))
            inner = view if clip is None else view.intersected(clip)
        yield from _texts(child, inner)


def _painted(item: QQuickItem) -> QRectF:
    width, height = float(item.property("contentWidth")), float(item.property("contentHeight"))
    spare_x, spare_y = item.width() - width, item.height() - height
    # the enumerations of QQuickText cannot be read from here, so the kit's texts say theirs as numbers
    across, down = int(item.property("across") or 1), int(item.property("down") or 32)
    x = 0.0 if across == 1 else spare_x if across == 2 else spare_x / 2
    y = 0.0 if down == 32 else spare_y if down == 64 else spare_y / 2
    return item.mapRectToScene(QRectF(x, y, width, height))


def _label(item: QQuickItem) -> str:
    return f"“{str(item.property('text'))[:30]}”"


def _is_icon(item: QQuickItem) -> bool:
    return bool(_ICON.match(str(item.property("text"))))


def _text_faults(root: QQuickItem, mode: Mode) -> Iterator[str]:
    window = QRectF(0, 0, *mode.size)
    for item, place, clip in _texts(root):
        text = str(item.property("text"))
        if not text.strip():
            continue
        if item.property("truncated"):
            yield f"{_label(item)} is truncated"
        if place.width() > item.width() + _SLACK and not _is_icon(item):
            yield f"{_label(item)} is wider than its place ({place.width():.0f} > {item.width():.0f})"
        if clip is None and not window.adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(place):
            yield f"{_label(item)} is off the screen"
        if clip is not None and (place.left() < clip.left() - _SLACK or place.right() > clip.right() + _SLACK):
            yield f"{_label(item)} is cut off at the side"
        if mode.language == "en" and _CHINESE.search(text) and text not in _STAYS_CHINESE:
            yield f"{_label(item)} is not translated"
        if _SLIPS.search(text):
            yield f"{_label(item)} lacks a value"


def _overlaps(texts: list[tuple[QQuickItem, QRectF]]) -> Iterator[str]:
    layers = [(item, place, _top_layer(item)) for item, place in texts]
    for number, (one, place, layer) in enumerate(layers):
        for other, other_place, other_layer in layers[number + 1 :]:
            shared = place.intersected(other_place)
            if layer is other_layer and shared.width() > 3 and shared.height() > 6 and not _same_control(one, other):
                yield f"{_label(one)} overlaps {_label(other)}"


def _same_control(one: QQuickItem, other: QQuickItem) -> bool:
    return one.parentItem() is other.parentItem() and _is_icon(one) and _is_icon(other)


def _top_layer(item: QQuickItem) -> QQuickItem | None:
    """The nearest ancestor that cuts its contents off: what scrolls under something else does not overlap it."""
    parent = item.parentItem()
    while parent is not None and not parent.clip():
        parent = parent.parentItem()
    return parent


def _target_faults(stage: Stage, root: QQuickItem) -> Iterator[str]:
    window = stage.face.window
    mm = max(window.width(), window.height()) / stage.station.config.panel.long_mm
    smallest = SMALLEST_MM * mm - 0.5
    for item in pressables(root):
        name = spoken_name(item)
        if not name.strip():
            yield f"a target at {item.mapToScene(QRectF().topLeft()).toPoint().toTuple()} has no accessible name"
        if min(item.width(), item.height()) < smallest:
            yield f"{name}: {item.width() / mm:.1f} × {item.height() / mm:.1f} mm is too small to press"


def _pixels(picture: QImage) -> np.ndarray:
    """height × width, 0xAARRGGBB."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(plain.constBits(), np.uint32).reshape(plain.height(), plain.bytesPerLine() // 4)
    return rows[:, : plain.width()].copy()


def _contrast_fault(item: QQuickItem, place: QRectF, pixels: np.ndarray) -> str:
    height, width = pixels.shape
    visible = place.intersected(QRectF(0, 0, width, height)).toAlignedRect()
    layer = _top_layer(item)
    if layer is not None:
        view = layer.mapRectToScene(QRectF(0, 0, layer.width(), layer.height())).toAlignedRect()
        visible = visible.intersected(view)
    if visible.width() < 4 or visible.height() < 4:
        return ""
    step_x, step_y = max(1, visible.width() // 60), max(1, visible.height() // 24)
    sample = pixels[visible.top() : visible.bottom() : step_y, visible.left() : visible.right() : step_x]
    colours, counts = np.unique(sample, return_counts=True)
    ink = item.property("color")
    often = (QColor(int(colours[place])) for place in np.argsort(-counts, kind="stable"))
    ground = next((colour for colour in often if _ratio(colour, ink) > 1.2), None)
    if ground is None:
        return f"{_label(item)} cannot be told from its ground"
    ratio = _ratio(ground, ink)
    return "" if ratio >= CONTRAST else f"{_label(item)} has a contrast of {ratio:.1f}:1 on {ground.name()}"


def _ratio(one: QColor, other: QColor) -> float:
    """Contrast ratio as WCAG 2.2 defines it."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: QColor) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = linear(colour.redF()), linear(colour.greenF()), linear(colour.blueF())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
