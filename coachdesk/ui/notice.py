"""A text to read and close; it blocks nothing and nobody."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from coachdesk.ui.focus_ring import FocusRing
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import label, row, secondary_button


class Notice(QDialog):
    """A title, a text that can be selected, and Close."""

    def __init__(self, title: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = label(words, wrap=True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setAccessibleName(words)
        self.close_button = secondary_button(self.tr("&Close"))
        self.close_button.clicked.connect(self.close)
        box = QVBoxLayout(self)
        box.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.WIDE)
        box.setSpacing(Space.CARD)
        box.addWidget(label(title, "heading", wrap=True))
        box.addWidget(self.text)
        box.addLayout(row(1, self.close_button))
        self.setMinimumWidth(look().px(460))
        FocusRing(self)
