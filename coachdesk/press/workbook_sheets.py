# mypy: disallow-untyped-calls=False
# (XlsxWriter types only part of what it publishes)
"""A workbook as the bytes of an .xlsx file: no formulas, nothing merged or hidden, the headings in sight."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from math import ceil
from typing import Any

from xlsxwriter import Workbook as Book
from xlsxwriter.format import Format

from coachdesk.press.cells import Cell, cell_words, date_words, is_number
from coachdesk.press.sheets import OWN_SHEETS, Sheet, Workbook
from coachdesk.press.style import BRAND, BRAND_TINT

_FONT = {"font_name": "Arial", "font_size": 12, "font_scheme": "none"}
_FACE = {**_FONT, "valign": "top"}
_LONGEST_CELL = 32_767  # the format's own limit; XlsxWriter leaves a longer text out without a word
_CUT = " … [the rest does not fit in a cell]"
_NARROWEST, _WIDEST, _COVER_WIDTH = 12, 60, 70
_PORTRAIT = 80  # what stands across a sheet of A4; a wider table lies on its side, in narrower columns
_WIDEST_OF_MANY = 30
_LETTER = 0.95  # a letter of Arial in the width of a digit, with room for the word that goes to the next line
_ROW, _TITLE_ROW, _TALLEST_ROW = 16.5, 24.0, 409.0  # points; the last is the format's own limit
_MOST_FROZEN = 180.0  # points
_A4 = 9  # the format's number for it
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
    head_right: Format
    mark: Format
    number: Format
    whole: Format
    share: Format
    day: Format
    link: Format


def _options() -> dict[str, Any]:
    """Return how a book is made, new for every book: the library writes into what it is given.

    Columns are counted in digits of the book's own face; a library's usual one is not on every machine.
    """
    return {
        "in_memory": True,  # the library's temporary files would leave client data on the disk
        "default_format_properties": dict(_FONT),
        "default_row_height": 22,
        "default_column_width": 80,
    }


def written(content: Workbook) -> bytes:
    """Return a workbook: cover, contents, notes where there are any, then one table on each sheet.

    The same content gives the same bytes. A text is always written as text, whatever it begins with.
    """
    target = BytesIO()
    book = Book(target, _options())
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
    for page in book.worksheets():
        page.set_paper(_A4)
        page.fit_to_pages(1, 0)  # as wide as the paper and as long as it needs
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
        head=look(bold=True, text_wrap=True, bg_color=BRAND_TINT),
        head_right=look(bold=True, text_wrap=True, bg_color=BRAND_TINT, align="right"),
        mark=look(text_wrap=True, align="right"),
        number=look(num_format="General", align="right"),
        whole=look(num_format="#,##0", align="right"),
        share=look(num_format="0%", align="right"),
        day=look(num_format="dd/mm/yyyy", align="left"),
        link=look(text_wrap=True, font_color=BRAND, underline=1),
    )


def _cover(page: Any, content: Workbook, looks: _Looks) -> None:
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
        page.set_row(row, _height([text], [_COVER_WIDTH]) if look is looks.text else _TITLE_ROW)


def _contents(content: Workbook) -> Sheet:
    sheets = [(NOTES, "Notes used in this workbook")] if content.notes else []
    sheets += [(sheet.name, sheet.title) for sheet in content.sheets]
    return Sheet(
        CONTENTS, "Contents", "contents", ("Sheet", "Title"), sheets, ("This sheet contains one table.",)
    )


def _notes(content: Workbook) -> Sheet:
    rows = [(f"[note {number}]", text) for number, text in enumerate(content.notes, start=1)]
    return Sheet(NOTES, "Notes", "notes", ("Note", "What it says"), rows, ("This sheet contains one table.",))


def _table(page: Any, sheet: Sheet, mark: str | None, looks: _Looks, *, linked: bool = False) -> None:
    page.write_string(0, 0, _fitting(sheet.title), looks.title)
    page.set_row(0, _TITLE_ROW)
    above = [*([mark] if mark else []), *sheet.introduction]
    for row, text in enumerate(above, start=1):
        page.write_string(row, 0, _fitting(text), looks.line)
        page.set_row(row, _ROW)
    first = len(above) + 1
    # a marked-up table has at least one row: an empty one says so, in the shorthand for "none recorded"
    rows = sheet.rows or [["[w]"] * len(sheet.columns)]
    columns = [[row[at] for row in rows] for at in range(len(sheet.columns))]
    widths = [_width(heading, cells) for heading, cells in zip(sheet.columns, columns, strict=True)]
    if sum(widths) > _PORTRAIT:
        widths = [min(width, _WIDEST_OF_MANY) for width in widths]
        page.set_landscape()
    numeric = [any(is_number(cell) for cell in cells) for cells in columns]
    for at, wide in enumerate(widths):
        page.set_column(at, at, wide)
    for row, cells in enumerate([sheet.columns, *rows], start=first):
        page.set_row(row, _height(cells, widths))
    words_look = [looks.mark if right else looks.text for right in numeric]
    number_look = [looks.share if heading in sheet.shares else None for heading in sheet.columns]
    for row, cells in enumerate(rows, start=first + 1):
        for at, cell in enumerate(cells):
            if linked and at == 0:
                _link(page, row, str(cell), looks)
            else:
                _write(page, (row, at), cell, looks, text=words_look[at], number=number_look[at])
    page.repeat_rows(first)  # on every sheet of paper
    _keep_in_sight(page, first, _height(sheet.columns, widths))
    heads = [looks.head_right if right else looks.head for right in numeric]
    page.add_table(
        first,
        0,
        first + len(rows),
        len(widths) - 1,
        {
            "name": sheet.table_name,
            "autofilter": False,  # its buttons cover the headings
            "style": None,
            "columns": [
                {"header": heading, "header_format": look}
                for heading, look in zip(sheet.columns, heads, strict=True)
            ],
        },
    )


def _keep_in_sight(page: Any, first: int, heading: float) -> None:
    """Freeze title and headings, where enough of a small screen at twice its size is left to read the table in."""
    if _TITLE_ROW + (first - 1) * _ROW + heading <= _MOST_FROZEN:
        page.freeze_panes(first + 1, 0)


def _link(page: Any, row: int, name: str, looks: _Looks) -> None:
    quoted = name.replace("'", "''")
    page.write_url(row, 0, f"internal:'{quoted}'!A1", looks.link, name, f"Go to the sheet {name}")


def _write(
    page: Any, place: tuple[int, int], cell: Cell, looks: _Looks, *, text: Format, number: Format | None
) -> None:
    if cell is None:
        return
    if is_number(cell) and -_SURE_NUMBER < cell < _SURE_NUMBER:
        page.write_number(*place, cell, number or (looks.whole if isinstance(cell, int) else looks.number))
    elif isinstance(cell, date):
        page.write_datetime(*place, cell, looks.day)
    else:
        page.write_string(*place, _fitting(cell if isinstance(cell, str) else cell_words(cell)), text)


def _fitting(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - len(_CUT)] + _CUT


def _width(heading: str, cells: Sequence[Cell]) -> int:
    longest = max(len(cell_words(cell)) for cell in (heading, *cells))
    return min(max(longest + 2, _NARROWEST), _WIDEST)


def _height(cells: Sequence[Cell], widths: Sequence[int]) -> float:
    """Return the height a row needs: not every program works it out when the file is opened."""
    lines = max(
        sum(max(1, ceil(len(line) * _LETTER / wide)) for line in cell_words(cell).split("\n"))
        for cell, wide in zip(cells, widths, strict=True)
    )
    return min(lines * _ROW, _TALLEST_ROW)
