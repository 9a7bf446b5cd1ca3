"""Reading sheets: any CSV a spreadsheet writes, or a workbook, into rows of text with their row numbers.

Nothing is understood here beyond which row holds the headings; what cannot be read is refused in a sentence
that says what to do (decisions.md 8).
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from coachdesk.errors import Refusal, Trouble
from coachdesk.exchange.headings import best_kind, known_headings, looks_like_data

BIGGEST_FILE = 200 * 1024 * 1024
BIGGEST_CSV_CELL = 64 * 1024 * 1024
HEADING_ROWS_TRIED = 10
ZIP_MARK = b"PK\x03\x04"
OLD_WORKBOOK_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHER_MARKS = {
    b"%PDF": "a PDF document",
    b"{\\rtf": "a word-processor document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"<!DO": "a web page",
    b"<htm": "a web page",
}
SAVE_AGAIN = "Open it in your spreadsheet program, save it as “CSV UTF-8” or “Excel workbook (.xlsx)”, and choose that file."


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One row: its number as the spreadsheet shows it, and its cells as text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet as read: its kind is clients, contacts, jobs or empty when nothing was recognised."""

    file: str
    sheet: str
    kind: str
    headings: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    note: str = ""


def read_sheets(paths: Sequence[Path]) -> tuple[Sheet, ...]:
    """Return every sheet of the files, with headings found and empty rows left out.

    Raises Refusal when a file is not a readable sheet, Trouble when the disk does not give it up.
    """
    if not paths:
        raise Refusal("No file was chosen. Choose at least one CSV file or Excel workbook.")
    return tuple(sheet for path in paths for sheet in _read_file(path))


def _read_file(path: Path) -> tuple[Sheet, ...]:
    content = _bytes_of(path)
    _refuse_what_is_no_table(path.name, content)
    if content.startswith(ZIP_MARK):
        from coachdesk.exchange.workbooks import workbook_tables  # noqa: PLC0415  a third of a second, and most sheets are CSV

        tables = workbook_tables(path.name, content)
    else:
        tables = [("", _csv_rows(path.name, decode(content)))]
    return _sheets_of(path.name, tables)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise Refusal(f"“{path.name}” is a folder. Choose the CSV files or workbooks inside it.")
        if path.stat().st_size > BIGGEST_FILE:
            raise Refusal(
                f"“{path.name}” is larger than 200 MB. Split it into smaller files and bring them in together."
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise Refusal(f"There is no file “{path.name}” there. Check the name and choose it again.") from None
    except OSError as error:
        raise Trouble(
            f"“{path.name}” could not be read.",
            advice="Close it in other programs, check that you may open it, and try again.",
        ) from error


def _refuse_what_is_no_table(name: str, content: bytes) -> None:
    if not content.strip():
        raise Refusal(f"“{name}” is empty. Choose the file that holds the caseload.")
    if content.startswith(OLD_WORKBOOK_MARK):
        raise Refusal(
            f"“{name}” is an old .xls workbook or is protected by a password. Open it in your spreadsheet "
            "program, take the password off, save it as “Excel workbook (.xlsx)”, and choose that file."
        )
    for mark, what in OTHER_MARKS.items():
        if content.startswith(mark):
            raise Refusal(f"“{name}” is {what}, not a table, whatever its name says. {SAVE_AGAIN}")
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not content.startswith(ZIP_MARK) and not wide and b"\0" in content[:65_536]:
        raise Refusal(f"“{name}” is not a table of text. {SAVE_AGAIN}")


def decode(content: bytes) -> str:
    """Return the text of a CSV file: UTF-8 with or without a mark, UTF-16 with one, else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # The five bytes Windows-1252 leaves unused are rare enough to show as a question mark.
        return content.decode("cp1252", errors="replace")


def delimiter_of(text: str) -> str:
    """Return comma, semicolon or tab: whichever divides the first lines most often and most evenly."""
    named = re.match(r"sep=(.)\r?\n", text)
    if named:
        return named.group(1)
    bare = re.sub(r'"[^"]*"', "", text[:65_536])
    lines = [line for line in bare.splitlines() if line.strip()][:20]
    scores = {mark: (_steadiness(lines, mark), mark == ",") for mark in (",", ";", "\t")}
    return max(scores, key=lambda mark: scores[mark])


def _steadiness(lines: list[str], mark: str) -> int:
    """Return how many lines agree on the commonest number of marks, times that number."""
    counts = Counter(line.count(mark) for line in lines)
    counts.pop(0, None)
    return max((number * agreeing for number, agreeing in counts.items()), default=0)


def _csv_rows(name: str, text: str) -> list[tuple[int, tuple[str, ...]]]:
    csv.field_size_limit(BIGGEST_CSV_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    try:
        rows = [(number, tuple(cells)) for number, cells in enumerate(reader, start=1)]
    except csv.Error:
        raise Refusal(
            f"“{name}” could not be divided into rows and columns near line {reader.line_num + 1:,}. {SAVE_AGAIN}"
        ) from None
    if text.count('"') % 2 and any("\n" in cell for cell in rows[-1][1]):
        raise Refusal(
            f"In “{name}” a quotation mark opened in row {rows[-1][0]:,} is never closed, so the rest of the "
            "file runs into one cell. Close it or take it out, and choose the file again."
        )
    return rows[1:] if text.startswith("sep=") else rows


def _sheets_of(
    name: str, tables: Iterable[tuple[str, Iterable[tuple[int, tuple[str, ...]]]]]
) -> tuple[Sheet, ...]:
    """Return the sheets that hold anything; a file in which none does is refused."""
    found: list[Sheet] = []
    refusals: list[Refusal] = []
    for title, rows in tables:
        filled, empty = _without_empty(rows)
        if not filled:
            continue
        try:
            found.append(_sheet(name, title, filled, empty))
        except Refusal as refusal:
            # Beside a good sheet, a page of notes is no reason to refuse the file; its rows stay accounted for.
            refusals.append(refusal)
            found.append(
                Sheet(file=name, sheet=title, kind="", headings=(), rows=tuple(filled), note=refusal.message)
            )
    if refusals and not any(sheet.kind for sheet in found):
        raise refusals[0]
    if not found:
        raise Refusal(f"“{name}” holds no rows, only empty ones. Choose the file that holds the caseload.")
    return tuple(found)


def _without_empty(rows: Iterable[tuple[int, tuple[str, ...]]]) -> tuple[list[SheetRow], int]:
    """Return the rows that hold anything and the number of empty rows between them."""
    filled: list[SheetRow] = []
    for number, cells in rows:
        if any(cell and not cell.isspace() for cell in cells):
            filled.append(SheetRow(number=number, cells=cells))
    return filled, (filled[-1].number - filled[0].number + 1 - len(filled)) if filled else 0


def _sheet(name: str, title: str, rows: list[SheetRow], empty: int) -> Sheet:
    where = f"“{name}”" + (f", sheet “{title}”" if title else "")
    place = _heading_place(rows)
    if place is None:
        raise Refusal(
            f"{where} has no row of headings. Put one above the first row that names the columns, "
            "such as Ref, First name, Surname, Date of birth, and choose the file again."
        )
    headings = tuple(cell.strip() for cell in rows[place].cells)
    while headings and not headings[-1]:
        headings = headings[:-1]
    _refuse_doubles(where, headings)
    body = tuple(rows[place + 1 :])
    if not body:
        raise Refusal(
            f"{where} has headings but no rows under them. Choose the file that holds the caseload."
        )
    note = f"{empty:,} empty rows were left out." if empty else ""
    return Sheet(file=name, sheet=title, kind=best_kind(headings), headings=headings, rows=body, note=note)


def _heading_place(rows: list[SheetRow]) -> int | None:
    """Return where the headings are: the first row that names two known columns, or the first row of words."""
    for place, row in enumerate(rows[:HEADING_ROWS_TRIED]):
        if known_headings(row.cells) >= min(2, len(row.cells)):
            return place
    return None if looks_like_data(rows[0].cells) else 0


def _refuse_doubles(where: str, headings: tuple[str, ...]) -> None:
    counts = Counter(heading.casefold() for heading in headings if heading)
    doubles = sorted({heading for heading in headings if counts[heading.casefold()] > 1})
    if doubles:
        raise Refusal(
            f"{where} has more than one column headed “{doubles[0]}”. Give each column a heading of its own "
            "and choose the file again."
        )
