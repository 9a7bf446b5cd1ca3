"""Changed since issued: figure by figure as issued and now, and who makes the difference."""

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QWidget

from coachdesk.returns.reconciling import CAME, MOVED, WENT, FigureChange, Reconciliation
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
    if not change.difference:
        return "" if change.difference is None else "0"
    return f"{change.difference:+,}".replace("-", MINUS)


class ChangesView(SideBySide):
    """The figures that are not the same any more; beside them who came in, who went out, and why.

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
        self.summary = label("", "strong", wrap=True)
        left = Card()
        left.add(self.summary)
        left.add(self.table)
        self.name = label("", "section", wrap=True)
        self.note = label("", wrap=True)
        self.who = WhoCounted(office, self.tr("Who makes the difference"))
        self.who.opened.connect(self.open_client)
        right = Card()
        for piece in (self.name, self.note, self.who):
            right.add(piece)
        right.body.addStretch(1)
        self.sides.addWidget(left, 2)
        self.sides.addWidget(right, 1)
        self.table.chosen.connect(self._chosen)

    def show_changes(self, found: Reconciliation) -> None:
        """Show an issued return beside today."""
        self.table.clearSelection()
        self.table.setCurrentIndex(QModelIndex())
        self.table.show_rows(found.changed)
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
        self.name.setText(self.tr("Choose a figure") if found.changed else "")
        self.note.setText(
            self.tr("Who came in, who went out and why is shown here.") if found.changed else ""
        )
        self.who.forget()

    @Slot(object)
    def _chosen(self, change: FigureChange | None) -> None:
        if change is None:
            return
        self.name.setText(change.title)
        self.note.setText(change.note)
        words = {CAME: self.tr("Came in"), WENT: self.tr("Went out"), MOVED: self.tr("Moved")}
        groups = [
            (name, tuple((one.client_id, one.reason) for one in change.people if one.way == way))
            for way, name in words.items()
        ]
        self.who.show_changes([group for group in groups if group[1]])
