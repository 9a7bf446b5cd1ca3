"""Figures: each with its definition, its formula with its own numbers, and the people behind it from the same query."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QWidget

from coachdesk.returns.explaining import worked_formula
from coachdesk.returns.wishes import FigureRow, PreparedReturn
from coachdesk.ui.office import Office
from coachdesk.ui.returns.issued_who import WhoCounted
from coachdesk.ui.returns.side_by_side import SideBySide
from coachdesk.ui.tables.rows import Column, RowTable
from coachdesk.ui.tables.view import TableView
from coachdesk.ui.widgets import Card, label

_HEIGHT = 420


def _title(figure: FigureRow) -> str:
    return figure.title


def _value(figure: FigureRow) -> str:
    return figure.value_words


def _base(figure: FigureRow) -> str:
    return figure.base_words


def _printed(figure: FigureRow) -> str:
    return figure.printed_words


class FiguresView(SideBySide):
    """The table of figures; beside it, what the chosen one means and whom it counted.

    Signals: ``open_client(UUID)``.
    """

    open_client = Signal(object)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rows: RowTable[FigureRow] = RowTable(
            [
                Column(self.tr("Figure"), _title, stretch=True),
                Column(self.tr("In the vault"), _value, width=18),
                Column(self.tr("Of"), _base, width=7),
                Column(self.tr("Printed"), _printed, width=18),
            ]
        )
        self.table = TableView(rows, self.tr("Figures"))
        self.table.setMinimumHeight(_HEIGHT)
        left = Card()
        left.add(self.table)
        self.name = label("", "section", wrap=True)
        self.meaning = label("", wrap=True)
        self.formula = label("", "secondary", wrap=True)
        self.worked = label("", "strong", wrap=True)
        self.source = label("", "meta", wrap=True)
        self.who = WhoCounted(office, self.tr("People behind the figure"))
        self.people = self.who.people
        self.who.opened.connect(self.open_client)
        right = Card()
        for piece in (self.name, self.meaning, self.formula, self.worked, self.source, self.who):
            right.add(piece)
        self.sides.addWidget(left, 2)
        self.sides.addWidget(right, 1)
        self.table.chosen.connect(self._chosen)
        self._nothing_chosen()

    def show_return(self, prepared: PreparedReturn) -> None:
        """Show a return's figures."""
        self.show_figures(prepared.figures)

    def show_figures(self, figures: Sequence[FigureRow]) -> None:
        """Show figures, those of an issued return too."""
        self.table.clearSelection()
        self.table.setCurrentIndex(QModelIndex())
        self.table.show_rows(figures)
        self._nothing_chosen()

    def _nothing_chosen(self) -> None:
        self.name.setText(self.tr("Choose a figure"))
        self.meaning.setText(self.tr("Its definition, its formula and the people it counted are shown here."))
        for piece in (self.formula, self.worked, self.source):
            piece.clear()
        self.who.forget()

    @Slot(object)
    def _chosen(self, figure: FigureRow | None) -> None:
        if figure is None:
            return
        self.name.setText(figure.title)
        self.meaning.setText(figure.definition)
        words = self.tr("How it is worked out: {formula}").format(formula=figure.formula)
        self.formula.setText(f"{words}\n{figure.note}" if figure.note else words)
        self.worked.setText(self.tr("Here: {numbers}").format(numbers=worked_formula(figure)))
        self.source.setText(self.tr("Source: {source}").format(source=figure.source))
        self.who.show_figure(figure)
