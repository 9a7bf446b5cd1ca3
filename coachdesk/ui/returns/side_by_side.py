"""Two parts beside each other, or one below the other where the text asks for the whole width."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from coachdesk.ui.tokens import Space

_ROOMY_EMS = 60  # breakpoints follow the text, not the screen


class SideBySide(QWidget):
    """Add both parts to ``sides``, with their shares of the width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.sides.setContentsMargins(0, 0, 0, 0)
        self.sides.setSpacing(Space.GAP)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        em = self.fontMetrics().height() * 3 // 4
        roomy = self.width() >= _ROOMY_EMS * em
        wanted = QBoxLayout.Direction.LeftToRight if roomy else QBoxLayout.Direction.TopToBottom
        if self.sides.direction() is not wanted:
            self.sides.setDirection(wanted)
