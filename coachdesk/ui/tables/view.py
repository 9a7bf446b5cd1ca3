"""A table a person can use with the keyboard, and which keeps its choice when the rows change."""

from collections.abc import Hashable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget
from typing_extensions import override

from coachdesk.ui.tables.rows import RowTable
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Size

RowT = TypeVar("RowT")
_MEASURED_ROWS = 40
_WIDEST_CHARACTERS = 44
_LEAST_CHARACTERS = 14


class TableView(QTableView, Generic[RowT]):
    """A table of one ``RowTable``.

    Signals: ``opened(object)`` with the row when Return or a double click asks for it;
    ``chosen(object)`` with the current row, or None, when the choice moves.
    """

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(self, table: RowTable[RowT], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._highest: int | None = None
        self._stretched: dict[int, int] = {}  # a column that takes what room is left, and how little will do
        self.table = table
        self.setModel(table)
        table.setParent(self)
        self.setAccessibleName(name)
        self._set_up()
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.activated.connect(self._activated)
        self.selectionModel().currentRowChanged.connect(self._current_moved)

    def _set_up(self) -> None:
        """Set what measurement and accessibility asked for (a view that sizes itself takes minutes)."""
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setVisible(False)
        columns = self.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._fit_rows()

    def _fit_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(look().px(Size.TABLE_ROW))
        self._fit_height()

    def be_as_high_as_rows(self, highest: int) -> None:
        """Take the height of the rows and no more, up to so many pixels; a longer table scrolls."""
        self._highest = highest
        self._fit_height()

    def _fit_height(self) -> None:
        if self._highest is not None:
            rows = self.model().rowCount() * self.verticalHeader().defaultSectionSize()
            whole = rows + self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()
            self.setFixedHeight(min(whole, self._highest))

    def show_rows(self, rows: Sequence[RowT]) -> None:
        """Replace the rows; the chosen one stays chosen if it is still there."""
        first = self.table.rowCount() == 0
        with _kept_choice(self):
            self.table.show(rows)
        self._fit_height()
        if first:
            self.fit_columns()

    def filter(self, words: str) -> None:
        """Show only rows that hold every word; the chosen one stays chosen if it is still shown."""
        with _kept_choice(self):
            self.table.filter(words)

    def current_row(self) -> RowT | None:
        """Return the chosen row, or None."""
        return self.table.row_at(self.currentIndex())

    def choose(self, identity: Hashable) -> bool:
        """Choose the row with an id; return whether it is shown."""
        index = self.table.find(identity)
        if not index.isValid():
            return False
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)
        return True

    def fit_columns(self) -> None:
        """Give each column the width its title and first rows need."""
        metrics = self.fontMetrics()
        sample = self.table.rows()[:_MEASURED_ROWS]
        for position, column in enumerate(self.table.columns):
            longest = max((metrics.horizontalAdvance(column.text(row)) for row in sample), default=0)
            if column.width:
                longest = metrics.averageCharWidth() * column.width
            title = round(metrics.horizontalAdvance(column.title) * 1.1) + 28
            widest = metrics.averageCharWidth() * _WIDEST_CHARACTERS
            wide = max(min(longest, widest) + 28, title)
            self.setColumnWidth(position, wide)
            if column.stretch:
                self._stretched[position] = min(wide, metrics.averageCharWidth() * _LEAST_CHARACTERS + 28)
        self._stretch()

    def _stretch(self) -> None:
        """Let a column have what the others leave, or what its words need where that is too little."""
        header = self.horizontalHeader()
        others = sum(header.sectionSize(one) for one in range(header.count()) if one not in self._stretched)
        roomy = self.viewport().width() - others >= sum(self._stretched.values())
        mode = QHeaderView.ResizeMode.Stretch if roomy else QHeaderView.ResizeMode.Interactive
        for position, least in self._stretched.items():
            if header.sectionResizeMode(position) is not mode:
                header.setSectionResizeMode(position, mode)
            if not roomy:
                header.resizeSection(position, least)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stretch()

    def _activated(self, index: QModelIndex) -> None:
        row = self.table.row_at(index)
        if row is not None:
            self.opened.emit(row)

    def _current_moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.chosen.emit(self.table.row_at(current))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the row on Return on every system (macOS would begin to edit)."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._activated(self.currentIndex())
            return
        super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._fit_rows()
            if self.table.rowCount():
                self.fit_columns()


class _kept_choice:  # noqa: N801  # reads as what it does: with _kept_choice(view)
    """Choose the same row again after the rows were replaced, without saying it moved."""

    def __init__(self, view: TableView[Any]) -> None:
        self._view = view
        self._identity = view.table.id_at(view.currentIndex())

    def __enter__(self) -> None:
        self._view.selectionModel().blockSignals(True)

    def __exit__(self, *_nothing: object) -> None:
        found = self._identity is not None and self._view.choose(self._identity)
        self._view.selectionModel().blockSignals(False)
        if self._identity is not None and not found:
            self._view.chosen.emit(None)
        self._view.viewport().update()
