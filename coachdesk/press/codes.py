# mypy: disallow-untyped-calls=False
# (reportlab is published without types)
"""Codes on the page: characters to be typed by a person, and the same as squares for a camera."""

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor
from reportlab.platypus.flowables import Flowable
from typing_extensions import override

from coachdesk.press.blocks import QrCode, TypedCode
from coachdesk.press.faces import BOLD, font, width
from coachdesk.press.marked import Grid, Marked, MarkedFigure, Sized
from coachdesk.press.prose import prose
from coachdesk.press.style import INK, Face, PageStyle
from coachdesk.press.tagging import Element

_LARGE = 2.2  # of the body's type size
_PLACE = 1.15  # of the widest character
_SQUARE = 10.0  # body sizes: 35 mm in the standard style, a millimetre for each square
_LEVEL = "M"  # a seventh of the squares may be stained


class PitchedLine(Sized):
    """Characters on one line, each in the middle of a place of the same width, whatever the face is."""

    def __init__(self, characters: str, size: float, colour: str = INK) -> None:
        super().__init__()
        self.characters = characters
        self.font = font(Face.EASY_READ, BOLD)  # drawn so that no two characters look alike
        self.size = size
        self.colour = colour
        self.place = max(width(one, self.font, size) for one in "MW0") * _PLACE

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """Return the room of all places and of one line."""
        self.width, self.height = self.place * len(self.characters), self.size * 1.3
        return self.width, self.height

    def draw(self) -> None:
        """Draw each character in its place."""
        self.canv.setFont(self.font, self.size)
        self.canv.setFillColor(HexColor(self.colour))
        for number, one in enumerate(self.characters):
            self.canv.drawCentredString((number + 0.5) * self.place, self.size * 0.35, one)


def typed_code(block: TypedCode, style: PageStyle, parent: Element) -> list[Flowable]:
    """Return the groups in rows, each under its number, as a list that is read out group by group."""
    listing = parent.add("L")
    size = style.body * _LARGE
    cells = [
        _group(group, number, size, style, listing) for number, group in enumerate(block.groups, start=1)
    ]
    rows = [cells[at : at + block.abreast] for at in range(0, len(cells), block.abreast)]
    rows[-1] += [[] for _ in range(block.abreast - len(rows[-1]))]
    grid = Grid(
        rows,
        colWidths=[style.text_width / block.abreast] * block.abreast,
        page=style.text_height,
        spaceAfter=style.body * 0.8,
    )
    grid.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("FONTNAME", (0, 0), (-1, -1), font(style.face)),
            ("LEFTPADDING", (0, 0), (-1, -1), style.body * 0.8),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), style.body * 0.3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), style.body * 0.6),
            ("LINEBEFORE", (0, 0), (-1, -1), 2, HexColor(style.inks.accent)),
        ]
    )
    return [grid]


def _group(group: str, number: int, size: float, style: PageStyle, listing: Element) -> list[Flowable]:
    item = listing.add("LI")
    label = prose(f"Group {number}", face=style.face, size=style.small, colour=style.inks.quiet)
    return [
        Marked(label, item.add("Lbl")),
        Marked(PitchedLine(group, size, style.inks.text), item.add("LBody")),
    ]


def qr_code(block: QrCode, style: PageStyle, parent: Element) -> list[Flowable]:
    """Return the square code as a figure with its words."""
    side = style.body * _SQUARE
    squares = QrCodeWidget(
        block.text, barLevel=_LEVEL, barWidth=side, barHeight=side, barFillColor=HexColor(style.inks.text)
    )
    canvas = Drawing(side, side, initialFontName=font(style.face))
    canvas.add(squares)
    return [MarkedFigure(canvas, parent.add("Figure", alternative=block.alt), after=style.body * 0.8)]
