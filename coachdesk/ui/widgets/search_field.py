"""The field that narrows a list as one types."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from coachdesk.ui import icons
from coachdesk.ui.theme import look


class SearchField(QLineEdit):
    """A line with a magnifying glass.

    Signals: ``wanted(str)`` with the trimmed text after each key; ``into_list()`` when Down or Return
    asks for the list below. Escape empties the field first and only then leaves it.
    """

    wanted = Signal(str)
    into_list = Signal()

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._draw_icon()
        self.textChanged.connect(self._typed)

    def _draw_icon(self) -> None:
        self._glass.setIcon(icons.icon("search", look().colours.secondary, 16))

    def _typed(self, words: str) -> None:
        self.wanted.emit(words.strip())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._draw_icon()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.into_list.emit()
            return
        super().keyPressEvent(event)
