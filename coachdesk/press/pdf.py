"""The way to a PDF: the paper library is loaded by the first document, not by whoever might write one."""

from coachdesk.press.blocks import Document
from coachdesk.press.style import STANDARD, PageStyle


def pdf(document: Document, *, style: PageStyle = STANDARD) -> bytes:
    """Return a document as a tagged PDF (not checked against PDF/UA, so not called that).

    The same document in the same style gives the same bytes: the only date inside is ``document.made``.
    """
    from coachdesk.press.pdf_pages import drawn  # noqa: PLC0415  reportlab is not loaded before it is wanted

    return drawn(document, style)
