"""List models for QML: read-only over frozen dataclass rows; the roles are the names of the fields."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    Property,
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Signal,
)

T = TypeVar("T")
_INVALID = QModelIndex()
_DISPLAY_ROLE, _FIRST_ROLE = 0, 0x0101  # Qt.DisplayRole, Qt.UserRole + 1 (doc.qt.io/qt-6/qt.html#ItemDataRole-enum)


class RowsModel(QAbstractListModel, Generic[T]):
    """Rows of one frozen dataclass. In a delegate: `required property string name` for a field `name`."""

    count_changed = Signal()

    def __init__(self, row_type: type[T], parent: QObject) -> None:
        super().__init__(parent)
        self._names = [field.name for field in fields(row_type)]  # type: ignore[arg-type]
        self._rows: list[T] = []

    @property
    def rows(self) -> tuple[T, ...]:
        return tuple(self._rows)

    def set_rows(self, rows: Sequence[T]) -> None:
        """Show `rows`. Delegates of rows that stay in their place are kept, so a touch in progress is not lost."""
        fresh = list(rows)
        old, self_count = self._rows, len(self._rows)
        if fresh == old:
            return
        common = min(self_count, len(fresh))
        if len(fresh) < self_count:
            self.beginRemoveRows(_INVALID, common, self_count - 1)
            self._rows = old[:common]
            self.endRemoveRows()
        changed = [number for number in range(common) if old[number] != fresh[number]]
        self._rows = fresh[:common]
        for number in changed:
            self.dataChanged.emit(self.index(number, 0), self.index(number, 0))
        if len(fresh) > common:
            self.beginInsertRows(_INVALID, common, len(fresh) - 1)
            self._rows = fresh
            self.endInsertRows()
        if len(fresh) != self_count:
            self.count_changed.emit()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _INVALID) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _DISPLAY_ROLE) -> Any:
        place = role - _FIRST_ROLE
        if not index.isValid() or not 0 <= place < len(self._names):
            return None
        return getattr(self._rows[index.row()], self._names[place])

    def roleNames(self) -> dict[int, QByteArray]:
        return {_FIRST_ROLE + number: QByteArray(name.encode()) for number, name in enumerate(self._names)}

    def _count(self) -> int:
        return len(self._rows)

    count = Property(int, _count, notify=count_changed)
