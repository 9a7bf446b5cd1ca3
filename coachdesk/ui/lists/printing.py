"""Printing a list: one question where the file goes, after saying that it names people, and what came of it."""

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from coachdesk.casework.caseload_lists import ListQuestion
from coachdesk.desk.long_work import LongWork
from coachdesk.errors import Refusal
from coachdesk.papers.caseload_list import FILE_NAME, PrintList, write_list
from coachdesk.ui.announce import announce
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Tone
from coachdesk.ui.widgets import ProgressStrip, column, label, restyle


class ListPrinting(QWidget):
    """Asks where, sends the work away and says where the list lies."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._work: LongWork | None = None
        self._is_working = False
        self.progress = ProgressStrip()
        self.progress.cancelled.connect(self._stop)
        self.found = label("", wrap=True)
        self.found.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setLayout(column(self.progress, self.found))
        self.hide()

    def print_list(self, question: ListQuestion, title: str) -> None:
        """Ask where the file goes and write it; nothing happens while another is being written."""
        if self._is_working:
            return
        target = self._office.dialogs.save_as(
            FILE_NAME,
            (self.tr("PDF (*.pdf)"),),
            title=self.tr("Where shall the list lie? It names people: choose a safe place"),
        )
        if target is None:
            return
        self._is_working = True
        self.found.hide()
        self.show()
        self.progress.start(self.tr("Printing the list…"))
        work = self._office.desk.long(
            write_list,
            PrintList(question=question, title=title, target=target),
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
        words = self.tr(
            "The list is ready to print: {file}\nIt names people and is not encrypted. Remove the file once it is printed."
        )
        self._say(words.format(file=target), Tone.OK)

    def _refused(self, refusal: Refusal) -> None:
        self._say(refusal.message, Tone.DANGER)

    def _stopped(self) -> None:
        self._say(self.tr("Stopped. Nothing was written."), Tone.INFO)

    def _say(self, words: str, tone: Tone) -> None:
        self._work, self._is_working = None, False
        self.progress.finish()
        self.found.setText(words)
        restyle(self.found, tone=tone.value)
        self.found.show()
        self.show()
        announce(self.found, words)

    @Slot()
    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()
