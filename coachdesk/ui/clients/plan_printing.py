"""Printing the plan: a menu of three layouts, one question where the file goes, and what came of it."""

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget

from coachdesk.desk.long_work import LongWork
from coachdesk.errors import Refusal
from coachdesk.papers.plan import PrintPlan, plan_file_name, plan_paper_choices, write_plan
from coachdesk.papers.plan_layouts import PlanLayout
from coachdesk.ui.announce import announce
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Tone
from coachdesk.ui.widgets import ProgressStrip, column, label, restyle, secondary_button


class PlanPrinting(QWidget):
    """Asks how and where, sends the work away and says where the plan lies.

    The plan's page is drawn anew with every change; this stays, and gives it a button whenever it needs one.

    Signals: ``printed()`` when a file was written, for the copy that was given stands in the plan now.
    """

    printed = Signal()

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(parent)
        self._office = office
        self._client_id: UUID | None = None
        self._work: LongWork | None = None
        self._is_working = False
        self._agreed_id: UUID | None = None
        self.menu_shown: QMenu | None = None
        self.progress = ProgressStrip()
        self.progress.cancelled.connect(self._stop)
        self.found = label("", wrap=True)
        self.found.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setLayout(column(self.progress, self.found))
        self.found.hide()
        self.hide()
        shortcut = QShortcut(QKeySequence("Ctrl+P"), parent)
        shortcut.activated.connect(self.print_standard)

    def show_client(self, client_id: UUID) -> None:
        """Print for another client from now on; what was said about the last is not said here."""
        if client_id != self._client_id:
            self._client_id = client_id
            self.found.hide()
            self.setVisible(self._is_working)

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
        menu = QMenu(self.window())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self.tr("How to print the plan"))
        for layout, words in plan_paper_choices():
            action = menu.addAction(f"&{words}")
            action.setData(layout.value)
        menu.triggered.connect(self._chosen)
        self.menu_shown = menu
        menu.popup(place.mapToGlobal(QPoint(0, place.height())))

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        self.print_as(PlanLayout(action.data()), self._agreed_id)

    @Slot()
    def print_standard(self) -> None:
        """Print the plan in force in the standard layout."""
        self.print_as(PlanLayout.STANDARD)

    def print_as(self, layout: PlanLayout, agreed_id: UUID | None = None) -> None:
        """Ask where the file goes and write it; nothing happens while another is being written."""
        if self._client_id is None or self._is_working:
            return
        target = self._office.dialogs.save_as(
            plan_file_name(layout), (self.tr("PDF (*.pdf)"),), title=self.tr("Where shall the plan lie?")
        )
        if target is None:
            return
        self._is_working = True
        self.found.hide()
        self.show()
        self.progress.start(self.tr("Printing the plan…"))
        work = self._office.desk.long(
            write_plan,
            PrintPlan(client_id=self._client_id, target=target, layout=layout, agreed_id=agreed_id),
            then=self._lies_there,
            refused=self._refused,
            progress=self._hear,
            stopped=self._stopped,
            writes=True,
        )
        self._work = work if self._is_working else None  # run at once, it has ended by now

    def _hear(self, share: float, words: str) -> None:
        self.progress.step(round(share * 100), 100, words)

    def _lies_there(self, target: Path) -> None:
        self.printed.emit()
        words = self.tr("The plan is ready to print: {file}\nHand it over safely; the file is not encrypted.")
        self._say(words.format(file=target), Tone.OK)

    def _refused(self, refusal: Refusal) -> None:
        self._say(" ".join(dict.fromkeys((refusal.message, *refusal.fields.values()))), Tone.DANGER)

    def _stopped(self) -> None:
        self._say(self.tr("Stopped. Nothing was written."), Tone.INFO)

    def _say(self, words: str, tone: Tone) -> None:
        self._work, self._is_working = None, False
        self.progress.finish()
        self.found.setText(words)
        restyle(self.found, tone=tone.value)
        self.found.show()
        self.show()
        lay_out(self)
        announce(self.found, words)

    @Slot()
    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()
