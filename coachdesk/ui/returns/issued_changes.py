"""Changed since issued: figure by figure as issued and now, and who makes the difference."""

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QWidget

from coachdesk.returns.reconciling import FigureChange, Reconciliation
from coachdesk.returns.reconciling_cells import CellChange
from coachdesk.returns.reconciling_reasons import CAME, MOVED, WENT, PersonChange
from coachdesk.ui.office import Office
from coachdesk.ui.returns.issued_who import WhoCounted
from coachdesk.ui.returns.side_by_side import SideBySide
from coachdesk.ui.spoken import plural
from coachdesk.ui.tables.rows import Column, RowTable
from coachdesk.ui.tables.view import TableView
from coachdesk.ui.widgets import Card, label

_HEIGHT = 360
MINUS = "\N{MINUS SIGN}"


def _title(change: FigureChange) -> str:
    return change.title


def _issued(change: FigureChange) -> str:
    return change.issued_words


def _now(change: FigureChange) -> str:
    return change.now_words


def _difference(change: FigureChange) -> str:
    return "" if change.difference is None else _signed(change.difference)


def _signed(number: int) -> str:
    return f"{number:+,}".replace("-", MINUS) if number else "0"


def _table(change: CellChange) -> str:
    return change.table


def _heading(change: CellChange) -> str:
    return ", ".join(part for part in (change.row, change.column) if part)


def _then(change: CellChange) -> str:
    return f"{change.then:,}"


def _number_now(change: CellChange) -> str:
    return f"{change.now:,}"


def _cell_difference(change: CellChange) -> str:
    return _signed(change.now - change.then)


class ChangesView(SideBySide):
    """The figures and the cells of tables that are not the same any more; beside them who came in, who went out, and why.

    Signals: ``open_client(UUID)``.
    """

    open_client = Signal(object)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rows: RowTable[FigureChange] = RowTable(
            [
                Column(self.tr("Figure"), _title, stretch=True),
                Column(self.tr("As issued"), _issued, width=16),
                Column(self.tr("Now"), _now, width=16),
                Column(self.tr("Difference"), _difference, width=8),
            ]
        )
        self.table = TableView(rows, self.tr("Changed since issued"))
        self.table.setMinimumHeight(_HEIGHT)
        cells: RowTable[CellChange] = RowTable(
            [
                Column(self.tr("Table"), _table, stretch=True),
                Column(self.tr("Row and column"), _heading, width=22),
                Column(self.tr("Then"), _then, width=7),
                Column(self.tr("Now"), _number_now, width=7),
                Column(self.tr("Difference"), _cell_difference, width=8),
            ]
        )
        self.cells = TableView(cells, self.tr("Cells of tables that changed since issued"))
        self.cells.setMinimumHeight(_HEIGHT)
        self.summary = label("", "strong", wrap=True)
        self.cells_summary = label("", "strong", wrap=True)
        left = Card()
        for piece in (self.summary, self.table, self.cells_summary, self.cells):
            left.add(piece)
        self.name = label("", "section", wrap=True)
        self.note = label("", wrap=True)
        self.who = WhoCounted(office, self.tr("Who makes the difference"))
        self.who.opened.connect(self.open_client)
        right = Card()
        for part in (self.name, self.note, self.who):
            right.add(part)
        right.body.addStretch(1)
        self.sides.addWidget(left, 2)
        self.sides.addWidget(right, 1)
        self.table.chosen.connect(self._chosen)
        self.cells.chosen.connect(self._cell_chosen)

    def show_changes(self, found: Reconciliation) -> None:
        """Show an issued return beside today."""
        for view in (self.table, self.cells):
            view.clearSelection()
            view.setCurrentIndex(QModelIndex())
        self.table.show_rows(found.changed)
        self.cells.show_rows(found.cells)
        self._say_cells(found)
        same = len(found.figures) - len(found.changed)
        self.table.setVisible(bool(found.changed))
        if found.changed:
            self.summary.setText(
                self.tr("{changed} changed since it was issued; {same} the same.").format(
                    changed=plural(len(found.changed), self.tr("figure"), self.tr("figures")), same=same
                )
            )
        else:
            self.summary.setText(self.tr("Nothing changed: counted again today, every figure is the same."))
        chosen = self.tr("Choose a figure or a cell") if found.cells else self.tr("Choose a figure")
        some = bool(found.changed or found.cells)
        self.name.setText(chosen if some else "")
        self.note.setText(self.tr("Who came in, who went out and why is shown here.") if some else "")
        self.who.forget()

    def _say_cells(self, found: Reconciliation) -> None:
        """Say how many numbers in tables changed; nothing where none did."""
        self.cells.setVisible(bool(found.cells))
        self.cells_summary.setVisible(bool(found.cells))
        count = plural(len(found.cells), self.tr("number"), self.tr("numbers"))
        self.cells_summary.setText(self.tr("{count} changed in the tables.").format(count=count))

    @Slot(object)
    def _chosen(self, change: FigureChange | None) -> None:
        if change is None:
            return
        self.cells.clearSelection()
        self._show_who(change.title, change.note, change.people)

    @Slot(object)
    def _cell_chosen(self, change: CellChange | None) -> None:
        if change is None:
            return
        self.table.clearSelection()
        self._show_who(change.title, "", change.people)

    def _show_who(self, title: str, note: str, people: tuple[PersonChange, ...]) -> None:
        self.name.setText(title)
        self.note.setText(note)
        words = {CAME: self.tr("Came in"), WENT: self.tr("Went out"), MOVED: self.tr("Moved")}
        groups = [
            (name, tuple((one.client_id, one.reason) for one in people if one.way == way))
            for way, name in words.items()
        ]
        self.who.show_changes([group for group in groups if group[1]])
