"""What a list shows while it is empty: what would be here, and the way to the first one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets.avatar import RoundIcon
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.labels import label


class EmptyState(QWidget):
    """A title, a sentence and at most one button, in the middle of the room."""

    def __init__(
        self,
        title: str,
        words: str = "",
        button: Button | None = None,
        *,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.title = label(title, "section", wrap=True)
        self.words = label(words, "secondary", wrap=True)
        self.button = button
        box = QVBoxLayout(self)
        box.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.WIDE)
        box.setSpacing(Space.SMALL)
        box.addStretch(1)
        if icon:
            box.addWidget(RoundIcon(icon, Tone.BRAND, 48), 0, Qt.AlignmentFlag.AlignHCenter)
        for piece in (self.title, self.words):
            piece.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.addWidget(piece)
        self.words.setVisible(bool(words))
        if button is not None:
            box.addSpacing(Space.HAIR)
            box.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(1)

    def say(self, title: str, words: str = "") -> None:
        """Change what it says."""
        self.title.setText(title)
        self.words.setText(words)
        self.words.setVisible(bool(words))
