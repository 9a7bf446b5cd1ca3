# mypy: disallow-untyped-calls=False
# (reportlab is published without types)
"""Each block of a document as things that flow down the page, with its place in the structure tree."""

from collections.abc import Callable, Sequence
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import flowables
from reportlab.platypus.flowables import Flowable

from coachdesk.press import blocks
from coachdesk.press.cells import cell_words
from coachdesk.press.charts import drawing
from coachdesk.press.codes import qr_code, typed_code
from coachdesk.press.faces import MEDIUM, REGULAR, SEMI_BOLD, Run, font
from coachdesk.press.handed import callout, picture_list, quote, writing_lines
from coachdesk.press.marked import Grid, Line, ListItem, Marked, MarkedFigure, MarkedHeading
from coachdesk.press.prose import prose
from coachdesk.press.signed import signature
from coachdesk.press.style import PageStyle
from coachdesk.press.tables import table
from coachdesk.press.tagging import Element

_TILES_ABREAST = 4
_SECTION = 2  # the title and the sections stand in the brand's colour


def story(document: blocks.Document, style: PageStyle, root: Element) -> list[Flowable]:
    """Return a document's blocks as flowables; their elements are added below ``root`` in reading order."""
    flow: list[Flowable] = []
    if document.watermark:
        words = prose(
            document.watermark,
            face=style.face,
            size=style.body,
            weight=SEMI_BOLD,
            colour=style.inks.text,
        )
        flow.append(Marked(words, root.add("P"), after=style.body * 0.4))
    if not _holds_title(document.blocks):
        flow += _heading(blocks.Heading(1, document.title), style, root)
    return flow + _flow(document.blocks, style, root)


def _holds_title(content: Sequence[blocks.Block]) -> bool:
    return any(
        (isinstance(block, blocks.Heading) and block.level == 1)
        or (isinstance(block, blocks.KeepTogether) and _holds_title(block.blocks))
        for block in content
    )


def _flow(content: Sequence[blocks.Block], style: PageStyle, parent: Element) -> list[Flowable]:
    return [flowable for block in content for flowable in _DRAWN[type(block)](block, style, parent)]


def _heading(block: blocks.Heading, style: PageStyle, parent: Element) -> list[Flowable]:
    size = style.heading(block.level)
    colour = style.inks.heading if block.level <= _SECTION else style.inks.text
    return [
        MarkedHeading(
            prose(block.text, face=style.face, size=size, weight=SEMI_BOLD, colour=colour),
            parent.add(f"H{block.level}"),
            words=block.text,
            level=block.level,
            before=size * 0.8,
            after=size * 0.3,
        )
    ]


def _text(block: blocks.Text, style: PageStyle, parent: Element) -> list[Flowable]:
    words = prose(block.text, face=style.face, size=style.body, colour=style.inks.text)
    return [Marked(words, parent.add("P"), after=style.body * 0.6)]


def _note(block: blocks.Note, style: PageStyle, parent: Element) -> list[Flowable]:
    words = prose(block.text, face=style.face, size=style.small, colour=style.inks.quiet)
    return [Marked(words, parent.add("P"), after=style.body * 0.6)]


def _facts(block: blocks.Facts, style: PageStyle, parent: Element) -> list[Flowable]:
    if not block.pairs:
        return []
    listing = parent.add("L")
    data = []
    for label, value in block.pairs:
        item = listing.add("LI")
        name = prose(label, face=style.face, size=style.body, colour=style.inks.quiet)
        words = prose(
            cell_words(value),
            face=style.face,
            size=style.body,
            weight=MEDIUM,
            colour=style.inks.text,
        )
        data.append([Marked(name, item.add("Lbl")), Marked(words, item.add("LBody"))])
    first = style.text_width * 0.34
    grid = Grid(
        data, colWidths=[first, style.text_width - first], page=style.text_height, spaceAfter=style.body * 0.8
    )
    grid.setStyle(_plain(style, ("LINEBELOW", (0, 0), (-1, -1), 0.5, HexColor(style.inks.line))))
    return [grid]


def _bullets(block: blocks.BulletList, style: PageStyle, parent: Element) -> list[Flowable]:
    listing = parent.add("L")
    indent = style.body * (0.9 + 0.65 * len(str(len(block.items))) if block.numbered else 1.3)
    flow: list[Flowable] = []
    for number, words in enumerate(block.items, start=1):
        item = listing.add("LI")
        item.add("Lbl")
        item.add("LBody")
        label = Line(
            Run(style.face, f"{number}." if block.numbered else "•"),
            weight=REGULAR,
            size=style.body,
            colour=style.inks.accent,
            align=blocks.Align.LEFT,
        )
        content = prose(words, face=style.face, size=style.body, colour=style.inks.text)
        last = number == len(block.items)
        flow.append(ListItem(label, content, item, indent=indent, after=style.body * (0.8 if last else 0.3)))
    return flow


def _tiles(block: blocks.Tiles, style: PageStyle, parent: Element) -> list[Flowable]:
    listing = parent.add("L")
    abreast = _TILES_ABREAST if style.body < style.text_width / 36 else 2
    rows = [block.tiles[at : at + abreast] for at in range(0, len(block.tiles), abreast)]
    flow: list[Flowable] = []
    for tiles in rows:
        cells = [_tile(tile, style, listing.add("LI")) for tile in tiles]
        empty: list[list[Flowable]] = [[] for _ in range(abreast - len(tiles))]
        grid = Grid(
            [[*cells, *empty]],
            page=style.text_height,
            colWidths=[style.text_width / abreast] * abreast,
            spaceAfter=style.body * 0.8,
        )
        grid.setStyle(
            [
                *_plain(style),
                ("LEFTPADDING", (0, 0), (-1, -1), style.body * 0.8),
                ("RIGHTPADDING", (0, 0), (-1, -1), style.body * 0.6),
                ("TOPPADDING", (0, 0), (-1, -1), style.body * 0.2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), style.body * 0.4),
                ("LINEBEFORE", (0, 0), (len(tiles) - 1, 0), 2.5, HexColor(style.inks.accent)),
            ]
        )
        flow.append(grid)
    return flow


def _tile(tile: blocks.Tile, style: PageStyle, item: Element) -> list[Flowable]:
    value = prose(
        cell_words(tile.value),
        face=style.face,
        size=style.figure,
        weight=SEMI_BOLD,
        colour=style.inks.heading,
    )
    label = prose(tile.label, face=style.face, size=style.small, colour=style.inks.quiet)
    name, body = (
        item.add("Lbl"),
        item.add("LBody"),
    )  # read out as "Started work: 12", printed the other way round
    return [Marked(value, body), Marked(label, name)]


def _chart(block: blocks.ChartBlock, style: PageStyle, parent: Element) -> list[Flowable]:
    title = prose(
        block.chart.title,
        face=style.face,
        size=style.headings[2],
        weight=SEMI_BOLD,
        colour=style.inks.heading,
    )
    return [
        Marked(title, parent.add("P"), before=style.body * 0.9, after=style.body * 0.5, keep_with_next=True),
        MarkedFigure(
            drawing(block.chart, style),
            parent.add("Figure", alternative=block.chart.alt),
            after=style.body * 0.8,
        ),
    ]


def _page_break(block: blocks.PageBreak, style: PageStyle, _parent: Element) -> list[Flowable]:
    if block.unless_left < 1:
        return [flowables.CondPageBreak(style.text_height * block.unless_left)]
    return [flowables.PageBreak()]


def _keep_together(block: blocks.KeepTogether, style: PageStyle, parent: Element) -> list[Flowable]:
    return [flowables.KeepTogether(_flow(block.blocks, style, parent))]


def _plain(style: PageStyle, *more: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    everywhere = ((0, 0), (-1, -1))
    down = style.body * 0.22
    return [
        ("VALIGN", *everywhere, "TOP"),
        ("FONTNAME", *everywhere, font(style.face)),
        ("LEFTPADDING", *everywhere, 0),
        ("TOPPADDING", *everywhere, down),
        ("BOTTOMPADDING", *everywhere, down),
        *more,
    ]


_DRAWN: dict[type, Callable[[Any, PageStyle, Element], list[Flowable]]] = {
    blocks.Heading: _heading,
    blocks.Text: _text,
    blocks.Note: _note,
    blocks.Facts: _facts,
    blocks.BulletList: _bullets,
    blocks.Tiles: _tiles,
    blocks.TableBlock: table,
    blocks.ChartBlock: _chart,
    blocks.TypedCode: typed_code,
    blocks.QrCode: qr_code,
    blocks.Quote: quote,
    blocks.Callout: callout,
    blocks.PictureList: picture_list,
    blocks.WritingLines: writing_lines,
    blocks.Signature: signature,
    blocks.PageBreak: _page_break,
    blocks.KeepTogether: _keep_together,
}
