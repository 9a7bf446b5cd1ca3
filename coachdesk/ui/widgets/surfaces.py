"""What words and controls lie on: cards, dividers, pages that scroll."""

from PySide6 import QtCore
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Size, Space
from coachdesk.ui.widgets.labels import SectionTitle

Piece = QWidget | QLayout | int


def row(*pieces: Piece, spacing: int = Space.SMALL) -> QHBoxLayout:
    """Return pieces side by side; a number is a stretch."""
    box = QHBoxLayout()
    _fill(box, pieces, spacing)
    return box


def column(*pieces: Piece, spacing: int = Space.SMALL) -> QVBoxLayout:
    """Return pieces one below the other; a number is a stretch."""
    box = QVBoxLayout()
    _fill(box, pieces, spacing)
    return box


def in_line(button: QWidget) -> QHBoxLayout:
    """Return a row of one quiet button whose words begin where the text above and below begins: a name to be followed."""
    button.setProperty("flush", True)
    return row(button, 1)


def _fill(box: QBoxLayout, pieces: tuple[Piece, ...], spacing: int) -> None:
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(spacing)
    for piece in pieces:
        if isinstance(piece, int):
            box.addStretch(piece)
        elif isinstance(piece, QLayout):
            box.addLayout(piece)
        else:
            box.addWidget(piece)


class Card(QFrame):
    """A framed surface with an optional title; add what belongs inside to ``body``."""

    def __init__(
        self,
        title: str = "",
        *,
        corner: QWidget | None = None,
        count: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(Space.CARD, Space.CARD, Space.CARD, Space.CARD)
        self.body.setSpacing(Space.SMALL)
        self.title: SectionTitle | None = None
        if title:
            self.title = SectionTitle(title, count)
            head = row(self.title, 1)
            if corner is not None:
                head.addWidget(corner)
            self.body.addLayout(head)

    def add(self, piece: QWidget | QLayout, stretch: int = 0) -> None:
        """Put a widget or a layout below what is there."""
        if isinstance(piece, QLayout):
            self.body.addLayout(piece, stretch)
        else:
            self.body.addWidget(piece, stretch)


class Divider(QFrame):
    """A hairline between rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("divider", True)
        self.setFixedHeight(1)


class ScrollPage(QScrollArea):
    """A page that scrolls and never grows wider than is good to read.

    Add to ``body``. The area takes no focus itself, so Tab goes from control to control.
    """

    def __init__(self, parent: QWidget | None = None, *, margin: int = Space.PAGE) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(QtCore.Qt.FocusPolicy.NoFocus)
        outer = QWidget()
        outer.setProperty("scrolled", True)
        centred = QHBoxLayout(outer)
        centred.setContentsMargins(margin, margin, margin, margin)
        inner = QWidget()
        inner.setProperty("scrolled", True)
        inner.setMaximumWidth(look().px(Size.PAGE_MAXIMUM))
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(Space.GAP)
        centred.addWidget(inner)
        self.setWidget(outer)
