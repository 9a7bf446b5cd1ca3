"""What a workbook says, as frozen sheets that know nothing of any spreadsheet library.

The shape follows the Government Analysis Function's guidance on accessible spreadsheets (disclosure.md 1):
cover, contents and notes, then one table on each sheet with its title in A1.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from coachdesk.press.cells import Cell

LONGEST_SHEET_NAME = 31
_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\]")
_TABLE_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{2,200}")
_LOOKS_LIKE_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[rR]\d*[cC]\d*")
OWN_SHEETS = ("Cover", "Contents", "Notes")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading on the cover and the lines below it."""

    heading: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its sheet's name, its title in A1, what is said above it, and its rows.

    ``table_name`` is the name screen readers and formulas know the table by: letters, digits and ``_``.
    ``shares`` are the columns whose numbers are parts of one and are shown as whole percentages.
    """

    name: str
    title: str
    table_name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    introduction: Sequence[str] = ()
    shares: Sequence[str] = ()

    def __post_init__(self) -> None:
        if not 0 < len(self.name) <= LONGEST_SHEET_NAME or _FORBIDDEN_IN_NAME.search(self.name):
            raise ValueError("a sheet's name has 1 to 31 characters, none of them []:*?/\\")
        if self.name.startswith("'") or self.name.endswith("'"):
            raise ValueError("a sheet's name has no apostrophe at either end")
        if not _TABLE_NAME.fullmatch(self.table_name) or _LOOKS_LIKE_CELL.fullmatch(self.table_name):
            raise ValueError("a table's name is letters, digits and underscores and no cell's address")
        headings = [heading.casefold() for heading in self.columns]
        if not headings or len(set(headings)) != len(headings) or not all(map(str.strip, headings)):
            raise ValueError("a table's columns have headings, all different")
        if any(len(row) != len(headings) for row in self.rows):
            raise ValueError("every row of a table has one cell for each column")
        if not set(self.shares) <= set(self.columns):
            raise ValueError("a column of shares is one of the table's columns")


@dataclass(frozen=True, slots=True)
class Workbook:
    """A whole workbook; cover, contents and (where there are any) notes are made from it.

    ``mark`` stands on the cover and above every table (``DRAFT – not for release``). ``made`` is the date
    the file says it was made on; the same workbook gives the same bytes.
    """

    title: str
    made: date
    sheets: Sequence[Sheet]
    cover: Sequence[Section] = ()
    notes: Sequence[str] = field(default_factory=tuple)
    subject: str = ""
    author: str = ""
    mark: str | None = None

    def __post_init__(self) -> None:
        names = [name.casefold() for name in (*OWN_SHEETS, *(sheet.name for sheet in self.sheets))]
        tables = [
            name.casefold() for name in ("contents", "notes", *(sheet.table_name for sheet in self.sheets))
        ]
        if len(set(names)) != len(names) or len(set(tables)) != len(tables):
            raise ValueError("sheets and tables of a workbook have different names")
