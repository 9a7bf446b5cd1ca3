# mypy: disallow-untyped-calls=False
# (reportlab is published without types)
"""Things that flow down the page and know which element of the structure tree they are."""

from collections.abc import Sequence
from typing import Any

from reportlab.platypus.flowables import Flowable
from reportlab.platypus.paragraph import Paragraph
from reportlab.platypus.tables import Table
from typing_extensions import override

from coachdesk.press.blocks import Align
from coachdesk.press.faces import Run, font, width
from coachdesk.press.prose import LEADING
from coachdesk.press.tagging import Element

# how much of a page is left where it still counts as empty: all, or all but the table's title
_AT_TOP, _BELOW_TITLE = 0.99, 0.8


class Sized(Flowable):
    """Something that says how large it is: a table that cuts a row in two goes by its height."""

    width: Any
    height: Any


class Marked(Sized):
    """Something drawn as the content of one element, also where it runs on to the next page.

    With ``once`` a second drawing (the header row repeated on the next page) is furniture.
    """

    def __init__(
        self,
        content: Flowable,
        element: Element,
        *,
        before: float = 0,
        after: float = 0,
        keep_with_next: bool = False,
        once: bool = False,
    ) -> None:
        super().__init__()
        self.content = content
        self.element = element
        self.spaceBefore = before
        self.spaceAfter = after
        self.keepWithNext = int(keep_with_next)
        self.once = once

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """Return the width and height the content takes."""
        self.width, self.height = self.content.wrap(availWidth, availHeight)
        return self.width, self.height

    @override
    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        """Return the parts the content splits into, each still the same element's."""
        parts = self.content.split(availWidth, availHeight)
        return [Marked(part, self.element, once=self.once) for part in parts]

    def draw(self) -> None:
        """Draw the content inside its mark."""
        again = self.once and self.element.marks
        with self.canv.artifact("Pagination") if again else self.canv.element(self.element):
            self.content.drawOn(self.canv, 0, 0)

    @override
    def identity(self, maxLen: int | None = None) -> str:
        """Return what this is and none of its words: they may be a client's."""
        return self.element.tag


class MarkedHeading(Marked):
    """A heading, which is a bookmark too."""

    def __init__(
        self, content: Flowable, element: Element, *, words: str, level: int, before: float, after: float
    ) -> None:
        super().__init__(content, element, before=before, after=after, keep_with_next=True)
        self.words = words
        self.level = level

    @override
    def draw(self) -> None:
        """Draw the heading and remember where it stands."""
        self.canv.outline(self.words, self.level - 1, self.height)
        super().draw()


class MarkedFigure(Marked):
    """A picture, which tells its element where it stands."""

    @override
    def draw(self) -> None:
        """Draw the picture and note its box on the page."""
        left, bottom = self.canv.absolutePosition(0, 0)
        self.element.box = tuple(
            round(side, 2) for side in (left, bottom, left + self.width, bottom + self.height)
        )
        super().draw()


class Line(Sized):
    """One line of text that is known to fit: ten times quicker than a paragraph in a long table."""

    def __init__(self, run: Run, *, weight: int, size: float, colour: str, align: Align) -> None:
        super().__init__()
        self.words = run.text
        self.font = font(run.face, weight)
        self.size = size
        self.colour = colour
        self.align = align

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """Return the whole width and one line's height."""
        self.width, self.height = availWidth, self.size * LEADING
        return self.width, self.height

    def draw(self) -> None:
        """Draw the line where its column's alignment puts it."""
        spare = self.width - width(self.words, self.font, self.size)
        share = {Align.LEFT: 0.0, Align.CENTRE: 0.5, Align.RIGHT: 1.0}[self.align]
        self.canv.setFont(self.font, self.size)
        self.canv.setFillColor(self.colour)
        # reportlab's paragraphs put the first baseline one type size below the top
        self.canv.drawString(spare * share, self.height - self.size, self.words)


class ListItem(Sized):
    """A bullet or number with its text, marked apart so that a screen reader can say which it is."""

    def __init__(
        self, label: Line | None, content: Paragraph, item: Element, *, indent: float, after: float
    ) -> None:
        super().__init__()
        self.label = label
        self.content = content
        self.item = item
        self.indent = indent
        self.spaceAfter = after

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """Return the whole width and the height of the text beside its label."""
        _, self.height = self.content.wrap(availWidth - self.indent, availHeight)
        self.width = availWidth
        return self.width, self.height

    @override
    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        """Return the text's parts, the label beside the first."""
        parts = self.content.split(availWidth - self.indent, availHeight)
        return [
            ListItem(
                self.label if number == 0 else None,
                part,
                self.item,
                indent=self.indent,
                after=self.spaceAfter,
            )
            for number, part in enumerate(parts)
        ]

    def draw(self) -> None:
        """Draw label and text, each in its own mark."""
        label, body = self.item.children
        if self.label is not None:
            with self.canv.element(label):
                _, height = self.label.wrap(self.indent, self.height)
                self.label.drawOn(self.canv, 0, self.height - height)
        with self.canv.element(body):
            self.content.drawOn(self.canv, self.indent, 0)

    @override
    def identity(self, maxLen: int | None = None) -> str:
        """Return what this is and none of its words."""
        return self.item.tag


class Grid(Table):
    """A table of marked cells, whose lines and grounds are furniture.

    ``page`` is the height of an empty page. Only there is a row cut in two: lower down it would get the
    repeated header into the middle of the page, so it moves to the next one instead.
    """

    def __init__(self, data: Sequence[Sequence[Any]], *, page: float = 0, **options: Any) -> None:
        super().__init__(data, **options)
        self.page = page
        self.empty_from = _BELOW_TITLE

    @override
    def split(self, availWidth: float, availHeight: float) -> list[Any]:
        """Return the part that fits and the rest, or nothing when all of it should go to the next page."""
        self.splitInRow = int(availHeight >= self.page * self.empty_from)
        parts: list[Any] = super().split(availWidth, availHeight)
        for part in parts:
            part.page = self.page
            part.empty_from = _AT_TOP
        return parts

    @override
    def _drawBkgrnd(self) -> None:
        with self.canv.artifact():
            super()._drawBkgrnd()

    @override
    def _drawLines(self) -> None:
        with self.canv.artifact():
            super()._drawLines()

    @override
    def identity(self, maxLen: int | None = None) -> str:
        """Return what this is and none of its words."""
        return "table"
