"""The cover of the privacy screen: a picture of the page too coarse to read, and how to come back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.ui.announce import name
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Card, label, primary_button, row, secondary_button

COARSE = 48
"""One block of the picture, grown with the text: three lines high, wider than a word's letters can be told apart in."""


def coarse(picture: QPixmap, block: int) -> QImage:
    """Return a picture in which every block is one average, run into its neighbours.

    Nothing smaller than a block is left in it; it is no filter that could be turned back.
    """
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    wide, high = max(image.width(), 1), max(image.height(), 1)
    ways = (Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    return image.scaled(max(wide // block, 1), max(high // block, 1), *ways).scaled(wide, high, *ways)


class Cover(QWidget):
    """Lies where the page was. The keyboard rests on the cover itself, so that no stray key uncovers.

    Signals: ``show_wanted()`` and ``lock_wanted()`` from its two buttons.
    """

    show_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: QImage | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_button = primary_button(self.tr("&Show the page again"), "eye")
        self.show_button.setToolTip("F9")
        self.lock_button = secondary_button(self.tr("&Lock"), "lock")
        self.lock_button.setToolTip("Ctrl+L")
        words = self.tr(
            "Names and notes are hidden. Nothing was lost: press F9 to come back to the same place."
        )
        self.title = label(self.tr("The privacy screen is on"), "heading", wrap=True)
        name(self, self.title.text(), words)
        card = Card()
        card.add(self.title)
        card.add(label(words, "secondary", wrap=True))
        card.add(row(self.show_button, self.lock_button, 1))
        card.setMaximumWidth(look().px(520))
        box = QVBoxLayout(self)
        box.setContentsMargins(Space.PAGE, Space.PAGE, Space.PAGE, Space.PAGE)
        box.addStretch(1)
        box.addLayout(row(card))
        box.addStretch(1)
        self.show_button.clicked.connect(self.show_wanted)
        self.lock_button.clicked.connect(self.lock_wanted)

    def picture_of(self, page: QWidget) -> None:
        """Take the page's picture and keep only what is left of it when it is coarse."""
        picture = page.grab()
        block = round(look().px(COARSE) * max(picture.devicePixelRatio(), 1.0))
        self._picture = coarse(picture, block)

    def forget(self) -> None:
        """Let the picture go."""
        self._picture = None

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(look().colours.canvas))
        if self._picture is not None:
            painter.drawImage(self.rect(), self._picture)
        painter.end()


class Patch(QWidget):
    """Lies over a question that waits in a window of its own, until the privacy screen is off."""

    def __init__(self, dialog: QWidget) -> None:
        super().__init__(dialog)
        self._behind = dialog.focusWidget()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setGeometry(dialog.rect())
        words = label(self.tr("The privacy screen is on. Press F9 to come back to this question."), wrap=True)
        name(self, words.text())
        box = QVBoxLayout(self)
        box.addWidget(words)
        self.show()
        self.raise_()
        self.setFocus()

    def go(self) -> None:
        """Give the question back, the keyboard where it was."""
        self.hide()
        if self._behind is not None:
            self._behind.setFocus()
        self.deleteLater()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()  # what is covered is neither agreed to nor given up by a stray key

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(look().colours.canvas))
        painter.end()
