"""The table of a list: lines with a box to tick, sorted by asking again, as every other change of the list."""

from collections.abc import Hashable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget
from typing_extensions import override

from coachdesk.casework.caseload_columns import ListColumn, ListRow
from coachdesk.ui.spoken import due_tone
from coachdesk.ui.tables.rows import Column, Index, RowTable
from coachdesk.ui.tables.view import TableView
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Size, Tone

_BOX = 34
_LEAST_ROWS = 6
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


def _shown(column: ListColumn, today: Any) -> Column[ListRow]:
    def tone(row: ListRow) -> Tone | None:
        found = due_tone(row.due_on, today)
        return None if found is Tone.NEUTRAL else found

    return Column(column.title, column.words, tone=tone if column.key == "due" else None)


class CaseloadTable(RowTable[ListRow]):
    """Lines as they were read, in the order they were read in; sorting is wished for, not done.

    Signals: ``order_wanted(str, bool)`` a column's key and whether the last comes first; ``ticked()``.
    """

    order_wanted = Signal(str, bool)
    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), parent=parent)
        self._keys: tuple[str, ...] = ()
        self._places: dict[Hashable, int] = {}
        self.chosen: set[UUID] = set()

    def show_list(self, columns: Sequence[ListColumn], rows: Sequence[ListRow], today: Any) -> None:
        """Replace columns and lines; who was ticked and is still there stays ticked."""
        self.beginResetModel()
        self._keys = tuple(column.key for column in columns)
        self.columns = tuple(_shown(column, today) for column in columns)
        self._all = self._shown = list(rows)
        self._places = {row.id: place for place, row in enumerate(rows)}
        before = len(self.chosen)
        self.chosen &= self._places.keys()
        self.endResetModel()
        if len(self.chosen) != before:
            self.ticked.emit()

    def keys(self) -> tuple[str, ...]:
        """Return the keys of the columns as they are shown."""
        return self._keys

    @override
    def find(self, identity: Hashable) -> QModelIndex:
        place = self._places.get(identity)
        return QModelIndex() if place is None else self.index(place, 0)

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(self._keys):
            self.order_wanted.emit(self._keys[column], order is Qt.SortOrder.DescendingOrder)

    def tick(self, ids: Sequence[UUID], *, on: bool) -> None:
        """Tick some lines, or take their ticks away."""
        self.chosen = self.chosen | set(ids) if on else self.chosen - set(ids)
        last = self.index(max(self.rowCount() - 1, 0), 0)
        self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.CheckStateRole])
        self.ticked.emit()

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else found

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.CheckStateRole:
            return (_CHECKED if row.id in self.chosen else _UNCHECKED) if index.column() == 0 else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, index.column())
        return super().data(index, role)

    def _spoken(self, row: ListRow, column: int) -> str:
        words = self.columns[column].text(row) or self.tr("nothing there")
        if column == 0 and row.id in self.chosen:
            return self.tr("{words}, ticked").format(words=words)
        return words if column == 0 else f"{self.columns[column].title}: {words}"

    @override
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row_at(index)
        if row is None or role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.tick((row.id,), on=Qt.CheckState(value) is _CHECKED)
        return True


class CaseloadTableView(TableView[ListRow]):
    """The table in the window: Return opens, Space ticks, Ctrl+A ticks everybody."""

    def __init__(self, table: CaseloadTable, name: str, parent: QWidget | None = None) -> None:
        super().__init__(table, name, parent)
        self.caseload = table
        self.horizontalHeader().setStretchLastSection(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)

    def show_list(self, columns: Sequence[ListColumn], rows: Sequence[ListRow], today: Any) -> None:
        """Replace what is shown; the current line stays current if it is still there."""
        before = self.caseload.keys()
        current = self.current_row()
        self.selectionModel().blockSignals(True)
        self.caseload.show_list(columns, rows, today)
        if current is not None:
            self.choose(current.id)
        self.selectionModel().blockSignals(False)
        if before != self.caseload.keys():
            self.fit_columns()
        self.viewport().update()

    @override
    def _fit_rows(self) -> None:
        super()._fit_rows()
        self.setMinimumHeight(look().px(Size.TABLE_ROW) * _LEAST_ROWS)

    @override
    def fit_columns(self) -> None:
        super().fit_columns()
        self.setColumnWidth(0, self.columnWidth(0) + look().px(_BOX))

    def mark_order(self, key: str, *, descending: bool) -> None:
        """Show by an arrow what the list is sorted by, without asking for it."""
        keys = self.caseload.keys()
        place = keys.index(key) if key in keys else -1
        header = self.horizontalHeader()
        header.blockSignals(True)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(place, order)
        header.blockSignals(False)
        header.viewport().update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current_row()
        if event.key() == Qt.Key.Key_Space and row is not None:
            self.caseload.tick((row.id,), on=row.id not in self.caseload.chosen)
            return
        if event.key() == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            everybody = [one.id for one in self.caseload.rows()]
            self.caseload.tick(everybody, on=len(self.caseload.chosen) < len(everybody))
            return
        super().keyPressEvent(event)
