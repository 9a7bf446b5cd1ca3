# mypy: disallow-untyped-calls=False
# (XlsxWriter types only part of what it publishes)
"""A workbook as the bytes of an .xlsx file: no formulas, nothing merged, frozen or hidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook as Book
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from coachdesk.press.cells import Cell, date_words
from coachdesk.press.sheets import OWN_SHEETS, Sheet, Workbook

_FACE = {"font_name": "Arial", "font_size": 12, "valign": "top"}
_LONGEST_CELL = 32_767  # the format's own limit; XlsxWriter leaves a longer text out without a word
_CUT = " … [the rest does not fit in a cell]"
_NARROWEST, _WIDEST, _COVER_WIDTH = 12, 60, 90
_SURE_NUMBER = 10**15  # a spreadsheet keeps 15 digits: a longer number would be written changed
COVER, CONTENTS, NOTES = OWN_SHEETS


@dataclass(frozen=True, slots=True)
class _Looks:
    """The formats a workbook is written with."""

    title: Format
    heading: Format
    text: Format
    line: Format
    head: Format
    number: Format
    day: Format
    link: Format


def workbook(content: Workbook) -> bytes:
    """Return a workbook: cover, contents, notes where there are any, then one table on each sheet.

    The same content gives the same bytes. A text is always written as text, whatever it begins with.
    """
    target = BytesIO()
    # in memory: the library's temporary files would leave client data on the disk
    book = Book(target, {"in_memory": True})
    made = datetime(content.made.year, content.made.month, content.made.day, tzinfo=UTC).replace(tzinfo=None)
    book.set_properties(
        {"title": content.title, "subject": content.subject, "author": content.author, "created": made}
    )
    looks = _looks(book)
    _cover(book.add_worksheet(COVER), content, looks)
    _table(book.add_worksheet(CONTENTS), _contents(content), content.mark, looks, linked=True)
    if content.notes:
        _table(book.add_worksheet(NOTES), _notes(content), content.mark, looks)
    for sheet in content.sheets:
        _table(book.add_worksheet(sheet.name), sheet, content.mark, looks)
    book.close()
    return target.getvalue()


def _looks(book: Any) -> _Looks:
    def look(**properties: Any) -> Format:
        made: Format = book.add_format(_FACE | properties)
        return made

    return _Looks(
        title=look(bold=True, font_size=16),
        heading=look(bold=True, font_size=14, text_wrap=True),
        text=look(text_wrap=True),
        line=look(),
        head=look(bold=True, text_wrap=True, bottom=1),
        number=look(num_format="General", align="right"),
        day=look(num_format="dd/mm/yyyy", align="left"),
        link=look(text_wrap=True, font_color="#0B6657", underline=1),
    )


def _cover(page: Worksheet, content: Workbook, looks: _Looks) -> None:
    page.set_column(0, 0, _COVER_WIDTH, looks.text)
    lines: list[tuple[str, Format]] = [(content.title, looks.title)]
    if content.mark:
        lines.append((content.mark, looks.heading))
    for section in content.cover:
        lines.append((section.heading, looks.heading))
        lines += [(line, looks.text) for line in section.lines]
    lines.append((f"Made on {date_words(content.made)}", looks.text))
    for row, (text, look) in enumerate(lines):
        page.write_string(row, 0, _fitting(text), look)


def _contents(content: Workbook) -> Sheet:
    sheets = [(NOTES, "Notes used in this workbook")] if content.notes else []
    sheets += [(sheet.name, sheet.title) for sheet in content.sheets]
    return Sheet(
        CONTENTS, "Contents", "contents", ("Sheet", "Title"), sheets, ("This sheet contains one table.",)
    )


def _notes(content: Workbook) -> Sheet:
    rows = [(f"[note {number}]", text) for number, text in enumerate(content.notes, start=1)]
    return Sheet(NOTES, "Notes", "notes", ("Note", "What it says"), rows, ("This sheet contains one table.",))


def _table(page: Worksheet, sheet: Sheet, mark: str | None, looks: _Looks, *, linked: bool = False) -> None:
    page.write_string(0, 0, _fitting(sheet.title), looks.title)
    above = [*([mark] if mark else []), *sheet.introduction]
    for row, text in enumerate(above, start=1):
        page.write_string(row, 0, _fitting(text), looks.line)
    first = len(above) + 1
    # a marked-up table has at least one row: an empty one says so, in the shorthand for "none recorded"
    rows = sheet.rows or [["[w]"] * len(sheet.columns)]
    for column, heading in enumerate(sheet.columns):
        cells = [row[column] for row in rows]
        page.set_column(column, column, _width(heading, cells))
        for row, cell in enumerate(cells, start=first + 1):
            if linked and column == 0:
                page.write_url(
                    row, 0, f"internal:'{str(cell).replace(chr(39), chr(39) * 2)}'!A1", looks.link, str(cell)
                )
            else:
                _write(page, row, column, cell, looks)
    page.add_table(
        first,
        0,
        first + len(rows),
        len(sheet.columns) - 1,
        {
            "name": sheet.table_name,
            "autofilter": False,
            "style": None,
            "columns": [{"header": heading, "header_format": looks.head} for heading in sheet.columns],
        },
    )


def _write(page: Worksheet, row: int, column: int, cell: Cell, looks: _Looks) -> None:
    if cell is None:
        return
    if isinstance(cell, bool):
        page.write_string(row, column, "Yes" if cell else "No", looks.text)
    elif isinstance(cell, int | float | Decimal):
        _write_number(page, row, column, cell, looks)
    elif isinstance(cell, date):
        page.write_datetime(row, column, cell, looks.day)
    else:
        page.write_string(row, column, _fitting(cell), looks.text)


def _write_number(page: Worksheet, row: int, column: int, number: float | Decimal, looks: _Looks) -> None:
    if abs(number) < _SURE_NUMBER:
        page.write_number(row, column, number, looks.number)
    else:
        page.write_string(row, column, str(number), looks.text)


def _fitting(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - len(_CUT)] + _CUT


def _width(heading: str, cells: Sequence[Cell]) -> int:
    longest = max(len(str(cell)) for cell in (heading, *cells) if cell is not None)
    return min(max(longest + 3, _NARROWEST), _WIDEST)
