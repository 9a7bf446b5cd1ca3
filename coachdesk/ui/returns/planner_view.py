"""The plan of a return: what each table has to carry, and whether it is printed, widened or left out."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from coachdesk.returns.choice import ProtectionChoice
from coachdesk.returns.planning import Plan, PlanLine
from coachdesk.ui.clients.tab import clear
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import label

_TABLE, _WIDE = "table", "wide"


class PlannerView(QWidget):
    """A line for each table, to be unticked or widened before anything is computed.

    Signals: ``changed()`` when the person chose.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[str, QCheckBox] = {}
        self.wide: dict[str, QCheckBox] = {}
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(Space.SMALL)

    def show_plan(self, plan: Plan, choice: ProtectionChoice) -> None:
        """Show a plan with what is chosen so far."""
        self.forget()
        self.body.addWidget(label(self.tr("What so many people can carry"), "section"))
        if plan.lines:
            expected = self.tr("Of all these numbers about {share} would be withheld.")
            self.body.addWidget(label(expected.format(share=f"{plan.expected_share:.0%}"), wrap=True))
            self._lines(plan)
        for words in plan.held:
            self.body.addWidget(label(words, wrap=True))
        source = self.tr("What to expect is interpolated. {source}")
        self.body.addWidget(label(source.format(source=plan.source), "meta", wrap=True))
        self.show_choice(choice)

    def _lines(self, plan: Plan) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.GAP)
        grid.setVerticalSpacing(Space.HAIR)
        grid.setColumnStretch(2, 1)
        for place, line in enumerate(plan.lines):
            self._line(grid, place, line)
        self.body.addLayout(grid)

    def _line(self, grid: QGridLayout, place: int, line: PlanLine) -> None:
        box = QCheckBox(line.title)
        box.setAccessibleDescription(line.words)
        box.setProperty(_TABLE, line.table)
        box.clicked.connect(self._clicked)
        people = label(self.tr("{count} people").format(count=f"{line.people:,}"), "meta")
        words = label(line.words, "meta", wrap=True)
        for column, piece in enumerate((box, people, words)):
            grid.addWidget(piece, place, column)
        self.boxes[line.table] = box
        if line.wide_share is not None:
            wide = QCheckBox(self.tr("Wider bands"))
            wide.setAccessibleName(self.tr("Wider bands: {table}").format(table=line.title))
            wide.setProperty(_WIDE, line.table)
            wide.clicked.connect(self._clicked)
            grid.addWidget(wide, place, 3)
            self.wide[line.table] = wide

    def show_choice(self, choice: ProtectionChoice) -> None:
        """Tick what is printed, and what is printed in wider bands."""
        for table, box in self.boxes.items():
            box.setChecked(table not in choice.left_out)
        for table, box in self.wide.items():
            box.setChecked(table in choice.wide)
            box.setEnabled(self.boxes[table].isChecked())

    def chosen(self, before: ProtectionChoice) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return what is left out and what is widened; what is not shown here stays as it was before."""
        out = [table for table in before.left_out if table not in self.boxes]
        wide = [table for table in before.wide if table not in self.wide]
        out += [table for table, box in self.boxes.items() if not box.isChecked()]
        wide += [table for table, box in self.wide.items() if box.isChecked()]
        return tuple(out), tuple(wide)

    def forget(self) -> None:
        """Show no plan."""
        self.boxes, self.wide = {}, {}
        clear(self.body)

    @Slot()
    def _clicked(self) -> None:
        for table, box in self.wide.items():
            box.setEnabled(self.boxes[table].isChecked())
        self.changed.emit()
