"""The protected tables, as they will be printed."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.press.blocks import Chart
from coachdesk.returns.explaining_cells import CellPeople
from coachdesk.returns.shown import NUMBER, SHARE
from coachdesk.returns.wishes import PreparedReturn, ShownTable
from coachdesk.ui.charts import Bar, BarChart, Bars
from coachdesk.ui.office import Office
from coachdesk.ui.returns.issued_who import WhoCounted
from coachdesk.ui.returns.side_by_side import SideBySide
from coachdesk.ui.tables.list_view import ListItem, TwoLineList
from coachdesk.ui.tables.rows import Column, RowTable
from coachdesk.ui.tables.view import TableView
from coachdesk.ui.widgets import Card, label

_HEIGHT = 320
_WITHHELD = "[c]"

Cells = tuple[str, ...]


class _Cell:
    """Reads one column of a row of text cells."""

    def __init__(self, place: int) -> None:
        self._place = place

    def __call__(self, cells: Cells) -> str:
        return cells[self._place] if self._place < len(cells) else ""


def _first(cells: Cells) -> str:
    return "|".join(cells)


class TablesView(SideBySide):
    """A list of tables; the chosen one with its proof row and its chart, and the people of the line that is chosen.

    Signals: ``open_client(UUID)``.
    """

    open_client = Signal(object)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tables: dict[str, ShownTable] = {}
        self._cells: CellPeople | None = None
        self._shown: ShownTable | None = None
        self.list = TwoLineList(self.tr("Tables"), people=False)
        self.list.setMinimumHeight(_HEIGHT)
        self.list.chosen.connect(self._chosen)
        left = Card()
        left.add(self.list)
        self.title = label(self.tr("Choose a table"), "section", wrap=True)
        self.place = QVBoxLayout()
        self.proof = label("", "meta", wrap=True)
        self.table: TableView[Cells] | None = None
        self.chart: Bars | None = None
        self.cell = label("", "strong", wrap=True)
        self.who = WhoCounted(office, self.tr("People behind the line"))
        self.who.opened.connect(self.open_client)
        right = Card()
        for piece in (self.title, self.place, self.proof, self.cell, self.who):
            right.add(piece)
        right.body.addStretch(1)
        self.sides.addWidget(left, 1)
        self.sides.addWidget(right, 3)

    def show_return(self, prepared: PreparedReturn) -> None:
        """Show a return's protected tables."""
        self.show_tables(prepared.tables, prepared.cells)

    def show_tables(self, tables: Sequence[ShownTable], cells: CellPeople | None) -> None:
        """Show protected tables, those of an issued return too, with the people behind their cells where they are known."""
        self._tables, self._cells = {table.id: table for table in tables}, cells
        self.list.show_items([ListItem(table.id, table.title, table.unit) for table in tables])
        self.list.choose_first()

    @Slot(object)
    def _chosen(self, identity: object) -> None:
        shown = self._tables.get(str(identity))
        if shown is None:
            return
        self._shown = shown
        self.title.setText(shown.title)
        self.proof.setText("\n".join(part for part in (shown.proof, shown.note) if part))
        self._clear()
        columns = [Column(name, _Cell(place), stretch=place == 0) for place, name in enumerate(shown.header)]
        rows: RowTable[Cells] = RowTable(columns, identify=_first)
        self.table = TableView(rows, shown.title)
        self.table.be_as_high_as_rows(_HEIGHT)
        self.table.show_rows(shown.rows)
        self.table.chosen.connect(self._line_chosen)
        self.place.addWidget(self.table)
        if shown.chart is not None:
            self.chart = Bars(_bars(shown.chart))
            self.place.addWidget(self.chart)

        self._nobody_chosen()

    def _nobody_chosen(self) -> None:
        self.who.setVisible(self._cells is not None)
        self.cell.setText(
            self.tr("Choose a line: the people it counts are listed here, inside the vault only.")
            if self._cells is not None
            else ""
        )
        self.who.forget()

    @Slot(object)
    def _line_chosen(self, cells: Cells | None) -> None:
        if cells is None or self._cells is None or self._shown is None:
            return
        key = tuple(
            label
            for label, name in zip(cells, self._shown.header, strict=True)
            if name not in {NUMBER, SHARE}
        )
        behind = self._cells.behind(self._shown.id, key)
        self.cell.setText(", ".join(key))
        self.who.show_cell(behind, self._cells.cohort(self._shown.id))

    def _clear(self) -> None:
        for piece in (self.table, self.chart):
            if piece is not None:
                piece.hide()
                piece.deleteLater()
        self.table, self.chart = None, None


def _bars(chart: Chart) -> BarChart:
    """Return a chart of the pack as the window draws it: a withheld value is a word, not a bar."""
    bars = (
        Bar(name, 0 if value is None else float(value), _WITHHELD if value is None else "")
        for name, value in zip(chart.categories, chart.values, strict=True)
    )
    return BarChart(chart.title, tuple(bars), chart.unit)
