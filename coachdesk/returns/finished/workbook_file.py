"""A finished workbook against what it was to say: values only, and not one part, line or property besides.

It is read twice: as the parts of its archive, each against the list of what may be in it, and through openpyxl
as another program would open it.
"""

import datetime as dt
import re
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

from coachdesk.press.cells import Cell, date_words
from coachdesk.press.sheets import OWN_SHEETS, Sheet, Workbook
from coachdesk.press.workbook import workbook
from coachdesk.returns.finished.workbook_parts import PARTS, SHEET, STRINGS, THEME

_MOMENT = (1980, 1, 1, 0, 0, 0)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TOLD = ("creator", "lastModifiedBy", "description", "keywords", "category", "lastPrinted", "contentStatus")
_TIMES = ("created", "modified")
_PRINT_TITLES = "_xlnm.Print_Titles"
Grid = list[list[Any]]


def workbook_faults(data: bytes, content: Workbook) -> Iterator[str]:
    """Return what is in a workbook besides what it was to say."""
    try:
        yield from _faults(data, content)
    except (LookupError, ValueError, zipfile.BadZipFile, ET.ParseError):
        yield "The workbook cannot be read back."


def _faults(data: bytes, content: Workbook) -> Iterator[str]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
        entries = archive.infolist()
        if archive.comment or any(entry.comment or entry.extra for entry in entries):
            yield "The workbook’s archive carries a remark."
        if {entry.date_time for entry in entries} != {_MOMENT} or len(parts) != len(entries):
            yield "The workbook’s parts say when they were written, or stand in it twice."
    if parts.get(THEME) != _theme(content.made):
        yield "The workbook has another theme than every workbook of the press."
    yield from _part_faults(parts)
    yield from _string_faults(parts)
    yield from _property_faults(parts, content.made)
    yield from _opened_faults(data, content)


def _theme(made: dt.date) -> bytes:
    with zipfile.ZipFile(BytesIO(workbook(Workbook("", made, ())))) as archive:
        return archive.read(THEME)


def _part_faults(parts: dict[str, bytes]) -> Iterator[str]:
    for name, part in parts.items():
        allowed = next((allowed for pattern, allowed in PARTS if re.fullmatch(pattern, name)), None)
        if allowed is None:
            yield "The workbook holds a part that no sheet of values needs."
        elif allowed and not _elements(part) <= allowed:
            yield "A part of the workbook holds something that is no value: a formula, a remark or something hidden."
        if name.endswith(".rels") and (b"External" in part or b"://" in _own_targets(part)):
            yield "The workbook points outside of itself."
    sheets = ET.fromstring(parts["xl/workbook.xml"])  # noqa: S314  a file that was written a moment ago
    if any(each.get("name") != _PRINT_TITLES for each in sheets.iter(f"{_MAIN}definedName")):
        yield "The workbook has a defined name that no sheet needs."


def _elements(part: bytes) -> frozenset[str]:
    """Return every kind of element, and every element with its attributes, without their name spaces."""
    found = set()
    for element in ET.fromstring(part).iter():  # noqa: S314  a file that was written a moment ago
        tag = element.tag.rpartition("}")[2]
        found |= {tag, *(f"{tag}.{name.rpartition('}')[2]}" for name in element.attrib)}
    return frozenset(found)


def _own_targets(part: bytes) -> bytes:
    return b" ".join(re.findall(rb'Target="([^"]*)"', part))


def _string_faults(parts: dict[str, bytes]) -> Iterator[str]:
    """Return that a text lies in the workbook which no cell shows."""
    held = len(list(ET.fromstring(parts.get(STRINGS, b"<sst/>"))))  # noqa: S314  as above
    shown: set[int] = set()
    for name, part in parts.items():
        if re.fullmatch(SHEET, name):
            for cell in ET.fromstring(part).iter(f"{_MAIN}c"):  # noqa: S314  as above
                kind, value = cell.get("t", "n"), cell.findtext(f"{_MAIN}v")
                if kind == "s" and value is not None:
                    shown.add(int(value))
                elif kind != "n":
                    yield "A cell of the workbook is neither text nor number."
    if shown != set(range(held)):
        yield "The workbook keeps a text that no cell shows."


def _property_faults(parts: dict[str, bytes], made: dt.date) -> Iterator[str]:
    core = ET.fromstring(parts["docProps/core.xml"])  # noqa: S314  as above
    said = [(element.tag.rpartition("}")[2], element.text or "") for element in core]
    if any(name in _TOLD and text for name, text in said):
        yield "The workbook says who made it."
    day = f"{made.isoformat()}T00:00:00Z"
    if {text for name, text in said if name in _TIMES} != {day}:
        yield "The workbook says when it was written, beyond the day."
    app = ET.fromstring(parts["docProps/app.xml"])  # noqa: S314  as above
    if any((element.tag.endswith(("Company", "Manager"))) and element.text for element in app):
        yield "The workbook says who made it."


def _opened_faults(data: bytes, content: Workbook) -> Iterator[str]:
    from openpyxl import load_workbook  # noqa: PLC0415  loaded late: it is slow to import

    book = load_workbook(BytesIO(data))
    names = [*OWN_SHEETS[:2], *(OWN_SHEETS[2:] if content.notes else ())]
    if book.sheetnames != [*names, *(sheet.name for sheet in content.sheets)] or book.chartsheets:
        yield "The workbook has other sheets than it should."
        return
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible" or sheet.merged_cells.ranges or len(sheet.tables) > 1:
            yield "A sheet of the workbook is hidden or has merged cells."
        if any(each.hidden for each in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values())):
            yield "A sheet of the workbook has hidden lines or columns."
        if any(cell.comment or cell.data_type == "f" for row in sheet.iter_rows() for cell in row):
            yield "A cell of the workbook has a remark or a formula."
    own = {name: _grid(book[name]) for name in names}
    yield from _own_faults(own, content)
    for meant in content.sheets:
        yield from _sheet_faults(_grid(book[meant.name]), meant, content.mark)


def _grid(sheet: Any) -> Grid:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def _own_faults(own: dict[str, Grid], content: Workbook) -> Iterator[str]:
    """Return whether cover, contents or notes say a text that they were not given."""
    known = {
        content.title,
        content.mark,
        f"Made on {date_words(content.made)}",
        *content.notes,
        *(text for part in content.cover for text in (part.heading, *part.lines)),
        *(text for sheet in content.sheets for text in (sheet.name, sheet.title)),
        *(f"[note {number}]" for number in range(1, len(content.notes) + 1)),
        *OWN_TEXTS,
    }
    if any(cell is not None and cell not in known for grid in own.values() for row in grid for cell in row):
        yield "The cover, the contents or the notes of the workbook say more than they should."


OWN_TEXTS = frozenset(
    (*OWN_SHEETS, "Notes used in this workbook", "Sheet", "Title", "Note", "What it says")
) | {"This sheet contains one table."}


def _sheet_faults(grid: Grid, meant: Sheet, mark: str | None) -> Iterator[str]:
    above = [text for text in (meant.title, mark, *meant.introduction) if text]
    rows: Sequence[Sequence[Cell]] = meant.rows or [["[w]"] * len(meant.columns)]
    wide = len(meant.columns)
    told = [[*_padded([text], wide)] for text in above]
    wanted = [*told, list(meant.columns), *(list(row) for row in rows)]
    if [_padded(row, wide) for row in grid] != wanted:
        yield "A sheet of the workbook holds other cells than it should."


def _padded(row: Sequence[Any], wide: int) -> list[Any]:
    return [*row, *([None] * (wide - len(row)))]
