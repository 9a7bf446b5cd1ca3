"""The protected tables, as they will be printed."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.press.blocks import Chart
from coachdesk.returns.wishes import PreparedReturn, ShownTable
from coachdesk.ui.charts import Bar, BarChart, Bars
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
    """A list of tables; the chosen one with its proof row and its chart."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tables: dict[str, ShownTable] = {}
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
        right = Card()
        right.add(self.title)
        right.add(self.place)
        right.add(self.proof)
        right.body.addStretch(1)
        self.sides.addWidget(left, 1)
        self.sides.addWidget(right, 3)

    def show_return(self, prepared: PreparedReturn) -> None:
        """Show a return's protected tables."""
        self._tables = {table.id: table for table in prepared.tables}
        self.list.show_items([ListItem(table.id, table.title, table.unit) for table in prepared.tables])
        self.list.choose_first()

    @Slot(object)
    def _chosen(self, identity: object) -> None:
        shown = self._tables.get(str(identity))
        if shown is None:
            return
        self.title.setText(shown.title)
        self.proof.setText("\n".join(part for part in (shown.proof, shown.note) if part))
        self._clear()
        columns = [Column(name, _Cell(place), stretch=place == 0) for place, name in enumerate(shown.header)]
        rows: RowTable[Cells] = RowTable(columns, identify=_first)
        self.table = TableView(rows, shown.title)
        self.table.setMinimumHeight(_HEIGHT)
        self.table.show_rows(shown.rows)
        self.place.addWidget(self.table)
        if shown.chart is not None:
            self.chart = Bars(_bars(shown.chart))
            self.place.addWidget(self.chart)

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
