"""One answer, large enough to read and to touch: a round mark, and words that may take two lines."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QRadioButton, QSizePolicy, QWidget
from typing_extensions import override

from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import label

POINTS = 14.0
"""The size of what a client reads alone: a third more than the program’s own."""


class LargeLabel(QLabel):
    """Words in the size of this page, growing with the text of the program."""

    def __init__(self, words: str, weight: int = 400, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._weight = weight
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setFont(look().font(POINTS, weight))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        wanted = look().font(POINTS, self._weight)
        if event.type() is QEvent.Type.StyleChange and self.font() != wanted:
            self.setFont(wanted)


class ChoiceRow(QFrame):
    """A round mark with its words; the whole row can be clicked or touched."""

    def __init__(self, words: str, question: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.mark = QRadioButton()
        self.mark.setAccessibleName(words)
        self.mark.setAccessibleDescription(question)
        self.mark.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.words = LargeLabel(words)
        box = QHBoxLayout(self)
        box.setContentsMargins(Space.CARD, Space.GAP, Space.CARD, Space.GAP)
        box.setSpacing(Space.GAP)
        box.addWidget(self.mark)
        box.addWidget(self.words, 1)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.mark.setFocus(Qt.FocusReason.MouseFocusReason)
        self.mark.click()
        event.accept()


def heading_above(words: str) -> QLabel:
    """Return the heading of a group of answers."""
    return label(words, "label", wrap=True)
