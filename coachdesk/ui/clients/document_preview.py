"""A look at a document inside the program: a picture, a page or its words; for the rest, what one can do instead."""

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QSizePolicy, QWidget
from typing_extensions import override

from coachdesk.ui.clients.document_looking import Seen
from coachdesk.ui.clients.page_turning import PageTurning
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.theme import look
from coachdesk.ui.widgets import Card, label, quiet_button, row, secondary_button

_TEXT_HEIGHT = 420


class DocumentPreview(Card):
    """Shows one document until it is closed.

    Signals: ``copy_wanted(UUID, str)`` with the document and its file's name; ``page_wanted(UUID, int)``; ``closed()``.
    """

    copy_wanted = Signal(object, str)
    page_wanted = Signal(object, int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._seen: Seen | None = None
        self.heading = label("", "section", wrap=True)
        self.close_button = quiet_button(self.tr("Close"), "x")
        self.copy_button = secondary_button(self.tr("Save a copy…"), "download")
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setMinimumHeight(look().px(_TEXT_HEIGHT))
        self.other = label("", wrap=True)
        self.outside = label(
            self.tr("A copy leaves the vault: it is not encrypted, and you look after it."), "meta", wrap=True
        )
        head = row(self.heading, self.copy_button, self.close_button)
        head.setStretch(0, 1)
        self.turning = PageTurning()
        self.add(head)
        self.add(self.turning)
        self.add(self.picture)
        self.add(self.words)
        self.add(self.other)
        self.add(self.outside)
        self.close_button.clicked.connect(self.close_preview)
        self.copy_button.clicked.connect(self._copy)
        self.turning.wanted.connect(self._turn)
        self.hide()

    def show_seen(self, seen: Seen) -> None:
        """Show a document; a page that was turned to leaves the keyboard where it is."""
        turned = self.shows(seen.id) and self.turning.isVisible()
        self._seen = seen
        self.heading.setText(seen.title)
        self.picture.setVisible(seen.picture is not None)
        self.words.setVisible(seen.words is not None)
        nothing = seen.picture is None and seen.words is None
        self.other.setVisible(nothing)
        if seen.picture is not None:
            self._show_picture(seen.picture, seen)
        self.turning.show_page(seen.page, seen.pages, small=seen.small)
        self.words.setPlainText(seen.words or "")
        self.words.setAccessibleName(self.tr("Words of “{title}”").format(title=seen.title))
        if nothing:
            said = self.tr("{file} cannot be shown here. Save a copy to open it with another program.")
            self.other.setText(seen.why_not or said.format(file=seen.file_name))
        self.show()
        lay_out(self)
        if not turned:
            self.close_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def shows(self, document_id: UUID) -> bool:
        """Return whether it is this document that is looked at."""
        return self._seen is not None and self._seen.id == document_id

    def _show_picture(self, picture: QImage, seen: Seen) -> None:
        said = (
            self.tr("Page {page} of {pages} of “{title}”") if seen.page else self.tr("Picture of “{title}”")
        )
        self.picture.setAccessibleName(said.format(page=seen.page, pages=seen.pages, title=seen.title))
        self._draw(picture)

    def _draw(self, picture: QImage) -> None:
        """Draw the picture as wide as there is room, and never larger than it is."""
        ratio = self.devicePixelRatioF()
        width = max(round(min(picture.width(), self._room() * ratio)), 1)
        shown = picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
        paper = QPixmap.fromImage(shown)
        _draw_edge(paper)
        paper.setDevicePixelRatio(ratio)
        self.picture.setFixedHeight(round(paper.height() / ratio))
        self.picture.setPixmap(paper)

    def _room(self) -> int:
        margins = self.body.contentsMargins()
        return self.width() - margins.left() - margins.right()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._seen is not None and self._seen.picture is not None:
            self._draw(self._seen.picture)

    def forget(self) -> None:
        """Show nothing any more, and keep nothing of it."""
        self._seen = None
        self.picture.clear()
        self.words.clear()
        self.hide()

    def close_preview(self) -> None:
        """Close it as somebody asked."""
        self.forget()
        self.closed.emit()

    def _copy(self) -> None:
        if self._seen is not None:
            self.copy_wanted.emit(self._seen.id, self._seen.file_name)

    def _turn(self, page: int) -> None:
        if self._seen is not None:
            self.page_wanted.emit(self._seen.id, page)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_preview()
        elif self.turning.turned_by(event.key()):
            event.accept()
        else:
            super().keyPressEvent(event)


def _draw_edge(paper: QPixmap) -> None:
    """Draw a line around a picture: a white page has no edge on a white card."""
    painter = QPainter(paper)
    painter.setPen(QColor(look().colours.line))
    painter.drawRect(paper.rect().adjusted(0, 0, -1, -1))
    painter.end()
