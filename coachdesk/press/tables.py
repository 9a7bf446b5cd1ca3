# mypy: disallow-untyped-calls=False
# (reportlab is published without types)
"""Tables on the page: column widths from what they hold, rows cut between pages, headers repeated."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus.flowables import CondPageBreak, Flowable

from coachdesk.press.blocks import Align, TableBlock
from coachdesk.press.cells import Cell, cell_words, is_mark, is_number
from coachdesk.press.faces import REGULAR, SEMI_BOLD, font, runs, width
from coachdesk.press.marked import Grid, Line, Marked
from coachdesk.press.prose import prose
from coachdesk.press.style import PageStyle
from coachdesk.press.tagging import Element

_ACROSS = 0.6  # of the type size, left and right inside a cell
_DOWN = 0.35  # of the type size, above and below
_BEGUN = 12.0  # of the type size: title, header and two rows or three, or the table begins on the next page
_WIDEST = 0.55  # of the page: no column asks for more before the others have theirs
_UNBROKEN = 0.3  # of the page: a longer word is broken rather than given its room


_FIGURE = re.compile(r"-?£?\d[\d,]*(\.\d+)?%?")  # a number already in words: 35%, £12.60


@dataclass(frozen=True, slots=True)
class _Column:
    width: float
    align: Align


def table(block: TableBlock, style: PageStyle, parent: Element) -> list[Flowable]:
    """Return title, grid and note of a table, with its elements added to the structure tree."""
    element = parent.add("Table")
    above: list[Flowable] = [CondPageBreak(style.body * _BEGUN)] if block.flows_on else []
    if block.title:
        above += _above(block, style, element.add("Caption"))
    grid = _grid(block, style, element)
    note: list[Flowable] = []
    if block.note:
        words = prose(block.note, face=style.face, size=style.small, colour=style.inks.quiet)
        note.append(Marked(words, parent.add("P"), after=style.body * 0.6))
    return [*above, grid, *note]


def _above(block: TableBlock, style: PageStyle, heading: Element) -> list[Flowable]:
    """Return title and caption, for a table that has no heading right above it."""
    title = prose(
        block.title, face=style.face, size=style.headings[2], weight=SEMI_BOLD, colour=style.inks.heading
    )
    close, together = style.body * 0.35, not block.flows_on
    found = [Marked(title, heading, before=style.body * 0.9, after=close, keep_with_next=together)]
    if block.caption:
        words = prose(block.caption, face=style.face, size=style.small, colour=style.inks.quiet)
        found.append(Marked(words, heading, after=close, keep_with_next=together))
    return list(found)


def _grid(block: TableBlock, style: PageStyle, element: Element) -> Grid:
    words = [[cell_words(cell) for cell in row] for row in block.rows]
    columns = _columns(block, words, style)
    data = [
        _header(block, columns, style, element),
        *(_row(row, block.header_columns, columns, style, element.add("TR")) for row in words),
    ]
    grid = Grid(
        data,
        colWidths=[column.width for column in columns],
        repeatRows=1,
        page=style.text_height,
        hAlign="LEFT",
        spaceBefore=0,
        spaceAfter=style.body * 0.5,
    )
    grid.setStyle(_look(style))
    return grid


def _look(style: PageStyle) -> list[tuple[Any, ...]]:
    everywhere = ((0, 0), (-1, -1))
    return [
        ("VALIGN", *everywhere, "TOP"),
        ("FONTNAME", *everywhere, font(style.face)),  # else reportlab names Helvetica, which is not embedded
        ("LEFTPADDING", *everywhere, style.small * _ACROSS),
        ("RIGHTPADDING", *everywhere, style.small * _ACROSS),
        ("TOPPADDING", *everywhere, style.small * _DOWN),
        ("BOTTOMPADDING", *everywhere, style.small * _DOWN),
        ("BACKGROUND", (0, 0), (-1, 0), HexColor(style.inks.ground)),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("LINEBELOW", (0, 0), (-1, 0), 1, HexColor(style.inks.heading)),
        ("LINEBELOW", (0, 1), (-1, -1), 0.5, HexColor(style.inks.line)),
    ]


def _header(
    block: TableBlock, columns: Sequence[_Column], style: PageStyle, element: Element
) -> list[Flowable]:
    row = element.add("TR")
    return [
        Marked(
            prose(
                heading,
                face=style.face,
                size=style.small,
                weight=SEMI_BOLD,
                colour=style.inks.heading,
                align=column.align,
            ),
            row.add("TH", scope="Column"),
            once=True,
        )
        for heading, column in zip(block.columns, columns, strict=True)
    ]


def _row(
    words: Sequence[str], header_columns: int, columns: Sequence[_Column], style: PageStyle, row: Element
) -> list[Flowable]:
    cells: list[Flowable] = []
    for index, (text, column) in enumerate(zip(words, columns, strict=True)):
        heads = index < header_columns
        element = row.add("TH", scope="Row") if heads else row.add("TD")
        cells.append(Marked(_cell(text, column, style), element))
    return cells


def _cell(text: str, column: _Column, style: PageStyle) -> Flowable:
    found = runs(text, style.face)
    room = column.width - 2 * style.small * _ACROSS
    if len(found) == 1 and "\n" not in text and _wide(found[0].text, style, REGULAR) <= room:
        return Line(found[0], weight=REGULAR, size=style.small, colour=style.inks.text, align=column.align)
    return prose(text, face=style.face, size=style.small, colour=style.inks.text, align=column.align)


def _wide(text: str, style: PageStyle, weight: int) -> float:
    return width(text, font(style.face, weight), style.small)


def _columns(block: TableBlock, words: Sequence[Sequence[str]], style: PageStyle) -> list[_Column]:
    aligned = block.alignment or [
        _alignment([row[at] for row in block.rows]) for at in range(len(block.columns))
    ]
    padding = 2 * style.small * _ACROSS + 0.5  # and a hair, so that what just fits does
    wanted, least = [], []
    for at, heading in enumerate(block.columns):
        texts = {row[at] for row in words}
        heading_wide = _wide(heading, style, SEMI_BOLD)
        whole = max([heading_wide, *(_wide(text, style, REGULAR) for text in texts)])
        longest = max(_wide(part, style, SEMI_BOLD) for part in _longest_words([heading, *texts]))
        wanted.append(min(whole, style.text_width * _WIDEST) + padding)
        least.append(min(longest, style.text_width * _UNBROKEN) + padding)
    return [
        _Column(wide, align)
        for wide, align in zip(_shared(wanted, least, style.text_width), aligned, strict=True)
    ]


def _longest_words(texts: Sequence[str]) -> list[str]:
    """Return the longest single word of each text, by letters: near enough to measure only those."""
    return [max(text.split(), key=len, default="") for text in texts]


def _shared(wanted: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Return widths that fill the room: all that is wanted, or what must be and a fair part of the rest."""
    if sum(wanted) <= room:
        return [wide * room / sum(wanted) for wide in wanted]
    least = [min(pair) for pair in zip(wanted, least, strict=True)]
    if sum(least) >= room:
        return [wide * room / sum(least) for wide in least]
    share = (room - sum(least)) / (sum(wanted) - sum(least))
    return [low + (high - low) * share for low, high in zip(least, wanted, strict=True)]


def _alignment(cells: Sequence[Cell]) -> Align:
    figures = [
        is_number(cell) or (isinstance(cell, str) and _FIGURE.fullmatch(cell) is not None) for cell in cells
    ]
    rest = (cell is None or is_mark(cell) for cell, figure in zip(cells, figures, strict=True) if not figure)
    return Align.RIGHT if any(figures) and all(rest) else Align.LEFT
