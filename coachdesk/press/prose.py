# mypy: disallow-untyped-calls=False
# (reportlab is published without types)
"""The one place where somebody's words become a paragraph: nothing typed is ever read as mark-up."""

from functools import cache
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.paragraph import Paragraph

from coachdesk.press.blocks import Align
from coachdesk.press.faces import REGULAR, font, runs
from coachdesk.press.style import INK, Face

LEADING = 1.38
_ALIGNMENT = {Align.LEFT: TA_LEFT, Align.RIGHT: TA_RIGHT, Align.CENTRE: TA_CENTER}


@cache
def _paragraph_style(font_name: str, size: float, colour: str, align: Align) -> ParagraphStyle:
    return ParagraphStyle(
        name="prose",
        fontName=font_name,
        fontSize=size,
        leading=size * LEADING,
        textColor=HexColor(colour),
        alignment=_ALIGNMENT[align],
        allowWidows=0,
        allowOrphans=0,
    )


def prose(
    text: str,
    *,
    face: Face,
    size: float,
    weight: int = REGULAR,
    colour: str = INK,
    align: Align = Align.LEFT,
) -> Paragraph:
    """Return a paragraph of exactly these words, whatever brackets or ampersands they hold."""
    marked = "".join(
        f'<font name="{font(run.face, weight)}">{_escaped(run.text)}</font>'
        if run.face is not face
        else _escaped(run.text)
        for run in runs(text, face)
    )
    return Paragraph(marked, _paragraph_style(font(face, weight), size, colour, align))


def _escaped(text: str) -> str:
    return escape(text).replace("\n", "<br/>")
