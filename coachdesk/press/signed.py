# mypy: disallow-untyped-calls=False
# (reportlab is published without types)
"""A signature that was given on screen, drawn over the line it stands on."""

from reportlab.graphics.shapes import Circle, Drawing, Line, PolyLine
from reportlab.lib.colors import HexColor
from reportlab.platypus.flowables import Flowable

from coachdesk.press import blocks
from coachdesk.press.faces import font
from coachdesk.press.marked import Marked, MarkedFigure
from coachdesk.press.prose import prose
from coachdesk.press.style import PageStyle
from coachdesk.press.tagging import Element

_SHARE = 0.5  # of the page's width
_TALLEST = 50.0  # points
_PEN = 1.3
_DOT = 0.9


def signature(block: blocks.Signature, style: PageStyle, parent: Element) -> list[Flowable]:
    """Return the strokes as a figure with a text, over a line with its label."""
    wide = min(style.text_width * _SHARE, _TALLEST * blocks.SIGNATURE_SHAPE)
    words = prose(block.label, face=style.face, size=style.small, colour=style.inks.quiet)
    return [
        MarkedFigure(_drawn(block, style, wide), parent.add("Figure", alternative=block.alt), after=2),
        Marked(words, parent.add("P"), after=style.body * 0.6),
    ]


def _drawn(block: blocks.Signature, style: PageStyle, wide: float) -> Drawing:
    tall = wide / blocks.SIGNATURE_SHAPE
    canvas = Drawing(wide, tall, initialFontName=font(style.face))
    ink = HexColor(style.inks.text)
    canvas.add(Line(0, 0, wide, 0, strokeColor=ink, strokeWidth=1))
    for stroke in block.strokes:
        points = [(across * wide, (1 - down) * tall) for across, down in stroke]
        if len(points) == 1:
            canvas.add(Circle(*points[0], _DOT, fillColor=ink, strokeColor=None))
            continue
        flat = [part for point in points for part in point]
        canvas.add(PolyLine(flat, strokeColor=ink, strokeWidth=_PEN, strokeLineCap=1, strokeLineJoin=1))
    return canvas
