"""From wherever a record is shown, one button leads to its history."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from coachdesk.terms import Ref
from coachdesk.ui.widgets import IconButton


class HistoryButton(IconButton):
    """Asks for the history of one record.

    Signals: ``wanted(Ref, str)`` with the record and what it is called here.
    """

    wanted = Signal(object, str)

    def __init__(self, ref: Ref, called: str, parent: QWidget | None = None) -> None:
        super().__init__("", "history", parent)
        words = self.tr("History of “{record}”").format(record=called)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self._ref, self._called = ref, called
        self.clicked.connect(self._clicked)

    @Slot()
    def _clicked(self) -> None:
        self.wanted.emit(self._ref, self._called)
