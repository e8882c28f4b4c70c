"""Which page is on the screen: a stack of view-models. Only the top page has QML; the others wait as models."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, QUrl, Signal, Slot

from ui.pages import Args, PageSpec, all_pages

if TYPE_CHECKING:
    from ui.viewmodel import ViewModel

log = logging.getLogger(__name__)
HOME = "home.main"
_DEEPEST = 12  # a visitor who goes round in circles does not fill the memory


@dataclass
class _Place:
    spec: PageSpec
    model: "ViewModel"
    stale: bool = False


class Navigator(QObject):
    """`open` lays a page on top, `replace` takes the place of the top one, `back` and `home` remove."""

    current_changed = Signal()
    leaving = Signal()  # before the page on the screen goes or is covered

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make: Callable[[PageSpec, Args], ViewModel] | None = None
        self._stack: list[_Place] = []

    def connect_models(self, make: "Callable[[PageSpec, Args], ViewModel]") -> None:
        """Who makes the view-model of a page."""
        self._make = make

    @property
    def model(self) -> "ViewModel | None":
        return self._stack[-1].model if self._stack else None

    @property
    def page_name(self) -> str:
        return self._stack[-1].spec.name if self._stack else ""

    @property
    def depth(self) -> int:
        return len(self._stack)

    def open(self, name: str, args: Args | None = None) -> "ViewModel":
        """Show page `name`. Raises KeyError for a page that does not exist."""
        self._cover()
        while len(self._stack) >= _DEEPEST:
            self._stack.pop(1).model.dispose()
        return self._push(name, args or {})

    def replace(self, name: str, args: Args | None = None) -> "ViewModel":
        """Show page `name` instead of the present one; "back" leads to what lay below."""
        self._cover()
        gone = self._stack.pop() if len(self._stack) > 1 else None
        model = self._push(name, args or {})
        if gone:
            self._dispose(gone)
        return model

    @Slot()
    def back(self) -> None:
        if len(self._stack) > 1:
            self._cover()
            gone = self._stack.pop()
            self._uncover()
            self._dispose(gone)

    def return_to(self, name: str) -> bool:
        """Back to the nearest page `name` below; False where there is none, and nothing happens."""
        for depth in range(len(self._stack) - 2, -1, -1):
            if self._stack[depth].spec.name == name:
                self._cover()
                gone, self._stack = self._stack[depth + 1 :], self._stack[: depth + 1]
                self._uncover()
                for place in reversed(gone):
                    self._dispose(place)
                return True
        return False

    @Slot()
    def home(self) -> None:
        """Down to the home page, which is read again."""
        if len(self._stack) == 1:
            self._stack[0].model.refresh()
            return
        if not self._stack:
            self._push(HOME, {})
            return
        self._cover()
        gone, self._stack = self._stack[1:], self._stack[:1]
        self._stack[0].model.scroll = 0.0
        self._uncover()
        for place in reversed(gone):
            self._dispose(place)

    def reset(self) -> None:
        """Nothing of the session stays: every model is disposed and the home page is made anew."""
        self._cover()
        gone, self._stack = self._stack, []
        self._push(HOME, {})
        for place in reversed(gone):
            self._dispose(place)

    def close(self) -> None:
        """The program ends: every model is disposed and no page remains."""
        self._cover()
        gone, self._stack = self._stack, []
        self.current_changed.emit()
        for place in reversed(gone):
            self._dispose(place)

    def translate_again(self) -> None:
        """The language changed: the page on the screen at once, the others when somebody comes back to them."""
        for place in self._stack[:-1]:
            place.stale = True
        if self._stack:
            self._stack[-1].model.translate_again()

    def _push(self, name: str, args: Args) -> "ViewModel":
        if self._make is None:
            raise RuntimeError("the navigator is not connected")
        spec = all_pages()[name]
        model = self._make(spec, args)
        self._stack.append(_Place(spec, model))
        model.refresh()
        self.current_changed.emit()
        model.shown()
        return model

    def _cover(self) -> None:
        if self._stack:
            self.leaving.emit()
            self._stack[-1].model.hidden()

    def _uncover(self) -> None:
        place = self._stack[-1]
        if place.stale:
            place.stale = False
            place.model.translate_again()
        else:
            place.model.refresh()
        self.current_changed.emit()
        place.model.shown()

    @staticmethod
    def _dispose(place: _Place) -> None:
        try:
            place.model.dispose()
        except Exception:
            log.exception("page %s did not let go", place.spec.name)
        place.model.deleteLater()

    url = Property(QUrl, lambda self: self._stack[-1].spec.url if self._stack else QUrl(), notify=current_changed)
    vm = Property(QObject, lambda self: self.model, notify=current_changed)
    name = Property(str, lambda self: self.page_name, notify=current_changed)
    canGoBack = Property(bool, lambda self: len(self._stack) > 1, notify=current_changed)
