"""Printing the profile: a menu of two layouts, one question where the file goes, and what came of it."""

from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton

from coachdesk.papers.profile import (
    PrintProfile,
    ProfileLayout,
    profile_file_name,
    profile_paper_choices,
    write_profile,
)
from coachdesk.ui.paper_printing import Paper, PaperPrinting
from coachdesk.ui.widgets import secondary_button


class ProfilePrinting(PaperPrinting):
    """Asks how and where, sends the work away and says where the profile lies.

    Signals: ``starting()`` before the profile is read, for what is being typed to be saved first.
    """

    starting = Signal()

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
            choices = ((layout.value, words) for layout, words in profile_paper_choices())
            self.ask_how(button, self.tr("How to print the profile"), choices, self._chosen)

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        self.print_as(ProfileLayout(action.data()))

    def print_as(self, layout: ProfileLayout) -> None:
        """Ask where the file goes and write it; nothing happens while another is being written."""
        if self.client_id is None:
            return
        self.write_paper(
            Paper(
                file_name=profile_file_name(layout),
                write=write_profile,
                wish=partial(self._wish, self.client_id, layout),
                asking=self.tr("Where shall the profile lie?"),
                doing=self.tr("Printing the profile…"),
                ready=self.tr("The profile is ready to print: {file}"),
            )
        )

    def _wish(self, client_id: UUID, layout: ProfileLayout, target: Path) -> PrintProfile:
        self.starting.emit()
        return PrintProfile(client_id=client_id, target=target, layout=layout)
