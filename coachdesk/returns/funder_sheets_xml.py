"""The parts of a workbook read by place: where an element begins and ends in the bytes, so that only it is changed.

A library that reads a workbook and writes it anew loses what it does not know: pictures, drop-down lists, print set-ups.
A funder's sheet is theirs, so its bytes stay as they are but for our cells.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

from coachdesk.errors import Refusal

SAVE_AGAIN = (
    "Open it in your spreadsheet program, save it again as “Excel workbook (.xlsx)”, and choose that file."
)
DAMAGED = f"This workbook is damaged, or not quite an Excel workbook. {SAVE_AGAIN}"
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_TAG = re.compile(rb"<[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>")
_CLOSE = re.compile(rb"</[^>]*>")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_ESCAPES = {38: "&amp;", 60: "&lt;", 62: "&gt;", 34: "&quot;"}
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element: its name without its namespace, its attributes, its text, and its place in the bytes."""

    name: str
    attributes: Mapping[str, str]
    text: str
    start: int
    open_end: int
    end: int
    within: tuple[str, ...]

    @property
    def is_empty_tag(self) -> bool:
        """Return whether it is written as one tag, without anything in it."""
        return self.open_end == self.end

    def prefix(self, content: bytes) -> bytes:
        """Return what its tag writes before the name, colon included."""
        tag = content[self.start + 1 : self.open_end]
        before, colon, _ = re.split(rb"[\s/>]", tag, maxsplit=1)[0].rpartition(b":")
        return before + colon


def elements(content: bytes, wanted: Collection[str]) -> list[Element]:
    """Return the elements of these names in the order in which they end; raises Refusal for what is not sound.

    What declares entities of its own is refused: no workbook needs them, and they can be made to fill a computer.
    """
    if content[:2] in _WIDE or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Refusal(DAMAGED)
    reader = _Reader(content, frozenset(wanted))
    try:
        reader.parser.Parse(content, True)
    except ExpatError as error:
        raise Refusal(DAMAGED) from error
    return reader.found


class _Reader:
    """Collects elements while the parser goes through the bytes."""

    def __init__(self, content: bytes, wanted: frozenset[str]) -> None:
        self.found: list[Element] = []
        self._content = content
        self._wanted = wanted
        self._open: list[tuple[str, Mapping[str, str], int]] = []
        self._texts: list[list[str]] = []
        self.parser: XMLParserType = ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        self._open.append((name.rpartition(" ")[2], plain, self.parser.CurrentByteIndex))
        self._texts.append([])

    def _text(self, text: str) -> None:
        self._texts[-1].append(text)

    def _end(self, _name: str) -> None:
        name, attributes, start = self._open.pop()
        text = "".join(self._texts.pop())
        if name not in self._wanted:
            return
        opened = _TAG.match(self._content, start)
        open_end = opened.end() if opened else start
        end = open_end
        if opened and not opened.group().endswith(b"/>"):
            closed = _CLOSE.match(self._content, self.parser.CurrentByteIndex)
            end = closed.end() if closed else open_end
        self.found.append(
            Element(
                name=name,
                attributes=attributes,
                text=text,
                start=start,
                open_end=open_end,
                end=end,
                within=tuple(one[0] for one in self._open),
            )
        )


def escaped(text: str) -> bytes:
    """Return text as it may stand in an element: in plain letters, so that it fits whatever the part is written in."""
    clean = _FORBIDDEN.sub("", text.replace("\r\n", "\n"))
    return clean.translate(_ESCAPES).encode("ascii", "xmlcharrefreplace")


def spliced(content: bytes, pieces: Collection[tuple[int, int, bytes]]) -> bytes:
    """Return the bytes with pieces put in the place of others; the pieces do not overlap."""
    done: list[bytes] = []
    at = 0
    for start, end, new in sorted(pieces):
        done += [content[at:start], new]
        at = end
    return b"".join([*done, content[at:]])


def column_number(letters: str) -> int:
    """Return 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def cell_name(column: int, row: int) -> str:
    """Return A1 for the first column and row."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def place_of(reference: str) -> tuple[int, int]:
    """Return column and row of a cell's reference; (0, 0) for what is none."""
    found = _CELL.fullmatch(reference)
    return (column_number(found[1]), int(found[2])) if found else (0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCell:
    """A cell of a worksheet with its column and row, and its formula and kept result where it has them."""

    place: tuple[int, int]
    element: Element
    formula: Element | None = None
    result: Element | None = None


def placed_cells(found: Iterable[Element]) -> list[PlacedCell]:
    """Return the cells among the elements ``row``, ``c``, ``f`` and ``v`` of a worksheet, in their order.

    A row or cell that does not say where it stands follows the one before it.
    """
    cells: list[PlacedCell] = []
    row = column = 0
    for one in sorted(found, key=_start):
        if one.name == "row":
            row, column = int(one.attributes.get("r", row + 1)), 0
        elif one.name == "c":
            column, row = place_of(one.attributes.get("r", cell_name(column + 1, row)))
            cells.append(PlacedCell(place=(column, row), element=one))
        elif one.name == "f" and "c" in one.within:
            cells[-1] = replace(cells[-1], formula=one)
        elif one.name == "v" and "c" in one.within:
            cells[-1] = replace(cells[-1], result=one)
    return cells


def _start(one: Element) -> int:
    return one.start
