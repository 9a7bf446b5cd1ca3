"""A funder's workbook before anything is written into it: what is refused, and which of its cells have names."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath

from coachdesk.errors import Refusal
from coachdesk.returns.funder_sheets_xml import (
    DAMAGED,
    SAVE_AGAIN,
    cell_name,
    elements,
    place_of,
    placed_cells,
)

LARGEST = 10 * 1024 * 1024
LARGEST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 2_000
MOST_NAMES = 2_000
BOOK = "xl/workbook.xml"
CellAt = tuple[str, int, int]
"""Where a cell stands: the title of its sheet, its row and its column."""
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UNSOUND = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError, ValueError)
_LOCKED_PART = 1
_TRUE = frozenset({"1", "true", "on"})
_RANGE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!(\$?[A-Z]{1,3}\$?\d+)(?::(\$?[A-Z]{1,3}\$?\d+))?")

REFUSED_PARTS = (
    (
        ("vbaproject", "xl/macrosheets/", "xl/activex/", "xl/ctrlprops/"),
        "holds macros or controls. Ask the funder for the sheet without them, or save it as “Excel workbook (.xlsx)”.",
    ),
    (
        ("xl/externallinks/", "xl/connections", "xl/querytables/", "xl/webextensions/"),
        (
            "takes numbers from other files or from the internet. Break the links in your spreadsheet program (Data, Edit "
            "links), save it, and choose it again."
        ),
    ),
    (
        ("xl/embeddings/",),
        "has other files inside it. Take them out in your spreadsheet program, save it, and choose it again.",
    ),
    (
        ("_xmlsignatures/",),
        "is signed: writing into it would break the signature. Ask the funder for one that is not.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCell:
    """A name in a workbook; ``obstacle`` says in words why nothing can be written there, if nothing can."""

    name: str
    sheet: str
    part: str
    row: int
    column: int
    obstacle: str = ""

    @property
    def place(self) -> str:
        """Return where it stands, as a spreadsheet says it."""
        return f"{self.sheet}!{cell_name(self.column, self.row)}" if self.row else self.sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A workbook that may be filled in: its parts, in their order, and its named cells."""

    parts: tuple[tuple[zipfile.ZipInfo, bytes], ...]
    sheets: Mapping[str, str]
    cells: tuple[NamedCell, ...]

    def part(self, name: str) -> bytes:
        """Return the bytes of a part."""
        return next(content for told, content in self.parts if told.filename == name)


def read_template(name: str, content: bytes) -> Template:
    """Return a funder's workbook, ready to be filled.

    A sheet or a workbook that is protected stays as protected as it is: that keeps a person from typing into its cells,
    and changes nothing about what a file may hold. Raises Refusal for a workbook that is too large, damaged, encrypted,
    signed, that runs macros, takes numbers from elsewhere or holds other files; and for one without a named cell.
    """
    parts = _unpacked(name, content)
    _refuse_parts(name, parts)
    kept = {told.filename: data for told, data in parts}
    if BOOK not in kept:
        raise Refusal(f"“{name}” is damaged or is not an Excel workbook. {SAVE_AGAIN}")
    sheets, hidden = _sheets(kept)
    found = {part: _Sheet(kept[part]) for part in sheets.values()}
    cells = tuple(_named(kept[BOOK], sheets, found, hidden))
    if not cells:
        raise Refusal(
            f"“{name}” has no named cells, so it cannot be said which number goes where. Give the cells names in your "
            "spreadsheet program (choose a cell, write its name into the box left of the formula), save it, and "
            "choose it again."
        )
    if len(cells) > MOST_NAMES:
        raise Refusal(f"“{name}” has more than {MOST_NAMES:,} named cells. Choose a smaller sheet.")
    return Template(parts=parts, sheets=sheets, cells=cells)


def _unpacked(name: str, content: bytes) -> tuple[tuple[zipfile.ZipInfo, bytes], ...]:
    if len(content) > LARGEST:
        raise Refusal(f"“{name}” is larger than {LARGEST // 1024 // 1024} MB. Choose a smaller sheet.")
    if content.startswith(_OLD_OR_LOCKED):
        raise Refusal(
            f"“{name}” is locked with a password, or is an old Excel workbook (.xls). Open it, take the password off, "
            "save it as “Excel workbook (.xlsx)”, and choose that file."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            told = packed.infolist()
            if len(told) > MOST_PARTS or sum(one.file_size for one in told) > LARGEST_UNPACKED:
                raise Refusal(
                    f"“{name}” unpacks to far more than a form should hold. Choose a smaller sheet."
                )
            if any(one.flag_bits & _LOCKED_PART for one in told):
                raise Refusal(f"“{name}” is locked with a password. Take it off, and choose it again.")
            return tuple((one, packed.read(one)) for one in told)
    except _UNSOUND as error:
        raise Refusal(f"“{name}” is damaged or is not an Excel workbook. {SAVE_AGAIN}") from error


def _refuse_parts(name: str, parts: tuple[tuple[zipfile.ZipInfo, bytes], ...]) -> None:
    for told, content in parts:
        lower = told.filename.lower()
        for marks, words in REFUSED_PARTS:
            if any(mark in lower for mark in marks):
                raise Refusal(f"“{name}” {words}")
        if lower == "[content_types].xml" and b"macroenabled" in content.lower():
            raise Refusal(f"“{name}” {REFUSED_PARTS[0][1]}")
        if lower.endswith(".rels"):
            _refuse_links(name, content)


def _refuse_links(name: str, content: bytes) -> None:
    """Raise Refusal for a relation to another file; a link that a person may click is none."""
    for one in elements(content, {"Relationship"}):
        link = one.attributes.get("Type", "").endswith("/hyperlink")
        if one.attributes.get("TargetMode") == "External" and not link:
            raise Refusal(f"“{name}” {REFUSED_PARTS[1][1]}")


def _sheets(kept: Mapping[str, bytes]) -> tuple[dict[str, str], frozenset[str]]:
    """Return the part in which each worksheet lies, by its title, and the titles of those that are hidden."""
    relations = kept.get("xl/_rels/workbook.xml.rels", b"")
    targets = {
        one.attributes.get("Id", ""): normpath(join(dirname(BOOK), one.attributes.get("Target", ""))).lstrip(
            "/"
        )
        for one in (elements(relations, {"Relationship"}) if relations else ())
        if one.attributes.get("Type", "").endswith("/worksheet")
    }
    told = elements(kept[BOOK], {"sheet"})
    sheets = {
        one.attributes.get("name", ""): targets[one.attributes["id"]]
        for one in told
        if one.attributes.get("id") in targets
    }
    if not sheets or any(part not in kept for part in sheets.values()):
        raise Refusal(DAMAGED)
    hidden = {
        one.attributes.get("name", "") for one in told if one.attributes.get("state", "visible") != "visible"
    }
    return sheets, frozenset(hidden)


class _Sheet:
    """What must be known of a worksheet to say which of its cells can be written."""

    def __init__(self, content: bytes) -> None:
        found = elements(content, {"row", "c", "f", "mergeCell"})
        self.merged = [_corners(one.attributes.get("ref", "")) for one in found if one.name == "mergeCell"]
        self.formulas = {one.place for one in placed_cells(found) if one.formula is not None}

    def obstacle(self, first: tuple[int, int], last: tuple[int, int]) -> str:
        """Return why nothing can be written into what a name covers."""
        around = next((area for area in self.merged if _is_within(first, area)), None)
        if around is None and first != last:
            return "covers several cells"
        if around is not None and (around[0] != first or not _is_within(last, around)):
            return "lies inside a merged cell"
        return "is worked out by a formula of the funder’s" if first in self.formulas else ""


def _corners(reference: str) -> tuple[tuple[int, int], tuple[int, int]]:
    first, _, last = reference.partition(":")
    return place_of(first), place_of(last or first)


def _is_within(place: tuple[int, int], area: tuple[tuple[int, int], tuple[int, int]]) -> bool:
    (left, top), (right, bottom) = area
    return left <= place[0] <= right and top <= place[1] <= bottom


def _named(
    book: bytes, sheets: Mapping[str, str], found: Mapping[str, _Sheet], hidden: frozenset[str]
) -> Iterator[NamedCell]:
    """Yield the names a person gave, in their order; what the spreadsheet program itself names is left out."""
    seen: set[str] = set()
    for one in elements(book, {"definedName"}):
        name = one.attributes.get("name", "")
        told = _RANGE.fullmatch(one.text.strip())
        hers = not name.startswith("_xlnm.") and one.attributes.get("hidden") not in _TRUE
        title = (told[1] or told[2]).replace("''", "'") if told else ""
        part = sheets.get(title)
        if not hers or told is None or part is None or name in seen:
            continue
        seen.add(name)
        first, last = place_of(told[3]), place_of(told[4] or told[3])
        obstacle = found[part].obstacle(first, last)
        if not obstacle and title in hidden:
            obstacle = "is on a hidden sheet"
        yield NamedCell(name=name, sheet=title, part=part, row=first[1], column=first[0], obstacle=obstacle)
