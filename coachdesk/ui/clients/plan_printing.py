"""Printing the plan: a menu of three layouts, one question where the file goes, and what came of it."""

from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from coachdesk.papers.plan import PrintPlan, plan_file_name, plan_paper_choices, write_plan
from coachdesk.papers.plan_layouts import PlanLayout
from coachdesk.ui.office import Office
from coachdesk.ui.paper_printing import Paper, PaperPrinting
from coachdesk.ui.widgets import secondary_button


class PlanPrinting(PaperPrinting):
    """Asks how and where, sends the work away and says where the plan lies.

    The plan's page is drawn anew with every change; this stays, and gives it a button whenever it needs one. Once a
    file was written, the copy that was given stands in the plan.
    """

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(office, parent)
        self._agreed_id: UUID | None = None
        shortcut = QShortcut(QKeySequence("Ctrl+P"), parent)
        shortcut.activated.connect(self.print_standard)

    def button(self) -> QPushButton:
        """Return a button that opens the menu."""
        made = secondary_button(self.tr("Prin&t…"), "printer")
        made.setToolTip(self.tr("Ctrl+P prints the standard layout"))
        made.setAccessibleDescription(made.toolTip())
        made.clicked.connect(self._open)
        return made

    @Slot()
    def _open(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self._ask(button, None)

    @Slot(object)
    def print_again(self, agreed_id: UUID) -> None:
        """Ask how a plan is to be printed that was agreed; the menu opens where the keyboard is."""
        self._ask(QApplication.focusWidget() or self, agreed_id)

    def _ask(self, place: QWidget, agreed_id: UUID | None) -> None:
        self._agreed_id = agreed_id
        choices = ((layout.value, words) for layout, words in plan_paper_choices())
        self.ask_how(place, self.tr("How to print the plan"), choices, self._chosen)

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        self.print_as(PlanLayout(action.data()), self._agreed_id)

    @Slot()
    def print_standard(self) -> None:
        """Print the plan in force in the standard layout."""
        self.print_as(PlanLayout.STANDARD)

    def print_as(self, layout: PlanLayout, agreed_id: UUID | None = None) -> None:
        """Ask where the file goes and write it; nothing happens while another is being written."""
        if self.client_id is None:
            return
        wish = partial(_wish, self.client_id, layout, agreed_id)
        self.write_paper(
            Paper(
                file_name=plan_file_name(layout),
                write=write_plan,
                wish=wish,
                asking=self.tr("Where shall the plan lie?"),
                doing=self.tr("Printing the plan…"),
                ready=self.tr("The plan is ready to print: {file}"),
            )
        )


def _wish(client_id: UUID, layout: PlanLayout, agreed_id: UUID | None, target: Path) -> PrintPlan:
    return PrintPlan(client_id=client_id, target=target, layout=layout, agreed_id=agreed_id)
