"""Undo: the last action is taken back, and says what it was."""

from PySide6.QtCore import QObject, Slot

from coachdesk.errors import Refusal
from coachdesk.ui.office import Office


class UndoAction(QObject):
    """Takes back this person's last action; asked again, the one before."""

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office

    @Slot()
    def trigger(self) -> None:
        """Take back the last action."""
        self._office.desk.undo(refused=self._refused)

    def _refused(self, refusal: Refusal) -> None:
        self._office.messages.show_refusal(refusal)
