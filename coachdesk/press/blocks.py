"""What a document says, as frozen blocks that know nothing of any printing library."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import ceil, floor, log10

from coachdesk.press.cells import Cell

MISSING = "[x]"  # not available (disclosure.md 1, shorthand)
DEEPEST_HEADING = 6  # the structure tags of a PDF are H1 to H6
SIGNATURE_SHAPE = 3.0  # how much wider than tall the field is in which somebody signs


class Align(StrEnum):
    """Where a column's text stands."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


class Bars(StrEnum):
    """Which way the bars of a chart grow."""

    ACROSS = "across"
    UP = "up"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the document's own title."""

    level: int
    text: str

    def __post_init__(self) -> None:
        if not 1 <= self.level <= DEEPEST_HEADING:
            raise ValueError("a heading has a level from 1 to 6")


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; line breaks in it are kept."""

    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph in smaller, quieter type."""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with what belongs to them, one pair on each line."""

    pairs: Sequence[tuple[str, Cell]]


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list; ``numbered`` where the order matters."""

    items: Sequence[str]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """One headline figure and what it counts."""

    label: str
    value: Cell


@dataclass(frozen=True, slots=True)
class Tiles:
    """Headline figures side by side."""

    tiles: Sequence[Tile]


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with one header row, repeated on every page it reaches.

    ``header_columns`` is how many columns from the left name their row. Without ``alignment`` a column
    of numbers (or of shorthand in their place) stands to the right and every other to the left. A table stays on
    one page where it fits on one, unless it ``flows_on``: then it begins at once and goes on over the page. Without a
    ``title`` (a heading stands right above it) it has no caption either.
    """

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    caption: str = ""
    note: str = ""
    header_columns: int = 1
    alignment: Sequence[Align] | None = None
    flows_on: bool = False

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError("a table has at least one column")
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("every row of a table has one cell for each column")
        if self.alignment is not None and len(self.alignment) != len(self.columns):
            raise ValueError("every column of a table has one alignment")


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart, described once: painted on screen and drawn on paper from the same figures.

    Categories keep the order given, never sorted by size, and a withheld figure (None) is written as
    ``withheld_mark`` where its bar would start (disclosure.md 5.6); one there never was, whose place is in
    ``missing``, as not available.
    """

    title: str
    categories: Sequence[str]
    values: Sequence[float | None]
    alt: str
    unit: str = ""
    bars: Bars = Bars.ACROSS
    withheld_mark: str = "[c]"
    missing: frozenset[int] = frozenset()
    most: float = 0
    """The end of the scale, where it has one: 3 of 10 is no full bar."""

    def __post_init__(self) -> None:
        if not self.categories or len(self.categories) != len(self.values):
            raise ValueError("a chart has one value, or None, for each of its categories")
        if not self.alt.strip():
            raise ValueError("a chart has a text that says what it shows")
        if any(value is not None and value < 0 for value in self.values):
            raise ValueError("a bar cannot be shorter than nothing")

    def value_words(self, index: int) -> str:
        """Return what is written at the end of one bar."""
        value = self.values[index]
        if value is None:
            return MISSING if index in self.missing else self.withheld_mark
        words = f"{value:,.0f}" if value == int(value) else f"{value:,}"
        return f"{words}{self.unit}" if self.unit == "%" else words

    def ticks(self) -> tuple[float, ...]:
        """Return round numbers from 0 to at least the longest bar, four to seven of them."""
        top = max(self.most, *(value for value in self.values if value is not None), 0) or 1
        rough = top / 5
        power = 10.0 ** floor(log10(rough))
        step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough)
        if top >= 1:
            step = max(1.0, step)  # people are whole: no gridline at half a client
        return tuple(step * number for number in range(ceil(top / step) + 1))


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A chart on the page."""

    chart: Chart


@dataclass(frozen=True, slots=True)
class TypedCode:
    """Groups of characters to be typed from the page: large, every character in a place of the same width."""

    groups: Sequence[str]
    abreast: int = 4

    def __post_init__(self) -> None:
        if not self.groups or not all(self.groups) or self.abreast < 1:
            raise ValueError("a code has groups, and each has characters")


@dataclass(frozen=True, slots=True)
class QrCode:
    """A square code that a camera reads; ``alt`` says to everybody else what is in it."""

    text: str
    alt: str

    def __post_init__(self) -> None:
        if not self.text or not self.alt.strip():
            raise ValueError("a square code holds something, and a text says what")


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words: larger, beside a rule. Quotation marks are the writer's to put."""

    text: str


@dataclass(frozen=True, slots=True)
class Callout:
    """What must not be overlooked, in a frame, under a label in strong type."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class PictureItem:
    """One idea beside its pictogram (the name of an icon that ships, ``box`` or ``box-ticked``).

    ``more`` stands below it in plain type. The picture says nothing that the words do not say too.
    """

    picture: str
    text: str
    more: Sequence[str] = ()
    is_strong: bool = False

    def __post_init__(self) -> None:
        if not self.picture or not self.text.strip():
            raise ValueError("a picture stands beside words")


@dataclass(frozen=True, slots=True)
class PictureList:
    """Ideas below each other, each with its picture on the left."""

    items: Sequence[PictureItem]


@dataclass(frozen=True, slots=True)
class WritingLines:
    """Lines to write on by hand, abreast, each with its label below; an empty label leaves a bare line.

    ``shares`` says how long each is beside the others; without it all are as long.
    """

    labels: Sequence[str]
    shares: Sequence[float] = ()

    def __post_init__(self) -> None:
        if not self.labels:
            raise ValueError("there is at least one line to write on")
        if self.shares and len(self.shares) != len(self.labels):
            raise ValueError("every line to write on has one share of the page")


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature given on screen: strokes of points from 0 to 1 across and down, and the label below its line."""

    strokes: Sequence[Sequence[tuple[float, float]]]
    label: str
    alt: str

    def __post_init__(self) -> None:
        if not any(self.strokes) or not self.alt.strip():
            raise ValueError("a signature has strokes, and a text says whose it is")


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page; with ``unless_left`` only where less than this share of one is left."""

    unless_left: float = 1.0


@dataclass(frozen=True, slots=True)
class KeepTogether:
    """Blocks that stay on one page where they fit on one."""

    blocks: Sequence["Block"]


Block = (
    Heading
    | Text
    | Note
    | Facts
    | BulletList
    | Tiles
    | TableBlock
    | ChartBlock
    | TypedCode
    | QrCode
    | Quote
    | Callout
    | PictureList
    | WritingLines
    | Signature
    | PageBreak
    | KeepTogether
)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    Blocks without a level-1 heading get ``title`` as theirs. ``watermark`` stands slantwise behind every
    page and, so that a screen reader meets it too, as the first line of text. ``made`` is the date the
    file says it was made on; the same document gives the same bytes.
    """

    title: str
    blocks: Sequence[Block] = field(default_factory=tuple)
    subject: str = ""
    author: str = ""
    language: str = "en-GB"
    watermark: str | None = None
    made: date | None = None
