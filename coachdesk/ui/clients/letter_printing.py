"""Printing a letter: a menu of two sizes, one question where the file goes, and what came of it."""

from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from coachdesk.papers.letter import (
    LetterPrint,
    PrintLetter,
    letter_file_name,
    letter_print_choices,
    write_letter,
)
from coachdesk.ui.office import Office
from coachdesk.ui.paper_printing import Paper, PaperPrinting
from coachdesk.ui.widgets import secondary_button


class LetterPrinting(PaperPrinting):
    """Asks how and where, sends the work away and says where the letter lies."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._letter_id: UUID | None = None

    def button(self, letter_id: UUID, called: str) -> QPushButton:
        """Return a button that opens the menu for one letter."""
        made = secondary_button(self.tr("Print…"), "printer")
        made.setAccessibleName(self.tr("Print: {letter}").format(letter=called))
        made.setProperty("letter", letter_id.hex)
        made.clicked.connect(self._open)
        return made

    @Slot()
    def _open(self) -> None:
        button = self.sender()
        self._letter_id = UUID(hex=str(button.property("letter")))
        if isinstance(button, QPushButton):
            choices = ((size.value, words) for size, words in letter_print_choices())
            self.ask_how(button, self.tr("How to print the letter"), choices, self._chosen)

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        if self._letter_id is not None:
            self.print_letter(self._letter_id, LetterPrint(action.data()))

    def print_letter(self, letter_id: UUID, size: LetterPrint) -> None:
        """Ask where the file goes and write it; nothing happens while another is being written."""
        self.write_paper(
            Paper(
                file_name=letter_file_name(size),
                write=write_letter,
                wish=partial(self._wish, letter_id, size),
                asking=self.tr("Where shall the letter lie?"),
                doing=self.tr("Printing the letter…"),
                ready=self.tr("The letter is ready to print: {file}"),
            )
        )

    def _wish(self, letter_id: UUID, size: LetterPrint, target: Path) -> PrintLetter:
        today = self.office.desk.clock.today()
        return PrintLetter(letter_id=letter_id, today=today, target=target, size=size)
