"""A look at a document inside the program: a picture, a page or its words; for the rest, what one can do instead."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QSizePolicy, QWidget
from typing_extensions import override

from coachdesk.casework.documents import WholeDocument, read_document
from coachdesk.errors import Refusal
from coachdesk.press.drawn_page import DrawnPage, drawn_page
from coachdesk.ui.clients.page_turning import PageTurning
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.theme import look
from coachdesk.ui.widgets import Card, label, quiet_button, row, secondary_button

_FORMATS = {"image/png": b"png", "image/jpeg": b"jpeg"}
_WIDEST, _TALLEST = 1600, 4000
_MOST_LETTERS = 200_000
_TEXT_HEIGHT = 420


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What of a document can be shown: a picture, one page of several, or words; or why there is nothing to see."""

    id: UUID
    title: str
    file_name: str
    picture: QImage | None = None
    words: str | None = None
    page: int = 0
    pages: int = 0
    small: bool = False
    why_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookQuestion:
    """Which page of which document; only a PDF has more than one."""

    id: UUID
    page: int = 1


def look_into(session: Any, question: LookQuestion) -> Seen:
    """Return what can be shown of a document; runs where answers are read, so that no large scan holds the window."""
    document = read_document(session, question.id)
    bare = Seen(id=document.id, title=document.title, file_name=document.file_name)
    if document.media_type != "application/pdf":
        return replace(bare, picture=_picture(document), words=_words(document))
    try:
        drawn = drawn_page(document.content, question.page)
    except Refusal as refusal:
        return replace(bare, why_not=refusal.message)
    return replace(bare, picture=_colours(drawn), page=drawn.number, pages=drawn.pages, small=drawn.small)


def _colours(drawn: DrawnPage) -> QImage:
    """Return the page as Qt's picture, which holds its own colours."""
    image = QImage(drawn.colours, drawn.width, drawn.height, 3 * drawn.width, QImage.Format.Format_BGR888)
    return image.copy()


def _picture(document: WholeDocument) -> QImage | None:
    """Return a picture no larger than a screen needs, or None for what is none or cannot be read."""
    wanted = _FORMATS.get(document.media_type)
    if wanted is None:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(document.content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(wanted))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and (size.width() > _WIDEST or size.height() > _TALLEST):
        reader.setScaledSize(size.scaled(QSize(_WIDEST, _TALLEST), Qt.AspectRatioMode.KeepAspectRatio))
    picture = reader.read()
    return None if picture.isNull() else picture


def _words(document: WholeDocument) -> str | None:
    if document.media_type != "text/plain":
        return None
    try:
        return document.content.decode("utf-8-sig")[:_MOST_LETTERS]
    except UnicodeDecodeError:
        return document.content.decode("cp1252", errors="replace")[:_MOST_LETTERS]


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
        shown.setDevicePixelRatio(ratio)
        self.picture.setFixedHeight(round(shown.height() / ratio))
        self.picture.setPixmap(QPixmap.fromImage(shown))

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
