# mypy: disallow-untyped-calls=False
# (reportlab is published without types)
"""Blocks for papers that a person takes home: their own words, pictures beside ideas, lines to write on."""

from reportlab.lib.colors import HexColor
from reportlab.platypus.flowables import Flowable
from reportlab.platypus.paragraph import Paragraph
from typing_extensions import override

from coachdesk.press import blocks
from coachdesk.press.faces import REGULAR, SEMI_BOLD, font
from coachdesk.press.marked import Grid, Marked, Sized
from coachdesk.press.pictograms import draw
from coachdesk.press.prose import prose
from coachdesk.press.style import PageStyle
from coachdesk.press.tagging import Element

_QUOTED = 1.2  # of the body's type size
_RULE = 3.0  # points
_HAND = 2.3  # body sizes above a line: room for handwriting


class Beside(Sized):
    """Words that begin at an indent and go on over the page; what stands in the indent is furniture."""

    raised = 1.0  # of the room that the words leave: at the top of it

    def __init__(self, content: Paragraph, element: Element, *, indent: float, after: float) -> None:
        super().__init__()
        self.content = content
        self.element = element
        self.indent = indent
        self.spaceAfter = after

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """Return the whole width and the height of the words."""
        _, self.height = self.content.wrap(availWidth - self.indent, availHeight)
        self.width = availWidth
        return self.width, self.height

    def draw(self) -> None:
        """Draw what stands in the indent, and the words in their mark."""
        with self.canv.artifact():
            self.draw_beside()
        with self.canv.element(self.element):
            _, tall = self.content.wrap(self.width - self.indent, self.height)
            self.content.drawOn(self.canv, self.indent, (self.height - tall) * self.raised)

    def draw_beside(self) -> None:
        """Draw what stands in the indent."""

    @override
    def identity(self, maxLen: int | None = None) -> str:
        """Return what this is and none of its words: they may be a client's."""
        return self.element.tag


class Ruled(Beside):
    """Words beside a rule."""

    def __init__(
        self, content: Paragraph, element: Element, *, indent: float, after: float, colour: str
    ) -> None:
        super().__init__(content, element, indent=indent, after=after)
        self.colour = colour

    @override
    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        """Return the parts of the words, each beside its rule."""
        parts = self.content.split(availWidth - self.indent, availHeight)
        return [
            Ruled(part, self.element, indent=self.indent, after=self.spaceAfter, colour=self.colour)
            for part in parts
        ]

    @override
    def draw_beside(self) -> None:
        self.canv.setFillColor(HexColor(self.colour))
        self.canv.rect(0, 0, _RULE, self.height, stroke=0, fill=1)


class Pictured(Beside):
    """Words beside a pictogram, in its middle where they are lower; ``goes_on`` lets the picture reach down beside the words that follow."""

    raised = 0.5

    def __init__(
        self,
        content: Paragraph,
        element: Element,
        *,
        picture: str,
        style: PageStyle,
        after: float,
        goes_on: bool,
    ) -> None:
        super().__init__(content, element, indent=style.picture * 1.45, after=after)
        self.picture = picture
        self.style = style
        self.goes_on = goes_on
        self.keepWithNext = int(goes_on)

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """Return the whole width and the height of the words, or of the picture where it is taller."""
        wide, tall = super().wrap(availWidth, availHeight)
        if self.picture and not self.goes_on:
            self.height = max(tall, self.style.picture)
        return wide, self.height

    @override
    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        """Return the parts of the words, the picture beside the first."""
        parts = self.content.split(availWidth - self.indent, availHeight)
        return [
            Pictured(
                part,
                self.element,
                picture="" if number else self.picture,
                style=self.style,
                after=self.spaceAfter,
                goes_on=self.goes_on,
            )
            for number, part in enumerate(parts)
        ]

    @override
    def draw_beside(self) -> None:
        if self.picture:
            self.canv.translate(0, self.height - self.style.picture)
            draw(self.canv, self.picture, self.style.picture, HexColor(self.style.inks.accent))
            self.canv.translate(0, self.style.picture - self.height)


def quote(block: blocks.Quote, style: PageStyle, parent: Element) -> list[Flowable]:
    """Return somebody's words as a quotation."""
    words = prose(
        block.text, face=style.face, size=style.body * _QUOTED, weight=SEMI_BOLD, colour=style.inks.text
    )
    element = parent.add("BlockQuote").add("P")
    return [Ruled(words, element, indent=style.body * 1.1, after=style.body * 0.7, colour=style.inks.accent)]


def callout(block: blocks.Callout, style: PageStyle, parent: Element) -> list[Flowable]:
    """Return a frame with a label and words."""
    label = prose(block.label, face=style.face, size=style.body, weight=SEMI_BOLD, colour=style.inks.text)
    words = prose(block.text, face=style.face, size=style.body, colour=style.inks.text)
    section = parent.add("Sect")
    grid = Grid(
        [[Marked(label, section.add("P"))], [Marked(words, section.add("P"))]],
        colWidths=[style.text_width],
        page=style.text_height,
        spaceBefore=style.body * 0.4,
        spaceAfter=style.body * 0.8,
    )
    edge = style.body * 0.7
    grid.setStyle(
        [
            ("FONTNAME", (0, 0), (-1, -1), font(style.face)),
            ("LEFTPADDING", (0, 0), (-1, -1), edge),
            ("RIGHTPADDING", (0, 0), (-1, -1), edge),
            ("TOPPADDING", (0, 0), (-1, -1), style.body * 0.2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), style.body * 0.1),
            ("TOPPADDING", (0, 0), (-1, 0), edge),
            ("BOTTOMPADDING", (0, -1), (-1, -1), edge),
            ("BOX", (0, 0), (-1, -1), 1.5, HexColor(style.inks.accent)),
        ]
    )
    return [grid]


def picture_list(block: blocks.PictureList, style: PageStyle, parent: Element) -> list[Flowable]:
    """Return ideas with their pictures as a list; the pictures are furniture, for their words say the same."""
    if not block.items:
        return []
    listing = parent.add("L")
    return [line for item in block.items for line in _item(item, style, listing)]


def _item(item: blocks.PictureItem, style: PageStyle, listing: Element) -> list[Flowable]:
    body = listing.add("LI").add("LBody")
    lines = [item.text, *item.more]
    flow: list[Flowable] = []
    for number, line in enumerate(lines):
        weight = SEMI_BOLD if item.is_strong and not number else REGULAR
        is_last = number == len(lines) - 1
        flow.append(
            Pictured(
                prose(line, face=style.face, size=style.body, weight=weight, colour=style.inks.text),
                body.add("P"),
                picture="" if number else item.picture,
                style=style,
                after=style.body * (0.5 if is_last else 0.1),
                goes_on=not is_last,
            )
        )
    return flow


def writing_lines(block: blocks.WritingLines, style: PageStyle, parent: Element) -> list[Flowable]:
    """Return lines to write on; a screen reader hears their labels."""
    count = len(block.labels)
    gap = style.body * 1.2
    room = style.text_width - gap * (count - 1)
    shares = block.shares or [1.0] * count
    widths: list[float] = []
    below: list[list[Flowable]] = []
    for label, share in zip(block.labels, shares, strict=True):
        if widths:  # air between two lines
            widths.append(gap)
            below.append([])
        widths.append(room * share / sum(shares))
        below.append(_label(label, style, parent))
    grid = Grid(
        [[[] for _ in widths], below],
        colWidths=widths,
        rowHeights=[style.body * _HAND, None],
        page=style.text_height,
        spaceAfter=style.body * 0.5,
    )
    grid.setStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("FONTNAME", (0, 0), (-1, -1), font(style.face)),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), style.body * 0.15),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            ("NOSPLIT", (0, 0), (-1, -1)),  # a line and its label
            *[("LINEABOVE", (2 * at, 1), (2 * at, 1), 1, HexColor(style.inks.text)) for at in range(count)],
        ]
    )
    return [grid]


def _label(label: str, style: PageStyle, parent: Element) -> list[Flowable]:
    if not label:
        return []
    words = prose(label, face=style.face, size=style.small, colour=style.inks.quiet)
    return [Marked(words, parent.add("P"))]
