# mypy: disallow-untyped-calls=False
# (reportlab is published without types)
"""A document as the bytes of a tagged PDF: A4, fonts embedded, the same bytes for the same document."""

from datetime import UTC, date, datetime
from functools import partial
from io import BytesIO
from math import atan2, degrees, hypot
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus.doctemplate import BaseDocTemplate, PageTemplate
from reportlab.platypus.frames import Frame
from typing_extensions import override

from coachdesk.press.blocks import Document
from coachdesk.press.faces import BOLD, REGULAR, fitted, font, single_run, width
from coachdesk.press.layout import story
from coachdesk.press.style import PageStyle
from coachdesk.press.tagging import Element, TaggedCanvas

_TOTAL = "number-of-pages"
_PRODUCER = "CoachDesk"
_DESCENT = 0.3  # of the type size, so that the tail of a letter is inside the form
_WIDEST_TOTAL = "000"
_WATERMARK_ACROSS = 0.8  # of the sheet's diagonal
_WATERMARK_TALLEST = 64.0


def drawn(document: Document, style: PageStyle) -> bytes:
    """Return a document as a tagged PDF (not checked against PDF/UA, so not called that).

    The same document in the same style gives the same bytes: the only date inside is ``document.made``.
    """
    target = BytesIO()
    root = Element("Document")
    sheet = _Sheet(document, style, target)
    sheet.build(
        story(document, style, root), canvasmaker=partial(_Canvas, root=root, style=style, made=document.made)
    )
    return target.getvalue()


class _Canvas(TaggedCanvas):
    """A canvas that knows, once the last page is drawn, how many there are."""

    def __init__(self, target: BytesIO, *, style: PageStyle, made: date | None, **options: Any) -> None:
        super().__init__(target, **options)
        self.style = style
        if made is not None:
            moment = datetime(made.year, made.month, made.day, tzinfo=UTC)
            stamp: Any = self._doc._timeStamp  # noqa: SLF001  reportlab takes its date from the environment only
            stamp.t, stamp.lt = moment.timestamp(), moment.timetuple()
            stamp.YMDhms = moment.timetuple()[:6]

    @override
    def save(self) -> None:
        """Draw the number of pages where every footer points to, then write the file."""
        total = str(self.getPageNumber() - 1)
        self.beginForm(_TOTAL)
        self.setFont(font(self.style.face), self.style.small)
        self.setFillColor(HexColor(self.style.inks.quiet))
        self.drawString(0, self.style.small * _DESCENT, total)
        self.endForm()
        super().save()


class _Sheet(BaseDocTemplate):
    """The page every document is printed on: header, footer, watermark."""

    def __init__(self, document: Document, style: PageStyle, target: BytesIO) -> None:
        super().__init__(
            target,
            pagesize=style.page_size,
            title=document.title,
            author=document.author,
            subject=document.subject,
            creator=_PRODUCER,
            producer=_PRODUCER,
            lang=document.language,
            invariant=1,
            pageCompression=1,
            initialFontName=font(style.face),
        )
        self.document = document
        self.style = style
        frame = Frame(
            style.margin,
            style.margin,
            style.text_width,
            style.text_height,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )
        self.addPageTemplates(PageTemplate(frames=[frame], onPage=self._furniture))

    def _furniture(self, canvas: _Canvas, _template: BaseDocTemplate) -> None:
        canvas.saveState()
        if self.document.watermark:
            with canvas.artifact("Background"):
                self._watermark(canvas, self.document.watermark)
        with canvas.artifact("Pagination"):
            if canvas.getPageNumber() > 1:
                self._header(canvas)
            self._footer(canvas)
        canvas.restoreState()

    def _watermark(self, canvas: _Canvas, words: str) -> None:
        across, up = self.style.page_size
        run = single_run(words, self.style.face)
        name = font(run.face, BOLD)
        size = min(_WATERMARK_TALLEST, hypot(across, up) * _WATERMARK_ACROSS / width(run.text, name, 1))
        canvas.saveState()
        canvas.translate(across / 2, up / 2)
        canvas.rotate(degrees(atan2(up, across)))
        canvas.setFillColor(HexColor(self.style.inks.watermark))
        canvas.setFont(name, size)
        canvas.drawCentredString(0, -size / 3, run.text)
        canvas.restoreState()

    def _header(self, canvas: _Canvas) -> None:
        style = self.style
        top = style.page_size[1] - style.margin * 0.62
        self._line(canvas, self.document.title, top, style.text_width)

    def _footer(self, canvas: _Canvas) -> None:
        style = self.style
        baseline = style.margin * 0.5
        canvas.setStrokeColor(HexColor(style.inks.line))
        canvas.setLineWidth(0.5)
        line = baseline + style.small * 1.4
        canvas.line(style.margin, line, style.margin + style.text_width, line)
        words = f"Page {canvas.getPageNumber()} of "
        room = width(words + _WIDEST_TOTAL, font(style.face), style.small)
        left = style.page_size[0] - style.margin - room
        self._line(canvas, self.document.author, baseline, style.text_width - room - style.small * 2)
        canvas.setFont(font(style.face), style.small)
        canvas.drawString(left, baseline, words)
        canvas.translate(
            left + width(words, font(style.face), style.small), baseline - style.small * _DESCENT
        )
        canvas.doForm(_TOTAL)

    def _line(self, canvas: _Canvas, words: str, baseline: float, room: float) -> None:
        style = self.style
        canvas.setFillColor(HexColor(style.inks.quiet))
        run = fitted(words, room, style, REGULAR)
        canvas.setFont(font(run.face), style.small)
        canvas.drawString(style.margin, baseline, run.text)
