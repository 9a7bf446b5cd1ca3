"""The way to a look at a document: its bytes are read shortly, then it is drawn as long work that can be stopped."""

from dataclasses import dataclass, replace
from uuid import UUID

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtWidgets import QWidget

from coachdesk.casework.documents import WholeDocument, read_document
from coachdesk.desk.counter import Desk
from coachdesk.desk.long_work import LongWork
from coachdesk.errors import Refusal
from coachdesk.press.drawn_page import DrawnPage, drawn_page
from coachdesk.ui.announce import announce
from coachdesk.ui.widgets import ProgressStrip, column
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch

AT_ONCE = 0.4
"""Seconds in which a page comes without a word about it: a strip that flashes up and goes is only unrest."""
_FORMATS = {"image/png": b"png", "image/jpeg": b"jpeg"}
_WIDEST, _TALLEST = 1600, 4000
_MOST_LETTERS = 200_000


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


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawPage:
    """A document as it was read, and which page of it is to be seen."""

    document: WholeDocument
    page: int = 1


def draw_seen(_vault: OpenVault, wish: DrawPage, watch: Watch) -> Seen:
    """Return what can be shown of a document; asks the vault nothing, so that a slow page keeps no reader.

    Raises Cancelled when it is no longer wanted; the process that draws has been ended by then.
    """
    watch.check()
    document = wish.document
    bare = Seen(id=document.id, title=document.title, file_name=document.file_name)
    if document.media_type != "application/pdf":
        return replace(bare, picture=_picture(document), words=_words(document))
    try:
        drawn = drawn_page(document.content, wish.page, check=watch.check)
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


class _OneLook(QObject):
    """One look on its way; once it was let go, nothing of it comes any more, wherever it was.

    Signals: ``came(Seen)``, ``refused(Refusal)``.
    """

    came = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, page: int, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._page = page
        self._work: LongWork | None = None

    def start(self, document_id: UUID) -> None:
        self._desk.ask(read_document, document_id, self._read, refused=self._refuse)

    def let_go(self) -> None:
        """Want nothing of it any more; what draws it is ended."""
        self.blockSignals(True)
        if self._work is not None:
            self._work.cancel()
        self.deleteLater()

    def _read(self, document: WholeDocument) -> None:
        if self.signalsBlocked():
            return
        wish = DrawPage(document=document, page=self._page)
        self._work = self._desk.long(draw_seen, wish, then=self._show, refused=self._refuse, draws=True)

    def _show(self, seen: Seen) -> None:
        self.came.emit(seen)

    def _refuse(self, refusal: Refusal) -> None:
        self.refused.emit(refusal)


class Looking(QWidget):
    """A strip that says what is going on once it takes longer than a moment, with a way to stop it.

    The newest look is the only one: what was wanted before it is let go.

    Signals: ``came(Seen)``; ``refused(Refusal)``; ``slow()`` when the strip appears; ``stopped()`` when somebody asked to.
    """

    came = Signal(object)
    refused = Signal(object)
    slow = Signal()
    stopped = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, at_once: float = AT_ONCE) -> None:
        super().__init__(parent)
        self._desk = desk
        self._look: _OneLook | None = None
        self._said = ""
        self.progress = ProgressStrip()
        self.setLayout(column(self.progress))
        self.moment = QTimer(self)
        self.moment.setSingleShot(True)
        self.moment.setInterval(round(at_once * 1000))
        self.moment.timeout.connect(self._say)
        self.progress.cancelled.connect(self.stop)
        self.hide()

    @property
    def is_on(self) -> bool:
        """Whether something is on its way."""
        return self._look is not None

    def look(self, question: LookQuestion, said: str) -> None:
        """Look at a page; ``said`` tells what is going on, in words that name nobody: they may be read out."""
        self.let_go()
        self._said = said
        self._look = _OneLook(self._desk, question.page, self)
        self._look.came.connect(self._came)
        self._look.refused.connect(self._refused)
        self.moment.start()
        self._look.start(question.id)

    def let_go(self) -> None:
        """Want nothing any more, and say nothing about it."""
        look, self._look = self._look, None
        if look is not None:
            look.let_go()
        self.moment.stop()
        self.progress.finish()
        self.hide()

    @Slot()
    def stop(self) -> None:
        """Stop as somebody asked; nothing happens when nothing is on its way."""
        if self.is_on:
            self.let_go()
            announce(self, self.tr("Stopped."))
            self.stopped.emit()

    @Slot()
    def _say(self) -> None:
        self.show()
        self.progress.start(self._said)
        self.slow.emit()

    @Slot(object)
    def _came(self, seen: Seen) -> None:
        self.let_go()
        self.came.emit(seen)

    @Slot(object)
    def _refused(self, refusal: Refusal) -> None:
        self.let_go()
        self.refused.emit(refusal)
