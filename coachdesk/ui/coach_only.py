"""What is for the coach’s eyes only: out of sight while the client looks at the screen too."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

BESIDE = "beside"
"""Property of the page on which one client is shown beside the coach."""


def is_beside(widget: QWidget) -> bool:
    """Return whether a widget stands on the page that the client looks at too."""
    above: QWidget | None = widget
    while above is not None:
        if above.property(BESIDE):
            return True
        above = above.parentWidget()
    return False


class CoachOnly(QWidget):
    """Holds one piece, and shows it only where the client does not look.

    Whether it has anything to say is told with ``set_wanted``; where it stands is looked at whenever it is shown.
    """

    def __init__(self, piece: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._piece = piece
        self._is_wanted = True
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(piece)

    def set_wanted(self, *, wanted: bool) -> None:
        """Say whether there is anything to show."""
        self._is_wanted = wanted
        self.setVisible(wanted)
        self._look()

    def _look(self) -> None:
        self._piece.setVisible(self._is_wanted and not is_beside(self))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._look()
        super().showEvent(event)
