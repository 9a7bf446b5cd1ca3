"""One table model for all lists: frozen rows in, a column says how a row reads and sorts."""

import unicodedata
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from typing_extensions import override

from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Tone

RowT = TypeVar("RowT")
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column(Generic[RowT]):
    """One column: its title, a row's words in it, and what it sorts by (its words if not said).

    ``width`` is in characters; 0 measures the first rows. ``stretch`` lets it take the room that is left.
    """

    title: str
    text: Callable[[RowT], str]
    sort_key: Callable[[RowT], Any] | None = None
    tone: Callable[[RowT], Tone | None] | None = None
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
    width: int = 0
    stretch: bool = False

    def key(self, row: RowT) -> tuple[bool, Any]:
        """Return what a row sorts by here; rows without a value come last."""
        value = self.sort_key(row) if self.sort_key is not None else fold(self.text(row))
        return (value is None, value)


def fold(words: str) -> str:
    """Return words without case and accents, so that "lucia" finds "Lucía"."""
    plain = unicodedata.normalize("NFKD", words)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def own_id(row: Any) -> Hashable:
    """Return a row's own ``id``."""
    found: Hashable = row.id
    return found


class RowTable(QAbstractTableModel, Generic[RowT]):
    """Rows in memory, filtered and sorted in Python (a proxy model is a hundred times slower)."""

    def __init__(
        self,
        columns: Sequence[Column[RowT]],
        *,
        identify: Callable[[RowT], Hashable] = own_id,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._identify = identify
        self._all: list[RowT] = []
        self._haystacks: dict[Hashable, str] = {}
        self._shown: list[RowT] = []
        self._filter: tuple[str, ...] = ()
        self._sorted_by: tuple[int, bool] | None = None

    def show(self, rows: Sequence[RowT]) -> None:
        """Replace the rows; sorting and filter stay."""
        self._all = list(rows)
        self._haystacks = {self._identify(row): self._haystack(row) for row in rows}
        self._refresh()

    def _haystack(self, row: RowT) -> str:
        return fold("\n".join(column.text(row) for column in self.columns))

    def filter(self, words: str) -> None:
        """Show only rows that hold every word somewhere; no words shows all."""
        self._filter = tuple(fold(words).split())
        self._refresh()

    def _refresh(self) -> None:
        self.beginResetModel()
        self._shown = [row for row in self._all if self._matches(row)]
        self._sort_shown()
        self.endResetModel()

    def _matches(self, row: RowT) -> bool:
        haystack = self._haystacks[self._identify(row)]
        return all(word in haystack for word in self._filter)

    def _sort_shown(self) -> None:
        if self._sorted_by is None:
            return
        column, descending = self._sorted_by
        key = self.columns[column].key
        known = [row for row in self._shown if not key(row)[0]]
        unknown = [row for row in self._shown if key(row)[0]]
        self._shown = sorted(known, key=lambda row: key(row)[1], reverse=descending) + unknown

    def rows(self) -> tuple[RowT, ...]:
        """Return the rows as they are shown now."""
        return tuple(self._shown)

    def row_at(self, index: Index) -> RowT | None:
        """Return the row behind an index, or None."""
        return self._shown[index.row()] if index.isValid() and index.row() < len(self._shown) else None

    def id_at(self, index: Index) -> Hashable | None:
        """Return the id of the row behind an index, or None."""
        row = self.row_at(index)
        return None if row is None else self._identify(row)

    def find(self, identity: Hashable) -> QModelIndex:
        """Return the index of the row with an id; an invalid one if it is not shown."""
        for position, row in enumerate(self._shown):
            if self._identify(row) == identity:
                return self.index(position, 0)
        return QModelIndex()

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self.columns):
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids = [self.id_at(index) for index in before]
        self._sorted_by = (column, order is Qt.SortOrder.DescendingOrder)
        self._sort_shown()
        places = {self._identify(row): position for position, row in enumerate(self._shown)}
        after = [
            self.index(places[one], index.column()) if one in places else QModelIndex()
            for one, index in zip(ids, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        column = self.columns[index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.align | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and column.tone is not None:
            tone = column.tone(row)
            return None if tone is None else QColor(look().colours.tone(tone).ink)
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.columns[section].align | Qt.AlignmentFlag.AlignVCenter
        return None
